import { expect, test } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { followsAnswer } from '../../src/site/parts/following.ts';

/** What the page says follows from an answer that was just given. */

const clock = { language: 'es', timeZone: 'UTC', others: [], now: '2026-11-29T12:00:00.000Z' } as const;
const session = (number: number, startsAt: string) => ({
  ...{ number, startsAt, endsAt: startsAt, hours: 1, timeZone: 'UTC' },
  ...{ recordedAt: null, cancelledAt: null, windowFrom: null, windowTo: null },
});
const view = {
  ...{ id: '1-per-chl', closedAt: null, requests: [], steps: [{ step: 'coordination', state: 'done' }] },
  programme: { id: '1-per-chl', call: { number: 1, year: 2026 }, institutions: [] },
  sessions: [session(1, '2026-11-20T15:00:00.000Z'), session(2, '2026-12-20T15:00:00.000Z')],
} as unknown as CaseView;
const after = (kind: 'settle-session' | 'choose-date', item: number) =>
  String(followsAnswer({ view, clock }, { closedAt: clock.now, kind, item }));

test('a session that was held on its date is recorded next, before another one', () => {
  expect(after('settle-session', 1)).toMatch(/Enseguida se pedirá.*Registrar la 1\.ª sesión.*2\.ª sesión/s);
  expect(after('settle-session', 2)).not.toContain('Enseguida');
  expect(after('choose-date', 1)).not.toContain('Enseguida');
});
