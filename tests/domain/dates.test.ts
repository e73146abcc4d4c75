import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, dateIn, hoursAfter, instantOf, isWorkingDay } from '../../src/domain/dates/dates.ts';

const COUNTRIES = ['PE', 'CL', 'US', 'BB', 'JM', 'TT', 'BR', 'PY', 'CA', 'MX'] as const;
const anyDate = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyCountry = fc.constantFrom(...COUNTRIES);

describe('holidays', () => {
  it.each([
    ['PE', '2021-08-30', 'Santa Rosa de Lima'],
    ['PE', '2021-10-08', 'Combate de Angamos'],
    ['PE', '2021-07-28', 'Fiestas Patrias'],
    ['PE', '2024-08-06', 'Batalla de Junín'],
    ['CL', '2021-09-17', 'Fiestas Patrias'],
    ['CL', '2021-09-18', 'Independencia Nacional'],
    ['CL', '2021-10-11', 'Encuentro de Dos Mundos, moved to a Monday'],
    ['CL', '2023-01-02', 'the Monday after a New Year on a Sunday'],
    ['US', '2021-07-05', 'Independence Day, kept on a Monday'],
    ['US', '2021-10-11', 'Columbus Day'],
    ['BB', '2023-01-02', 'New Year, kept on a Monday'],
    ['BB', '2021-08-03', 'Emancipation Day, kept after Kadooment Day'],
    ['TT', '2024-04-01', 'Easter Monday'],
    ['CA', '2024-05-20', 'Victoria Day'],
    ['CA', '2024-10-14', 'Thanksgiving'],
    ['CA', '2022-12-27', 'Christmas Day, kept on a Tuesday'],
    ['CA', '2023-11-13', 'Remembrance Day, kept on a Monday'],
    ['BR', '2024-11-20', 'Consciência Negra'],
  ])('%s %s: %s', (country, date) => {
    expect(isWorkingDay(date, country)).toBe(false);
  });

  it.each([
    ['PE', '2021-10-11', 'Columbus Day is no holiday in Perú'],
    ['CL', '2021-08-30', 'Santa Rosa de Lima is none in Chile'],
    ['CL', '2021-10-08', 'Angamos is none in Chile'],
    ['PE', '2021-08-06', 'Junín was none before 2022'],
    ['CA', '2020-09-30', 'Truth and Reconciliation was none before 2021'],
    ['BB', '2024-01-02', 'New Year was on a Monday'],
  ])('%s %s: %s', (country, date) => {
    expect(isWorkingDay(date, country)).toBe(true);
  });

  it('a country that is not known has weekends alone', () => {
    expect(isWorkingDay('2021-12-24', 'QQ')).toBe(true);
    expect(isWorkingDay('2021-12-25', 'QQ')).toBe(false);
  });

  it('a date that does not exist is refused', () => {
    expect(() => isWorkingDay('2021-06-31', 'PE')).toThrow(RangeError);
    expect(() => addWorkingDays('2021-02-30', 1, 'PE')).toThrow(RangeError);
  });
});

describe('addWorkingDays', () => {
  it.each([
    // Friday 27 August, Monday 30 is a holiday in Lima.
    ['2021-08-27', 1, 'PE', '2021-08-31'],
    ['2021-08-27', 1, 'CL', '2021-08-30'],
    ['2021-08-31', -1, 'PE', '2021-08-27'],
    ['2021-08-31', -2, 'PE', '2021-08-26'],
    // Thursday 16 September, then Friday 17 and the weekend of the Fiestas Patrias.
    ['2021-09-16', 1, 'CL', '2021-09-20'],
    ['2021-08-28', 1, 'CL', '2021-08-30'],
    ['2021-08-29', -1, 'CL', '2021-08-27'],
    ['2021-08-28', 0, 'CL', '2021-08-28'],
    ['2021-12-23', 5, 'US', '2022-01-03'],
  ])('%s %i in %s is %s', (date, n, country, expected) => {
    expect(addWorkingDays(date, n, country)).toBe(expected);
  });

  it('ends on a working day, with as many working days on the way', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 40 }),
        anyCountry,
        fc.boolean(),
        (date, n, country, back) => {
          const end = addWorkingDays(date, back ? -n : n, country);
          expect(isWorkingDay(end, country)).toBe(true);
          let counted = 0;
          const step = back ? -86_400_000 : 86_400_000;
          for (let at = Date.parse(date) + step; ; at += step) {
            const day = new Date(at).toISOString().slice(0, 10);
            if (isWorkingDay(day, country)) counted++;
            if (day === end) break;
            expect(back ? day > end : day < end).toBe(true);
          }
          expect(counted).toBe(n);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('goes back where it came from', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 30 }), anyCountry, (date, n, country) => {
        fc.pre(isWorkingDay(date, country));
        expect(addWorkingDays(addWorkingDays(date, n, country), -n, country)).toBe(date);
      }),
      { numRuns: 200 },
    );
  });
});

describe('instants and clocks', () => {
  it.each([
    ['2021-07-14', '10:00', 'America/Lima', '2021-07-14T15:00:00.000Z'],
    ['2021-09-03', '18:00', 'America/Santiago', '2021-09-03T22:00:00.000Z'],
    // Chile put its clocks forward at midnight of 5 September 2021.
    ['2021-09-06', '18:00', 'America/Santiago', '2021-09-06T21:00:00.000Z'],
    ['2021-03-12', '09:00', 'America/New_York', '2021-03-12T14:00:00.000Z'],
    ['2021-03-15', '09:00', 'America/New_York', '2021-03-15T13:00:00.000Z'],
    ['2021-11-05', '09:00', 'America/New_York', '2021-11-05T13:00:00.000Z'],
    ['2021-11-08', '09:00', 'America/New_York', '2021-11-08T14:00:00.000Z'],
    // The day that begins at 01:00.
    ['2021-09-05', '00:00', 'America/Santiago', '2021-09-05T04:00:00.000Z'],
  ])('%s %s in %s is %s', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone)).toBe(instant);
    expect(dateIn(instant, zone)).toBe(date);
  });

  it('an hour is sixty minutes, also when the clocks change', () => {
    expect(hoursAfter('2021-07-14T15:00:00Z', 2.5)).toBe('2021-07-14T17:30:00.000Z');
    expect(hoursAfter(instantOf('2021-03-14', '01:00', 'America/New_York'), 2)).toBe(
      '2021-03-14T08:00:00.000Z',
    );
  });
});

describe('an institution that is closed', () => {
  const lima = { country: 'PE', closedDays: [{ from: '2021-12-23', to: '2021-12-31' }] };

  it('works on none of those days, and counts as its country on all others', () => {
    expect(isWorkingDay('2021-12-22', lima)).toBe(true);
    expect(isWorkingDay('2021-12-23', lima)).toBe(false);
    expect(isWorkingDay('2021-12-31', lima)).toBe(false);
    expect(addWorkingDays('2021-12-22', 1, lima)).toBe('2022-01-03');
    expect(addWorkingDays('2021-12-22', 1, 'PE')).toBe('2021-12-23');
  });
});
