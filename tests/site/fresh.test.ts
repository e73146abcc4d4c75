import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allStaff } from '../../src/casefile/access/staff.ts';
import { allTokens } from '../../src/casefile/access/tokens.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { type Browser, OFFICER, siteOver } from '../support/site.ts';

const ID = '14-per-chl';

/** Who comes in is changed by whoever has just signed in, and not in a session that was left open or taken over. */
describe('a change of who comes in', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let staff: Browser;
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { now });
    await system.cooperations.start(changedSource(() => {}));
    staff = await site.as(OFFICER);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const emailOf = async (id: string) => (await system.view(ID)).people.find((one) => one.id === id)?.email;
  const correction = { person: 'chl-mtps-3', email: 'otra@mtps-chile.example', reason: 'Cambió.' };
  const replacement = {
    person: 'chl-mtps-4',
    name: 'Ana',
    email: 'ana@mtps-chile.example',
    reason: 'Se fue.',
  };
  const confirmed = (kind: string, form: Record<string, string>, token = 'x') =>
    staff.post(`/c/${ID}/changes/make`, { kind, token: token.repeat(36), ...form });

  it('takes a sign-in of the last quarter of an hour; what was written stays', async () => {
    ahead = 16 * 60_000;
    const before = await emailOf('chl-mtps-3');
    for (const [kind, form] of [
      ['correct-person', correction],
      ['replace', replacement],
    ] as const)
      for (const answer of [
        await staff.post(`/c/${ID}/changes/new/${kind}`, form),
        await confirmed(kind, form),
      ]) {
        const page = await answer.text();
        expect([kind, answer.status]).toEqual([kind, 422]);
        expect(page).toContain(form.email);
        expect(page).toMatch(/href="\/sign-in\?again=yes[^"]*" target="_blank"/);
      }
    expect(await emailOf('chl-mtps-3')).toBe(before);
    // What lets nobody in is changed as before.
    expect(
      (await confirmed('correct-person', { person: 'chl-mtps-4', post: 'Asesora', reason: 'x' })).status,
    ).toBe(303);

    const members = await allStaff(system.caseFile);
    const invited = { address: 'nueva@oas.example', role: 'staff', language: 'es', name: '' };
    const token = { name: 'informe', scopes: 'staff', whose: 'own', days: '30' };
    for (const [path, form] of [
      ['/staff/invite', invited],
      ['/staff/reset', { address: 'maria.camacho@oea.example' }],
      ['/staff/tokens', token],
    ] as const)
      expect([path, (await staff.post(path, form)).status]).toEqual([path, 403]);
    expect(await staff.text('/staff')).toMatch(/href="\/sign-in\?again=yes[^"]*"/);
    expect(await allStaff(system.caseFile)).toEqual(members);
    expect(await allTokens(system.caseFile)).toEqual([]);

    for (const language of LANGUAGES) {
      const browser = await site.as(OFFICER);
      ahead += 16 * 60_000;
      await browser.post('/language', { language, next: '/' });
      expect(await browser.text('/staff')).toMatch(/href="\/sign-in\?again=yes[^"]*"/);
    }
    // To put somebody out, or take a token away, never waits.
    expect((await staff.post('/staff/tokens/revoke', { number: '1' })).status).toBe(409);
  });

  it('is made by whoever has just signed in', async () => {
    ahead = 0;
    staff = await site.as(OFFICER);
    expect((await confirmed('correct-person', correction, 'y')).status).toBe(303);
    expect(await emailOf('chl-mtps-3')).toBe(correction.email);
    expect(
      (await staff.post('/staff/invite', { address: 'n@oas.example', role: 'staff', language: 'es' })).status,
    ).toBe(200);
  });
});
