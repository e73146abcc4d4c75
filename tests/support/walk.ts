import { createHash } from 'node:crypto';

/**
 * Walks go through every case there is: a kind of request in every situation, a page in every language, every scenario.
 * `npm test` takes a few of the cases, the same each time; `npm run test:walks` takes all of them, or with `--seed` and
 * `--share` as many as that, drawn by the seed.
 *
 * They are in files `*.walk.test.ts`. A file `*.walk.ts` is a case as a whole, of which `npm test` takes none; nor of those
 * in `*.fault.ts`, which `npm run test:faults` draws in the same way.
 */

/** Set by bin/walks.mjs: a seed and a share, such as `44 1/10`. */
const [seed = '', share = ''] = process.env.RIAL_WALK?.split(' ') ?? [];

/** Whether `npm run test:walks` runs, rather than `npm test`. */
export const walking = seed !== '';

/** How many of `all` cases are taken, at least one; by `npm test` a few. */
function taken(all: number, few: number): number {
  if (!walking) return Math.min(few, all);
  const [part = 1, of = 1] = share.split('/').map(Number);
  return Math.min(all, Math.max(1, Math.ceil((all * part) / of)));
}

/** For properties of fast-check: as many runs, and in a walk those of its seed. */
export const runs = (all: number, few: number) => ({
  numRuns: taken(all, few),
  ...(walking && { seed: Number(seed) }),
});

/** The cases that are taken, in their order: a few from all over, or those that the seed draws. */
export function walk<T>(cases: readonly T[], few: number): T[] {
  const count = taken(cases.length, few);
  if (!walking)
    return Array.from({ length: count }, (_, n) => cases[Math.floor((n * cases.length) / count)] as T);
  const lot = (n: number) => createHash('sha256').update(`${seed} ${n}`).digest('hex');
  const drawn = new Set(
    cases
      .map((_, n) => ({ n, lot: lot(n) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, count)
      .map(({ n }) => n),
  );
  return cases.filter((_, n) => drawn.has(n));
}
