import { expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { example, played } from './stage.ts';

/** What people got wrong, and what becomes of it: who is told what, and what is not sent. */

const REVIEW = 'coordination/approve-programme.1';

test('an answer that is taken back is owed again, and its colleagues alone hear of it', async () => {
  const run = await played('taken-back.yaml');
  const review = run.view.requests.find(({ id }) => id === REVIEW);
  expect(review?.withdrawn).toMatchObject([
    { party: 'chl-mtps', decision: 'approve', withdrawn: { by: 'chl-mtps-1', how: 'taken-back' } },
  ]);
  expect(review?.answers.map(({ party, revision }) => [party, revision])).toEqual([
    ['chl-mtps', 2],
    ['per-mtpe', undefined],
  ]);
  // On the day itself nothing goes to Peru, nor to whoever took it back.
  expect(told(run, { from: '2021-06-14', until: '2021-06-14', notice: ['request'] })).toEqual([
    `2021-06-14 10:00 Santiago request ${REVIEW} → chl-mtps-2, chl-mtps-3, chl-mtps-4`,
  ]);
  // Once all have answered it is too late: that is told to whoever tried, and nobody hears of it.
  expect(run.refusals).toEqual([
    expect.objectContaining({
      person: 'per-mtpe-1',
      refusal: { code: 'AnswerUsed', request: REVIEW, how: 'answered' },
    }),
  ]);
  expect(run.view.record.map(({ kind }) => kind).filter((kind) => kind === 'answer-taken-back')).toHaveLength(
    1,
  );
});

test('an answer that was used is annulled: what followed is undone, and all who were written to hear of it', async () => {
  const run = await played('annulled.yaml');
  const { requests, sessions, programmeVersions, record } = run.view;
  expect(run.end).toBe('closed');
  const on = (day: string) => told(run, { from: day, until: day });
  // Chile did not mean its changes: the Secretariat writes no version, and Peru's approval counts.
  expect(on('2021-06-14')).toEqual([
    '2021-06-14 10:00 Lima answer-annulled → per-mtpe (5)',
    `2021-06-14 11:00 Santiago request ${REVIEW}.2 → chl-mtps (4)`,
    // Whoever annulled it knows.
    '2021-06-14 11:00 Washington answer-annulled → oas-2',
  ]);
  const [peru] = sent(run, { to: 'per-mtpe', notice: 'answer-annulled' });
  expect(peru && says(peru, 'La respuesta de su institución a esa solicitud sigue vigente.')).toBe(true);
  expect(peru && says(peru, 'Chile envió por error sus comentarios a otro programa.')).toBe(true);
  expect(requests.filter(({ kind }) => kind === 'revise-programme').map(({ lapse }) => lapse)).toEqual([
    'annulled',
  ]);
  expect(programmeVersions[0]).toMatchObject({ version: 1, cause: 'coordination.1' });

  // The date leaves every calendar, that of guests too; another comes, and the poll is not repeated.
  expect(on('2021-08-02')).toEqual([
    '2021-08-02 10:00 Lima invitation session-2 CANCEL 1 → guest-2-1, guest-2-2',
    '2021-08-02 10:00 Lima invitation session-2 CANCEL 1 → per-mtpe (5)',
    '2021-08-02 11:00 Santiago invitation session-2 CANCEL 1 → chl-mtps (4)',
    '2021-08-02 11:00 Washington request session-2/confirm-date.1.2 session-2 CANCEL 1 → oas (2)',
  ]);
  const calendar = sent(run, { to: 'chl-mtps-1', session: 2 }).map(({ appointment }) => [
    appointment?.method,
    appointment?.startsAt.slice(0, 10),
  ]);
  expect(calendar).toEqual([
    ['REQUEST', '2021-08-16'],
    ['CANCEL', '2021-08-16'],
    ['REQUEST', '2021-08-24'],
  ]);
  expect(requests.filter(({ id }) => id.startsWith('session-2/choose-date'))).toHaveLength(1);
  expect(sessions[1]?.startsAt).toBe('2021-08-24T19:30:00.000Z');

  // The consultant writes no second sheet; Chile, which complemented a text that was none, gets the one that is.
  expect(told(run, { request: 'systematization', from: '2021-10-13' })).toEqual([
    '2021-10-13 11:00 Washington request systematization/draft-sheet.2 → consultant-1',
    '2021-10-14 10:00 Lima request systematization/review-sheet.1.2 → per-mtpe (5)',
  ]);
  expect(told(run, { notice: 'answer-annulled', from: '2021-10-01' })).toEqual([
    '2021-10-14 11:00 Washington answer-annulled → consultant-1',
    '2021-10-14 12:00 Santiago answer-annulled → chl-mtps (4)',
    '2021-10-19 12:00 Santiago answer-annulled → chl-mtps (4)',
  ]);
  expect(told(run, { request: 'final-report/complement-report' })).toEqual([
    '2021-10-18 12:00 Santiago request final-report/complement-report.1 → chl-mtps (4)',
    '2021-10-20 12:00 Santiago request final-report/complement-report.1.2 → chl-mtps (4)',
  ]);

  // What is past undoing is refused, and says what to do instead.
  expect(run.refusals).toEqual([
    expect.objectContaining({
      change: 'annul',
      refusal: { code: 'AnswerLasts', request: `${REVIEW}.2`, why: 'over-coordination' },
    }),
  ]);
  expect(record.filter(({ kind }) => kind === 'answer-annulled')).toHaveLength(4);
});

test('what the Secretariat recorded itself is annulled: the meeting, its date, a revision, the consultant', async () => {
  const run = await played('annulled-decisions.yaml', { programme: example('barbados-jamaica.yaml') });
  const { meeting, people, programmeVersions, record } = run.view;
  expect(run.end).toBe('closed');
  // The date that was wrong leaves the calendars, and the next is no move of it.
  const calendar = sent(run, { to: 'jam-mlss-1', notice: 'convocation' });
  expect(
    calendar.map(({ appointment, subject }) => [
      appointment?.method,
      appointment?.sequence,
      appointment?.startsAt.slice(0, 10),
      subject.split(' Coord')[0],
    ]),
  ).toEqual([
    ['REQUEST', 0, '2023-02-02', '[Invitation]'],
    ['REQUEST', 1, '2023-02-20', '[New date]'],
    ['CANCEL', 2, '2023-02-20', '[Date no longer stands]'],
    ['REQUEST', 3, '2023-02-22', '[Invitation]'],
  ]);
  expect(meeting).toMatchObject({ startsAt: '2023-02-22T19:00:00.000Z', notHeldAt: null });
  expect(meeting.recordedAt?.slice(0, 10)).toBe('2023-02-23');
  // Those who had a version that stands no more are told, and asked about the next.
  expect(
    programmeVersions.map(({ version, cause, annulledAt }) => [version, cause, annulledAt?.slice(0, 10)]),
  ).toEqual([
    [1, 'coordination.1', '2023-02-03'],
    [2, 'coordination.1.2', undefined],
    [3, 'coordination.2', '2023-02-27'],
    [4, 'coordination.2.2', undefined],
    [5, 'session-2.1', undefined],
  ]);
  expect(told(run, { notice: 'answer-annulled' }).map((line) => line.replace(/ .* → /, ' → '))).toEqual([
    '2023-02-03 → jam-mlss-1',
    '2023-02-03 → brb-mlsp (2)',
    '2023-02-03 → tto-mol (2)',
    '2023-02-27 → jam-mlss-1',
    '2023-02-27 → brb-mlsp (2)',
    '2023-02-27 → tto-mol (2)',
  ]);
  // Who was named leaves and hears it, and gets nothing more; the next drafts the sheet.
  const consultants = people.filter(({ role }) => role === 'consultant');
  expect(consultants.map(({ id, active }) => [id, active])).toEqual([
    ['consultant-1', false],
    ['consultant-2', true],
  ]);
  expect(sent(run, { to: 'consultant-1' }).map(({ notice }) => notice)).toEqual(['request', 'left']);
  // What is past undoing is refused.
  expect(run.refusals).toEqual([
    expect.objectContaining({
      change: 'annul',
      refusal: {
        code: 'AnswerLasts',
        request: 'coordination/confirm-coordination.2',
        why: 'over-coordination',
      },
    }),
  ]);
  expect(record.filter(({ kind }) => kind === 'answer-annulled')).toHaveLength(4);
});
