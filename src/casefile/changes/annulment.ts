import type { ChangeOf } from '../../domain/change.ts';
import { renewedId, sessionOfScope } from '../../domain/ids.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { FOLLOW_UP } from '../../domain/methodology.ts';
import { secretariatOf } from '../../domain/programme/plan.ts';
import { refused } from '../../domain/refusal.ts';
import { scopeOf } from '../../domain/request.ts';
import { requestsOf } from '../cooperations.ts';
import type { AnswerRow, PersonRow, RequestRow } from '../database/schema.ts';
import { handOversOf, noteHandOver } from '../handOvers.ts';
import { newsOf } from '../mails/news.ts';
import { answerersOf, delegationsOf, invitedTo } from '../people.ts';
import type { Entry } from '../record.ts';
import {
  annulAnswers,
  answersTo,
  closeAsAnnulled,
  fileRequest,
  findRequest,
  lapse,
  noteTold,
  slotsAhead,
  standingInPlace,
  standingOf,
} from '../requests.ts';
import { sessionOf, slotsOf } from '../sessions.ts';
import { UNDONE_EFFECTS, type Undone } from '../undoneEffects.ts';
import { partWith, takingLeave } from './comings.ts';
import {
  addresseesOf,
  type ChangeOutcome,
  entryOf,
  handOverOf,
  inviting,
  isAfter,
  type Makers,
  type Making,
  partiesWith,
  telling,
} from './making.ts';
import { convening } from './meeting.ts';
import { remindersAhead, replan, stillDue } from './requests.ts';

/** An answer does not stand any more though it was used: what followed from it is undone, and it is asked anew. */

async function annul(making: Making, { request: id, party }: ChangeOf<'annul'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const row = await findRequest(tx, cooperation.id, id);
  if (!row) return refused({ code: 'RequestUnknown', request: id });
  const answer = (await answersTo(tx, cooperation.id, id)).find((one) => one.party === party);
  if (!answer) return refused({ code: 'NothingToAnnul', request: id, party });
  if (row.lapse && row.lapse !== 'annulled')
    return refused({ code: 'RequestClosed', request: id, how: row.lapse });
  await refuseLasting(making, row);
  // Of one that was asked anew of others, the answer stands on: it is owed where that is asked.
  const standing = await standingInPlace(tx, row);
  return standing.closedAt === null
    ? owedAgain(making, { row: standing, answer })
    : undone(making, { row: standing, answer });
}

/** @throws Refused `AnswerLasts` */
async function refuseLasting({ tx, cooperation }: Making, { id, kind }: RequestRow): Promise<void> {
  const { lasting } = kinds[kind];
  if (lasting) refused({ code: 'AnswerLasts', request: id, why: lasting });
  const scope = scopeOf({ id });
  const number = sessionOfScope(scope);
  if (number !== undefined && (await sessionOf(tx, cooperation.id, number)).cancelledAt)
    refused({ code: 'SessionCancelled', session: number });
  const ended = (await requestsOf(tx, cooperation.id)).find(
    (one) => scopeOf(one) === scope && one.lapse === null && one.outcome === kinds[one.kind].ends,
  );
  const step = ended && kinds[ended.kind].step;
  if (step === 'coordination' || step === 'sessions' || step === 'systematization' || step === 'final-report')
    refused({ code: 'AnswerLasts', request: id, why: `over-${step}` });
}

type Annulment = { row: RequestRow; answer: AnswerRow };

/** Others still owe their answer to the same request: nothing has come of it. */
async function owedAgain(making: Making, { row, answer }: Annulment): Promise<ChangeOutcome> {
  const { at } = making;
  const { party, revision } = answer;
  await withdrawn(making, [answer]);
  const now = {
    ...row,
    parties: [...new Set([...row.parties, party])],
    waived: row.waived.filter((one) => one !== party),
    dueAt: dueOf(making, row.dueAt, party),
  };
  const owing = now.parties.filter((one) => !now.waived.includes(one));
  const effects = await replan(making, now, remindersAhead(making, { ...now, openedAt: at }, owing));
  const { people, entries } = await addresseesOf(making, now, [party]);
  const others = await hadNewsOf(making, row, answer);
  return {
    effects: { request: effects, annulled: { request: row.id, party, revision } },
    told: [
      ...telling(people, { notice: 'request', request: row.id, how: 'annulled' }),
      ...toldOf(making, others, people, { request: row.id, party, undone: [] }),
    ],
    programmeChanges: [],
    entries: [entryOf(making, 'answer-annulled', { ...whatOf(row, answer), due: now.dueAt }), ...entries],
  };
}

/** All have answered, and the step has gone on: it goes back to where it was asked. */
async function undone(making: Making, { row, answer }: Annulment): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const { party, revision } = answer;
  const followed = await followedFrom(making, row);
  const had = await hadNewsOf(making, row, answer);
  const parties = [...new Set([row, ...followed].flatMap((one) => one.parties))];
  const { undone, entries } = await undo(making, { row, answer }, followed);
  await refuseDated(making, row);
  const { renewed, entry } = await askedAnew(making, { row, answer });
  const asked = await addresseesOf(making, renewed, [party]);
  const dates = await cancelling(making, undone);
  const others = [...(await answerersOf(tx, cooperation.id, parties)), ...had];
  const followers = followed.map(({ id }) => id);
  return {
    effects: {
      annulled: {
        ...{ request: row.id, party, revision },
        undone: { requests: [row.id, ...followers], renewed: await standingOf(tx, renewed) },
      },
    },
    told: [
      ...telling(asked.people, { notice: 'request', request: renewed.id, how: 'annulled' }),
      ...dates.told,
      ...(await parting(making, undone)),
      ...toldOf(making, others, [...asked.people, ...dates.people, ...(undone.unnamed ?? [])], {
        ...{ request: renewed.id, party, undone: followers },
      }),
    ],
    programmeChanges: [],
    entries: [
      entryOf(making, 'answer-annulled', {
        ...whatOf(row, answer),
        ...{ renewed: renewed.id, undone: followers, due: renewed.dueAt },
        ...(undone.undated && { session: undone.undated.number, startsAt: undone.undated.startsAt }),
        ...(undone.moved && { meeting: undone.moved.startsAt, sequence: undone.moved.sequence }),
      }),
      ...entries,
      entry,
      ...asked.entries,
    ],
  };
}

const whatOf = ({ id, kind }: RequestRow, { party, by, decision, revision }: AnswerRow) => ({
  ...{ request: id, kind, party, given: by, decision, revision },
});

/** In these nothing follows from what was answered before: documents are exchanged, and each is asked for itself what came of it. */
const SIDE_BY_SIDE: readonly string[] = ['documents', FOLLOW_UP];

/** What its workflow asked after all had answered. */
async function followedFrom(
  { tx, cooperation }: Making,
  { id, closedAt }: RequestRow,
): Promise<RequestRow[]> {
  const scope = scopeOf({ id });
  if (SIDE_BY_SIDE.includes(scope) || closedAt === null) return [];
  return (await requestsOf(tx, cooperation.id)).filter(
    (one) =>
      scopeOf(one) === scope &&
      one.id !== id &&
      one.kind !== 'resolve-trouble' &&
      one.lapse !== 'annulled' &&
      !isAfter(closedAt, one.openedAt),
  );
}

/** Takes back what came of the answer and of those that followed, the last first. @throws Refused `AnswerLasts` */
async function undo(
  making: Making,
  { row, answer }: Annulment,
  followed: readonly RequestRow[],
): Promise<{ undone: Undone; entries: Entry[] }> {
  const { tx, cooperation, at } = making;
  const given: Annulment[] = [{ row, answer }];
  for (const one of followed) {
    const answers = await answersTo(tx, cooperation.id, one.id);
    given.unshift(...answers.map((answer) => ({ row: one, answer })));
  }
  let undone: Undone = {};
  for (const one of given) {
    const effect = UNDONE_EFFECTS[kinds[one.row.kind].effect];
    undone = { ...undone, ...(await effect(tx, { request: one.row, answer: one.answer, at })) };
  }
  await withdrawn(
    making,
    given.map((one) => one.answer),
  );
  const open = followed.filter(({ closedAt }) => closedAt === null).map(({ id }) => id);
  const entries = await lapse(tx, cooperation.id, open, 'annulled', at);
  for (const one of [row, ...followed]) await closeAsAnnulled(tx, one);
  return { undone, entries };
}

/** Dates are not looked for once one was set another way. @throws Refused `AnswerLasts` */
async function refuseDated({ tx, cooperation }: Making, { id, kind, item }: RequestRow): Promise<void> {
  if (kinds[kind].about !== 'dates' || item === null) return;
  const { startsAt } = await sessionOf(tx, cooperation.id, item);
  if (startsAt) refused({ code: 'AnswerLasts', request: id, why: 'date-moved' });
}

/** The same is asked anew of the party whose answer was annulled; what others answered stands. */
async function askedAnew(
  making: Making,
  { row, answer }: Annulment,
): Promise<{ renewed: RequestRow; entry: Entry }> {
  const { tx, cooperation, at } = making;
  const { party } = answer;
  const proposed = kinds[row.kind].about === 'dates' && row.item !== null;
  const slots = proposed ? await slotsOf(tx, cooperation.id, row.item as number, row.round) : undefined;
  const [first] = slots ? slotsAhead({ ...row, openedAt: at }, slots.slots) : [];
  const due = dueOf(making, at, party);
  const dueAt = first && isAfter(due, first.startsAt) && isAfter(first.startsAt, at) ? first.startsAt : due;
  const { row: renewed, entry } = await fileRequest(tx, {
    ...{ cooperation: cooperation.id, id: renewedId(row.id), renews: row.id },
    ...{ kind: row.kind, round: row.round, item: row.item, parties: [party] },
    subject: { ref: row.subjectRef, hash: row.subjectHash },
    ...{ trouble: row.trouble, windowRanOut: row.windowRanOut, until: row.until },
    ...{ openedAt: at, dueAt, reminders: remindersAhead(making, { openedAt: at, dueAt }, [party]) },
  });
  // Those asked are told with the change.
  await noteTold(tx, cooperation.id, renewed.id);
  for (const { fromPerson, toPerson, absent } of await handOversOf(tx, cooperation.id, row.id))
    if (!absent) await noteHandOver(tx, handOverOf(making, renewed, { fromPerson, toPerson, absent }));
  return { renewed: { ...renewed, told: true }, entry };
}

/** When a party owes its answer again: when it was due, if that leaves it enough days. */
function dueOf(making: Making, dueAt: string, party: string): string {
  const [capital] = partiesWith(making, [party]);
  return capital ? stillDue(dueAt, capital, making.at) : dueAt;
}

/** The answers are kept, and do not stand any more. */
const withdrawn = ({ tx, cooperation, by, at }: Making, answers: readonly AnswerRow[]): Promise<void> =>
  annulAnswers(tx, answers, { by: by?.id ?? secretariatOf(cooperation.plan), at });

/** The delegations, where they have been told of what an answer brought to the exchange. */
async function hadNewsOf(
  { tx, cooperation }: Making,
  { id, kind, item }: RequestRow,
  { data: { documents = [] } }: AnswerRow,
): Promise<PersonRow[]> {
  if (scopeOf({ id }) !== 'documents') return [];
  const news = await newsOf(tx, cooperation.id);
  const told =
    (kind === 'answer-question' && item !== null && news.some(({ questions }) => questions.includes(item))) ||
    news.some((one) => one.documents.some((document) => documents.includes(document)));
  return told ? delegationsOf(tx, cooperation.id) : [];
}

/** What takes a date that stands no more out of people's calendars, and who these are. */
async function cancelling(
  making: Making,
  { undated, moved }: Undone,
): Promise<{ told: Telling[]; people: PersonRow[] }> {
  const { tx, cooperation } = making;
  const how = { method: 'CANCEL', kind: 'undated' } as const;
  if (undated?.startsAt && undated.sequence >= 0) {
    const people = await invitedTo(tx, cooperation.id, undated.number);
    return {
      told: await inviting(making, undated, people, { ...how, previousStartsAt: undated.startsAt }),
      people,
    };
  }
  if (!moved?.convened) return { told: [], people: [] };
  const people = await delegationsOf(tx, cooperation.id);
  return { told: await convening(making, people, { ...how, previousStartsAt: moved.startsAt }), people };
}

/** Whoever was named takes no part any more, and hears it where they know that they were. */
async function parting(making: Making, { unnamed = [] }: Undone): Promise<Telling[]> {
  const told: Telling[] = [];
  for (const person of unnamed) {
    told.push(...(await takingLeave(making, person, { notice: 'left' })));
    await partWith(making, person);
  }
  return told;
}

/** Others whom it concerns: not those who are told another way, and not whoever does it. */
function toldOf(
  { by }: Making,
  others: readonly PersonRow[],
  otherwise: readonly PersonRow[],
  about: Omit<Extract<Telling['about'], { notice: 'answer-annulled' }>, 'notice'>,
): Telling[] {
  const known = new Set([...otherwise.map(({ id }) => id), ...(by ? [by.id] : [])]);
  const people = new Map(others.filter(({ id }) => !known.has(id)).map((one) => [one.id, one]));
  return telling([...people.values()], { notice: 'answer-annulled', ...about });
}

export const annulments = { annul } satisfies Partial<Makers>;
