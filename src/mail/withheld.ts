import { createHash } from 'node:crypto';
import type { CaseView } from '../domain/caseView.ts';
import { isHad } from '../domain/document.ts';
import type { Language } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';
import { rewriteMessage } from './rewrite.ts';

/** What was sent with a mail before and is withheld since is not had from the mail either, which says so in its place. */

type Version = Pick<CaseView['documents'][number], 'sha256' | 'title'> & { withheld: unknown };

/** Which documents of a case nobody has any more, their titles by their hashes; what is there under another name as well is had. */
export function withheldOf(documents: readonly Version[]): Map<string, string> {
  const had = new Set(documents.filter(isHad).map(({ sha256 }) => sha256));
  const gone = documents.filter((one) => !isHad(one) && !had.has(one.sha256));
  return new Map(gone.map(({ sha256, title }) => [sha256, title]));
}

/** Whether an attachment is one of those. */
export const isOneOf = (
  withheld: ReadonlyMap<string, string>,
  content: string | ArrayBuffer | Uint8Array,
): boolean =>
  withheld.has(hashOfBytes(typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)));

const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const MARK = 'X-RIAL-Withheld: ';
/** Whether a document was taken out of a mail. */
export const isWithoutDocuments = (raw: Buffer): boolean => raw.includes(`\r\n${MARK}`);

/** A mail without the documents that are withheld. One that has none of them keeps its bytes. */
export async function withoutWithheld(
  raw: Buffer,
  documents: readonly Version[],
  language: Language,
): Promise<Buffer> {
  const withheld = withheldOf(documents);
  if (withheld.size === 0) return raw;
  const say = speaker('mail.withheld', language);
  return rewriteMessage(raw, {
    document(bytes) {
      const sha256 = hashOfBytes(bytes);
      const title = withheld.get(sha256);
      return title === undefined
        ? undefined
        : { fileName: say('fileName'), text: `${say('text', { title })}\n`, marked: MARK + sha256 };
    },
  });
}
