import { withoutAccess } from '../casefile/access.ts';
import { rewriteMessage } from '../mail/rewrite.ts';

/**
 * A mail as it is exported: as it was sent, but for the links and codes in it that let its reader in. An export is handed
 * on, and they work for weeks. Mails that have none keep their bytes; so do calendar objects and attachments, which never
 * have any.
 */
export const exportedMail = (raw: Buffer): Promise<Buffer> =>
  rewriteMessage(raw, {
    text: (text, mediaType) => {
      if (mediaType === 'text/plain') return withoutAccess(text);
      if (mediaType !== 'text/html') return text;
      // Between tags and within them by themselves: six digits in a line of markup are a colour.
      return text
        .split(/(<[^>]*>)/)
        .map(withoutAccess)
        .join('');
    },
  });
