import { type CaseFile, lockCooperation } from './database.ts';
import { addToRecord } from './record.ts';
import type { ProgrammeVersionRow } from './schema.ts';

export type MadeProgramme = Omit<ProgrammeVersionRow, 'issuedAt'>;

/** Makes the version that `cause` asks for, once: `make` is given the next version's number, and reads through `tx`. */
export async function nextProgrammeVersion(
  db: CaseFile,
  cooperation: string,
  cause: string,
  make: (version: number, tx: CaseFile) => Promise<Omit<MadeProgramme, 'cooperation' | 'cause' | 'version'>>,
): Promise<ProgrammeVersionRow> {
  const standing = await programmeFor(db, cooperation, cause);
  if (standing) return standing;
  return db.transaction().execute(async (tx) => {
    await lockCooperation(tx, cooperation);
    const made = await programmeFor(tx, cooperation, cause);
    if (made) return made;
    const version = ((await programmesOf(tx, cooperation)).at(-1)?.version ?? 0) + 1;
    const row = { cooperation, version, cause, ...(await make(version, tx)) };
    await tx
      .insertInto('programmeVersion')
      .values({ ...row, issuedAt: null })
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `programme-made:${version}`,
      at: row.madeAt,
      kind: 'programme-made',
      data: { version, cause, hash: row.hash },
    });
    return { ...row, issuedAt: null };
  });
}

const programmeFor = (
  db: CaseFile,
  cooperation: string,
  cause: string,
): Promise<ProgrammeVersionRow | undefined> =>
  db
    .selectFrom('programmeVersion')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('cause', '=', cause)
    .executeTakeFirst();

/** All versions, oldest first. */
export const programmesOf = (db: CaseFile, cooperation: string): Promise<ProgrammeVersionRow[]> =>
  db
    .selectFrom('programmeVersion')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('version')
    .execute();

/** Marks a version as sent to the delegations. */
export async function noteIssued(
  db: CaseFile,
  cooperation: string,
  version: number,
  now: string,
): Promise<void> {
  await db
    .updateTable('programmeVersion')
    .set({ issuedAt: now })
    .where('cooperation', '=', cooperation)
    .where('version', '=', version)
    .where('issuedAt', 'is', null)
    .execute();
  await addToRecord(db, {
    cooperation,
    key: `programme-issued:${version}`,
    at: now,
    kind: 'programme-issued',
    data: { version },
  });
}
