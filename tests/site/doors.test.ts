import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addStaff } from '../../src/casefile/access/staff.ts';
import { makeToken } from '../../src/casefile/access/tokens.ts';
import { recordAnswer } from '../../src/casefile/requests.ts';
import { workflowId } from '../../src/domain/ids.ts';
import type { Scope } from '../../src/domain/people/staff.ts';
import { apiOver } from '../support/api.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { putUnderReview } from '../support/review.ts';
import { type Browser, siteOver } from '../support/site.ts';

const REVIEW = 'coordination/approve-programme.1';
const LISTED = 'secretaria@oas.example';
const MACHINE = 'm'.repeat(43);

/** A system, its site and its API, with as many cooperations as are asked for, each up for approval. */
async function stage(system: InProcess) {
  const site = siteOver(system, { staff: [LISTED] });
  const app = apiOver(system, { machineToken: async () => MACHINE });
  let number = 0;
  return {
    site,
    async underReview(): Promise<string> {
      const id = `door-${++number}`;
      await putUnderReview(
        system,
        (file) => {
          file.id = id;
        },
        3,
      );
      return id;
    },
    async call(path: string, token: string, body: object) {
      const response = await app.request(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const told = (await response.json()) as { error: { code: string } };
      return { status: response.status, body: told };
    },
    addressOf: async (id: string, person: string) =>
      (await system.view(id)).people.find((one) => one.id === person)?.email ?? '',
    answersTo: async (id: string) =>
      (await system.view(id)).requests.find((one) => one.id === REVIEW)?.answers ?? [],
    recordOf: async (id: string, kind: string) =>
      (await system.view(id)).record.filter((one) => one.kind === kind),
    subject: async (id: string) => (await system.open(id, REVIEW)).subject.hash,
  };
}
type Stage = Awaited<ReturnType<typeof stage>>;

const onSite = (browser: Browser, path: string, subject: string) =>
  browser.post(path, { subject, decision: 'approve', how: 'Por teléfono' });

describe('the door by which an answer came', () => {
  let system: InProcess;
  let the: Stage;
  beforeAll(async () => {
    system = await inProcess();
    the = await stage(system);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('is one’s own session, or that of whoever of the staff recorded it', async () => {
    const id = await the.underReview();
    const subject = await the.subject(id);
    const page = `/c/${id}/requests/${REVIEW}`;
    const own = await the.site.as(await the.addressOf(id, 'chl-mtps-1'));
    expect((await onSite(own, page, subject)).status).toBe(303);
    const staff = await the.site.as(LISTED);
    expect((await onSite(staff, `${page}?for=per-mtpe-1`, subject)).status).toBe(303);
    expect((await the.answersTo(id)).map(({ by, door }) => [by, door])).toEqual([
      ['chl-mtps-1', { door: 'site' }],
      ['per-mtpe-1', { door: 'staff', by: LISTED }],
    ]);
    const text = await own.text(page);
    expect(text).toContain('Llegó por el sitio, con el acceso de la propia persona.');
    expect(text).toContain(`Llegó por el sitio, anotada por ${LISTED}.`);
    const record = await own.text(`/c/${id}/record`);
    expect(record).toContain(`llegó por el sitio, anotada por ${LISTED}`);
    expect(record).not.toContain('acceso de la propia persona');
    // Nothing is left on the way.
    expect(await system.caseFile.selectFrom('answerOnTheWay').selectAll().execute()).toEqual([]);
  });

  it('is a token by its name, or that of this machine', async () => {
    const id = await the.underReview();
    const { secret, token } = await makeToken(
      system.caseFile,
      { name: 'sistema <b>de</b> Chile', scopes: ['answer'], days: 1 },
      null,
      new Date().toISOString(),
    );
    const recorded = { by: 'oas-1', how: 'Por correo' };
    const given = { request: REVIEW, subject: await the.subject(id), decision: 'approve', recorded };
    const path = `/cooperations/${id}/answers`;
    expect((await the.call(path, secret, { ...given, by: 'chl-mtps-1' })).status).toBe(200);
    expect((await the.call(path, MACHINE, { ...given, by: 'per-mtpe-1' })).status).toBe(200);
    expect((await the.answersTo(id)).map(({ by, door }) => [by, door])).toEqual([
      ['chl-mtps-1', { door: 'token', token: token.number, name: token.name }],
      ['per-mtpe-1', { door: 'machine' }],
    ]);
    const staff = await the.site.as(LISTED);
    const text = await staff.text(`/c/${id}/record`);
    expect(text).toContain(`con la clave n.º ${token.number} «sistema &lt;b&gt;de&lt;/b&gt; Chile»`);
    expect(text).toContain('con la clave de este equipo');
  });

  it('is a token’s for somebody else with who records it and how it came, for its holder without', async () => {
    const id = await the.underReview();
    const officer = await the.addressOf(id, 'oas-1');
    const at = new Date().toISOString();
    await addStaff(system.caseFile, { address: officer, role: 'staff', by: null }, at);
    const token = async (holder?: string) =>
      (await makeToken(system.caseFile, { name: 'x', scopes: ['answer'], days: 1, holder }, null, at)).secret;
    const path = `/cooperations/${id}/answers`;
    const given = { request: REVIEW, subject: await the.subject(id), decision: 'changes', reason: 'Falta.' };
    for (const secret of [MACHINE, await token(), await token(officer)]) {
      const { status, body } = await the.call(path, secret, { ...given, by: 'chl-mtps-1' });
      expect([status, body.error]).toMatchObject([422, { code: 'RecordedMissing', person: 'chl-mtps-1' }]);
    }
    expect(await the.answersTo(id)).toEqual([]);
    const recorded = { by: 'oas-1', how: 'Por correo' };
    for (const by of ['chl-mtps-1', 'per-mtpe-1'])
      expect((await the.call(path, MACHINE, { ...given, by, recorded })).status).toBe(200);
    // The holder's own.
    const revise = 'coordination/revise-programme.1';
    const { subject } = await system.open(id, revise);
    const { programme } = await system.view(id);
    const own = {
      ...{ request: revise, by: 'oas-1', subject: subject.hash, decision: 'submit' },
      programme: JSON.stringify({ ...programme, contents: { ...programme.contents, introduction: 'Otra.' } }),
    };
    expect((await the.call(path, MACHINE, own)).body.error.code).toBe('RecordedMissing');
    expect((await the.call(path, await token(officer.toUpperCase()), own)).status).toBe(200);
    expect((await system.view(id)).requests.find((one) => one.id === revise)?.answers).toMatchObject([
      { by: 'oas-1', door: { door: 'token', name: 'x' } },
    ]);
  });

  it('tells who answered to whoever may know, and nobody else', async () => {
    const id = await the.underReview();
    const at = new Date().toISOString();
    const token = async (scopes: readonly Scope[]) =>
      (await makeToken(system.caseFile, { name: 'x', scopes: [...scopes], days: 1 }, null, at)).secret;
    const recorded = { by: 'oas-1', how: 'Por correo' };
    const given = { request: REVIEW, subject: await the.subject(id), decision: 'approve', recorded };
    const path = `/cooperations/${id}/answers`;
    const first = await the.site.as(await the.addressOf(id, 'chl-mtps-1'));
    await onSite(first, `/c/${id}/requests/${REVIEW}`, given.subject);
    const late = async (secret: string) =>
      (await the.call(path, secret, { ...given, by: 'chl-mtps-2' })).body.error;
    expect(await late(await token(['read', 'answer']))).toMatchObject({
      code: 'AlreadyAnswered',
      by: 'chl-mtps-1',
    });
    const blind = await late(await token(['answer']));
    expect(blind).toEqual({
      ...{ code: 'AnswerNotAwaited', request: REVIEW, party: 'chl-mtps' },
      message: 'This answer is no longer awaited.',
    });
    // In the case file: who is not of the institution any more, and who never was, hear of themselves alone.
    const tried = (by: string) =>
      recordAnswer(
        system.caseFile,
        id,
        { request: REVIEW, subject: given.subject, party: 'chl-mtps', by, decision: 'approve' },
        at,
      );
    expect(await tried('chl-mtps-77')).toMatchObject({ code: 'PersonUnknown' });
    expect(await tried('per-mtpe-1')).toMatchObject({ code: 'NotOfParty' });
    expect(await tried('chl-mtps-2')).toMatchObject({ code: 'AlreadyAnswered' });
    // By the site: nobody by a wrong link, nobody of another cooperation, no guest.
    const name = (await the.answersTo(id))[0]?.name ?? '';
    const guest = await the.site.as(await the.addressOf(id, 'guest-2-1'));
    for (const stranger of [the.site.browser(), guest])
      for (const page of [`/c/${id}/requests/${REVIEW}`, `/c/${id}/requests/${REVIEW}?for=chl-mtps-1`]) {
        expect(await stranger.text(page)).not.toContain(name);
        const answered = await onSite(stranger, page, given.subject);
        expect(await answered.text()).not.toContain(name);
      }
    expect(await the.site.browser().text(`/r/${'0'.repeat(48)}`)).not.toContain(name);
  });

  it('is none of ours where a Signal or an Update was sent, also after the same answer was refused here', async () => {
    const id = await the.underReview();
    const subject = await the.subject(id);
    const handle = system.client.workflow.getHandle(workflowId(id, 'coordination'));
    const answer = { request: REVIEW, subject, decision: 'approve' };
    const own = await the.site.as(await the.addressOf(id, 'chl-mtps-1'));
    const stale = { ...answer, subject: 'f'.repeat(64) };
    expect((await onSite(own, `/c/${id}/requests/${REVIEW}`, stale.subject)).status).toBe(422);
    await handle.signal('respond', { ...answer, party: 'chl-mtps', by: 'chl-mtps-1' });
    await handle.executeUpdate('respond', { args: [{ ...answer, party: 'per-mtpe', by: 'per-mtpe-1' }] });
    await expect.poll(() => the.answersTo(id)).toHaveLength(2);
    expect((await the.answersTo(id)).map(({ door }) => door)).toEqual([
      { door: 'outside' },
      { door: 'outside' },
    ]);
    const text = await own.text(`/c/${id}/requests/${REVIEW}`);
    expect(text).toContain('De fuera</strong> Llegó desde fuera');
    expect(await own.text(`/c/${id}/record`)).toMatch(/Atención<\/strong> [^<]*llegó desde fuera/);
  });

  it('stays when workflows are gone and begun again', async () => {
    const id = await the.underReview();
    const own = await the.site.as(await the.addressOf(id, 'chl-mtps-1'));
    await onSite(own, `/c/${id}/requests/${REVIEW}`, await the.subject(id));
    for (const scope of ['coordination', undefined])
      await system.client.workflow.getHandle(workflowId(id, scope)).terminate();
    await system.cooperations.rebuild({ cooperations: [id] });
    const waitedOn = () => system.workflows.waitedOn(id, REVIEW).catch(() => undefined);
    await expect.poll(waitedOn).toBeDefined();
    const staff = await the.site.as(LISTED);
    const page = `/c/${id}/requests/${REVIEW}?for=per-mtpe-1`;
    expect((await onSite(staff, page, await the.subject(id))).status).toBe(303);
    expect((await the.answersTo(id)).map(({ door }) => door.door)).toEqual(['site', 'staff']);
  });
});

describe('an installation that takes no answers from outside', () => {
  let system: InProcess;
  let the: Stage;
  beforeAll(async () => {
    system = await inProcess({ outsideAnswers: 'refuse' });
    the = await stage(system);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('refuses Signals and Updates on record, and takes what comes by the site', async () => {
    const id = 'refusing';
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -3)(file);
        file.id = id;
      }),
    );
    const first = 'coordination/confirm-coordination.1';
    const { subject } = await system.open(id, first);
    await system.cooperations.answer(
      id,
      { request: first, subject: subject.hash, by: 'oas-1', decision: 'done', minutes: { minutes: 'Acta.' } },
      { door: 'machine' },
    );
    const answer = { request: REVIEW, subject: await the.subject(id), decision: 'approve' };
    const handle = system.client.workflow.getHandle(workflowId(id, 'coordination'));
    const sent = { ...answer, party: 'chl-mtps', by: 'chl-mtps-1' };
    await handle.signal('respond', sent);
    await expect.poll(() => the.recordOf(id, 'answer-refused')).toHaveLength(1);
    const failed = await handle.executeUpdate('respond', { args: [sent] }).catch((error) => error.cause);
    expect(failed).toMatchObject({ type: 'OutsideRefused' });
    expect(await the.recordOf(id, 'answer-refused')).toMatchObject([
      { person: 'chl-mtps-1', data: { request: REVIEW, decision: 'approve', code: 'OutsideRefused' } },
    ]);
    expect(await the.answersTo(id)).toEqual([]);
    const own = await the.site.as(await the.addressOf(id, 'chl-mtps-1'));
    expect(await own.text(`/c/${id}/record`)).toContain('Respuesta llegada desde fuera, no admitida');
    // The very same answer, by the site.
    expect((await onSite(own, `/c/${id}/requests/${REVIEW}`, answer.subject)).status).toBe(303);
    expect((await the.answersTo(id)).map(({ door }) => door)).toEqual([{ door: 'site' }]);
  });
});
