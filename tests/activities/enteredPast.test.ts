import { expect, it } from 'vitest';
import { tellTogether } from '../../activities/enteredPast.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { alone } from '../../src/casefile/database/database.ts';
import type { CooperationRow, RequestRow } from '../../src/casefile/database/schema.ts';
import { prepareMail } from '../../src/casefile/mails/mails.ts';
import { findRequest } from '../../src/casefile/requests.ts';
import { asked, NOW, setting, the, written } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** One mail asks about all sessions that had passed when a cooperation was entered, whichever workers are about it. */

setting();

const REQUESTS = [1, 2, 3].map((session) => `session-${session}/settle-session.1`);

async function scene() {
  const { db, id } = the();
  await written('oas-1');
  for (const request of REQUESTS) await asked(request, ['oas'], { openedAt: NOW });
  await db.updateTable('request').set({ windowRanOut: 'entered' }).where('cooperation', '=', id).execute();
  const found = (await findCooperation(db, id)) as CooperationRow;
  const sessions = found.plan.sessions.map((one) => ({ ...one, past: true as const }));
  const cooperation = { ...found, plan: { ...found.plan, sessions } };
  const outside = outsideWith(() => {});
  const made: string[][] = [];
  const tell = async (request: string, meanwhile: () => Promise<unknown> = async () => {}) =>
    tellTogether(
      outside,
      cooperation,
      (await findRequest(db, id, request)) as RequestRow,
      async ({ first, beside }) => {
        await meanwhile();
        made.push([first, ...beside].map((one) => one.id));
        const mail = {
          cooperation: id,
          person: 'oas-1',
          address: 'a@oea.example',
          subject: 'x',
          sha256: 'x',
        };
        await prepareMail(db, {
          ...{ ...mail, key: `${first.id}|${id}`, messageId: `<${first.id}.${id}>`, preparedAt: NOW },
          ...{ notice: 'request', request: first.id, digest: null },
        });
        return { notified: 1 };
      },
    );
  return { tell, made, lock: `entered-past:${id}` };
}

it('is made by one worker: another that is asked about one of them comes back, and finds that it was told', async () => {
  const { tell, made, lock } = await scene();
  const { promise: busy, resolve: done } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
  // Another worker, by a connection of its own.
  const other = alone(the().db, lock, async () => {
    begins();
    await busy;
  });
  await begun;
  expect(await tell(REQUESTS[1] as string)).toEqual({ later: '2021-07-01T17:00:05.000Z' });
  expect(made).toEqual([]);
  done();
  await other;
  expect(await tell(REQUESTS[1] as string)).toEqual({ notified: 1 });
  expect(made).toEqual([REQUESTS]);
  expect(await tell(REQUESTS[2] as string)).toBeUndefined();
  expect(made).toHaveLength(1);
});

it('holds what is asked for meanwhile back in this worker, and lets go where sending fails', async () => {
  const { tell, made, lock } = await scene();
  const fails = tell(REQUESTS[0] as string, () => Promise.reject(new Error('away')));
  const after = tell(REQUESTS[1] as string);
  await expect(fails).rejects.toThrow('away');
  expect(await after).toEqual({ notified: 1 });
  expect(made).toEqual([REQUESTS]);
  expect(await alone(the().db, lock, async () => 'free')).toEqual({ done: 'free' });
});
