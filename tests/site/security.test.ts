import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { type Browser, siteOver } from '../support/site.ts';

const ID = '14-per-chl';
const OTHER = '14-per-chl-2';

/** What nobody can do to the site, on every route that it has: those added later too. */
describe('the site', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  const browsers: Record<string, Browser> = {};
  const OBSERVER = 'observa@oea.example';
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { observers: [OBSERVER] });
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, 'coordination/approve-programme.1');
    // Everyone of another cooperation has another address.
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -1)(file);
        file.id = OTHER;
        for (const one of file.participants) one.email = `otra.${one.email}`;
        for (const session of file.sessions)
          for (const guest of session.guests ?? []) guest.email = `otra.${guest.email}`;
      }),
    );
    const addresses = Object.fromEntries((await system.view(ID)).people.map(({ id, email }) => [id, email]));
    const others = Object.fromEntries((await system.view(OTHER)).people.map(({ id, email }) => [id, email]));
    browsers.delegate = await site.as(addresses['per-mtpe-1'] ?? '');
    browsers.guest = await site.as(addresses['guest-2-1'] ?? '');
    browsers.outsider = await site.as(others['chl-mtps-1'] ?? '');
    browsers.observer = await site.as(OBSERVER);
    browsers.nobody = site.browser();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** Every route of a cooperation, with something in place of its parameters. */
  const routes = () => {
    const found = site.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/c/:id'))
      .map(({ method, path }) => ({
        method,
        path: path
          .replace(':id', ID)
          .replace(':scope', 'coordination')
          .replace(':name', 'approve-programme.1')
          .replace(':sha256', 'a'.repeat(64))
          .replace(':fileName', 'programa.pdf')
          .replace(':kind', 'pause')
          .replace(/:(n|number|session)\b(\{[^}]*\})?/g, '1')
          .replace(/:\w+(\{[^}]*\})?/g, '1'),
      }));
    return [...new Map(found.map((one) => [`${one.method} ${one.path}`, one])).values()];
  };
  const asked = (who: string, { method, path }: { method: string; path: string }) => {
    const browser = browsers[who] as Browser;
    return method === 'GET' ? browser.get(path) : browser.post(path, { decision: 'approve', reason: 'x' });
  };
  const done = async () =>
    (await system.view(ID)).record
      .filter(({ kind, person }) => person !== null && !kind.startsWith('mail-'))
      .map(({ seq }) => seq);

  it('has routes to look at', () => {
    expect(routes().filter(({ method }) => method === 'GET').length).toBeGreaterThan(10);
    expect(routes().filter(({ method }) => method === 'POST').length).toBeGreaterThan(4);
  });

  it("shows nothing of somebody else's cooperation, and takes nothing for it: every route is a 404", async () => {
    const before = await done();
    for (const route of routes())
      expect(`${route.method} ${route.path}: ${(await asked('outsider', route)).status}`).toBe(
        `${route.method} ${route.path}: 404`,
      );
    expect(await done()).toEqual(before);
  });

  it('asks who is not signed in to sign in, and does nothing', async () => {
    const before = await done();
    for (const route of routes()) {
      const response = await asked('nobody', route);
      // What was written in a form is held until they are in again.
      const isHeld = response.status === 401 && route.method === 'POST';
      expect(`${route.path}: ${isHeld ? 302 : response.status}`).toBe(`${route.path}: 302`);
      if (isHeld) expect(await response.text()).toContain('href="/sign-in?');
      else expect(response.headers.get('location')).toMatch(/^\/sign-in/);
    }
    expect(await done()).toEqual(before);
  });

  it('lets observers look, and do nothing', async () => {
    const before = await done();
    for (const route of routes().filter(({ method }) => method === 'POST'))
      expect(`${route.path}: ${(await asked('observer', route)).status}`).toMatch(/: (403|404)$/);
    expect(await done()).toEqual(before);
  });

  it('shows guests their session alone', async () => {
    const open: string[] = [];
    for (const route of routes()) {
      const { status, headers } = await asked('guest', route);
      // The cooperation's own page leads them to their session.
      if (status === 302) expect(headers.get('location')).toBe(`/c/${ID}/sessions/2`);
      else if (status < 400) open.push(`${route.method} ${route.path}`);
    }
    expect(open.filter((one) => !one.includes('/sessions/'))).toEqual([]);
    expect((await browsers.guest?.get(`/c/${ID}/sessions/2`))?.status).toBe(200);
    expect((await browsers.guest?.get(`/c/${ID}/sessions/1`))?.status).toBe(404);
  });

  it('keeps delegates from what is for staff', async () => {
    for (const path of ['/board', '/new', `/c/${ID}/outbox`, `/c/${ID}/changes`])
      expect(`${path}: ${(await browsers.delegate?.get(path))?.status}`).toBe(`${path}: 404`);
  });

  it('takes no form of another site, on no route', async () => {
    const before = await done();
    for (const { method, path } of routes()) {
      if (method !== 'POST') continue;
      for (const origin of ['https://evil.example', 'null', null]) {
        const response = await browsers.delegate?.post(path, { decision: 'approve' }, origin);
        expect(`${path}: ${response?.status}`).toBe(`${path}: 403`);
      }
      const json = await browsers.delegate?.ask('POST', path, {
        origin: 'https://evil.example',
        headers: { 'content-type': 'application/json' },
        body: '{"decision":"approve"}',
      });
      expect(json?.status).toBe(403);
    }
    expect(await done()).toEqual(before);
  });

  it('lets nothing run, load or frame that is not its own, and keeps pages out of caches', async () => {
    for (const path of [`/c/${ID}`, '/sign-in', '/not-there']) {
      const response = await browsers.delegate?.get(path);
      const policy = response?.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(response?.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response?.headers.get('cache-control')).toMatch(/no-store/);
    }
    for (const path of [`/c/${ID}`, `/c/${ID}/requests/coordination/approve-programme.1`]) {
      const html = (await browsers.delegate?.text(path)) ?? '';
      expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)|\son\w+=|\sstyle=|<style/i);
    }
  });

  it('builds no page from the Host header', async () => {
    const response = await site.app.request('http://evil.example/sign-in', {
      method: 'POST',
      headers: {
        host: 'evil.example',
        origin: site.url,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ address: (await system.view(ID)).people[0]?.email ?? '' }),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('evil.example');
  });

  it('ends a session for good when its owner signs out', async () => {
    const { people } = await system.view(ID);
    const browser = await site.as(people.find(({ id }) => id === 'per-mtpe-2')?.email ?? '');
    const kept = new Map(browser.cookies);
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    await browser.post('/sign-out');
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.get(`/c/${ID}`)).headers.get('location')).toMatch(/^\/sign-in/);
  });
});
