import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, dateIn, isWorkingDay } from '../../src/domain/dates/dates.ts';
import { dueInstant, nextWorking, remindersFor, remindersOf } from '../../src/domain/dates/deadlines.ts';
import { kinds, REQUEST_KINDS } from '../../src/domain/kinds/index.ts';

const LIMA = { country: 'PE', timeZone: 'America/Lima' };
const SANTIAGO = { country: 'CL', timeZone: 'America/Santiago' };
const WASHINGTON = { country: 'US', timeZone: 'America/New_York' };

describe('dueInstant', () => {
  it.each([
    // Five working days after Wednesday 9 June: Wednesday 16, 18:00 in Lima.
    [
      'asked',
      { ...LIMA, due: kinds['approve-programme'].due, askedAt: '2021-06-09T17:00:00Z' },
      '2021-06-16T23:00:00.000Z',
    ],
    [
      "the programme's own days",
      { ...LIMA, due: kinds['approve-programme'].due, days: 1, askedAt: '2021-06-09T17:00:00Z' },
      '2021-06-10T23:00:00.000Z',
    ],
    // 21 June is a holiday in Santiago.
    [
      'a holiday of its country',
      { ...SANTIAGO, due: kinds['approve-programme'].due, askedAt: '2021-06-16T17:00:00Z' },
      '2021-06-24T22:00:00.000Z',
    ],
    // 02:00 UTC is still the day before in Lima.
    [
      'the day in its capital',
      { ...LIMA, due: kinds['confirm-date'].due, askedAt: '2021-06-10T02:00:00Z' },
      '2021-06-11T23:00:00.000Z',
    ],
    // Chile puts its clocks forward on 5 September 2021: 18:00 is 22:00 UTC before and 21:00 after.
    [
      'the clocks of Santiago',
      { ...SANTIAGO, due: kinds['confirm-date'].due, askedAt: '2021-09-02T15:00:00Z' },
      '2021-09-06T21:00:00.000Z',
    ],
    [
      'the clocks of Washington',
      { ...WASHINGTON, due: kinds['confirm-date'].due, askedAt: '2021-11-04T15:00:00Z' },
      '2021-11-08T23:00:00.000Z',
    ],
    // Three working days before Wednesday 14 July.
    [
      'before a session',
      {
        ...LIMA,
        due: kinds['send-documents'].due,
        askedAt: '2021-06-16T15:00:00Z',
        sessionStartsAt: '2021-07-14T15:00:00Z',
      },
      '2021-07-09T23:00:00.000Z',
    ],
    [
      'before a window',
      {
        ...LIMA,
        due: kinds['answer-question'].due,
        askedAt: '2021-07-15T15:00:00Z',
        windowFrom: '2021-08-16',
      },
      '2021-08-12T23:00:00.000Z',
    ],
    [
      'after a session',
      {
        ...WASHINGTON,
        due: kinds['record-session'].due,
        askedAt: '2021-07-14T17:30:00Z',
        sessionStartsAt: '2021-07-14T15:00:00Z',
        sessionEndsAt: '2021-07-14T17:30:00Z',
      },
      '2021-07-19T22:00:00.000Z',
    ],
    [
      'no session ahead: five days',
      { ...LIMA, due: kinds['answer-question'].due, askedAt: '2021-10-18T15:00:00Z' },
      '2021-10-25T23:00:00.000Z',
    ],
    // The rule's day has passed: the next working day, but not after the session begins.
    [
      'too late for the rule',
      {
        ...LIMA,
        due: kinds['send-documents'].due,
        askedAt: '2021-07-12T15:00:00Z',
        sessionStartsAt: '2021-07-14T15:00:00Z',
      },
      '2021-07-13T23:00:00.000Z',
    ],
    [
      'the day before the session',
      {
        ...LIMA,
        due: kinds['send-documents'].due,
        askedAt: '2021-07-13T15:00:00Z',
        sessionStartsAt: '2021-07-14T15:00:00Z',
      },
      '2021-07-14T15:00:00.000Z',
    ],
    [
      'long after the session',
      {
        ...WASHINGTON,
        due: kinds['record-session'].due,
        askedAt: '2024-05-06T15:00:00Z',
        sessionEndsAt: '2021-07-14T17:30:00Z',
      },
      '2024-05-07T22:00:00.000Z',
    ],
  ])('%s', (_, input, expected) => {
    expect(dueInstant(input)).toBe(expected);
  });

  const anyInstant = fc
    .date({ min: new Date('2021-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const capital = fc.constantFrom(LIMA, SANTIAGO, WASHINGTON);

  it('is after it was asked, and at 18:00 of a working day but for a session that begins first', () => {
    fc.assert(
      fc.property(
        capital,
        fc.constantFrom(...REQUEST_KINDS),
        anyInstant,
        fc.option(anyInstant, { nil: undefined }),
        (where, kind, askedAt, sessionStartsAt) => {
          const dueAt = dueInstant({
            ...where,
            due: kinds[kind].due,
            askedAt,
            sessionStartsAt,
            sessionEndsAt: sessionStartsAt,
          });
          expect(dueAt > askedAt).toBe(true);
          if (dueAt === sessionStartsAt) return;
          expect(isWorkingDay(dateIn(dueAt, where.timeZone), where.country)).toBe(true);
          const time = new Intl.DateTimeFormat('en-GB', { timeZone: where.timeZone, timeStyle: 'medium' });
          expect(time.format(new Date(dueAt))).toBe('18:00:00');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is never earlier for who was asked later, or given more days', () => {
    fc.assert(
      fc.property(capital, anyInstant, anyInstant, fc.integer({ min: 1, max: 40 }), (where, a, b, days) => {
        const [earlier, later] = [a, b].toSorted() as [string, string];
        const due = (askedAt: string, n: number) =>
          dueInstant({ ...where, due: kinds['draft-report'].due, days: n, askedAt });
        expect(due(earlier, days) <= due(later, days)).toBe(true);
        expect(due(earlier, days) < due(earlier, days + 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is never earlier for a later session', () => {
    fc.assert(
      fc.property(capital, anyInstant, anyInstant, anyInstant, (where, askedAt, a, b) => {
        const [earlier, later] = [a, b].toSorted() as [string, string];
        fc.pre(earlier > askedAt);
        const due = (sessionStartsAt: string) =>
          dueInstant({ ...where, due: kinds['send-documents'].due, askedAt, sessionStartsAt });
        expect(due(earlier) <= due(later)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('remindersFor', () => {
  it.each([
    [
      'two working days before, on the day, and two, five and ten after',
      { ...LIMA, openedAt: '2021-07-12T15:00:00Z', dueAt: '2021-07-19T23:00:00Z' },
      // 28 and 29 July are holidays in Lima.
      ['2021-07-15', '2021-07-19', '2021-07-21', '2021-07-26', '2021-08-04'],
    ],
    [
      'not within a day of the opening',
      { ...LIMA, openedAt: '2021-07-14T20:00:00Z', dueAt: '2021-07-16T23:00:00Z' },
      ['2021-07-16', '2021-07-20', '2021-07-23', '2021-08-03'],
    ],
    [
      'overdue when it is opened: counted from the opening',
      { ...LIMA, openedAt: '2021-08-02T15:00:00Z', dueAt: '2021-07-16T23:00:00Z' },
      ['2021-08-04', '2021-08-09', '2021-08-16'],
    ],
    [
      'due on a day that is none in this capital: the last working day before',
      { ...LIMA, openedAt: '2021-08-16T15:00:00Z', dueAt: '2021-08-30T22:00:00Z' },
      ['2021-08-26', '2021-08-27', '2021-09-01', '2021-09-06', '2021-09-13'],
    ],
    [
      'due early in the morning: none on the day itself, when it would be overdue',
      { ...LIMA, openedAt: '2021-07-05T15:00:00Z', dueAt: '2021-07-14T13:00:00Z' },
      ['2021-07-12', '2021-07-16', '2021-07-21', '2021-07-30'],
    ],
    [
      'extended: what is past is not sent',
      {
        ...LIMA,
        openedAt: '2021-07-05T15:00:00Z',
        dueAt: '2021-07-19T23:00:00Z',
        now: '2021-07-19T20:00:00Z',
      },
      ['2021-07-21', '2021-07-26', '2021-08-04'],
    ],
  ])('%s', (_, input, dates) => {
    expect(remindersFor(input)).toEqual(dates.map((date) => `${date}T14:00:00.000Z`));
  });

  it('is at 09:00 on both sides of a change of the clocks', () => {
    expect(
      remindersFor({ ...SANTIAGO, openedAt: '2021-08-23T15:00:00Z', dueAt: '2021-09-03T22:00:00.000Z' }),
    ).toEqual([
      '2021-09-01T13:00:00.000Z',
      '2021-09-03T13:00:00.000Z',
      '2021-09-07T12:00:00.000Z',
      '2021-09-10T12:00:00.000Z',
      '2021-09-20T12:00:00.000Z',
    ]);
  });

  it('is at most five, in order, at 09:00 of working days, never within 20 hours of the opening or at `now`', () => {
    const anyInstant = fc
      .date({ min: new Date('2021-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(
        fc.constantFrom(LIMA, SANTIAGO, WASHINGTON),
        anyInstant,
        fc.integer({ min: -30, max: 40 }),
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
        (where, openedAt, due, later) => {
          const daysOn = (days: number) => new Date(Date.parse(openedAt) + days * 86_400_000).toISOString();
          const now = later === undefined ? undefined : daysOn(later);
          const reminders = remindersFor({ ...where, openedAt, dueAt: daysOn(due), now });
          expect(reminders.length).toBeLessThanOrEqual(5);
          expect(reminders).toEqual([...new Set(reminders)].toSorted());
          const time = new Intl.DateTimeFormat('en-GB', { timeZone: where.timeZone, timeStyle: 'medium' });
          for (const reminder of reminders) {
            expect(Date.parse(reminder) - Date.parse(openedAt)).toBeGreaterThanOrEqual(20 * 3_600_000);
            if (now) expect(reminder > now).toBe(true);
            expect(time.format(new Date(reminder))).toBe('09:00:00');
            expect(isWorkingDay(dateIn(reminder, where.timeZone), where.country)).toBe(true);
          }
          // Whoever does not answer hears of it once more, ten working days after, whatever else is left out.
          if (!now) {
            const counted = dateIn(due > 0 ? daysOn(due) : openedAt, where.timeZone);
            expect(dateIn(reminders.at(-1) as string, where.timeZone)).toBe(
              addWorkingDays(counted, 10, where.country),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('remindersOf', () => {
  const PERU = { code: 'per-mtpe', ...LIMA };
  const CHILE = { code: 'chl-mtps', ...SANTIAGO };
  const told = (parties: (typeof PERU)[], openedAt: string, dueAt: string) =>
    remindersOf(parties, { openedAt, dueAt }).map(
      ({ at, level, parties: of }) => `${at.slice(0, 16)} ${level} ${of.join()}`,
    );

  it('is for those asked, then the focal point, then the Secretariat, in working days of the capital', () => {
    // 29 June is a holiday in Lima.
    expect(told([PERU], '2021-06-09T17:00:00Z', '2021-06-21T23:00:00Z')).toEqual([
      '2021-06-17T14:00 delegates per-mtpe',
      '2021-06-21T14:00 delegates per-mtpe',
      '2021-06-23T14:00 delegates per-mtpe',
      '2021-06-28T14:00 focal-point per-mtpe',
      '2021-07-06T14:00 secretariat per-mtpe',
    ]);
  });

  it('reminds each of two capitals on its own mornings, and the Secretariat once, about both', () => {
    // 21 and 28 June are holidays in Santiago.
    expect(told([PERU, CHILE], '2021-06-09T17:00:00Z', '2021-06-23T23:00:00Z')).toEqual([
      '2021-06-18T13:00 delegates chl-mtps',
      '2021-06-21T14:00 delegates per-mtpe',
      '2021-06-23T13:00 delegates chl-mtps',
      '2021-06-23T14:00 delegates per-mtpe',
      '2021-06-25T13:00 delegates chl-mtps',
      '2021-06-25T14:00 delegates per-mtpe',
      '2021-07-01T13:00 focal-point chl-mtps',
      '2021-07-01T14:00 focal-point per-mtpe',
      '2021-07-08T14:00 secretariat per-mtpe,chl-mtps',
    ]);
  });

  it('counts from the opening for what was overdue when it was asked', () => {
    expect(told([CHILE], '2021-07-01T17:00:00Z', '2021-06-18T22:00:00Z')).toEqual([
      '2021-07-05T13:00 delegates chl-mtps',
      '2021-07-08T13:00 focal-point chl-mtps',
      '2021-07-15T13:00 secretariat chl-mtps',
    ]);
  });

  it('chases nobody before a whole working day has passed', () => {
    // Asked on a Friday afternoon, due on Wednesday: not on Monday at nine.
    expect(told([CHILE], '2021-07-02T17:00:00Z', '2021-07-07T22:00:00Z')[0]).toBe(
      '2021-07-07T13:00 delegates chl-mtps',
    );
  });

  it('ends with the Secretariat, once, whatever the dates, and at the stated number of mails', () => {
    const day = fc
      .integer({ min: 0, max: 400 })
      .map((n) => new Date(Date.UTC(2021, 0, 1 + n, 15)).toISOString());
    const parties = fc.constantFrom([PERU], [CHILE], [PERU, CHILE]);
    fc.assert(
      fc.property(parties, day, fc.integer({ min: -20, max: 60 }), (parties, openedAt, days) => {
        const dueAt = new Date(Date.parse(openedAt) + days * 86_400_000).toISOString();
        const all = remindersOf(parties, { openedAt, dueAt });
        expect(all.filter(({ level }) => level === 'secretariat')).toEqual([all.at(-1)]);
        for (const { code } of parties) {
          const own = all.filter((one) => one.parties.includes(code)).map(({ level }) => level);
          expect(own.filter((level) => level === 'focal-point')).toHaveLength(1);
          expect(own.filter((level) => level === 'delegates').length).toBeLessThanOrEqual(3);
          expect(own).toEqual([...own].sort());
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what was held up', () => {
  it.each([
    ['on a working morning at once', 'morning', '2021-07-14T15:30:00.000Z', '2021-07-14T15:30:00.000Z'],
    ['before eight at nine', 'morning', '2021-07-14T11:00:00.000Z', '2021-07-14T13:00:00.000Z'],
    [
      'in the afternoon on the next morning',
      'morning',
      '2021-07-14T19:00:00.000Z',
      '2021-07-15T13:00:00.000Z',
    ],
    ['on Saturday on Monday', 'morning', '2021-07-17T15:00:00.000Z', '2021-07-19T13:00:00.000Z'],
    // The 16th is a holiday in Santiago.
    [
      'in the evening before a holiday after it',
      'morning',
      '2021-07-15T23:00:00.000Z',
      '2021-07-19T13:00:00.000Z',
    ],
    ['by day, in the afternoon too', 'day', '2021-07-14T19:00:00.000Z', '2021-07-14T19:00:00.000Z'],
    ['by day, and not after six', 'day', '2021-07-14T22:00:00.000Z', '2021-07-15T13:00:00.000Z'],
  ] as const)('goes out %s', (_, part, at, goesOut) => {
    expect(nextWorking(part, at, SANTIAGO)).toBe(goesOut);
  });
});
