import type { Clock } from '../words/dates/dates.ts';
import type { PageContext } from './context.ts';
import { SECRETARIAT_ZONE } from './viewer.ts';

/** How instants are said on a page that is of no cooperation yet, or of many. */
export const clockOf = (c: PageContext, now: string, others: readonly string[] = []): Clock => ({
  ...{ language: c.get('language'), others, now },
  timeZone: c.get('viewer')?.timeZone ?? SECRETARIAT_ZONE,
});
