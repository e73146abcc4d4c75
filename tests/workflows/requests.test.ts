import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changedSource, movedTo } from '../support/programme.ts';
import { type VirtualSystem, virtualSystem } from '../support/virtual.ts';

/** One time-skipping server skips time for all of its workflows, so these run one after another. */
describe('a request', () => {
  let system: VirtualSystem;
  let number = 0;
  beforeAll(async () => {
    system = await virtualSystem();
  });
  afterEach(() => system.endAll());
  afterAll(() => system[Symbol.asyncDispose]());

  /** A cooperation whose coordination meeting was `days` from now, with its first request open. */
  async function started(days: number): Promise<string> {
    const id = `test-${++number}`;
    const now = new Date(await system.now());
    const source = changedSource((file) => {
      movedTo(now, days)(file);
      file.id = id;
    });
    await system.cooperations.start(source);
    return id;
  }
  async function confirmed(days = -1): Promise<string> {
    const id = await started(days);
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    return id;
  }
  const REVIEW = 'coordination/approve-programme.1';
  const mailsAbout = (id: string, request: string) => system.mailbox.list({ request: `${id}/${request}` });
  const about = async (id: string, request: string, ending: string) =>
    (await mailsAbout(id, request)).filter(({ to }) => to.some((address) => address.endsWith(ending)));
  const isReminder = ({ subject }: { subject: string }) => !subject.startsWith('[Acción requerida]');

  it('reminds those who still owe an answer, and nobody else', async () => {
    const id = await confirmed();
    await expect.poll(async () => (await mailsAbout(id, REVIEW)).length).toBe(9);
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.pass('40 days');

    const toChile = await about(id, REVIEW, '@mtps-chile.example');
    const toPeru = await about(id, REVIEW, '@mtpe-peru.example');
    const toStaff = await about(id, REVIEW, '@oea.example');
    expect(toChile.filter(isReminder)).toEqual([]);
    expect(toChile).toHaveLength(4);
    const perPerson = Map.groupBy(toPeru.filter(isReminder), ({ to }) => to.join());
    expect(perPerson.size).toBe(5);
    // Three to each; one more to the focal point; then the Secretariat hears of it, and nothing follows.
    expect([...perPerson.values()].map(({ length }) => length).sort()).toEqual([3, 3, 3, 3, 4]);
    for (const reminders of perPerson.values())
      expect(new Set(reminders.map(({ subject }) => subject)).size).toBe(reminders.length);
    expect(toStaff).toHaveLength(2);
    const { requests } = await system.view(id);
    expect(requests.find((request) => request.id === REVIEW)).toMatchObject({
      closedAt: null,
      owing: ['per-mtpe'],
      overdue: true,
    });
  });

  it('goes silent once it is answered', async () => {
    const id = await confirmed();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    await system.open(id, 'documents/send-documents.1');
    await system.pass('40 days');
    expect((await mailsAbout(id, REVIEW)).filter(isReminder)).toEqual([]);
  });

  it('waits for the meeting before it is asked about', async () => {
    const id = await started(10);
    await system.pass('5 days');
    expect((await system.view(id)).requests).toEqual([]);
    await system.pass('7 days');
    const request = await system.open(id, 'coordination/confirm-coordination.1');
    expect(Date.parse(request.openedAt)).toBeGreaterThanOrEqual(
      Date.parse((await system.view(id)).programme.coordination.date),
    );
  });

  it('opens a round on a new version for changes, where the old approval does not count', async () => {
    const id = await confirmed();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', {
      decision: 'changes',
      reason: 'Falta el financiamiento.',
    });

    const revision = await system.open(id, 'coordination/revise-programme.1');
    await expect.poll(() => mailsAbout(id, revision.id)).toHaveLength(2);
    const asked = await mailsAbout(id, revision.id);
    expect(asked[0]?.text).toContain('Falta el financiamiento.');
    const { programme } = await system.view(id);
    const revised = changedSource((file) => {
      Object.assign(file, structuredClone(programme));
      file.objectives.items[0] = { title: 'Conocer', text: 'También el financiamiento.' };
    });
    await system.answer(id, revision.id, 'oas-1', { decision: 'submit', programme: revised });

    const second = await system.open(id, 'coordination/approve-programme.2');
    expect(second.owing.sort()).toEqual(['chl-mtps', 'per-mtpe']);
    const { programmeVersions } = await system.view(id);
    expect(programmeVersions.map(({ version }) => version)).toEqual([1, 2]);
    expect(programmeVersions[0]?.hash).not.toBe(programmeVersions[1]?.hash);
    expect(programmeVersions.every(({ issuedAt }) => issuedAt === null)).toBe(true);
  });

  it('refuses what cannot be taken, with the reason, and changes nothing', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const answer = (given: object) =>
      system.cooperations.answer(id, {
        request: REVIEW,
        by: 'chl-mtps-1',
        subject: subject.hash,
        decision: 'approve',
        ...given,
      });
    await expect(answer({ by: 'oas-1' })).rejects.toMatchObject({ code: 'NotAsked' });
    await expect(answer({ by: 'chl-mtps-9' })).rejects.toMatchObject({ code: 'PersonUnknown' });
    await expect(answer({ by: 'guest-2-1' })).rejects.toMatchObject({ code: 'NotOfParty' });
    await expect(answer({ subject: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'SubjectSuperseded' });
    await expect(answer({ decision: 'done' })).rejects.toMatchObject({ code: 'DecisionNotTaken' });
    await expect(answer({ decision: 'changes' })).rejects.toMatchObject({ code: 'ReasonMissing' });
    await expect(answer({ request: 'coordination/approve-programme.7' })).rejects.toMatchObject({
      code: 'RequestUnknown',
    });
    expect((await system.open(id, REVIEW)).answers).toEqual([]);

    await answer({});
    await expect(answer({ by: 'chl-mtps-3' })).rejects.toMatchObject({
      code: 'AlreadyAnswered',
      earlier: { by: 'chl-mtps-1', decision: 'approve' },
    });
    expect((await system.open(id, REVIEW)).answers.map(({ by }) => by).sort()).toEqual(['chl-mtps-1']);
  });

  it('takes one of two answers given at the same moment, and tells the other who was faster', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const both = await Promise.allSettled(
      ['chl-mtps-1', 'chl-mtps-2'].map((by) =>
        system.cooperations.answer(id, { request: REVIEW, by, subject: subject.hash, decision: 'approve' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [winner] = (await system.open(id, REVIEW)).answers;
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'AlreadyAnswered', earlier: { by: winner?.by } });
  });

  it('moves on by a Signal as by an Update, and ignores a bad one', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const handle = system.client.workflow.getHandle(`cooperation/${id}/coordination`);
    const good = { request: REVIEW, subject: subject.hash, decision: 'approve' };
    await handle.signal('respond', { nonsense: true });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'per-mtpe-1' });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'chl-mtps-77' });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'chl-mtps-2' });
    await handle.signal('respond', { ...good, party: 'per-mtpe', by: 'per-mtpe-1' });
    const next = await system.open(id, 'documents/send-documents.1');
    expect(next.owing).toHaveLength(2);
    const { requests } = await system.view(id);
    expect(
      requests
        .find((request) => request.id === REVIEW)
        ?.answers.map(({ by }) => by)
        .sort(),
    ).toEqual(['chl-mtps-2', 'per-mtpe-1']);
  });
});
