import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { speaker } from '../../src/words/speaker.ts';
import { walk } from '../support/walk.ts';
import { type Installation, installation, WITHIN } from './installation.ts';
import {
  expectNothingLost,
  outcomeOf,
  type Played,
  play,
  programmeOf,
  repeated,
  whileMailsGoOut,
} from './plays.ts';

/**
 * Plays of the Peru–Chile cooperation in which something that the system stands on breaks, while mails go out and again
 * while dates are answered. Nothing is lost: each comes to the same case, record and mails as the one that was left alone,
 * and nobody was told anything twice but what was being sent when it broke. Meanwhile a visitor looks at the site and the
 * API: they answer, or say that they cannot (503).
 */

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

let system: Installation;
let undisturbed: Played;
/** Every moment right before an activity, and right after it. */
let boundaries: string[];
beforeAll(async () => {
  system = await installation();
  undisturbed = await play('alone', system);
  boundaries = await system.passed();
  system.worker.onDeath(noteCutOff);
});
afterAll(() => system?.[Symbol.asyncDispose]());

/** Until `over`, looks at pages and routes; says which answers there should not have been. */
async function visit(id: string, over: AbortSignal): Promise<string[]> {
  const WRONG = new Set<string>();
  const headers = { authorization: `Bearer ${system.token}` };
  while (!over.aborted)
    for (const path of ['/', '/readyz', '/api/cooperations', `/api/cooperations/${id}`]) {
      const status = await fetch(`${system.url}${path}`, {
        headers,
        signal: AbortSignal.timeout(60_000),
      }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        // The process was killed; one that hangs is told.
        (error: Error) => (error.name === 'TimeoutError' ? 'hung' : 503),
      );
      const expected = path.endsWith(id) ? [200, 404, 503] : [200, 503];
      if (!expected.includes(status as number)) WRONG.add(`${path} ${status}`);
      await delay(50);
    }
  return [...WRONG];
}

/** Mails that were under way when something broke: those may come twice. */
const cutOff = new Set<string>();
const noteCutOff = async () => {
  for (const one of await vi.waitFor(system.underWay, WITHIN)) cutOff.add(one);
};
beforeEach(() => cutOff.clear());

/** Breaks something, waits until that has come about, and mends it. */
type Fault = (id: string) => Promise<unknown>;

/** The second moment: one party has said when it can, the other is still to. */
const DATES = '✔ MTPS de Chile (Margarita Spoerer) indica sus fechas';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

let plays = 0;
async function disturbed(fault: Fault): Promise<void> {
  const id = `fault-${++plays}`;
  const strike = async () => {
    await noteCutOff();
    await fault(id);
    await noteCutOff();
  };
  const struck: Promise<void>[] = [];
  struck.push(whileMailsGoOut(system, `${id}/coordination/approve-programme.1`, 9).then(strike));
  let ahead = true;
  const over = new AbortController();
  const visited = visit(id, over.signal);
  const hear = (line: string) => {
    if (!ahead || !line.startsWith(DATES)) return;
    ahead = false;
    // Not before the first one has been mended.
    struck.push(Promise.all(struck).then(strike));
  };
  let played = await play(id, system, hear);
  // Who was told that nothing is under way tries again, until it is.
  const goneOn = async () => {
    if (!played.ended.accepted) played = await play(id, system, hear);
    return played.ended;
  };
  await expect.poll(goneOn, { timeout: 400_000, interval: 500 }).toEqual({ accepted: true });
  await Promise.all(struck);
  expect(ahead).toBe(false);
  over.abort();
  expect(await visited).toEqual([]);
  expectNothingLost(played, undisturbed, cutOff);
  await system.untilWell();
  for (const one of unrecorded.splice(0))
    await expect(system.api.show({ id: one })).rejects.toMatchObject({ code: 'CooperationUnknown' });
}

it('a system that is left alone plays the cooperation to its end, each mail once, and logs nothing', async () => {
  expect(undisturbed.ended).toEqual({ accepted: true });
  expect([...repeated(undisturbed)]).toEqual([]);
  expect(await system.log()).toBe('');
});

let probes = 0;
/** Whoever starts a cooperation now is told that the database is away; and nothing is recorded then. */
async function toBeTold(): Promise<void> {
  let id = '';
  const told = () => {
    id = `probe-${++probes}`;
    return system.api.start({ body: programmeOf(id) }).then(
      () => 'started',
      ({ refusal }: { refusal?: { code: string } }) => refusal?.code,
    );
  };
  await expect.poll(told, WITHIN).toBe('DatabaseAway');
  unrecorded.push(id);
}
const unrecorded: string[] = [];

/** What breaks twice in a play. */
const FAULTS: [what: string, fault: Fault][] = [
  [
    'Postgres is restarted',
    async () => {
      await system.postgres.stop();
      await system.untilIll('database-read');
      await system.postgres.start();
    },
  ],
  [
    'Postgres is killed',
    async () => {
      await system.postgres.kill();
      await system.postgres.start();
    },
  ],
  ['every connection to Postgres is cut', async () => system.line.cut()],
  [
    'Postgres hangs',
    async () => {
      system.line.goDead();
      try {
        await system.untilIll('database-read');
        await toBeTold();
      } finally {
        system.line.mend();
      }
    },
  ],
  [
    'Postgres takes no changes',
    async () => {
      await system.postgres.readOnly(true);
      try {
        await system.untilIll('database-write');
        await toBeTold();
      } finally {
        await system.postgres.readOnly(false);
      }
    },
  ],
  [
    'Postgres has no connection free',
    async () => {
      system.line.refuse();
      const free = await system.postgres.exhaust();
      system.line.mend();
      try {
        await system.untilIll('database-read');
        await toBeTold();
      } finally {
        await free();
      }
    },
  ],
  [
    'the disk of Postgres is full',
    async () => {
      await system.postgres.fill();
      try {
        await toBeTold();
      } finally {
        await system.postgres.empty();
      }
    },
  ],
  [
    'Temporal is killed',
    async () => {
      await system.temporal.kill();
      await system.untilIll('temporal');
      await system.temporal.start();
    },
  ],
  [
    'Temporal’s data are deleted, and `rial rebuild` is called',
    async (id) => {
      await system.temporal.kill();
      await system.temporal.forget();
      await system.temporal.start();
      await system.untilWell();
      await system.api.rebuild({ body: { cooperations: [id] } });
    },
  ],
  [
    'the worker is killed when a mail was taken, before it is noted',
    async () => {
      await system.line.breakOff('update "mail" set "state"', () => system.worker.kill());
      await system.worker.up();
    },
  ],
  [
    'site and worker are killed',
    async () => {
      await Promise.all([system.worker.kill(), system.site.kill()]);
      await Promise.all([system.worker.up(), system.site.up()]);
    },
  ],
  [
    'the clock of site and worker is ten minutes ahead, and then right again',
    async () => {
      for (const wrongBy of [600_000, 0]) {
        await system.tell('clock', String(wrongBy));
        await Promise.all([system.worker.kill(), system.site.kill()]);
        await Promise.all([system.worker.up(), system.site.up()]);
        if (wrongBy > 0) await system.untilIll('clocks');
      }
    },
  ],
];

async function killedInUpload(): Promise<void> {
  const id = `fault-${++plays}`;
  // The first Word file that is put in is the draft of the sheet; a part of it has arrived at this word.
  const cut = system.front.breakOff('word/document.xml', () => system.site.kill());
  const played = await play(id, system);
  await cut;
  expectNothingLost(played, undisturbed, cutOff);
  await system.site.up();
}

async function twoOfEach(): Promise<void> {
  const second = await system.second();
  await disturbed(async () => {
    await Promise.all([second.worker.kill(), system.site.kill()]);
    await Promise.all([second.worker.up(), system.site.up()]);
  });
  await second.stop();
}

/** One of its cooperations up to the approval of the programme, which both ministries are asked for. */
async function upForApproval(id: string): Promise<string> {
  await system.api.start({ body: programmeOf(id), demonstration: 'yes' });
  const open = (request: string, mailsOf: number) =>
    vi.waitFor(async () => {
      const { requests, mails } = await system.api.show({ id });
      const found = requests.find((one) => one.id === request);
      const told = mails.filter((one) => one.request === request && one.state === 'sent');
      if (!found || told.length < mailsOf) throw new Error(`${request} is not open and told`);
      return found.subject.hash;
    }, WITHIN);
  const subject = await open('coordination/confirm-coordination.1', 2);
  const minutes = { minutes: 'Acuerdos.' };
  await system.api.answer({
    id,
    body: {
      ...{ request: 'coordination/confirm-coordination.1', by: 'oas-1', subject, decision: 'done', minutes },
      recorded: RECORDED,
    },
  });
  return open(REVIEW, 9);
}
const REVIEW = 'coordination/approve-programme.1';
const RECORDED = { by: 'oas', how: speaker('play.lines', 'es')('how') };

async function manyAtOnce(clients: number): Promise<void> {
  const id = `fault-${++plays}`;
  const second = await system.second();
  const subject = await upForApproval(id);
  const people = ['chl-mtps', 'per-mtpe'].flatMap((party) => upTo(4).map((n) => `${party}-${n}`));
  const given = upTo(clients).map((n) => ({
    by: people[n % people.length] as string,
    api: n % 2 ? system.api : second.api,
  }));
  const told = await Promise.all(
    given.map(({ by, api }) =>
      api
        .answer({ id, body: { request: REVIEW, by, subject, decision: 'approve', recorded: RECORDED } })
        .then(
          () => ({ by, stands: by }),
          (error: { refusal?: { code: string; by?: string } }) => ({
            by,
            stands: error.refusal?.code === 'AlreadyAnswered' ? error.refusal.by : error,
          }),
        ),
    ),
  );
  const { requests, record } = await system.api.show({ id });
  const answers = requests.find((one) => one.id === REVIEW)?.answers ?? [];
  expect(answers.map(({ party }) => party).sort()).toEqual(['chl-mtps', 'per-mtpe']);
  for (const { by, stands } of told)
    expect(stands).toBe(answers.find(({ party }) => by.startsWith(party))?.by);
  const taken = record.filter(
    ({ kind, data }) => kind === 'answer-received' && (data as { request: string }).request === REVIEW,
  );
  expect(taken).toHaveLength(2);
  await second.stop();
  // What follows, follows once.
  const [played, alone] = [await play(id, system), undisturbed];
  expect([...repeated(played)]).toEqual([]);
  const { told: heard, record: recorded } = outcomeOf(played);
  expect({ heard, recorded }).toEqual({ heard: outcomeOf(alone).told, recorded: outcomeOf(alone).record });
}

async function putBack(): Promise<void> {
  const id = `fault-${++plays}`;
  const subject = await upForApproval(id);
  const answer = () =>
    system.api.answer({
      id,
      body: { request: REVIEW, by: 'chl-mtps-1', subject, decision: 'approve', recorded: RECORDED },
    });
  const answers = async () =>
    (await system.api.show({ id })).requests.find((one) => one.id === REVIEW)?.answers;
  await system.postgres.keep();
  await system.untilWell();
  expect((await answer()).stillOwing).toEqual(['per-mtpe']);
  await system.postgres.putBack();
  await system.untilWell();
  expect(await answers()).toEqual([]);
  expect((await answer()).stillOwing).toEqual(['per-mtpe']);
  expect(await answers()).toMatchObject([{ by: 'chl-mtps-1', decision: 'approve' }]);
  expectNothingLost(await play(id, system), undisturbed, cutOff);
}

/** In how many plays the worker dies at all boundaries there are, in each at one out of so many. */
const PLAYS = 32;
async function killedAtBoundaries(part: number): Promise<void> {
  const deadly = boundaries.filter((_, n) => n % PLAYS === part - 1);
  expect(deadly.length).toBeGreaterThan(2);
  await system.tell('deadly', deadly.join('\n'));
  expectNothingLost(await play(`fault-${++plays}`, system), undisturbed, cutOff);
  expect(await system.told('deadly')).toBe('');
}

const KILLS = 6;
async function randomKills(seed: number): Promise<void> {
  const lot = lotsOf(seed);
  const victims: Record<string, () => Promise<unknown>> = {
    worker: () => system.worker.kill(),
    site: () => system.site.kill(),
    Temporal: () => system.temporal.kill().then(() => system.temporal.start()),
    Postgres: async () => {
      await noteCutOff();
      await system.postgres.kill();
      await system.postgres.start();
      await noteCutOff();
    },
  };
  const over = new AbortController();
  const killing = (async () => {
    const killed: string[] = [];
    for (let n = 0; n < KILLS; n++) {
      // The one pause that is none for a condition: no moment is as good as another.
      await delay(lot() * 5_000, undefined, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted) break;
      const victim = Object.keys(victims)[Math.floor(lot() * 4)] as string;
      killed.push(victim);
      await victims[victim]?.();
    }
    return killed;
  })();
  const played = await play(`fault-${++plays}`, system).finally(() => over.abort());
  const killed = await killing;
  expect(killed).not.toEqual([]);
  expectNothingLost(played, undisturbed, cutOff);
  await system.untilWell();
}

/** Numbers from 0 to 1, the same for the same seed. */
function lotsOf(seed: number): () => number {
  let n = 0;
  return () => createHash('sha256').update(`${seed} ${++n}`).digest().readUInt32BE() / 2 ** 32;
}

const CASES: [what: string, course: () => Promise<void>][] = [
  ...FAULTS.map(([what, fault]): [string, () => Promise<void>] => [
    `nothing is lost when ${what}`,
    () => disturbed(fault),
  ]),
  ['nothing is lost when the site is killed in mid-upload', killedInUpload],
  ['two sites and two workers at once lose nothing, nor when one of each is killed', twoOfEach],
  [
    'of 50 clients that answer at once by two sites, one is taken for each party, and the others are told who was faster',
    () => manyAtOnce(50),
  ],
  ['a case file put back to how it was before an answer records it when it is given again', putBack],
  ...upTo(PLAYS).map((part): [string, () => Promise<void>] => [
    `a worker that is killed before and after activities loses nothing: all boundaries, part ${part} of ${PLAYS}`,
    () => killedAtBoundaries(part),
  ]),
  ...upTo(10).map((seed): [string, () => Promise<void>] => [
    `a play under random kills ends as it should, by seed ${seed}`,
    () => randomKills(seed),
  ]),
];
it.each(walk(CASES, 0))('%s', (_, course) => course());
