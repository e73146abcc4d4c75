import { html } from 'hono/html';
import { endSessionOf, hash, type OpenSession, openSessions } from '../../../casefile/access/access.ts';
import { type Clock, ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { siteApp } from '../../context.ts';
import { postedForm, smallForm, textIn } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { summaryList } from '../../parts/govuk.ts';

/** Where somebody is signed in: their own sessions, each of which they can end, or all at once with unused links. */

export function signInsPage({ caseFile, now, sessionHours, secondFactor }: SiteOutside) {
  const app = siteApp();
  app.get('/sign-ins', async (c) => {
    const viewer = c.get('viewer');
    if (!viewer) return c.redirect('/sign-in?next=%2Fsign-ins');
    const language = c.get('language');
    const say = speaker('site.sign-ins', language);
    const clock: Clock = { language, timeZone: viewer.timeZone, others: [], now: now() };
    const sessions = await openSessions(caseFile, viewer, sessionHours, now());
    const here = hash(viewer.session);
    const moment = (at: string) => html`<time datetime="${at}">${ownMomentOf(at, clock)}</time>`;
    const row = ({ key, program, network, beganAt, seenAt, cooperations }: OpenSession) =>
      html`<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper"><h2 class="govuk-summary-card__title">${program ?? say('unknown')}${key === here ? ` (${say('here')})` : ''}</h2>
<form method="post" action="/sign-ins/end"><input type="hidden" name="key" value="${key}"><button class="rial-link-button" type="submit">${say('end')}<span class="govuk-visually-hidden"> (${program ?? say('unknown')})</span></button></form></div>
<div class="govuk-summary-card__content">${summaryList([
        [say('began'), moment(beganAt)],
        [say('seen'), moment(seenAt)],
        [say('from'), network],
        [say('opens'), cooperations ? cooperations.join(', ') : say('all')],
      ])}</div></div>`;
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say('lead', { idle: sessionHours.idle, days: sessionHours.most / 24 })}</p>
${secondFactor === 'everybody' || (secondFactor && viewer.role !== 'participant') ? html`<p class="govuk-body"><a class="govuk-link" href="/second-step">${say('secondFactor')}</a></p>` : ''}
${sessions.map(row)}
<form method="post" action="/sign-out"><input type="hidden" name="everywhere" value="yes"><p class="govuk-hint">${say(viewer.cooperations ? 'everywhereByLink' : 'everywhereHint')}</p>
<button class="govuk-button govuk-button--warning" type="submit">${say('everywhere')}</button></form>`,
    });
  });
  app.post('/sign-ins/end', smallForm, async (c) => {
    const viewer = c.get('viewer');
    const { values } = await postedForm(c, [{ as: 'hidden', name: 'key', value: '' }]);
    if (viewer) await endSessionOf(caseFile, viewer, textIn(values, 'key'), now());
    return c.redirect('/sign-ins', 303);
  });
  return app;
}
