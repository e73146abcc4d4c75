import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink } from '../../src/casefile/access.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { siteOver } from '../support/site.ts';

const ID = '14-per-chl';
const AUGER = 'c.auger@mtps-chile.example';

describe('signing in', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let address = AUGER;
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system);
    await system.cooperations.start(changedSource(() => {}));
    const { people } = await system.view(ID);
    address = people.find(({ id }) => id === 'chl-mtps-2')?.email ?? AUGER;
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const link = (path = `/c/${ID}`) =>
    mintLink(
      system.caseFile,
      { address, path, cooperation: ID, person: 'chl-mtps-2' },
      new Date().toISOString(),
    );

  it('opening a link changes nothing; its button signs in, once', async () => {
    const { token } = await link();
    const scanner = site.browser();
    for (let n = 0; n < 3; n++) expect((await scanner.get(`/r/${token}`)).status).toBe(200);
    expect((await scanner.ask('HEAD', `/r/${token}`)).status).toBe(200);
    expect(scanner.cookies.size).toBe(0);
    const browser = site.browser();
    const entered = await browser.post(`/r/${token}`);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `/c/${ID}`]);
    expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly/);
    expect(entered.headers.get('set-cookie')).toMatch(/SameSite=Lax/);
    // Again from the same browser, and not from another one.
    expect((await browser.get(`/r/${token}`)).headers.get('location')).toBe(`/c/${ID}`);
    expect((await site.browser().post(`/r/${token}`)).status).toBe(410);
  });

  it('of two at once one signs in', async () => {
    const { token } = await link();
    const both = await Promise.all([1, 2, 3].map(() => site.browser().post(`/r/${token}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
  });

  it('takes the code in place of the link, and no more of them after five wrong ones', async () => {
    const { code } = await link();
    const right = await site.browser().post('/sign-in/code', { address, code });
    expect(right.status).toBe(303);
    const other = siteOver(system);
    const next = await link();
    const wrong = next.code === '000000' ? '000001' : '000000';
    for (let n = 0; n < 4; n++)
      expect((await other.browser().post('/sign-in/code', { address, code: wrong })).status).toBe(422);
    // The site's own limit comes first; another one asks the case file.
    const third = siteOver(system);
    expect((await third.browser().post('/sign-in/code', { address, code: wrong })).status).toBe(422);
    expect((await third.browser().post('/sign-in/code', { address, code: next.code })).status).toBe(422);
    expect((await third.browser().post(`/r/${next.token}`)).status).toBe(303);
  });

  it('says the same of an address it knows and one it does not', async () => {
    const before = site.sent.length;
    const answers = await Promise.all(
      [address, 'nadie@ninguna.example'].map(async (one) =>
        (await (await site.browser().post('/sign-in', { address: one })).text()).replaceAll(one, '…'),
      ),
    );
    expect(answers[0]).toBe(answers[1]);
    await expect.poll(() => site.sent.slice(before).map(({ to }) => to)).toEqual([address]);
  });

  it('a link dies with the part that its reader had', async () => {
    const { token } = await link();
    await system.cooperations.change(ID, {
      what: {
        change: 'replace',
        person: 'chl-mtps-2',
        with: { name: 'Otra Persona', email: 'otra.persona@mtps-chile.example' },
      },
      reason: 'Cambio de funciones.',
    });
    expect((await site.browser().post(`/r/${token}`)).status).toBe(404);
  });

  it.each([
    ['//evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/c/14-per-chl', '/c/14-per-chl'],
  ])('a choice of language leads back to %s as %s', async (next, where) => {
    const response = await site.browser().post('/language', { language: 'fr', next });
    expect(response.headers.get('location')).toBe(where);
  });

  it('refuses forms of other sites, and those that do not say where they are from', async () => {
    const { token } = await link();
    for (const origin of ['https://evil.example', 'null', null])
      expect((await site.browser().post(`/r/${token}`, {}, origin)).status).toBe(403);
  });
});
