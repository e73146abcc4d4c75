import { LINK_TAKEN, REPLY_TAKEN, withoutLinks, withoutReplyAddress } from '../casefile/access.ts';
import { rewriteMessage } from '../mail/rewrite.ts';

/**
 * A mail as it is exported: as it was sent, but for the links in it that let its reader in, and the address at which
 * they are written to as its reader. An export is handed on, and they work for weeks. Mails that have none keep their
 * bytes; so do calendar objects and attachments, which never have any.
 */
export async function exportedMail(raw: Buffer): Promise<Buffer> {
  const message = await rewriteMessage(raw, {
    text: (text, mediaType) =>
      mediaType === 'text/plain' || mediaType === 'text/html' ? withoutLinks(text) : text,
  });
  return Buffer.from(withoutReplyAddress(message.toString('latin1')), 'latin1');
}

/** Whether links were taken out of a mail. */
export async function isWithoutLinks(raw: Buffer): Promise<boolean> {
  let found = raw.includes(REPLY_TAKEN);
  await rewriteMessage(raw, {
    text(text) {
      found ||= text.includes(LINK_TAKEN);
      return text;
    },
  });
  return found;
}
