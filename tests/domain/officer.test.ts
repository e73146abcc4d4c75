import { describe, expect, it } from 'vitest';
import { officerToTurnTo } from '../../src/domain/people/officer.ts';

const officers = ['oas-1', 'oas-2', 'oas-3'].map((id) => ({ id, timeZone: 'America/New_York' }));
const away = (person: string, standIn: string, from = '2021-07-05', to = '2021-07-09') => ({
  ...{ person, standIn, from, to },
});
const turnedTo = (absences: ReturnType<typeof away>[], now = '2021-07-05T15:00:00Z') => {
  const found = officerToTurnTo(officers, absences, now);
  return found && [found.officer.id, found.absent?.of.id, found.absent?.until].filter(Boolean).join(' ');
};

describe('the officer to turn to', () => {
  it('is the first, and while that one is away the one who was named', () => {
    expect(turnedTo([])).toBe('oas-1');
    expect(turnedTo([away('oas-1', 'oas-3')])).toBe('oas-3 oas-1 2021-07-09');
    expect(turnedTo([away('oas-2', 'oas-3')])).toBe('oas-1');
  });

  it('is so for the days of the absence on their own clock, and then the first again', () => {
    const absences = [away('oas-1', 'oas-2')];
    expect(turnedTo(absences, '2021-07-05T03:59:00Z')).toBe('oas-1');
    expect(turnedTo(absences, '2021-07-05T04:00:00Z')).toBe('oas-2 oas-1 2021-07-09');
    expect(turnedTo(absences, '2021-07-10T03:59:00Z')).toBe('oas-2 oas-1 2021-07-09');
    expect(turnedTo(absences, '2021-07-10T04:00:00Z')).toBe('oas-1');
  });

  it('is who stands in for a stand-in who is away too, and else whoever is there', () => {
    expect(turnedTo([away('oas-1', 'oas-2'), away('oas-2', 'oas-3')])).toBe('oas-3 oas-1 2021-07-09');
    expect(turnedTo([away('oas-1', 'oas-2'), away('oas-2', 'oas-1')])).toBe('oas-3 oas-1 2021-07-09');
    expect(turnedTo([away('oas-1', 'oas-9')])).toBe('oas-2 oas-1 2021-07-09');
    expect(turnedTo(officers.map(({ id }) => away(id, 'oas-1')))).toBeUndefined();
    expect(officerToTurnTo([], [], '2021-07-05T15:00:00Z')).toBeUndefined();
  });
});
