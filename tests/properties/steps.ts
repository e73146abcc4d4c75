import fc from 'fast-check';
import { changeOf as changeIn } from '../../src/casefile/changes/index.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import type { PersonRow, SessionRow } from '../../src/casefile/database/schema.ts';
import { hashOf } from '../../src/casefile/filing.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { sessionsOf } from '../../src/casefile/sessions.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { type Change, type ChangeKind, givenChange } from '../../src/domain/change.ts';
import type { Content } from '../../src/domain/content.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { owing, type RequestState } from '../../src/domain/request.ts';
import { fail } from './invariants.ts';
import type { Play } from './play.ts';
import { digestOf } from './snapshot.ts';
import type { World } from './world.ts';

/** What may happen, in any order and at any moment. */

const HAPPENS = [
  { weight: 9, arbitrary: fc.constant('answer' as const) },
  { weight: 3, arbitrary: fc.constant('two answers' as const) },
  { weight: 6, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.constant('mail server' as const) },
  { weight: 1, arbitrary: fc.constant('unknown address' as const) },
  { weight: 6, arbitrary: fc.constant('again' as const) },
  { weight: 2, arbitrary: fc.constant('extend' as const) },
  { weight: 2, arbitrary: fc.constant('waive' as const) },
  { weight: 2, arbitrary: fc.constant('reassign' as const) },
  { weight: 2, arbitrary: fc.constant('hand-over' as const) },
  { weight: 2, arbitrary: fc.constant('absence' as const) },
  { weight: 1, arbitrary: fc.constant('end-absence' as const) },
  { weight: 3, arbitrary: fc.constant('replace' as const) },
  { weight: 2, arbitrary: fc.constant('correct-person' as const) },
  { weight: 2, arbitrary: fc.constant('add-person' as const) },
  { weight: 2, arbitrary: fc.constant('remove-person' as const) },
  { weight: 1, arbitrary: fc.constant('focal-point' as const) },
  { weight: 4, arbitrary: fc.constant('reschedule' as const) },
  { weight: 1, arbitrary: fc.constant('cancel-session' as const) },
  { weight: 2, arbitrary: fc.constant('add-guest' as const) },
  { weight: 1, arbitrary: fc.constant('withdraw-guest' as const) },
  { weight: 1, arbitrary: fc.constant('pause' as const) },
  { weight: 2, arbitrary: fc.constant('resume' as const) },
];

/** A step: what happens, and which of those there are at that moment it happens to, counted round. */
export const step = fc.record(
  {
    happens: fc.oneof(...HAPPENS),
    /** Of people. */
    who: fc.nat({ max: 11 }),
    whom: fc.nat({ max: 11 }),
    /** Of requests, sessions, activities. */
    which: fc.nat({ max: 11 }),
    /** Days, or where it is waited hours times four. */
    long: fc.nat({ max: 60 }),
    /** Agreed, or as it should be. */
    well: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    /** `late`: what follows from it is not sent before the next step. `meanwhile`: while the next mail is on its way. */
    when: fc.oneof(
      { weight: 5, arbitrary: fc.constant('now' as const) },
      { weight: 1, arbitrary: fc.constant('late' as const) },
      { weight: 1, arbitrary: fc.constant('meanwhile' as const) },
    ),
  },
  { noNullPrototype: true },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const wholeHour = (instant: number): string => new Date(Math.floor(instant / HOUR) * HOUR).toISOString();
const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/**
 * What does not happen in the midst of a mail: time, and what itself writes to calendars, for a session's mails to one
 * person go out one after another.
 */
const WAITS_ITS_TURN: ReadonlySet<string> = new Set([
  'wait',
  'again',
  'replace',
  'correct-person',
  'add-person',
  'remove-person',
  'reschedule',
  'cancel-session',
  'add-guest',
  'withdraw-guest',
]);

/** Takes a step, with what follows from it; tells in a line what it was. */
export async function taken(one: Step, world: World, play: Play): Promise<string> {
  const { moods } = world;
  const story: string[] = [];
  const event = async () => {
    story.push(await happen(one, world, play));
  };
  if (one.when === 'meanwhile' && !WAITS_ITS_TURN.has(one.happens)) {
    moods.meanwhile.push(event);
    return `(while the next mail is on its way: ${one.happens})`;
  }
  await event();
  if (one.when === 'now') await play.work(one.which);
  return `${story.join()}${one.when === 'late' ? ', and nothing is sent yet' : ''}`;
}

async function happen(one: Step, world: World, play: Play): Promise<string> {
  const { who, which, long, well, happens } = one;
  switch (happens) {
    case 'answer':
      return answers(one, world, play);
    case 'two answers': {
      const first = await answers({ ...one, well: true }, world, play);
      return `${first}, and at the same time ${await answers({ ...one, who: who + 1, whom: 1 }, world, play)}`;
    }
    case 'wait': {
      const hours = Math.ceil((long * long) / 4) + 1;
      await play.wait(world.time() + hours * HOUR, !well);
      return `${hours} hours pass${well ? '' : ' in which nothing runs'}: it is ${new Date(world.time()).toISOString()}`;
    }
    case 'mail server':
      world.moods.sent = 0;
      world.moods.takes = at(
        [[true], [false], [true, false], [false, false, true], [true, true, true, false, false]],
        which,
      ) ?? [true];
      return `the mail server takes ${world.moods.takes}`;
    case 'unknown address': {
      const person = at(await everyoneOf(world.caseFile, world.id), who);
      if (person?.email) world.moods.unknown.add(person.email);
      return `the mail server knows nothing of ${person?.id}`;
    }
    case 'again': {
      const jobs = play.jobs().filter(({ tried }) => tried);
      const job = at(jobs, jobs.length - 1 - which + 12 * jobs.length);
      if (!job) return 'nothing is done again';
      const twice = () => Promise.all(well ? [play.attempt(job)] : [play.attempt(job), play.attempt(job)]);
      if (job.local) await unchanged(world, 'an activity done again changes nothing', twice);
      else await twice();
      return `again: ${job.what}`;
    }
    default:
      return changes(one, happens, world, play);
  }
}

async function answers({ who, whom, which, long, well }: Step, world: World, play: Play): Promise<string> {
  const people = await everyoneOf(world.caseFile, world.id);
  const requests = play.requests();
  const waiting = requests.filter((request) => owing(request).length > 0);
  const request = (whom === 0 ? undefined : at(waiting, which)) ?? at(requests, which);
  if (!request) return 'there is nothing to answer';
  const theirs = people.filter(
    ({ party, role, active }) => active && role !== 'guest' && owing(request).includes(party),
  );
  const by = (whom < 3 ? undefined : at(theirs, who)) ?? at(people, who);
  if (!by) return 'nobody is there';
  const { answer, content } = await answerTo(request, by, { well, long }, world);
  // Now and then one that was meant for what was asked before.
  const stale =
    whom === 1 ? requests.find(({ kind, id }) => kind === request.kind && id !== request.id) : undefined;
  const given = { ...answer, ...(stale && { subject: stale.subject.hash }) } as Answer;
  if (content) await play.keep(hashOf(content), content);
  const before = await digestOf(world.caseFile, world.id);
  const refusal = await play.answer(given);
  if (refusal)
    fail('a refused answer changes nothing', left(before, await digestOf(world.caseFile, world.id)));
  return `${by.id} answers ${request.id}: ${given.decision}${outcome(refusal)}`;
}

const outcome = (refusal: Refusal | null | undefined) => (refusal ? ` (refused: ${refusal.code})` : '');

/** An answer that fits the request, from somebody who may or may not be asked. */
async function answerTo(
  request: RequestState,
  by: PersonRow,
  { well, long }: Pick<Step, 'well' | 'long'>,
  world: World,
): Promise<{ answer: Answer; content?: Content }> {
  const given = { request: request.id, subject: request.subject.hash, party: by.party, by: by.id };
  const written = (content: Content, decision: string) => ({
    answer: { ...given, decision, content: hashOf(content) } as Answer,
    content,
  });
  switch (request.kind) {
    case 'approve-programme':
      return well
        ? { answer: { ...given, decision: 'approve' } }
        : written({ reason: `Falta algo (${long}).` }, 'changes');
    case 'revise-programme': {
      const standing = (await findCooperation(world.caseFile, world.id))?.programme as Programme;
      const programme = { ...standing, description: [`Versión ${long}.`] };
      return written({ programme }, 'submit');
    }
    case 'choose-date': {
      const marks = (request.slots ?? []).map(
        (slot, n) => [slot, well || n === long % 3 ? 'yes' : 'no'] as const,
      );
      return { answer: { ...given, decision: 'marks', marks: Object.fromEntries(marks) } };
    }
    case 'confirm-date': {
      if (!well) return written({ reason: 'Otras fechas, por favor.' }, 'changes');
      const from = Math.max(Date.parse(request.within?.from ?? request.openedAt), world.time());
      return { answer: { ...given, decision: 'date', startsAt: wholeHour(from + DAY) } };
    }
    case 'record-session':
      return well
        ? written({ minutes: 'Se trató lo previsto.', attendance: [], outputs: [] }, 'done')
        : { answer: { ...given, decision: 'not-held' } };
    default:
      return { answer: { ...given, decision: 'done' } };
  }
}

async function changes(one: Step, kind: ChangeKind, world: World, play: Play): Promise<string> {
  const { caseFile, id } = world;
  const people = await everyoneOf(caseFile, id);
  const what = changeOf(one, kind, { people, sessions: await sessionsOf(caseFile, id) }, world, play);
  if (!what) return `${kind} finds nothing`;
  const before = await digestOf(caseFile, id);
  const made = await play.change(givenChange.parse({ what, reason: 'Lo pidió la delegación.' }));
  const said = JSON.stringify(what);
  if ('refusal' in made) {
    fail('a refused change changes nothing', left(before, await digestOf(caseFile, id)));
    return `${said}${outcome(made.refusal)}`;
  }
  const { tried, number, telling } = made;
  const lines = (list: readonly { person: string; about: object }[]) =>
    list.map(({ person, about }) => JSON.stringify([person, Object.entries(about).sort()]));
  const told = (await changeIn(caseFile, id, number))?.told ?? [];
  fail('who is shown is told', differing(lines(tried.told), lines(told)));
  if (!telling || one.when === 'late') return said;
  const overtaken = world.overtaken.size;
  await play.attempt(telling);
  // What happened while the mails were on their way may have made some of them pointless.
  if (world.overtaken.size > overtaken) return said;
  const prepared = (await mailsOf(caseFile, id)).filter(({ key }) =>
    key.startsWith(`${id}|change-${number}|`),
  );
  fail(
    'who is shown is told',
    differing(
      tried.told.map(({ person, about }) => `${person} ${about.notice}`),
      prepared.flatMap(({ person, notice, beside }) =>
        [notice, ...beside.map((one) => one.notice)].map((one) => `${person} ${one}`),
      ),
    ),
  );
  return said;
}

async function unchanged(world: World, name: string, act: () => Promise<unknown>): Promise<void> {
  const before = await digestOf(world.caseFile, world.id);
  await act();
  fail(name, left(before, await digestOf(world.caseFile, world.id)));
}

/** What a refused answer or change has left behind. */
const left = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before]
    .filter(([table, hash]) => after.get(table) !== hash)
    .map(([table]) => `left something in ${table}`);

const differing = (shown: string[], told: string[]): string[] => [
  ...shown.filter((one) => !told.includes(one)).map((one) => `shown, not told: ${one}`),
  ...told.filter((one) => !shown.includes(one)).map((one) => `told, not shown: ${one}`),
  ...(shown.length === told.length ? [] : [`${shown.length} are shown, and ${told.length} told`]),
];

let strangers = 0;

function changeOf(
  { who, whom, which, long, well }: Step,
  kind: ChangeKind,
  { people, sessions }: { people: readonly PersonRow[]; sessions: readonly SessionRow[] },
  world: World,
  play: Play,
): Change | undefined {
  const requests = play.requests();
  const waiting = requests.filter((one) => owing(one).length > 0);
  const request = (well ? at(waiting, which) : undefined) ?? at(requests, which);
  const present = people.filter(({ active, role }) => active && role !== 'guest');
  const person = at(well ? present : people, who);
  const session = at(sessions.slice(0, 2), which)?.number ?? 1;
  const dayAfter = (instant: string, days: number) =>
    new Date(Math.max(Date.parse(instant), world.time()) + days * DAY).toISOString().slice(0, 10);
  const day = (days: number) => dayAfter(new Date(world.time()).toISOString(), days);
  const newcomer = () => ({ name: 'Nueva Persona', email: `nueva.${++strangers}@example.org` });
  if (!request || !person) return undefined;
  const owed = owing(request);
  const party = at(owed, who) ?? 'per-mtpe';
  const parties = ['per-mtpe', 'chl-mtps', 'oas'];
  const colleague = at(
    present.filter((one) => one.party === person.party && one.id !== person.id),
    whom,
  );
  switch (kind) {
    case 'extend':
      return {
        change: kind,
        request: request.id,
        due: well ? dayAfter(request.dueAt, 1 + long / 4) : day(long),
      };
    case 'waive':
      return { change: kind, request: request.id, party };
    case 'reassign':
      return { change: kind, request: request.id, from: party, to: at(parties, whom) ?? 'oas' };
    case 'hand-over':
      return { change: kind, request: request.id, from: person.id, to: colleague?.id ?? person.id };
    case 'absence':
      return {
        change: kind,
        person: person.id,
        from: day(whom % 3),
        to: day(long),
        standIn: colleague?.id ?? person.id,
      };
    case 'end-absence':
      return { change: kind, person: person.id, from: day(whom % 3) };
    case 'replace':
      return { change: kind, person: person.id, with: (!well && colleague?.id) || newcomer() };
    case 'add-person':
      return { change: kind, party: at([...parties, 'observer'], whom) ?? 'oas', person: newcomer() };
    case 'remove-person':
    case 'focal-point':
      return { change: kind, person: person.id };
    case 'correct-person':
      return { change: kind, person: person.id, as: well ? newcomer() : { post: `Puesto ${long}` } };
    case 'reschedule':
      return {
        change: kind,
        session,
        ...(long % 4 > 0
          ? { startsAt: wholeHour(world.time() + long * DAY) }
          : { link: `https://meet.example/${long}` }),
      };
    case 'cancel-session':
      return { change: kind, session };
    case 'add-guest':
      return { change: kind, session, guest: { ...newcomer(), invitedBy: at(parties, whom) ?? 'oas' } };
    case 'withdraw-guest': {
      const guest = at(
        people.filter(({ role, active }) => role === 'guest' && active),
        who,
      );
      return guest && { change: kind, person: guest.id };
    }
    case 'pause':
    case 'resume':
      return { change: kind };
    default:
      return undefined;
  }
}

/** The server is there again, and everything that can be sent is sent. */
export async function atLast(world: World, play: Play): Promise<void> {
  world.moods.takes = [true];
  world.moods.meanwhile.length = 0;
  await play.work();
}
