import { DAY_MS } from '../domain/dates/durations.ts';

/** What was sent once more, by a second click or after a lost answer, comes within this time. */
const WITHIN_MS = DAY_MS;

/** Whether what is sent now may be what was entered before, sent once more. Instants are ISO 8601 in UTC. */
export const mayBeRepeated = (enteredAt: string, now: string): boolean =>
  Date.parse(now) - Date.parse(enteredAt) < WITHIN_MS;
