import { html } from 'hono/html';
import { peopleAt, plainAddress } from '../../casefile/access/access.ts';
import { beginProviderAttempt, useProviderAttempt } from '../../casefile/access/providerAttempts.ts';
import { subjectHas } from '../../casefile/access/providerSubjects.ts';
import { staffAt } from '../../casefile/access/staff.ts';
import type { SecurityEvent } from '../../domain/securityEvent.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type SiteContext, siteApp } from '../context.ts';
import { browserOf, readCookie } from '../cookies.ts';
import { partsHtml, postedForm, smallForm, textIn } from '../form.ts';
import { localPath, nextField, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { formsTo, type Limits } from '../security.ts';
import { enter, tooMany } from './entering.ts';
import type { Provider } from './provider.ts';

/**
 * Signing in at one's institution. It opens what a code opens, and staff still take their second step. Whatever keeps
 * somebody out, they are told the same; the security log has the reason.
 */

export function institutionPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, signInKey, url, now, provider } = outside;
  const app = siteApp();
  if (!provider) return app;
  app.post('/sign-in/institution', smallForm, async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const { values } = await postedForm(c, [nextField()]);
    const path = localPath(textIn(values, 'next'));
    if (!(await provider.isThere())) return refused(c, 'unreachable');
    const attempt = await beginProviderAttempt(
      caseFile,
      signInKey,
      { browser: browserOf(c, url), path },
      now(),
    );
    const there = await provider.pageFor(attempt);
    return there ? c.redirect(there.href, 303) : refused(c, 'unreachable');
  });
  app.get('/sign-in/institution/back', async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const query = new URL(c.req.url).searchParams;
    const back = { browser: readCookie(c, url, 'browser') ?? '', state: query.get('state') ?? '' };
    const attempt = await useProviderAttempt(caseFile, signInKey, back, now());
    if (!attempt) return refused(c, 'ended');
    const vouched = await provider.vouched(query, attempt);
    if (typeof vouched === 'string') return refused(c, vouched);
    const address = plainAddress(vouched.address);
    const [people, staff] = await Promise.all([peopleAt(caseFile, address), staffAt(caseFile, address)]);
    if (people.length === 0 && !staff) return refused(c, 'unknown');
    const whose = { provider: provider.id, subject: vouched.subject, address };
    if (!(await subjectHas(caseFile, whose, now()))) return refused(c, 'reassigned');
    return enter(c, outside, { address, path: attempt.path, by: 'oidc' });
  });
  return app;
}

/** The button on the page to sign in; while the provider is away, that it is. */
export async function institutionHtml(
  c: SiteContext,
  provider: Provider | undefined,
  next: string,
): Promise<Html> {
  if (!provider) return html``;
  const say = sayIn(c);
  const { name } = provider;
  if (!(await provider.isThere()))
    return html`<div class="govuk-inset-text">${say('institutionAway', { name })}</div>`;
  formsTo(c, provider.origins());
  return html`<form method="post" action="/sign-in/institution">
${partsHtml({ language: c.get('language'), values: {}, mistakes: [] }, [nextField(next)])}
<button type="submit" class="govuk-button govuk-button--secondary">${say('institution', { name })}</button>
</form>`;
}

const sayIn = (c: SiteContext) => speaker('site.sign-in', c.get('language'));

async function refused(c: SiteContext, why: Extract<SecurityEvent, { code: 'sign-in-failed' }>['why']) {
  await c.get('note')({ code: 'sign-in-failed', by: 'oidc', why });
  const say = sayIn(c);
  return page(c, {
    title: say('institutionFailed'),
    body: html`<p class="govuk-body">${say('institutionFailedLead')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('title')}</a></p>`,
    status: why === 'unreachable' ? 503 : 422,
  });
}
