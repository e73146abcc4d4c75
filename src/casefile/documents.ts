import { isExchanged } from '../domain/document.ts';
import { type DocumentKind, KINDS_OF_DOCUMENT } from '../domain/documentKinds.ts';
import type { Came } from '../domain/door.ts';
import type { DocumentChange } from '../domain/programme/programmeDifferences.ts';
import {
  type CaseFile,
  type CaseFileTransaction,
  changing,
  json,
  listed,
  type OneOrMore,
} from './database/database.ts';
import type { DocumentVersionRow } from './database/schema.ts';
import { addToRecord } from './record.ts';

export type NewVersion = {
  cooperation: string;
  /** The document a version is added to; a new document where it is left out. */
  document?: string | undefined;
  title: string;
  kind: DocumentKind;
  party: string;
  by: string;
  sha256: string;
  size: number;
  mediaType: string;
  fileName: string;
  /** Of the materials of a session: its number. */
  session?: number | undefined;
  /** What its text is, where it is a link and nothing else. */
  link?: string | undefined;
  /** What it changes of a version, by its hash. */
  changes?: { of: string; what: DocumentChange } | undefined;
  came?: Came | undefined;
};

export type DocumentEntry = Omit<DocumentVersionRow, 'link'> & {
  title: string;
  kind: DocumentKind;
  party: string;
  session?: number;
  link?: string;
};

/**
 * Enters a version of a document whose bytes are in the store. The same bytes as the newest version are that
 * version, and the same file put in again by the same person is that document: an answer may have been lost on its
 * way. Another's document is not added to (`undefined`).
 */
export async function addDocumentVersion(
  db: CaseFile,
  input: NewVersion,
  now: string,
): Promise<DocumentEntry | undefined> {
  const { cooperation, title, kind, party, by, sha256, size, mediaType, fileName, changes } = input;
  const { session = null, link = null } = input;
  return changing(db, cooperation, async (tx) => {
    const again = await sameFile(tx, input);
    if (again) return again;
    const standing =
      input.document === undefined
        ? undefined
        : await tx
            .selectFrom('document')
            .select(['id', 'party'])
            .where('cooperation', '=', cooperation)
            .where('id', '=', input.document)
            .executeTakeFirst();
    if (standing && standing.party !== party && isExchanged({ kind })) return undefined;
    const document = input.document ?? (await nextDocument(tx, cooperation));
    if (!standing)
      await tx
        .insertInto('document')
        .values({ cooperation, id: document, title, kind, party, session, createdAt: now })
        .execute();
    const chain = await versionsOf(tx, cooperation, document);
    const newest = chain.at(-1);
    if (newest?.sha256 === sha256) return newest;
    const version = (newest?.version ?? 0) + 1;
    await tx
      .insertInto('documentVersion')
      .values({
        ...{ cooperation, document, version, sha256, size, mediaType, fileName, by, at: now },
        changes: changes && changes.of === newest?.sha256 ? json(changes.what) : null,
        link,
        withheld: null,
      })
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `document:${document}:${version}`,
      at: now,
      kind: 'document-added',
      party,
      person: by,
      data: { document, version, sha256, ...(session !== null && { session }), ...input.came },
    });
    return (await versionsOf(tx, cooperation, document)).at(-1);
  });
}

/** The document that the same file, put in by the same person, is already; nothing of one that is added to a document. */
export const sameFile = async (
  db: CaseFile,
  { cooperation, document, by, kind, session, title, fileName, sha256 }: NewVersion,
): Promise<DocumentEntry | undefined> =>
  document === undefined
    ? (await documentsOf(db, cooperation)).find(
        (entry) =>
          [entry.by, entry.kind, entry.session, entry.title, entry.fileName, entry.sha256].join('\n') ===
          [by, kind, session, title, fileName, sha256].join('\n'),
      )
    : undefined;

/** The id of the next document that is exchanged; those that wait for their answer keep theirs. */
export async function nextDocument(tx: CaseFileTransaction, cooperation: string): Promise<string> {
  const documents = await tx
    .selectFrom('document')
    .select('id')
    .where('cooperation', '=', cooperation)
    .unionAll(tx.selectFrom('waitingFile').select('document as id').where('cooperation', '=', cooperation))
    .execute();
  const numbers = documents.map(({ id }) => Number(/^doc-(\d+)$/.exec(id)?.[1] ?? 0));
  return `doc-${Math.max(0, ...numbers) + 1}`;
}

/** All versions where one of them is withheld; none where nothing is, as is usual. */
export async function withheldAmong(db: CaseFile, cooperation: string): Promise<DocumentEntry[]> {
  const some = await db
    .selectFrom('documentVersion')
    .select('version')
    .where('cooperation', '=', cooperation)
    .where('withheld', 'is not', null)
    .limit(1)
    .execute();
  return some.length > 0 ? documentsOf(db, cooperation) : [];
}

/**
 * Every version of every document, or of those of some kinds, oldest first. Where nobody gave it a title a document is called by its newest file's
 * name; a version of the sheet or the report is of those who handed it in.
 */
export async function documentsOf(
  db: CaseFile,
  cooperation: OneOrMore,
  kinds: readonly DocumentKind[] = KINDS_OF_DOCUMENT,
): Promise<DocumentEntry[]> {
  const rows = await versions(db, cooperation)
    .where('document.kind', 'in', kinds)
    .orderBy('documentVersion.at')
    .orderBy('documentVersion.version')
    .execute();
  return rows.map(({ author, session, link, ...entry }) => {
    const chain = rows.filter(
      ({ cooperation, document }) => cooperation === entry.cooperation && document === entry.document,
    );
    const untitled = entry.title === chain[0]?.fileName;
    return {
      ...entry,
      ...(session !== null && { session }),
      ...(link !== null && { link }),
      title: untitled ? (chain.at(-1)?.fileName ?? entry.title) : entry.title,
      party: isExchanged(entry) ? entry.party : (author ?? entry.party),
    };
  });
}

/** The versions of one document, oldest first. */
const versionsOf = async (db: CaseFile, cooperation: string, document: string): Promise<DocumentEntry[]> =>
  (await documentsOf(db, cooperation)).filter((entry) => entry.document === document);

/** The newest version with these bytes of a document of this kind: equal bytes may be several documents. */
export const documentByHash = async (
  db: CaseFile,
  cooperation: string,
  sha256: string,
  kind?: DocumentKind,
): Promise<DocumentEntry | undefined> =>
  (await documentsOf(db, cooperation)).findLast(
    (entry) => entry.sha256 === sha256 && (kind === undefined || entry.kind === kind),
  );

/** Notes a document that the system made to begin a sheet or a report with: as it is, it is none. */
export const noteStarting = (
  db: CaseFile,
  made: {
    cooperation: string;
    kind: 'sheet' | 'report';
    hash: string;
    madeAt: string;
    template: number | null;
  },
): Promise<unknown> =>
  db
    .insertInto('startingDocument')
    .values(made)
    .onConflict((conflict) => conflict.columns(['cooperation', 'kind', 'hash']).doNothing())
    .execute();

/** Whether the system made these bytes to begin a sheet or a report with. */
export const isStarting = async (db: CaseFile, cooperation: string, sha256: string): Promise<boolean> =>
  (await db
    .selectFrom('startingDocument')
    .select('kind')
    .where('cooperation', '=', cooperation)
    .where('hash', '=', sha256)
    .executeTakeFirst()) !== undefined;

const versions = (db: CaseFile, cooperation: OneOrMore) =>
  db
    .selectFrom('documentVersion')
    .innerJoin('document', (join) =>
      join
        .onRef('document.cooperation', '=', 'documentVersion.cooperation')
        .onRef('document.id', '=', 'documentVersion.document'),
    )
    .selectAll('documentVersion')
    .leftJoin('person', (join) =>
      join
        .onRef('person.cooperation', '=', 'documentVersion.cooperation')
        .onRef('person.id', '=', 'documentVersion.by'),
    )
    .select(['document.title', 'document.kind', 'document.party', 'document.session'])
    .select('person.party as author')
    .where('documentVersion.cooperation', 'in', listed(cooperation));

/**
 * When an address came to a cooperation before the visit it is on: what is newer than that is new to it. `null` on the
 * first visit.
 */
export async function visitBefore(
  db: CaseFile,
  cooperation: string,
  address: string,
): Promise<string | null> {
  const visit = await db
    .selectFrom('visit')
    .select('before')
    .where('cooperation', '=', cooperation)
    .where('address', '=', address.toLowerCase())
    .executeTakeFirst();
  return visit?.before ?? null;
}
