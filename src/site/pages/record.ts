import { Hono } from 'hono';
import { html } from 'hono/html';
import { recordHead } from '../../casefile/record.ts';
import { Refused } from '../../client/index.ts';
import { entriesFor } from '../../domain/communication.ts';
import { bundleOf } from '../../export/bundle.ts';
import type { Reader } from '../../export/reader.ts';
import { ownMomentOf } from '../../words/dates.ts';
import { eventOf } from '../../words/record.ts';
import { speaker } from '../../words/speaker.ts';
import type { PageContext } from '../context.ts';
import { sendZip } from '../downloads.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { talkReader } from '../parts/talk.ts';
import { notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** The record: everything that happened in a cooperation, the newest first. */

const A_PAGE = 100;

/** Who sees everything has everything; who takes part, what is theirs to see. */
function readerIn(visit: Visit): Reader {
  const { viewer, person } = visit;
  if (viewer.role !== 'participant' || !person) return { of: 'all' };
  return { of: 'person', person: person.id, party: person.party, secretariat: talkReader(visit).secretariat };
}

export function recordPages({ caseFile, documents, workflows }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/record/export', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    try {
      await c.get('note')({ code: 'case-exported', cooperation: view.id, by: 'page' });
      const zip = await bundleOf(view, readerIn(visit), { caseFile, documents, workflows }, clock.now);
      return sendZip(c, zip, `${view.id}-${clock.now.slice(0, 10)}.zip`);
    } catch (error) {
      if (error instanceof Refused && error.code === 'Unavailable') return notNow(c, visit);
      throw error;
    }
  });

  app.get('/record', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const say = speaker('site.record', clock.language);
    const given = c.req.query('before') ?? '';
    // The number of an entry; whatever else is written there is the newest page.
    const before = /^\d{1,15}$/.test(given) ? Number(given) : undefined;
    const theirs = entriesFor(view.record, view.communications, talkReader(visit));
    const older = theirs.filter(({ seq }) => before === undefined || seq < before);
    const shown = older.slice(-A_PAGE).reverse();
    const last = shown.at(-1);
    const isAll = readerIn(visit).of === 'all';
    const head = await recordHead(caseFile, view.id);
    const path = `/c/${view.id}/record`;
    return page(c, {
      title: say('title'),
      ownHeading: true,
      body: html`${cooperationNavigation(c, visit, 'record')}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
<p class="govuk-body"><a class="govuk-button govuk-button--secondary rial-close" href="${path}/export" download>${say(isAll ? 'export' : 'exportOwn')}</a></p>
<p class="govuk-hint">${say(isAll ? 'exportHint' : 'exportOwnHint')} ${say('checking')} <a class="govuk-link" href="/verify">${say('check')}</a></p>
<p class="govuk-body-s rial-soft">${say('head', { entries: head.entries })} <code>${head.hash}</code></p>
<table class="govuk-table rial-record"><caption class="govuk-visually-hidden">${say('title')}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${say('when')}</th><th scope="col" class="govuk-table__header">${say('what')}</th></tr></thead>
<tbody class="govuk-table__body">${shown.map((entry) => {
        const { what, bad } = eventOf(entry, view, clock.language, new Date(clock.now));
        return html`<tr class="govuk-table__row"><td class="govuk-table__cell"><time datetime="${entry.at}">${ownMomentOf(entry.at, clock)}</time></td><td class="govuk-table__cell">${bad ? html`<strong class="govuk-tag govuk-tag--red">${say('attention')}</strong> ` : ''}${what}</td></tr>`;
      })}</tbody></table>
<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${before === undefined ? '' : html`<a class="govuk-link" href="${path}">${say('newest')}</a>`}${
        last && older.length > shown.length
          ? html`<a class="govuk-link" rel="next" href="${path}?before=${last.seq}">${say('earlier')}</a>`
          : ''
      }</nav>`,
    });
  });
  return app;
}

function notNow(c: PageContext, { view, clock }: Visit) {
  const say = speaker('site.record', clock.language);
  return page(c, {
    title: say('notNow'),
    back: { href: `/c/${view.id}/record`, label: say('back') },
    body: html`<p class="govuk-body">${say('unavailable')}</p>`,
    status: 503,
  });
}
