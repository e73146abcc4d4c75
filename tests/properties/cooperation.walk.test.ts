import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { testCaseFile } from '../support/database.ts';
import { runs } from '../support/walk.ts';
import { ALWAYS, AT_LAST, check } from './invariants.ts';
import { openPlay } from './play.ts';
import { snapshotOf } from './snapshot.ts';
import { atLast, type Step, step, taken } from './steps.ts';
import { openWorld } from './world.ts';

/**
 * What must stay true of a cooperation whatever happens to its requests, people and sessions, over the real activities
 * and a real case file. A failure names the invariant, tells what happened, and prints a seed and a path; with
 * `npm run test:walks -- --seed <seed> properties`, and `RIAL_PATH=<path>` for that case alone, it happens again.
 */

vi.mock('../../src/publications/programme.ts', () => import('./plainProgramme.ts'));

let db: CaseFile;
let drop: () => Promise<void>;
let played = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());

type Run = { approved: boolean; steps: Step[] };

async function run({ approved, steps }: Run): Promise<void> {
  const world = await openWorld(db, `run-${++played}`);
  const play = openPlay(world);
  const story: string[] = [];
  let before = await snapshotOf(db, world.id);
  const seen = async (what: string, act: () => Promise<string | undefined>, invariants = ALWAYS) => {
    const began = world.time();
    try {
      story.push((await act()) ?? what);
      const after = await snapshotOf(db, world.id);
      check(invariants, { before, after, began, world, play });
      before = after;
    } catch (error) {
      throw new Error([String(error), ...story, `then: ${what}`].join('\n  '), { cause: error });
    }
  };

  await seen('it begins', async () => {
    await play.begin();
    await play.work();
    if (!approved) return undefined;
    const [request] = play.requests();
    for (const party of request?.of ?? [])
      await play.answer({
        ...{ request: request?.id ?? '', subject: request?.subject.hash ?? '', party, by: `${party}-1` },
        decision: 'approve',
      });
    await play.work();
    return 'it begins with the programme approved';
  });
  for (const one of steps) await seen(JSON.stringify(one), () => taken(one, world, play));
  await seen('all is sent', () => atLast(world, play).then(() => undefined));
  await seen('all is sent', async () => undefined, AT_LAST);
}

/** The same courses each time, so that a red run is about what was changed; a walk's seed tries others. */
const SEED = 44;
const path = process.env.RIAL_PATH;

const courses = fc.record(
  {
    approved: fc.oneof(
      { weight: 2, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    steps: fc.array(step, { maxLength: 25, size: 'max' }),
  },
  { noNullPrototype: true },
);

it('holds whatever happens', { timeout: 300_000 }, async () => {
  await fc.assert(fc.asyncProperty(courses, run), {
    seed: SEED,
    ...runs(25, 5),
    // A slow machine takes fewer; and a failure is made smaller for no longer than this.
    interruptAfterTimeLimit: 150_000,
    verbose: fc.VerbosityLevel.Verbose,
    ...(path !== undefined && { path }),
  });
  expect(played).toBeGreaterThan(0);
});
