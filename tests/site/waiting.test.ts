import { expect, it } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { waitingOn, yourTurn } from '../../src/site/parts/waiting.ts';

const NOW = '2031-08-10T15:00:00.000Z';
const clock = { language: 'es' as const, timeZone: 'America/Lima', others: [], now: NOW };
/** What a cooperation's page says of who is waited on, where nothing was asked yet. */
const said = ({ endsAt, cancelledAt = null, pausedAt = null }: Record<string, string | null>): string => {
  const times = { cancelledAt: null, closedAt: null, pausedAt };
  const view = { ...times, requests: [], meeting: { endsAt, cancelledAt } } as unknown as CaseView;
  return `${yourTurn([], view, clock)} ${waitingOn([], { view, capacity: 'staff' }, clock)}`;
};

it('says of a cooperation that was started after its meeting that what is asked first is being prepared', () => {
  const past = said({ endsAt: '2031-08-10T14:59:00.000Z' });
  expect(past).toContain('La primera solicitud se está preparando');
  expect(past).not.toMatch(/no se requiere ninguna respuesta|No se espera la respuesta/);
});

it.each([
  ['whose meeting is ahead', { endsAt: '2031-08-10T16:00:00.000Z' }],
  ['that is paused', { endsAt: '2031-08-10T14:00:00.000Z', pausedAt: NOW }],
  ['whose meeting is called off', { endsAt: '2031-08-10T14:00:00.000Z', cancelledAt: NOW }],
])('says of one %s that nobody is asked', (_, times) => {
  expect(said(times)).toMatch(/no se requiere ninguna respuesta.+No se espera la respuesta de nadie/s);
  expect(said(times)).not.toContain('se está preparando');
});
