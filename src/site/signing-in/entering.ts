import { html } from 'hono/html';
import { beginSession, endSession } from '../../casefile/access/access.ts';
import { beginSecondStep } from '../../casefile/access/secondFactor.ts';
import { staffAt } from '../../casefile/access/staff.ts';
import type { SecurityEvent } from '../../domain/securityEvent.ts';
import { speaker } from '../../words/speaker.ts';
import type { SiteContext } from '../context.ts';
import { browserOf, whereOf, writeCookie } from '../cookies.ts';
import { localPath, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { viewerOf } from '../viewer.ts';

/** What the ways to sign in have in common: how a session begins, and that too much is tried. */

const HOUR_S = 60 * 60;

/** After the first step: in, or to the second one, where there is one for them. */
export async function enter(
  c: SiteContext,
  outside: SiteOutside,
  { address, path, by }: { address: string; path: string; by: 'code' | 'setup-link' | 'oidc' },
): Promise<Response> {
  const { caseFile, signInKey, secondFactor, url, now } = outside;
  if (secondFactor === 'everybody' || (secondFactor && (await staffAt(caseFile, address)))) {
    await beginSecondStep(caseFile, signInKey, { address, path, browser: browserOf(c, url) }, now());
    return c.redirect('/sign-in/step', 303);
  }
  await keepSession(c, outside, await sessionFor(c, outside, address), by);
  return c.redirect(localPath(path), 303);
}

/** A session in place of the one that is there. */
export async function sessionFor(
  c: SiteContext,
  { caseFile, url, now }: SiteOutside,
  address: string,
  { stepped = false } = {},
): Promise<string> {
  const viewer = c.get('viewer');
  if (viewer) await endSession(caseFile, viewer.session, now());
  return beginSession(caseFile, { address, cooperations: null, stepped, ...whereOf(c, url) }, now());
}

/** Keeps the session that was opened in the browser. */
export async function keepSession(
  c: SiteContext,
  outside: SiteOutside,
  session: string,
  by: Extract<SecurityEvent, { code: 'signed-in' }>['by'],
): Promise<void> {
  const { url, sessionHours } = outside;
  const viewer = await viewerOf(outside, session);
  c.set('who', viewer?.actor);
  await c.get('note')({ code: 'signed-in', by }, viewer?.actor);
  writeCookie(c, url, 'session', session, sessionHours.most * HOUR_S);
}

/** `wait` in seconds. */
export async function tooMany(c: SiteContext, wait = 15 * 60) {
  await c.get('note')({ code: 'sign-in-limited' });
  const say = speaker('site.sign-in', c.get('language'));
  if (!c.res.headers.has('retry-after')) c.header('Retry-After', String(wait));
  return page(c, {
    title: say('title'),
    body: html`<p class="govuk-body">${say('tooMany', { minutes: Math.ceil(wait / 60) })}</p>`,
    status: 429,
  });
}
