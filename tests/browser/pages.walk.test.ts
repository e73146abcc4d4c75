import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink, useLink } from '../../src/casefile/access.ts';
import type { ChangeKind } from '../../src/domain/change.ts';
import { CHANGE_KINDS } from '../../src/domain/change.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { exampleSource } from '../support/programme.ts';
import { axe, served } from '../support/served.ts';
import { walk, walking } from '../support/walk.ts';
import { illegible } from './legible.ts';
import {
  CANCELLED,
  CLOSED,
  DOCUMENTS,
  dayFromNow,
  GUEST,
  GUEST_OF_TWO,
  ID,
  OBSERVER,
  PAUSED,
  POLL,
  REVIEW,
  REVIEWED,
  setScene,
} from './scene.ts';

type Who = 'nobody' | 'delegate' | 'staff' | 'observer' | 'guest' | 'guestOfTwo';
type Form = Record<string, string>;
/** A page, how it is answered, and the form that is sent there. */
type Visit = [who: Who, path: string, status?: number, form?: (language: Language) => Form];

/** axe-core comes from outside, which the site's policy forbids. */
const OPEN = { bypassCSP: true, viewport: { width: 1280, height: 1024 } };
const at = (path: string, id = ID) => `/c/${id}${path}`;
const request = (name: string) => encodeURIComponent(name);

/** What each form of an intervention is filled with, so that its preview is shown. */
const PREVIEWED: Record<ChangeKind, Form> = {
  extend: { request: DOCUMENTS, due: dayFromNow(60) },
  reassign: { owed: `${DOCUMENTS} chl-mtps`, to: 'oas' },
  waive: { owed: `${DOCUMENTS} chl-mtps` },
  'hand-over': { request: DOCUMENTS, from: 'chl-mtps-2', to: 'chl-mtps-3' },
  absence: { person: 'chl-mtps-2', from: dayFromNow(20), to: dayFromNow(25), standIn: 'chl-mtps-3' },
  replace: { person: 'chl-mtps-3', name: 'Elena Núñez', email: 'elena.nunez@mtps-chile.example' },
  'correct-person': { person: 'chl-mtps-4', post: 'Asesora' },
  reschedule: { session: '2', date: dayFromNow(40), starts: '11:30', hours: '1.5' },
  'add-session': {
    contents: 'Seguimiento.',
    date: dayFromNow(200),
    starts: '10:00',
    timezone: 'America/Lima',
  },
  'cancel-session': { session: '3' },
  'add-guest': { session: '1', invitedBy: 'per-mtpe', name: 'Inés Invitada', email: 'ines@guest.example' },
  'withdraw-guest': { person: '' },
  pause: {},
  resume: {},
  amend: { programme: '' },
  cancel: {},
};
/** Interventions of a cooperation in another state. */
const OF: Partial<Record<ChangeKind, string>> = { resume: PAUSED };

const PAGES: Visit[] = [
  ['nobody', '/sign-in'],
  ['nobody', '/sign-in', 422, () => ({ address: 'no es un correo' })],
  ['nobody', '/sign-in', 200, (language) => ({ address: `${language}@ministry.example` })],
  [
    'nobody',
    '/sign-in/code',
    422,
    (language) => ({ address: `${language}@ministry.example`, code: '123456' }),
  ],
  ['nobody', '/r/not-a-link', 404],
  ['nobody', 'open link'],
  ['nobody', 'used link', 410],
  ['nobody', 'expired link', 410],
  ['nobody', '/sign-out', 200, () => ({})],
  ['delegate', '/'],
  ['delegate', '/nowhere', 404],
  ['delegate', at('')],
  ['delegate', at('', REVIEWED)],
  ['delegate', at('', PAUSED)],
  ['delegate', at('', CANCELLED)],
  ['delegate', at('', CLOSED)],
  ['delegate', at(`/requests/${REVIEW}`, REVIEWED)],
  ['delegate', at(`/requests/${REVIEW}`, REVIEWED), 422, () => ({ subject: 'x', decision: '' })],
  ['delegate', at(`/requests/${REVIEW}`, PAUSED)],
  ['delegate', at(`/requests/${REVIEW}`, CANCELLED)],
  ['delegate', at(`/requests/${REVIEW}`)],
  ['delegate', at(`/requests/${POLL}`)],
  ['delegate', at(`/requests/${POLL}`), 422, () => ({ subject: 'x' })],
  ['delegate', at(`/requests/${DOCUMENTS}`)],
  ['delegate', at('/requests/documents/answer-question-1.1')],
  ['delegate', at('/documents')],
  ['delegate', at('/documents?sent=2')],
  ['delegate', at('/documents'), 422, () => ({ title: 'x' })],
  ['delegate', at('/documents', CLOSED)],
  ['delegate', at('/questions')],
  ['delegate', at('/questions'), 422, () => ({ to: 'chl-mtps', text: '' })],
  ['delegate', at('/sessions')],
  ['delegate', at('/sessions/1')],
  ['delegate', at('/sessions/2')],
  ['delegate', at('/sessions/1', CLOSED)],
  ['delegate', at('/drafts')],
  ['delegate', at('/drafts', CLOSED)],
  ['delegate', at('/people')],
  ['delegate', at('/record')],
  ['guest', at('/sessions/1')],
  ['guest', at('/documents'), 404],
  ['guestOfTwo', at('/sessions/2')],
  ['observer', at('')],
  ['observer', at('/record')],
  ['observer', '/board'],
  ['staff', '/board'],
  ['staff', '/new'],
  ['staff', '/new/form'],
  ['staff', '/new/form?example=barbados-jamaica'],
  ['staff', '/new/check', 200, () => ({ source: exampleSource('barbados-jamaica') })],
  ['staff', '/new/check', 422, () => ({ source: 'id: 1' })],
  ['staff', at('')],
  ['staff', at(`/requests/${POLL}`)],
  ['staff', at(`/requests/${REVIEW}`, REVIEWED)],
  ['staff', at(`/requests/${REVIEW}?for=per-mtpe-1`, REVIEWED)],
  ['staff', at('/record', CLOSED)],
  ['staff', at('/outbox')],
  ['staff', at('/outbox/1')],
  ['staff', at('/outbox/1/again')],
  ['staff', at('/changes')],
  ['staff', at('/changes', CANCELLED)],
  ['staff', at('/changes/1')],
  ['staff', at('/changes/new/pause'), 422, () => ({ reason: '' })],
  ['staff', at(`/changes/new/extend?request=${request(DOCUMENTS)}`)],
  ...CHANGE_KINDS.flatMap((kind): Visit[] => [
    ['staff', at(`/changes/new/${kind}`, OF[kind])],
    [
      'staff',
      at(`/changes/new/${kind}`, OF[kind]),
      200,
      () => ({ reason: 'Por acuerdo.', ...PREVIEWED[kind] }),
    ],
  ]),
  // The last: after it, nobody may try any more.
  ['nobody', '/sign-in/code', 429, () => ({ address: 'guessed@ministry.example', code: '000000' })],
];

/** Every page in a real Chromium, in every language: what axe-core finds, and what cannot be read enlarged. */
describe('pages', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Browser;
  /** A window of each person in each language, which are looked at beside one another. */
  const windows = new Map<string, Page>();

  beforeAll(async () => {
    system = await inProcess();
    site = await served(system, { temporalUiUrl: 'http://127.0.0.1:8233', observers: [OBSERVER] });
    browser = await openChromium();
    await setScene(system);
    const { people, programme } = await system.view(ID);
    PREVIEWED['withdraw-guest'].person = people.find(({ email }) => email === GUEST)?.id ?? '';
    // JSON is YAML.
    PREVIEWED.amend.programme = JSON.stringify({ ...programme, description: ['Una descripción nueva.'] });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  async function windowOf(who: Who, language: Language): Promise<Page> {
    const known = windows.get(`${who} ${language}`);
    if (known) return known;
    const { people } = await system.view(ID);
    const address = (id: string) => people.find((one) => one.id === id)?.email ?? '';
    const addresses: Record<Exclude<Who, 'nobody'>, string> = {
      delegate: address('chl-mtps-1'),
      staff: address('oas-1'),
      observer: OBSERVER,
      guest: GUEST,
      guestOfTwo: GUEST_OF_TWO,
    };
    const page =
      who === 'nobody'
        ? await (await browser.newContext(OPEN)).newPage()
        : (await site.enter(browser, addresses[who], OPEN)).page;
    await page.goto(`${site.url}/sign-in`);
    await page.locator(`.rial-header__languages button[value=${language}]`).click();
    windows.set(`${who} ${language}`, page);
    return page;
  }

  /** A link of a mail, as it is when somebody opens it. */
  async function linkThatIs(state: string): Promise<string> {
    const { people } = await system.view(ID);
    const address = people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    const minted = state === 'expired link' ? '2020-01-01T00:00:00.000Z' : new Date().toISOString();
    const { token } = await mintLink(system.caseFile, { address, path: '/' }, minted);
    if (state === 'used link') await useLink(system.caseFile, token, minted);
    return `/r/${token}`;
  }

  /** Opens a page, or sends a form as the site's own pages do, and says how it was answered. */
  async function visit(page: Page, path: string, form: Form | undefined): Promise<number | undefined> {
    const url = `${site.url}${path.startsWith('/') ? path : await linkThatIs(path)}`;
    if (!form) return (await page.goto(url))?.status();
    await page.goto(`${site.url}/sign-in`);
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.waitForNavigation(),
      page.evaluate(`(() => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = ${JSON.stringify(url)};
        for (const [name, value] of Object.entries(${JSON.stringify(form)})) {
          const field = document.createElement('textarea');
          field.name = name;
          field.value = value;
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      })()`),
    ]);
    return response.status();
  }

  /**
   * A walk looks at a page in all languages, and at the previews, which are one page filled with what each kind changes,
   * in one each.
   */
  const languagesFor = (path: string, status: number, form: unknown, one: Language) =>
    walking && !(form && status === 200 && path.includes('/changes/new/')) ? LANGUAGES : [one];

  it.each(
    walk(
      PAGES.map(
        ([who, path, status = 200, form], index) =>
          [who, path, status, form, LANGUAGES[(index >> 1) % 4] as Language] as const,
      ),
      35,
    ),
  )(
    '%s at %s, %s: axe-core finds nothing in any language, and it can be read enlarged',
    // One page after the other is looked at closely in one language after the other.
    async (who, path, status, form, closely) => {
      const languages = languagesFor(path, status, form, closely);
      const titles = await Promise.all(
        languages.map(async (language) => {
          const page = await windowOf(who, language);
          let answered = await visit(page, path, form?.(language));
          for (let tries = 0; status === 429 && answered !== 429 && tries < 40; tries++)
            answered = await visit(page, path, form?.(language));
          expect(answered).toBe(status);
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          expect(await page.locator('h1').count()).toBe(1);
          expect(await page.locator('.govuk-error-summary').count()).toBe(status === 422 ? 1 : 0);
          const faults = [...(await axe(page)), ...(await illegible(page, { close: language === closely }))];
          expect(faults, language).toEqual([]);
          return page.title();
        }),
      );
      if (languages.length > 1) expect(new Set(titles).size).toBeGreaterThan(1);
    },
  );
});
