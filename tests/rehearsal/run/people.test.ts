import { expect, test } from 'vitest';
import { isWorkingDay } from '../../../src/domain/dates.ts';
import { at, rehearsed } from './stage.ts';

/** People who do not do as everybody does. */

test('who is late is reminded in the mornings of working days, and what follows waits', async () => {
  const { timeline, end, to } = await rehearsed('late.yaml');
  expect(end).toBe('closed');
  const reminders = [...at(timeline, 'reminder', 'coordination'), ...at(timeline, 'reminder', 'session-2')];
  // At nine in Lima, the first of those asked.
  expect(reminders).toEqual([
    '2021-06-15 10:00 America/Santiago chl-mtps',
    '2021-06-17 10:00 America/Santiago chl-mtps',
    '2021-06-21 10:00 America/Santiago chl-mtps',
    '2021-07-21 10:00 America/Santiago chl-mtps',
    '2021-07-23 10:00 America/Santiago chl-mtps',
    '2021-07-27 10:00 America/Santiago chl-mtps',
    '2021-08-03 10:00 America/Santiago chl-mtps',
  ]);
  for (const reminder of reminders) expect(isWorkingDay(reminder.slice(0, 10), 'PE')).toBe(true);
  expect(at(timeline, 'due')).toEqual([
    '2021-06-17 19:00 America/Santiago chl-mtps',
    '2021-07-23 18:00 America/Santiago chl-mtps',
  ]);
  expect(at(timeline, 'programme-issued')[0]).toBe('2021-06-23 10:00 America/New_York');
  expect(to.slice(0, 10)).toBe('2021-10-12');
});

test('for an answer that never comes it waits until the last reminder, and says so', async () => {
  const { timeline, end, to, view } = await rehearsed('never.yaml');
  expect(end).toBe('waiting');
  expect(view.closedAt).toBeNull();
  expect(at(timeline, 'reminder', 'final-report')).toEqual([
    '2021-11-03 09:00 America/Lima per-mtpe',
    '2021-11-05 09:00 America/Lima per-mtpe',
    '2021-11-09 09:00 America/Lima per-mtpe',
    '2021-11-12 09:00 America/Lima per-mtpe',
    '2021-11-19 09:00 America/Lima per-mtpe',
  ]);
  expect(timeline.at(-1)).toMatchObject({
    kind: 'waiting',
    party: 'per-mtpe',
    request: 'final-report/draft-report.1',
  });
  expect(to.slice(0, 10)).toBe('2021-11-19');
});

test('each request for changes opens a round on a new version', async () => {
  const { view, end } = await rehearsed('rounds.yaml');
  expect(end).toBe('closed');
  const rounds = (kind: string) =>
    view.requests.filter((request) => request.kind === kind).map(({ id, outcome }) => `${id} ${outcome}`);
  expect(rounds('approve-programme')).toEqual([
    'coordination/approve-programme.1 changes',
    'coordination/approve-programme.2 changes',
    'coordination/approve-programme.3 approve',
  ]);
  expect(rounds('review-sheet').map((one) => one.split(' ')[1])).toEqual(['changes', 'approve']);
  expect(rounds('receive-report').map((one) => one.split(' ')[1])).toEqual(['changes', 'approve']);
  expect(view.programmeVersions.find(({ issuedAt }) => issuedAt)?.version).toBe(3);
});

test('a session that was not held gets a new date, and is told twice', async () => {
  const { timeline, view, end } = await rehearsed('not-held.yaml');
  expect(end).toBe('closed');
  const first = timeline.filter(({ kind, session }) => kind === 'session' && session === 1);
  expect(first.map(({ local }) => local.slice(0, 10))).toEqual([
    '2021-07-14',
    expect.stringMatching(/^2021-/),
  ]);
  expect(view.sessions[0]?.sequence).toBe(1);
  expect(view.sessions.every(({ recordedAt }) => recordedAt !== null)).toBe(true);
});

test('what the mail server refuses is told, what it could not take goes out when it is back', async () => {
  const { timeline, view, end } = await rehearsed('smtp-refuses.yaml');
  expect(end).toBe('closed');
  const refused = view.mails.filter(({ state }) => state === 'refused');
  expect(new Set(refused.map(({ person }) => person))).toEqual(new Set(['chl-mtps-1']));
  expect(timeline.filter(({ kind }) => kind === 'mail-refused')).toHaveLength(refused.length);
  const programme = timeline.filter(({ of }) => 'mail' in of && of.mail.notice === 'programme-issued');
  expect(
    new Set(programme.filter(({ kind }) => kind === 'mail').map(({ local }) => local.slice(11, 14))),
  ).toEqual(new Set(['16:', '17:']));
  // A colleague answers for whom the mail does not reach.
  expect(view.requests.flatMap(({ answers }) => answers.map(({ by }) => by))).not.toContain('chl-mtps-1');
});

test('two at once: the first answer stands, and the second is told who was faster', async () => {
  const { refusals, view } = await rehearsed(
    [
      'answers:',
      '  - { request: approve-programme, by: [chl-mtps-2, chl-mtps-3], after: 2 hours }',
      '  - { request: send-documents, after: never }',
      'questions:',
      '  - { at: { after: coordination/approve-programme.1, days: 3 }, by: per-mtpe-2, to: chl-mtps, session: 1 }',
      'until: "2021-06-20 09:00"',
    ].join('\n'),
  );
  expect(view.requests.find(({ kind }) => kind === 'approve-programme')?.answers).toHaveLength(2);
  expect(refusals).toEqual([
    expect.objectContaining({ code: 'AlreadyAnswered', request: 'coordination/approve-programme.1' }),
  ]);
  expect(view.questions).toEqual([
    expect.objectContaining({ from: 'per-mtpe', to: 'chl-mtps', answeredBy: 'chl-mtps-1' }),
  ]);
});
