import { LINK_TAKEN, withoutLinks } from '../casefile/access.ts';
import { rewriteMessage } from '../mail/rewrite.ts';

/**
 * A mail as it is exported: as it was sent, but for the links in it that let its reader in. An export is handed on, and
 * they work for weeks. Mails that have none keep their bytes; so do calendar objects and attachments, which never have
 * any.
 */
export const exportedMail = (raw: Buffer): Promise<Buffer> =>
  rewriteMessage(raw, {
    text: (text, mediaType) =>
      mediaType === 'text/plain' || mediaType === 'text/html' ? withoutLinks(text) : text,
  });

/** Whether links were taken out of a mail. */
export async function isWithoutLinks(raw: Buffer): Promise<boolean> {
  let found = false;
  await rewriteMessage(raw, {
    text(text) {
      found ||= text.includes(LINK_TAKEN);
      return text;
    },
  });
  return found;
}
