import type { Answer } from '../domain/answer.ts';
import { DAY_MS } from '../domain/dates/durations.ts';
import { isExchanged, isHad } from '../domain/document.ts';
import type { DocumentKind } from '../domain/documentKinds.ts';
import type { Came } from '../domain/door.ts';
import { documentVersionId } from '../domain/ids.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { RefusalOf } from '../domain/refusal.ts';
import { type CaseFile, type CaseFileTransaction, changing, json } from './database/database.ts';
import type { RequestRow, WaitingFileRow } from './database/schema.ts';
import {
  addDocumentVersion,
  type DocumentEntry,
  documentByHash,
  documentsOf,
  type NewVersion,
  nextDocument,
  sameFile,
} from './documents.ts';

/**
 * Files that came and wait for the answer which names them. Until that is taken they are no documents: on no page, in no
 * record and no export, but for whoever sent them.
 */

/** A file as whoever sent it may name it: a document as it is or will be. */
export type FileEntry = DocumentEntry & { waiting: boolean };

/** For how many days a file is kept that no answer names. */
const WAITING_DAYS = 90;

/**
 * Keeps a file whose bytes are in the store until an answer names it. The same file once more is that one, or the version
 * that it has become.
 */
export async function keepWaiting(db: CaseFile, input: NewVersion, now: string): Promise<FileEntry> {
  const { cooperation, title, kind, party, by, sha256, size, mediaType, fileName, link = null } = input;
  return changing(db, cooperation, async (tx) => {
    const newest =
      input.document === undefined
        ? await sameFile(tx, input)
        : (await documentsOf(tx, cooperation, [kind])).at(-1);
    if (newest?.sha256 === sha256) return { ...newest, waiting: false };
    const again = (await waitingFilesOf(tx, cooperation, { by })).find(
      (one) =>
        one.kind === kind &&
        one.sha256 === sha256 &&
        (input.document !== undefined || (one.title === title && one.fileName === fileName)),
    );
    const document = input.document ?? again?.document ?? (await nextDocument(tx, cooperation));
    const came = json(input.came ?? {});
    const named = { mediaType, fileName, title, link, came, at: now };
    await tx
      .insertInto('waitingFile')
      .values({ cooperation, document, kind, party, by, sha256, size, ...named, changes: null })
      .onConflict((conflict) =>
        conflict.columns(['cooperation', 'document', 'by', 'sha256']).doUpdateSet(named),
      )
      .execute();
    return {
      ...{ cooperation, document, version: (newest?.version ?? 0) + 1, title, kind, party, by, sha256 },
      ...{ size: String(size), mediaType, fileName, at: now, changes: null, withheld: null },
      ...(link !== null && { link }),
      waiting: true,
    };
  });
}

/** Those of a person or of a party, the oldest first. */
export const waitingFilesOf = (
  db: CaseFile,
  cooperation: string,
  whose: { by: string } | { party: string },
): Promise<WaitingFileRow[]> =>
  db
    .selectFrom('waitingFile')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where((is) => ('by' in whose ? is('by', '=', whose.by) : is('party', '=', whose.party)))
    .orderBy('at')
    .execute();

/** What a file that waits changes of the version before it, as far as that is known. */
export const noteChanges = (
  db: CaseFile,
  { cooperation, document, by, sha256 }: Pick<WaitingFileRow, 'cooperation' | 'document' | 'by' | 'sha256'>,
  changes: NonNullable<NewVersion['changes']>,
): Promise<unknown> =>
  db
    .updateTable('waitingFile')
    .set({ changes: json(changes) })
    .where('cooperation', '=', cooperation)
    .where('document', '=', document)
    .where('by', '=', by)
    .where('sha256', '=', sha256)
    .execute();

/** Those of some bytes that somebody of a party may hand in: their own before a colleague's. */
export const waitingAs = async (
  db: CaseFile,
  cooperation: string,
  { kind, sha256, party, by }: { kind: DocumentKind | undefined; sha256: string; party: string; by: string },
): Promise<WaitingFileRow | undefined> =>
  (await waitingFilesOf(db, cooperation, { party }))
    .filter((one) => one.kind === kind && one.sha256 === sha256)
    .sort((one, other) => Number(other.by === by) - Number(one.by === by))[0];

/**
 * Enters what an answer hands in among the documents, in the transaction that records it; nothing where it names what is
 * nowhere, which is refused.
 */
export async function enterHandedIn(
  tx: CaseFileTransaction,
  { cooperation, kind }: Pick<RequestRow, 'cooperation' | 'kind'>,
  answer: Answer,
  at: string,
): Promise<RefusalOf<'DocumentUnknown'> | RefusalOf<'AlreadyWithheld'> | null> {
  const { brings } = kinds[kind];
  const named = 'documents' in answer ? (answer.documents ?? []) : [];
  if (named.length > 0) return enterNamed(tx, cooperation, { named, party: answer.party }, at);
  if (brings !== 'sheet' && brings !== 'report') return null;
  const { party, by } = answer;
  if (answer.decision === 'submit') {
    const waiting = await waitingAs(tx, cooperation, { kind: brings, sha256: answer.content, party, by });
    const known = await documentByHash(tx, cooperation, answer.content, brings);
    if (!waiting && !known) return { code: 'DocumentUnknown', documents: [answer.content] };
    // What was withdrawn is not what is wanted in its place.
    if (known && !isHad(known)) return { code: 'AlreadyWithheld', document: documentVersionId(known) };
    if (waiting) await enter(tx, waiting, at);
  }
  // What was tried before it is not wanted any more.
  await tx
    .deleteFrom('waitingFile')
    .where('cooperation', '=', cooperation)
    .where('kind', '=', brings)
    .where('party', '=', party)
    .execute();
  return null;
}

async function enterNamed(
  tx: CaseFileTransaction,
  cooperation: string,
  { named, party }: { named: readonly string[]; party: string },
  at: string,
): Promise<RefusalOf<'DocumentUnknown'> | null> {
  const waiting = (await waitingFilesOf(tx, cooperation, { party })).filter(
    (one) => isExchanged(one) && named.includes(waitingId(one)),
  );
  const known = new Set([
    ...waiting.map(waitingId),
    ...(await documentsOf(tx, cooperation)).map(documentVersionId),
  ]);
  const missing = named.filter((one) => !known.has(one));
  if (missing.length > 0) return { code: 'DocumentUnknown', documents: missing };
  for (const one of waiting) await enter(tx, one, at);
  return null;
}

/**
 * What a party may name as documents of its answer: each will be the first version of its document. What waits of another
 * is as if it were not there.
 */
export const waitingDocumentsOf = async (db: CaseFile, cooperation: string, party: string) =>
  (
    await db
      .selectFrom('waitingFile')
      .select(['document', 'party'])
      .where('cooperation', '=', cooperation)
      .where('party', '=', party)
      .where('kind', '=', 'answer')
      .execute()
  ).map((one) => ({ ...one, version: 1 }));

/** What a document that waits is named by. */
export const waitingId = ({ document }: Pick<WaitingFileRow, 'document'>): string =>
  documentVersionId({ document, version: 1 });

async function enter(tx: CaseFileTransaction, row: WaitingFileRow, at: string): Promise<void> {
  const { cooperation, document, by, sha256, size, changes, link, came, at: _, ...rest } = row;
  await addDocumentVersion(
    tx,
    {
      ...{ cooperation, document, by, sha256, size: Number(size), came: came as Came, ...rest },
      ...(link !== null && { link }),
      ...(changes && { changes }),
    },
    at,
  );
  await tx
    .deleteFrom('waitingFile')
    .where('cooperation', '=', cooperation)
    .where('document', '=', document)
    .where('by', '=', by)
    .where('sha256', '=', sha256)
    .execute();
}

/** No answer of a cooperation will name them: it has ended, or the person does not take part any more. */
export const dropWaiting = (db: CaseFile, cooperation: string, by?: string): Promise<unknown> =>
  db
    .deleteFrom('waitingFile')
    .where('cooperation', '=', cooperation)
    .$if(by !== undefined, (those) => those.where('by', '=', by ?? ''))
    .execute();

/**
 * Deletes what no answer named for {@link WAITING_DAYS}, and what is told of such files, which counts for a day. Returns how
 * many there were.
 */
export async function forgetWaiting(db: CaseFile, at: string): Promise<number> {
  const before = (days: number) => new Date(Date.parse(at) - days * DAY_MS).toISOString();
  const { numDeletedRows } = await db
    .deleteFrom('waitingFile')
    .where('at', '<', before(WAITING_DAYS))
    .executeTakeFirst();
  await db.deleteFrom('forgottenFile').where('at', '<', before(1)).execute();
  return Number(numDeletedRows);
}
