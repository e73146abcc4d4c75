import { LINK_TAKEN, REPLY_TAKEN, withoutLinks, withoutReplyAddress } from '../casefile/access/access.ts';
import { type DocumentStore, readAll } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import { rewriteMessage } from '../mail/rewrite.ts';
import { isWithoutDocuments, withoutWithheld } from '../mail/withheld.ts';

/**
 * A mail as it is exported: as it was sent, but for the links in it that let its reader in, and the address at which
 * they are written to as its reader. An export is handed on, and they work for weeks. Mails that have none keep their
 * bytes; so do documents, which never have any. Calendar objects name that address as their organizer.
 */
export async function exportedMail(raw: Buffer): Promise<Buffer> {
  const message = await rewriteMessage(raw, {
    text: (text, mediaType) =>
      mediaType === 'text/plain' || mediaType === 'text/html'
        ? withoutLinks(text)
        : withoutReplyAddress(text),
  });
  return Buffer.from(withoutReplyAddress(message.toString('latin1')), 'latin1');
}

/** A mail of a case as it is kept, but for the documents that are withheld by now. */
export async function mailOfCase(
  documents: DocumentStore,
  view: Pick<CaseView, 'mails' | 'people' | 'documents' | 'programme'>,
  sha256: string,
): Promise<Buffer> {
  const raw = await readAll(documents, sha256);
  const reader = view.mails.find((mail) => mail.sha256 === sha256)?.person;
  const language = view.people.find(({ id }) => id === reader)?.language ?? view.programme.language;
  return withoutWithheld(raw, view.documents, language);
}

/** Whether links, or a document, were taken out of a mail. */
export async function isAbridged(raw: Buffer): Promise<boolean> {
  let found = raw.includes(REPLY_TAKEN) || isWithoutDocuments(raw);
  await rewriteMessage(raw, {
    text(text) {
      found ||= text.includes(LINK_TAKEN);
      return text;
    },
  });
  return found;
}
