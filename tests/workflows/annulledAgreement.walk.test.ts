import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GivenDecision } from '../../src/client/index.ts';
import { hoursAfter } from '../../src/domain/dates/dates.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { putUnderReview } from '../support/review.ts';
import { walk } from '../support/walk.ts';

vi.setConfig({ testTimeout: 120_000 });

/**
 * What the meeting agreed, its date, a revision of the programme and a consultant's name are annulled while their steps
 * run: on the workflows that run, on those that are begun anew, and what they did they do again.
 */
describe('what was agreed and is annulled', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const CONFIRM = 'coordination/confirm-coordination.1';
  const SET = 'coordination/set-meeting.1';
  const REVIEW = 'coordination/approve-programme';
  const REVISE = 'coordination/revise-programme.1';
  const MINUTES = { decision: 'done', minutes: { minutes: 'Acuerdos.' } } as const;
  const NAME = 'systematization/name-consultant.1';
  const next = () => `agreed-${++count}`;
  const annul = (id: string, request: string) =>
    system.change(id, { change: 'annul', request, party: 'oas' });
  const inDays = (days: number) =>
    hoursAfter(`${new Date().toISOString().slice(0, 10)}T15:00:00.000Z`, days * 24);
  const meeting = async (id: string) => (await system.view(id)).meeting;
  /** Mails that convene, or tell it beside something else. */
  const convened = async (id: string) => {
    const mails = await system.caseFile
      .selectFrom('mail')
      .select(['notice', 'beside'])
      .where('cooperation', '=', id)
      .execute();
    return mails.filter(({ notice, beside }) =>
      [{ notice }, ...beside].some((one) => one.notice === 'convocation'),
    ).length;
  };
  const secretariat = (id: string, request: string, given: GivenDecision) =>
    system.answer(id, request, 'oas-1', given);

  async function bothApprove(id: string, request: string): Promise<void> {
    for (const by of ['per-mtpe-1', 'chl-mtps-1'])
      await system.answer(id, request, by, { decision: 'approve' });
  }

  /** What a workflow did, its code does again. */
  async function replays(id: string, scope: string): Promise<void> {
    const name = workflowId(id, scope);
    const history = await system.client.workflow.getHandle(name).fetchHistory();
    const { workflowBundle } = system;
    if ('code' in workflowBundle || 'codePath' in workflowBundle)
      await Worker.runReplayHistory({ workflowBundle }, history, name);
  }

  async function begunAnew(id: string, scope: string): Promise<void> {
    await system.client.workflow.getHandle(workflowId(id)).terminate();
    await expect.poll(() => system.status(workflowId(id, scope))).toBe('TERMINATED');
    await system.cooperations.rebuild({ cooperations: [id] });
    await expect.poll(() => system.status(workflowId(id, scope)), { timeout: 30_000 }).toBe('RUNNING');
  }

  /** Its meeting was not held, and has another date, to which the delegations have been convened. */
  async function dated(): Promise<string> {
    const id = next();
    const source = changedSource((file) => Object.assign(file, { id }));
    await system.cooperations.start(source, { demonstration: true });
    await secretariat(id, CONFIRM, { decision: 'not-held', reason: 'No hubo conexión.' });
    await secretariat(id, SET, { decision: 'date', date: inDays(20) });
    await expect.poll(() => convened(id), { timeout: 30_000 }).toBe(await delegates(id));
    return id;
  }
  const delegates = async (id: string) =>
    (await system.view(id)).people.filter(
      ({ role, active }) => active && (role === 'delegate' || role === 'staff'),
    ).length;

  it.each(walk(['runs', 'is begun anew'], 1))(
    'the date set for the meeting, where its workflow %s: all are convened once to the next',
    async (workflow) => {
      const id = await dated();
      const all = await convened(id);
      await annul(id, SET);
      await expect.poll(() => convened(id), { timeout: 30_000 }).toBe(2 * all);
      if (workflow !== 'runs') await begunAnew(id, 'coordination');
      // To the same day as before: that people had it in their calendars once does not count.
      await vi.waitFor(() => secretariat(id, `${SET}.2`, { decision: 'date', date: inDays(20) }), {
        timeout: 30_000,
        interval: 200,
      });
      await expect.poll(() => convened(id), { timeout: 30_000 }).toBe(3 * all);
      expect(await meeting(id)).toMatchObject({ startsAt: inDays(20), sequence: 2 });
      if (workflow !== 'runs') await begunAnew(id, 'coordination');
      // That it was not held was wrong: the new date stands no more, and what it agreed is asked for.
      await annul(id, CONFIRM);
      await vi.waitFor(() => secretariat(id, `${CONFIRM}.2`, MINUTES), { timeout: 30_000, interval: 200 });
      await system.open(id, `${REVIEW}.1`);
      await expect.poll(() => convened(id), { timeout: 30_000 }).toBe(4 * all);
      if (workflow === 'runs') await replays(id, 'coordination');
    },
  );

  it('the record of the meeting, once the ministries have the programme: they get the next version', async () => {
    const id = next();
    await putUnderReview(system, (file) => Object.assign(file, { id }));
    await annul(id, CONFIRM);
    await begunAnew(id, 'coordination');
    await vi.waitFor(
      () => secretariat(id, `${CONFIRM}.2`, { decision: 'done', minutes: { minutes: 'Otros acuerdos.' } }),
      { timeout: 30_000, interval: 200 },
    );
    await bothApprove(id, `${REVIEW}.1.2`);
    await system.open(id, 'documents/send-documents.1');
    const { programmeVersions } = await system.view(id);
    expect(programmeVersions.map(({ annulledAt, issuedAt }) => [!!annulledAt, !!issuedAt])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect((await meeting(id))?.minutes).toBe('Otros acuerdos.');
    await replays(id, 'coordination');
  });

  it.each(walk(['runs', 'is begun anew'], 1))(
    'a revision of the programme, where its workflow %s: it is what it was, and revised again',
    async (workflow) => {
      const id = next();
      await putUnderReview(system, (file) => Object.assign(file, { id }));
      await system.answer(id, `${REVIEW}.1`, 'chl-mtps-1', { decision: 'changes', reason: 'Otro título.' });
      await system.answer(id, `${REVIEW}.1`, 'per-mtpe-1', { decision: 'approve' });
      const before = (await system.view(id)).programme;
      const programme = (title: string) =>
        changedSource((file) => {
          movedTo(new Date(), -1)(file);
          Object.assign(file, { id, title });
        });
      await secretariat(id, REVISE, { decision: 'submit', programme: programme('Un título') });
      await system.open(id, `${REVIEW}.2`);
      await annul(id, REVISE);
      expect((await system.view(id)).programme).toEqual(before);
      if (workflow !== 'runs') await begunAnew(id, 'coordination');
      await vi.waitFor(
        () => secretariat(id, `${REVISE}.2`, { decision: 'submit', programme: programme('Otro título') }),
        { timeout: 30_000, interval: 200 },
      );
      await bothApprove(id, `${REVIEW}.2.2`);
      await system.open(id, 'documents/send-documents.1');
      const view = await system.view(id);
      expect(view.programme.title).toBe('Otro título');
      expect(view.programmeVersions.map(({ annulledAt }) => !!annulledAt)).toEqual([false, true, false]);
      await replays(id, 'coordination');
    },
  );

  it('a consultant’s name: whoever was named leaves and is told, and another writes the sheet', async () => {
    const id = next();
    await putUnderReview(
      system,
      (file) => {
        file.id = id;
        file.systematization = {};
        const [first] = file.sessions;
        file.sessions = [
          {
            contents: first?.contents ?? '',
            date: inDays(-1).slice(0, 10),
            starts: '10:00',
            timezone: 'America/Lima',
          } as (typeof file.sessions)[number],
        ];
      },
      5,
    );
    await bothApprove(id, `${REVIEW}.1`);
    await bothDone(id);
    await secretariat(id, 'session-1/settle-session.1', { decision: 'done' });
    await secretariat(id, 'session-1/record-session.1', MINUTES);
    const named = (name: string): GivenDecision => ({
      decision: 'done',
      person: { name, email: 'consultora@estudio.example' },
    });
    await secretariat(id, NAME, named('Elena Rivas'));
    const DRAFT = 'systematization/draft-sheet.1';
    await system.open(id, DRAFT);
    await expect.poll(() => sentTo(id, 'consultant-1'), { timeout: 30_000 }).toEqual(['request']);
    await annul(id, NAME);
    await begunAnew(id, 'systematization');
    await vi.waitFor(() => secretariat(id, `${NAME}.2`, named('Inés Paz')), {
      timeout: 30_000,
      interval: 200,
    });
    const { asked } = await system.open(id, `${DRAFT}.2`);
    expect(asked.flatMap(({ party }) => party)).toEqual(['consultant']);
    const { people } = await system.view(id);
    expect(
      people.filter(({ role }) => role === 'consultant').map((one) => [one.id, one.name, one.active]),
    ).toEqual([
      ['consultant-1', 'Elena Rivas', false],
      ['consultant-2', 'Inés Paz', true],
    ]);
    await expect.poll(() => sentTo(id, 'consultant-1'), { timeout: 30_000 }).toEqual(['request', 'left']);
    await expect.poll(() => sentTo(id, 'consultant-2'), { timeout: 30_000 }).toEqual(['request']);
    await replays(id, 'systematization');
  });

  const sentTo = async (id: string, person: string) =>
    (await system.view(id)).mails
      .filter((mail) => mail.person === person && mail.state === 'sent')
      .map(({ notice }) => notice);

  async function bothDone(id: string): Promise<void> {
    for (const by of ['per-mtpe-1', 'chl-mtps-1'])
      await system.answer(id, 'documents/send-documents.1', by, { decision: 'done' });
  }
});
