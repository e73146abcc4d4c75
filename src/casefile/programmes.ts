import { sql } from 'kysely';
import type { PrintedVersion } from '../domain/programme/programmeDifferences.ts';
import { type CaseFile, changing, json } from './database/database.ts';
import type { ProgrammeVersionRow } from './database/schema.ts';
import { addToRecord } from './record.ts';

export type MadeProgramme = Omit<ProgrammeVersionRow, 'issuedAt' | 'doneAt' | 'annulledAt'> & {
  printed: PrintedVersion | null;
};

type ProgrammeCause = Pick<MadeProgramme, 'cause' | 'approvedIn'>;

/** Makes the version that `cause` asks for, once: `make` is given the next version's number, and reads through `tx`. */
export async function nextProgrammeVersion(
  db: CaseFile,
  cooperation: string,
  { cause, approvedIn }: ProgrammeCause,
  make: (
    version: number,
    tx: CaseFile,
  ) => Promise<
    Omit<MadeProgramme, keyof ProgrammeCause | 'cooperation' | 'version'> & {
      /** The number of the template that its Word file was made with; none of the shipped one. */
      template?: number | undefined;
    }
  >,
): Promise<ProgrammeVersionRow> {
  const standing = await programmeFor(db, cooperation, cause);
  if (standing) return standing;
  return changing(db, cooperation, async (tx) => {
    const made = await programmeFor(tx, cooperation, cause);
    if (made) return made;
    const version = ((await programmesOf(tx, cooperation)).at(-1)?.version ?? 0) + 1;
    const { printed, template, ...row } = {
      cooperation,
      version,
      cause,
      approvedIn,
      ...(await make(version, tx)),
    };
    await tx
      .insertInto('programmeVersion')
      .values({
        ...row,
        printed: printed && json(printed),
        differences: json(row.differences),
        issuedAt: null,
      })
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `programme-made:${version}`,
      at: row.madeAt,
      kind: 'programme-made',
      data: { version, cause, hash: row.hash, ...(template !== undefined && { template }) },
    });
    return { ...row, issuedAt: null, doneAt: null, annulledAt: null };
  });
}

/** What the newest version that stands prints; nothing where there is none. */
export const lastPrinted = async (db: CaseFile, cooperation: string): Promise<PrintedVersion | undefined> =>
  (
    await db
      .selectFrom('programmeVersion')
      .select('printed')
      .where('cooperation', '=', cooperation)
      .where('annulledAt', 'is', null)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.printed ?? undefined;

/** The programme as a version prints it. */
export const printedProgramme = async (
  db: CaseFile,
  cooperation: string,
  version: number,
): Promise<PrintedVersion['programme'] | undefined> =>
  (
    await db
      .selectFrom('programmeVersion')
      .select('printed')
      .where('cooperation', '=', cooperation)
      .where('version', '=', version)
      .executeTakeFirst()
  )?.printed?.programme;

const COLUMNS = [
  'cooperation',
  'version',
  'cause',
  'madeAt',
  'hash',
  'pdfSha256',
  'pdfName',
  'docxSha256',
  'docxName',
  'issuedAt',
  'approvedIn',
  'doneAt',
  'differences',
  'annulledAt',
] as const;

const programmeFor = (
  db: CaseFile,
  cooperation: string,
  cause: string,
): Promise<ProgrammeVersionRow | undefined> =>
  db
    .selectFrom('programmeVersion')
    .select(COLUMNS)
    .where('cooperation', '=', cooperation)
    .where('cause', '=', cause)
    .executeTakeFirst();

/** The sessions that a version prints; nothing of versions that were made before these were kept. */
export const PRINTED_SESSIONS = sql<
  PrintedVersion['sessions'] | null
>`programme_version.printed->'sessions'`.as('printedSessions');

export type PrintedVersionRow = ProgrammeVersionRow & { printedSessions?: PrintedVersion['sessions'] | null };

/** All versions, oldest first. */
export const programmesOf = (db: CaseFile, cooperation: string): Promise<PrintedVersionRow[]> =>
  db
    .selectFrom('programmeVersion')
    .select(COLUMNS)
    .select(PRINTED_SESSIONS)
    .where('cooperation', '=', cooperation)
    .orderBy('version')
    .execute();

/** Those that stand: what they were made after was not annulled. */
export const standingProgrammesOf = async (
  db: CaseFile,
  cooperation: string,
): Promise<ProgrammeVersionRow[]> =>
  (await programmesOf(db, cooperation)).filter(({ annulledAt }) => annulledAt === null);

/** Those that a workflow had approved, or was about to, and that were made since an instant do not stand any more. */
export const annulProgrammes = (
  db: CaseFile,
  {
    cooperation,
    approvedIn,
    since,
    at,
  }: { cooperation: string; approvedIn: string; since: string; at: string },
): Promise<unknown> =>
  db
    .updateTable('programmeVersion')
    .set({ annulledAt: at })
    .where('cooperation', '=', cooperation)
    .where('approvedIn', '=', approvedIn)
    .where('madeAt', '>=', since)
    .where('annulledAt', 'is', null)
    .execute();

/** Marks a version as sent to the delegations. */
export async function noteIssued(
  db: CaseFile,
  cooperation: string,
  version: number,
  now: string,
): Promise<void> {
  await changing(db, cooperation, async (tx) => {
    await tx
      .updateTable('programmeVersion')
      .set({ issuedAt: now })
      .where('cooperation', '=', cooperation)
      .where('version', '=', version)
      .where('issuedAt', 'is', null)
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `programme-issued:${version}`,
      at: now,
      kind: 'programme-issued',
      data: { version },
    });
  });
}

/** A version that both ministries approved has been sent to all delegations, or goes with the first invitation. */
export const noteSent = (db: CaseFile, cooperation: string, version: number, now: string): Promise<unknown> =>
  db
    .updateTable('programmeVersion')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('version', '=', version)
    .where('doneAt', 'is', null)
    .execute();
