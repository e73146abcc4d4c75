import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Exit, runs, type SystemProcess, systemProcess } from '../support/system.ts';
import { walk } from '../support/walk.ts';
import { expectNothingLost, type Played, play, repeated, unconfirmed, whileMailsGoOut } from './plays.ts';

/**
 * The Peru–Chile cooperation several times in `npm start`: left alone, stopped in good order once, and with parts or all
 * of it killed, which it brings back by itself or at the next start. It has to come to the same.
 */

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let system: SystemProcess;
let undisturbed: Played;
beforeAll(async () => {
  system = await systemProcess();
  undisturbed = await play('alone', system);
});
afterAll(() => system?.[Symbol.asyncDispose]());

/**
 * A mail that had been taken when something was killed, and was not noted yet, may come again, or is not sent any more
 * where what it asks for was answered meanwhile; one for each kill.
 */
function expectSame(played: Played, kills: number): void {
  const unsure = unconfirmed(played).map(({ messageId }) => messageId);
  const cutOff = new Set([...repeated(played).keys(), ...unsure]);
  expect(cutOff.size).toBeLessThanOrEqual(kills);
  expectNothingLost(played, undisturbed, cutOff);
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

it('a system that is left alone plays the cooperation to its end, each mail once', () => {
  expect(undisturbed.ended).toEqual({ accepted: true });
  expect([...repeated(undisturbed)]).toEqual([]);
});

const DISTURBED: [what: string, course: () => Promise<void>][] = [
  [
    'that is stopped with Ctrl-C while mails go out ends in good order, leaves no process behind, and loses and repeats nothing',
    async () => {
      const { exits, kill, done } = killer();
      let temporal = 0;
      const stopping = whileMailsGoOut(system, 'stopped/coordination/approve-programme.1', 9).then(
        async () => {
          temporal = system.temporalServer()?.pid ?? 0;
          const stopped = kill('SIGINT');
          await stopped;
          return { output: system.output };
        },
      );
      const [played, { output }] = await Promise.all([play('stopped', system), stopping]);
      await done();
      expect(exits).toMatchObject([{ code: 0, signal: null }]);
      expect(temporal).toBeGreaterThan(0);
      expect(runs(temporal)).toBe(false);
      expect(output).toContain('RIAL is ready');
      expect(output).not.toContain('left behind');

      expectSame(played, 0);
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
      const killing = whileMailsGoOut(system, 'served/coordination/approve-programme.1', 9).then(killServer);
      const played = await play('served', system, (line) => {
        if (line.startsWith('✔ MTPS de Chile (Margarita Spoerer) responde: Enviar')) killServer();
      });
      await killing;
      expect(new Set(ended).size).toBe(2);
      expect(ended.map(runs)).toEqual([false, false]);
      expect(runs(system.temporalServer()?.pid ?? 0)).toBe(true);
      expect(system.output).toContain('The Temporal server ended by itself; it is started again.');

      expectSame(played, 0);
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
      const killing = whileMailsGoOut(system, 'apart/coordination/approve-programme.1', 9).then(() =>
        killPart(system.part('worker/main.ts')),
      );
      const moments = new Map([
        [
          '✔ MTPS de Chile (Margarita Spoerer) responde: Enviar',
          () => killPart(system.databaseServer()?.pid),
        ],
        ['✔ Consultor(a) entrega un documento', () => killPart(system.part('runtime/siteMain.ts'))],
      ]);
      const played = await play('apart', system, (line) => {
        for (const [moment, kill] of moments)
          if (line.startsWith(moment)) {
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

      expectSame(played, ended.length);
    },
  ],
  [
    'that is killed goes on each time, and comes to the same',
    async () => {
      const { exits, kill, done } = killer();
      const said: string[] = [];
      const killing = whileMailsGoOut(system, 'killed/coordination/approve-programme.1', 9).then(() =>
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
      const played = await play('killed', system, (line) => {
        const [next] = ahead;
        if (!next || !line.startsWith(next)) return;
        ahead.shift();
        said.push(next);
        void kill('SIGKILL');
      });
      await killing;
      await done();
      expect(said).toEqual(MOMENTS);
      expect(exits).toEqual(Array(MOMENTS.length + 1).fill(expect.objectContaining({ signal: 'SIGKILL' })));

      expectSame(played, exits.length);
      expect(system.output).toContain('left behind');
    },
  ],
];

it.each(walk(DISTURBED, 0))('a system %s', (_, course) => course());
