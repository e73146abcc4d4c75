import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, isWorkingDay } from '../../src/domain/dates/dates.ts';
import { proposeSlots, windowInstants } from '../../src/domain/dates/slots.ts';

const LIMA = { country: 'PE', timeZone: 'America/Lima' };
const SANTIAGO = { country: 'CL', timeZone: 'America/Santiago' };
const WASHINGTON = { country: 'US', timeZone: 'America/New_York' };
const BRIDGETOWN = { country: 'BB', timeZone: 'America/Barbados' };
const VANCOUVER = { country: 'CA', timeZone: 'America/Vancouver' };
const BRASILIA = { country: 'BR', timeZone: 'America/Sao_Paulo' };
const HONOLULU = { country: 'US', timeZone: 'Pacific/Honolulu' };
const MADRID = { country: 'ES', timeZone: 'Europe/Madrid' };
const THREE = [LIMA, SANTIAGO, WASHINGTON];

const clocks = new Map<string, Intl.DateTimeFormat>();
function clock(instant: string, timeZone: string): string {
  const format =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  clocks.set(timeZone, format);
  return format.format(new Date(instant));
}

describe("the original programme's windows", () => {
  it('second half of August: not on 30 August, a holiday in Lima', () => {
    const { slots, hours } = proposeSlots({
      window: { from: '2021-08-16', to: '2021-08-31' },
      hours: 2.5,
      institutions: THREE,
    });
    expect(hours).toBe('office-hours');
    expect(slots.map(({ id }) => id)).toEqual([
      '2021-08-16-1000',
      '2021-08-18-1430',
      '2021-08-20-1000',
      '2021-08-24-1430',
      '2021-08-26-1000',
      '2021-08-31-1430',
    ]);
    expect(slots[0]).toEqual({
      id: '2021-08-16-1000',
      startsAt: '2021-08-16T15:00:00.000Z',
      endsAt: '2021-08-16T17:30:00.000Z',
    });
  });

  it('first half of October: neither on 8 (Lima) nor on 11 (Santiago, Washington), whatever is asked for', () => {
    const { slots } = proposeSlots({
      window: { from: '2021-10-01', to: '2021-10-15' },
      hours: 2.5,
      institutions: THREE,
      count: 500,
    });
    expect([...new Set(slots.map(({ id }) => id.slice(0, 10)))]).toEqual([
      '2021-10-01',
      '2021-10-04',
      '2021-10-05',
      '2021-10-06',
      '2021-10-07',
      '2021-10-12',
      '2021-10-13',
      '2021-10-14',
      '2021-10-15',
    ]);
  });

  it("30 August stays out when it is asked for, and so does the secretariat's own holiday", () => {
    const asked = { hours: 2, institutions: THREE };
    expect(proposeSlots({ ...asked, window: { from: '2021-08-30', to: '2021-08-30' } })).toEqual({
      slots: [],
      hours: 'office-hours',
    });
    // Labor Day in Washington alone.
    expect(proposeSlots({ ...asked, window: { from: '2021-09-06', to: '2021-09-06' } }).slots).toEqual([]);
    expect(
      proposeSlots({
        hours: 2,
        institutions: [LIMA, SANTIAGO],
        window: { from: '2021-09-06', to: '2021-09-06' },
      }).slots,
    ).not.toEqual([]);
  });
});

describe('what is asked for', () => {
  const window = { from: '2021-08-16', to: '2021-08-27' };

  it('is not before an instant', () => {
    const notBefore = '2021-08-24T18:00:00.000Z';
    const { slots } = proposeSlots({ window, hours: 2.5, institutions: THREE, notBefore });
    expect(slots).toHaveLength(6);
    expect(slots.filter(({ startsAt }) => startsAt < notBefore)).toEqual([]);
  });

  it('is nothing where the window has passed', () => {
    const notBefore = '2021-09-01T00:00:00.000Z';
    expect(proposeSlots({ window, hours: 2.5, institutions: THREE, notBefore })).toEqual({
      slots: [],
      hours: 'office-hours',
    });
  });

  it('is none of those proposed before, until there are no more', () => {
    const window = { from: '2021-08-16', to: '2021-08-17' };
    const proposed: string[] = [];
    for (let round = 1; ; round++) {
      const { slots } = proposeSlots({ window, hours: 2.5, institutions: THREE, except: proposed });
      if (slots.length === 0) break;
      for (const { startsAt } of slots) expect(proposed).not.toContain(startsAt);
      proposed.push(...slots.map(({ startsAt }) => startsAt));
      expect(round).toBeLessThan(10);
    }
    const all = proposeSlots({ window, hours: 2.5, institutions: THREE, count: 500 }).slots;
    expect(proposed.sort()).toEqual(all.map(({ startsAt }) => startsAt).sort());
  });

  it('is on the days that are left', () => {
    const days = ['2021-08-19', '2021-08-21', '2021-08-25', '2021-09-15'];
    const { slots } = proposeSlots({ window, hours: 2.5, institutions: THREE, days });
    expect([...new Set(slots.map(({ id }) => id.slice(0, 10)))]).toEqual(['2021-08-19', '2021-08-25']);
    expect(slots).toHaveLength(6);
  });

  it('is of a day that is the only one: morning, afternoon, and whole hours between', () => {
    const { slots } = proposeSlots({
      window: { from: '2021-08-17', to: '2021-08-17' },
      hours: 2.5,
      institutions: THREE,
    });
    expect(slots.map(({ id }) => id.slice(11))).toEqual(['0900', '1000', '1100', '1200', '1300', '1430']);
  });

  it('is named on the clock of the first institution', () => {
    const { slots } = proposeSlots({
      window: { from: '2021-08-17', to: '2021-08-17' },
      hours: 2.5,
      institutions: [SANTIAGO, LIMA],
      count: 1,
    });
    expect(slots).toEqual([
      { id: '2021-08-17-1100', startsAt: '2021-08-17T15:00:00.000Z', endsAt: '2021-08-17T17:30:00.000Z' },
    ]);
  });

  it('is nothing in a window that ends before it begins', () => {
    expect(
      proposeSlots({ window: { from: '2021-08-17', to: '2021-08-16' }, hours: 2, institutions: THREE }).slots,
    ).toEqual([]);
  });
});

describe('capitals far apart', () => {
  const window = { from: '2024-03-18', to: '2024-03-22' };

  it('share office hours for two hours and a half between Barbados and Vancouver', () => {
    const { slots, hours } = proposeSlots({ window, hours: 2.5, institutions: [BRIDGETOWN, VANCOUVER] });
    expect(hours).toBe('office-hours');
    expect(slots).toHaveLength(6);
  });

  it('are given wider hours where office hours are too few', () => {
    // In July Madrid is seven hours ahead of Lima: two hours of the office days are common.
    const { slots, hours } = proposeSlots({
      window: { from: '2024-07-08', to: '2024-07-12' },
      hours: 2.5,
      institutions: [MADRID, LIMA],
    });
    expect(hours).toBe('wide-hours');
    expect(slots.length).toBeGreaterThan(0);
    for (const { startsAt, endsAt } of slots) {
      expect(clock(startsAt, 'America/Lima') >= '08:00').toBe(true);
      expect(clock(endsAt, 'Europe/Madrid') <= '20:00').toBe(true);
    }
  });

  it('are told when not even those are enough', () => {
    expect(proposeSlots({ window, hours: 2.5, institutions: [MADRID, HONOLULU] })).toEqual({
      slots: [],
      hours: 'no-shared-hours',
    });
  });
});

describe('every slot', () => {
  const capitals = fc.uniqueArray(fc.constantFrom(LIMA, SANTIAGO, WASHINGTON, BRIDGETOWN, BRASILIA), {
    minLength: 1,
    maxLength: 4,
  });
  // Over the clock changes of Washington (March, November) and Santiago (April, September).
  const days = fc.constantFrom(
    ...[
      '2021-03-08',
      '2021-03-29',
      '2021-08-30',
      '2021-10-04',
      '2021-11-01',
      '2022-04-01',
      '2022-09-05',
      '2023-12-18',
    ],
  );
  const asked = fc.record({
    institutions: capitals,
    from: days,
    length: fc.integer({ min: 0, max: 20 }),
    hours: fc.constantFrom(0.5, 1, 1.5, 2, 2.5),
    count: fc.integer({ min: 1, max: 30 }),
  });

  it('is inside office hours, on a working day, in every capital; once, in order, as long as asked', () => {
    fc.assert(
      fc.property(asked, ({ institutions, from, length, hours, count }) => {
        const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
        const proposed = proposeSlots({ window: { from, to }, hours, institutions, count });
        const { slots } = proposed;
        expect(proposed.hours).toBe('office-hours');
        expect(slots.length).toBeLessThanOrEqual(count);
        expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
        expect(slots.map(({ startsAt }) => startsAt)).toEqual(
          slots.map(({ startsAt }) => startsAt).toSorted(),
        );
        for (const { id, startsAt, endsAt } of slots) {
          expect(id).toMatch(/^\d{4}-\d\d-\d\d-\d\d[03]0$/);
          expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(hours * 3_600_000);
          for (const { timeZone, country } of institutions) {
            expect(clock(startsAt, timeZone) >= '09:00').toBe(true);
            expect(clock(endsAt, timeZone) <= '18:00').toBe(true);
            const day = dateIn(startsAt, timeZone);
            expect(isWorkingDay(day, country)).toBe(true);
            expect(day >= from && day <= to).toBe(true);
          }
        }
        // The same question has the same answer.
        expect(proposeSlots({ window: { from, to }, hours, institutions, count })).toEqual(proposed);
      }),
      { numRuns: 100 },
    );
  });

  it('is on a day of its own while there are days enough', () => {
    fc.assert(
      fc.property(asked, ({ institutions, from, length, hours, count }) => {
        const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
        const propose = (many: number) =>
          proposeSlots({ window: { from, to }, hours, institutions, count: many }).slots;
        const available = new Set(propose(10_000).map(({ id }) => id.slice(0, 10))).size;
        const used = new Set(propose(count).map(({ id }) => id.slice(0, 10))).size;
        expect(used).toBe(Math.min(available, count));
      }),
      { numRuns: 50 },
    );
  });
});

describe('windowInstants', () => {
  it('is from the first beginning to the last end in any of the capitals', () => {
    expect(
      windowInstants(
        { from: '2021-08-16', to: '2021-08-31' },
        THREE.map(({ timeZone }) => timeZone),
      ),
    ).toEqual({ from: '2021-08-16T04:00:00.000Z', to: '2021-09-01T04:59:59.000Z' });
  });
});
