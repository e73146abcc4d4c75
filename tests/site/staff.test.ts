import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink, useLink } from '../../src/casefile/access/access.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { addStaff, firstStaff, removeStaff, staffAt } from '../../src/casefile/access/staff.ts';
import { allTokens } from '../../src/casefile/access/tokens.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { OFFICER, siteOver } from '../support/site.ts';

const [ID, OTHER] = ['14-per-chl', 'other'];
const REVIEW = 'coordination/approve-programme.1';
const LISTED = 'secretaria@oas.example';
/** A delegate of Chile's, whom the other programme names as an officer of the Secretariat. */
let both: string;

describe('who is staff', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  beforeAll(async () => {
    system = await inProcess();
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -3)(file);
        both = file.participants.find(({ institution }) => institution === 'chl-mtps')?.email ?? '';
      }),
    );
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -3)(file);
        file.id = OTHER;
        file.participants = file.participants.filter(({ email }) => email !== both);
        const officer = file.participants.find(({ email }) => email === OFFICER);
        if (officer) officer.email = both;
      }),
    );
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, REVIEW);
    site = siteOver(system, { staff: [LISTED] });
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('is not whom a programme names: an officer takes part in that cooperation alone', async () => {
    const officer = await site.as(OFFICER);
    expect((await officer.get('/')).headers.get('location')).toBe(`/c/${ID}`);
    for (const path of ['/board', '/new', `/c/${OTHER}`, `/c/${ID}/outbox`, `/c/${ID}/changes`])
      expect([path, (await officer.get(path)).status]).toEqual([path, 404]);
    const page = await officer.text(`/c/${ID}/requests/${REVIEW}?for=chl-mtps-1`);
    expect(page).not.toContain('Usted registra');
    const { subject } = await system.open(ID, REVIEW);
    const form = { subject: subject.hash, decision: 'approve', how: 'Por teléfono' };
    const tried = await officer.post(`/c/${ID}/requests/${REVIEW}?for=chl-mtps-1`, form);
    expect(tried.status).toBe(404);
    expect((await system.open(ID, REVIEW)).answers).toEqual([]);
  });

  it('is not whoever has the link of an officer’s mail: it sends a code, and opens nothing', async () => {
    const person = (await system.view(ID)).people.find(({ email }) => email === OFFICER)?.id ?? '';
    const now = new Date().toISOString();
    const purpose = { address: OFFICER, cooperation: ID, person, path: `/c/${ID}` };
    const token = await mintLink(system.caseFile, purpose, now);
    const browser = site.browser();
    expect((await browser.post(`/r/${token}`)).status).toBe(200);
    expect(browser.cookies.has('rial')).toBe(false);
    await expect.poll(() => site.sent.map(({ to }) => to)).toEqual([OFFICER]);
    // Nor would a session that a link had opened.
    const where = { browser: 'one', program: null, network: '' };
    const opened = await useLink(system.caseFile, token, where, now);
    browser.cookies.set('rial', opened?.session ?? '');
    expect((await browser.get(`/c/${ID}`)).status).toBe(302);
  });

  it('a delegate of two cooperations sees the one whose link was used, and both after a code', async () => {
    const { id: person = '', email } =
      (await system.view(ID)).people.find(({ party }) => party === 'per-mtpe') ?? {};
    const address = email ?? '';
    const now = new Date().toISOString();
    const purpose = { address, cooperation: ID, person, path: `/c/${ID}` };
    const browser = site.browser();
    expect((await browser.post(`/r/${await mintLink(system.caseFile, purpose, now)}`)).status).toBe(303);
    expect((await browser.get('/')).headers.get('location')).toBe(`/c/${ID}`);
    expect((await browser.get(`/c/${OTHER}`)).status).toBe(302);
    const before = site.sent.length;
    await browser.post('/sign-in', { address });
    await expect.poll(() => site.sent.length).toBe(before + 1);
    await browser.post('/sign-in/code', { code: site.sent[before]?.code ?? '' });
    expect((await browser.get('/')).status).toBe(200);
    expect((await browser.get(`/c/${OTHER}`)).status).toBe(200);
  });

  it('is not a delegate whom another programme names: no outbox, no changes of their own cooperation', async () => {
    const delegate = await site.as(both);
    for (const path of [`/c/${ID}/outbox`, `/c/${ID}/outbox/1`, `/c/${ID}/changes`, `/c/${OTHER}/outbox`])
      expect([path, (await delegate.get(path)).status]).toEqual([path, 404]);
    expect((await delegate.get(`/c/${ID}`)).status).toBe(200);
    expect((await delegate.get(`/c/${OTHER}`)).status).toBe(200);
  });

  it('follows from the table at each request: let in and put out, also after the cooperation is closed', async () => {
    const { caseFile } = system;
    const now = new Date().toISOString();
    const officer = await site.as(OFFICER);
    await addStaff(caseFile, { address: OFFICER, role: 'observer', by: LISTED }, now);
    const seen = async () =>
      Promise.all(
        [`/board`, `/c/${OTHER}/outbox`, '/new'].map(async (path) => (await officer.get(path)).status),
      );
    expect(await seen()).toEqual([200, 200, 404]);
    await addStaff(caseFile, { address: OFFICER, role: 'staff', by: LISTED }, now);
    expect(await seen()).toEqual([200, 200, 200]);
    const close = (closedAt: string | null) =>
      caseFile.updateTable('cooperation').set({ closedAt }).where('id', '=', ID).execute();
    await close(now);
    await removeStaff(caseFile, OFFICER, { by: LISTED, force: false }, now);
    // The session is over; a new one is the officer's of the programme.
    expect((await officer.get('/board')).headers.get('location')).toMatch(/^\/sign-in/);
    expect((await (await site.as(OFFICER)).get('/board')).status).toBe(404);
    await close(null);
  });

  it('is let in and put out on a page, which staff alone see', async () => {
    const staff = await site.as(LISTED);
    const [guest, observer] = ['nueva@oas.example', 'mira@oas.example'];
    const page = await staff.text('/staff');
    expect(page).toContain(LISTED);
    const invite = (address: string, role: string) =>
      staff.post('/staff/invite', { address, role, language: 'fr', name: '<b>Ana</b>' });
    expect((await invite('nobody', 'staff')).status).toBe(422);
    // Nor is what no form of this site sends a failure of it.
    for (const language of [undefined, 'xx', ['fr', 'es']]) {
      const form = { address: guest, role: 'staff', ...(language && { language }) };
      expect((await staff.post('/staff/invite', form)).status).toBe(Array.isArray(language) ? 200 : 400);
    }
    await staff.post('/staff/remove', { address: guest });
    for (const wrong of [{ scopes: ['all'] }, { days: 'x' }, { days: '0' }, { days: '9e99' }]) {
      const form = { name: 'x', scopes: ['read'], whose: 'own', days: '30', ...wrong };
      expect([wrong, (await staff.post('/staff/tokens', form)).status]).toEqual([wrong, 400]);
    }
    const invited = await (await invite(guest, 'staff')).text();
    expect(invited).toContain('&lt;b&gt;Ana&lt;/b&gt;');
    expect(site.invited.at(-1)).toEqual({ to: guest, name: '<b>Ana</b>', role: 'staff', language: 'fr' });
    expect((await invite(guest, 'staff')).status).toBe(409);
    await invite(observer, 'observer');
    expect((await (await site.as(observer)).get('/staff')).status).toBe(404);
    // Another role is given in the row of whoever has one, and by two who looked at the same list once.
    expect((await invite(observer, 'staff')).status).toBe(409);
    const row = (html: string) =>
      new RegExp(
        `name="address" value="${observer}"><input type="hidden" name="role" value="(\\w+)"><input type="hidden" name="seen" value="([^"]+)"`,
      )
        .exec(html)
        ?.slice(1) ?? [];
    const [role = '', seen = ''] = row(await staff.text('/staff'));
    const change = { address: observer, role, seen };
    expect([role, (await staff.post('/staff/role', change)).status]).toEqual(['staff', 200]);
    const before = site.invited.length;
    const late = await staff.post('/staff/role', { ...change, role: 'observer' });
    expect([late.status, row(await late.text())[0]]).toEqual([409, 'observer']);
    expect((await staffAt(system.caseFile, observer))?.role).toBe('staff');
    expect(site.invited).toHaveLength(before);
    expect(site.invited.at(-1)).toEqual({ to: observer, name: '<b>Ana</b>', role: 'staff', language: 'fr' });

    const other = await site.as(guest);
    const made = await other.post('/staff/tokens', {
      name: 'informe',
      scopes: ['read'],
      whose: 'own',
      days: '30',
    });
    const text = await made.text();
    expect(text).toMatch(/rial_[\w-]{43}/);
    expect(await other.text('/staff')).not.toMatch(/rial_[\w-]{43}/);
    const [{ number = 0, holder } = {}] = await allTokens(system.caseFile);
    expect(holder).toBe(guest);
    expect((await staff.post('/staff/tokens/revoke', { number: String(number) })).status).toBe(200);
    expect((await staff.post('/staff/tokens/revoke', { number: String(number) })).status).toBe(409);
    for (const address of [guest, observer]) await staff.post('/staff/remove', { address });
    expect((await other.get('/staff')).status).toBe(404);
    // Nobody locks everybody out from here.
    expect((await staff.post('/staff/remove', { address: LISTED })).status).toBe(409);
    expect((await staff.get('/staff')).status).toBe(200);
  });

  it('begins with the one who has the setup link, who says who they are and comes in', async () => {
    const { caseFile } = system;
    const now = new Date().toISOString();
    await removeStaff(caseFile, LISTED, { by: null, force: true }, now);
    const token = await firstStaff(caseFile, { staff: [], observers: [] }, now);
    const browser = site.browser();
    expect((await browser.get(`/setup/${'0'.repeat(48)}`)).status).toBe(404);
    for (const _ of [1, 2]) expect((await browser.get(`/setup/${token}`)).status).toBe(200);
    expect((await browser.post(`/setup/${token}`, { name: '', address: 'x' })).status).toBe(422);
    const first = 'primera@oas.example';
    const response = await browser.post(`/setup/${token}`, { name: 'Primera Persona', address: first });
    expect(response.headers.get('location')).toBe('/');
    expect(await browser.text('/board')).toContain('Primera Persona');
    expect(await staffAt(caseFile, first)).toMatchObject({ role: 'staff', name: 'Primera Persona' });
    const late = await site.browser().post(`/setup/${token}`, { name: 'Otra', address: 'otra@oas.example' });
    expect(late.status).toBe(404);
    expect(await staffAt(caseFile, 'otra@oas.example')).toBeUndefined();
    const [added, ...more] = await securityEntries(caseFile, { most: 10, code: 'staff-added' });
    expect(added).toMatchObject({ who: { kind: 'staff', id: first }, event: { staff: first } });
    expect(more).toEqual([]);
  });
});
