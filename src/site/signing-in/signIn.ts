import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import {
  chooseLanguage,
  endAccess,
  endByLinks,
  endSession,
  findLink,
  type Link,
  peopleAt,
  plainAddress,
  useLink,
} from '../../casefile/access/access.ts';
import {
  askForCode,
  CODE_MINUTES,
  codeAsked,
  guesses,
  MANY_GUESSES,
  type OpenCode,
  useCode,
} from '../../casefile/access/signInCodes.ts';
import { staffAt } from '../../casefile/access/staff.ts';
import { acceptedLanguage, language as languageShape } from '../../domain/language.ts';
import { writtenRoute } from '../../http/noting.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type SiteContext, siteApp } from '../context.ts';
import { browserOf, dropCookie, readCookie, whereOf, writeCookie } from '../cookies.ts';
import { drawn, drawnLanguage } from '../drawing.ts';
import {
  type Field,
  type Mistake,
  partsHtml,
  postedForm,
  smallForm,
  textIn,
  type Values,
  valuesOf,
} from '../form.ts';
import { isDrawn, localPath, nextField, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { questionBehind } from '../pages/request/behindLink.ts';
import { type Limits, networkIn } from '../security.ts';
import { MOST_TEXT_BYTES } from '../sentForm.ts';
import { actorOf, isOf, type Viewer, viewerOf } from '../viewer.ts';
import { enter, keepSession, tooMany } from './entering.ts';
import { institutionHtml } from './institution.ts';
import { unsentText } from './signedOut.ts';

/**
 * Signing in: by the link of a mail, which opens its cooperation, or by a code that is asked for, which opens all that an
 * address has. Opening a link changes nothing, whoever opens it; the button on its page uses it, once. Whoever asks for a
 * code is told the same whether the address is known or not, and in the same time: the same is done for both, and the
 * mail is made later.
 */

const HOUR_S = 60 * 60;

/** Reads who is looking, from where and in which language, before any page is made. */
export const whoIsLooking = (outside: SiteOutside) => async (c: SiteContext, next: () => Promise<void>) => {
  const { url, mailboxUrl, contact, ill } = outside;
  const chosen = languageShape.safeParse(readCookie(c, url, 'language'));
  // Before anything that can fail: what is said of that is said in it.
  c.set('language', chosen.success ? chosen.data : acceptedLanguage(c.req.header('accept-language')));
  c.set('mailboxUrl', mailboxUrl);
  c.set('contact', contact === undefined ? undefined : { address: contact });
  c.set('ill', ill?.() ?? []);
  const session = readCookie(c, url, 'session');
  const viewer = session ? await viewerOf(outside, session) : undefined;
  c.set('viewer', viewer);
  c.set('guesses', viewer?.role === 'staff' ? await guesses(outside.caseFile, outside.now()) : 0);
  c.set('who', viewer?.actor);
  if (viewer) c.set('language', viewer.language);
  if (viewer && contact !== undefined && isOf(viewer, contact)) c.set('contact', undefined);
  const drawing = drawnLanguage();
  if (drawing) c.set('language', drawing);
  await next();
};

/** A form of another site. */
export async function foreign(c: SiteContext): Promise<Response> {
  await c.get('note')({ code: 'foreign-form', ...writtenRoute(c) });
  c.set('viewer', undefined);
  c.set('language', acceptedLanguage(c.req.header('accept-language')));
  const say = sayIn(c);
  return page(c, {
    title: say('foreign'),
    // Without a button: whatever another site wrote would be sent by it.
    body: html`<p class="govuk-body">${say('foreignLead')}</p>${await unsentText(c, true)}`,
    status: 403,
  });
}

/** Answers a request as the whole site does. */
export type Handling = (request: Request, env: unknown) => Response | Promise<Response>;
/** What the page that is drawn says of itself. */
const KEPT_HEADERS = ['content-type', 'content-security-policy', 'location'] as const;

/** @param handle for a page that is drawn in another language */
export function signIn(outside: SiteOutside, limits: Limits, handle: Handling) {
  const app = siteApp();
  app.route('/', codePages(outside, limits));
  app.route('/', linkPages(outside, limits));
  app.route('/', sessionPages(outside, handle));
  return app;
}

/** Asks for a code for the browser at hand. `link`: the token of the link that it is asked with. */
async function ask(
  c: SiteContext,
  outside: SiteOutside,
  { address, path, link }: { address: string; path: string; link?: string },
) {
  const { caseFile, signInKey, url, now, afterwards, log } = outside;
  const where = { browser: browserOf(c, url), network: networkIn(c) };
  const asked = await askForCode(caseFile, signInKey, { address, path, link, ...where }, now());
  if ('wait' in asked) return tooMany(c, asked.wait);
  afterwards(() =>
    sendCode(c, outside, address, asked.code).catch((error: unknown) =>
      log.error({ err: error }, 'a code to sign in could not be mailed'),
    ),
  );
  return codeForm(c, { address, path, byLink: link !== undefined });
}

async function sendCode(
  c: SiteContext,
  { caseFile, sendSignIn }: SiteOutside,
  address: string,
  code: string,
): Promise<void> {
  const [people, staff] = await Promise.all([peopleAt(caseFile, address), staffAt(caseFile, address)]);
  const [person] = people;
  await c.get('note')({ code: 'code-asked' }, actorOf(address, staff?.role, people));
  await sendSignIn({
    to: address,
    name: person?.name ?? staff?.name ?? address,
    language: person?.language ?? staff?.language ?? 'es',
    code,
    known: person !== undefined || staff !== undefined,
  });
}

/** Asking for a code, and typing it. */
function codePages(outside: SiteOutside, limits: Limits) {
  const { caseFile, signInKey, url, now, log } = outside;
  const app = siteApp();
  app.get('/sign-in', async (c) => {
    const next = localPath(c.req.query('next'));
    const viewer = c.get('viewer');
    // Whoever changes what lets them in has to have just come in, and does so once more.
    const again = c.req.query('again') !== undefined;
    if (viewer && !viewer.cooperations && !viewer.unstepped && !again) return c.redirect(next);
    return askingForm(c, outside, { values: valuesOf({ next, address: viewer?.address ?? '' }) });
  });
  app.post('/sign-in', smallForm, async (c) => {
    const reading = await postedForm(c, askingFields(c));
    if (drawnLanguage()) return askingForm(c, outside, { values: reading.values });
    if (reading.mistakes.length > 0) return askingForm(c, outside, reading);
    const address = plainAddress(textIn(reading.values, 'address'));
    return ask(c, outside, { address, path: localPath(textIn(reading.values, 'next')) });
  });
  app.get('/sign-in/code', async (c) => {
    const asked = await codeAsked(caseFile, readCookie(c, url, 'browser') ?? '', now());
    return asked ? codeForm(c, asked) : c.redirect('/sign-in');
  });
  app.post('/sign-in/code', smallForm, async (c) => {
    const browser = readCookie(c, url, 'browser') ?? '';
    const { values } = await postedForm(c, codeFields(c));
    const asked = await codeAsked(caseFile, browser, now());
    if (drawnLanguage()) return asked ? codeForm(c, asked, { values }) : c.redirect('/sign-in');
    if (!(await limits.allow(c))) return tooMany(c);
    const opened = await useCode(caseFile, signInKey, { browser, code: textIn(values, 'code') }, now());
    if (typeof opened === 'string') {
      await c.get('note')({
        code: 'sign-in-failed',
        by: 'code',
        why: opened === 'wrong' ? 'wrong' : 'ended',
      });
      // Each wrong one passes the mark once: what was over before is not counted.
      if (asked && (await guesses(caseFile, now())) === MANY_GUESSES) {
        await c.get('note')({ code: 'codes-guessed', tries: MANY_GUESSES });
        log.warn({ tries: MANY_GUESSES }, 'many wrong codes to sign in within an hour');
      }
      if (opened === 'wrong' && asked) return codeForm(c, asked, { mistake: sayIn(c)('wrongCode') });
      return askingForm(c, outside, {
        values: valuesOf({ next: asked?.path ?? '/' }),
        mistakes: [{ field: 'address', message: sayIn(c)('codeOver') }],
      });
    }
    return enter(c, outside, { ...opened, by: 'code' });
  });
  return app;
}

/** A form behind a link, with what somebody wrote in it. */
const answerSized = bodyLimit({ maxSize: MOST_TEXT_BYTES });
/** By which it is known from the button that only leads in. */
const BEHIND: readonly Field[] = ['usual', 'behind'].map((name) => ({ as: 'hidden', name, value: '' }));

/** The links of mails. */
function linkPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, url, now } = outside;
  const app = siteApp();
  app.use('/r/*', async (c, next) => ((await limits.allow(c)) ? next() : tooMany(c)));
  app.get('/r/:token', async (c) => {
    const link = await findLink(caseFile, c.req.param('token'), now());
    const viewer = c.get('viewer');
    // Opened again where its session lives: straight to what it leads to.
    if (link && link.state !== 'dead' && viewer?.address === link.address)
      if (!viewer.cooperations || viewer.cooperations.includes(link.cooperation))
        return c.redirect(localPath(link.path));
    return link?.state === 'open' ? welcome(c, outside, link) : closed(c, link);
  });
  app.post('/r/:token', answerSized, async (c) => {
    const token = c.req.param('token');
    const link = await findLink(caseFile, token, now());
    if (link?.state !== 'open') return failed(c, link);
    if (await isForCode(outside, link)) return ask(c, outside, { ...link, link: token });
    const opened = await useLink(caseFile, token, { ...whereOf(c, url), standing: c.get('viewer') }, now());
    if (opened) {
      await keepSession(c, outside, opened.session, 'link');
      // An answer that was given behind the link goes on to where it is taken.
      const { values } = await postedForm(c, BEHIND);
      const isAnswer = BEHIND.some(({ name }) => textIn(values, name) === 'yes');
      return c.redirect(localPath(opened.path), isAnswer ? 307 : 303);
    }
    return failed(c, await findLink(caseFile, token, now()));
  });
  app.post('/r/:token/fresh', smallForm, async (c) => {
    const token = c.req.param('token');
    const link = await findLink(caseFile, token, now());
    return !link || link.state === 'dead' ? closed(c, link) : ask(c, outside, { ...link, link: token });
  });
  return app;
}

async function failed(c: SiteContext, link: Link | undefined) {
  const why = !link ? 'unknown' : link.state === 'dead' || link.state === 'open' ? 'ended' : link.state;
  await c.get('note')({ code: 'sign-in-failed', by: 'link', why });
  return closed(c, link, await unsentText(c, true));
}

/** Whether a link is not enough: what staff and observers may do takes a code, and all does where everybody takes a second step. */
async function isForCode(
  { caseFile, secondFactor }: SiteOutside,
  { address, cooperation, person }: Link,
): Promise<boolean> {
  if (secondFactor === 'everybody') return true;
  const [people, staff] = await Promise.all([peopleAt(caseFile, address), staffAt(caseFile, address)]);
  const named = people.some(
    (one) => one.cooperation === cooperation && one.id === person && one.role === 'staff',
  );
  return named || staff !== undefined;
}

/** Leaving, here or everywhere, and the language of the pages. */
function sessionPages({ caseFile, now, url }: SiteOutside, handle: Handling) {
  const app = siteApp();
  app.post('/sign-out', smallForm, async (c) => {
    const viewer = c.get('viewer');
    const { values } = await postedForm(c, [{ as: 'hidden', name: 'everywhere', value: 'yes' }]);
    const everywhere = textIn(values, 'everywhere') === 'yes';
    const { address = '', cooperations = null } = viewer ?? {};
    // By a link, which may be somebody else's by now, nothing goes that it does not open.
    if (viewer && everywhere && cooperations) await endByLinks(caseFile, { address, cooperations }, now());
    else if (viewer && everywhere) await endAccess(caseFile, address, now());
    else if (viewer) await endSession(caseFile, viewer.session, now());
    if (viewer) await c.get('note')({ code: 'signed-out', sessions: everywhere ? 'all' : 'this' });
    dropCookie(c, url, 'session');
    c.header('Clear-Site-Data', '"cache", "storage"');
    c.set('viewer', undefined);
    const say = sayIn(c);
    return page(c, {
      title: say('signedOut'),
      body: html`<p class="govuk-body">${say('signedOutLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>`,
    });
  });
  async function choose(c: SiteContext, given: string | undefined): Promise<void> {
    const chosen = languageShape.safeParse(given);
    if (!chosen.success) return;
    const viewer = c.get('viewer');
    if (viewer) await chooseLanguage(caseFile, viewer.session, chosen.data);
    writeCookie(c, url, 'language', chosen.data, 365 * 24 * HOUR_S);
  }
  app.post('/language', smallForm, async (c) => {
    const { values } = await postedForm(c, [nextField(), { as: 'hidden', name: 'language', value: '' }]);
    await choose(c, textIn(values, 'language'));
    return c.redirect(localPath(textIn(values, 'next')), 303);
  });
  // From a page that answers a form: it is drawn anew from what its form holds, and nothing is done.
  app.post('/language/again', bodyLimit({ maxSize: MOST_TEXT_BYTES }), async (c) => {
    const language = c.req.query('language');
    await choose(c, language);
    const chosen = languageShape.safeParse(language);
    const next = localPath(c.req.query('next'));
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
    if (!chosen.success || !isForm || !isDrawn(next)) return c.redirect(next, 303);
    const body = await c.req.text();
    const headers = new Headers(c.req.raw.headers);
    headers.delete('accept-encoding');
    headers.set('content-length', String(Buffer.byteLength(body)));
    const send = () =>
      handle(new Request(new URL(next, c.req.url), { method: 'POST', headers, body }), c.env);
    const response = await drawn(chosen.data, send, { typed: c.req.query('typed') !== undefined });
    for (const name of KEPT_HEADERS) {
      const value = response.headers.get(name);
      if (value !== null) c.header(name, value);
    }
    return c.body(await response.text(), response.status as 200);
  });
  // Where the page is opened once more by its address.
  app.get('/language/again', (c) => c.redirect(localPath(c.req.query('next')), 303));
  return app;
}

// --- The pages ------------------------------------------------------------------------------------------------

const sayIn = (c: SiteContext) => speaker('site.sign-in', c.get('language'));

const addressField = (c: SiteContext): Field & { as: 'email' } => ({
  ...{ name: 'address', as: 'email', autocomplete: 'email', label: sayIn(c)('address') },
  required: sayIn(c)('notAddress'),
});
const askingFields = (c: SiteContext): Field[] => [nextField(), addressField(c)];
const codeFields = (c: SiteContext): Field[] => [
  {
    ...{ name: 'code', as: 'digits', autocomplete: 'one-time-code' },
    ...{ label: sayIn(c)('code'), hint: sayIn(c)('codeHint') },
  },
];

const leadFor = (viewer: Viewer | undefined) =>
  !viewer ? 'lead' : viewer.cooperations || viewer.unstepped ? 'moreLead' : 'againLead';

async function askingForm(
  c: SiteContext,
  { provider }: SiteOutside,
  { values, mistakes = [] }: { values: Values; mistakes?: readonly Mistake[] },
) {
  const say = sayIn(c);
  const filling = { language: c.get('language'), values, mistakes };
  return page(c, {
    title: say('title'),
    typed: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say(leadFor(c.get('viewer')))}</p>
<form method="post" action="/sign-in" novalidate>
${partsHtml(filling, [nextField(textIn(values, 'next')), addressField(c)])}
<button type="submit" class="govuk-button">${say('send')}</button>
</form>
${await institutionHtml(c, provider, textIn(values, 'next'))}`,
  });
}

/** Where a code is typed; whoever asked for it by a link of somebody is not told their whole address. */
function codeForm(
  c: SiteContext,
  { address, byLink, path }: OpenCode,
  { values = {}, mistake }: { values?: Values; mistake?: string } = {},
) {
  const say = sayIn(c);
  const mistakes = mistake ? [{ field: 'code', message: mistake }] : [];
  return page(c, {
    title: say('sent'),
    typed: true,
    mistakes,
    status: mistake ? 422 : 200,
    body: html`<p class="govuk-body">${say('sentLead', { address: byLink ? masked(address) : address, minutes: CODE_MINUTES })}</p>
<form method="post" action="/sign-in/code" novalidate>
${partsHtml({ language: c.get('language'), values, mistakes }, codeFields(c))}
<button type="submit" class="govuk-button">${say('enter')}</button>
</form>
<p class="govuk-body"><a class="govuk-link" href="/sign-in?${new URLSearchParams({ next: localPath(path) })}">${say('again')}</a></p>`,
  });
}

async function welcome(c: SiteContext, outside: SiteOutside, link: Link) {
  const { caseFile, url, sessionHours } = outside;
  const [person] = await peopleAt(caseFile, link.address);
  if (person && !c.get('viewer') && !readCookie(c, url, 'language')) c.set('language', person.language);
  const say = sayIn(c);
  const forCode = await isForCode(outside, link);
  const action = `/r/${c.req.param('token')}`;
  const go = (style = '') =>
    html`<form method="post" action="${action}"><button type="submit" class="govuk-button${style}">${say(forCode ? 'send' : 'go')}</button></form>`;
  const browser = readCookie(c, url, 'browser') ?? '';
  const asked = forCode ? undefined : await questionBehind(outside, c, { link, browser, action });
  if (asked)
    return page(c, {
      title: asked.title,
      ...(asked.script && { script: asked.script }),
      body: html`<p class="govuk-body">${say('usualLead')}</p>${asked.body}${go(' govuk-button--secondary')}`,
    });
  return page(c, {
    title: say('welcome', { name: person?.name ?? masked(link.address) }),
    body: html`<p class="govuk-body">${forCode ? say(outside.secondFactor === 'everybody' ? 'codeLeadAll' : 'codeLead', { address: masked(link.address) }) : say('welcomeLead', { hours: sessionHours.idle })}</p>
${go()}`,
  });
}

/** @param unsent what was written in a form behind it */
function closed(c: SiteContext, link: Link | undefined, unsent: Html | '' = '') {
  const say = sayIn(c);
  if (!link || link.state === 'dead' || link.state === 'open')
    return page(c, {
      title: say('linkDead'),
      body: html`<p class="govuk-body">${say('deadLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>${unsent}`,
      status: 404,
    });
  return page(c, {
    title: say(link.state === 'used' ? 'linkUsed' : 'linkExpired'),
    body: html`<p class="govuk-body">${say('freshLead')} <span class="rial-soft">(${masked(link.address)})</span></p>
<form method="post" action="/r/${c.req.param('token')}/fresh"><button type="submit" class="govuk-button">${say('fresh')}</button></form>${unsent}`,
    status: 410,
  });
}

/** "c…@mtps-chile.example": whoever holds an old link is not told more. */
const masked = (address: string): string => address.replace(/^(.).*@/, '$1…@');
