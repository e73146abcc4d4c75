import { expect, test } from 'vitest';
import { sent, told } from './letters.ts';
import { played } from './stage.ts';

/** A cooperation that is entered when its sessions have passed. */

test('the Secretariat is asked about all in one mail, and nobody is asked about or invited to what has passed', async () => {
  const run = await played('entered-late.yaml');
  expect(run.refusals).toEqual([]);
  const asked = told(run, { from: '2021-11-10', until: '2021-11-11', to: 'oas', request: 'session' });
  expect(asked).toEqual(['2021-11-10 10:00 Washington request session-1/settle-session.1 → oas (2)']);
  for (const { subject, text } of sent(run, { request: 'session-1/settle-session.1' })) {
    expect(subject).toContain('y de otras 2 sesiones');
    for (const n of [2, 3]) expect(text).toContain(`Confirmar la fecha de la ${n}.ª sesión`);
  }
  // By that one mail they are answered, each when that is known.
  const answered = run.view.requests.filter(({ windowRanOut }) => windowRanOut === 'entered');
  expect(answered.map(({ id, closedAt }) => [id, closedAt !== null])).toEqual([
    ['session-1/settle-session.1', true],
    ['session-2/confirm-date.1', true],
    ['session-3/confirm-date.1', false],
  ]);
  // A day alone is that day at ten, on the Secretariat's clock.
  expect(run.view.sessions[1]?.startsAt).toBe('2021-11-30T15:00:00.000Z');
  // What was not sent: a poll of past days, an invitation to them, and that their window ran out.
  expect(run.view.requests.filter(({ kind }) => kind === 'choose-date')).toEqual([]);
  expect(told(run, { notice: 'window-ran-out' })).toEqual([]);
  const invited = sent(run, { notice: 'invitation' }).map(({ subject }) => subject);
  expect(invited.length).toBeGreaterThan(0);
  for (const subject of invited) expect(subject).toMatch(/2\.ª sesión .* de noviembre/);
});
