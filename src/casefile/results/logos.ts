import { sql } from 'kysely';
import type { Programme } from '../../domain/programme/programme.ts';
import { type Logo, type LogoVersion, logoOwnerOf } from '../../domain/results/logo.ts';
import type { CaseFile } from '../database/database.ts';

/** Logos that staff put in: every one that there was. */

/** All of them, the newest first. */
export async function logoVersions(db: CaseFile): Promise<LogoVersion[]> {
  const rows = await db.selectFrom('logo').selectAll().orderBy('number', 'desc').execute();
  return rows.map(
    ({ number, institution, putAt, putBy, sha256, fileName: name, mediaType, width, height }) => ({
      ...{ number, institution, putAt, putBy },
      file:
        sha256 !== null && name !== null && mediaType !== null && width !== null && height !== null
          ? { sha256, name, mediaType, width, height }
          : null,
    }),
  );
}

/** The logos that papers of these institutions are made with now, of those that have one. */
export async function logosOf(
  db: CaseFile,
  institutions: readonly Pick<Programme['institutions'][number], 'id' | 'role'>[],
  read: (sha256: string) => Promise<Buffer>,
): Promise<Logo[]> {
  const owners = new Set(institutions.map(logoOwnerOf));
  const all = await logoVersions(db);
  const present = [...owners].flatMap((owner) => all.find(({ institution }) => institution === owner) ?? []);
  const logos = present.map(async ({ institution, file }): Promise<Logo[]> => {
    if (!file) return [];
    const { mediaType, width, height, sha256 } = file;
    return [{ institution, mediaType, width, height, bytes: (await read(sha256)).toString('base64') }];
  });
  return (await Promise.all(logos)).flat();
}

export type NewLogo = Pick<LogoVersion, 'institution' | 'file'> & {
  by: string | null;
  /** The number of the last, of any institution, that whoever puts it in had seen; 0 for none. */
  seen: number;
};

/**
 * Puts another in the place of the present one, or, without a file, none.
 * @returns its number; or, where somebody did since, when
 */
export const addLogo = (
  db: CaseFile,
  { institution, file, by, seen }: NewLogo,
  at: string,
): Promise<{ number: number } | { since: string }> =>
  db.transaction().execute(async (tx) => {
    await sql`lock table logo in share row exclusive mode`.execute(tx);
    const last = (await logoVersions(tx)).find((one) => one.institution === institution);
    if (last && last.number > seen) return { since: last.putAt };
    return tx
      .insertInto('logo')
      .values({
        ...{ institution, putAt: at, putBy: by, sha256: file?.sha256 ?? null, fileName: file?.name ?? null },
        ...{ mediaType: file?.mediaType ?? null, width: file?.width ?? null, height: file?.height ?? null },
      })
      .returning('number')
      .executeTakeFirstOrThrow();
  });

/** The institutions of all cooperations, each as the newest programme has it. */
export async function institutionsKnown(db: CaseFile): Promise<{ owner: string; name: string }[]> {
  const { rows } = await sql<{ owner: string; name: string }>`
    select distinct on (owner) owner, name from (
      select case one ->> 'role' when 'secretariat' then 'secretariat' else one ->> 'id' end as owner,
        one ->> 'name' as name, c.filed_at, c.id
      from cooperation c cross join lateral jsonb_array_elements(c.programme -> 'institutions') one
    ) known order by owner, filed_at desc, id desc, name
  `.execute(db);
  return rows;
}
