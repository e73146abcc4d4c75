import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CaseView } from '../../../src/domain/caseView.ts';
import { walk } from '../../support/walk.ts';
import { violationsOf } from './invariants.ts';
import { rebuilding } from './rebuilding.ts';
import { essence, example, type How, programmeOf, type Run, rehearsed } from './stage.ts';

/**
 * Cooperations whose workflows are ended from outside go on from the case file, as if nothing had been: each example and
 * each scenario, after each entry of its record.
 */

const yamlIn = (folder: string): string[] =>
  readdirSync(new URL(`../../../examples/${folder}`, import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .sort();
/** A session gets another date while the ministries say which suit, and everything is at rest. */
const MOVED_IN_A_PAUSE = `
until: "2021-07-30 18:00"
changes:
  - { at: "2021-07-15 13:00", reason: Cambio de autoridades., pause: true }
  - { at: "2021-07-15 15:00", reason: La sala está libre., reschedule: { session: 2, starts: "2021-08-18 10:00" } }
  - { at: "2021-07-21 10:00", reason: Se sigue., resume: true }
`;
const PLAYS = [
  { name: 'moved in a pause', programme: 'peru-chile-2021.yaml', scenario: MOVED_IN_A_PAUSE },
  ...yamlIn('').map((programme) => ({ name: programme, programme, scenario: undefined })),
  ...yamlIn('scenarios').map((scenario) => ({ name: scenario, programme: programmeOf(scenario), scenario })),
];

/** A run has all workflows ended after one entry of so many: time enough between for what was lost to be missed. */
const EVERY = 12;
const CASES = PLAYS.flatMap((play) => Array.from({ length: EVERY }, (_, first) => ({ ...play, first })));

type Ended = Run & { ahead: unknown };

async function runOf({ programme, scenario }: (typeof PLAYS)[number], how: How = {}): Promise<Ended> {
  let ahead: unknown;
  const run = await rehearsed(scenario, {
    ...how,
    programme: example(programme),
    atEnd: async (stage, { view }) => {
      ahead = (await stage.requests(view.id))
        .map(({ id, dueAt, reminders, closedAt }) => ({ id, dueAt, reminders, closed: closedAt !== null }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  });
  return { ...run, ahead };
}

const undisturbed = new Map<string, Promise<Ended>>();
function undisturbedOf(play: (typeof PLAYS)[number]): Promise<Ended> {
  const run = undisturbed.get(play.name) ?? runOf(play);
  undisturbed.set(play.name, run);
  return run;
}

/** Everything there was, but for the rebuilding, and for which of two that answer at the same moment is faster. */
const told = ({ view, timeline, end, refusals, ahead }: Ended) => ({
  end,
  ahead: toTheMinute(ahead),
  refusals: refusals.map(({ party, refusal }) => ({ party, code: refusal.code })),
  sessions: toTheMinute(view.sessions),
  versions: toTheMinute(view.programmeVersions.map(({ hash: _, ...version }) => version)),
  questions: toTheMinute(view.questions),
  asked: askedIn(view),
  happened: essence(timeline)
    .filter(({ kind }) => kind !== 'cooperation-rebuilt')
    // How often a server that is away was asked is of each run.
    .map(({ attempts: _, ...entry }) => entry)
    .map(({ person, ...entry }) =>
      entry.kind === 'answer-received' || entry.kind === 'refused' ? entry : { person, ...entry },
    )
    .map((entry) => JSON.stringify(entry))
    .sort(),
});

const toTheMinute = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/(T\d\d:\d\d):\d\d(\.\d+)?Z/g, '$1Z'));

const askedIn = ({ requests }: CaseView) =>
  requests
    .map(({ id, asked, owing, outcome, slots, answers }) => ({
      ...{ id, asked, owing, outcome, slots },
      answers: answers.map(({ party, decision, marks }) => JSON.stringify({ party, decision, marks })).sort(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

// Each takes ten seconds and more: of the share that is taken, the same share once more.
describe.concurrent('rebuilt', () => {
  test.each(walk(walk(CASES, 1), 1))(
    `$name, ended after each ${EVERY}th entry of its record, from $first`,
    async (play) => {
      const id = /^id: *(\S+)/m.exec(example(play.programme))?.[1] ?? '';
      const often = rebuilding(id, (entry) => entry % EVERY === play.first);
      const rebuilt = await runOf(play, { afterActivity: often.afterActivity });
      expect(often.times()).toBeGreaterThan(0);
      expect(rebuilt.view.record.filter(({ kind }) => kind === 'cooperation-rebuilt')).toHaveLength(
        often.times(),
      );
      expect(violationsOf(rebuilt)).toEqual([]);
      expect(told(rebuilt)).toEqual(told(await undisturbedOf(play)));
    },
  );
});
