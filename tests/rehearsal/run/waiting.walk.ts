import { describe, expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { at, played } from './stage.ts';

/** Who does not answer: reminded, then given more time, released, or replaced by somebody else; never taken for a yes. */

describe.concurrent('waiting', () => {
  test('who is late is reminded in the mornings of working days, and what follows waits', async () => {
    const run = await played('late.yaml');
    expect(run.end).toBe('closed');
    // Due on Thursday 17 June: two working days before, that morning, two after; the 21st is a holiday in Chile.
    expect(told(run, { notice: 'reminder', request: 'coordination' })).toEqual([
      '2021-06-15 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-17 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-22 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
    ]);
    // Due on Friday 23 July; the fourth, five working days later, goes to the focal point alone.
    expect(told(run, { notice: 'reminder', request: 'session-2/choose-date' })).toEqual([
      '2021-07-21 09:00 Santiago reminder session-2/choose-date.1 → chl-mtps (4)',
      '2021-07-23 09:00 Santiago reminder session-2/choose-date.1 → chl-mtps (4)',
      '2021-07-27 09:00 Santiago reminder session-2/choose-date.1 → chl-mtps (4)',
      '2021-07-30 09:00 Santiago reminder session-2/choose-date.1 → chl-mtps-3',
    ]);
    expect(told(run, { notice: 'reminder', to: 'per-mtpe' })).toEqual([]);
    expect(at(run.timeline, 'due')).toEqual([
      '2021-06-17 19:00 America/Santiago chl-mtps',
      '2021-07-23 18:00 America/Santiago chl-mtps',
    ]);
    expect(at(run.timeline, 'programme-issued')[0]).toBe('2021-06-23 10:00 America/New_York');
    expect(run.to.slice(0, 10)).toBe('2021-10-12');
  });

  test('an answer that never comes is not taken for a yes: after the last reminder it waits on the Secretariat', async () => {
    const run = await played('never.yaml');
    expect(run.end).toBe('waiting');
    expect(run.view.closedAt).toBeNull();
    expect(told(run, { from: '2021-10-06', request: 'final-report' })).toEqual([
      '2021-10-06 10:00 Lima request final-report/draft-report.1 → per-mtpe (5)',
      '2021-11-03 09:00 Lima reminder final-report/draft-report.1 → per-mtpe (5)',
      '2021-11-05 09:00 Lima reminder final-report/draft-report.1 → per-mtpe (5)',
      '2021-11-09 09:00 Lima reminder final-report/draft-report.1 → per-mtpe (5)',
      '2021-11-12 09:00 Lima reminder final-report/draft-report.1 → per-mtpe-4',
      '2021-11-19 09:00 Washington reminder final-report/draft-report.1 → oas (2)',
    ]);
    expect(told(run, { from: '2021-11-20' })).toEqual([]);
    const open = run.view.requests.filter(({ closedAt }) => closedAt === null);
    expect(open).toEqual([
      expect.objectContaining({
        id: 'final-report/draft-report.1',
        owing: ['per-mtpe'],
        forSecretariat: true,
      }),
    ]);
    expect(run.timeline.at(-1)).toMatchObject({ kind: 'waiting', party: 'per-mtpe' });
    expect(run.to.slice(0, 10)).toBe('2021-11-19');
  });

  test('more time, an answer that is done without, and somebody else asked', async () => {
    const run = await played('periods.yaml');
    const { requests } = run.view;
    const about = (request: string) => told(run, { request });
    const due = (id: string) => requests.find((request) => request.id === id)?.dueAt;

    // Until the 24th: nothing on the 17th. The 21st is a holiday in Chile, whose clock counts now.
    expect(about('coordination/approve-programme.1')).toEqual([
      '2021-06-10 09:00 Lima request coordination/approve-programme.1 → per-mtpe (5)',
      '2021-06-10 10:00 Santiago request coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-15 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-16 10:00 Santiago deadline-extended coordination/approve-programme.1 +v1 → chl-mtps (4)',
      '2021-06-22 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
      '2021-06-24 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
    ]);
    expect(due('coordination/approve-programme.1')).toBe('2021-06-24T22:00:00.000Z');

    expect(about('session-2/choose-date')).toEqual([
      '2021-07-15 09:00 Lima request session-2/choose-date.1 → per-mtpe (5)',
      '2021-07-15 10:00 Santiago request session-2/choose-date.1 → chl-mtps (4)',
      '2021-07-21 09:00 Santiago reminder session-2/choose-date.1 → chl-mtps (4)',
      '2021-07-22 10:00 Santiago request-released session-2/choose-date.1 → chl-mtps (4)',
    ]);
    // The Secretariat goes on at once.
    expect(about('session-2/confirm-date')).toEqual([
      '2021-07-22 10:00 Washington request session-2/confirm-date.1 → oas (2)',
    ]);

    // Two days from its due date there was too little left: five working days for whoever is asked only now.
    expect(about('systematization/draft-sheet')).toEqual([
      '2021-10-04 10:00 Washington request systematization/draft-sheet.1 → consultant-1',
      '2021-10-22 09:00 Washington reminder systematization/draft-sheet.1 → consultant-1',
      '2021-10-25 10:00 Washington request systematization/draft-sheet.1 → oas (2)',
      '2021-10-25 10:00 Washington request-released systematization/draft-sheet.1 → consultant-1',
    ]);
    expect(due('systematization/draft-sheet.1')).toBe('2021-11-01T22:00:00.000Z');

    // Everyone who is told is told why; what was refused is told to nobody.
    for (const { kind, reason, madeAt } of run.view.changes) {
      const concerned = sent(run, { from: madeAt.slice(0, 10), until: madeAt.slice(0, 10) }).filter(
        ({ notice, party }) =>
          notice === 'deadline-extended' ||
          notice === 'request-released' ||
          (kind === 'reassign' && party === 'oas'),
      );
      expect(concerned.length).toBeGreaterThan(0);
      for (const letter of concerned)
        expect(says(letter, reason), `${letter.notice} ${letter.person}`).toBe(true);
    }
    // What a mail says to be with it is with it.
    for (const letter of sent(run, { notice: 'deadline-extended' })) {
      expect(letter.text).toContain('se adjunta a este correo');
      expect(letter.programme).toBe(1);
    }
    expect(run.view.changes.map(({ kind }) => kind)).toEqual(['extend', 'waive', 'reassign']);
    expect(run.refusals).toEqual([
      expect.objectContaining({
        refusal: { code: 'NotWaivable', request: 'session-1/record-session.1', kind: 'record-session' },
        change: 'waive',
      }),
    ]);
    expect(run.letters.some((letter) => says(letter, 'El acta puede esperar.'))).toBe(false);
  });

  test('what the mail server refuses is told; what it could not take goes out once, when it is back', async () => {
    const run = await played('smtp-refuses.yaml');
    expect(
      new Set(run.letters.filter(({ state }) => state === 'refused').map(({ person }) => person)),
    ).toEqual(new Set(['chl-mtps-1']));
    const { mails } = run.view;
    expect(run.timeline.filter(({ kind }) => kind === 'mail-refused')).toHaveLength(
      mails.filter(({ state }) => state === 'refused').length,
    );
    // The reminder that was held up until the next one was due is not sent any more, and nothing else is left out.
    const unsent = mails.filter(({ state }) => state !== 'sent' && state !== 'refused');
    expect(unsent.map(({ notice, person, state }) => `${notice} ${person} ${state}`).sort()).toEqual(
      [1, 2, 3, 4].map((n) => `reminder chl-mtps-${n} withdrawn`),
    );

    // Tried again every five minutes: on the 17th from 08:00 on, on the 18th from 16:30 on.
    expect(sent(run, { from: '2021-06-15', until: '2021-06-16' })).toEqual([]);
    const back = (day: string, notice: string) => [
      ...new Set(sent(run, { from: day, until: day, notice }).map((letter) => letter.at.slice(11, 15))),
    ];
    expect(back('2021-06-17', 'reminder')).toEqual(['13:0']);
    expect(back('2021-06-18', 'invitation')).toEqual(['20:3']);
    // What is asked then comes with it.
    expect(back('2021-06-18', 'request')).toEqual([]);
    const delayed = mails.filter(({ attempts, state }) => state === 'sent' && attempts > 1);
    expect(delayed.map(({ notice }) => notice)).toEqual(Array(10).fill('invitation'));
    // A colleague answers for whom the mail does not reach.
    expect(run.view.requests.flatMap(({ answers }) => answers.map(({ by }) => by))).not.toContain(
      'chl-mtps-1',
    );
  });
});
