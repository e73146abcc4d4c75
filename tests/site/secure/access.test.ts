import pino from 'pino';
import type { Browser as Chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { api } from '../../../src/api/server.ts';
import { mintLink, useLink } from '../../../src/casefile/access/access.ts';
import { openChromium } from '../../support/chromium.ts';
import { allWell } from '../../support/health.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { testSeal } from '../../support/seal.ts';
import { freeOrigin, served } from '../../support/served.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const ID = '14-per-chl';
const PERSON = 'chl-mtps-2';
const EVIL = 'evil.example';

/** How people come in, and how nobody else does. */
describe('access', () => {
  let system: InProcess;
  let url: string;
  let address: string;
  let links: (address: string) => Promise<string[]>;
  beforeAll(async () => {
    url = await freeOrigin();
    system = await inProcess({ site: { url } });
    links = async (to) =>
      (await system.mailbox.list({ request: `${ID}/coordination/approve-programme.1` }))
        .filter((mail) => mail.to.includes(to))
        .flatMap(({ text }) => text.match(/http:\S+\/r\/\S+/g) ?? []);
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, 'coordination/approve-programme.1');
    address = (await system.view(ID)).people.find(({ id }) => id === PERSON)?.email ?? '';
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const link = (path = `/c/${ID}`) =>
    mintLink(system.caseFile, { address, path, cooperation: ID, person: PERSON }, new Date().toISOString());
  /** What the case file has that a page could change. */
  const kept = async () => {
    const { record, requests, people } = await system.view(ID);
    const [sessions, visits, used] = await Promise.all([
      system.caseFile.selectFrom('siteSession').selectAll().execute(),
      system.caseFile.selectFrom('visit').selectAll().execute(),
      system.caseFile
        .selectFrom('accessLink')
        .selectAll()
        .where(({ eb, or }) => or([eb('usedAt', 'is not', null), eb('endedAt', 'is not', null)]))
        .execute(),
    ]);
    const done = record.filter(({ kind }) => !kind.startsWith('mail-'));
    return { done, requests, people, sessions, visits, used };
  };

  describe('a link of a mail', () => {
    let chromium: Chromium;
    beforeAll(async () => {
      chromium = await openChromium();
    });
    afterAll(() => chromium.close());

    it('is opened by a scanner that runs script, and nothing has changed; then by its owner', async () => {
      const site = await served(system, { url });
      try {
        await expect.poll(() => links(address)).toHaveLength(1);
        const [mailed = ''] = await links(address);
        const before = await kept();
        const context = await chromium.newContext();
        const page = await context.newPage();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.method()));
        for (let n = 0; n < 2; n++) {
          await page.goto(mailed, { waitUntil: 'networkidle' });
          // It looks at everything, moves about, and follows what is a link.
          await page.mouse.move(200, 300);
          await page.mouse.wheel(0, 2000);
          await page.keyboard.press('Tab');
          const onPage = await page
            .locator('a[href]')
            .evaluateAll((all) => all.map((one) => (one as { href?: string }).href ?? ''));
          for (const href of new Set(onPage.filter((one) => one.startsWith(url))))
            await page.goto(href, { waitUntil: 'networkidle' });
        }
        // As those do that take a page to pieces before they show it.
        await context.request.head(mailed);
        expect(asked.length).toBeGreaterThan(4);
        expect(new Set(asked)).toEqual(new Set(['GET']));
        expect(await context.cookies()).toEqual([]);
        expect(await kept()).toEqual(before);
        await context.close();

        const owner = await chromium.newPage();
        await owner.goto(mailed);
        await owner.locator('main button[type=submit]').click();
        await owner.waitForURL(`${url}/c/${ID}/requests/coordination/approve-programme.1`);
      } finally {
        await site.stop();
      }
    });
  });

  describe('is for one browser', () => {
    it('used twice from another: the second is offered a fresh one, and gets nothing else', async () => {
      const site = siteOver(system);
      const token = await link();
      expect((await site.browser().post(`/r/${token}`)).status).toBe(303);
      const thief = site.browser();
      for (const response of [await thief.get(`/r/${token}`), await thief.post(`/r/${token}`)]) {
        expect(response.status).toBe(410);
        const text = await response.text();
        expect(text).toContain(`/r/${token}/fresh`);
        expect(text).not.toContain(address);
      }
      expect(thief.cookies.size).toBe(0);
      expect((await thief.post(`/r/${token}/fresh`)).status).toBe(200);
      // To its owner, not to whoever asks.
      await expect.poll(() => site.sent.map(({ to }) => to)).toEqual([address]);
      expect((await thief.get(`/c/${ID}`)).headers.get('location')).toMatch(/^\/sign-in/);
    });

    it('used by two at once: one of them is in', async () => {
      const token = await link();
      const site = siteOver(system);
      const tries = await Promise.all([1, 2, 3].map(() => site.browser().post(`/r/${token}`)));
      expect(tries.filter(({ status }) => status === 303)).toHaveLength(1);
    });
  });

  describe('a link opens its cooperation alone', () => {
    it('another one, and what staff have, takes a code; whether there is one cannot be told', async () => {
      const email = (await system.view(ID)).people.find(({ id }) => id === 'chl-mtps-3')?.email ?? '';
      const site = siteOver(system, { staff: [email] });
      const browser = site.browser();
      const opened = await useLink(
        system.caseFile,
        await mintLink(
          system.caseFile,
          { address: email, path: `/c/${ID}`, cooperation: ID, person: 'chl-mtps-3' },
          new Date().toISOString(),
        ),
        { browser: 'one', program: null, network: '' },
        new Date().toISOString(),
      );
      browser.cookies.set('rial', opened?.session ?? '');
      expect((await browser.get(`/c/${ID}`)).status).toBe(200);
      for (const path of ['/c/15-bra-arg', '/c/of-nobody', '/board', '/new']) {
        const { status, headers } = await browser.get(path);
        expect([status, headers.get('location')]).toEqual([
          302,
          `/sign-in?${new URLSearchParams({ next: path })}`,
        ]);
      }
      expect((await browser.post(`/c/${ID}/changes/new/pause`, { reason: 'x' })).status).toBe(302);
      expect((await system.view(ID)).pausedAt).toBeNull();
      const form = await browser.text('/sign-in?next=/board');
      expect(form).toContain(`value="${email}"`);
      await browser.post('/sign-in', { address: email, next: '/board' });
      await expect.poll(() => site.sent.length).toBe(1);
      const entered = await browser.post('/sign-in/code', { code: site.sent[0]?.code ?? '' });
      expect(entered.headers.get('location')).toBe('/board');
      expect((await browser.get('/board')).status).toBe(200);
    });

    it('of staff none opens anything: a code is sent as well, to their address', async () => {
      const staff = (await system.view(ID)).people.find(({ id }) => id === 'oas-1')?.email ?? '';
      const site = siteOver(system);
      const token = await mintLink(
        system.caseFile,
        { address: staff, cooperation: ID, person: 'oas-1', path: `/c/${ID}` },
        new Date().toISOString(),
      );
      const browser = site.browser();
      expect(await browser.text(`/r/${token}`)).toContain('Para la Secretaría el enlace no basta');
      expect((await browser.post(`/r/${token}`)).status).toBe(200);
      expect(browser.cookies.has('rial')).toBe(false);
      await expect.poll(() => site.sent.map(({ to }) => to)).toEqual([staff]);
      expect((await browser.get(`/c/${ID}`)).status).toBe(302);
      const entered = await browser.post('/sign-in/code', { code: site.sent[0]?.code ?? '' });
      expect(entered.headers.get('location')).toBe(`/c/${ID}`);
      expect((await browser.get('/board')).status).toBe(200);
    });
  });

  describe('tries are counted', () => {
    /** A request as it comes over a connection from an address, with what else it says of itself. */
    const from = (
      site: ReturnType<typeof siteOver>,
      place: string,
      path: string,
      given: { form?: Record<string, string>; headers?: Record<string, string> } = {},
    ) =>
      site.app.request(
        `${site.url}${path}`,
        {
          ...(given.form && { method: 'POST', body: new URLSearchParams(given.form) }),
          headers: { origin: site.url, ...given.headers },
        },
        { incoming: { socket: { remoteAddress: place, remotePort: 1, remoteFamily: 'IPv4' } } },
      );
    const expectRefused = async (response: Response, within: number) => {
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(within - 20);
      expect(seconds).toBeLessThanOrEqual(within);
      expect(await response.text()).toContain('Demasiados intentos');
    };
    beforeEach(() => system.caseFile.deleteFrom('signInCode').execute());

    it('of an address: three codes, wherever they are asked from and however it is written', async () => {
      const site = siteOver(system);
      const written = [address, address.toUpperCase(), ` ${address} `];
      for (let n = 0; n < 3; n++)
        expect(
          (await from(site, `192.0.2.${n}`, '/sign-in', { form: { address: written[n] ?? '' } })).status,
        ).toBe(200);
      await expectRefused(await from(site, '192.0.2.9', '/sign-in', { form: { address } }), 60);
      expect(
        (await from(site, '192.0.2.9', '/sign-in', { form: { address: 'otra@mtpe.example' } })).status,
      ).toBe(200);
      // Who has a mail of the address is not held up by strangers.
      expect((await from(site, '192.0.2.9', `/r/${await link()}/fresh`, { form: {} })).status).toBe(200);
      await expect.poll(() => site.sent.length).toBe(4);
    });

    const claimed = (n: number) => ({
      'x-forwarded-for': `203.0.113.${n}`,
      'x-real-ip': `203.0.113.${n}`,
      'true-client-ip': `203.0.113.${n}`,
      'cf-connecting-ip': `203.0.113.${n}`,
      forwarded: `for=203.0.113.${n}`,
    });

    it.each([
      ['of a place: thirty', () => '198.51.100.7'],
      ['of an IPv6 network as of one place', (n: number) => `2001:db8:0:7:${n.toString(16)}::${n}`],
      [
        'of an IPv6 network, however it is written',
        (n: number) => (n % 2 ? `2001:db8::${n}` : `2001:db8:0:0:${n}:1:2:3`),
      ],
    ])('%s, whatever the request says of where it is from', async (_, place) => {
      const site = siteOver(system);
      const ask = (n: number, where = place(n)) =>
        from(site, where, '/sign-in', {
          form: { address: `nadie-${n}@ninguna.example` },
          headers: claimed(n),
        });
      for (let n = 1; n <= 30; n++) expect((await ask(n)).status).toBe(200);
      await expectRefused(await ask(31), 10);
      expect((await ask(32, '198.51.100.8')).status).toBe(200);
      expect((await ask(33, '2001:db8:0:8::1')).status).toBe(200);
    });

    it('of a place that our own proxies saw, and not one that the header was sent with', async () => {
      const behind = (proxies: number) => {
        const site = siteOver(system, { proxies });
        return (n: number, forwarded: string) =>
          from(site, '127.0.0.1', '/sign-in', {
            form: { address: `nadie-${n}@ninguna.example` },
            headers: { 'x-forwarded-for': forwarded },
          });
      };
      const one = behind(1);
      for (let n = 1; n <= 30; n++) expect((await one(n, `203.0.113.${n}, 198.51.100.7`)).status).toBe(200);
      await expectRefused(await one(31, '203.0.113.31, 198.51.100.7'), 10);
      expect((await one(32, '198.51.100.7, 198.51.100.8')).status).toBe(200);
      await system.caseFile.deleteFrom('signInCode').execute();
      const two = behind(2);
      for (let n = 1; n <= 30; n++)
        expect((await two(n, `203.0.113.${n},198.51.100.7,192.0.2.${n}`)).status).toBe(200);
      await expectRefused(await two(31, '198.51.100.7, 192.0.2.99'), 10);
    });

    it('of opening links: six hundred of a place', async () => {
      const site = siteOver(system);
      const open = (n: number, place = '198.51.100.7', form?: Record<string, string>) =>
        from(site, place, `/r/${n.toString(16).padStart(48, '0')}`, {
          headers: claimed(n % 250),
          ...(form && { form }),
        });
      for (let n = 0; n < 600; n += 50)
        await Promise.all(Array.from({ length: 50 }, (_, by) => open(n + by)));
      await expectRefused(await open(601), 15 * 60);
      await expectRefused(await open(602, undefined, {}), 15 * 60);
      expect((await open(603, '198.51.100.8')).status).toBe(404);
    });
  });

  describe('leads nowhere else', () => {
    const NEXT = [
      `//${EVIL}`,
      `///${EVIL}`,
      `/\\${EVIL}`,
      `/\\\\${EVIL}`,
      `\\\\${EVIL}`,
      `/%2f%2f${EVIL}`,
      `%2f%2f${EVIL}`,
      `/%5c${EVIL}`,
      `/\t/${EVIL}`,
      `/\n/${EVIL}`,
      `/c/x\r\nSet-Cookie: rial=x`,
      '/c/x\r\n\r\n<script>alert(1)</script>',
      `/.//${EVIL}`,
      `/..//${EVIL}`,
      `https://${EVIL}`,
      `https:${EVIL}`,
      `javascript:alert(1)//`,
      'data:text/html,x',
      `/@${EVIL}`,
      `@${EVIL}`,
      `.${EVIL}`,
      '/\u0000',
      '/ñ/漢字?q=ü',
      `/\u2028//${EVIL}`,
    ];
    const stays = (response: Response, site: { url: string }) => {
      const location = response.headers.get('location') ?? '';
      expect([302, 303]).toContain(response.status);
      expect(new URL(location, `${site.url}/sign-in`).origin).toBe(site.url);
      expect(location).toMatch(/^\/(?![/\\])/);
      expect(response.headers.getSetCookie().join('\n')).not.toContain('rial=x');
    };

    it.each(NEXT)('next=%j', async (next) => {
      await system.caseFile.deleteFrom('signInCode').execute();
      const site = siteOver(system);
      stays(await site.browser().post('/language', { language: 'fr', next }), site);
      // In the form, kept with the code, and where the code leads.
      const browser = site.browser();
      const page = `/sign-in?${new URLSearchParams({ next })}`;
      // An address in which a control character stands is none.
      const isText = !/\p{Cc}/u.test(next);
      const shown = await browser.get(page);
      expect(shown.status).toBe(isText ? 200 : 404);
      const form = await shown.text();
      const hidden = /name="next" value="([^"]*)"/.exec(form.slice(form.indexOf('action="/sign-in"')))?.[1];
      if (isText) expect(hidden).toMatch(/^\/(?![/\\])/);
      await browser.post('/sign-in', { address, next });
      await expect.poll(() => site.sent.length).toBe(1);
      stays(await browser.post('/sign-in/code', { code: site.sent[0]?.code ?? '' }), site);
      // Who is in already is led on at once.
      if (isText) stays(await browser.get(page), site);
    });

    it('as the Host of a request says', async () => {
      const site = siteOver(system);
      const spoofed = {
        host: EVIL,
        'x-forwarded-host': EVIL,
        'x-forwarded-proto': 'https',
        'x-forwarded-server': EVIL,
        'x-original-host': EVIL,
        'x-host': EVIL,
        forwarded: `host=${EVIL};proto=https`,
      };
      const token = await link();
      const ask = (path: string, form?: Record<string, string>, cookie = '') =>
        site.app.request(`http://${EVIL}${path}`, {
          ...(form && { method: 'POST', body: new URLSearchParams(form) }),
          headers: { ...spoofed, origin: site.url, cookie },
        });
      const responses = [
        await ask('/'),
        await ask('/sign-in'),
        await ask(`/c/${ID}`),
        await ask('/sign-in', { address }),
        await ask(`/r/${token}`),
        await ask('/nowhere'),
      ];
      const entered = await ask(`/r/${token}`, {});
      const cookie =
        entered.headers
          .getSetCookie()
          .find((one) => one.startsWith('rial='))
          ?.split(';')[0] ?? '';
      responses.push(
        entered,
        await ask('/', undefined, cookie),
        await ask(`/c/${ID}`, undefined, cookie),
        await ask(`/c/${ID}/sessions/1`, undefined, cookie),
        await ask('/sign-in', undefined, cookie),
        await ask(`/r/${token}`, undefined, cookie),
      );
      for (const response of responses) {
        expect(JSON.stringify([...response.headers])).not.toContain(EVIL);
        expect(await response.text()).not.toContain(EVIL);
      }
      // A form of the host that was named is one of another site all the same.
      const form = await site.app.request(`http://${EVIL}/sign-in`, {
        method: 'POST',
        headers: { ...spoofed, origin: `http://${EVIL}` },
        body: new URLSearchParams({ address }),
      });
      expect(form.status).toBe(403);
    });
  });

  it('to what is for staff, by any method, have staff alone', async () => {
    const observer = 'observa@oea.example';
    const site = siteOver(system, { observers: [observer] });
    const { people } = await system.view(ID);
    const guest = people.find(({ role }) => role === 'guest')?.email ?? '';
    const browsers = {
      delegate: await site.as(address),
      guest: await site.as(guest),
      observer: await site.as(observer),
      nobody: site.browser(),
    };
    const forAll =
      /^\/($|sign-|language|calendar|me(\/|$)|who\/|search|library|verify|certificates|sheets|privacy$|r\/|assets|c\/)/;
    const routes = site.app.routes.filter(({ method, path }) => method !== 'ALL' && !forAll.test(path));
    const asked = new Set(
      routes.map(({ method, path }) => `${method} ${path.replace(/:\w+(\{[^}]*\})?/g, '1')}`),
    );
    expect(asked.size).toBeGreaterThan(4);
    const cooperations = () => system.caseFile.selectFrom('cooperation').selectAll().execute();
    const before = await cooperations();
    for (const [who, browser] of Object.entries(browsers))
      for (const route of asked) {
        const [method = '', path = ''] = route.split(' ');
        const source = changedSource((file) => {
          file.id = 'of-nobody';
        });
        const response =
          method === 'GET' ? await browser.get(path) : await browser.post(path, { source, start: 'yes' });
        const { status } = response;
        const wanted =
          who === 'observer' && path.startsWith('/board') ? /200/ : who === 'nobody' ? /302|404/ : /404/;
        expect(`${who} ${route}: ${status}`).toMatch(new RegExp(`: (${wanted.source})$`));
        if (status === 302) expect(response.headers.get('location')).toMatch(/^\/sign-in/);
      }
    expect(await cooperations()).toEqual(before);
  });

  describe('takes nothing that another site sends', () => {
    const TYPES: Record<string, string> = {
      'application/x-www-form-urlencoded': 'decision=approve&reason=x&address=a%40b.example&language=fr',
      'multipart/form-data; boundary=x':
        '--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\nx\r\n--x--',
      'text/plain': '{"decision":"approve","reason":"x"}',
      'application/json': '{"decision":"approve","reason":"x"}',
    };
    const unsafe = (routes: { method: string; path: string }[]) => [
      ...new Set(
        routes
          .filter(({ method }) => !['GET', 'ALL'].includes(method))
          .map(({ method, path }) =>
            `${method} ${path}`.replace(':id', ID).replace(/:\w+(\{[^}]*\})?/g, '1'),
          ),
      ),
    ];

    it('on any page, whatever it calls itself', async () => {
      const site = siteOver(system);
      const staff = await site.as('guillermo.calzada@oea.example');
      const { host, port } = new URL(site.url);
      const before = await kept();
      const sources: Record<string, string>[] = [
        { origin: `https://${EVIL}`, 'sec-fetch-site': 'cross-site' },
        { origin: 'null', 'sec-fetch-site': 'cross-site' },
        { origin: `http://${host}.${EVIL}` },
        { origin: `http://${host}:${Number(port || 80) + 1}` },
        { origin: `https://${host}` },
        { origin: `http://${EVIL}@${host}` },
        { origin: `http://x.${host}`, 'sec-fetch-site': 'same-site' },
        { referer: `https://${EVIL}/${site.url}` },
        { referer: site.url.replace('http:', 'https:') },
        {},
      ];
      const routes = unsafe(site.app.routes);
      expect(routes.length).toBeGreaterThan(15);
      for (const route of routes)
        for (const source of sources)
          for (const [type, body] of Object.entries(TYPES)) {
            const [method = '', path = ''] = route.split(' ');
            const response = await staff.ask(method, path, {
              origin: null,
              headers: { ...source, 'content-type': type },
              body,
            });
            expect(`${route} ${JSON.stringify(source)} ${type}: ${response.status}`).toMatch(/: 403$/);
            expect(response.headers.getSetCookie()).toEqual([]);
          }
      expect(await kept()).toEqual(before);
      // From the site itself it goes through, by either header.
      for (const source of [{ origin: site.url }, { referer: `${site.url}/` }])
        expect((await staff.ask('POST', '/language', { origin: null, headers: source })).status).toBe(303);
    });

    it('of the API, which knows no cookies', async () => {
      const { caseFile, documents, cooperations, workflows } = system;
      const app = api({
        url: 'https://cooperacion.oas.example',
        seal: testSeal,
        health: allWell,
        ...{ caseFile, documents, cooperations, workflows },
        ...{ machineToken: async () => 'the-staff-token', sendInvitation: async () => {} },
        log: pino({ level: 'silent' }),
        securityLog: { note: async () => {} },
        now: () => new Date().toISOString(),
      });
      const staff = await siteOver(system).as('guillermo.calzada@oea.example');
      const cookie = [...staff.cookies].map((one) => one.join('=')).join('; ');
      const before = await kept();
      const routes = unsafe(app.routes);
      expect(routes.length).toBeGreaterThan(4);
      for (const route of routes)
        for (const [type, body] of Object.entries(TYPES))
          for (const query of ['', '?token=the-staff-token', '?authorization=Bearer%20the-staff-token']) {
            const [method = '', path = ''] = route.split(' ');
            const response = await app.request(`${path}${query}`, {
              method,
              headers: { cookie, 'content-type': type, origin: `https://${EVIL}` },
              body,
            });
            expect(`${route} ${type}: ${response.status}`).toMatch(/: 401$/);
          }
      // Nor does it let another site's script ask at all.
      const asked = await app.request(`/cooperations/${ID}/answers`, {
        method: 'OPTIONS',
        headers: { origin: `https://${EVIL}`, 'access-control-request-method': 'POST' },
      });
      expect(JSON.stringify([...asked.headers])).not.toContain('access-control');
      expect(await kept()).toEqual(before);
    });
  });

  describe('a session', () => {
    const HTTPS = 'https://cooperacion.oas.example';
    /** The attributes of the cookies that one who comes in is given, by the cookie's name. */
    async function cookies(url: string): Promise<Record<string, string[]>> {
      const { app } = siteOver(system, { url });
      const token = await link();
      const ask = (path: string, form: Record<string, string>) =>
        app.request(`${url}${path}`, {
          method: 'POST',
          headers: { origin: url },
          body: new URLSearchParams(form),
        });
      const responses = [await ask(`/r/${token}`, {}), await ask('/language', { language: 'pt' })];
      const set = responses.flatMap((one) => one.headers.getSetCookie());
      expect(set).toHaveLength(3);
      return Object.fromEntries(
        set.map((one) => {
          const [pair = '', ...attributes] = one.split(/;\s*/);
          return [pair.split('=')[0] ?? '', attributes.filter((each) => !each.startsWith('Max-Age'))];
        }),
      );
    }
    it('has a cookie for this host alone, behind TLS, out of the reach of script', async () => {
      const behind = await cookies(HTTPS);
      expect(Object.keys(behind).sort()).toEqual([
        '__Host-rial',
        '__Host-rial-browser',
        '__Host-rial-language',
      ]);
      for (const attributes of Object.values(behind))
        expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
      const plain = await cookies('http://127.0.0.1:8080');
      for (const attributes of Object.values(plain))
        expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
      const hsts = async (url: string) =>
        (await siteOver(system, { url }).app.request(`${url}/sign-in`)).headers.get(
          'strict-transport-security',
        );
      expect([await hsts(HTTPS), await hsts('http://127.0.0.1:8080')]).toEqual(['max-age=31536000', null]);
    });

    it('is none that somebody made up, or put there before', async () => {
      const site = siteOver(system);
      const browser = site.browser();
      for (const value of ['', 'x', 'a'.repeat(64), "' or 1=1 --", '%00', 'x'.repeat(8000)]) {
        browser.cookies.set('rial', value);
        expect((await browser.get(`/c/${ID}`)).headers.get('location')).toMatch(/^\/sign-in/);
      }
      browser.cookies.set('rial', 'b'.repeat(64));
      const token = await link();
      await browser.post(`/r/${token}`);
      expect(browser.cookies.get('rial')).not.toBe('b'.repeat(64));
    });

    const lives = async (browser: Browser) => (await browser.get(`/c/${ID}`)).status === 200;
    const copyOf = (site: ReturnType<typeof siteOver>, browser: Browser) => {
      const copy = site.browser();
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      return copy;
    };

    it('ends with its sign-out wherever its cookie is; others live', async () => {
      const site = siteOver(system);
      const [one, other] = [await site.as(address), await site.as(address)];
      const stolen = copyOf(site, one);
      expect(await Promise.all([one, other, stolen].map(lives))).toEqual([true, true, true]);
      // A form of another site signs nobody out.
      expect((await one.post('/sign-out', {}, `https://${EVIL}`)).status).toBe(403);
      expect(await lives(one)).toBe(true);
      const out = await one.post('/sign-out');
      expect(out.headers.getSetCookie().join()).toMatch(/^rial=;.*Max-Age=0/);
      expect(await Promise.all([one, other, stolen].map(lives))).toEqual([false, true, false]);
      const again = await site.as(address);
      await again.post('/sign-out', { everywhere: 'yes' });
      expect(await Promise.all([again, other].map(lives))).toEqual([false, false]);
    });

    it('ends on every device of somebody who is replaced, or has another address', async () => {
      const site = siteOver(system);
      const emails = Object.fromEntries((await system.view(ID)).people.map(({ id, email }) => [id, email]));
      const replaced = [await site.as(emails['per-mtpe-1'] ?? ''), await site.as(emails['per-mtpe-1'] ?? '')];
      const corrected = [await site.as(emails['per-mtpe-2'] ?? '')];
      const all = [...replaced, ...corrected];
      expect(await Promise.all(all.map(lives))).toEqual([true, true, true]);
      const pending = await mintLink(
        system.caseFile,
        { address: emails['per-mtpe-1'] ?? '', path: '/', cooperation: ID, person: 'per-mtpe-1' },
        new Date().toISOString(),
      );
      await system.change(ID, {
        change: 'replace',
        person: 'per-mtpe-1',
        with: { name: 'Otra Persona', email: 'otra.persona@mtpe.example' },
      });
      await system.change(ID, {
        change: 'correct-person',
        person: 'per-mtpe-2',
        as: { email: 'corregida@mtpe.example' },
      });
      expect(await Promise.all(all.map(lives))).toEqual([false, false, false]);
      expect((await all[0]?.post(`/r/${pending}`))?.status).toBe(404);
      expect(await lives(await site.as('corregida@mtpe.example'))).toBe(true);
      // Also once the address is somebody's again.
      const otra = (await system.view(ID)).people.find(({ email }) => email === 'otra.persona@mtpe.example');
      await system.change(ID, {
        change: 'correct-person',
        person: otra?.id ?? '',
        as: { email: emails['per-mtpe-1'] ?? '' },
      });
      await system.change(ID, {
        change: 'correct-person',
        person: 'per-mtpe-2',
        as: { email: emails['per-mtpe-2'] ?? '' },
      });
      expect(await lives(await site.as(emails['per-mtpe-1'] ?? ''))).toBe(true);
      expect(await Promise.all(all.map(lives))).toEqual([false, false, false]);
    });
  });
});
