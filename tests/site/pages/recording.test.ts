import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';
const PAGE = `/c/${ID}/requests/${REVIEW}`;
const HOW = 'Por teléfono, <b>ayer</b>';
const LISTED = 'secretaria@oas.example';

describe('an answer that came another way', () => {
  let system: InProcess;
  let staff: Browser;
  let listed: Browser;
  let delegate: Browser;
  let observer: Browser;
  let name: string;
  beforeAll(async () => {
    system = await inProcess();
    await system.cooperations.start(changedSource(movedTo(new Date(), -3)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, REVIEW);
    const { people } = await system.view(ID);
    name = people.find(({ id }) => id === 'chl-mtps-1')?.name ?? '';
    const addressOf = (person: string) => people.find(({ id }) => id === person)?.email ?? '';
    const site = siteOver(system, {
      staff: [addressOf('oas-1'), LISTED],
      observers: ['observa@oas.example'],
    });
    staff = await site.as(addressOf('oas-1'));
    listed = await site.as(LISTED);
    delegate = await site.as(addressOf('per-mtpe-1'));
    observer = await site.as('observa@oas.example');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const subject = async () => (await system.open(ID, REVIEW)).subject.hash;
  const answers = async () =>
    (await system.view(ID)).requests
      .find(({ id }) => id === REVIEW)
      ?.answers.map(({ by, decision }) => [by, decision]);
  const approve = async (browser: Browser, whose: string, how = HOW) =>
    browser.post(`${PAGE}?for=${whose}`, { subject: await subject(), decision: 'approve', how });

  it('is for staff to record, and offered with the people who owe it', async () => {
    const page = await staff.text(PAGE);
    expect(page).toContain('Registrar una respuesta recibida por otra vía');
    expect(page).toMatch(/<optgroup label="MTPS de Chile">.*<option value="chl-mtps-1"/s);
    expect(page).not.toContain('id="form"');
    const form = await staff.text(`${PAGE}?for=chl-mtps-1`);
    expect(form).toContain(`Usted registra la respuesta de ${name} (MTPS de Chile)`);
    expect(form).toContain(`action="${PAGE}?for=chl-mtps-1"`);
    expect(form).toContain('name="how"');
    for (const browser of [delegate, observer]) {
      const theirs = await browser.text(`${PAGE}?for=chl-mtps-1`);
      expect(theirs).not.toContain('Usted registra');
      expect(theirs).not.toContain(`action="${PAGE}?for=`);
    }
  });

  it('is nobody else’s to record, and nobody’s who is not asked', async () => {
    // A delegate who names another answers for themselves or not at all; here Peru's would approve for Chile.
    expect((await approve(observer, 'chl-mtps-1')).status).toBe(404);
    expect((await approve(staff, 'oas-2')).status).toBe(409);
    expect((await approve(staff, 'nobody')).status).toBe(409);
    expect(await answers()).toEqual([]);
  });

  it('is not recorded without how it came; what was written stays', async () => {
    const response = await approve(staff, 'chl-mtps-1', ' ');
    const page = await response.text();
    expect([response.status, page.includes('id="how-error"')]).toEqual([422, true]);
    expect(page).toMatch(/value="approve" checked/);
    expect(await answers()).toEqual([]);
  });

  it('stands as theirs, with who recorded it and how it came, as inert text', async () => {
    const response = await approve(staff, 'chl-mtps-1');
    expect([response.status, response.headers.get('location')]).toEqual([303, PAGE]);
    expect(await answers()).toEqual([['chl-mtps-1', 'approve']]);
    const recorder = (await system.view(ID)).people.find(({ id }) => id === 'oas-1')?.name;
    for (const browser of [staff, delegate]) {
      const page = await browser.text(PAGE);
      expect(page).toContain(`La registró ${recorder}. Se recibió: Por teléfono, &lt;b&gt;ayer&lt;/b&gt;`);
      expect(page).toContain(name);
    }
    expect(await staff.text(`/c/${ID}/record`)).toContain(`la registró ${recorder}`);
  });

  it('comes too late when they have answered themselves', async () => {
    const response = await staff.post(`${PAGE}?for=chl-mtps-2`, {
      ...{ subject: await subject(), decision: 'changes', reason: 'Falta el sitio.', how: HOW },
    });
    const page = await response.text();
    expect([response.status, page.includes(name)]).toEqual([409, true]);
    expect(await answers()).toEqual([['chl-mtps-1', 'approve']]);
  });

  it('is recorded in the Secretariat’s name by one who is nobody in the cooperation', async () => {
    expect((await approve(listed, 'per-mtpe-1')).status).toBe(303);
    const { requests } = await system.view(ID);
    const answer = requests
      .find(({ id }) => id === REVIEW)
      ?.answers.find(({ party }) => party === 'per-mtpe');
    expect(answer?.recorded?.by).toBe('oas');
    expect(await delegate.text(PAGE)).toContain('La registró la OEA. Se recibió');
    // It counts like any other.
    await system.open(ID, 'documents/send-documents.1');
  });

  it('is not taken over the API from one who is not of the Secretariat', async () => {
    const request = 'documents/send-documents.1';
    const recorded = { by: 'per-mtpe-1', how: HOW };
    await expect(
      system.answer(ID, request, 'chl-mtps-1', { decision: 'done', recorded }),
    ).rejects.toMatchObject({ code: 'NotSecretariat' });
  });
});
