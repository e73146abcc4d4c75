import { Secret, TOTP } from 'otpauth';
import type { APIResponse, Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passkeySiteOf, passkeysOf } from '../../src/casefile/access/passkeys.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { addStaff } from '../../src/casefile/access/staff.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { axe, freeOrigin, served } from '../support/served.ts';

/** What a page can do with passkeys, also one that means no good. */
const ASKING = `(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=/g, '');
  window.signed = async ({ challenge, ids, verification = 'required' }) => {
    const { id, response } = await navigator.credentials.get({ publicKey: {
      challenge: bytes(challenge), rpId: 'localhost', userVerification: verification,
      allowCredentials: ids.map((one) => ({ type: 'public-key', id: bytes(one) })),
    } });
    return JSON.stringify({ id, response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
    } });
  };
})()`;
type Asked = { challenge: string; allowCredentials: { id: string }[] };
type Credential = { credentialId: string; signCount: number; privateKey: string };

/** Passkeys in a real Chromium with a virtual authenticator, against the whole of the site. */
describe('a passkey', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();
  const minutesLater = (minutes: number) => {
    ahead += minutes * 60_000;
  };
  beforeAll(async () => {
    system = await inProcess();
    const url = (await freeOrigin()).replace('127.0.0.1', 'localhost');
    site = await served(system, { url, secondFactor: true, now, staff: [] });
    browser = await openChromium();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  async function windowOf(options: { javaScriptEnabled?: boolean; bypassCSP?: boolean } = {}) {
    const context = await browser.newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    return { context, page };
  }
  /** A window of a device that has an authenticator of its own. */
  async function deviceOf(options: { verified?: boolean; bypassCSP?: boolean } = {}) {
    const { verified = true, ...window } = options;
    const { context, page } = await windowOf(window);
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: verified, automaticPresenceSimulation: true },
      },
    });
    return { context, page, cdp, authenticatorId };
  }
  type Device = { context: BrowserContext; page: Page; cdp: CDPSession; authenticatorId: string };
  const credentialsOf = async ({ cdp, authenticatorId }: Device): Promise<Credential[]> =>
    (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;

  /** The first step: the code of the mail. */
  async function firstStep(page: Page, address: string): Promise<void> {
    // As many codes as anybody may have.
    minutesLater(4);
    const before = site.sent.length;
    await page.goto(`${site.url}/sign-in?again=yes&next=/second-step`);
    await page.fill('#address', address);
    await page.click('form[action="/sign-in"] button');
    await expect.poll(() => site.sent.length).toBe(before + 1);
    await page.fill('#code', site.sent[before]?.code ?? '');
    await page.click('form[action="/sign-in/code"] button');
    await page.waitForURL('**/sign-in/step');
  }
  const letIn = (address: string) => addStaff(system.caseFile, { address, role: 'staff', by: null }, now());
  const codeOf = (key: string) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.parse(now()) });
  async function withApp(page: Page, address: string): Promise<string> {
    await letIn(address);
    await firstStep(page, address);
    const key = ((await page.locator('code.rial-prewrap').textContent()) ?? '').replaceAll(' ', '');
    await page.fill('#code', codeOf(key));
    await page.click('form[action="/sign-in/step"] button');
    await page.click('a.govuk-button');
    await page.waitForURL('**/second-step');
    return key;
  }
  /** Adds one on the page of one's own. */
  async function add(page: Page, name: string): Promise<void> {
    await page.goto(`${site.url}/second-step`);
    await page.fill('#name', name);
    await page.click('form[action="/second-step/passkeys"] button');
    await page.locator('.govuk-notification-banner--success').waitFor();
  }
  /** Somebody with an app and a passkey, in a device. */
  async function officer(address: string) {
    const device = await deviceOf();
    const key = await withApp(device.page, address);
    await add(device.page, 'Portátil');
    return { ...device, key, address };
  }
  const press = (page: Page) => page.click('form[action="/sign-in/step/passkey"] button');
  /** What the site would have signed in a browser that has taken the first step. */
  async function asked({ context }: { context: BrowserContext }): Promise<Asked> {
    const response = await context.request.post(`${site.url}/sign-in/step/passkey/options`, {
      headers: { origin: site.url },
    });
    expect(response.status()).toBe(200);
    return response.json();
  }
  const post = (context: BrowserContext, passkey: string): Promise<APIResponse> =>
    context.request.post(`${site.url}/sign-in/step/passkey`, {
      ...{ form: { passkey }, headers: { origin: site.url }, maxRedirects: 0 },
    });
  const signed = async (page: Page, given: { challenge: string; ids: string[]; verification?: string }) => {
    await page.evaluate(ASKING);
    return (await page.evaluate(`signed(${JSON.stringify(given)})`)) as string;
  };
  const idsOf = ({ allowCredentials }: Asked) => allowCredentials.map(({ id }) => id);
  const events = async () => (await securityEntries(system.caseFile, { most: 12 })).map(({ event }) => event);
  const isOut = async (context: BrowserContext) =>
    (await context.request.get(`${site.url}/second-step`, { maxRedirects: 0 })).status() !== 200;

  it('is for sites with a name, by https or on this machine', () => {
    const host = (url: string) => passkeySiteOf(url)?.host;
    expect(host('https://cooperacion.oas.example:8443')).toBe('cooperacion.oas.example');
    expect(host('http://localhost:8080')).toBe('localhost');
    for (const url of [
      'http://cooperacion.oas.example',
      'https://192.0.2.7',
      'http://127.0.0.1:8080',
      'https://[::1]',
    ])
      expect(host(url), url).toBeUndefined();
  });

  it('is the second step from the first sign-in on, without an app', async () => {
    const address = 'ana@oas.example';
    await letIn(address);
    const device = await deviceOf();
    await firstStep(device.page, address);
    await press(device.page);
    await device.page.locator('li code').first().waitFor();
    const codes = await device.page.locator('li code').allTextContents();
    expect(codes).toHaveLength(10);
    await device.page.click('a.govuk-button');
    await device.page.waitForURL('**/second-step');
    // All there is: it cannot be taken away.
    expect(await device.page.locator('#factors button').count()).toBe(0);
    const [{ number = 0 } = {}] = await passkeysOf(system.caseFile, address);
    const tried = await device.context.request.post(`${site.url}/second-step/passkeys/remove`, {
      ...{ form: { number: String(number) }, headers: { origin: site.url } },
    });
    expect([tried.status(), await tried.text()]).toEqual([409, expect.stringContaining('único medio')]);
    expect(await passkeysOf(system.caseFile, address)).toHaveLength(1);

    await firstStep(device.page, address);
    await press(device.page);
    await device.page.waitForURL('**/second-step');
    const [used] = await passkeysOf(system.caseFile, address);
    expect(used?.usedAt?.slice(0, 10)).toBe(now().slice(0, 10));
    expect(await events()).toEqual(
      expect.arrayContaining([
        { code: 'factor-set-up', staff: address },
        { code: 'signed-in', by: 'passkey' },
      ]),
    );
    // An app beside it, by its code.
    expect(await device.page.locator('#factors button').count()).toBe(0);
    await device.page.click('details summary');
    const app = ((await device.page.locator('code.rial-prewrap').textContent()) ?? '').replaceAll(' ', '');
    const addApp = async (code: string) => {
      await device.page.fill('#code', code);
      await device.page.click('form[action="/second-step/app"] button');
    };
    await addApp('12345');
    await device.page.locator('#code-error').waitFor();
    // The same app as before: it was scanned already.
    expect((await device.page.locator('code.rial-prewrap').textContent())?.replaceAll(' ', '')).toBe(app);
    const shown = await device.page.inputValue('[name=sealed]');
    await addApp(codeOf(app));
    await device.page.locator('.govuk-notification-banner--success').waitFor();
    expect(await device.page.locator('#factors button').count()).toBe(2);
    expect(await events()).toContainEqual({ code: 'factor-added', staff: address, factor: 'totp' });
    // Another is none, nor is one that this site did not make for them.
    for (const [sealed, status] of [
      [shown, 409],
      ['', 422],
      ['AAAA', 422],
      [shown.slice(0, 30), 422],
      [`${shown.slice(0, -4)}AAAA`, 422],
    ] as const) {
      const form = { sealed, code: codeOf(app) };
      const answered = await device.context.request.post(`${site.url}/second-step/app`, {
        ...{ form, headers: { origin: site.url } },
      });
      expect([sealed, answered.status()]).toEqual([sealed, status]);
    }
    // Without the device, a recovery code.
    const { context, page } = await windowOf({ javaScriptEnabled: false });
    await firstStep(page, address);
    expect(await page.locator('form[data-passkey]').isVisible()).toBe(false);
    await page.fill('#code', codes[0] ?? '');
    await page.click('form[action="/sign-in/step"] button');
    await page.waitForURL('**/second-step');
    expect(await isOut(context)).toBe(false);
  });

  it('is added by its owner, with a name, and taken away; the app is, too, as long as something is left', async () => {
    const address = 'bea@oas.example';
    const { page, context, key } = await officer(address);
    expect(await page.locator('.govuk-summary-card__title').allTextContents()).toEqual([
      'Aplicación de autenticación',
      'Portátil',
    ]);
    expect(await page.locator('#factors').textContent()).toContain('nunca');
    // The same device again: the browser says that it has one.
    await page.fill('#name', 'Otra');
    await page.click('form[action="/second-step/passkeys"] button');
    await page.locator('[role=status].govuk-error-message').waitFor();
    expect(await page.locator('[role=status].govuk-error-message').textContent()).toContain('ya tiene una');

    await page.click('form[action="/second-step/app/remove"] button');
    await page.locator('.govuk-notification-banner--success').waitFor();
    expect(await page.locator('#factors button').count()).toBe(0);
    expect(await events()).toEqual(
      expect.arrayContaining([
        { code: 'factor-added', staff: address, factor: 'passkey' },
        { code: 'factor-removed', staff: address, factor: 'totp' },
      ]),
    );
    minutesLater(2);
    const other = await windowOf();
    await firstStep(other.page, address);
    await other.page.fill('#code', codeOf(key));
    await other.page.click('form[action="/sign-in/step"] button');
    await other.page.locator('.govuk-error-summary').waitFor();
    expect(await isOut(other.context)).toBe(true);
    expect(await isOut(context)).toBe(false);
  });

  it('does no more once it was taken away, or the second step was reset', async () => {
    const { page, context, address } = await officer('carla@oas.example');
    await page.click('form[action="/second-step/passkeys/remove"] button');
    await page.locator('.govuk-notification-banner--success').waitFor();
    expect(await events()).toContainEqual({ code: 'factor-removed', staff: address, factor: 'passkey' });
    await firstStep(page, address);
    expect(await page.locator('form[data-passkey]').count()).toBe(0);
    const none = await context.request.post(`${site.url}/sign-in/step/passkey/options`, {
      headers: { origin: site.url },
    });
    expect(none.status()).toBe(404);

    const dora = await officer('dora@oas.example');
    minutesLater(1);
    await firstStep(dora.page, dora.address);
    const { challenge, ...known } = await asked(dora);
    const boss = await officer('jefa@oas.example');
    await boss.page.goto(`${site.url}/staff`);
    expect(await boss.page.locator('tr', { hasText: dora.address }).textContent()).toContain('una llave');
    await boss.page
      .locator('tr', { hasText: dora.address })
      .locator('form[action="/staff/reset"] button')
      .click();
    await boss.page.locator('.govuk-notification-banner--success').waitFor();
    const said = await signed(dora.page, { challenge, ids: idsOf({ challenge, ...known }) });
    expect((await post(dora.context, said)).status()).toBe(422);
    expect(await passkeysOf(system.caseFile, dora.address)).toEqual([]);
  });

  it('signs once: what was sent before opens nothing', async () => {
    const elsa = await officer('elsa@oas.example');
    await firstStep(elsa.page, elsa.address);
    const first = await asked(elsa);
    const said = await signed(elsa.page, { challenge: first.challenge, ids: idsOf(first) });
    // Whoever has read it, with the mail's code of their own.
    const thief = await windowOf();
    await firstStep(thief.page, elsa.address);
    expect((await post(thief.context, said)).status()).toBe(422);
    await asked(thief);
    expect((await post(thief.context, said)).status()).toBe(422);
    expect(await isOut(thief.context)).toBe(true);

    expect((await post(elsa.context, said)).status()).toBe(303);
    await firstStep(elsa.page, elsa.address);
    expect((await post(elsa.context, said)).status()).toBe(422);
    // Nor what was asked before the last asking, or five minutes ago.
    const [older] = [await asked(elsa), await asked(elsa)];
    const late = await signed(elsa.page, { challenge: older.challenge, ids: idsOf(older) });
    expect((await post(elsa.context, late)).status()).toBe(422);
    const last = await asked(elsa);
    const slow = await signed(elsa.page, { challenge: last.challenge, ids: idsOf(last) });
    minutesLater(6);
    expect((await post(elsa.context, slow)).status()).toBe(422);
    // Five tries in all: then the first step is to be taken again.
    expect((await post(elsa.context, '{}')).status()).toBe(422);
    expect((await post(elsa.context, slow)).status()).toBe(422);
    const over = await elsa.context.request.post(`${site.url}/sign-in/step/passkey/options`, {
      headers: { origin: site.url },
    });
    expect(over.status()).toBe(404);
    expect(await events()).toContainEqual({ code: 'sign-in-failed', by: 'passkey', why: 'wrong' });
  });

  /** Ends the session of a window. */
  const leave = ({ context }: { context: BrowserContext }) => context.clearCookies({ name: 'rial' });

  it('signs for this origin alone, and only once its owner has shown the device who they are', async () => {
    const fina = await officer('fina@oas.example');
    await leave(fina);
    await firstStep(fina.page, fina.address);
    const here = await asked(fina);
    // Another port of the same host, which the browser takes for the same name, and the site does not.
    const other = await served(system, {
      url: (await freeOrigin()).replace('127.0.0.1', 'localhost'),
      staff: [],
    });
    await fina.page.goto(`${other.url}/sign-in`);
    const phished = await signed(fina.page, { challenge: here.challenge, ids: idsOf(here) });
    await other.stop();
    expect(
      JSON.parse(Buffer.from(JSON.parse(phished).response.clientDataJSON, 'base64url').toString()),
    ).toMatchObject({
      challenge: here.challenge,
      origin: other.url,
    });
    expect((await post(fina.context, phished)).status()).toBe(422);

    await fina.page.goto(`${site.url}/sign-in/step`);
    await fina.cdp.send('WebAuthn.setUserVerified', {
      authenticatorId: fina.authenticatorId,
      isUserVerified: false,
    });
    const again = await asked(fina);
    const given = { challenge: again.challenge, ids: idsOf(again), verification: 'discouraged' };
    expect((await post(fina.context, await signed(fina.page, given))).status()).toBe(422);
    expect(await isOut(fina.context)).toBe(true);
    // The same, with the finger on it.
    await fina.cdp.send('WebAuthn.setUserVerified', {
      authenticatorId: fina.authenticatorId,
      isUserVerified: true,
    });
    await press(fina.page);
    await fina.page.waitForURL('**/second-step');
  });

  it('of somebody else opens nothing, and is nobody’s a second time', async () => {
    const gala = await officer('gala@oas.example');
    const [hers] = await credentialsOf(gala);
    const inge = await officer('inge@oas.example');
    await leave(inge);
    await firstStep(inge.page, inge.address);
    const { challenge } = await asked(inge);
    await inge.cdp.send('WebAuthn.addCredential', {
      authenticatorId: inge.authenticatorId,
      credential: { ...(hers as Credential), isResidentCredential: false, rpId: 'localhost' },
    });
    const id = Buffer.from(hers?.credentialId ?? '', 'base64').toString('base64url');
    const said = await signed(inge.page, { challenge, ids: [id] });
    expect(JSON.parse(said).id).toBe(id);
    expect((await post(inge.context, said)).status()).toBe(422);
    expect(await isOut(inge.context)).toBe(true);
  });

  it('that counts less than it had is refused, and the security log has it', async () => {
    const kira = await officer('kira@oas.example');
    for (let times = 0; times < 3; times++) {
      await firstStep(kira.page, kira.address);
      await press(kira.page);
      await kira.page.waitForURL('**/second-step');
    }
    const [own] = await credentialsOf(kira);
    expect(own?.signCount).toBeGreaterThan(2);
    const copy = await deviceOf();
    await firstStep(copy.page, kira.address);
    await copy.cdp.send('WebAuthn.addCredential', {
      authenticatorId: copy.authenticatorId,
      credential: { ...(own as Credential), signCount: 1, isResidentCredential: false, rpId: 'localhost' },
    });
    await press(copy.page);
    await copy.page.locator('.govuk-error-summary').waitFor();
    expect(await copy.page.locator('.govuk-error-summary').textContent()).toContain(
      'puede existir una copia',
    );
    expect(await isOut(copy.context)).toBe(true);
    expect(await events()).toContainEqual({ code: 'passkey-copied', staff: kira.address });
    // Its owner's still does.
    await firstStep(kira.page, kira.address);
    await press(kira.page);
    await kira.page.waitForURL('**/second-step');
  });

  it('is added by whoever has just signed in, and not in a session that was left open', async () => {
    const { page, context, address } = await officer('lara@oas.example');
    minutesLater(16);
    await page.goto(`${site.url}/second-step`);
    expect(await page.locator('#main form').count()).toBe(0);
    const options = await context.request.post(`${site.url}/second-step/passkeys/options`, {
      headers: { origin: site.url },
    });
    expect(options.status()).toBe(403);
    const removed = await context.request.post(`${site.url}/second-step/app/remove`, {
      ...{ headers: { origin: site.url }, maxRedirects: 0 },
    });
    expect([removed.status(), removed.headers().location]).toEqual([303, '/second-step']);
    await page.click('#main .govuk-inset-text a');
    expect(await page.inputValue('#address')).toBe(address);
    await firstStep(page, address);
    await press(page);
    await page.waitForURL('**/second-step');
    expect(await page.locator('#factors button').count()).toBe(2);
    // What a stranger's browser has made for a session that is none of its own.
    const other = await windowOf();
    const answered = await other.context.request.post(`${site.url}/second-step/passkeys`, {
      ...{ form: { passkey: '{}', name: 'x' }, headers: { origin: site.url }, maxRedirects: 0 },
    });
    expect(answered.status()).not.toBe(200);
  });

  it('takes nothing that is none', async () => {
    const { context, address } = await officer('mara@oas.example');
    const response = { clientDataJSON: 'e30', attestationObject: 'oA' };
    for (const passkey of [
      '',
      'x',
      '[]',
      '{}',
      'null',
      JSON.stringify({ id: 'AA', response }),
      '['.repeat(10_000),
    ]) {
      await context.request.post(`${site.url}/second-step/passkeys/options`, {
        headers: { origin: site.url },
      });
      const answered = await context.request.post(`${site.url}/second-step/passkeys`, {
        ...{ form: { passkey, name: 'x' }, headers: { origin: site.url } },
      });
      expect(answered.status(), passkey.slice(0, 40)).toBe(422);
    }
    for (const number of ['', '0', '-1', '1e99', 'x', '999999'])
      expect(
        (
          await context.request.post(`${site.url}/second-step/passkeys/remove`, {
            ...{ form: { number }, headers: { origin: site.url } },
          })
        ).status(),
        number,
      ).toBe(409);
    expect(await passkeysOf(system.caseFile, address)).toHaveLength(1);
  });

  it('is told in four languages, on pages that everybody can use', async () => {
    const address = 'nora@oas.example';
    const device = await deviceOf({ bypassCSP: true });
    await withApp(device.page, address);
    const titles = new Set<string>();
    for (const language of LANGUAGES) {
      await device.context.addCookies([{ name: 'rial-language', value: language, url: site.url }]);
      await Promise.all([
        device.page.waitForNavigation(),
        device.page.locator(`.rial-header__languages button[lang=${language}]`).click(),
      ]);
      expect(await axe(device.page)).toEqual([]);
      titles.add(await device.page.title());
    }
    expect(titles.size).toBe(LANGUAGES.length);
    await add(device.page, 'Portable');
    expect(await axe(device.page)).toEqual([]);
    await firstStep(device.page, address);
    expect(await axe(device.page)).toEqual([]);
  });
});
