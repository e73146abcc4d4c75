import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../src/domain/dates/dates.ts';
import { says, sent, told, whatWasTold } from './letters.ts';
import { played } from './stage.ts';

/** Sessions: the search for a date, and all that may change once there is one. */

const CALENDAR = ['invitation', 'programme-changed'];

describe.concurrent('sessions', () => {
  test('moved, shortened, lengthened, with another link, cancelled, added; a guest comes and goes', async () => {
    const run = await played('sessions.yaml');
    const { view } = run;
    const staff = told(run, { notice: CALENDAR, to: 'oas', until: '2021-09-30' });
    expect(staff).toEqual([
      '2021-06-11 11:00 Washington invitation session-1 REQUEST 0 +v1 → oas (2)',
      // A guest more, and one less, is the programme's next version, and nothing for other people's calendars.
      '2021-06-22 10:00 Washington programme-changed +v2 → oas (2)',
      '2021-06-25 10:00 Washington invitation session-1 REQUEST 2 +v3 → oas (2)',
      '2021-07-06 10:00 Washington programme-changed +v4 → oas (2)',
      '2021-07-08 10:00 Washington invitation session-1 REQUEST 4 +v5 → oas (2)',
      // An hour before the start.
      '2021-07-15 10:00 Washington invitation session-1 REQUEST 5 +v6 → oas (2)',
      '2021-07-20 10:00 Washington invitation session-2 REQUEST 0 +v7 → oas (2)',
      '2021-08-10 10:00 Washington invitation session-2 CANCEL 1 +v8 → oas (2)',
      '2021-08-12 10:00 Washington invitation session-3 REQUEST 0 +v10 → oas (2)',
      '2021-08-12 10:00 Washington programme-changed +v9 → oas (2)',
      '2021-09-22 10:00 Washington invitation session-4 REQUEST 0 +v11 → oas (2)',
    ]);
    for (const to of ['per-mtpe', 'chl-mtps']) {
      const delegates = { ...run, letters: run.letters.filter(({ role }) => role === 'delegate') };
      // The first invitation asks delegations for documents, too.
      const calendars = whatWasTold(delegates, { notice: CALENDAR, to, until: '2021-09-30' });
      expect(calendars.map((line) => line.replace(' documents/send-documents.1', ''))).toEqual(
        whatWasTold(run, { notice: CALENDAR, to: 'oas', until: '2021-09-30' }),
      );
    }
    const guests = { ...run, letters: run.letters.filter(({ role }) => role === 'guest') };
    expect(told(guests)).toEqual([
      '2021-06-22 10:00 Santiago invitation session-1 REQUEST 1 → guest-1-1',
      '2021-06-25 10:00 Santiago invitation session-1 REQUEST 2 → guest-1-1',
      '2021-07-06 10:00 Santiago invitation session-1 CANCEL 3 → guest-1-1',
      '2021-07-20 09:00 Lima invitation session-2 REQUEST 0 → guest-2-1, guest-2-2',
      '2021-08-10 09:00 Lima invitation session-2 CANCEL 1 → guest-2-1, guest-2-2',
      '2021-09-22 09:00 Lima invitation session-4 REQUEST 0 → guest-4-1',
    ]);

    // In one person's calendar: what each mail made of it.
    const calendar = sent(run, { to: 'chl-mtps-1', notice: 'invitation', session: 1 }).map(
      ({ appointment }) =>
        appointment &&
        [appointment.startsAt.slice(5, 16), appointment.endsAt.slice(11, 16), appointment.where].join(' '),
    );
    expect(calendar).toEqual([
      '07-14T15:00 17:30 https://zoom.us/j/6458868936',
      '07-15T15:00 17:00 https://zoom.us/j/6458868936',
      '07-15T15:00 17:30 https://zoom.us/j/6458868936',
      '07-15T15:00 17:30 https://zoom.us/j/7777777777',
    ]);
    expect(view.sessions.map(({ sequence, cancelledAt }) => [sequence, cancelledAt !== null])).toEqual([
      [5, false],
      [1, true],
      [0, false],
      [0, false],
    ]);

    // Each is told why; the guest who was withdrawn, too.
    for (const { kind, reason, madeAt } of view.changes)
      for (const letter of sent(run, {
        from: madeAt.slice(0, 10),
        until: madeAt.slice(0, 10),
        notice: CALENDAR,
      })) {
        // Whoever is invited for the first time is told what to, and not what has changed.
        const first = letter.appointment !== undefined && (kind === 'add-guest' || kind === 'add-session');
        expect(says(letter, reason), `${kind} ${letter.notice} ${letter.person}`).toBe(!first);
      }
    // The sheet waits for the session that was added.
    expect(told(run, { request: 'systematization/draft-sheet' })).toEqual([
      '2021-10-19 10:00 Washington request systematization/draft-sheet.1 → consultant-1',
    ]);
  });

  test('no date suits, the Secretariat wants others, a window runs out', async () => {
    const run = await played('dates.yaml');
    const { requests, sessions } = run.view;
    expect(told(run, { request: 'session-2', from: '2021-07-16', until: '2021-08-01' })).toEqual([
      '2021-07-19 09:00 Lima request session-2/choose-date.2 → per-mtpe (5)',
      '2021-07-19 10:00 Santiago request session-2/choose-date.2 → chl-mtps (4)',
      // Nothing was asked of the Secretariat about the first round.
      '2021-07-20 11:00 Washington request session-2/confirm-date.2 → oas (2)',
      '2021-07-21 09:00 Lima request session-2/choose-date.3 → per-mtpe (5)',
      '2021-07-21 10:00 Santiago request session-2/choose-date.3 → chl-mtps (4)',
      '2021-07-22 11:00 Washington request session-2/confirm-date.3 → oas (2)',
    ]);
    const again = (round: number, what: string) =>
      sent(run, { request: `session-2/choose-date.${round}` }).every((letter) => says(letter, what));
    expect(again(3, 'La sala de videoconferencia está ocupada en esas horas.')).toBe(true);
    expect(again(2, 'La sala de videoconferencia')).toBe(false);

    const slots = requests.filter(({ kind }) => kind === 'choose-date').flatMap((request) => request.slots);
    expect(slots).toHaveLength(24);
    for (const session of ['session-2', 'session-3']) {
      const starts = requests
        .filter(({ id, kind }) => kind === 'choose-date' && id.startsWith(session))
        .flatMap((request) => request.slots.map(({ startsAt }) => startsAt));
      expect(new Set(starts).size).toBe(starts.length);
    }
    for (const { id } of slots) {
      expect(['2021-08-30', '2021-10-08', '2021-10-11']).not.toContain(id.slice(0, 10));
      for (const country of ['PE', 'CL', 'US']) expect(isWorkingDay(id.slice(0, 10), country), id).toBe(true);
    }

    // Due on 24 August, and nobody answers: each is reminded on the mornings of their own capital, and 30 August is a
    // holiday in Lima alone. The Secretariat hears of both, ten working days after in Lima. The last date that was
    // proposed is 15 October at 13:30 in Lima: then the poll is over, and all are told.
    const both = (day: string) => [
      `${day} 09:00 Santiago reminder session-3/choose-date.1 → chl-mtps (4)`,
      `${day} 09:00 Lima reminder session-3/choose-date.1 → per-mtpe (5)`,
    ];
    expect(told(run, { request: 'session-3' })).toEqual([
      '2021-08-17 09:00 Lima request session-3/choose-date.1 → per-mtpe (5)',
      '2021-08-17 10:00 Santiago request session-3/choose-date.1 → chl-mtps (4)',
      ...both('2021-08-20'),
      ...both('2021-08-24'),
      ...both('2021-08-26'),
      '2021-08-31 09:00 Santiago reminder session-3/choose-date.1 → chl-mtps-3',
      '2021-09-01 09:00 Lima reminder session-3/choose-date.1 → per-mtpe-4',
      '2021-09-08 10:00 Washington reminder session-3/choose-date.1 → oas (2)',
      '2021-10-15 14:30 Washington request session-3/confirm-date.1 → oas (2)',
    ]);
    expect(told(run, { notice: 'window-ran-out' })).toEqual([
      '2021-10-15 13:30 Lima window-ran-out → per-mtpe (5)',
      '2021-10-15 14:30 Washington window-ran-out → oas (2)',
      '2021-10-15 15:30 Santiago window-ran-out → chl-mtps (4)',
    ]);
    expect(requests.find(({ id }) => id === 'session-3/choose-date.1')).toMatchObject({
      answers: [],
      lapse: 'window-ran-out',
    });
    expect(sessions[2]?.startsAt).toBe('2021-10-26T15:00:00.000Z');
    expect(told(run, { notice: 'invitation', session: 3 })).toEqual([
      '2021-10-18 09:00 Lima invitation session-3 REQUEST 0 +v3 → per-mtpe (5)',
      '2021-10-18 10:00 Washington invitation session-3 REQUEST 0 +v3 → oas (2)',
      '2021-10-18 11:00 Santiago invitation session-3 REQUEST 0 +v3 → chl-mtps (4)',
    ]);
  });

  test('a session that was not held gets a new date, under the same appointment', async () => {
    const run = await played('not-held.yaml');
    const held = run.timeline.filter(({ kind, session }) => kind === 'session' && session === 1);
    // Five working days after marks of the dates are due, which gives five.
    expect(held.map(({ local }) => local.slice(0, 16))).toEqual(['2021-07-14 10:00', '2021-08-03 10:00']);
    expect(told(run, { notice: 'invitation', session: 1, to: 'oas' })).toEqual([
      '2021-06-11 11:00 Washington invitation session-1 REQUEST 0 +v1 → oas (2)',
      '2021-07-20 10:00 Washington invitation session-1 REQUEST 1 +v2 → oas (2)',
    ]);
    expect(told(run, { request: 'session-1/record-session' })).toEqual([
      '2021-07-14 13:30 Washington request session-1/record-session.1 → oas (2)',
      '2021-08-03 13:30 Washington request session-1/record-session.2 → oas (2)',
    ]);
    const [poll] = sent(run, { to: 'per-mtpe-1', request: 'session-1/choose-date' });
    expect(poll && says(poll, 'La sesión no se realizó en la fecha prevista')).toBe(true);
    expect(poll && says(poll, 'La conexión se interrumpió y no se pudo retomar.')).toBe(true);
    expect(run.view.sessions.map(({ recordedAt }) => recordedAt?.slice(0, 10))).toEqual([
      '2021-08-04',
      '2021-08-17',
      undefined,
    ]);
  });

  test('minutes go out before the next session takes place', async () => {
    const run = await played('not-held.yaml');
    // The second session is invited to already: they go by themselves, once.
    const minutes = sent(run, { to: 'chl-mtps-1', notice: 'session-recorded' });
    expect(minutes[0]?.at.slice(0, 10)).toBe('2021-08-04');
    expect(sent(run, { to: 'chl-mtps-1' }).filter((letter) => says(letter, 'Acta · 1.ª sesión'))).toEqual([]);
  });
});
