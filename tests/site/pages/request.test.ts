import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findPerson } from '../../../src/casefile/people.ts';
import { documentVersionId } from '../../../src/domain/ids.ts';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import { standing } from '../../../src/site/pages/request/answers.ts';
import type { Viewer } from '../../../src/site/viewer.ts';
import { visitOf } from '../../../src/site/visit.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { hiddenIn } from '../../support/programmeForm.ts';
import { type Browser, mainHtmlOf, mainOf, siteOver } from '../../support/site.ts';

/** The request's page on the real workflows: each kind answered, refused, passed on, and looked at by others. */
const HOSTILE = `<script>alert("1")</script> & 'comillas'`;
const ESCAPED = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;comillas&#39;';
const OBSERVER = 'observador@oea.example';
const MINUTES = { decision: 'done', minutes: { minutes: 'Acuerdos.' } } as const;
const REVIEW = 'coordination/approve-programme.1';
const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the page of a request', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let count = 0;
  const browsers = new Map<string, Browser>();
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { observers: [OBSERVER] });
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function started(change: (file: Programme) => void = () => {}): Promise<string> {
    const id = `page-${++count}`;
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -3)(file);
        file.id = id;
        change(file);
      }),
    );
    await system.open(id, 'coordination/confirm-coordination.1');
    return id;
  }
  async function underReview(change?: (file: Programme) => void): Promise<string> {
    const id = await started(change);
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', MINUTES);
    await system.open(id, REVIEW);
    return id;
  }
  async function approved(change?: (file: Programme) => void): Promise<string> {
    const id = await underReview(change);
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    return id;
  }
  /** A person's browser. People have the same addresses in every cooperation here. */
  async function as(id: string, person: string): Promise<Browser> {
    const known = browsers.get(person);
    if (known) return known;
    const email = (await system.view(id)).people.find((one) => one.id === person)?.email;
    if (!email) throw new Error(`nobody is ${person}`);
    const browser = await site.as(email);
    browsers.set(person, browser);
    return browser;
  }
  const pathOf = (id: string, request: string) => `/c/${id}/requests/${request}`;
  /** Without what is around every page: the form of the languages holds what was sent. */
  const subjectOf = (page: string) => /name="subject" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? '';

  /** Opens the page, fills its form in and sends it. */
  async function send(
    id: string,
    request: string,
    person: string,
    fields: Record<string, string | string[]>,
    files: [name: string, content: string][] = [],
  ): Promise<{ status: number; page: string }> {
    await system.open(id, request);
    const browser = await as(id, person);
    const path = pathOf(id, request);
    const page = await browser.text(path);
    const filled = { subject: subjectOf(page), ...fields };
    let response: Response;
    if (page.includes('enctype="multipart/form-data"')) {
      const form = new FormData();
      for (const [name, value] of Object.entries(filled))
        for (const one of [value].flat()) form.append(name, one);
      for (const [name, content] of files) form.append('files', new File([content], name));
      response = await browser.upload(path, form);
    } else response = await browser.post(path, filled);
    if (response.status === 303) expect(response.headers.get('location')).toBe(path);
    return {
      status: response.status,
      page: response.status === 303 ? await browser.text(path) : await response.text(),
    };
  }
  /** Presses the button below the question that a page asks. */
  async function confirm(id: string, request: string, person: string, page: string): Promise<Response> {
    const [asked = ''] =
      /<form[^>]*>(?:(?!<\/form>)[\s\S])*name="confirmed"[\s\S]*?<\/form>/.exec(page) ?? [];
    const form = new FormData();
    for (const [, name = '', value = ''] of asked.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g))
      form.append(name, value);
    return (await as(id, person)).upload(pathOf(id, request), form);
  }
  const answersTo = async (id: string, request: string) =>
    (await system.view(id)).requests.find((one) => one.id === request)?.answers ?? [];

  describe('asks for approval', () => {
    it('shows the programme, and records what was chosen, with thanks and who is missing', async () => {
      const id = await underReview();
      const page = await (await as(id, 'chl-mtps-2')).text(pathOf(id, REVIEW));
      expect(page).toContain(
        '<h1 class="govuk-heading-l">Aprobar los contenidos del programa (versión 1)</h1>',
      );
      const { programmeVersions, sessions } = await system.view(id);
      expect(page).toContain(`/c/${id}/files/${programmeVersions[0]?.pdf.sha256}/`);
      expect(page).toContain(`/c/${id}/files/${programmeVersions[0]?.docx.sha256}/`);
      for (const { contents } of sessions) expect(page).toContain(contents.slice(0, 40));

      const unchosen = await send(id, REVIEW, 'chl-mtps-2', { reason: 'Algo.' });
      expect(unchosen.status).toBe(422);
      expect(unchosen.page).toContain('id="decision-error"');
      const both = await send(id, REVIEW, 'chl-mtps-2', { decision: 'approve', reason: 'Falta el sitio.' });
      expect(both.status).toBe(422);
      expect(both.page).toContain('Falta el sitio.</textarea>');
      const unsaid = await send(id, REVIEW, 'chl-mtps-2', { decision: 'changes', reason: '  ' });
      expect(unsaid.page).toContain('id="reason-error"');
      expect(await answersTo(id, REVIEW)).toEqual([]);

      const done = await send(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      expect(done.status).toBe(303);
      expect(done.page).toContain('Gracias. Su respuesta quedó registrada');
      expect(done.page).toMatch(/Falta la respuesta del MTPE del Perú/);
      expect(done.page).not.toContain('name="subject"');
      expect((await answersTo(id, REVIEW)).map(({ by, decision }) => [by, decision])).toEqual([
        ['chl-mtps-2', 'approve'],
      ]);
    });

    it('lets an answer be corrected and taken back while another is missing, and keeps what there was', async () => {
      const id = await underReview();
      await send(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      const browser = await as(id, 'chl-mtps-1');
      const path = pathOf(id, REVIEW);
      const page = await browser.text(path);
      expect(page).toContain('puede corregir o retirar la suya');
      expect(page).toContain(`href="${path}?correct=2#form"`);
      // The other institution has nothing to take back.
      expect(await (await as(id, 'per-mtpe-1')).text(path)).not.toContain('id="take-back"');

      const form = await browser.text(`${path}?correct=2`);
      expect(form).toContain('Usted corrige la respuesta de su institución');
      expect(form).toMatch(/value="approve"[^>]*checked/);
      const corrected = await browser.post(`${path}?correct=2`, {
        ...{ subject: subjectOf(form), decision: 'changes', reason: 'Falta el financiamiento.' },
      });
      expect(corrected.status).toBe(303);
      expect(await answersTo(id, REVIEW)).toMatchObject([
        { by: 'chl-mtps-1', decision: 'changes', revision: 2 },
      ]);
      // The same form, left open in another tab, corrects nothing any more.
      const stale = await browser.post(`${path}?correct=2`, {
        subject: subjectOf(form),
        decision: 'approve',
      });
      expect(stale.status).toBe(409);
      const refusedThere = mainOf(await stale.text());
      expect(refusedThere).toContain('no está vigente: no se dio, o alguien la retiró o corrigió');
      expect(refusedThere).not.toContain('Gracias. Su respuesta quedó registrada');

      const taken = await browser.post(`${path}/take-back`, { revision: '2' });
      expect(taken.status).toBe(303);
      const after = await browser.text(path);
      expect(after).toContain('name="decision"');
      expect(mainOf(after)).toMatch(/retiró la respuesta de su institución \(cambios solicitados\) — /);
      expect(mainOf(await (await as(id, 'per-mtpe-1')).text(path))).not.toContain(
        'retiró la respuesta de su',
      );
      expect(after).toContain('2 respuestas que ya no están vigentes');
      expect(after).toContain('Falta el financiamiento.');
      expect((await browser.post(`${path}/take-back`, { revision: '1' })).status).toBe(409);
      await send(id, REVIEW, 'chl-mtps-1', { decision: 'approve' });
      expect(await browser.text(path)).not.toContain('id="taken-back"');
      expect((await browser.post(`${path}/take-back`, { revision: '3' })).status).toBe(303);

      await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
      expect(await browser.text(path)).not.toContain('id="take-back"');
      const late = await browser.post(`${path}/take-back`, { revision: '4' });
      expect(late.status).toBe(409);
      expect(await late.text()).toContain(
        'ya sirvió de base para el paso siguiente y no puede retirarse ni corregirse',
      );
    });

    it('says who was faster, and gives back what was written', async () => {
      const id = await underReview();
      const browser = await as(id, 'chl-mtps-1');
      const subject = subjectOf(await browser.text(pathOf(id, REVIEW)));
      await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      const late = await browser.post(pathOf(id, REVIEW), { subject, decision: 'changes', reason: HOSTILE });
      const page = await late.text();
      expect(late.status).toBe(409);
      expect(page).toMatch(/Cristóbal Auger \(MTPS de Chile\) ya respondió: aprobado — /);
      expect(page).toContain(ESCAPED);
      expect(page).not.toContain('<script>alert');
      expect(mainHtmlOf(page)).not.toContain('name="subject"');
      expect(await browser.text(pathOf(id, REVIEW))).toContain(
        'Cristóbal Auger ya respondió por el MTPS de Chile',
      );
    });

    it('thanks nobody for what was refused, and says so to whoever answered before in another tab', async () => {
      const id = await underReview();
      const browser = await as(id, 'chl-mtps-1');
      const subject = subjectOf(await browser.text(pathOf(id, REVIEW)));
      const [changes, approve] = [
        { decision: 'changes', reason: 'Falta el sitio.' },
        { decision: 'approve' },
      ];
      expect((await browser.post(pathOf(id, REVIEW), { subject, ...changes })).status).toBe(303);
      const second = await browser.post(pathOf(id, REVIEW), { subject, ...approve });
      const page = mainOf(await second.text());
      expect(second.status).toBe(409);
      expect(page).toMatch(/Usted ya respondió: cambios solicitados — .+sigue vigente la primera/);
      expect(page).not.toContain('basta la de una persona de cada delegación');
      expect(page).not.toContain('Gracias. Su respuesta quedó registrada');
    });

    it('of a version that was superseded records nothing, and leads to the new one', async () => {
      const id = await underReview();
      const stale = await send(id, REVIEW, 'chl-mtps-1', {
        subject: 'f'.repeat(64),
        decision: 'changes',
        reason: 'Lo escrito.',
      });
      expect(stale.status).toBe(422);
      expect(stale.page).toContain('se presentó una nueva versión');
      expect(stale.page).toContain('Lo escrito.</textarea>');

      const browser = await as(id, 'chl-mtps-1');
      const subject = subjectOf(await browser.text(pathOf(id, REVIEW)));
      const { programme } = await system.view(id);
      const objectives = { ...programme.objectives, items: [{ text: 'También el financiamiento.' }] };
      await system.change(id, { change: 'amend', programme: stringify({ ...programme, objectives }) });
      await system.open(id, 'coordination/approve-programme.2');
      const after = await browser.post(pathOf(id, REVIEW), { subject, decision: 'approve' });
      expect(after.status).toBe(409);
      const page = await after.text();
      expect(page).toContain(`href="${pathOf(id, 'coordination/approve-programme.2')}"`);
      expect(await answersTo(id, 'coordination/approve-programme.2')).toEqual([]);
      const second = await browser.text(pathOf(id, 'coordination/approve-programme.2'));
      expect(second).toContain('Qué cambió desde la versión anterior');
      expect(second).toContain('Por acuerdo de las partes.');
    });

    it('carries the reasons to whoever revises it, who is told each mistake with its line', async () => {
      const id = await underReview();
      await send(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      expect((await send(id, REVIEW, 'per-mtpe-1', { decision: 'changes', reason: HOSTILE })).status).toBe(
        303,
      );
      const revise = 'coordination/revise-programme.1';
      await system.open(id, revise);
      const page = await (await as(id, 'oas-1')).text(pathOf(id, revise));
      expect(page).toContain(ESCAPED);
      expect(page).not.toContain('<script>alert');

      const { programme } = await system.view(id);
      expect(
        (await (await as(id, 'oas-1')).post(pathOf(id, revise), { programme: 'x'.repeat(3e6) })).status,
      ).toBe(413);
      const source = stringify(programme);
      const wrong = await send(id, revise, 'oas-1', {
        programme: source.replace('country: PE', 'country: Peru'),
      });
      expect(wrong.status).toBe(422);
      expect(wrong.page).toMatch(/Línea \d+: /);
      expect(wrong.page).toContain('country: Peru');
      const other = await send(id, revise, 'oas-1', {
        programme: stringify({ ...programme, dated: programme.dated, call: { number: 15, year: 2021 } }),
      });
      expect(other.page).toMatch(
        /Un programa revisado cambia solo los textos: .+ otra cosa: Convocatoria \(call\)\./,
      );
      const objectives = { ...programme.objectives, items: [{ text: 'También el financiamiento.' }] };
      const seen = (text: string) => /name="seen" value="(\d+)"/.exec(mainHtmlOf(text))?.[1] ?? '';
      const frame = 'En el marco de otra red';
      await system.change(id, { change: 'amend', programme: stringify({ ...programme, frame }) });
      const stale = await send(id, revise, 'oas-1', {
        programme: stringify({ ...programme, objectives }),
        seen: seen(page),
      });
      expect(stale.status).toBe(422);
      expect(stale.page).toContain('se hizo otro cambio');
      expect([seen(page), seen(stale.page)]).toEqual(['0', '1']);
      const good = await send(id, revise, 'oas-1', {
        programme: stringify({ ...programme, frame, objectives }),
        seen: seen(stale.page),
      });
      expect(good.status).toBe(303);
      await system.open(id, 'coordination/approve-programme.2');
      const again = await (await as(id, 'chl-mtps-2')).text(pathOf(id, 'coordination/approve-programme.2'));
      expect(again).toContain(ESCAPED);
      expect(again).toContain('También el financiamiento.');
    });

    it('is passed to a colleague, and answered by either', async () => {
      const id = await underReview();
      const path = pathOf(id, REVIEW);
      const browser = await as(id, 'per-mtpe-1');
      expect((await browser.post(`${path}/hand-over`, {})).status).toBe(422);
      expect((await browser.post(`${path}/hand-over`, { to: 'chl-mtps-1' })).status).toBe(422);
      const passed = await browser.post(`${path}/hand-over`, { to: 'per-mtpe-2', note: HOSTILE });
      expect([passed.status, passed.headers.get('location')]).toEqual([303, path]);
      // Another tab, from before, would give it to somebody else.
      const late = await browser.post(`${path}/hand-over`, { to: 'per-mtpe-3', seen: '0' });
      const told = await late.text();
      expect(late.status).toBe(422);
      expect(told).toContain('Desde que usted');
      expect((await system.view(id)).requests.find((one) => one.id === REVIEW)?.handedOver).toEqual([
        { from: 'per-mtpe-1', to: 'per-mtpe-2', absent: false },
      ]);
      const page = await browser.text(path);
      expect(page).toContain('Jorge Larrea la trasladó a Renzo Cárdenas.');
      expect(page).not.toContain('name="subject"');
      expect(await browser.text(`${path}?anyway=1`)).toContain('name="subject"');
      expect((await send(id, REVIEW, 'per-mtpe-2', { decision: 'approve' })).status).toBe(303);
      expect(await answersTo(id, REVIEW)).toMatchObject([{ by: 'per-mtpe-2', inPlaceOf: 'per-mtpe-1' }]);
    });
  });

  it('is not there for outsiders and guests, and has no form for those who are not asked or look on', async () => {
    const id = await underReview();
    const path = pathOf(id, REVIEW);
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -3)(file);
        file.id = 'elsewhere';
        for (const one of file.participants) one.email = `e-${one.email}`;
        for (const session of file.sessions)
          for (const guest of session.guests ?? []) guest.email = `e-${guest.email}`;
      }),
    );
    const people = async (of: string) => (await system.view(of)).people;
    const outsider = (await people('elsewhere')).find((one) => one.id === 'chl-mtps-1')?.email ?? '';
    const guest = (await people(id)).find(({ role }) => role === 'guest')?.email ?? '';
    for (const address of [outsider, guest]) {
      const browser = await site.as(address);
      expect((await browser.get(path)).status).toBe(404);
      expect((await browser.post(path, { decision: 'approve' })).status).toBe(404);
      expect((await browser.post(`${path}/hand-over`, { to: 'per-mtpe-1' })).status).toBe(404);
    }
    const observer = await site.as(OBSERVER);
    const staff = await as(id, 'oas-1');
    for (const browser of [observer, staff]) {
      const page = await browser.text(path);
      expect(page).toContain('Pendiente');
      expect(page).not.toContain('name="subject"');
      expect(page).not.toContain('hand-over');
      expect((await browser.post(path, { decision: 'approve' })).status).toBe(404);
      expect((await browser.post(`${path}/hand-over`, { to: 'per-mtpe-1' })).status).toBe(404);
    }
    expect(await staff.text(path)).toContain(
      `/c/${id}/changes/new/extend?request=coordination%2Fapprove-programme.1`,
    );
    expect(await observer.text(path)).not.toContain('/changes/');
    expect((await staff.get(pathOf(id, 'coordination/approve-programme.9'))).status).toBe(404);
    expect(await answersTo(id, REVIEW)).toEqual([]);
  });

  it('takes the marks of a poll, and then the date', async () => {
    const id = await approved((file) => {
      const [first] = file.sessions;
      if (!first) throw new Error('no session');
      const { contents } = first;
      file.sessions = [{ contents, window: { from: dayFromNow(5), to: dayFromNow(20) } }];
    });
    const poll = 'session-1/choose-date.1';
    const { slots } = await system.open(id, poll);
    const [first, ...rest] = slots.map((slot) => slot.id) as [string, ...string[]];
    const partly = await send(id, poll, 'chl-mtps-1', { [`mark-${first}`]: 'if-need-be' });
    expect(partly.status).toBe(422);
    expect(partly.page).not.toContain(`id="mark-${first}-error"`);
    for (const slot of rest) expect(partly.page).toContain(`id="mark-${slot}-error"`);
    expect(partly.page).toMatch(new RegExp(`name="mark-${first}" type="radio" value="if-need-be" checked`));
    const marks = (mark: string) =>
      Object.fromEntries([first, ...rest].map((slot) => [`mark-${slot}`, mark]));
    const marked = { ...marks('no'), [`mark-${first}`]: 'yes' };
    expect((await send(id, poll, 'chl-mtps-1', marked)).status).toBe(303);
    expect(await (await as(id, 'per-mtpe-1')).text(pathOf(id, poll))).toContain('MTPS de Chile: sí');
    // By the one button of those whom all dates suit.
    const asked = await (await as(id, 'per-mtpe-1')).text(pathOf(id, poll));
    const usual = asked.match(/<form[^>]*>(?:(?!<\/form>)[\s\S])*Responder «sí» a todas/)?.[0] ?? '';
    const { subject = '', ...all } = hiddenIn(usual);
    expect([subject.length, all]).toEqual([64, { ...marks('yes'), usual: 'yes' }]);
    expect((await send(id, poll, 'per-mtpe-1', all)).status).toBe(303);

    const confirm = 'session-1/confirm-date.1';
    const refused = await send(id, confirm, 'oas-1', {
      choice: 'other',
      date: dayFromNow(60),
      time: '10:00',
    });
    expect(refused.status).toBe(422);
    expect(refused.page).toContain('Esa fecha está fuera del período de la sesión, que va del ');
    expect((await send(id, confirm, 'oas-1', { choice: 'other' })).page).toContain('id="date-error"');
    expect((await send(id, confirm, 'oas-1', { choice: 'changes' })).page).toContain('id="reason-error"');
    const date = dayFromNow(10);
    expect((await send(id, confirm, 'oas-1', { choice: 'other', date, time: '10:00' })).status).toBe(303);
    const [session] = (await system.view(id)).sessions;
    const local = new Intl.DateTimeFormat('sv', {
      timeZone: session?.timeZone ?? 'UTC',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    expect(local.format(new Date(session?.startsAt ?? 0))).toBe(`${date} 10:00`);
  });

  it('takes minutes, documents, answers, the consultant, the sheet and the report', async () => {
    const id = await started((file) => {
      const [first] = file.sessions;
      if (!first) throw new Error('no session');
      file.sessions = [{ contents: first.contents, date: dayFromNow(-1), starts: '10:00' }];
      file.systematization = {};
    });
    const coordination = 'coordination/confirm-coordination.1';
    expect(
      (await send(id, coordination, 'oas-1', { held: 'yes', minutes: ' ', outputs: HOSTILE })).page,
    ).toContain(ESCAPED);
    // A list of participants ticks and writes down; nothing is answered before it is confirmed.
    const list = new FormData();
    const zoom =
      'Nombre (nombre original);Correo electrónico;Duración (minutos)\nJorge Larrea (MTPE);;9\nRosa Quispe;;5\n';
    for (const [name, value] of [
      ['held', 'yes'],
      ['minutes', HOSTILE],
      ['others', 'Ana'],
    ] as const)
      list.append(name, value);
    list.append('participants', new File([Buffer.from(`\uFEFF${zoom}`, 'utf16le')], 'participantes.csv'));
    const proposed = await (await as(id, 'oas-1')).upload(pathOf(id, coordination), list);
    const read = await proposed.text();
    expect(read).toContain('todavía no se ha enviado nada');
    expect(read).toMatch(/name="was-per-mtpe-1" type="radio" value="yes" checked/);
    expect(read).not.toMatch(/name="was-per-mtpe-2" type="radio" value="yes" checked/);
    expect(read).toContain('\nAna\nRosa Quispe</textarea>');
    expect(await answersTo(id, coordination)).toEqual([]);
    list.set('participants', new File(['hola'], 'participantes.csv'));
    const none = await (await as(id, 'oas-1')).upload(pathOf(id, coordination), list);
    expect(await none.text()).toContain('id="participants-error"');
    const confirmed = await send(id, coordination, 'oas-1', {
      held: 'yes',
      minutes: HOSTILE,
      'was-per-mtpe-1': 'man',
      'was-per-mtpe-2': 'no',
      others: 'Ana\r\n\r\nLuis; SENCE; hombre',
      outputs: 'Contenidos',
    });
    expect(confirmed.status).toBe(303);
    expect(confirmed.page).toContain(ESCAPED);
    // It is the Secretariat that informs the others.
    expect(mainOf(confirmed.page)).toContain('La cooperación continúa.');
    expect(mainOf(confirmed.page)).not.toContain('le informaremos');
    const written = (await system.view(id)).contents.map(({ value }) => value);
    expect(written).toContainEqual({
      minutes: HOSTILE,
      attendance: [
        { name: 'Jorge Larrea', party: 'per-mtpe', sex: 'man', person: 'per-mtpe-1' },
        'Ana',
        { name: 'Luis', institution: 'SENCE', sex: 'man' },
      ],
      outputs: ['Contenidos'],
    });
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });

    const documents = 'documents/send-documents.1';
    expect((await send(id, documents, 'chl-mtps-1', {})).page).toContain('id="files-error"');
    const mixed = await send(id, documents, 'chl-mtps-1', {}, [
      ['malla.txt', 'Malla curricular.'],
      ['virus.exe', 'MZ'],
    ]);
    expect(mixed.status).toBe(422);
    expect(mixed.page).toContain('virus.exe: ');
    const [kept = ''] = /doc-\d+@1/.exec(mixed.page) ?? [];
    expect(mixed.page).toContain(`value="${kept}" checked`);
    expect((await send(id, documents, 'chl-mtps-1', { documents: kept })).status).toBe(303);
    // Nobody names another institution's document as their own.
    const another = await send(id, documents, 'per-mtpe-1', { documents: kept });
    expect(another.status).toBe(422);
    const named = system.answer(id, documents, 'per-mtpe-1', { decision: 'done', documents: [kept] });
    await expect(named).rejects.toMatchObject({ refusal: { code: 'DocumentOfOther', party: 'chl-mtps' } });
    expect((await send(id, documents, 'per-mtpe-1', { nothing: 'yes' })).status).toBe(303);
    expect(await answersTo(id, documents)).toMatchObject([{ documents: [kept] }, { decision: 'done' }]);

    const { request } = await system.cooperations.ask(id, {
      by: 'per-mtpe-1',
      to: 'chl-mtps',
      text: HOSTILE,
    });
    const unanswered = await send(id, request, 'chl-mtps-1', { text: '' }, [['anexo.txt', 'Anexo.']]);
    expect(unanswered.page).toContain('id="text-error"');
    expect(unanswered.page).toContain(ESCAPED);
    const [attached = ''] = /doc-\d+@1/.exec(unanswered.page) ?? [];
    // It has come, and waits: for whoever sent it alone.
    expect(unanswered.page).toMatch(new RegExp(`value="${attached}"[^>]*>\\s*<label[^>]*>\\s*anexo\\.txt`));
    expect((await system.view(id)).documents.map(documentVersionId)).not.toContain(attached);
    for (const who of ['chl-mtps-1', 'per-mtpe-1', 'oas-1'])
      expect(await (await as(id, who)).text(`/c/${id}/documents`)).not.toContain('anexo.txt');
    const since = `/c/${id}/documents/arrived?since=`;
    const arrivedFor = async (who: string, of: string) => (await as(id, who)).text(since + of);
    expect(await arrivedFor('chl-mtps-1', '&waiting=yes')).toContain(attached);
    for (const [who, of] of [
      ['chl-mtps-1', ''],
      ['chl-mtps-2', '&waiting=yes'],
    ] as const)
      expect(await arrivedFor(who, of)).not.toContain(attached);
    expect(
      (await send(id, request, 'chl-mtps-1', { text: 'Con fondos propios.', documents: attached })).status,
    ).toBe(303);
    expect(await answersTo(id, request)).toMatchObject([{ documents: [attached] }]);
    expect(await (await as(id, 'per-mtpe-1')).text(`/c/${id}/documents`)).toContain('anexo.txt');

    // It was entered after its day.
    expect((await send(id, 'session-1/settle-session.1', 'oas-1', { choice: 'hold' })).status).toBe(303);
    const session = 'session-1/record-session.1';
    expect((await send(id, session, 'oas-1', { minutes: 'x' })).page).toContain('id="held-error"');
    const both = await send(id, session, 'oas-1', { held: 'yes', minutes: 'Acta.', reason: HOSTILE });
    expect([both.status, both.page.includes('id="held-error"'), both.page.includes(ESCAPED)]).toEqual([
      ...[422, true, true],
    ]);
    // In another language it is shown with what is written in it.
    expect(both.page).toMatch(
      /<button [^>]*form="answered"[^>]*formaction="\/language\/again\?[^"]*record-session/,
    );
    expect(both.page).toMatch(/<form id="answered"[^>]*record-session\.1"/);
    const left = { outputs: 'Guía\nHoja de ruta', others: 'Rosa Quispe, SENCE', 'was-per-mtpe-1': 'yes' };
    expect((await send(id, session, 'oas-1', { held: 'yes', minutes: 'Acta.', ...left })).status).toBe(303);
    // Whoever reads the answer sees all of the record.
    const record = await (await as(id, 'chl-mtps-1')).text(pathOf(id, session));
    const whole = record.slice(record.indexOf('id="answers"'));
    for (const said of [
      'Acta.',
      'Asistencia',
      'Rosa Quispe',
      'Productos',
      '<li>Guía</li><li>Hoja de ruta</li>',
    ])
      expect(whole).toContain(said);
    const consultant = 'systematization/name-consultant.1';
    const nameless = await send(id, consultant, 'oas-1', { name: '', email: 'nada' });
    expect(nameless.page).toContain('id="name-error"');
    expect(nameless.page).toContain('id="email-error"');
    const person = { name: 'Rosa Díaz', email: 'rosa@consultora.example', post: '', language: 'es' };
    expect((await send(id, consultant, 'oas-1', { ...person, timezone: 'America/Bogota' })).status).toBe(303);

    const sheet = 'systematization/draft-sheet.1';
    const { asked } = await system.open(id, sheet);
    const drafter = `${asked[0]?.party}-1`;
    expect((await send(id, sheet, drafter, {})).page).toContain('id="files-error"');
    expect((await send(id, sheet, drafter, {}, [['ficha.pdf', '%PDF-1.7 Ficha.']])).status).toBe(303);
    const review = 'systematization/review-sheet.1';
    const first = await send(id, review, 'chl-mtps-1', { decision: 'changes', reason: 'Falta la malla.' });
    expect(first.page).toContain('ficha.pdf');
    await send(id, review, 'per-mtpe-1', { decision: 'approve' });
    const again = 'systematization/draft-sheet.2';
    await system.open(id, again);
    expect(await (await as(id, drafter)).text(pathOf(id, again))).toContain('Falta la malla.');
    const text = await send(id, again, drafter, {}, [['ficha.txt', 'Ficha corregida.']]);
    expect([text.status, text.page.includes('Aquí se pide un documento de Word (.docx) o PDF.')]).toEqual([
      ...[422, true],
    ]);
    const same = await send(id, again, drafter, {}, [['ficha.pdf', '%PDF-1.7 Ficha.']]);
    expect(same.status).toBe(422);
    expect(same.page).toContain('El archivo es igual a la versión 1. ¿Entregarlo de todos modos?');
    expect(same.page).toContain('Recibido: ficha.pdf.');
    expect(await answersTo(id, again)).toEqual([]);
    // The button sends all that was sent, with nothing to choose again.
    expect((await confirm(id, again, drafter, same.page)).status).toBe(303);
    expect(await answersTo(id, again)).toMatchObject([{ confirmed: true }]);
    const shown = await (await as(id, 'oas-1')).text(pathOf(id, again));
    expect(shown).toContain('Se confirmó la entrega, aunque no trae nada nuevo.');
    for (const by of ['chl-mtps-1', 'per-mtpe-1'])
      await send(id, 'systematization/review-sheet.2', by, { decision: 'approve' });

    const report = 'final-report/draft-report.1';
    const reports = async () =>
      (await system.view(id)).documents
        .filter(({ kind }) => kind === 'report')
        .map(({ version, file }) => `${version} ${file}`);
    const sheet2 = await send(id, report, 'per-mtpe-1', {}, [['la-ficha.pdf', '%PDF-1.7 Ficha.']]);
    expect([sheet2.status, sheet2.page.includes('Recibido: la-ficha.pdf.')]).toEqual([422, true]);
    // What is held back by a question is nobody's to see, and what is meant is the first version.
    expect(await reports()).toEqual([]);
    for (const who of ['per-mtpe-2', 'chl-mtps-1', 'oas-1'])
      for (const path of [pathOf(id, report), `/c/${id}/documents`, `/c/${id}/drafts`])
        expect(await (await as(id, who)).text(path)).not.toContain('la-ficha.pdf');
    expect((await send(id, report, 'per-mtpe-1', {}, [['informe.pdf', '%PDF-1.7 Informe.']])).status).toBe(
      303,
    );
    expect(await reports()).toEqual([expect.stringMatching(/^1 .*informe\.pdf$/)]);
    const tooLate = new FormData();
    tooLate.append('files', new File(['%PDF-1.7 Otro.'], 'otro.pdf'));
    expect((await (await as(id, 'per-mtpe-2')).upload(pathOf(id, report), tooLate)).status).toBe(409);
    const complement = 'final-report/complement-report.1';
    const report1: [string, string][] = [['informe.pdf', '%PDF-1.7 Informe.']];
    expect((await send(id, complement, 'chl-mtps-1', {}, report1)).page).toContain('id="contribution-error"');
    const both2 = await send(id, complement, 'chl-mtps-1', { contribution: 'nothing-to-add' }, report1);
    expect([both2.status, both2.page.includes('Indicó que no hay nada que agregar')]).toEqual([422, true]);
    expect(
      (
        await send(id, complement, 'chl-mtps-1', { contribution: 'submit' }, [
          ['informe-2.pdf', '%PDF-1.7 Más.'],
        ])
      ).status,
    ).toBe(303);
    expect((await system.view(id)).documents.filter(({ kind }) => kind === 'report')).toHaveLength(2);
    // What is still asked is listed before the report is accepted, and what became of it after.
    const posed = { by: 'per-mtpe-1', to: 'chl-mtps', text: '¿Con qué fondos?' };
    const { request: open } = await system.cooperations.ask(id, posed);
    const { change } = await system.change(id, { change: 'correct-sheet' }, 'Otra tabla.');
    const correction = `sheet-${change}/draft-sheet.1`;
    await system.open(id, correction);
    const receive = 'final-report/receive-report.1';
    const linked = (request: string) => `<a class="govuk-link" href="${pathOf(id, request)}">`;
    const accepts = await (await as(id, 'oas-1')).text(pathOf(id, receive));
    const closes = 'concluye la cooperación y se cierra sin respuesta:</p>';
    expect(accepts.slice(accepts.indexOf(closes))).toContain(linked(open));
    const goesOn = 'No se cierra con la cooperación y sigue su curso:</p>';
    expect(accepts.slice(accepts.indexOf(goesOn))).toContain(linked(correction));
    expect(await (await as(id, 'oas-1')).text(`/c/${id}`)).toContain(
      'Versión corregida en preparación desde',
    );
    expect((await send(id, receive, 'oas-1', { decision: 'approve' })).status).toBe(303);
    await expect.poll(async () => (await system.view(id)).closedAt).not.toBeNull();
    const after = await (await as(id, 'oas-1')).text(pathOf(id, receive));
    const closed = 'Con la aceptación del Informe Final se cerró sin respuesta:</p>';
    expect(after.slice(after.indexOf(closed))).toContain(linked(open));
    expect(after).toContain('No se cerró con la cooperación y sigue su curso:');
    // Those who were asked are told, and nobody else of what was closed but who asked and the Secretariat.
    const lastMailTo = async (person: string) => {
      const { mails, people } = await system.view(id);
      const { subject = '' } =
        mails.find((mail) => mail.notice === 'cooperation-closed' && mail.person === person) ?? {};
      const address = people.find((one) => one.id === person)?.email;
      const mail = (await system.mailbox.list()).find(
        (one) => one.subject === subject && one.to.some((to) => to.includes(String(address))),
      );
      return (mail?.text ?? '').replaceAll(/\s+/g, ' ');
    };
    const said = async (person: string) => {
      const text = await lastMailTo(person);
      return [
        'Con la aceptación del Informe Final se cerró sin respuesta: - Responder',
        'Ya no hace falta que su institución responda a lo que se cerró.',
        'No se cerró con la cooperación y sigue su curso: - ',
        'se espera de',
      ].map((words) => text.includes(words));
    };
    expect(await said('chl-mtps-1')).toEqual([true, true, true, false]);
    expect(await said('per-mtpe-1')).toEqual([true, false, true, false]);
    expect(await said(drafter)).toEqual([drafter === 'oas-1', false, true, true]);
    // While the workflow is still about to close it.
    const view = { ...(await system.view(id)), closedAt: null };
    const accepted = view.requests.find((one) => one.id === 'final-report/receive-report.1');
    const officer = await findPerson(system.caseFile, id, 'oas-1');
    if (!accepted || !officer) throw new Error('nothing was accepted');
    const viewer = { role: 'participant', timeZone: 'America/Lima' } as Viewer;
    const now = new Date().toISOString();
    const told = await standing({
      ...{ language: 'es', view, request: { ...accepted, cooperation: 'running' } },
      visit: visitOf(view, { viewer, people: [officer], language: 'es', now }),
      ...{ inCharge: [], values: {}, mistakes: [], kept: [], waiting: [] },
    });
    expect(String(told)).toContain('Con la aceptación del Informe Final concluye la cooperación');
    expect(String(told)).not.toContain('continúa');
  });
});
