import type { ChangeKind, ChangeOf, ProgrammeChange, RecordedChange } from '../../domain/change.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import type { Door } from '../../domain/door.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { type Party, secretariatAmong } from '../../domain/people/party.ts';
import { secretariatOf } from '../../domain/programme/plan.ts';
import type { RecordKind } from '../../domain/recordKinds.ts';
import { type Refusal, Refused, refused } from '../../domain/refusal.ts';
import { programmeStands } from '../approval.ts';
import { openRequestsOf } from '../cooperations.ts';
import { type CaseFileTransaction, json } from '../database/database.ts';
import type { CooperationRow, HandOverRow, PersonRow, RequestRow, SessionRow } from '../database/schema.ts';
import { hashOf } from '../filing.ts';
import { absenceOn, absencesOf } from '../handOvers.ts';
import { delegationsOf, findPerson, inCharge, passToStandIn } from '../people.ts';
import type { Entry } from '../record.ts';
import { answersTo, owingOf } from '../requests.ts';
import { nextSequence, sessionsOf } from '../sessions.ts';

/** A change in the making: the transaction it is made in, under the cooperation's lock. */
export type Making = {
  tx: CaseFileTransaction;
  cooperation: CooperationRow;
  /** The change's number. */
  number: number;
  /** Who asked for it; nobody where the Secretariat did. */
  by: PersonRow | undefined;
  /** By which door it came, where that is known. */
  door: Door | null;
  at: string;
};

/** What a change comes to, beside the rows that it wrote. The record is written by whoever called for it. */
export type ChangeOutcome = {
  effects?: Omit<RecordedChange, 'refusal' | 'tells'>;
  told: Telling[];
  programmeChanges: ProgrammeChange[];
  entries: Entry[];
};

/** How each kind of change is made. */
export type Makers = {
  [Kind in ChangeKind]: (making: Making, what: ChangeOf<Kind>) => Promise<ChangeOutcome>;
};

/** @throws Refused where there is a refusal, which undoes whatever was written before */
export function orRefuse(refusal: Refusal | null): void {
  if (refusal) throw new Refused(refusal);
}

/** An entry of the record about a change. Ids and codes alone. */
export const entryOf = (
  { cooperation, number, by, door, at }: Making,
  kind: RecordKind,
  data: Record<string, unknown>,
): Entry => ({
  cooperation: cooperation.id,
  key: `change-${number}`,
  at,
  kind,
  party: by?.party ?? secretariatOf(cooperation.plan),
  person: by?.id,
  data: { change: number, ...data, ...(door && { door }) },
});

type OnRecord = Pick<SessionRow, 'minutes' | 'attendance' | 'outputs'>;

/** What is on record of a session or of the coordination meeting with a correction, to be written; none where it says the same. */
export function recordWith(
  stands: OnRecord,
  { minutes, attendance, outputs }: Omit<ChangeOf<'correct-meeting'>, 'change' | 'commitments'>,
): { minutes?: string; attendance?: string; outputs?: string } | undefined {
  const before = [stands.minutes, stands.attendance ?? [], stands.outputs ?? []];
  const after = [
    minutes ?? stands.minutes,
    attendance ?? stands.attendance ?? [],
    outputs ?? stands.outputs ?? [],
  ];
  if (hashOf(before) === hashOf(after)) return undefined;
  return {
    ...(minutes !== undefined && { minutes }),
    ...(attendance && { attendance: json(attendance) }),
    ...(outputs && { outputs: json(outputs) }),
  };
}

export const isAfter = (a: string, b: string): boolean => Date.parse(a) > Date.parse(b);

export const latest = (instants: readonly string[]): string =>
  instants.reduce((last, one) => (isAfter(one, last) ? one : last));

/** The parties of the plan with these codes, in its order. */
export const partiesWith = ({ cooperation }: Making, codes: readonly string[]): Party[] =>
  cooperation.plan.parties.filter(({ code }) => codes.includes(code));

export const secretariatIn = ({ cooperation }: Making): Party => secretariatAmong(cooperation.plan.parties);

/** Somebody who takes part now. @throws Refused `PersonUnknown`, `PersonLeft` */
export async function personIn({ tx, cooperation }: Making, id: string): Promise<PersonRow> {
  const person = await findPerson(tx, cooperation.id, id);
  if (!person) return refused({ code: 'PersonUnknown', person: id });
  if (!person.active) return refused({ code: 'PersonLeft', person: id });
  return person;
}

/** The same, of those who answer for a party. @throws Refused `IsGuest`, `IsObserver`, too */
export async function answererIn(making: Making, id: string): Promise<PersonRow> {
  const person = await personIn(making, id);
  if (person.role === 'guest') return refused({ code: 'IsGuest', person: id, why: 'answers' });
  if (person.role === 'observer') return refused({ code: 'IsObserver', person: id });
  return person;
}

/** A person's absence on the present day, if they are away. */
export const awayNow = async ({ tx, cooperation, at }: Making, person: PersonRow) =>
  absenceOn(await absencesOf(tx, cooperation.id), person, dateIn(at, person.timeZone));

/** The open requests that a party owes an answer to. */
export async function owedBy(making: Making, party: string): Promise<RequestRow[]> {
  const { tx, cooperation } = making;
  const open = await openRequestsOf(tx, cooperation.id);
  const answers = await answersTo(tx, cooperation.id);
  return open.filter((row) =>
    owingOf(
      row,
      answers.filter(({ request }) => request === row.id),
    ).includes(party),
  );
}

/** Whom to write to about a request, and what the record has of colleagues who stand in. */
export async function addresseesOf(
  { tx, at }: Making,
  { cooperation, id: request }: RequestRow,
  parties: readonly string[],
): Promise<{ people: PersonRow[]; entries: Entry[] }> {
  const today = ({ timeZone }: Pick<PersonRow, 'timeZone'>) => dateIn(at, timeZone);
  const { people, passed } = await inCharge(tx, cooperation, request, parties, today);
  const entries: Entry[] = [];
  for (const one of passed) entries.push(await passToStandIn(tx, { cooperation, request, ...one, at }));
  return { people, entries };
}

export const handOverOf = (
  { cooperation, at }: Making,
  row: Pick<RequestRow, 'id'>,
  passing: Pick<HandOverRow, 'fromPerson' | 'toPerson' | 'absent'>,
): HandOverRow => ({ cooperation: cooperation.id, request: row.id, ...passing, at });

export const telling = (people: readonly PersonRow[], about: Telling['about']): Telling[] =>
  people.map(({ id }) => ({ person: id, about }));

/** The sessions ahead that people have been invited to. */
export const invitedAhead = async ({ tx, cooperation, at }: Making): Promise<SessionRow[]> =>
  (await sessionsOf(tx, cooperation.id)).filter((session) => isInvitedAhead(session, at));

export const isInvitedAhead = (session: SessionRow, at: string): boolean =>
  session.sequence >= 0 &&
  session.recordedAt === null &&
  session.cancelledAt === null &&
  session.endsAt !== null &&
  isAfter(session.endsAt, at);

type InvitationTelling = Extract<Telling['about'], { notice: 'invitation' }>;

/** What goes to people's calendars about a session, under the SEQUENCE that this change takes for it. */
export async function inviting(
  { tx, cooperation, number }: Making,
  session: Pick<SessionRow, 'number'>,
  people: readonly PersonRow[],
  about: Pick<InvitationTelling, 'method' | 'kind' | 'previousStartsAt'>,
): Promise<Telling[]> {
  if (people.length === 0) return [];
  const sequence = await nextSequence(tx, cooperation.id, session.number, `change-${number}`);
  return telling(people, { notice: 'invitation', session: session.number, sequence, ...about });
}

/** What a change comes to for the programme: its next version, with the mails that take it to the delegations. */
export async function inProgramme(
  making: Making,
  changes: ProgrammeChange[],
  { session, except = [] }: { session?: number; except?: readonly string[] } = {},
): Promise<Pick<ChangeOutcome, 'told' | 'programmeChanges'> & { effects: { approval?: true } }> {
  const stands = changes.length === 0 ? 'ahead' : await programmeStands(making.tx, making.cooperation.id);
  if (stands !== 'issued')
    return { told: [], programmeChanges: [], effects: stands === 'approving' ? { approval: true } : {} };
  const people = (await delegationsOf(making.tx, making.cooperation.id)).filter(
    ({ id }) => !except.includes(id),
  );
  return {
    told: telling(people, { notice: 'programme-changed', ...(session !== undefined && { session }) }),
    programmeChanges: changes,
    effects: {},
  };
}
