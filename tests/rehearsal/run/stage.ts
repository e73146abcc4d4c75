import { readFileSync } from 'node:fs';
import { checkProgrammeFile } from '../../../src/domain/programmeFile.ts';
import { type Rehearsed, rehearse } from '../../../src/rehearsal/rehearse.ts';
import { checkScenarioFile } from '../../../src/rehearsal/scenarioFile.ts';
import type { Stage } from '../../../src/rehearsal/stage.ts';
import { type Entry, timelineOf } from '../../../src/rehearsal/timeline.ts';

const example = (name: string) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');

export type Run = Rehearsed & { timeline: Entry[] };

/** Rehearses the example of Peru and Chile, with a scenario in YAML or one of the examples by its name. */
export async function rehearsed(
  scenario?: string,
  atEnd?: (stage: Stage, rehearsed: Rehearsed) => Promise<void>,
): Promise<Run> {
  const programme = example('peru-chile-2021.yaml');
  const source = scenario?.endsWith('.yaml') ? example(`scenarios/${scenario}`) : scenario;
  const checked = checkProgrammeFile(programme);
  if ('mistakes' in checked) throw new Error('the example has mistakes');
  const read = source === undefined ? undefined : checkScenarioFile(source, checked.programme);
  if (read && 'mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  const run = await rehearse({
    programme,
    scenario: read?.scenario,
    read: (file) => example(`scenarios/${file}`),
    atEnd,
  });
  return { ...run, timeline: timelineOf(run) };
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
