import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GivenDecision } from '../../src/client/index.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, exampleSource } from '../support/programme.ts';

/** A programme whose days have passed is entered: of what is over the Secretariat alone is asked. */
describe('a cooperation that is entered after the fact', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** One of 2021 whose programme both ministries have approved. */
  async function approved(
    options?: { demonstration: boolean },
    change: (file: Programme) => void = () => {},
  ) {
    const id = `after-${++count}`;
    const source = changedSource((file) => {
      file.id = id;
      change(file);
    });
    await system.cooperations.start(source, options);
    const minutes = { minutes: 'Acuerdos.' };
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', { decision: 'done', minutes });
    for (const by of ['per-mtpe-1', 'chl-mtps-1'])
      await system.answer(id, 'coordination/approve-programme.1', by, { decision: 'approve' });
    return id;
  }
  const noticesOf = async (id: string, notice: string) =>
    (await system.view(id)).mails.filter((mail) => mail.notice === notice);
  const settle = (id: string, request: string, given: GivenDecision) =>
    system.answer(id, request, 'oas-2', given);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

  it('is warned of before anything is started, and when it is', async () => {
    const past = [1, 2, 3].map((session) => expect.objectContaining({ code: 'SessionPast', session }));
    const { warnings } = await system.cooperations.foreseeStart(exampleSource());
    expect(warnings).toEqual(past);
    const id = `after-${++count}`;
    const started = await system.cooperations.start(changedSource((file) => Object.assign(file, { id })));
    expect(started).toEqual({ id, state: 'started', warnings });
  });

  it('asks nobody about past days, invites nobody to them, and asks the Secretariat when it was held', async () => {
    const id = await approved();
    const dated = await system.open(id, 'session-1/settle-session.1');
    expect(dated).toMatchObject({ decisions: ['done', 'date'], windowRanOut: 'entered' });
    const windowed = await system.open(id, 'session-2/confirm-date.1');
    expect(windowed).toMatchObject({ decisions: ['date'], windowRanOut: 'entered', slots: [] });

    await settle(id, dated.id, { decision: 'done' });
    await system.open(id, 'session-1/record-session.1');
    // On a day of its window, of which its record is asked for at once.
    await settle(id, windowed.id, { decision: 'date', date: '2021-08-18T15:00:00.000Z' });
    await system.open(id, 'session-2/record-session.1');
    // One that is still to be held is invited to as any.
    const startsAt = inDays(20);
    await settle(id, 'session-3/confirm-date.1', { decision: 'date', date: startsAt });
    await expect
      .poll(async () => (await noticesOf(id, 'invitation')).length, { timeout: 30_000 })
      .toBeGreaterThan(0);

    const { sessions, requests } = await system.view(id);
    expect(sessions.map((one) => [one.startsAt, one.sequence])).toEqual([
      ['2021-07-14T15:00:00.000Z', -1],
      ['2021-08-18T15:00:00.000Z', -1],
      [startsAt, 0],
    ]);
    expect(requests.filter(({ kind }) => kind === 'choose-date')).toEqual([]);
    expect(await noticesOf(id, 'window-ran-out')).toEqual([]);
    const invited = (await noticesOf(id, 'invitation')).map(({ subject }) => subject);
    expect(invited.filter((subject) => !/3\.ª sesión/.test(subject))).toEqual([]);
    // The delegations have the programme all the same.
    const asked = (await noticesOf(id, 'request')).filter(
      ({ request, subject }) =>
        request === 'documents/send-documents.1' && subject.includes('Programa aprobado'),
    );
    expect(asked.map(({ person }) => person)).toContain('per-mtpe-1');
  });

  it('takes no day before the parties first met, and lets the session be moved instead', async () => {
    const id = await approved();
    const request = 'session-2/confirm-date.1';
    await expect(
      settle(id, request, { decision: 'date', date: '2021-06-01T15:00:00.000Z' }),
    ).rejects.toMatchObject({ code: 'DateOutsideWindow' });
    await system.open(id, 'session-1/settle-session.1');
    await system.change(id, { change: 'reschedule', session: 1, startsAt: inDays(30) });
    await expect.poll(async () => (await system.view(id)).sessions[0]?.sequence, { timeout: 30_000 }).toBe(0);
    const of = (await system.view(id)).requests.filter(({ id: name }) => name.startsWith('session-1/'));
    expect(of.map(({ id: name, lapse }) => [name, lapse])).toEqual([
      ['session-1/settle-session.1', 'superseded'],
    ]);
  });

  it('proposes and invites to what lies ahead, with what has passed beside it', async () => {
    const id = await approved(undefined, ({ sessions }) => {
      const day = (days: number) => inDays(days).slice(0, 10);
      Object.assign(sessions[2] as object, { window: { from: day(20), to: day(40) } });
    });
    await system.open(id, 'session-3/choose-date.1');
    await system.open(id, 'session-1/settle-session.1');
  });

  it('goes on as if its days lay ahead where it is a demonstration', async () => {
    const id = await approved({ demonstration: true });
    await system.open(id, 'session-1/record-session.1');
    expect((await system.open(id, 'session-2/choose-date.1')).slots.length).toBe(6);
    expect((await noticesOf(id, 'invitation')).length).toBeGreaterThan(0);
  });
});
