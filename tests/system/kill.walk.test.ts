import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { type PlayResult, playFile } from '../../src/play/play.ts';
import type { MailSummary } from '../../src/runtime/mailbox/mailbox.ts';
import { essenceOf } from '../support/essence.ts';
import { changedSource } from '../support/programme.ts';
import { type Exit, runs, type SystemProcess, systemProcess } from '../support/system.ts';
import { walk } from '../support/walk.ts';

/**
 * The Peru–Chile cooperation three times in one system: left alone, stopped in good order once, and killed with all
 * that holds its worker, again and again. It has to come to the same.
 */

let system: SystemProcess;
let folder: string;
beforeAll(async () => {
  system = await systemProcess();
  folder = await mkdtemp(path.join(tmpdir(), 'rial-kill-'));
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

type Play = { ended: PlayResult; view: CaseView; mails: MailSummary[] };

/** Plays it under an id of its own; `hear` hears each line of the story as it is told. */
async function play(id: string, hear: (line: string) => void = () => {}): Promise<Play> {
  const file = path.join(folder, `${id}.yaml`);
  await writeFile(
    file,
    changedSource((programme) => {
      programme.id = id;
    }),
  );
  const ended = await playFile(file, system.stage, (line) => hear(stripVTControlCharacters(line)));
  const view = await system.api.show({ id });
  const ours = new Set(view.mails.map(({ messageId }) => messageId));
  const mails = (await system.mailbox.list()).filter(({ messageId = '' }) => ours.has(messageId));
  return { ended, view, mails };
}

vi.setConfig({ testTimeout: 240_000 });

/** Mails that reached somebody more than once, by Message-ID. */
const twice = (mails: MailSummary[]): string[][] =>
  [...Map.groupBy(mails, ({ messageId, to }) => `${messageId} ${to}`).values()]
    .filter(({ length }) => length > 1)
    .map((same) => same.map(({ messageId = '', to }) => `${messageId} ${to}`));

/** The notices that reached a person, each as often as it did: by what they say, not by their Message-IDs. */
const noticesOf = (mails: MailSummary[]): Map<string, number> =>
  new Map(
    [...Map.groupBy(mails, ({ to, subject, request }) => [to, request, subject].join(' '))].map(
      ([key, { length }]) => [key, length],
    ),
  );

/** Resolves as soon as some, and not all, of the mails of a request are in the mailbox. */
async function whileMailsGoOut(request: string, all: number): Promise<void> {
  for (;;) {
    const { length } = await system.mailbox.list({ request }).catch(() => []);
    if (length > 0 && length < all) return;
    if (length >= all) throw new Error(`all mails of ${request} had gone out`);
    await delay(2);
  }
}

/** Kills and starts again as often as it is asked to, one after the other. */
function killer() {
  const exits: Exit[] = [];
  let turn = Promise.resolve();
  return {
    exits,
    kill(signal: NodeJS.Signals) {
      const gone = system.kill(signal);
      turn = turn.then(async () => {
        exits.push(await gone);
        await system.start();
      });
      return turn;
    },
    done: () => turn,
  };
}

let undisturbed: Play;
beforeAll(async () => {
  undisturbed = await play('alone');
}, 240_000);

it('a system that is left alone plays the cooperation to its end, each mail once', () => {
  expect(undisturbed.ended).toEqual({ accepted: true });
  expect(twice(undisturbed.mails)).toEqual([]);
  expect([...noticesOf(undisturbed.mails).values()].every((times) => times === 1)).toBe(true);
});

const comparable = ({ view }: Play) =>
  JSON.parse(JSON.stringify(essenceOf(view)).replaceAll(view.id, 'alone')) as ReturnType<typeof essenceOf>;

const DISTURBED: [what: string, course: () => Promise<void>][] = [
  [
    'that is stopped with Ctrl-C while mails go out ends within seconds, leaves no process behind, and loses and repeats nothing',
    async () => {
      const { exits, kill, done } = killer();
      let temporal = 0;
      const stopping = whileMailsGoOut('stopped/coordination/approve-programme.1', 9).then(async () => {
        temporal = system.temporalServer()?.pid ?? 0;
        const stopped = kill('SIGINT');
        await stopped;
        return { output: system.output };
      });
      const [played, { output }] = await Promise.all([play('stopped'), stopping]);
      await done();
      expect(exits).toMatchObject([{ code: 0, signal: null }]);
      expect(exits[0]?.afterMs).toBeLessThan(8_000);
      expect(temporal).toBeGreaterThan(0);
      expect(runs(temporal)).toBe(false);
      expect(output).toContain('RIAL is ready');
      expect(output).not.toContain('left behind');

      expect(played.ended).toEqual({ accepted: true });
      expect(comparable(played)).toEqual(comparable(undisturbed));
      expect(twice(played.mails)).toEqual([]);
      expect(played.mails).toHaveLength(undisturbed.mails.length);
    },
  ],
  [
    'whose Temporal server is killed brings it back by itself, and loses and repeats nothing',
    async () => {
      const ended: number[] = [];
      const killServer = () => {
        const { pid } = system.temporalServer() as { pid: number };
        ended.push(pid);
        process.kill(pid, 'SIGKILL');
      };
      const killing = whileMailsGoOut('served/coordination/approve-programme.1', 9).then(killServer);
      const played = await play('served', (line) => {
        if (line.trim().startsWith('✔ MTPS de Chile (Margarita Spoerer) responde: Enviar')) killServer();
      });
      await killing;
      expect(new Set(ended).size).toBe(2);
      expect(ended.map(runs)).toEqual([false, false]);
      expect(runs(system.temporalServer()?.pid ?? 0)).toBe(true);
      expect(system.output).toContain('The Temporal server ended by itself; it is started again.');

      expect(played.ended).toEqual({ accepted: true });
      expect(comparable(played)).toEqual(comparable(undisturbed));
      expect(twice(played.mails)).toEqual([]);
      expect(played.mails).toHaveLength(undisturbed.mails.length);
    },
  ],
  [
    'whose parts are killed brings each back by itself, takes none along, and loses and repeats nothing',
    async () => {
      const ended: (number | undefined)[] = [];
      const killPart = (pid: number | undefined) => {
        ended.push(pid);
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
      };
      const temporal = system.temporalServer()?.pid;
      const killing = whileMailsGoOut('apart/coordination/approve-programme.1', 9).then(() =>
        killPart(system.part('worker/main.ts')),
      );
      const moments = new Map([
        [
          '✔ MTPS de Chile (Margarita Spoerer) responde: Enviar',
          () => killPart(system.databaseServer()?.pid),
        ],
        ['✔ Consultor(a) entrega un documento', () => killPart(system.part('runtime/siteMain.ts'))],
      ]);
      const played = await play('apart', (line) => {
        for (const [moment, kill] of moments)
          if (line.trim().startsWith(moment)) {
            moments.delete(moment);
            kill();
          }
      });
      await killing;
      expect(ended).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
      expect(ended.map((pid) => runs(pid ?? 0))).toEqual([false, false, false]);
      expect(system.temporalServer()?.pid).toBe(temporal);
      for (const name of ['The worker', 'The database server', 'The site'])
        expect(system.output).toContain(`${name} ended by itself; it is started again.`);

      expect(played.ended).toEqual({ accepted: true });
      expect(comparable(played)).toEqual(comparable(undisturbed));
      // A mail that had been taken when the worker, the database or the mailbox was killed, and was not noted yet, may
      // come again as the same mail; no other does.
      const repeated = twice(played.mails);
      expect(repeated.length).toBeLessThanOrEqual(ended.length);
      for (const same of repeated) expect(same).toHaveLength(2);
      expect(new Set(played.mails.map(({ messageId }) => messageId)).size).toBe(undisturbed.mails.length);
      const notices = [...noticesOf(played.mails).values()];
      expect(notices.filter((times) => times > 1)).toHaveLength(repeated.length);
    },
  ],
  [
    'that is killed goes on each time, and comes to the same',
    async () => {
      const { exits, kill, done } = killer();
      const said: string[] = [];
      const killing = whileMailsGoOut('killed/coordination/approve-programme.1', 9).then(() =>
        kill('SIGKILL'),
      );
      /** Each is killed at once, when its line is told; the first half of a line is enough. */
      const MOMENTS = [
        // During the date poll, right after an answer was accepted, with another party's still owed.
        '✔ MTPS de Chile (Margarita Spoerer) indica sus fechas: Indicar fechas para la 2.ª sesión',
        // During the systematization: its draft is in, and the review opens.
        '✔ Consultor(a) entrega un documento',
        // During the final report: it is complemented, and its receipt is asked for.
        '✔ MTPS de Chile (Margarita Spoerer) entrega un documento',
      ];
      const ahead = [...MOMENTS];
      const played = await play('killed', (line) => {
        const [next] = ahead;
        if (!next || !line.trim().startsWith(next)) return;
        ahead.shift();
        said.push(next);
        void kill('SIGKILL');
      });
      await killing;
      await done();
      expect(said).toEqual(MOMENTS);
      expect(exits).toEqual(Array(MOMENTS.length + 1).fill(expect.objectContaining({ signal: 'SIGKILL' })));

      expect(played.ended).toEqual({ accepted: true });
      expect(comparable(played)).toEqual(comparable(undisturbed));

      // A mail that was under way when the process died may come again, as the same mail.
      const repeated = twice(played.mails);
      expect(repeated.length).toBeLessThanOrEqual(exits.length);
      for (const same of repeated) expect(same).toHaveLength(2);
      expect(new Set(played.mails.map(({ messageId }) => messageId)).size).toBe(undisturbed.mails.length);
      const notices = [...noticesOf(played.mails).values()];
      expect(notices.filter((times) => times > 1)).toHaveLength(repeated.length);
      expect(system.output).toContain('left behind');
    },
  ],
];

it.each(walk(DISTURBED, 1))('a system %s', (_, course) => course());
