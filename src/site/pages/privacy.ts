import type { Hono } from 'hono';
import { html } from 'hono/html';
import { DRAFT_DAYS } from '../../casefile/drafts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Site, siteApp } from '../context.ts';
import { mailLink, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';

/** What is kept of people, what for, who sees it and how long: for everybody, signed in or not. */

const KEPT = [
  'keptPerson',
  'keptAnswers',
  'keptOutcomes',
  'keptSurvey',
  'keptDrafts',
  'keptAttendance',
  'keptMails',
  'keptSignIns',
] as const;
const SEEN = [
  'seenBy',
  'seenPrinted',
  'seenOutside',
  'seenCertificates',
  'seenGuests',
  'seenSecurity',
] as const;

export function privacyPage({ kept: { years, securityDays } }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.get('/privacy', (c) => {
    const language = c.get('language');
    const say = speaker('site.privacy', language);
    const contact = c.get('contact');
    const list = (keys: readonly ((typeof KEPT)[number] | (typeof SEEN)[number])[]) =>
      html`<ul class="govuk-list govuk-list--bullet">${keys.map((key) => html`<li>${key === 'keptDrafts' ? say(key, { days: DRAFT_DAYS }) : say(key)}</li>`)}</ul>`;
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say('lead')}</p>
<h2 class="govuk-heading-m">${say('kept')}</h2>${list(KEPT)}
<h2 class="govuk-heading-m">${say('whatFor')}</h2><p class="govuk-body">${say('whatForText')}</p>
<h2 class="govuk-heading-m">${say('seen')}</h2>${list(SEEN)}
<h2 class="govuk-heading-m">${say('howLong')}</h2><p class="govuk-body">${years === undefined ? say('yearsUnsaid') : say('years', { years })}</p>
<p class="govuk-body">${say('securityDays', { days: securityDays })}</p>
<h2 class="govuk-heading-m">${say('rights')}</h2><p class="govuk-body">${say('rightsText')} <a class="govuk-link" href="/me">${speaker('site.frame', language)('me')}</a></p>
${contact ? html`<p class="govuk-body">${say('ask')} ${mailLink(contact)}</p>` : ''}
<h2 class="govuk-heading-m">${say('cookies')}</h2><p class="govuk-body">${say('cookiesText')}</p>`,
    });
  });
  return app;
}
