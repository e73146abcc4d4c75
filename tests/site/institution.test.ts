import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAccess } from '../../src/casefile/access/access.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { addStaff } from '../../src/casefile/access/staff.ts';
import { providerAt } from '../../src/site/signing-in/provider.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { testProvider } from '../support/provider.ts';
import { type Browser, OFFICER, siteOver } from '../support/site.ts';
import { freePorts } from '../support/system.ts';

const url = 'http://site.example';
const log = pino({ level: 'silent' });
const FAILED = 'No se pudo ingresar con la cuenta de su institución';
const ACCOUNTS = {
  delegate: { email: '', email_verified: true },
  officer: { email: OFFICER, email_verified: true },
  stranger: { email: 'nadie@ministerio.example', email_verified: true },
  unverified: { email: OFFICER, email_verified: false },
  silent: { email: OFFICER },
  nobody: {},
};

describe('signing in at one’s institution', () => {
  let system: InProcess;
  let there: Awaited<ReturnType<typeof testProvider>>;
  let site: ReturnType<typeof siteOver>;
  /** How far the clock has been put forward. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();
  beforeAll(async () => {
    system = await inProcess();
    await system.cooperations.start(changedSource(() => {}));
    const delegate = await system.caseFile
      .selectFrom('person')
      .select('email')
      .where('id', '=', 'per-mtpe-1')
      .executeTakeFirstOrThrow();
    // As an institution may write it.
    ACCOUNTS.delegate.email = `${delegate.email}`.toUpperCase();
    there = await testProvider(ACCOUNTS, { url });
    site = siteOver(system, { now, provider: providerAt(there.given, { url, log }) });
  });
  afterAll(async () => {
    await there?.close();
    await system?.[Symbol.asyncDispose]();
  });

  /** Where the button leads. */
  async function pressed(browser: Browser, next = '/'): Promise<string> {
    const response = await browser.post('/sign-in/institution', { next });
    expect(response.status).toBe(303);
    return response.headers.get('location') ?? '';
  }
  const pathOf = (back: URL): string => {
    expect(back.origin).toBe(url);
    return back.pathname + back.search;
  };
  async function signedIn(browser: Browser, account: keyof typeof ACCOUNTS, next = '/') {
    return browser.get(pathOf(await there.goOn(await pressed(browser, next), { account })));
  }
  const lastEvents = async (most: number) =>
    (await securityEntries(system.caseFile, { most })).map(({ event, who }) => ({ ...event, who: who?.id }));
  /** That it kept somebody out, for a reason that is in the log alone. */
  async function keptOut(browser: Browser, response: Response, why: string) {
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(FAILED);
    expect(browser.cookies.has('rial')).toBe(false);
    expect(await lastEvents(1)).toEqual([{ code: 'sign-in-failed', by: 'oidc', why, who: undefined }]);
  }

  it('is a button, in every language, whose form may lead to the provider and nowhere else', async () => {
    const named = {
      es: 'Ingresar con el',
      en: 'Sign in with el',
      pt: 'Entrar com el',
      fr: 'Se connecter avec el',
    };
    for (const [language, text] of Object.entries(named)) {
      const page = await site.browser().get('/sign-in', { 'accept-language': language });
      expect(await page.text()).toContain(`${text} Ministerio</button>`);
      expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${there.issuer};`);
    }
    const elsewhere = await site.browser().get('/sign-in/nowhere');
    expect(elsewhere.headers.get('content-security-policy')).toContain("form-action 'self';");
    const without = siteOver(system).browser();
    expect(await without.text('/sign-in')).not.toContain('/sign-in/institution');
    expect((await without.post('/sign-in/institution')).status).toBe(404);
  });

  it('sends with PKCE, state and nonce', async () => {
    const asked = new URL(await pressed(site.browser())).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ response_type: 'code', client_id: 'rial', scope: 'openid email', code_challenge_method: 'S256' },
      redirect_uri: `${url}/sign-in/institution/back`,
    });
    for (const one of ['state', 'nonce', 'code_challenge']) expect(asked.get(one)).toMatch(/^[\w-]{43,48}$/);
  });

  it('lets in whose address is known, to where they wanted, and notes it', async () => {
    const browser = site.browser();
    const response = await signedIn(browser, 'delegate', '/c/14-per-chl');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/c/14-per-chl']);
    expect(await lastEvents(1)).toMatchObject([
      { code: 'signed-in', by: 'oidc', who: '14-per-chl/per-mtpe-1' },
    ]);
    expect((await browser.get('/c/14-per-chl')).status).toBe(200);
    expect((await browser.get('/board')).status).toBe(404);
  });

  it('takes the address from what the provider says of the subject where the token has none', async () => {
    const other = await testProvider(ACCOUNTS, { url, inToken: false });
    try {
      const one = siteOver(system, { provider: providerAt(other.given, { url, log }) }).browser();
      const back = await other.goOn(await pressed(one), { account: 'officer' });
      expect((await one.get(pathOf(back))).status).toBe(303);
      expect((await one.get('/board')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('leaves staff their second step', async () => {
    const stepped = siteOver(system, { secondFactor: true, provider: providerAt(there.given, { url, log }) });
    const one = stepped.browser();
    const back = await there.goOn(await pressed(one), { account: 'officer' });
    expect((await one.get(pathOf(back))).headers.get('location')).toBe('/sign-in/step');
    expect(one.cookies.has('rial')).toBe(false);
  });

  it.each([
    ['stranger', 'unknown'],
    ['unverified', 'unverified'],
    ['silent', 'unverified'],
    ['nobody', 'unverified'],
  ] as const)('keeps out the account “%s”', async (account, why) => {
    const browser = site.browser();
    await keptOut(browser, await signedIn(browser, account), why);
  });

  it('keeps out whoever said no there', async () => {
    const browser = site.browser();
    const back = await there.goOn(await pressed(browser), 'abort');
    expect(back.searchParams.get('error')).toBe('access_denied');
    await keptOut(browser, await browser.get(pathOf(back)), 'declined');
  });

  it('takes no other state, nor the same one twice', async () => {
    const browser = site.browser();
    const back = await there.goOn(await pressed(browser), { account: 'officer' });
    const wrong = new URL(back);
    wrong.searchParams.set('state', 'f'.repeat(48));
    await keptOut(browser, await browser.get(pathOf(wrong)), 'ended');
    wrong.searchParams.delete('state');
    await keptOut(browser, await browser.get(pathOf(wrong)), 'ended');
    expect((await browser.get(pathOf(back))).status).toBe(303);
    browser.cookies.delete('rial');
    await keptOut(browser, await browser.get(pathOf(back)), 'ended');
  });

  it('is over after ten minutes', async () => {
    const browser = site.browser();
    const back = await there.goOn(await pressed(browser), { account: 'officer' });
    ahead += 10 * 60_000;
    await keptOut(browser, await browser.get(pathOf(back)), 'ended');
  });

  it('is finished in the browser that began it alone', async () => {
    const [attacker, victim] = [site.browser(), site.browser()];
    await pressed(victim);
    const back = await there.goOn(await pressed(attacker), { account: 'officer' });
    await keptOut(victim, await victim.get(pathOf(back)), 'ended');
    await keptOut(site.browser(), await site.browser().get(pathOf(back)), 'ended');
  });

  it.each(['nonce', 'code_challenge'])('takes nothing that another %s was asked with', async (part) => {
    const browser = site.browser();
    const asked = new URL(await pressed(browser));
    asked.searchParams.set(part, 'x'.repeat(43));
    const back = await there.goOn(asked.href, { account: 'officer' });
    await keptOut(browser, await browser.get(pathOf(back)), 'wrong');
  });

  it('takes no code of another attempt, nor an answer of another issuer', async () => {
    const browser = site.browser();
    const other = await there.goOn(await pressed(site.browser()), { account: 'officer' });
    const back = await there.goOn(await pressed(browser), { account: 'stranger' });
    back.searchParams.set('code', other.searchParams.get('code') ?? '');
    await keptOut(browser, await browser.get(pathOf(back)), 'wrong');
    const mixed = await there.goOn(await pressed(browser), { account: 'officer' });
    mixed.searchParams.set('iss', 'https://evil.example');
    await keptOut(browser, await browser.get(pathOf(mixed)), 'wrong');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'does not lead on to %s',
    async (next) => {
      const response = await signedIn(site.browser(), 'delegate', next);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    },
  );

  it('ends by the hours of this site, and not when the provider’s does', async () => {
    const gone = await testProvider(ACCOUNTS, { url });
    const one = siteOver(system, { now, provider: providerAt(gone.given, { url, log }) }).browser();
    const back = await gone.goOn(await pressed(one), { account: 'officer' });
    expect((await one.get(pathOf(back))).status).toBe(303);
    await gone.close();
    expect((await one.get('/board')).status).toBe(200);
    // Eight hours without a visit.
    ahead += 7.9 * 3_600_000;
    expect((await one.get('/board')).status).toBe(200);
    ahead += 8.1 * 3_600_000;
    expect((await one.get('/board')).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('is not begun by a page of another site', async () => {
    const response = await site.browser().post('/sign-in/institution', {}, 'https://evil.example');
    expect([response.status, response.headers.get('location')]).toEqual([403, null]);
  });

  it('takes no ID token that was changed on its way', async () => {
    const forged = (token: string) => {
      const [head, body = '', signature] = token.split('.');
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
      const changed = JSON.stringify({ ...claims, email: OFFICER });
      return [head, Buffer.from(changed).toString('base64url'), signature].join('.');
    };
    const other = await testProvider(ACCOUNTS, { url, forged });
    try {
      const one = siteOver(system, { provider: providerAt(other.given, { url, log }) }).browser();
      const back = await other.goOn(await pressed(one), { account: 'stranger' });
      await keptOut(one, await one.get(pathOf(back)), 'wrong');
    } finally {
      await other.close();
    }
  });

  it('takes no ID token that the provider made for another site', async () => {
    let token: string | undefined;
    // The last one is what the site gets in place of its own.
    const other = await testProvider(ACCOUNTS, { url, forged: (own) => token ?? own });
    const one = siteOver(system, { provider: providerAt(other.given, { url, log }) });
    const signIn = async (madeFor: 'rial' | 'other') => {
      const browser = one.browser();
      token = undefined;
      const asked = await pressed(browser);
      const nonce = new URL(asked).searchParams.get('nonce') ?? '';
      const made = await other.tokenOf(madeFor, 'officer', nonce);
      const back = await other.goOn(asked, { account: 'officer' });
      token = made;
      return { browser, response: await browser.get(pathOf(back)) };
    };
    try {
      const { browser, response } = await signIn('other');
      await keptOut(browser, response, 'wrong');
      expect((await signIn('rial')).response.status).toBe(303);
    } finally {
      await other.close();
    }
  });

  it('knows whose an address is by the provider’s own id of them, until their access is ended', async () => {
    const mailbox = 'secretaria@ministerio.example';
    const accounts = {
      first: { email: mailbox, email_verified: true },
      second: { email: mailbox.toUpperCase(), email_verified: true },
    };
    await addStaff(system.caseFile, { address: mailbox, role: 'staff', by: null }, now());
    const other = await testProvider(accounts, { url });
    const one = siteOver(system, { provider: providerAt(other.given, { url, log }) });
    const signIn = async (account: keyof typeof accounts) => {
      const browser = one.browser();
      const back = await other.goOn(await pressed(browser), { account });
      return { browser, response: await browser.get(pathOf(back)) };
    };
    try {
      for (const _ of [1, 2]) expect((await signIn('first')).response.status).toBe(303);
      const { browser, response } = await signIn('second');
      await keptOut(browser, response, 'reassigned');
      // Whoever has the account before goes on, and their mailbox may be renamed.
      accounts.first.email = OFFICER;
      expect((await signIn('first')).response.status).toBe(303);
      accounts.first.email = mailbox;
      expect((await signIn('first')).response.status).toBe(303);
      expect((await signIn('second')).response.status).toBe(422);
      await endAccess(system.caseFile, mailbox, now());
      expect((await signIn('second')).response.status).toBe(303);
      expect((await signIn('first')).response.status).toBe(422);
      const kept = await system.caseFile.selectFrom('providerSubject').selectAll().execute();
      expect(JSON.stringify(kept)).not.toMatch(/first|second/);
    } finally {
      await other.close();
    }
  });

  it.each(['/.well-known/openid-configuration', '/token'])(
    'takes no more of a provider than it can have to say, at %s',
    async (endless) => {
      let sent = 0;
      const cut = Promise.withResolvers<void>();
      const server = createServer((request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const issuer = `http://${request.headers.host}`;
        if (!request.url?.startsWith(endless))
          return response.end(
            JSON.stringify({
              ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
              ...{ jwks_uri: `${issuer}/keys`, response_types_supported: ['code'] },
            }),
          );
        response.once('close', cut.resolve);
        const more = () => {
          do sent += 65_536;
          while (response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        return more();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      try {
        const provider = providerAt({ ...there.given, issuer }, { url, log });
        const attempt = { state: 's', nonce: 'n', verifier: 'v'.repeat(43), path: '/' };
        const back = new URLSearchParams({ code: 'x', state: 's' });
        expect(await provider.vouched(back, attempt)).toBe(endless === '/token' ? 'wrong' : 'unreachable');
        await cut.promise;
        // What lies on the way is sent, too.
        expect(sent).toBeLessThan(30 * 1024 * 1024);
      } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  it('takes no provider that says it is another issuer than that of the setting', async () => {
    const given = { ...there.given, issuer: there.issuer.replace('127.0.0.1', 'localhost') };
    expect(await providerAt(given, { url, log }).isThere()).toBe(false);
    expect(await providerAt(there.given, { url, log }).isThere()).toBe(true);
  });

  it('says that the provider is away; a code is still sent', async () => {
    const [port] = (await freePorts(1)) as [number];
    const given = { ...there.given, issuer: `http://127.0.0.1:${port}` };
    const one = siteOver(system, { provider: providerAt(given, { url, log }) }).browser();
    const page = await one.text('/sign-in');
    expect(page).toContain('En este momento no se puede ingresar con el Ministerio');
    expect(page).toContain('action="/sign-in"');
    expect(page).not.toContain('action="/sign-in/institution"');
    expect((await one.post('/sign-in/institution')).status).toBe(503);
    expect(await lastEvents(1)).toMatchObject([{ code: 'sign-in-failed', by: 'oidc', why: 'unreachable' }]);
  });

  it('lets nobody in where the provider is gone when they come back', async () => {
    const gone = await testProvider(ACCOUNTS, { url });
    const one = siteOver(system, { provider: providerAt(gone.given, { url, log }) }).browser();
    const back = await gone.goOn(await pressed(one), { account: 'officer' });
    await gone.close();
    expect((await one.get(pathOf(back))).status).toBe(503);
    expect(one.cookies.has('rial')).toBe(false);
  });
});
