import { describe, expect, test } from 'vitest';
import { AT_TEN, everyone, says, sent, told } from './letters.ts';
import { example, played, type Run } from './stage.ts';

/** A programme that is corrected while it runs. */

describe.concurrent('a correction', () => {
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
