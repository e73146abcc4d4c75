import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addStaff } from '../../../src/casefile/access/staff.ts';
import { afterwards } from '../../../src/runtime/afterwards.ts';
import type { SignInMail } from '../../../src/site/outside.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource } from '../../support/programme.ts';
import { siteOver } from '../../support/site.ts';

/**
 * Whether an address is anybody's cannot be told by how long it takes to ask for a code: of a known and an unknown one the
 * slower is as often this as that. By chance alone the figure is within 0.04 of a half.
 */

const OF_EACH = 800;
const MOST = 0.55;
const HANDED_OVER_MS = 2;

let system: InProcess;
beforeAll(async () => {
  system = await inProcess();
  await system.cooperations.start(changedSource(() => {}));
});
afterAll(() => system[Symbol.asyncDispose]());

/** How often one of `as` is larger than one of `bs`: 0.5 where they cannot be told apart. */
function areaUnderCurve(as: readonly number[], bs: readonly number[]): number {
  const ranked = [...as.map((ms) => ({ ms, a: true })), ...bs.map((ms) => ({ ms, a: false }))].sort(
    (one, other) => one.ms - other.ms,
  );
  const ranks = ranked.reduce((sum, { a }, index) => sum + (a ? index + 1 : 0), 0);
  return (ranks - (as.length * (as.length + 1)) / 2) / (as.length * bs.length);
}

it('a known address takes as long as an unknown one', { timeout: 600_000 }, async () => {
  const { later, done } = afterwards();
  const sent: string[] = [];
  // A mail server takes its time, for those alone who are known: an answer that waited for it would be told by that.
  const sendSignIn = async ({ to, known }: SignInMail) => {
    if (!known) return;
    await setTimeout(HANDED_OVER_MS);
    sent.push(to);
  };
  const site = siteOver(system, { afterwards: later, sendSignIn, proxies: 1 });
  const known = Array.from({ length: OF_EACH }, (_, n) => `persona${n}@oas.example`);
  const unknown = Array.from({ length: OF_EACH }, (_, n) => `nadie${n}@oas.example`);
  const now = new Date().toISOString();
  for (const address of known) await addStaff(system.caseFile, { address, role: 'observer', by: null }, now);
  const took = { known: [] as number[], unknown: [] as number[] };
  const ask = async (address: string, n: number): Promise<number> => {
    const body = new URLSearchParams({ address });
    // Each from a network of its own: what is asked for in one is bounded.
    const from = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    const began = performance.now();
    const { status } = await site
      .browser()
      .ask('POST', '/sign-in', { body, headers: { 'x-forwarded-for': from } });
    const ms = performance.now() - began;
    expect(status).toBe(200);
    return ms;
  };
  for (let n = 0; n < 50; n++) await ask(`antes${n}@oas.example`, n);
  for (let n = 0; n < OF_EACH; n++) {
    const order = n % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const [index, which] of order.entries()) {
      const address = (which === 'known' ? known : unknown)[n] ?? '';
      took[which].push(await ask(address, 1_000 + 2 * n + index));
    }
  }
  await done();
  expect(sent.length).toBe(OF_EACH);
  const area = areaUnderCurve(took.known, took.unknown);
  expect(Math.max(area, 1 - area)).toBeLessThan(MOST);
});
