import { describe, expect, test } from 'vitest';
import { violationsOf } from './invariants.ts';
import { type Letter, says, sent, told } from './letters.ts';
import { played, type Run } from './stage.ts';

/** Who answers in whose place, and who disagrees. */

const REST_OF_PERU = 'per-mtpe-2, per-mtpe-3, per-mtpe-4, per-mtpe-5';

describe.concurrent('people', () => {
  test('a request handed over, an absence, and two who leave', async () => {
    const run = await played('people.yaml');
    const { view } = run;
    const answer = (request: string, party: string) =>
      view.requests.find(({ id }) => id === request)?.answers.find((one) => one.party === party);

    // Handed over: the colleague hears of it, whoever passed it on does not any more.
    expect(told(run, { request: 'coordination/approve-programme.1', to: 'chl-mtps' })).toEqual([
      '2021-06-10 10:00 Santiago request coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-10 16:00 Santiago request coordination/approve-programme.1 → chl-mtps-4',
      '2021-06-15 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps-2, chl-mtps-3, chl-mtps-4',
    ]);
    expect(answer('coordination/approve-programme.1', 'chl-mtps')).toMatchObject({
      by: 'chl-mtps-4',
      inPlaceOf: 'chl-mtps-1',
    });

    // Away from 8 to 23 July, noted a week before: one mail then, and the reminders go to those who are there.
    expect(told(run, { notice: 'stands-in' })).toEqual(['2021-07-01 09:00 Lima stands-in → per-mtpe-2']);
    expect(told(run, { request: 'documents/send-documents.1', to: 'per-mtpe' })).toEqual([
      '2021-06-16 09:00 Lima invitation documents/send-documents.1 session-1 REQUEST 0 +v1 → per-mtpe (5)',
      '2021-07-07 09:00 Lima reminder documents/send-documents.1 → per-mtpe (5)',
      `2021-07-09 09:00 Lima reminder documents/send-documents.1 → ${REST_OF_PERU}`,
      `2021-07-13 09:00 Lima reminder documents/send-documents.1 → ${REST_OF_PERU}`,
    ]);
    expect(told(run, { request: 'session-2/choose-date', to: 'per-mtpe' })).toEqual([
      `2021-07-15 09:00 Lima request session-2/choose-date.1 → ${REST_OF_PERU}`,
    ]);
    for (const request of ['documents/send-documents.1', 'session-2/choose-date.1'])
      expect(answer(request, 'per-mtpe')).toMatchObject({ by: 'per-mtpe-2', inPlaceOf: 'per-mtpe-1' });
    // What asks nothing of him, he gets all the same; and everything again once he is back.
    expect(told(run, { to: 'per-mtpe-1', from: '2021-07-08', until: '2021-07-23' })).toEqual([
      '2021-07-13 13:00 Lima news → per-mtpe-1',
      // The poll, which brings them to the others, goes to the colleague.
      '2021-07-15 09:00 Lima session-recorded → per-mtpe-1',
      '2021-07-20 09:00 Lima invitation session-2 REQUEST 0 +v2 → per-mtpe-1',
      '2021-07-23 09:00 Lima people-changed → per-mtpe-1',
    ]);
    expect(told(run, { request: 'session-3/choose-date', to: 'per-mtpe' })).toEqual([
      '2021-08-17 09:00 Lima request session-3/choose-date.1 → per-mtpe (5)',
    ]);

    // Replaced with a question open and an invitation out: nobody else's calendar is touched.
    expect(told(run, { from: '2021-07-23', until: '2021-07-23' })).toEqual([
      '2021-07-23 09:00 Lima people-changed → per-mtpe (5)',
      '2021-07-23 10:00 Santiago joined documents/answer-question-1.1 session-2 REQUEST 1 +v2 → chl-mtps-5',
      '2021-07-23 10:00 Santiago people-changed → chl-mtps-1, chl-mtps-3, chl-mtps-4',
      '2021-07-23 10:00 Santiago replaced session-2 CANCEL 1 → chl-mtps-2',
      '2021-07-23 10:00 Washington people-changed → oas (2)',
    ]);
    expect(told(run, { to: 'chl-mtps-2', from: '2021-07-24' })).toEqual([]);
    expect(answer('documents/answer-question-1.1', 'chl-mtps')).toMatchObject({ by: 'chl-mtps-5' });
    // One mail to the one who comes, one to the one who goes.
    const [question] = sent(run, { to: 'chl-mtps-5', notice: 'joined' }) as [Letter];
    expect(says(question, 'Cristóbal Auger')).toBe(true);
    expect(says(question, 'Cristóbal Auger pasó a otro ministerio.')).toBe(true);

    // The one who takes the focal point's place is the focal point.
    expect(told(run, { from: '2021-08-20', until: '2021-08-20' })).toEqual([
      '2021-08-20 09:00 Lima people-changed → per-mtpe (5)',
      '2021-08-20 10:00 Santiago joined session-3 REQUEST 1 +v3 → chl-mtps-6',
      '2021-08-20 10:00 Santiago people-changed → chl-mtps-1, chl-mtps-4, chl-mtps-5',
      '2021-08-20 10:00 Santiago replaced session-3 CANCEL 1 → chl-mtps-3',
      '2021-08-20 10:00 Washington people-changed → oas (2)',
    ]);
    expect(told(run, { request: 'final-report/complement-report.1' })).toEqual([
      '2021-10-07 12:00 Santiago request final-report/complement-report.1 → chl-mtps (4)',
      '2021-10-20 09:00 Santiago reminder final-report/complement-report.1 → chl-mtps (4)',
      '2021-10-22 09:00 Santiago reminder final-report/complement-report.1 → chl-mtps (4)',
      '2021-10-26 09:00 Santiago reminder final-report/complement-report.1 → chl-mtps (4)',
      '2021-10-29 09:00 Santiago reminder final-report/complement-report.1 → chl-mtps-6',
    ]);
    expect(view.sessions.map(({ sequence }) => sequence)).toEqual([0, 1, 1]);
    expect(run.end).toBe('closed');

    rulesCanFail(run);
  });

  test('people who join and leave, another focal point, a colleague who takes a place', async () => {
    const run = await played('joins-and-leaves.yaml');
    const { view } = run;
    const on = (day: string) => told(run, { from: day, until: day });

    // The welcome has what is open and the invitation to the one session ahead: nothing comes by itself.
    expect(on('2021-06-24')).toEqual([
      '2021-06-24 09:00 Lima joined session-1 REQUEST 1 +v1 → per-mtpe-6',
      `2021-06-24 09:00 Lima people-changed → per-mtpe-1, ${REST_OF_PERU}`,
      '2021-06-24 10:00 Santiago people-changed → chl-mtps (4)',
      '2021-06-24 10:00 Washington people-changed → oas (2)',
    ]);
    const [welcome] = sent(run, { to: 'per-mtpe-6', notice: 'joined' }) as [Letter];
    expect(says(welcome, 'Su institución tiene una solicitud pendiente')).toBe(true);
    expect(says(welcome, 'Enviar los documentos pertinentes')).toBe(true);
    const documents = view.requests.find(({ id }) => id === 'documents/send-documents.1');
    expect(documents?.answers.find(({ party }) => party === 'per-mtpe')?.by).toBe('per-mtpe-6');
    expect(told(run, { to: 'per-mtpe-6', until: '2021-07-09' })).toEqual([
      '2021-06-24 09:00 Lima joined session-1 REQUEST 1 +v1 → per-mtpe-6',
      '2021-06-28 09:00 Lima people-changed → per-mtpe-6',
      '2021-07-07 09:00 Lima people-changed → per-mtpe-6',
      '2021-07-07 09:00 Lima reminder documents/send-documents.1 → per-mtpe-6',
      '2021-07-09 09:00 Lima reminder documents/send-documents.1 → per-mtpe-6',
    ]);

    // Who looks on is welcomed, and hears nothing else.
    expect(told(run, { to: 'observer-1' })).toEqual(['2021-06-28 10:00 Washington joined +v1 → observer-1']);

    // Who leaves is told, and out of the calendar; nobody else's is touched, and nothing comes after.
    expect(on('2021-07-07')).toEqual([
      '2021-07-07 09:00 Lima left session-1 CANCEL 2 → per-mtpe-5',
      '2021-07-07 09:00 Lima people-changed → per-mtpe (5)',
      '2021-07-07 09:00 Lima reminder documents/send-documents.1 → per-mtpe (6)',
      '2021-07-07 10:00 Santiago people-changed → chl-mtps (4)',
      '2021-07-07 10:00 Washington people-changed → oas (2)',
    ]);
    expect(told(run, { to: 'per-mtpe-5', from: '2021-07-08' })).toEqual([]);

    // The last reminder goes to the new focal point.
    expect(on('2021-08-02')).toEqual([
      '2021-08-02 09:00 Lima people-changed → per-mtpe (5)',
      '2021-08-02 10:00 Santiago people-changed → chl-mtps (4)',
      '2021-08-02 10:00 Washington people-changed → oas (2)',
    ]);
    expect(told(run, { request: 'final-report/complement-report.1', from: '2021-10-29' })).toEqual([
      '2021-10-29 09:00 Santiago reminder final-report/complement-report.1 → chl-mtps-1',
    ]);

    // A colleague who takes a place has the invitation already, and gets one mail.
    expect(on('2021-09-01')).toEqual([
      '2021-09-01 09:00 Lima people-changed → per-mtpe (4)',
      '2021-09-01 09:00 Lima replaced session-3 CANCEL 1 → per-mtpe-4',
      '2021-09-01 10:00 Santiago people-changed → chl-mtps (4)',
      '2021-09-01 10:00 Washington people-changed → oas (2)',
    ]);
    expect(view.people.filter(({ focalPoint, active }) => focalPoint && active).map(({ id }) => id)).toEqual([
      'chl-mtps-1',
      'per-mtpe-1',
      'oas-1',
      'consultant-1',
    ]);
    // Why somebody came or went stands in the record, and in no mail.
    const reasons = view.changes.map(({ reason }) => reason);
    expect(run.letters.filter((letter) => reasons.some((reason) => says(letter, reason)))).toEqual([]);
    expect(run.end).toBe('closed');
    expect(violationsOf(run)).toEqual([]);
  });

  test('both ask for changes, each for its own reason; two of one ministry answer at once', async () => {
    const run = await played('rounds.yaml');
    const { requests, programmeVersions } = run.view;
    expect(run.end).toBe('closed');
    const outcomes = (kind: string) =>
      requests
        .filter((request) => request.kind === kind)
        .map(({ id, answers, outcome }) =>
          [id, ...answers.map(({ party, decision }) => `${party} ${decision}`).sort(), outcome].join(' · '),
        );
    // Peru's approval of version 2 does not count for version 3.
    expect(outcomes('approve-programme')).toEqual([
      'coordination/approve-programme.1 · chl-mtps changes · per-mtpe changes · changes',
      'coordination/approve-programme.2 · chl-mtps changes · per-mtpe approve · changes',
      'coordination/approve-programme.3 · chl-mtps approve · per-mtpe approve · approve',
    ]);
    expect(outcomes('review-sheet').map((line) => line.split(' · ').at(-1))).toEqual(['changes', 'approve']);
    expect(outcomes('receive-report').map((line) => line.split(' · ').at(-1))).toEqual([
      'changes',
      'approve',
    ]);
    expect(programmeVersions.find(({ issuedAt }) => issuedAt)?.version).toBe(3);
    expect(told(run, { request: 'coordination', from: '2021-06-11' })).toEqual([
      '2021-06-11 11:00 Washington request coordination/revise-programme.1 → oas (2)',
      '2021-06-14 09:00 Lima request coordination/approve-programme.2 → per-mtpe (5)',
      '2021-06-14 10:00 Santiago request coordination/approve-programme.2 → chl-mtps (4)',
      '2021-06-15 11:00 Washington request coordination/revise-programme.2 → oas (2)',
      '2021-06-16 09:00 Lima request coordination/approve-programme.3 → per-mtpe (5)',
      '2021-06-16 10:00 Santiago request coordination/approve-programme.3 → chl-mtps (4)',
    ]);
    // What is asked about again is told with what its text changes of the version before.
    const [again] = sent(run, { request: 'systematization/review-sheet.2', to: 'chl-mtps-2' });
    expect(again && says(again, 'Qué cambió en el texto desde la versión 1 - Se agrega:')).toBe(true);
    expect(requests.find(({ id }) => id === 'systematization/review-sheet.2')?.documents).toMatchObject([
      { version: 2, changes: { removed: [], added: [expect.any(String)], more: 0 } },
    ]);
    // The Secretariat reads both reasons of the first round, and of the second Chile's alone.
    const reasons = [
      'La segunda sesión debe tratar primero la normativa.',
      'Los aliados sociolaborales deben estar',
    ];
    const read = (round: number) =>
      sent(run, { request: `coordination/revise-programme.${round}`, to: 'oas-1' }).map((letter) =>
        reasons.map((reason) => says(letter, reason)),
      );
    expect(read(1)).toEqual([[true, true]]);
    expect(read(2)).toEqual([[true, false]]);

    const poll = requests.find(({ id }) => id === 'session-2/choose-date.1');
    const [attempt, ...others] = run.refusals;
    const first = poll?.answers.find(({ party }) => party === 'chl-mtps');
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({ request: 'session-2/choose-date.1' });
    expect(attempt?.refusal).toMatchObject({ code: 'AlreadyAnswered', by: first?.by, at: first?.at });
    expect([first?.by, attempt?.person].sort()).toEqual(['chl-mtps-2', 'chl-mtps-3']);
    expect(poll?.answers).toHaveLength(2);
  });
});

/** Each rule is broken by something that could go wrong. */
function rulesCanFail(run: Run): void {
  const broken = (letters: readonly Letter[], view: Run['view'] = run.view) =>
    violationsOf({ letters, view }).map((one) => one.replace(/: .*$/s, ''));
  const one = (test: (letter: Letter) => boolean): Letter => run.letters.find(test) as Letter;
  const but = (test: (letter: Letter) => boolean, change: Partial<Letter>) =>
    run.letters.map((letter) => (test(letter) ? { ...letter, ...change } : letter));
  const more = (test: (letter: Letter) => boolean, change: Partial<Letter> = {}) => [
    ...run.letters,
    { ...one(test), messageId: '<more>', ...change },
  ];
  const reminder = ({ notice, person }: Letter) => notice === 'reminder' && person === 'chl-mtps-4';
  const invitation = ({ person, appointment }: Letter) => person === 'oas-1' && appointment?.session === 3;
  const other = (change: object) => ({
    appointment: { ...one(invitation).appointment, ...change } as NonNullable<Letter['appointment']>,
  });

  expect(broken(run.letters)).toEqual([]);
  expect(broken(more(reminder))).toContain('nobody is written to twice for the same occasion');
  expect(broken(more(reminder, { at: '2021-06-17T14:00:00.000Z' }))).toEqual([
    'nobody hears of a request that their party has answered, or does not owe',
  ]);
  expect(broken(but(reminder, { at: '2021-06-15T13:01:00.000Z' }))).toContain(
    'reminders go out at nine on a working day of one of the capitals',
  );
  expect(
    broken(more(({ notice }) => notice === 'news', { person: 'chl-mtps-2', at: '2021-07-28T16:00:00.000Z' })),
  ).toEqual(['whoever is replaced or withdrawn hears of that, and nothing else any more']);
  expect(
    broken(more(({ notice }) => notice === 'news', { person: 'chl-mtps-5', at: '2021-07-13T18:01:00.000Z' })),
  ).toEqual(['nobody hears anything before they come in']);
  expect(
    broken(
      run.letters.filter(
        ({ request, party }) => request !== 'session-3/choose-date.1' || party !== 'chl-mtps',
      ),
    ),
  ).toEqual(['a request reaches every party that is asked']);
  expect(
    broken(
      more(
        ({ notice, request, person }) =>
          notice === 'reminder' && person === 'chl-mtps-1' && request === 'final-report/complement-report.1',
        { at: '2021-11-02T12:00:00.000Z' },
      ),
    ),
  ).toEqual([
    'a request brings four mails to a delegate at most, five to the focal point, one to the Secretariat',
  ]);
  expect(broken(but(invitation, other({ startsAt: '2021-10-01T16:00:00.000Z' })))).toEqual([
    'everybody’s calendar says what the case says',
  ]);
  expect(broken(but(invitation, other({ uid: 'elsewhere' })))).toEqual([
    'SEQUENCE only grows, under one UID',
  ]);
  expect(
    broken(more(({ notice }) => notice === 'cooperation-closed', { at: '2021-11-09T14:00:00.000Z' })),
  ).toEqual(['nothing goes out after the end']);
  expect(broken(more(({ notice }) => notice === 'news', { person: 'guest-2-1', role: 'guest' }))).toEqual([
    'guests hear of their own session alone',
  ]);
  const record = run.view.record.map((entry, index) =>
    index === 40 ? { ...entry, at: '2021-06-09T13:00:00.000Z' } : entry,
  );
  expect(broken(run.letters, { ...run.view, record })).toContain(
    'the record only grows, in the order of time',
  );
}
