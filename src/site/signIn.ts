import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import {
  chooseLanguage,
  endSession,
  endSessionsOf,
  findLink,
  type Link,
  mintLink,
  peopleAt,
  plainAddress,
  SESSION_DAYS,
  SIGN_IN_MINUTES,
  useCode,
  useLink,
} from '../casefile/access.ts';
import { staffAt } from '../casefile/staff.ts';
import { acceptedLanguage, language as languageShape } from '../domain/language.ts';
import { writtenRoute } from '../http/noting.ts';
import { speaker } from '../words/speaker.ts';
import { type SiteContext, siteApp } from './context.ts';
import { type Field, type Mistake, partsHtml, postedForm, textIn, type Values, valuesOf } from './form.ts';
import { localPath, page } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import type { Limits } from './security.ts';
import { actorOf, viewerOf } from './viewer.ts';

/**
 * Signing in by mail. Opening a link changes nothing, whoever opens it; the button on its page uses it, once. Whoever
 * asks for a link is told the same whether the address is known or not.
 */

const LANGUAGE_COOKIE = 'rial-language';
const smallForm = bodyLimit({ maxSize: 16 * 1024 });

/** The cookie's name: `__Host-` binds it to this host wherever there is TLS. */
const cookieName = (url: string): string => (url.startsWith('https:') ? '__Host-rial' : 'rial');
const cookieOf = (url: string) => ({
  httpOnly: true,
  sameSite: 'Lax' as const,
  secure: url.startsWith('https:'),
  path: '/',
});

/** Reads who is looking, and in which language, before any page is made. */
export const whoIsLooking = (outside: SiteOutside) => async (c: SiteContext, next: () => Promise<void>) => {
  const chosen = languageShape.safeParse(getCookie(c, LANGUAGE_COOKIE));
  // Before anything that can fail: what is said of that is said in it.
  c.set('language', chosen.success ? chosen.data : acceptedLanguage(c.req.header('accept-language')));
  c.set('mailboxUrl', outside.mailboxUrl);
  c.set('ill', outside.ill?.() ?? []);
  const session = getCookie(c, cookieName(outside.url));
  const viewer = session ? await viewerOf(outside, session) : undefined;
  c.set('viewer', viewer);
  c.set('who', viewer?.actor);
  if (viewer) c.set('language', viewer.language);
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
    body: html`<p class="govuk-body">${say('foreignLead')}</p>`,
    status: 403,
  });
}

export function signIn(outside: SiteOutside, limits: Limits) {
  const app = siteApp();
  app.route('/', askingPages(outside, limits));
  app.route('/', linkPages(outside, limits));
  app.route('/', sessionPages(outside));
  return app;
}

/** Keeps the session that a link or a code has opened, and goes where it leads. */
async function begin(
  c: SiteContext,
  outside: SiteOutside,
  { session, path }: { session: string; path: string },
  by: 'link' | 'code',
) {
  const { url } = outside;
  await c.get('note')({ code: 'signed-in', by }, (await viewerOf(outside, session))?.actor);
  setCookie(c, cookieName(url), session, { ...cookieOf(url), maxAge: SESSION_DAYS * 24 * 60 * 60 });
  return c.redirect(localPath(path), 303);
}

/** Sends a link for now, to an address that is somebody's. */
async function sendLink(c: SiteContext, outside: SiteOutside, address: string, path: string): Promise<void> {
  const { caseFile, now, url, sendSignIn } = outside;
  const [people, staff] = await Promise.all([peopleAt(caseFile, address), staffAt(caseFile, address)]);
  const [person] = people;
  await c.get('note')({ code: 'link-asked' }, actorOf(address, staff?.role, people));
  if (!person && !staff) return;
  const { token, code } = await mintLink(caseFile, { address, path }, now(), SIGN_IN_MINUTES * 60 * 1000);
  await sendSignIn({
    to: address,
    name: person?.name ?? staff?.name ?? address,
    language: person?.language ?? staff?.language ?? 'es',
    url: `${url}/r/${token}`,
    code,
  });
}

/** Asking for a link, and typing the code of a mail. */
function askingPages(outside: SiteOutside, limits: Limits) {
  const app = siteApp();
  app.get('/sign-in', (c) => {
    const next = localPath(c.req.query('next'));
    return c.get('viewer') ? c.redirect(next) : form(c, { values: valuesOf({ next }) });
  });
  app.post('/sign-in', smallForm, async (c) => {
    const reading = await postedForm(c, linkFields(c));
    if (reading.mistakes.length > 0) return form(c, reading);
    const address = plainAddress(textIn(reading.values, 'address'));
    if (!(await limits.allow(c, address))) return tooMany(c);
    // Not waited for: how long it takes would tell which addresses are known.
    void sendLink(c, outside, address, localPath(textIn(reading.values, 'next'))).catch((error: unknown) =>
      outside.log.error({ err: error }, 'a link to sign in could not be made'),
    );
    return sent(c, address);
  });
  app.post('/sign-in/code', smallForm, async (c) => {
    const { values } = await postedForm(c, codeFields(c));
    const address = plainAddress(textIn(values, 'address'));
    if (!(await limits.allow(c, address))) return tooMany(c);
    const opened = await useCode(outside.caseFile, { address, code: textIn(values, 'code') }, outside.now());
    if (opened) return begin(c, outside, opened, 'code');
    await c.get('note')({ code: 'sign-in-failed', by: 'code', why: 'wrong' });
    return form(c, { values, mistakes: [{ field: 'code', message: sayIn(c)('wrongCode') }] });
  });
  return app;
}

/** The links of mails. */
function linkPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, now } = outside;
  const app = siteApp();
  app.get('/r/:token', async (c) => {
    if (!(await limits.allowOpening(c))) return tooMany(c);
    const link = await findLink(caseFile, c.req.param('token'), now());
    const viewer = c.get('viewer');
    // Opened again where its session lives: straight to what it leads to.
    if (link && viewer?.address === link.address && link.state !== 'dead')
      return c.redirect(localPath(link.path));
    return link?.state === 'open' ? welcome(c, outside, link) : closed(c, link);
  });
  app.post('/r/:token', smallForm, async (c) => {
    if (!(await limits.allowOpening(c))) return tooMany(c);
    const token = c.req.param('token');
    const opened = await useLink(caseFile, token, now());
    if (opened) return begin(c, outside, opened, 'link');
    const link = await findLink(caseFile, token, now());
    const why = !link ? 'unknown' : link.state === 'dead' || link.state === 'open' ? 'ended' : link.state;
    await c.get('note')({ code: 'sign-in-failed', by: 'link', why });
    return closed(c, link);
  });
  app.post('/r/:token/fresh', smallForm, async (c) => {
    const link = await findLink(caseFile, c.req.param('token'), now());
    if (!link || link.state === 'dead') return closed(c, link);
    if (!(await limits.allow(c, link.address))) return tooMany(c);
    await sendLink(c, outside, link.address, localPath(link.path));
    return sent(c, masked(link.address));
  });
  return app;
}

/** Where to go on, which stays on this site. */
const nextField = (value = '/'): Field => ({ as: 'hidden', name: 'next', value: localPath(value) });

/** Leaving, here or everywhere, and the language of the pages. */
function sessionPages({ caseFile, now, url }: SiteOutside) {
  const app = siteApp();
  app.post('/sign-out', smallForm, async (c) => {
    const viewer = c.get('viewer');
    const { values } = await postedForm(c, [{ as: 'hidden', name: 'everywhere', value: 'yes' }]);
    const everywhere = textIn(values, 'everywhere') === 'yes';
    if (viewer && everywhere) await endSessionsOf(caseFile, viewer.address, now());
    else if (viewer) await endSession(caseFile, viewer.session, now());
    if (viewer) await c.get('note')({ code: 'signed-out', sessions: everywhere ? 'all' : 'this' });
    deleteCookie(c, cookieName(url), cookieOf(url));
    c.set('viewer', undefined);
    const say = sayIn(c);
    return page(c, {
      title: say('signedOut'),
      body: html`<p class="govuk-body">${say('signedOutLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>`,
    });
  });
  app.post('/language', smallForm, async (c) => {
    const { values } = await postedForm(c, [nextField(), { as: 'hidden', name: 'language', value: '' }]);
    const chosen = languageShape.safeParse(textIn(values, 'language'));
    const viewer = c.get('viewer');
    if (chosen.success) {
      if (viewer) await chooseLanguage(caseFile, viewer.session, chosen.data);
      setCookie(c, LANGUAGE_COOKIE, chosen.data, { ...cookieOf(url), maxAge: 365 * 24 * 60 * 60 });
    }
    return c.redirect(localPath(textIn(values, 'next')), 303);
  });
  return app;
}

// --- The pages ------------------------------------------------------------------------------------------------

const sayIn = (c: SiteContext) => speaker('site.sign-in', c.get('language'));

const addressField = (c: SiteContext): Field & { as: 'email' } => ({
  ...{ name: 'address', as: 'email', autocomplete: 'email', label: sayIn(c)('address') },
  required: sayIn(c)('notAddress'),
});
const linkFields = (c: SiteContext): Field[] => [nextField(), addressField(c)];
const codeFields = (c: SiteContext): Field[] => [
  { ...addressField(c), id: 'code-address' },
  {
    ...{ name: 'code', as: 'digits', autocomplete: 'one-time-code' },
    ...{ label: sayIn(c)('code'), hint: sayIn(c)('codeHint') },
  },
];

function form(c: SiteContext, { values, mistakes = [] }: { values: Values; mistakes?: readonly Mistake[] }) {
  const say = sayIn(c);
  // A code is typed anew.
  const { code: _, ...kept } = values;
  const filling = { language: c.get('language'), values: kept, mistakes };
  return page(c, {
    title: say('title'),
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('lead')}</p>
<form method="post" action="/sign-in" novalidate>
${partsHtml(filling, [nextField(textIn(values, 'next')), addressField(c)])}
<button type="submit" class="govuk-button">${say('send')}</button>
</form>
<h2 class="govuk-heading-m">${say('haveCode')}</h2>
<form method="post" action="/sign-in/code" novalidate>
${partsHtml(filling, codeFields(c))}
<button type="submit" class="govuk-button govuk-button--secondary">${say('enter')}</button>
</form>`,
  });
}

function sent(c: SiteContext, address: string) {
  const say = sayIn(c);
  return page(c, {
    title: say('sent'),
    body: html`<p class="govuk-body">${say('sentLead', { address, minutes: SIGN_IN_MINUTES })}</p>
<p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('haveCode')}</a></p>`,
  });
}

async function tooMany(c: SiteContext) {
  await c.get('note')({ code: 'sign-in-limited' });
  const say = sayIn(c);
  return page(c, {
    title: say('title'),
    body: html`<p class="govuk-body">${say('tooMany')}</p>`,
    status: 429,
  });
}

async function welcome(c: SiteContext, { caseFile }: SiteOutside, { address }: Link) {
  const [person] = await peopleAt(caseFile, address);
  if (person && !c.get('viewer') && !getCookie(c, LANGUAGE_COOKIE)) c.set('language', person.language);
  const say = sayIn(c);
  return page(c, {
    title: say('welcome', { name: person?.name ?? masked(address) }),
    body: html`<p class="govuk-body">${say('welcomeLead', { days: SESSION_DAYS })}</p>
<form method="post" action="/r/${c.req.param('token')}"><button type="submit" class="govuk-button">${say('go')}</button></form>`,
  });
}

function closed(c: SiteContext, link: Link | undefined) {
  const say = sayIn(c);
  if (!link || link.state === 'dead' || link.state === 'open')
    return page(c, {
      title: say('linkDead'),
      body: html`<p class="govuk-body">${say('deadLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>`,
      status: 404,
    });
  return page(c, {
    title: say(link.state === 'used' ? 'linkUsed' : 'linkExpired'),
    body: html`<p class="govuk-body">${say('freshLead')} <span class="rial-soft">(${masked(link.address)})</span></p>
<form method="post" action="/r/${c.req.param('token')}/fresh"><button type="submit" class="govuk-button">${say('fresh')}</button></form>`,
    status: 410,
  });
}

/** "c…@mtps-chile.example": whoever holds an old link is not told more. */
const masked = (address: string): string => address.replace(/^(.).*@/, '$1…@');
