import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { z } from 'zod';
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
import { acceptedLanguage, language as languageShape } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';
import { localPath, type Mistake, mistakeOf, page, type SiteContext, siteApp } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import type { Limits } from './security.ts';
import { roleOf, viewerOf } from './viewer.ts';

/**
 * Signing in by mail. Opening a link changes nothing, whoever opens it; the button on its page uses it, once. Whoever
 * asks for a link is told the same whether the address is known or not.
 */

const LANGUAGE_COOKIE = 'rial-language';
const smallForm = bodyLimit({ maxSize: 16 * 1024 });
const field = (value: unknown): string => (typeof value === 'string' ? value : '');

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
  const session = getCookie(c, cookieName(outside.url));
  const viewer = session ? await viewerOf(outside, session) : undefined;
  c.set('viewer', viewer);
  if (viewer) c.set('language', viewer.language);
  await next();
};

/** A form of another site. */
export function foreign(c: SiteContext): Response | Promise<Response> {
  c.set('viewer', undefined);
  c.set('language', acceptedLanguage(c.req.header('accept-language')));
  const say = speaker('site.sign-in', c.get('language'));
  return page(c, {
    title: say('foreign'),
    body: html`<p class="govuk-body">${say('foreignLead')}</p>`,
    status: 403,
  });
}

export function signIn(outside: SiteOutside, limits: Limits) {
  const { caseFile, now, url, sendSignIn } = outside;
  const app = siteApp();
  const begin = (c: SiteContext, { session, path }: { session: string; path: string }) => {
    setCookie(c, cookieName(url), session, { ...cookieOf(url), maxAge: SESSION_DAYS * 24 * 60 * 60 });
    return c.redirect(localPath(path), 303);
  };

  /** Sends a link for now, to an address that is somebody's. */
  async function sendLink(address: string, path: string): Promise<void> {
    const people = await peopleAt(caseFile, address);
    const [person] = people;
    if (!person && roleOf(outside, address, people) === 'participant') return;
    const { token, code } = await mintLink(caseFile, { address, path }, now(), SIGN_IN_MINUTES * 60 * 1000);
    await sendSignIn({
      to: address,
      name: person?.name ?? address,
      language: person?.language ?? 'es',
      url: `${url}/r/${token}`,
      code,
    });
  }

  app.get('/sign-in', (c) => (c.get('viewer') ? c.redirect(localPath(c.req.query('next'))) : form(c)));
  app.post('/sign-in', smallForm, async (c) => {
    const body = await c.req.parseBody();
    const address = plainAddress(field(body.address));
    if (!z.email().max(254).safeParse(address).success) {
      const message = speaker('site.sign-in', c.get('language'))('notAddress');
      return form(c, { mistakes: [{ field: 'address', message }], address, next: field(body.next) });
    }
    if (!(await limits.allow(c, address))) return tooMany(c);
    // Not waited for: how long it takes would tell which addresses are known.
    void sendLink(address, localPath(field(body.next))).catch((error: unknown) =>
      outside.log.error({ err: error }, 'a link to sign in could not be made'),
    );
    return sent(c, address);
  });
  app.post('/sign-in/code', smallForm, async (c) => {
    const body = await c.req.parseBody();
    const [address, code] = [plainAddress(field(body.address)), field(body.code)];
    if (!(await limits.allow(c, address))) return tooMany(c);
    const opened = await useCode(caseFile, { address, code }, now());
    if (opened) return begin(c, opened);
    const message = speaker('site.sign-in', c.get('language'))('wrongCode');
    return form(c, { mistakes: [{ field: 'code', message }], address });
  });
  app.post('/sign-out', smallForm, async (c) => {
    const viewer = c.get('viewer');
    const { everywhere } = await c.req.parseBody();
    if (viewer && everywhere === 'yes') await endSessionsOf(caseFile, viewer.address, now());
    else if (viewer) await endSession(caseFile, viewer.session, now());
    deleteCookie(c, cookieName(url), cookieOf(url));
    c.set('viewer', undefined);
    const say = speaker('site.sign-in', c.get('language'));
    return page(c, {
      title: say('signedOut'),
      body: html`<p class="govuk-body">${say('signedOutLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>`,
    });
  });
  app.post('/language', smallForm, async (c) => {
    const body = await c.req.parseBody();
    const chosen = languageShape.safeParse(body.language);
    const viewer = c.get('viewer');
    if (chosen.success) {
      if (viewer) await chooseLanguage(caseFile, viewer.session, chosen.data);
      setCookie(c, LANGUAGE_COOKIE, chosen.data, { ...cookieOf(url), maxAge: 365 * 24 * 60 * 60 });
    }
    return c.redirect(localPath(field(body.next)), 303);
  });

  app.get('/r/:token', async (c) => {
    if (!(await limits.allowOpening(c))) return tooMany(c);
    const link = await findLink(caseFile, c.req.param('token'), now());
    const viewer = c.get('viewer');
    // Opened again where its session lives: straight to what it leads to.
    if (link && viewer?.address === link.address && link.state !== 'dead')
      return c.redirect(localPath(link.path));
    return link?.state === 'open' ? welcome(c, link) : closed(c, link);
  });
  app.post('/r/:token', smallForm, async (c) => {
    if (!(await limits.allowOpening(c))) return tooMany(c);
    const token = c.req.param('token');
    const opened = await useLink(caseFile, token, now());
    return opened ? begin(c, opened) : closed(c, await findLink(caseFile, token, now()));
  });
  app.post('/r/:token/fresh', smallForm, async (c) => {
    const link = await findLink(caseFile, c.req.param('token'), now());
    if (!link || link.state === 'dead') return closed(c, link);
    if (!(await limits.allow(c, link.address))) return tooMany(c);
    await sendLink(link.address, localPath(link.path));
    return sent(c, masked(link.address));
  });

  type Filled = { mistakes?: Mistake[]; address?: string; next?: string };
  function form(c: SiteContext, { mistakes = [], address = '', next }: Filled = {}) {
    const say = speaker('site.sign-in', c.get('language'));
    const wrong = (name: string) => mistakes.some((one) => one.field === name);
    const input = (name: string) => (wrong(name) ? 'govuk-input govuk-input--error' : 'govuk-input');
    return page(c, {
      title: say('title'),
      mistakes,
      status: mistakes.length > 0 ? 422 : 200,
      body: html`<p class="govuk-body">${say('lead')}</p>
<form method="post" action="/sign-in" novalidate>
<input type="hidden" name="next" value="${localPath(next ?? c.req.query('next'))}">
<div class="govuk-form-group${wrong('address') ? ' govuk-form-group--error' : ''}">
<label class="govuk-label" for="address">${say('address')}</label>
${mistakeOf(c, mistakes, 'address')}
<input class="${input('address')} govuk-!-width-two-thirds" id="address" name="address" type="email" autocomplete="email" spellcheck="false" value="${address}"${wrong('address') ? html` aria-describedby="address-error"` : ''}>
</div>
<button type="submit" class="govuk-button">${say('send')}</button>
</form>
<h2 class="govuk-heading-m">${say('haveCode')}</h2>
<form method="post" action="/sign-in/code" novalidate>
<div class="govuk-form-group">
<label class="govuk-label" for="code-address">${say('address')}</label>
<input class="govuk-input govuk-!-width-two-thirds" id="code-address" name="address" type="email" autocomplete="email" spellcheck="false" value="${address}">
</div>
<div class="govuk-form-group${wrong('code') ? ' govuk-form-group--error' : ''}">
<label class="govuk-label" for="code">${say('code')}</label>
<div class="govuk-hint" id="code-hint">${say('codeHint')}</div>
${mistakeOf(c, mistakes, 'code')}
<input class="${input('code')} govuk-input--width-10" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-hint${wrong('code') ? ' code-error' : ''}">
</div>
<button type="submit" class="govuk-button govuk-button--secondary">${say('enter')}</button>
</form>`,
    });
  }

  function sent(c: SiteContext, address: string) {
    const say = speaker('site.sign-in', c.get('language'));
    return page(c, {
      title: say('sent'),
      body: html`<p class="govuk-body">${say('sentLead', { address, minutes: SIGN_IN_MINUTES })}</p>
<p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('haveCode')}</a></p>`,
    });
  }

  function tooMany(c: SiteContext) {
    const say = speaker('site.sign-in', c.get('language'));
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say('tooMany')}</p>`,
      status: 429,
    });
  }

  async function welcome(c: SiteContext, { address }: Link) {
    const [person] = await peopleAt(caseFile, address);
    if (person && !c.get('viewer') && !getCookie(c, LANGUAGE_COOKIE)) c.set('language', person.language);
    const say = speaker('site.sign-in', c.get('language'));
    return page(c, {
      title: say('welcome', { name: person?.name ?? masked(address) }),
      body: html`<p class="govuk-body">${say('welcomeLead', { days: SESSION_DAYS })}</p>
<form method="post" action="/r/${c.req.param('token')}"><button type="submit" class="govuk-button">${say('go')}</button></form>`,
    });
  }

  function closed(c: SiteContext, link: Link | undefined) {
    const say = speaker('site.sign-in', c.get('language'));
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

  return app;
}

/** "c…@mtps-chile.example": whoever holds an old link is not told more. */
const masked = (address: string): string => address.replace(/^(.).*@/, '$1…@');
