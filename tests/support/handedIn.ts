import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { dropWaiting } from '../../src/casefile/waitingFiles.ts';
import type { GivenDocument } from '../../src/client/index.ts';
import type { InProcess } from './inProcess.ts';

/** Puts a version of a sheet or a report in, as it stands once an answer has handed it in, without one. */
export async function handedIn(
  { caseFile, cooperations }: Pick<InProcess, 'caseFile' | 'cooperations'>,
  cooperation: string,
  given: GivenDocument,
) {
  const { document, kind, party, by, sha256, size, mediaType, fileName, title, at } =
    await cooperations.putDocument(cooperation, given);
  await dropWaiting(caseFile, cooperation, by);
  const file = { document, kind, party, by, sha256, size: Number(size), mediaType, fileName, title };
  const version = await addDocumentVersion(caseFile, { cooperation, ...file }, at);
  if (!version) throw new Error(`${document} is another’s`);
  return version;
}
