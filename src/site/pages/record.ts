import { Hono } from 'hono';
import { html } from 'hono/html';
import { recordHead } from '../../casefile/record.ts';
import { Refused } from '../../client/index.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { entriesFor } from '../../domain/communication.ts';
import { isLookedFor, type RecordFilter } from '../../domain/recordKinds.ts';
import { bundleOf } from '../../export/bundle.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { eventOf } from '../../words/record.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { sendZip } from '../downloads.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { details } from '../parts/govuk.ts';
import { filteredPath, filterForm, filterIn } from '../parts/recordFilter.ts';
import { caseReader, talkReader, withOwnReasons } from '../parts/talk.ts';
import { notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** The record: everything that happened in a cooperation, the newest first. */

const A_PAGE = 100;

type Entry = CaseView['record'][number];

export function recordPages({ caseFile, documents, workflows, seal }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/record/export', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    try {
      await c.get('note')({ code: 'case-exported', cooperation: view.id, by: 'page' });
      const zip = await bundleOf(
        view,
        caseReader(visit),
        { caseFile, documents, workflows, seal },
        clock.now,
      );
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
    const filter = filterIn(c, view);
    const theirs = entriesFor(view.record, view.communications, talkReader(visit)).filter((entry) =>
      isLookedFor(entry, filter),
    );
    const older = theirs.filter(({ seq }) => before === undefined || seq < before);
    const shown = older.slice(-A_PAGE).reverse();
    const last = shown.at(-1);
    const isAll = caseReader(visit).of === 'all';
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
${filterForm(c, path, view, filter)}
${shown.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : table(shown, visit, filter)}
<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${before === undefined ? '' : html`<a class="govuk-link" href="${filteredPath(path, filter)}">${say('newest')}</a>`}${
        last && older.length > shown.length
          ? html`<a class="govuk-link" rel="next" href="${filteredPath(path, filter, { before: String(last.seq) })}">${say('earlier')}</a>`
          : ''
      }</nav>`,
    });
  });
  return app;
}

/** Entries, the newest first; mails that went out one after the other are folded, unless it is mails that are looked for. */
function table(entries: readonly Entry[], visit: Visit, { group }: RecordFilter): Html {
  const { clock } = visit;
  const view = withOwnReasons(visit);
  const say = speaker('site.record', clock.language);
  const time = ({ at }: Entry) => html`<time datetime="${at}">${ownMomentOf(at, clock)}</time>`;
  const words = (entry: Entry) => {
    const { what, bad } = eventOf(entry, view, clock.language, new Date(clock.now));
    return html`${bad ? html`<strong class="govuk-tag govuk-tag--red">${say('attention')}</strong> ` : ''}${what}`;
  };
  const row = (when: Html, what: Html) =>
    html`<tr class="govuk-table__row"><td class="govuk-table__cell">${when}</td><td class="govuk-table__cell">${what}</td></tr>`;
  const rows = (group === 'mails' ? entries.map((entry) => [entry]) : runsOf(entries)).map((run) => {
    const [first, ...others] = run;
    if (!first) return '';
    if (others.length === 0) return row(time(first), words(first));
    const mails = html`<ul class="govuk-list">${run.map((entry) => html`<li>${time(entry)} ${words(entry)}</li>`)}</ul>`;
    return row(
      html`${ownMomentOf(first.at, clock)}`,
      details(say('mails', { count: run.length }), mails, { style: 'rial-close' }),
    );
  });
  return html`<table class="govuk-table rial-record"><caption class="govuk-visually-hidden">${say('title')}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${say('when')}</th><th scope="col" class="govuk-table__header">${say('what')}</th></tr></thead>
<tbody class="govuk-table__body">${rows}</tbody></table>`;
}

/** Entries in their order, those of mails that were sent one after the other together. */
function runsOf(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (entry.kind === 'mail-sent' && last?.[0]?.kind === 'mail-sent') last.push(entry);
    else runs.push([entry]);
  }
  return runs;
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
