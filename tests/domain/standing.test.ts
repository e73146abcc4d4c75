import { describe, expect, it } from 'vitest';
import { caseState, type MeetingTimes, nextEvent, type SessionTimes } from '../../src/domain/standing.ts';

const BEFORE = '2021-07-19T12:00:00.000Z';
const NOW = '2021-07-20T12:00:00.000Z';
const SOON = '2021-07-30T12:00:00.000Z';

const RUNNING = { closedAt: null, cancelledAt: null, pausedAt: null, followedUpAt: null };

describe('how a cooperation stands', () => {
  it.each([
    ['running', {}],
    ['paused', { pausedAt: BEFORE }],
    ['cancelled', { cancelledAt: BEFORE, closedAt: BEFORE }],
    ['followedUp', { closedAt: BEFORE }],
    ['closed', { closedAt: BEFORE, followedUpAt: BEFORE }],
    ['closed', { closedAt: BEFORE, followedUpAt: NOW }],
  ])('%s', (state, times) => {
    expect(caseState({ ...RUNNING, ...times })).toBe(state);
  });
});

describe('what comes next', () => {
  const HELD: MeetingTimes = {
    ...{ startsAt: BEFORE, endsAt: BEFORE, recordedAt: BEFORE, notHeldAt: null, cancelledAt: null },
  };
  const AHEAD: MeetingTimes = { ...HELD, startsAt: SOON, endsAt: SOON, recordedAt: null };
  const session = (number: number, more: Partial<SessionTimes>) => ({
    ...{ number, startsAt: null, endsAt: null, window: null, recordedAt: null, cancelledAt: null },
    ...more,
  });
  const first = session(1, { window: { from: '2021-08-10', to: '2021-08-20' } });
  const second = session(2, { startsAt: BEFORE, endsAt: SOON });
  const next = (sessions: ReturnType<typeof session>[], { meeting = HELD, ...more } = {}) => {
    const found = nextEvent({ ...RUNNING, meeting, sessions, ...more }, NOW);
    return found && ('meeting' in found ? 'meeting' : found.session.number);
  };

  it('is the meeting while that is ahead, whatever the dates of the sessions', () => {
    expect(next([first, second], { meeting: AHEAD })).toBe('meeting');
    for (const not of ['recordedAt', 'notHeldAt', 'cancelledAt'])
      expect(next([first, second], { meeting: { ...AHEAD, [not]: BEFORE } }), not).toBe(2);
    expect(next([first, second], { meeting: { ...AHEAD, endsAt: BEFORE } })).toBe(2);
  });

  it('is the next session by the clock, and none that is over, held or cancelled', () => {
    expect(next([first, second])).toBe(2);
    expect(next([first, { ...second, cancelledAt: NOW }])).toBe(1);
    expect(next([first, { ...second, recordedAt: NOW }])).toBe(1);
    expect(next([session(3, {}), first])).toBe(1);
    expect(next([session(3, { startsAt: BEFORE, endsAt: BEFORE })])).toBeUndefined();
  });

  it('is nothing once it has ended, and in a pause what has a date, which stands', () => {
    for (const ended of ['closedAt', 'cancelledAt'])
      expect(next([first, second], { [ended]: NOW }), ended).toBeUndefined();
    expect(next([first, second], { pausedAt: NOW } as object)).toBe(2);
    expect(next([first], { pausedAt: NOW } as object)).toBeUndefined();
  });
});
