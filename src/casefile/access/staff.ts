import { sql } from 'kysely';
import { HOUR_MS } from '../../domain/dates/durations.ts';
import type { Language } from '../../domain/language.ts';
import type { CaseFile, CaseFileTransaction } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import type { StaffRow } from '../database/schema.ts';
import { after, endAccess, hash, newSecret, plainAddress } from './access.ts';
import { forgetSecondFactor } from './secondFactor.ts';

/**
 * Who is OAS staff, or an observer: those of this table and nobody else, whatever programmes say of whom. Addresses are in
 * lower case, instants ISO 8601 in UTC. Whoever was removed stays in it, and can do nothing.
 */

const active = (db: CaseFile) => db.selectFrom('staff').selectAll().where('removedAt', 'is', null);

/** The row of whoever is staff or an observer now; nothing of whoever is neither. Read anew after every change. */
export const staffAt = (db: CaseFile, address: string): Promise<StaffRow | undefined> =>
  cachedRead(db, `staff ${plainAddress(address)}`, () =>
    active(db).where('address', '=', plainAddress(address)).executeTakeFirst(),
  );

/** Everybody who is staff or an observer now, staff first. */
export const allStaff = (db: CaseFile): Promise<StaffRow[]> =>
  active(db).orderBy('role', 'desc').orderBy('address').execute();

export type NewStaff = {
  address: string;
  role: StaffRow['role'];
  name?: string | null;
  language?: Language;
  /** The address of who let them in; `null` for the settings, the setup link and the terminal. */
  by: string | null;
  /** Of whoever is in already and gets another role: since when they were in as far as who gives it knows. */
  seen?: string | undefined;
};

type Admission =
  | { outcome: 'unknown' }
  | { outcome: 'last' }
  | { outcome: 'added' | 'already'; as: Pick<StaffRow, 'role' | 'name' | 'language'> }
  | { since: string };

/**
 * Lets somebody in, by somebody who is in or from the terminal. Of whoever was staff and becomes an observer the tokens end
 * that they made for others; their own read from now on. `last` where they are the only staff there is and `force` is not said; `already` where they
 * are in and no other role was meant; where they were let in or put out since they were looked at, when that was. Then
 * nothing has changed.
 */
export const admitStaff = (
  db: CaseFile,
  given: NewStaff,
  { force }: { force: boolean },
  at: string,
): Promise<Admission> =>
  db.transaction().execute(async (tx) => {
    await alone(tx);
    const address = plainAddress(given.address);
    const known = await tx.selectFrom('staff').selectAll().where('address', '=', address).executeTakeFirst();
    const inNow = known?.removedAt === null ? known : undefined;
    if (given.seen !== undefined && inNow?.addedAt !== given.seen)
      return known ? { since: known.removedAt ?? known.addedAt } : { outcome: 'unknown' };
    if (inNow && (given.seen === undefined || inNow.role === given.role))
      return { outcome: 'already', as: inNow };
    const isLessened = given.role === 'observer' && inNow?.role === 'staff';
    if (isLessened && !force && (await isLast(tx, address))) return { outcome: 'last' };
    if (isLessened) await endTokensOf(tx, address, 'made', { by: given.by, at });
    // Another role is no other name, nor another language.
    const { name = given.name ?? null, language = given.language ?? 'es' } = inNow ?? {};
    const as = { role: given.role, name, language };
    await addStaff(tx, { ...given, ...as }, at);
    return { outcome: 'added', as };
  });

/** Whether nobody else is staff. */
const isLast = async (tx: CaseFileTransaction, address: string): Promise<boolean> =>
  !(await allStaff(tx)).some((row) => row.role === 'staff' && row.address !== plainAddress(address));

/**
 * Ends the tokens that somebody made for programs, whose secrets they were told, and those that were made with these; with
 * `all` their own, too.
 */
function endTokensOf(
  tx: CaseFileTransaction,
  given: string,
  which: 'made' | 'all',
  { by, at }: { by: string | null; at: string },
) {
  const address = plainAddress(given);
  return sql`
    with recursive their(number) as (
      select number from api_token
      where (holder = ${address} and ${which === 'all'}) or (made_by = ${address} and holder is distinct from ${address})
      union
      select made.number from api_token as made join their on made.made_by = 'token ' || their.number
    )
    update api_token set revoked_at = ${at}, revoked_by = ${by}
    where revoked_at is null and number in (select number from their)`.execute(tx);
}

/** Lets somebody in, also one who was removed. Whether they were not in already, in that role. */
export async function addStaff(
  db: CaseFile,
  { address, role, name = null, language = 'es', by }: NewStaff,
  at: string,
): Promise<boolean> {
  const row = { role, name, language, addedAt: at, addedBy: by, removedAt: null, removedBy: null };
  const added = await db
    .insertInto('staff')
    .values({ address: plainAddress(address), ...row })
    .onConflict((conflict) =>
      conflict
        .column('address')
        .doUpdateSet(row)
        .where((there) =>
          there.or([there('staff.removedAt', 'is not', null), there('staff.role', '<>', role)]),
        ),
    )
    .returning('address')
    .executeTakeFirst();
  return added !== undefined;
}

/** What somebody who is staff or an observer is called, and reads in. */
export const describeStaff = async (
  db: CaseFile,
  address: string,
  as: { name?: string; language?: Language },
): Promise<void> => {
  if (Object.keys(as).length === 0) return;
  await db.updateTable('staff').set(as).where('address', '=', plainAddress(address)).execute();
};

/**
 * Takes somebody's part as staff or observer away, at once, with all that lets them in, the tokens that they made for
 * programs among it. `last` where they are the only staff
 * there is and `force` is not said; then nothing has changed.
 */
export const removeStaff = (
  db: CaseFile,
  address: string,
  { by, force }: { by: string | null; force: boolean },
  at: string,
): Promise<'removed' | 'unknown' | 'last'> =>
  db.transaction().execute(async (tx) => {
    await alone(tx);
    const all = await allStaff(tx);
    const one = all.find((row) => row.address === plainAddress(address));
    if (!one) return 'unknown';
    if (one.role === 'staff' && !force && (await isLast(tx, one.address))) return 'last';
    await tx
      .updateTable('staff')
      .set({ removedAt: at, removedBy: by })
      .where('address', '=', one.address)
      .execute();
    await endTokensOf(tx, one.address, 'all', { by, at });
    await endAccess(tx, one.address, at);
    await forgetSecondFactor(tx, one.address);
    return 'removed';
  });

/** Two who remove each other do so one after the other. */
const alone = (tx: CaseFileTransaction) => sql`lock table staff in share row exclusive mode`.execute(tx);

/**
 * Before anybody was ever let in: those whom the settings name. Returns the secret of a link by which the first officer
 * lets themselves in, where there is no staff; it holds for an hour, and takes the place of one that was made before.
 */
export const firstStaff = (
  db: CaseFile,
  { staff, observers }: { staff: readonly string[]; observers: readonly string[] },
  at: string,
): Promise<string | undefined> =>
  db.transaction().execute(async (tx) => {
    await alone(tx);
    const known = await tx.selectFrom('staff').select('address').limit(1).executeTakeFirst();
    if (!known) {
      for (const address of observers) await addStaff(tx, { address, role: 'observer', by: null }, at);
      for (const address of staff) await addStaff(tx, { address, role: 'staff', by: null }, at);
    }
    if (await hasStaff(tx)) return undefined;
    await tx.deleteFrom('setupLink').execute();
    const token = newSecret();
    const expiresAt = after(at, HOUR_MS);
    await tx
      .insertInto('setupLink')
      .values({ tokenHash: hash(token), expiresAt })
      .execute();
    return token;
  });

const hasStaff = async (db: CaseFile): Promise<boolean> =>
  (await allStaff(db)).some(({ role }) => role === 'staff');

/** Whether a setup link would let somebody in: it is the last that was made, not too old, and there is no staff yet. */
export async function isSetupOpen(db: CaseFile, token: string, at: string): Promise<boolean> {
  const found = await db
    .selectFrom('setupLink')
    .select('tokenHash')
    .where('tokenHash', '=', hash(token))
    .where('expiresAt', '>', at)
    .executeTakeFirst();
  return found !== undefined && !(await hasStaff(db));
}

/** Lets the first officer in by the setup link, once: of several tries at once one does. Whether it was this one. */
export const useSetup = (
  db: CaseFile,
  token: string,
  officer: Pick<NewStaff, 'address' | 'name' | 'language'>,
  at: string,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await alone(tx);
    if (!(await isSetupOpen(tx, token, at))) return false;
    await tx.deleteFrom('setupLink').execute();
    return addStaff(tx, { ...officer, role: 'staff', by: null }, at);
  });
