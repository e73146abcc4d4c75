import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { sessionOf } from '../../src/casefile/sessions.ts';
import { testCaseFile } from '../support/database.ts';
import { openScene, type Scene } from './scene.ts';

/** Courses of things that a cooperation has to come through, each as short as it can be. */

vi.mock('../../src/publications/programme.ts', () => import('./plainProgramme.ts'));

let db: CaseFile;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());

const APPROVE = 'coordination/approve-programme.1';
const DOCUMENTS = 'documents/send-documents.1';
const POLL = 'session-2/choose-date.1';
const successor = (email: string) => ({ name: 'Nueva Persona', email });
const moved = (startsAt: string, session = 1) => ({ change: 'reschedule', session, startsAt }) as const;

async function remindersOf({ world }: Scene, request: string): Promise<string[]> {
  const mails = await db
    .selectFrom('mail')
    .selectAll()
    .where('cooperation', '=', world.id)
    .orderBy('key')
    .execute();
  return mails
    .filter((mail) => mail.notice === 'reminder' && mail.request === request)
    .map(({ key }) => key.split('|').slice(2).join(' '));
}

describe('reminders', () => {
  it('are not sent again when another party is waived', async () => {
    const scene = await openScene(db, { approved: false });
    await scene.days(9);
    const before = await remindersOf(scene, APPROVE);
    await scene.change({ change: 'waive', request: APPROVE, party: 'per-mtpe' });
    await scene.play.work();
    expect(await remindersOf(scene, APPROVE)).toEqual(before);
  });

  it('address delegates three times, whoever of two countries has more holidays', async () => {
    const scene = await openScene(db, { approved: false });
    await scene.answer(APPROVE, 'per-mtpe-1', { decision: 'approve' });
    await scene.days(40);
    await scene.holds();
  });

  it('do not go to a party that was released since they were asked for', async () => {
    const scene = await openScene(db);
    await scene.change({ change: 'reassign', request: DOCUMENTS, from: 'per-mtpe', to: 'oas' });
    const owing = ['per-mtpe', 'chl-mtps'];
    const { activities, id: cooperation } = scene.world;
    await activities.remind({ cooperation, request: DOCUMENTS, number: 1, owing });
    await scene.holds();
  });

  it('are not sent about a request that has lapsed', async () => {
    const scene = await openScene(db);
    await scene.change({ change: 'cancel-session', session: 2 });
    const { activities, id: cooperation } = scene.world;
    await activities.remind({ cooperation, request: POLL, number: 1, owing: ['per-mtpe', 'chl-mtps'] });
    await scene.holds();
  });

  it('are not prepared any more for who answers while they are being sent', async () => {
    const scene = await openScene(db);
    scene.world.moods.meanwhile.push(() => scene.answer(DOCUMENTS, 'per-mtpe-1', { decision: 'done' }));
    const { activities, id: cooperation } = scene.world;
    await activities.remind({ cooperation, request: DOCUMENTS, number: 1, owing: ['per-mtpe', 'chl-mtps'] });
    await scene.holds();
  });
});

describe('calendars', () => {
  it('get nothing of a session that was cancelled before anybody was invited', async () => {
    const scene = await openScene(db, { approved: false });
    await scene.approves();
    await scene.play.attempt(scene.job('issue'));
    await scene.change({ change: 'cancel-session', session: 1 });
    await scene.end();
  });

  it('get no invitation that is older than what they hold', async () => {
    const scene = await openScene(db, { approved: false });
    await scene.approves();
    scene.mailServer(false);
    await scene.play.work();
    const { telling } = await scene.change(moved('2021-07-20T15:00:00.000Z'));
    scene.mailServer(true);
    if (telling) await scene.play.attempt(telling);
    await scene.end();
  });

  it('get no change that is older than what they hold', async () => {
    const scene = await openScene(db);
    scene.mailServer(false);
    await scene.change(moved('2021-07-20T15:00:00.000Z'));
    await scene.play.work();
    const { telling } = await scene.change(moved('2021-07-21T15:00:00.000Z'));
    scene.mailServer(true);
    if (telling) await scene.play.attempt(telling);
    await scene.end();
  });

  it('get no second invitation when the activity is repeated after somebody has joined', async () => {
    const scene = await openScene(db);
    await scene.change({ change: 'replace', person: 'per-mtpe-1', with: successor('n1@example.org') });
    await scene.play.work();
    await scene.job('invite 1').run();
    await scene.end();
  });

  it.each([
    ['has been replaced', { change: 'replace', person: 'per-mtpe-1', with: successor('n2@example.org') }],
    [
      'has another address',
      { change: 'correct-person', person: 'per-mtpe-1', as: { email: 'n3@example.org' } },
    ],
  ] as const)('lose a session that was cancelled, also where its person %s since', async (_, change) => {
    const scene = await openScene(db);
    scene.mailServer(false);
    await scene.change({ change: 'cancel-session', session: 1 });
    await scene.play.work();
    await scene.change(change);
    await scene.end();
  });
});

describe('notices', () => {
  it('that were on their way go to a corrected address', async () => {
    const scene = await openScene(db);
    scene.mailServer(false);
    await scene.change({ change: 'replace', person: 'per-mtpe-1', with: successor('n4@example.org') });
    await scene.play.work();
    await scene.change({ change: 'correct-person', person: 'per-mtpe-3', as: { email: 'n5@example.org' } });
    await scene.end();
  });

  it('that release a party come, also where the others have answered since', async () => {
    const scene = await openScene(db);
    scene.mailServer(false);
    await scene.change({ change: 'waive', request: DOCUMENTS, party: 'per-mtpe' });
    await scene.play.work();
    await scene.answer(DOCUMENTS, 'chl-mtps-1', { decision: 'done' });
    await scene.end();
  });
});

describe('an answer that is recorded again', () => {
  it('does not undo what was changed since', async () => {
    const scene = await openScene(db);
    const poll = scene.play.requests().find(({ id }) => id === POLL);
    const marks = Object.fromEntries((poll?.slots ?? []).map((slot) => [slot, 'yes']));
    for (const by of ['per-mtpe-1', 'chl-mtps-1']) await scene.answer(POLL, by, { decision: 'marks', marks });
    await scene.play.work();
    const startsAt = '2021-08-17T15:00:00.000Z';
    await scene.answer('session-2/confirm-date.1', 'oas-1', { decision: 'date', startsAt });
    await scene.play.work();
    await scene.change(moved('2021-08-20T15:00:00.000Z', 2));
    await scene.job('answer session-2/confirm-date.1').run();
    expect((await sessionOf(db, scene.world.id, 2)).startsAt).toBe('2021-08-20T15:00:00.000Z');
  });

  it('is not refused because its giver has been replaced since', async () => {
    const scene = await openScene(db);
    await scene.answer(DOCUMENTS, 'per-mtpe-1', { decision: 'done' });
    await scene.change({ change: 'replace', person: 'per-mtpe-1', with: successor('n6@example.org') });
    expect(await scene.job('answer documents').run()).toEqual({});
  });
});
