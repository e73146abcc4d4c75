import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { rehearsalsApart } from '../../src/rehearsal/apart.ts';

/** What a server does with the processes of its rehearsals, whatever they do. A real one is in `run/apart.walk.ts`. */

const PROGRAMME = 'participants: [{ name: Ana Pérez, email: ana@ministerio.example }]';
const dir = mkdtempSync(path.join(tmpdir(), 'rial-apart-'));
afterAll(() => rmSync(dir, { recursive: true }));

const SAY = `
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
const say = (said) => writeSync(3, JSON.stringify(said) + '\\n');
const given = await new Promise((resolve) => createInterface({ input: process.stdin }).once('line', resolve));
`;
let count = 0;
/** Rehearsals by a process that does so, and what is logged of them. */
function apart(does: string, options: { limitMs?: number; mostWaiting?: number } = {}) {
  const script = path.join(dir, `child-${count++}.mjs`);
  writeFileSync(script, SAY + does);
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => logged.push(line) });
  return { ...rehearsalsApart({ log, script, ...options }), logged };
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
/** Does not end when it is asked to, and neither does what it has started, whose process it tells. */
const HANGS = `
process.on('SIGTERM', () => {});
const other = spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { stdio: 'ignore' });
say({ at: String(other.pid), share: 0 });
setInterval(() => {}, 1000);
`;

test('gives the programme, hears where it is, and gives what it came to', async () => {
  const { rehearse, logged } = apart(
    `say({ at: '2021-08-01T00:00:00.000Z', share: 0.5 });
     say({ played: { of: JSON.parse(given), with: process.argv.length } });
     process.exit();`,
  );
  const reached: [string, number][] = [];
  const outcome = await rehearse(PROGRAMME, (...where) => reached.push(where), 'late');
  // Nothing of the programme is in the process's arguments, which others on the computer see.
  expect(outcome).toEqual({ played: { of: { programme: PROGRAMME, course: 'late' }, with: 2 } });
  expect(reached).toEqual([['2021-08-01T00:00:00.000Z', 0.5]]);
  expect(logged).toEqual([]);
});

test.each([
  ['a reason', `say({ failed: 'stuck', error: 'RehearsalStuck' }); process.exit();`, 'stuck'],
  ['half a line', `writeSync(3, '{"played":{"reh'); process.exit(7);`, 'failed'],
  ['nothing', `process.kill(process.pid, 'SIGKILL');`, 'failed'],
])('a process that ends with %s has failed, which is logged without names', async (_, does, failed) => {
  const { rehearse, logged } = apart(does);
  expect(await rehearse(PROGRAMME)).toEqual({ failed });
  expect(logged.length).toBe(1);
  expect(logged.join()).not.toMatch(/Ana|ministerio/);
});

test('one that takes too long is ended with all that it has started', async () => {
  const { rehearse } = apart(HANGS, { limitMs: 1_500 });
  let other = 0;
  const outcome = await rehearse(PROGRAMME, (at) => {
    other = Number(at);
  });
  expect(outcome).toEqual({ failed: 'too-long' });
  expect(other).toBeGreaterThan(0);
  await expect.poll(() => runs(other)).toBe(false);
});

test('a server that stops ends what is under way, and begins none of those that wait', async () => {
  const { rehearse, stop, logged } = apart(HANGS);
  let other = 0;
  const first = rehearse(PROGRAMME, (at) => {
    other = Number(at);
  });
  const second = rehearse(PROGRAMME, () => {
    throw new Error('it was begun');
  });
  await expect.poll(() => other).toBeGreaterThan(0);
  await stop();
  expect(await Promise.all([first, second, rehearse(PROGRAMME)])).toEqual(
    Array.from({ length: 3 }, () => ({ failed: 'ended' })),
  );
  await expect.poll(() => runs(other)).toBe(false);
  expect(logged).toEqual([]);
});

test('one at a time, a few wait, and more are told to come again', async () => {
  const { rehearse } = apart(
    `const began = Date.now();
     setTimeout(() => { say({ played: { began, ended: Date.now() } }); process.exit(); }, 150);`,
    { mostWaiting: 1 },
  );
  const outcomes = (await Promise.all([rehearse('1'), rehearse('2'), rehearse('3')])) as unknown as [
    { played: { ended: number } },
    { played: { began: number } },
    { failed: string },
  ];
  expect(outcomes[2]).toEqual({ failed: 'busy' });
  expect(outcomes[1].played.began).toBeGreaterThanOrEqual(outcomes[0].played.ended);
  expect(await rehearse('4')).toHaveProperty('played');
});
