import { Readable } from 'node:stream';
import { z } from 'zod';
import { type ArrivingFile, beginArrival } from '../casefile/access/quotas.ts';
import type { RequestRow } from '../casefile/database/schema.ts';
import { addDocumentVersion, documentsOf, type NewVersion } from '../casefile/documents.ts';
import { sessionsOf } from '../casefile/sessions.ts';
import { type FileEntry, keepWaiting, noteChanges, waitingAs } from '../casefile/waitingFiles.ts';
import { acceptName, acceptPaper, MAX_DOCUMENT_BYTES } from '../documents/accept.ts';
import { readAll, TooLarge } from '../documents/store.ts';
import type { Answer } from '../domain/answer.ts';
import {
  isExchanged,
  isMaterial,
  isShared,
  LONGEST_LINK,
  linkIn,
  waitsForAnswer,
} from '../domain/document.ts';
import type { DocumentKind } from '../domain/documentKinds.ts';
import type { Door, RecordedFor } from '../domain/door.ts';
import { documentVersionId } from '../domain/ids.ts';
import { kinds } from '../domain/kinds/index.ts';
import { LONGEST_LINE, lineOfText } from '../domain/programme/programme.ts';
import { refused } from '../domain/refusal.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import { type ByToken, cameIn } from './came.ts';
import { type CooperationClient, cooperationOf, openExchange, writerOf } from './cooperationClient.ts';
import { parsed } from './enclosures.ts';

export type GivenDocument = {
  by: string;
  fileName: string;
  title?: string | undefined;
  kind: DocumentKind;
  /** The document to add a version to; a new one where it is left out. */
  document?: string | undefined;
  /** The session that it is a material of, and which it has to have then. */
  session?: number | undefined;
  bytes: Readable;
  recorded?: RecordedFor | undefined;
};

const titled = z.strictObject({ title: lineOfText });

/**
 * Puts a document in: checked, streamed to the store, entered in the case file, and among the next news. What an answer is
 * to hand in waits for it (`waiting`), and is entered when that is recorded. `door`: by which it came, where that is neither
 * the person's own session nor a token.
 * @throws Refused
 */
export async function putDocument(
  client: CooperationClient,
  cooperation: string,
  given: GivenDocument,
  token?: ByToken,
  door?: Door,
): Promise<FileEntry> {
  const { caseFile, workflows, quotas, now } = client;
  await cooperationOf(client, cooperation);
  const by = await writerOf(client, cooperation, given.by);
  const came = await cameIn(client, cooperation, given, token);
  if (isShared(given)) await openExchange(client, cooperation);
  await forSession(client, cooperation, given);
  const document = isExchanged(given) ? given.document : given.kind;
  if (isExchanged(given) && document !== undefined)
    await ownDocument(client, cooperation, document, by.party);
  const title = given.title?.trim() && parsed(titled, { title: given.title }).title;
  const who = { cooperation, person: by.id };
  const arrival = quotas && (await beginArrival(caseFile, who, quotas, now));
  try {
    const stored = await storedOf(client, given, arrival);
    const link = await linkOf(client, stored);
    const file = {
      ...{ cooperation, document, kind: given.kind, party: by.party, by: by.id },
      ...stored,
      ...{ session: given.session, link },
      title: title || link?.slice(0, LONGEST_LINE) || stored.fileName,
      came: door ? { door } : await came(),
    };
    if (waitsForAnswer(given)) return await keepWaiting(caseFile, file, now());
    const changes = document && (await changesOf(client, cooperation, { document, ...stored }));
    const version = await addDocumentVersion(caseFile, { ...file, ...(changes && { changes }) }, now());
    if (!version) return refused({ code: 'DocumentOfOther', document: document ?? '', party: by.party });
    if (isShared(given)) await workflows.shareDocument(cooperation, { document: documentVersionId(version) });
    return { ...version, waiting: false };
  } finally {
    arrival?.end();
  }
}

/** Notes what the file that an answer hands in changes of the newest version, which it will follow. */
export async function noteDifferences(
  client: CooperationClient,
  { cooperation, kind }: RequestRow,
  answer: Answer,
): Promise<void> {
  if (answer.decision !== 'submit') return;
  const { caseFile } = client;
  const { party, by, content: sha256 } = answer;
  const waiting = await waitingAs(caseFile, cooperation, { kind: kinds[kind].brings, sha256, party, by });
  const changes =
    waiting && (await changesOf(client, cooperation, { ...waiting, size: Number(waiting.size) }));
  if (changes) await noteChanges(caseFile, waiting, changes);
}

/** A material is of a session that stands, and nothing else is of one. @throws Refused */
async function forSession(
  { caseFile }: CooperationClient,
  cooperation: string,
  { kind, session, document }: GivenDocument,
): Promise<void> {
  // A version is of the session that its document is of.
  if (isMaterial({ kind }) ? session === undefined && document === undefined : session !== undefined)
    refused({ code: 'Malformed', path: 'session' });
  if (session === undefined) return;
  const sessions = await sessionsOf(caseFile, cooperation);
  const found = sessions.find(({ number }) => number === session);
  if (!found)
    return refused({
      ...{ code: 'SessionUnknown', session },
      sessions: sessions.map(({ number }) => number),
    });
  if (found.cancelledAt) refused({ code: 'SessionCancelled', session });
}

/** A text that is a link and nothing else is shown as that link. */
async function linkOf(
  { documents }: CooperationClient,
  { mediaType, size, sha256 }: { mediaType: string; size: number; sha256: string },
): Promise<string | undefined> {
  if (mediaType !== 'text/plain' || size > 2 * LONGEST_LINK) return undefined;
  return linkIn((await readAll(documents, sha256)).toString('utf8'));
}

/** Larger ones are not read for what they change. */
const LARGEST_COMPARED = 8 * 1024 * 1024;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What the text of a Word file changes of the newest version of its document; nothing where that cannot be told. */
async function changesOf(
  { caseFile, documents, inspection = inspectionHere }: CooperationClient,
  cooperation: string,
  after: { document: string; sha256: string; size: number; mediaType: string },
): Promise<NewVersion['changes']> {
  const chain = (await documentsOf(caseFile, cooperation)).filter((one) => one.document === after.document);
  const before = chain.at(-1);
  const isRead = ({ mediaType, size }: { mediaType: string; size: number | string }) =>
    mediaType === WORD && Number(size) <= LARGEST_COMPARED;
  if (!before || before.sha256 === after.sha256 || !isRead(before) || !isRead(after)) return undefined;
  const held = async (sha256: string) => {
    const bytes = await readAll(documents, sha256);
    return { read: () => Readable.from([bytes]) };
  };
  // What a reader cannot make out is no reason to refuse it.
  const what = await inspection
    .wordChanges(await held(before.sha256), await held(after.sha256))
    .catch(() => undefined);
  return what && { of: before.sha256, what };
}

/** The bytes in the store, with the name to keep. @throws Refused `DocumentRefused`, `QuotaReached` */
async function storedOf(
  { documents, inspection = inspectionHere }: CooperationClient,
  { fileName: name, kind, bytes }: GivenDocument,
  arrival: ArrivingFile | undefined,
) {
  const { fileName, mediaType } = acceptName(name);
  if (!isExchanged({ kind })) acceptPaper({ mediaType });
  try {
    const { sha256, size } = await documents.put(arrival?.counted(bytes) ?? bytes, {
      limit: MAX_DOCUMENT_BYTES,
      inspect: async (held) => {
        await arrival?.hold();
        await inspection.document(name, held);
      },
    });
    return { fileName, mediaType, sha256, size };
  } catch (error) {
    if (error instanceof TooLarge) return refused({ code: 'DocumentRefused', why: 'size' });
    throw error;
  }
}

/** A version is added to a document that is there, and by the institution whose it is. @throws Refused */
async function ownDocument(
  { caseFile }: CooperationClient,
  cooperation: string,
  document: string,
  party: string,
): Promise<void> {
  const standing = (await documentsOf(caseFile, cooperation)).find((entry) => entry.document === document);
  if (!standing || !isExchanged(standing)) refused({ code: 'DocumentUnknown', documents: [document] });
  else if (standing.party !== party) refused({ code: 'DocumentOfOther', document, party: standing.party });
}
