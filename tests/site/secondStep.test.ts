import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink, plainAddress } from '../../src/casefile/access/access.ts';
import { secondFactors } from '../../src/casefile/access/secondFactor.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { addStaff, firstStaff } from '../../src/casefile/access/staff.ts';
import { resetSecondFactor } from '../../src/client/staff.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { type Browser, OFFICER, siteOver } from '../support/site.ts';

const ID = '14-per-chl';
const OBSERVER = 'observa@oas.example';

describe('the second step of staff', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  /** How far the clock has been put forward. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();
  const minutesLater = (minutes: number) => {
    ahead += minutes * 60_000;
  };
  beforeAll(async () => {
    system = await inProcess();
    await system.cooperations.start(changedSource(() => {}));
    // The first officer, by the link of the terminal.
    const setup = await firstStaff(system.caseFile, { staff: [], observers: [] }, now());
    site = siteOver(system, { secondFactor: true, now, staff: [], observers: [OBSERVER] });
    const first = site.browser();
    const entered = await first.post(`/setup/${setup}`, { name: 'Ana', address: OFFICER });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/sign-in/step']);
    expect((await first.get('/board')).headers.get('location')).toMatch(/^\/sign-in/);
    await (await setUp(first)).go();
    expect((await first.get('/board')).status).toBe(200);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** The first step: the code of the mail. */
  async function firstStep(browser: Browser, address: string, next = '/staff') {
    const before = site.sent.length;
    await browser.post('/sign-in', { address, next });
    await expect.poll(() => site.sent.length).toBe(before + 1);
    return browser.post('/sign-in/code', { code: site.sent[before]?.code ?? '' });
  }
  const codeOf = (key: string, minutes = 0) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({
      timestamp: Date.parse(now()) + minutes * 60_000,
    });
  /** Sets the app up in a browser that has taken the first step. */
  async function setUp(browser: Browser) {
    const page = await browser.text('/sign-in/step');
    const key = /<code[^>]*>([A-Z2-7 ]{39})<\/code>/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
    expect(page).toMatch(/role="img" aria-label="[^"]+"><svg xmlns[^>]*viewBox/);
    const told = await browser.post('/sign-in/step', { code: codeOf(key) });
    const codes = [...(await told.text()).matchAll(/<code>([a-z2-7-]{29})<\/code>/g)].map(
      ([, one = '']) => one,
    );
    expect([told.status, codes.length]).toEqual([200, 10]);
    return { key, codes, go: () => browser.get('/staff') };
  }
  /** Another officer, with an app. */
  async function officer(address: string) {
    await addStaff(system.caseFile, { address, role: 'staff', by: null }, now());
    const browser = site.browser();
    const entered = await firstStep(browser, address);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/sign-in/step']);
    return { browser, ...(await setUp(browser)) };
  }

  it('is set up at the first sign-in, and asked for at each one after it', async () => {
    const address = 'bea@oas.example';
    const { key, browser } = await officer(address);
    expect((await browser.get('/staff')).status).toBe(200);
    minutesLater(2);
    const again = site.browser();
    await firstStep(again, address);
    const page = await again.text('/sign-in/step');
    expect(page).not.toContain('<svg');
    expect(page).not.toContain(key);
    expect((await again.get('/staff')).status).toBe(404);
    expect((await again.post('/sign-in/step', { code: '000000' })).status).toBe(422);
    const code = codeOf(key);
    const entered = await again.post('/sign-in/step', { code });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/staff']);
    expect((await again.get('/staff')).status).toBe(200);
    // The same code, in another browser that has the mail's too.
    const thief = site.browser();
    await firstStep(thief, address);
    const reused = await thief.post('/sign-in/step', { code });
    expect([reused.status, await reused.text()]).toEqual([422, expect.stringContaining('ya se usó')]);
    expect((await thief.get('/staff')).status).toBe(404);
    const entries = await securityEntries(system.caseFile, { most: 20 });
    expect(entries.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        { code: 'factor-set-up', staff: address },
        { code: 'signed-in', by: 'totp' },
        { code: 'sign-in-failed', by: 'totp', why: 'wrong' },
      ]),
    );
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  it('is not passed by guessing: five tries, then from the beginning', async () => {
    const address = 'carla@oas.example';
    const { key } = await officer(address);
    minutesLater(2);
    const browser = site.browser();
    await firstStep(browser, address);
    for (let n = 0; n < 5; n++)
      expect((await browser.post('/sign-in/step', { code: '000000' })).status).toBe(422);
    const late = await browser.post('/sign-in/step', { code: codeOf(key) });
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('Pida otro código')]);
    expect((await browser.get('/sign-in/step')).headers.get('location')).toBe('/sign-in');
    // Nor by a first step that was never taken.
    expect((await site.browser().post('/sign-in/step', { code: codeOf(key) })).status).toBe(422);
  });

  it('takes no more codes of an app after twenty wrong ones, until it is taken by what nobody guesses', async () => {
    const address = 'gala@oas.example';
    const { key, codes } = await officer(address);
    const guess = async (times: number) => {
      minutesLater(24 * 60);
      const browser = site.browser();
      await firstStep(browser, address);
      for (let n = 0; n < times; n++)
        expect((await browser.post('/sign-in/step', { code: '000000' })).status).toBe(422);
      return browser;
    };
    for (const times of [5, 5, 5]) await guess(times);
    // Many at once are counted one by one: four of these are looked at, and the right one is not.
    const last = await guess(4);
    const many = await Promise.all(['000000', '111111'].map((code) => last.post('/sign-in/step', { code })));
    expect(many.map(({ status }) => status)).toEqual([422, 422]);
    const log = async () => (await securityEntries(system.caseFile, { most: 40 })).map(({ event }) => event);
    const guessed = { code: 'app-guessed', staff: address, tries: 20 };
    expect((await log()).filter(({ code }) => code === 'app-guessed')).toEqual([guessed]);
    const own = await guess(0);
    const page = await own.text('/sign-in/step');
    expect(page).toContain('alguien lee su correo');
    expect((await own.post('/sign-in/step', { code: codeOf(key) })).status).toBe(422);
    expect((await own.post('/sign-in/step', { code: codes[0] ?? '' })).status).toBe(303);
    // From then on it does again.
    const again = await guess(1);
    expect((await again.post('/sign-in/step', { code: codeOf(key) })).status).toBe(303);
  });

  it('is taken by a recovery code, once, and set up anew when staff reset it', async () => {
    const address = 'dora@oas.example';
    const { codes, browser: old } = await officer(address);
    minutesLater(2);
    const browser = site.browser();
    await firstStep(browser, address);
    expect((await browser.post('/sign-in/step', { code: codes[0] ?? '' })).status).toBe(303);
    expect((await browser.get('/staff')).status).toBe(200);
    const twice = site.browser();
    await firstStep(twice, address);
    expect((await twice.post('/sign-in/step', { code: codes[0] ?? '' })).status).toBe(422);

    expect(await browser.text('/staff')).toContain('action="/staff/reset"');
    const { browser: other } = await officer('elsa@oas.example');
    const seen = (await secondFactors(system.caseFile)).get(address)?.madeAt ?? '';
    const early = { address, seen: new Date(Date.parse(seen) - 1).toISOString() };
    // What was set up since somebody looked at the list stays.
    expect((await other.post('/staff/reset', early)).status).toBe(409);
    expect((await browser.get('/staff')).status).toBe(200);
    expect((await other.post('/staff/reset', { address, seen })).status).toBe(200);
    // All of theirs is over, and what they had does no more.
    for (const one of [old, browser]) expect((await one.get('/staff')).status).toBe(404);
    minutesLater(5);
    const fresh = site.browser();
    await firstStep(fresh, address);
    expect((await fresh.post('/sign-in/step', { code: codes[1] ?? '' })).status).toBe(422);
    await setUp(fresh);
    expect((await fresh.get('/staff')).status).toBe(200);
    expect((await other.post('/staff/reset', { address: 'nadie@oas.example' })).status).toBe(409);
  });

  it('is for observers too, and not for those who take part; a link alone is none', async () => {
    const observer = site.browser();
    expect((await firstStep(observer, OBSERVER, '/board')).headers.get('location')).toBe('/sign-in/step');
    await setUp(observer);
    expect((await observer.get('/board')).status).toBe(200);
    const { people } = await system.view(ID);
    const delegate = people.find(({ id }) => id === 'chl-mtps-2')?.email ?? '';
    const browser = site.browser();
    const entered = await firstStep(browser, delegate, `/c/${ID}`);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `/c/${ID}`]);
    // The page of what one signs in with is of those who have it.
    for (const path of [
      '/second-step',
      '/second-step/app',
      '/second-step/app/remove',
      '/second-step/passkeys/remove',
    ]) {
      expect((await browser.get(path)).status, path).toBe(404);
      expect((await browser.post(path)).status, path).toBe(404);
    }
    expect((await observer.get('/second-step')).status).toBe(200);
    // Made staff meanwhile, they have nothing of it until they have taken the step.
    await addStaff(system.caseFile, { address: delegate, role: 'staff', by: null }, now());
    expect((await browser.get('/staff')).headers.get('location')).toMatch(/^\/sign-in/);
    expect((await browser.post('/staff/remove', { address: OFFICER })).status).toBe(302);
    expect((await browser.get('/sign-in')).status).toBe(200);
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    expect((await browser.get(`/c/${ID}/outbox`)).status).not.toBe(200);
    await firstStep(browser, plainAddress(delegate));
    await setUp(browser);
    expect((await browser.get('/staff')).status).toBe(200);
  });

  it('is said in four languages', async () => {
    const address = 'fina@oas.example';
    await addStaff(system.caseFile, { address, role: 'staff', by: null }, now());
    const browser = site.browser();
    await firstStep(browser, address);
    const titles = new Set<string>();
    for (const language of LANGUAGES) {
      browser.cookies.set('rial-language', language);
      titles.add(/<h1[^>]*>([^<]+)/.exec(await browser.text('/sign-in/step'))?.[1] ?? '');
    }
    expect(titles.size).toBe(LANGUAGES.length);
  });
});

describe('the second step of everybody', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();
  const DELEGATE = { id: 'chl-mtps-2', address: '' };
  beforeAll(async () => {
    system = await inProcess({ site: { url: 'http://site.example' } });
    await system.cooperations.start(changedSource(() => {}));
    site = siteOver(system, { secondFactor: 'everybody', now, staff: [], observers: [] });
    DELEGATE.address = (await system.view(ID)).people.find(({ id }) => id === DELEGATE.id)?.email ?? '';
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const log = async () => securityEntries(system.caseFile, { most: 40 });
  /** Types the code of the mail that was sent for it. */
  async function coded(browser: Browser, ask: () => Promise<Response>) {
    const before = site.sent.length;
    expect((await ask()).status).toBe(200);
    await expect.poll(() => site.sent.length).toBe(before + 1);
    return browser.post('/sign-in/code', { code: site.sent[before]?.code ?? '' });
  }
  const codeOf = (key: string, seconds = 0) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.parse(now()) + seconds * 1000 });

  it('has the first officer type what the terminal shows: no address holds it', async () => {
    const setup = (await firstStaff(system.caseFile, { staff: [], observers: [] }, now())) ?? '';
    const browser = site.browser();
    expect((await browser.get(`/setup/${setup}`)).status).toBe(404);
    const officer = { name: 'Ana', address: OFFICER };
    expect((await browser.post('/setup', { ...officer, code: '0'.repeat(48) })).status).toBe(404);
    const entered = await browser.post('/setup', { ...officer, code: setup });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/sign-in/step']);
  });

  it('is of those who take part, too: neither a link nor the code of a mail lets them in', async () => {
    const token = await mintLink(
      system.caseFile,
      { address: DELEGATE.address, path: `/c/${ID}`, cooperation: ID, person: DELEGATE.id },
      now(),
    );
    const link = `/r/${token}`;
    const browser = site.browser();
    const page = await browser.text(link);
    expect(page).toContain('El enlace no basta para ingresar');
    expect(page).not.toContain('usual');
    const first = await coded(browser, () => browser.post(link));
    expect([first.status, first.headers.get('location')]).toEqual([303, '/sign-in/step']);
    expect((await browser.get(`/c/${ID}`)).status).toBe(302);
    const step = await browser.text('/sign-in/step');
    const key = /<code[^>]*>([A-Z2-7 ]{39})<\/code>/.exec(step)?.[1]?.replaceAll(' ', '') ?? '';
    expect((await browser.post('/sign-in/step', { code: codeOf(key) })).status).toBe(200);
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    expect(await browser.text('/sign-ins')).toContain('href="/second-step"');
    expect((await browser.get('/second-step')).status).toBe(200);

    // A code of the app is over with its half minute.
    ahead += 10 * 60_000;
    const again = site.browser();
    await coded(again, () => again.post('/sign-in', { address: DELEGATE.address, next: `/c/${ID}` }));
    for (const seconds of [-30, 30])
      expect((await again.post('/sign-in/step', { code: codeOf(key, seconds) })).status).toBe(422);
    expect((await again.post('/sign-in/step', { code: codeOf(key) })).status).toBe(303);
    // Whose it is stands in the log by their id.
    const noted = await log();
    expect(noted.map(({ event }) => event)).toContainEqual({
      ...{ code: 'factor-set-up', staff: `${ID}/${DELEGATE.id}` },
    });
    expect(JSON.stringify(noted)).not.toContain(DELEGATE.address);
  });

  it('ends what was open before by the mailbox alone, and no calendar is read by its address', async () => {
    const before = siteOver(system, { now, staff: [], observers: [] });
    const browser = await before.as(DELEGATE.address, { stepped: false });
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    await browser.post('/calendar', { do: 'make' });
    const [address = ''] = /\/calendar\/[0-9a-f]{48}\.ics/.exec(await browser.text('/calendar')) ?? [];
    expect((await browser.get(address)).status).toBe(200);
    const now_ = site.browser();
    for (const [name, value] of browser.cookies) now_.cookies.set(name, value);
    expect((await now_.get(`/c/${ID}`)).status).toBe(302);
    expect((await now_.get(address)).status).toBe(404);
  });

  it('is begun anew where an officer resets it for somebody who takes part', async () => {
    expect(
      await resetSecondFactor({ caseFile: system.caseFile, now }, { address: DELEGATE.address, seen: null }),
    ).toBe(`${ID}/${DELEGATE.id}`);
    expect((await secondFactors(system.caseFile)).has(DELEGATE.address)).toBe(false);
    await expect(
      resetSecondFactor({ caseFile: system.caseFile, now }, { address: DELEGATE.address, seen: null }),
    ).rejects.toMatchObject({ code: 'StaffUnknown' });
  });
});
