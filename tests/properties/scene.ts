import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { Change } from '../../src/domain/change.ts';
import { ALWAYS, AT_LAST, check, type Seen } from './invariants.ts';
import { openPlay } from './play.ts';
import { snapshotOf } from './snapshot.ts';
import { openWorld } from './world.ts';

/** A cooperation that is led by hand, with what must stay true looked at on the way. */

const DAY = 24 * 60 * 60 * 1000;
let opened = 0;

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function openScene(db: CaseFile, { approved = true } = {}) {
  const world = await openWorld(db, `scene-${++opened}`);
  const play = openPlay(world);
  let before = await snapshotOf(db, world.id);
  let began = world.time();

  /** What has happened since it was looked at last. */
  async function seen(): Promise<Seen> {
    const after = await snapshotOf(db, world.id);
    const since = { before, after, began, world, play };
    before = after;
    began = world.time();
    return since;
  }

  async function answer(request: string, by: string, said: Record<string, unknown>): Promise<void> {
    const subject = play.requests().find(({ id }) => id === request)?.subject.hash ?? '';
    const party = by.replace(/-\d+$/, '');
    const refusal = await play.answer({ request, subject, party, by, ...said } as never);
    if (refusal) throw new Error(refusal.code);
  }

  const scene = {
    world,
    play,
    seen,
    answer,
    holds: async () => check(ALWAYS, await seen()),
    /** The mail server is there, and all is sent that can be. */
    async end(): Promise<void> {
      world.moods.takes = [true];
      await play.work();
      await scene.holds();
      check(AT_LAST, await seen());
    },
    async change(what: Change) {
      const made = await play.change({ what, reason: 'Lo pidió la delegación.' });
      if ('refusal' in made) throw new Error(made.refusal.code);
      return made;
    },
    approves: async () => {
      for (const party of ['per-mtpe', 'chl-mtps'])
        await answer('coordination/approve-programme.1', `${party}-1`, { decision: 'approve' });
    },
    async days(days: number): Promise<void> {
      await play.wait(world.time() + days * DAY, false);
    },
    mailServer: (takes: boolean) => {
      world.moods.takes = [takes];
    },
    /** An activity that was asked for, by how its name begins; the last of them. */
    job(what: string) {
      const job = play.jobs().findLast((one) => one.what.startsWith(what));
      if (!job) throw new Error(`nothing is "${what}": ${play.jobs().map((one) => one.what)}`);
      return job;
    },
  };
  await play.begin();
  await play.work();
  if (approved) {
    await scene.approves();
    await play.work();
  }
  await seen();
  return scene;
}
