import { describe, expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { example, played, type Run } from './stage.ts';

/** The whole cooperation: paused and resumed, cancelled, corrected. */

/** A line for each of the three institutions, on their clocks at an instant of the Secretariat's. */
const everyone = (day: string, what: string, [lima, washington, santiago]: readonly string[]): string[] =>
  [
    `${day} ${lima} Lima ${what} → per-mtpe (5)`,
    `${day} ${washington} Washington ${what} → oas (2)`,
    `${day} ${santiago} Santiago ${what} → chl-mtps (4)`,
  ].sort();
const AT_TEN = ['09:00', '10:00', '10:00'];

describe.concurrent('the course', () => {
  test('paused, resumed, and at last cancelled', async () => {
    const run = await played('paused-cancelled.yaml');
    const { view } = run;
    // The consultant, of whom nothing has been asked yet, hears nothing of it. From 14 to 28 June nothing but the notice itself; the reminders of the 15th and 17th are not made up for.
    expect(
      told(run, { from: '2021-06-11', until: '2021-07-01', notice: ['paused', 'resumed', 'reminder'] }),
    ).toEqual([
      ...everyone('2021-06-14', 'paused', AT_TEN),
      ...everyone('2021-06-28', 'resumed', AT_TEN),
      '2021-06-29 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
    ]);
    expect(told(run, { from: '2021-06-15', until: '2021-06-27' })).toEqual([]);
    // Due on the 17th; eight working days of Chile's, without the 21st and the 28th, make it 1 July.
    expect(view.requests.find(({ id }) => id === 'coordination/approve-programme.1')?.dueAt).toBe(
      '2021-07-01T22:00:00.000Z',
    );
    expect(run.refusals).toEqual([
      expect.objectContaining({ refusal: expect.objectContaining({ code: 'Paused' }), change: 'pause' }),
    ]);

    // Cancelled with a question open and the second session in everybody's calendar.
    expect(told(run, { from: '2021-07-26' })).toEqual(
      [
        ...everyone('2021-07-26', 'cooperation-cancelled', AT_TEN),
        ...everyone('2021-07-26', 'invitation session-2 CANCEL 1', AT_TEN),
        '2021-07-26 09:00 Lima invitation session-2 CANCEL 1 → guest-2-1, guest-2-2',
      ].sort(),
    );
    expect({
      end: run.end,
      closed: view.closedAt === view.cancelledAt,
      day: view.cancelledAt?.slice(0, 10),
    }).toEqual({
      end: 'closed',
      closed: true,
      day: '2021-07-26',
    });
    expect(view.requests.filter(({ closedAt }) => closedAt === null)).toEqual([]);
    expect(view.requests.find(({ kind }) => kind === 'answer-question')?.lapse).toBe('cooperation-cancelled');
    expect(
      view.sessions.map(({ recordedAt, cancelledAt }) => [recordedAt !== null, cancelledAt !== null]),
    ).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
    for (const { kind, reason } of view.changes) {
      const notice = { pause: 'paused', resume: 'resumed', cancel: 'cooperation-cancelled' }[kind as string];
      const letters = sent(run, { notice: notice ?? '' });
      expect(letters).toHaveLength(11);
      for (const letter of letters) expect(says(letter, reason)).toBe(true);
    }
  });

  // As the example is, but for the consultant, who is named with the second correction alone.
  const unnamed = (programme: string): string =>
    programme.replace(/^systematization:\n {2}consultant:\n.*\n.*\n/m, 'systematization: {}\n');
  let correction: Promise<Run> | undefined;
  const corrected = (): Promise<Run> => {
    correction ??= played('amended.yaml', {
      programme: unnamed(example('peru-chile-2021.yaml')),
      read: (file) => {
        const programme = example(`scenarios/${file}`);
        return file.endsWith('title.yaml') ? unnamed(programme) : programme;
      },
    });
    return correction;
  };

  test('a new title needs nobody’s approval; other contents and one institution more do', async () => {
    const run = await corrected();
    const { view } = run;
    expect(told(run, { from: '2021-06-21', until: '2021-06-22' })).toEqual(
      everyone('2021-06-21', 'programme-changed +v2', AT_TEN),
    );
    const joining = '11:00 Montevideo';
    expect(told(run, { from: '2021-06-23', until: '2021-06-23' })).toEqual(
      [
        ...everyone('2021-06-23', 'request amendment-2/approve-programme.1', AT_TEN).filter(
          (line) => !line.includes('oas'),
        ),
        `2021-06-23 ${joining} invitation session-1 REQUEST 1 → ury-mtss (2)`,
        `2021-06-23 ${joining} joined +v2 → ury-mtss (2)`,
        `2021-06-23 ${joining} request amendment-2/approve-programme.1 → ury-mtss (2)`,
        `2021-06-23 ${joining} request documents/send-documents.2 → ury-mtss (2)`,
      ].sort(),
    );
    // Approved by all three on the 24th, by the last at ten in Lima.
    expect(told(run, { from: '2021-06-24', until: '2021-06-24', notice: 'programme-issued' })).toEqual(
      [
        ...everyone('2021-06-24', 'programme-issued +v3', ['10:00', '11:00', '11:00']),
        '2021-06-24 12:00 Montevideo programme-issued +v3 → ury-mtss (2)',
      ].sort(),
    );
    expect(
      view.requests
        .filter(({ kind }) => kind === 'approve-programme')
        .map(({ id, asked }) => `${id} ${asked.length}`),
    ).toEqual(['coordination/approve-programme.1 2', 'amendment-2/approve-programme.1 3']);
    // From then on three ministries choose the dates, and are invited.
    expect(told(run, { request: 'session-2/choose-date', to: 'ury-mtss' })).toEqual([
      '2021-07-15 11:00 Montevideo request session-2/choose-date.1 → ury-mtss (2)',
    ]);
    expect(told(run, { session: 2, to: 'ury-mtss' })).toEqual([
      '2021-07-20 11:00 Montevideo invitation session-2 REQUEST 0 +v4 → ury-mtss (2)',
    ]);
    // The consultant is known by now, and hears of it when there is something to do.
    expect(view.people.filter(({ role }) => role === 'consultant').map(({ id }) => id)).toEqual([
      'consultant-1',
    ]);
    expect(told(run, { to: 'consultant-1' })).toEqual([]);
    expect(
      view.record.find(
        ({ kind, data }) => kind === 'programme-amended' && JSON.stringify(data).includes('contents'),
      )?.data,
    ).toMatchObject({
      changes: expect.arrayContaining(['contents', 'institutions', 'consultant']),
      approval: true,
    });
    expect(run.refusals).toEqual([]);
    const [title] = view.changes;
    for (const letter of sent(run, { notice: 'programme-changed' }))
      expect(says(letter, title?.reason ?? '?')).toBe(true);
  });

  test('whoever is asked for corrected contents is told why', async () => {
    const run = await corrected();
    const letters = sent(run, { request: 'amendment-2' });
    expect(letters.every((letter) => says(letter, run.view.changes[1]?.reason ?? '?'))).toBe(true);
  });
});
