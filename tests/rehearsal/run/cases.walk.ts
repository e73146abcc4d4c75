import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { dateIn } from '../../../src/domain/dates/dates.ts';
import type { SessionPlan } from '../../../src/domain/programme/programme.ts';
import { changedSource } from '../../support/programme.ts';
import { violationsOf } from './invariants.ts';
import { sent } from './letters.ts';
import { type How, played, type Run, rehearsed } from './stage.ts';

/** Programmes and scenarios that were written from outside, and what is right of each. */

const caseFile = (name: string): string => readFileSync(new URL(`../cases/${name}`, import.meta.url), 'utf8');
const playedCase = (
  scenario: string | undefined,
  programme = 'a-ury-pry.yaml',
  how: How = {},
): Promise<Run> =>
  played(scenario === undefined ? 'title: Todos a tiempo' : caseFile(`scenarios/${scenario}.yaml`), {
    programme: caseFile(programme),
    ...how,
  });

test('s12: begun a month ahead, the delegates are first convened to the coordination meeting', async () => {
  const run = await playedCase('s12-from');
  for (const to of ['ury-mtss-1', 'pry-mtess-2']) {
    const [first] = sent(run, { to });
    expect(first?.notice).toBe('convocation');
    expect(first?.at.slice(0, 10)).toBe('2026-02-25');
    expect(first?.text).toContain('https://meet.oea.example/18');
    expect(first?.appointment).toMatchObject({
      uid: '18-ury-pry.coordination@rial.example',
      sequence: 0,
      method: 'REQUEST',
      startsAt: '2026-03-25T13:00:00.000Z',
      endsAt: '2026-03-25T14:00:00.000Z',
      where: 'https://meet.oea.example/18',
    });
  }
});

/** No date is set, and nobody invited to one, that has passed by then. */
function expectNothingPast(run: Run): void {
  for (const { at, appointment } of sent(run, { notice: 'invitation' }))
    expect(appointment?.method === 'CANCEL' || at < (appointment?.startsAt ?? '')).toBe(true);
  for (const { answers } of run.view.requests)
    for (const { startsAt, at } of answers) expect(startsAt === undefined || at < startsAt).toBe(true);
  for (const { slots, openedAt } of run.view.requests)
    for (const { startsAt } of slots) expect(openedAt < startsAt).toBe(true);
}

test('s01: before the hour of a session without an approved programme the Secretariat is asked, and nobody invited to what is over', async () => {
  const run = await playedCase('s01-late');
  expectNothingPast(run);
  const [first] = run.view.sessions;
  const asked = run.view.requests.find(({ kind }) => kind === 'settle-session');
  expect(asked).toMatchObject({ id: 'session-1/settle-session.1', item: 1, step: 'sessions' });
  // Five working days before 22 April.
  expect(asked?.openedAt.slice(0, 10)).toBe('2026-04-15');
  expect(sent(run, { notice: 'invitation', session: 1 })).toEqual([]);
  expect(first?.recordedAt).not.toBeNull();
  // The approved programme comes once to everybody: with the first invitation, to the visit in August.
  const delegations = run.view.people.filter(({ role }) => role === 'delegate' || role === 'staff');
  expect(delegations.length).toBe(6);
  for (const { id: to } of delegations) {
    const issued = sent(run, { to }).filter(
      ({ programme, notice }) => programme === 1 && notice !== 'request' && notice !== 'reminder',
    );
    expect(issued.map(({ notice, appointment }) => [notice, appointment?.session])).toEqual([
      ['invitation', 4],
    ]);
  }
  expect(sent(run, { notice: 'programme-issued' })).toEqual([]);
  expect(run.refusals).toEqual([]);
  expect(run.end).not.toBe('waiting');
});

test('s02: when the window ran out a date ahead is set, and the end says truthfully who is waited on', async () => {
  const run = await playedCase('s02-never');
  expectNothingPast(run);
  const confirmed = run.view.requests.find(({ id }) => id.startsWith('session-2/confirm-date'));
  expect(confirmed?.windowRanOut).toBe('time');
  expect(run.view.sessions[1]?.recordedAt).not.toBeNull();
  // The report is never drafted: that alone is what it ends with.
  expect(run.end).toBe('waiting');
  expect(run.view.requests.filter(({ closedAt }) => closedAt === null).map(({ id }) => id)).toEqual([
    'final-report/draft-report.1',
  ]);
});

test('s06: dates are wanted before the first that is proposed', async () => {
  const run = await playedCase('s06-notheld');
  expectNothingPast(run);
  const polls = run.view.requests.filter(({ kind }) => kind === 'choose-date');
  expect(polls.filter(({ item }) => item === 2)).toHaveLength(3);
  for (const { dueAt, slots } of polls) expect(dueAt <= (slots[0]?.startsAt ?? '')).toBe(true);
  expect(run.end).toBe('closed');
});

test('chk-5: a window without a working day gives a date ahead, not ""', async () => {
  const run = await playedCase(undefined, 'chk-5.yaml');
  expectNothingPast(run);
  expect(run.refusals).toEqual([]);
  expect(run.view.requests.find(({ id }) => id === 'session-2/confirm-date.1')?.windowRanOut).toBe(
    'no-dates',
  );
  expect(run.view.sessions[1]?.recordedAt).not.toBeNull();
  expect(run.end).toBe('closed');
});

test('chk-9: no poll on a Saturday', async () => {
  const run = await playedCase(undefined, 'chk-9.yaml');
  const polls = run.view.requests.filter(({ kind }) => kind === 'choose-date');
  expect(polls.length).toBeGreaterThan(0);
  for (const { openedAt } of polls)
    expect([0, 6]).not.toContain(new Date(`${dateIn(openedAt, 'America/New_York')}T12:00:00Z`).getUTCDay());
});

test('h2: nothing goes out on 1 January in El Salvador', async () => {
  const run = await playedCase('h2', 'h2-salvador-1jan.yaml');
  const days = sent(run, { to: 'slv' }).map(({ at }) => dateIn(at, 'America/El_Salvador'));
  expect(days.length).toBeGreaterThan(2);
  expect(days).not.toContain('2027-01-01');
});

test('s07: the Secretariat is asked at once about the focal point whose address is refused', async () => {
  const run = await rehearsed(caseFile('scenarios/s07-smtp.yaml'), { programme: caseFile('a-ury-pry.yaml') });
  // The server comes back at eight in the evening: a reminder that waited for it goes out on the next morning.
  expect(violationsOf(run)).toEqual([]);
  const held = sent(run, { notice: 'reminder' }).filter(({ at }) => at.startsWith('2026-04-15'));
  expect(held.length).toBeGreaterThan(0);
  const troubles = run.view.requests.filter(({ kind }) => kind === 'resolve-trouble');
  expect(troubles.map(({ unreached }) => unreached)).toEqual([
    { party: 'pry-mtess', name: 'Arnaldo Giménez' },
  ]);
  const refusedAt = run.view.mails.find(
    ({ person, state }) => person === 'pry-mtess-2' && state === 'refused',
  );
  const [asked] = sent(run, { request: troubles[0]?.id ?? '', notice: 'request' });
  expect(asked?.at.slice(0, 10)).toBe(refusedAt?.preparedAt.slice(0, 10));
  // Nothing reaches whoever is refused, and nobody else of the ministry goes without.
  expect(sent(run, { to: 'pry-mtess-2' })).toEqual([]);
  expect(sent(run, { to: 'pry-mtess-1', request: 'coordination/approve-programme' })).not.toEqual([]);
});

test('s13: both ministries and the consultant hear of the sheet on the day it is published', async () => {
  const run = await playedCase('s13-noreport');
  const [published] = run.view.record.filter(({ kind }) => kind === 'sheet-published');
  const [sheet] = run.view.documents.filter(({ kind }) => kind === 'sheet').slice(-1);
  const day = published?.at.slice(0, 10) ?? '';
  const told = run.letters.filter(
    ({ at, attached }) => at.slice(0, 10) === day && sheet && attached.includes(sheet.title),
  );
  expect(told.map(({ person }) => person).toSorted()).toEqual(
    run.view.people
      .filter(({ role }) => role === 'delegate' || role === 'staff' || role === 'consultant')
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(run.view.requests.filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind)).toEqual([
    'draft-report',
  ]);
});

test('sessions that are out of order are prepared in the order of their dates, and questions are due by it', async () => {
  const programme = changedSource((file) => {
    const [, second, third] = file.sessions as [unknown, SessionPlan, SessionPlan];
    [second.window, third.window] = [third.window, second.window];
  });
  const question = (at: string, session?: number) => ({
    ...{ at, by: 'per-mtpe-1', to: 'chl-mtps', text: `¿Cuántas escuelas hubo hasta ${at}?` },
    ...(session && { session }),
  });
  const questions = [
    question('2021-07-20 10:00'),
    question('2021-07-20 11:00', 2),
    question('2021-09-20 10:00', 2),
  ];
  const run = await played(stringify({ title: 'En otro orden', questions }), { programme });
  expectNothingPast(run);
  expect(run.end).toBe('closed');
  const [, second, third] = run.view.sessions;
  const starts = { second: second?.startsAt ?? '', third: third?.startsAt ?? '' };
  expect(starts.third < starts.second).toBe(true);
  const opened = (id: string) => run.view.requests.find((one) => one.id === id)?.openedAt ?? '';
  expect(opened('session-3/choose-date.1') < opened('session-2/choose-date.1')).toBe(true);
  // Once the first is recorded, as of a second one.
  expect(opened('session-3/choose-date.1').slice(0, 10)).toBe('2021-07-15');
  const due = (n: number) =>
    run.view.requests.find(({ id }) => id === `documents/answer-question-${n}.1`)?.dueAt as string;
  // The one that names no session is for that which comes next.
  expect(due(1) < starts.third).toBe(true);
  expect(due(2) > starts.third && due(2) < starts.second).toBe(true);
  expect(due(3) < starts.second).toBe(true);
  expect(violationsOf(run)).toEqual([]);
});
