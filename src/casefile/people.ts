import type { NotNull } from 'kysely';
import { dateIn } from '../domain/dates/dates.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { Kind } from '../domain/kinds/kind.ts';
import { officerToTurnTo } from '../domain/people/officer.ts';
import { type CaseFile, listed, type OneOrMore } from './database/database.ts';
import type { Addressee, PersonRow, RequestRow } from './database/schema.ts';
import { absencesOf, handOversOf, inChargeOf, noteHandOver, type Today } from './handOvers.ts';
import { addToRecord, type Entry } from './record.ts';

/**
 * Those who may answer for these parties now, in the programme's order. Guests answer for nobody, nor does anybody who
 * cannot be asked.
 */
export const answerersOf = (
  db: CaseFile,
  cooperation: string,
  parties: readonly string[],
): Promise<Addressee[]> =>
  parties.length === 0
    ? Promise.resolve([])
    : people(db, cooperation)
        .where('party', 'in', [...parties])
        .where('role', '<>', 'guest')
        .execute();

/**
 * Whom to write to about a request, each once: of those who may answer for these parties, whoever handed the request
 * over is replaced by the colleague, and whoever is away by the stand-in. `passed` is what is newly so.
 */
export async function inCharge(
  db: CaseFile,
  cooperation: string,
  request: string,
  parties: readonly string[],
  today: Today,
): Promise<InCharge> {
  return inChargeAmong(await delegationStanding(db, cooperation, parties), request, today);
}

/** Those of people in charge of a request who are written to about it: all, or the focal points of each party that has any among them. */
export function reachedAmong(asked: PersonRow[], { kind }: Pick<RequestRow, 'kind'>): PersonRow[] {
  const { writesTo }: Kind = kinds[kind];
  if (!writesTo) return asked;
  const isFocal = ({ party, focalPoint }: PersonRow) =>
    focalPoint || !asked.some((one) => one.party === party && one.focalPoint);
  return asked.filter(isFocal);
}
type InCharge = { people: PersonRow[]; passed: { from: PersonRow; to: PersonRow }[] };

/** Those who may answer for these parties, who passed which request to whom, and who is away. */
export const delegationStanding = async (db: CaseFile, cooperation: string, parties: readonly string[]) => ({
  asked: await answerersOf(db, cooperation, parties),
  handOvers: await handOversOf(db, cooperation),
  absences: await absencesOf(db, cooperation),
});

/** {@link inCharge}, of what was read before. */
export function inChargeAmong(
  { asked, handOvers: all, absences }: Awaited<ReturnType<typeof delegationStanding>>,
  request: string,
  today: Today,
): InCharge {
  const handOvers = all.filter((one) => one.request === request);
  const inCharge = asked.map((one) => {
    const colleagues = asked.filter(({ party }) => party === one.party);
    return inChargeOf(one, { people: colleagues, handOvers, absences, today });
  });
  return {
    people: [...new Set(inCharge.map(({ person }) => person))],
    passed: inCharge.flatMap(({ person: to, awayFor: from }, index) =>
      from &&
      inCharge.findIndex((one) => one.awayFor === from && one.person === to) === index &&
      !handOvers.some(({ fromPerson, toPerson }) => fromPerson === from.id && toPerson === to.id)
        ? [{ from, to }]
        : [],
    ),
  };
}

/** The same at an instant, noting in the case file which colleague has the request while somebody is away. */
export async function answerersFor(
  db: CaseFile,
  { cooperation, id: request }: Pick<RequestRow, 'cooperation' | 'id'>,
  parties: readonly string[],
  at: string,
): Promise<PersonRow[]> {
  const today: Today = ({ timeZone }) => dateIn(at, timeZone);
  const { people, passed } = await inCharge(db, cooperation, request, parties, today);
  for (const one of passed)
    await addToRecord(db, await passToStandIn(db, { cooperation, request, ...one, at }));
  return people;
}

/** Notes that a request passed to a colleague by itself; returns what the record has of it. */
export async function passToStandIn(
  db: CaseFile,
  { cooperation, request, from, to, at }: Passing,
): Promise<Entry> {
  await noteHandOver(db, {
    cooperation,
    request,
    fromPerson: from.id,
    toPerson: to.id,
    absent: true,
    at,
  });
  return {
    cooperation,
    key: `handed-over:${request}:${from.id}:${to.id}:${at}`,
    at,
    kind: 'request-handed-over',
    party: from.party,
    person: from.id,
    data: { request, to: to.id, absent: true },
  };
}
type Passing = { cooperation: string; request: string; from: PersonRow; to: PersonRow; at: string };

/** Who is reached when the delegates of these institutions do not answer. */
export const focalPointsOf = (
  db: CaseFile,
  cooperation: string,
  parties: readonly string[],
): Promise<Addressee[]> =>
  parties.length === 0
    ? Promise.resolve([])
    : people(db, cooperation)
        .where('party', 'in', [...parties])
        .where('role', '<>', 'guest')
        .where('focalPoint', '=', true)
        .execute();

/** The Secretariat's people. */
export const staffOf = (db: CaseFile, cooperation: string): Promise<Addressee[]> =>
  people(db, cooperation).where('role', '=', 'staff').execute();

export type Officer = { name: string; email: string };

/** The officer whom a reader turns to: the first of the Secretariat's people but the reader, or who stands in for them that day. */
export async function officerFor(
  db: CaseFile,
  { id, cooperation }: Pick<PersonRow, 'id' | 'cooperation'>,
  at: string,
): Promise<Officer | undefined> {
  const absences = await absencesOf(db, cooperation);
  const officers = (await staffOf(db, cooperation)).filter((one) => one.id !== id);
  const found = officerToTurnTo(officers, absences, at);
  return found && { name: found.officer.name, email: found.officer.email };
}

/** The delegations and the Secretariat. */
export const delegationsOf = (db: CaseFile, cooperation: string): Promise<Addressee[]> =>
  people(db, cooperation).where('role', 'in', ['delegate', 'staff']).execute();

/** The delegations, the Secretariat, and the consultant from the first request to them on: who hears how it goes on. */
export async function participantsOf(db: CaseFile, cooperation: string): Promise<Addressee[]> {
  const asked = await db
    .selectFrom('request')
    .select('id')
    .where('cooperation', '=', cooperation)
    .where('kind', '=', 'draft-sheet')
    .limit(1)
    .execute();
  const roles = ['delegate', 'staff', ...(asked.length > 0 ? ['consultant' as const] : [])] as const;
  return people(db, cooperation).where('role', 'in', roles).execute();
}

/** Who is invited to a session: the delegations, the Secretariat and the guests of that session. */
export const invitedTo = (db: CaseFile, cooperation: string, session: number): Promise<Addressee[]> =>
  people(db, cooperation)
    .where((row) => row.or([row('role', 'in', ['delegate', 'staff']), row('session', '=', session)]))
    .execute();

/** Everyone of a cooperation, those replaced too. */
export const everyoneOf = (db: CaseFile, cooperation: OneOrMore): Promise<PersonRow[]> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('position')
    .orderBy('id')
    .execute();

export const findPerson = (db: CaseFile, cooperation: string, id: string): Promise<PersonRow | undefined> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .executeTakeFirst();

/** Those who take part and can be written to. */
const people = (db: CaseFile, cooperation: string) =>
  db
    .selectFrom('person')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('active', '=', true)
    .where('email', 'is not', null)
    .$narrowType<{ email: NotNull }>()
    .orderBy('position')
    .orderBy('id');
