import { expect, test } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { standsBefore } from '../../src/words/changes.ts';

/** The preview of a change of dates shows what stands beside what it comes to. */

const own = { timeZone: 'UTC', hours: 2, link: 'https://call.example/1', place: null };
const view = {
  meeting: { ...own, startsAt: '2026-12-01T15:00:00.000Z' },
  sessions: [
    { ...own, number: 1, startsAt: '2026-12-10T15:00:00.000Z', window: null },
    { ...own, number: 2, startsAt: null, window: { from: '2026-12-14', to: '2026-12-18' } },
  ],
  requests: [{ id: 'documents/send-documents.1', dueAt: '2026-12-03T20:00:00.000Z' }],
  programme: { institutions: [{ id: 'oas', role: 'secretariat', timezone: 'UTC' }] },
} as unknown as CaseView;
const reader = { language: 'es', now: new Date('2026-11-29T12:00:00.000Z') } as const;
const before = (change: Parameters<typeof standsBefore>[0]) => standsBefore(change, view, reader);
const startsAt = '2026-12-20T15:00:00.000Z';

test('what a change of dates alters is said as it stands, and nothing that it leaves', () => {
  expect(before({ change: 'reschedule', session: 1, startsAt })).toMatch(/10 dic/);
  expect(before({ change: 'reschedule', session: 1, startsAt })).not.toContain('call.example');
  expect(before({ change: 'reschedule', session: 1, hours: 3 })).toMatch(/^2\s/);
  expect(before({ change: 'reschedule', session: 2, startsAt })).toMatch(/14.*18 dic/);
  expect(before({ change: 'reschedule-meeting', startsAt })).toMatch(/1 dic/);
  expect(before({ change: 'extend', request: 'documents/send-documents.1', due: '2026-12-09' })).toMatch(
    /3 dic/,
  );
  expect(before({ change: 'pause' })).toBe('');
});
