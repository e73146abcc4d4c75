import { readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { checkProgrammeFile } from '../../../src/domain/programme/programmeFile.ts';
import type { Entry, RehearsalResult } from '../../../src/domain/rehearsal.ts';
import { rehearse } from '../../../src/rehearsal/rehearse.ts';
import { checkScenarioFile } from '../../../src/rehearsal/scenarioFile.ts';
import type { Stage } from '../../../src/rehearsal/stage.ts';
import { timelineOf } from '../../../src/rehearsal/timeline.ts';
import { emptyDatabase } from '../../support/database.ts';
import { violationsOf } from './invariants.ts';
import { type Letter, lettersOf } from './letters.ts';

export const example = (name: string): string =>
  readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');

/** The example that a scenario says it is played with, or else that of Peru and Chile. */
export const programmeOf = (scenario: string): string =>
  /rehearse examples\/(\S+\.yaml) /.exec(example(`scenarios/${scenario}`))?.[1] ?? 'peru-chile-2021.yaml';

export type Run = RehearsalResult & { timeline: Entry[]; letters: Letter[] };

export type How = {
  /** The programme file's text; Peru and Chile where it is left out. */
  programme?: string;
  /** The text of a file that the scenario names. */
  read?: (file: string) => string;
  atEnd?: (stage: Stage, rehearsed: RehearsalResult) => Promise<void>;
  afterActivity?: (stage: Stage) => Promise<void>;
};

const known = new Map<string, Promise<Run>>();

/** Rehearses the example of Peru and Chile, with a scenario in YAML or one of the examples by its name. */
export function rehearsed(scenario?: string, how?: How): Promise<Run> {
  if (how || !scenario?.endsWith('.yaml')) return rehearsedAnew(scenario, how);
  const run = known.get(scenario) ?? rehearsedAnew(scenario);
  known.set(scenario, run);
  return run;
}

async function rehearsedAnew(scenario?: string, how: How = {}): Promise<Run> {
  const { programme = example('peru-chile-2021.yaml'), atEnd } = how;
  const source = scenario?.endsWith('.yaml') ? example(`scenarios/${scenario}`) : scenario;
  const checked = checkProgrammeFile(programme);
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  const read = source === undefined ? undefined : checkScenarioFile(source, checked.programme);
  if (read && 'mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  let letters: Letter[] = [];
  return inTurn(async () => {
    const { url, drop } = await emptyDatabase();
    const run = await rehearse({
      programme,
      database: url,
      scenario: read?.scenario,
      afterActivity: how.afterActivity,
      read: how.read ?? ((file) => example(`scenarios/${file}`)),
      atEnd: async (stage, rehearsed) => {
        letters = await lettersOf(stage, rehearsed);
        await atEnd?.(stage, rehearsed);
      },
    }).finally(drop);
    return { ...run, timeline: timelineOf(run), letters };
  });
}

/** A scenario as it is rehearsed, with all that holds for each of them held. */
export async function played(scenario: string, how?: How): Promise<Run> {
  const run = await rehearsed(scenario, how);
  expect(violationsOf(run)).toEqual([]);
  return run;
}

// Several are rehearsed beside each other, and wait for their turn.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Two at a time: each has a server of its own. */
const AT_ONCE = 2;
let free = AT_ONCE;
const waiting: (() => void)[] = [];
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

/** What two runs have in common: everything, but the hashes and ids that are made anew. */
export const essence = (timeline: readonly Entry[]) =>
  timeline.map(({ of, ...entry }) => ({
    ...entry,
    ...('mail' in of && { subject: of.mail.subject, state: of.mail.state, attempts: of.mail.attempts }),
    ...('due' in of && { owing: of.owing }),
  }));

/** The entries of a kind, as `2021-06-15 10:00 America/Santiago chl-mtps`, each once. */
export const at = (timeline: readonly Entry[], kind: Entry['kind'], request = ''): string[] => [
  ...new Set(
    timeline
      .filter((entry) => entry.kind === kind && (entry.request ?? '').startsWith(request))
      .map(({ local, party }) => `${local} ${party ?? ''}`.trim()),
  ),
];
