import type { CaseFile } from './database.ts';
import type { PersonRow } from './schema.ts';

/** Those who may answer for these parties now, in the programme's order. Guests answer for nobody. */
export const answerersOf = (
  db: CaseFile,
  cooperation: string,
  parties: readonly string[],
): Promise<PersonRow[]> =>
  parties.length === 0
    ? Promise.resolve([])
    : people(db, cooperation)
        .where('party', 'in', [...parties])
        .where('role', '<>', 'guest')
        .execute();

/** The delegations and the Secretariat. */
export const delegationsOf = (db: CaseFile, cooperation: string): Promise<PersonRow[]> =>
  people(db, cooperation).where('role', 'in', ['delegate', 'staff']).execute();

/** Who is invited to a session: the delegations, the Secretariat and the guests of that session. */
export const invitedTo = (db: CaseFile, cooperation: string, session: number): Promise<PersonRow[]> =>
  people(db, cooperation)
    .where((row) => row.or([row('role', 'in', ['delegate', 'staff']), row('session', '=', session)]))
    .execute();

/** Everyone of a cooperation, those replaced too. */
export const everyoneOf = (db: CaseFile, cooperation: string): Promise<PersonRow[]> =>
  db.selectFrom('person').selectAll().where('cooperation', '=', cooperation).orderBy('position').execute();

export const findPerson = (db: CaseFile, cooperation: string, id: string): Promise<PersonRow | undefined> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .executeTakeFirst();

const people = (db: CaseFile, cooperation: string) =>
  db
    .selectFrom('person')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('active', '=', true)
    .orderBy('position');
