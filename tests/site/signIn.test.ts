import { createHash } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSession, mintLink } from '../../src/casefile/access/access.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { MANY_GUESSES } from '../../src/casefile/access/signInCodes.ts';
import { draftOf, keepDraft } from '../../src/casefile/drafts.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { OFFICER, siteOver } from '../support/site.ts';

const ID = '14-per-chl';
const AUGER = 'c.auger@mtps-chile.example';
/** In a query: the tables that say whose an address is. */
const LOOKED_FOR = /"name":"(person|staff)"/;

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
    const token = await link();
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

  it('what is asked stands behind a link, with its button, in a browser of its reader alone', async () => {
    const id = 'coordination/approve-programme.1';
    const path = `/c/${ID}/requests/${id}`;
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, id);
    const answers = async () =>
      (await system.view(ID)).requests.find((one) => one.id === id)?.answers.map(({ by }) => by);
    const button = /<form method="post" action="(\/r\/\w+)" class="rial-usual">([\s\S]*?)<\/form>/;
    const own = site.browser();
    await own.post(`/r/${await link(path)}`);
    own.cookies.delete('rial');
    const token = await link(path);
    // A scanner, another browser, and one in which somebody else is signed in, find the button alone that leads in.
    const officer = await site.as(OFFICER);
    officer.cookies.set('rial-browser', own.cookies.get('rial-browser') ?? '');
    for (const other of [site.browser(), officer]) {
      const text = await other.text(`/r/${token}`);
      expect(text).toContain('Continuar');
      expect(text).not.toMatch(button);
      expect(text).not.toContain('Contenidos propuestos');
    }
    // Opening it changes nothing there either.
    for (let n = 0; n < 2; n++) expect(await own.text(`/r/${token}`)).toMatch(button);
    expect((await own.get(path)).headers.get('location')).toContain('/sign-in');
    const [, action = '', fields = ''] = button.exec(await own.text(`/r/${token}`)) ?? [];
    const form = Object.fromEntries(
      [...fields.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    expect(form).toMatchObject({ decision: 'approve', usual: 'yes' });
    expect(await answers()).toEqual([]);
    const entered = await own.post(action, form);
    expect([entered.status, entered.headers.get('location')]).toEqual([307, path]);
    expect((await own.post(path, form)).status).toBe(303);
    expect(await answers()).toEqual(['chl-mtps-2']);
    // It is used: neither it nor its button does anything again, and one who has answered is asked nothing.
    expect((await site.browser().post(action, form)).status).toBe(410);
    own.cookies.delete('rial');
    expect(await own.text(`/r/${await link(path)}`)).not.toMatch(button);
  });

  it('of two at once one signs in', async () => {
    const token = await link();
    const both = await Promise.all([1, 2, 3].map(() => site.browser().post(`/r/${token}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
  });

  it('sends a code when it is asked for, to be typed in the browser that asked', async () => {
    const browser = site.browser();
    const before = site.sent.length;
    const asked = await browser.post('/sign-in', { address, next: `/c/${ID}/people` });
    expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining(address)]);
    await expect.poll(() => site.sent.length).toBe(before + 1);
    const { code = '' } = site.sent[before] ?? {};
    const elsewhere = await site.browser().post('/sign-in/code', { code });
    expect(elsewhere.status).toBe(422);
    expect(await browser.text('/sign-in/code')).toContain('one-time-code');
    const wrong = code === '00000000' ? '00000001' : '00000000';
    expect((await browser.post('/sign-in/code', { code: wrong })).status).toBe(422);
    const entered = await browser.post('/sign-in/code', { code });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `/c/${ID}/people`]);
    expect((await browser.get(`/c/${ID}/people`)).status).toBe(200);
  });

  it('sends it to an address that was pasted as it came', async () => {
    const before = site.sent.length;
    const browser = site.browser();
    const pasted = `\u200bCristóbal Auger <mailto:${address.toUpperCase()}>;\u00a0`;
    expect((await browser.post('/sign-in', { address: pasted })).status).toBe(200);
    await expect.poll(() => site.sent.length).toBe(before + 1);
    const entered = await browser.post('/sign-in/code', { code: site.sent[before]?.code ?? '' });
    expect(entered.status).toBe(303);
  });

  it('strangers who guess lock nobody out, and burn no link', async () => {
    const token = await link();
    for (let n = 0; n < 4; n++) {
      const stranger = site.browser();
      await stranger.post('/sign-in', { address });
      for (let guess = 0; guess < 6; guess++)
        await stranger.post('/sign-in/code', { code: `0000000${guess}` });
    }
    expect((await site.browser().post('/sign-in', { address })).status).toBe(429);
    const fresh = site.browser();
    const before = site.sent.length;
    expect((await fresh.post(`/r/${token}/fresh`)).status).toBe(200);
    await expect.poll(() => site.sent.length).toBe(before + 1);
    expect((await fresh.post('/sign-in/code', { code: site.sent[before]?.code ?? '' })).status).toBe(303);
    expect((await site.browser().post(`/r/${token}`)).status).toBe(303);
  });

  it('does the same for an address it knows and one it does not, but for sending the mail', async () => {
    const made: { to: string; known: boolean }[] = [];
    const waiting: (() => Promise<void>)[] = [];
    let read = '';
    const caseFile = system.caseFile.withPlugin({
      transformQuery({ node }) {
        read += JSON.stringify(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const over = siteOver(system, {
      caseFile,
      sendSignIn: async ({ to, known }) => void made.push({ to, known }),
      afterwards: (work) => void waiting.push(work),
    });
    const rows = () => system.caseFile.selectFrom('signInCode').select('address').orderBy('id').execute();
    const both = [
      'per-mtpe-1@unknown.example',
      (await system.view(ID)).people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '',
    ];
    for (const one of both) {
      const before = await rows();
      // Staff are let in at the first request.
      await over.browser().get('/sign-in');
      read = '';
      expect((await over.browser().post('/sign-in', { address: one })).status).toBe(200);
      expect(read).not.toMatch(LOOKED_FOR);
      expect((await rows()).slice(before.length)).toEqual([{ address: one }]);
    }
    // Nobody was looked for, and no mail made, until both were answered.
    expect([waiting.length, made]).toEqual([2, []]);
    for (const work of waiting) await work();
    expect(read).toMatch(LOOKED_FOR);
    expect(made).toEqual(both.map((to, n) => ({ to, known: n === 1 })));
  });

  it('says the same of an address it knows and one it does not', async () => {
    await system.caseFile.deleteFrom('signInCode').execute();
    const before = site.sent.length;
    const answers = await Promise.all(
      [address, 'nadie@ninguna.example'].map(async (one) =>
        (await (await site.browser().post('/sign-in', { address: one })).text()).replaceAll(one, '…'),
      ),
    );
    expect(answers[0]).toBe(answers[1]);
    await expect.poll(() => site.sent.slice(before).map(({ to }) => to)).toEqual([address]);
  });

  it('tells its owner where they are signed in, and ends one or all, with links that were not used', async () => {
    const browser = site.browser();
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0' };
    await browser.ask('POST', `/r/${await link()}`, { headers });
    const other = await site.as(address);
    const shown = await other.text('/sign-ins');
    expect(shown).toContain('Firefox, Windows');
    expect(shown).toContain(ID);
    expect(shown.match(/este navegador/g)).toHaveLength(1);
    const keys = [...shown.matchAll(/name="key" value="([0-9a-f]{64})"/g)].map(([, key = '']) => key);
    const { people } = await system.view(ID);
    const peer = await site.as(people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '');
    expect((await peer.get('/sign-ins')).status).toBe(200);
    for (const key of keys) await peer.post('/sign-ins/end', { key });
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    const theirs = createHash('sha256')
      .update(browser.cookies.get('rial') ?? '')
      .digest('hex');
    expect(keys).toContain(theirs);
    await other.post('/sign-ins/end', { key: theirs });
    expect((await browser.get(`/c/${ID}`)).status).toBe(302);
    const unused = await link();
    const left = await other.post('/sign-out', { everywhere: 'yes' });
    expect(left.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect((await other.get('/sign-ins')).status).toBe(302);
    expect((await site.browser().post(`/r/${unused}`)).status).toBe(404);
  });

  it('shows and ends by a link, which may be another’s by now, nothing but what such links opened', async () => {
    const [whole, byLink, again] = [await site.as(address), site.browser(), site.browser()];
    const elsewhere = await beginSession(
      system.caseFile,
      {
        ...{
          address,
          cooperations: ['15-bra-arg'],
          browser: 'x',
          program: 'Opera, Mac',
          network: '192.0.2.…',
        },
      },
      new Date().toISOString(),
    );
    for (const one of [byLink, again]) await one.post(`/r/${await link()}`);
    await keepDraft(system.caseFile, address, { form: '/x', body: 'a=b' }, new Date().toISOString());
    const shown = await byLink.text('/sign-ins');
    expect(shown).not.toMatch(/15-bra-arg|Opera/);
    expect(shown.match(/name="key"/g)).toHaveLength(2);
    const keyOf = (id: string) => createHash('sha256').update(id).digest('hex');
    for (const id of [elsewhere, whole.cookies.get('rial') ?? ''])
      await byLink.post('/sign-ins/end', { key: keyOf(id) });
    const unused = await link();
    await byLink.post('/sign-out', { everywhere: 'yes' });
    expect((await again.get(`/c/${ID}`)).status).toBe(302);
    expect((await site.browser().post(`/r/${unused}`)).status).toBe(404);
    expect((await whole.get(`/c/${ID}`)).status).toBe(200);
    expect(await draftOf(system.caseFile, address, '/x')).toBeDefined();
    const left = await system.caseFile
      .selectFrom('siteSession')
      .select('endedAt')
      .where('idHash', '=', keyOf(elsewhere))
      .executeTakeFirstOrThrow();
    expect(left.endedAt).toBeNull();
  });

  it('lets staff end what lets somebody in, and nobody else', async () => {
    const { people } = await system.view(ID);
    const mine = await site.as(address);
    const end = `/c/${ID}/people/chl-mtps-2/end-access`;
    const peer = await site.as(people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '');
    expect((await peer.post(end)).status).toBe(404);
    expect((await mine.get(`/c/${ID}`)).status).toBe(200);
    const officer = await site.as(OFFICER);
    expect(await officer.text(`/c/${ID}/people`)).toContain(`action="${end}"`);
    expect((await officer.post(end)).status).toBe(303);
    expect((await mine.get(`/c/${ID}`)).status).toBe(302);
  });

  it('tells staff, the log and the security log when somebody may be guessing', async () => {
    const { caseFile } = system;
    await caseFile.deleteFrom('signInCode').execute();
    const logged: string[] = [];
    const log = pino({}, { write: (line: string) => void logged.push(line) });
    const watched = siteOver(system, { log });
    const officer = await watched.as(OFFICER);
    const told = async (browser = officer, path = '/board') =>
      (await browser.text(path)).includes('códigos equivocados en la última hora');
    let count = 0;
    for (let n = 0; count < MANY_GUESSES; n++) {
      const stranger = watched.browser();
      await stranger.post('/sign-in', { address: `nadie-${n}@ninguna.example` });
      for (let guess = 0; guess < 5 && count < MANY_GUESSES; guess++, count++) {
        if (count === MANY_GUESSES - 1) expect(await told()).toBe(false);
        await stranger.post('/sign-in/code', { code: 'no' });
      }
    }
    expect(await told()).toBe(true);
    const delegate = await watched.as('margarita.spoerer@mtps-chile.example');
    expect(await told(delegate, `/c/${ID}`)).toBe(false);
    const [noted] = await securityEntries(caseFile, { most: 1, code: 'codes-guessed' });
    expect(noted?.event).toEqual({ code: 'codes-guessed', tries: MANY_GUESSES });
    expect(logged.filter((line) => line.includes('many wrong codes'))).toEqual([
      expect.stringContaining(`"tries":${MANY_GUESSES}`),
    ]);
  });

  it('a link dies with the part that its reader had', async () => {
    const token = await link();
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
    const again = await site
      .browser()
      .post(`/language/again?${new URLSearchParams({ language: 'fr', next })}`, { reason: 'x' });
    // Of a form that stands nowhere nothing is shown but that.
    expect(again.status === 303 ? again.headers.get('location') : where).toBe(where);
    expect(again.status).not.toBe(307);
    const response = await site.browser().post('/language', { language: 'fr', next });
    expect(response.headers.get('location')).toBe(where);
  });

  it('refuses forms of other sites, and those that do not say where they are from', async () => {
    const token = await link();
    for (const origin of ['https://evil.example', 'null', null])
      expect((await site.browser().post(`/r/${token}`, {}, origin)).status).toBe(403);
  });
});
