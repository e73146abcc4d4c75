import { html } from 'hono/html';
import { securityEntries } from '../../../casefile/access/securityLog.ts';
import type { SecurityEntry } from '../../../domain/securityEvent.ts';
import { securityEventText } from '../../../words/securityEvents.ts';
import { speaker } from '../../../words/speaker.ts';
import { siteApp } from '../../context.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { scrollTable } from '../../parts/govuk.ts';
import { staffOnly } from '../../visit.ts';

/** The security log, for staff: a page of it, the newest first. */

const A_PAGE = 100;

export function securityLogPage({ caseFile }: SiteOutside) {
  const app = siteApp();
  app.get('/security-log', staffOnly, async (c) => {
    const language = c.get('language');
    const say = speaker('security.page', language);
    const given = c.req.query('before') ?? '';
    const before = /^\d{1,15}$/.test(given) ? given : undefined;
    const found = await securityEntries(caseFile, { before, most: A_PAGE + 1 });
    const shown = found.slice(0, A_PAGE);
    const row = ({ at, who, from, event }: SecurityEntry) => [
      html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time>`,
      who?.id ?? say('nobody'),
      from ?? say('nobody'),
      securityEventText(event, language),
    ];
    const columns = ['when', 'who', 'from', 'what'] as const;
    return page(c, {
      title: say('title'),
      wide: true,
      styles: 'board.css',
      back: { href: '/board' },
      body: html`<p class="govuk-body">${say('lead')}</p>
${
  shown.length === 0
    ? html`<p class="govuk-body">${say('none')}</p>`
    : scrollTable(
        say('title'),
        columns.map((key) => say(key)),
        shown.map(row),
      )
}
<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${before === undefined ? '' : html`<a class="govuk-link" href="/security-log">${say('newest')}</a>`}${
        found.length > A_PAGE
          ? html`<a class="govuk-link" rel="next" href="/security-log?before=${shown.at(-1)?.seq ?? ''}">${say('earlier')}</a>`
          : ''
      }</nav>`,
    });
  });
  return app;
}
