import type { Hono } from 'hono';
import { html, raw } from 'hono/html';
import {
  type BoardRow,
  boardRows,
  isShown,
  type OwedAnswer,
  SHOWS,
  type Show,
  type Standing,
  type StandingCount,
  standingCounts,
  standings,
} from '../../casefile/board.ts';
import { cachedRead } from '../../casefile/database/readCache.ts';
import { knownDisagreements } from '../../casefile/disagreements.ts';
import { workflowId } from '../../domain/ids.ts';
import { CASE_STATES, type CaseState, nextEvent } from '../../domain/standing.ts';
import { awayText } from '../../words/awayReply.ts';
import { type Clock, calendarDay, momentOf, ownMomentOf, sessionDate } from '../../words/dates/dates.ts';
import { fullMoment } from '../../words/dates/fullDates.ts';
import { ago } from '../../words/dates/shortDates.ts';
import { requestLabel, sessionTitle, stepLabel } from '../../words/labels.ts';
import { directionOf, partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { clockOf } from '../clock.ts';
import { type Html, type Site, siteApp } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { disagreementList } from '../parts/disagreements.ts';
import { tag } from '../parts/govuk.ts';
import { searchBox } from '../parts/searchBox.ts';
import { staffOrObserver } from '../visit.ts';
import { enquiryList } from './board/enquiries.ts';
import { timeline } from './board/timeline.ts';
import { unfiledMailList } from './board/unfiledMails.ts';
import { tableLinks } from './tables.ts';

/** All cooperations, the newest call first: how far each is, who has to move, and since when. */

/** As many as a call has, and more; a page of them is some 110 KB before it is compressed. */
const A_PAGE = 20;

/** What the address asks for, as it stands there. */
type BoardQuery = Record<'show' | 'call' | 'page', string | undefined>;
type BoardFilter = { show: Show; call: string | undefined; page: number };

const callOf = ({ callNumber, callYear }: Pick<Standing, 'callNumber' | 'callYear'>): string =>
  `${callNumber}-${callYear}`;
const countOf = (counts: readonly StandingCount[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);
const callLabel = (call: string, { language }: Clock): string => {
  const [n = '', year = ''] = call.split('-');
  return speaker('mail.frame', language)('call', { n: Number(n), year });
};

export function boardPage({ caseFile, now, temporalUiUrl }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.get('/board', async (c, next) => (c.get('viewer') ? next() : c.redirect('/sign-in?next=%2Fboard')));
  app.get('/board', staffOrObserver, async (c) => {
    const wanted = { show: c.req.query('show'), call: c.req.query('call'), page: c.req.query('page') };
    // It names hundreds of dates, and is the same for all who look within a minute while nothing happens. Made by `html`
    // below, so that what stands in it is inert.
    const minute = `${now().slice(0, 16)}:00.000Z`;
    const clock = clockOf(c, minute);
    const { language, timeZone } = clock;
    const isStaff = c.get('viewer')?.role === 'staff';
    const key = JSON.stringify(['board', minute, language, timeZone, wanted, isStaff]);
    const board = await cachedRead(caseFile, key, async () => String(await shown(wanted, clock, isStaff)));
    const say = speaker('site.board', language);
    return page(c, {
      title: say('title'),
      wide: true,
      styles: 'board.css',
      body: html`<div class="rial-board-head">${isStaff ? html`<div class="govuk-button-group"><a class="govuk-button" role="button" draggable="false" href="/new">${say('new')}</a> <a class="govuk-link" href="/security-log">${speaker('security.page', language)('title')}</a></div>` : ''}
${searchBox(language)}</div>
${disagreementList(await knownDisagreements(caseFile), language)}
${await enquiryList(caseFile, clock)}
${await unfiledMailList(caseFile, clock)}
${raw(board)}
${tableLinks('/board', language)}`,
    });
  });
  return app;

  async function shown(wanted: BoardQuery, clock: Clock, isStaff: boolean): Promise<Html> {
    const say = speaker('site.board', clock.language);
    const all = await standingCounts(caseFile, clock.now);
    if (all.length === 0 && isStaff) return firstSteps(clock);
    const calls = [...new Set(all.map(callOf))];
    const show = SHOWS.find((one) => one === wanted.show) ?? 'all';
    const call = calls.find((one) => one === wanted.call);
    const ofCall = all.filter((one) => !call || callOf(one) === call);
    const pages = Math.max(1, Math.ceil(countOf(ofCall.filter((one) => isShown(one, show))) / A_PAGE));
    const given = wanted.page ?? '';
    const at = /^\d{1,6}$/.test(given) ? Math.min(Math.max(1, Number(given)), pages) : 1;
    const chosen = await standings(caseFile, clock.now, {
      ...{ show, from: (at - 1) * A_PAGE, most: A_PAGE },
      call: call ? ofCall[0] : undefined,
    });
    const rows = await boardRows(caseFile, chosen, clock.now);
    const asked: BoardFilter = { show, call, page: at };
    return html`${filters(asked, ofCall, all, calls, clock)}
${rows.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : ''}
${[...Map.groupBy(rows, callOf)].map(
  ([
    one,
    theirs,
  ]) => html`<section aria-labelledby="call-${one}"><h2 class="govuk-heading-m" id="call-${one}">${callLabel(one, clock)}</h2>
${table(theirs, callLabel(one, clock), temporalUiUrl, clock)}
${timeline({ rows: theirs, call: callLabel(one, clock), id: `timeline-${one}` }, clock)}
${reportLink(theirs, clock)}</section>`,
)}
${pages > 1 ? pagination(asked, pages, clock) : ''}`;
  }
}

const reportLink = ([first]: readonly BoardRow[], { language }: Clock): Html | '' =>
  first
    ? html`<p class="govuk-body"><a class="govuk-link" href="/calls/${first.callNumber}">${speaker('papers.callReport', language)('title', { n: first.callNumber })}</a></p>`
    : '';

/** Where there is no cooperation yet: how an officer gets the first one. */
function firstSteps({ language }: Clock): Html {
  const say = speaker('site.board', language);
  const link = (href: string, label: string) =>
    html`<li><a class="govuk-link" href="${href}">${label}</a></li>`;
  return html`<p class="govuk-body">${say('first')}</p>
<ul class="govuk-list govuk-list--bullet">${link('/new/form', say('firstWrite'))}${link('/new/form?example=peru-chile-2021', say('firstExample'))}</ul>`;
}

function pathOf({ show, call, page }: BoardFilter): string {
  const query = new URLSearchParams({
    ...(show !== 'all' && { show }),
    ...(call && { call }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return query ? `/board?${query}` : '/board';
}

function filters(
  asked: BoardFilter,
  ofCall: readonly StandingCount[],
  all: readonly StandingCount[],
  calls: readonly string[],
  clock: Clock,
): Html {
  const say = speaker('site.board', clock.language);
  const link = (to: Partial<BoardFilter>, active: boolean, label: string): Html =>
    html`<li><a class="govuk-link" href="${pathOf({ ...asked, page: 1, ...to })}"${active ? html` aria-current="true"` : ''}>${label}</a></li>`;
  const counts = SHOWS.map((show) => ({ show, n: countOf(ofCall.filter((one) => isShown(one, show))) }));
  // A state in which nothing stands needs no place, unless that is what is looked at.
  const offered = counts.filter(({ show, n }) => n > 0 || !isState(show) || show === asked.show);
  return html`<nav aria-label="${say('filters')}"><ul class="rial-board-filters govuk-body">${offered.map(
    ({ show, n }) => link({ show }, show === asked.show, showLabel(show, n, clock)),
  )}</ul></nav>
${
  calls.length > 1
    ? html`<nav aria-label="${say('calls')}"><ul class="rial-board-filters govuk-body">${link({ call: undefined }, !asked.call, say('everyCall'))}${calls.map(
        (call) =>
          link(
            { call },
            call === asked.call,
            say('oneCall', {
              call: callLabel(call, clock),
              n: countOf(all.filter((one) => callOf(one) === call)),
            }),
          ),
      )}</ul></nav>`
    : ''
}`;
}

const isState = (show: Show): show is CaseState => CASE_STATES.some((state) => state === show);

function showLabel(show: Show, n: number, { language }: Clock): string {
  const say = speaker('site.board.show', language);
  return isState(show)
    ? say('state', { states: speaker('labels.states', language)(show), n })
    : say(show, { n });
}

function pagination(asked: BoardFilter, pages: number, { language }: Clock): Html {
  const say = speaker('site.board', language);
  const to = (page: number, key: 'previous' | 'next') =>
    page >= 1 && page <= pages
      ? html`<a class="govuk-link" rel="${key === 'next' ? 'next' : 'prev'}" href="${pathOf({ ...asked, page })}">${say(key)}</a>`
      : '';
  return html`<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${to(asked.page - 1, 'previous')}<span>${say('where', { page: asked.page, pages })}</span>${to(asked.page + 1, 'next')}</nav>`;
}

function table(
  rows: readonly BoardRow[],
  call: string,
  temporalUiUrl: string | undefined,
  clock: Clock,
): Html {
  const say = speaker('site.board', clock.language);
  const caption = say('waiting', { call });
  const columns = ['cooperation', 'step', 'who', 'what', 'since', 'due'] as const;
  return html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${caption}"><table class="govuk-table rial-board rial-board--cards"><caption class="govuk-visually-hidden">${caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map((key) => html`<th scope="col" class="govuk-table__header">${say(key)}</th>`)}</tr></thead>
${rows.map((row) => {
  const lines = Math.max(1, row.owed.length);
  const [first, ...others] = row.owed;
  return html`<tbody class="govuk-table__body"><tr class="govuk-table__row"><th scope="rowgroup" rowspan="${lines}" class="govuk-table__header">${heading(row, temporalUiUrl, clock)}</th><td rowspan="${lines}" class="govuk-table__cell">${stepIn(row, clock)}</td>${
    first
      ? owedCells(first, row, clock)
      : html`<td colspan="4" class="govuk-table__cell">${nobodyIn(row, clock)}</td>`
  }</tr>${others.map((owed) => html`<tr class="govuk-table__row">${owedCells(owed, row, clock)}</tr>`)}</tbody>`;
})}</table></div>`;
}

function heading(row: BoardRow, temporalUiUrl: string | undefined, clock: Clock): Html {
  const { language } = clock;
  const say = speaker('site.board', language);
  const name = directionOf(row.institutions, language);
  const workflow = encodeURIComponent(workflowId(row.id));
  return html`<a class="govuk-link" href="/c/${row.id}">${name}</a><span class="rial-board__subject">${row.subject}</span><span class="rial-board__subject rial-soft">${row.id}</span>${
    row.standsIn && !row.closedAt
      ? html`<span class="rial-board__subject">${say('standsIn', { ...row.standsIn, until: calendarDay(row.standsIn.until, clock) })}</span>`
      : ''
  }${
    temporalUiUrl
      ? html`<a class="govuk-link govuk-body-s" href="${temporalUiUrl}/workflows/${workflow}">${say('temporal')}<span class="govuk-visually-hidden"> (${name}, ${row.id})</span></a>`
      : ''
  }`;
}

/** Where nobody is waited on, what comes next. */
function nobodyIn(row: BoardRow, clock: Clock): string {
  const say = speaker('site.board', clock.language);
  const asked =
    row.state === 'followedUp' && row.followUps.find(({ at }) => Date.parse(at) > Date.parse(clock.now));
  if (asked) return say('followUpAt', { months: String(asked.months), when: ownMomentOf(asked.at, clock) });
  const next = nextEvent(row, clock.now);
  if (!next) return say('nobody');
  return say(
    'nextEvent',
    'meeting' in next
      ? {
          event: stepLabel('coordination', clock.language),
          when: momentOf(next.meeting.startsAt, clock, next.meeting.endsAt),
        }
      : { event: sessionTitle(next.session.number, clock.language), when: sessionDate(next.session, clock) },
  );
}

const COLOURS = {
  paused: 'yellow',
  followedUp: 'blue',
  closed: 'green',
  cancelled: 'grey',
} as const satisfies Record<Exclude<CaseState, 'running'>, string>;

/** The last step that has begun, and whether the cooperation goes on at all. */
function stepIn(row: BoardRow, { language }: Clock): Html {
  const { steps, state } = row;
  const stands = state === 'running' ? '' : tag(COLOURS[state], speaker('labels.state', language)(state));
  if (state !== 'running' && state !== 'paused') return html`${stands}`;
  const current = steps.findLast(({ state }) => state === 'current') ?? steps[0];
  if (!current) return html``;
  const number = steps.indexOf(current) + 1;
  return html`${number}. ${speaker('labels.step', language)(current.step)}${
    current.sessions
      ? html` (${speaker('site.board', language)('sessionsHeld', { ...current.sessions })})`
      : ''
  } ${stands}`;
}

function owedCells(owed: OwedAnswer, row: BoardRow, clock: Clock): Html {
  const { language, timeZone, now } = clock;
  const say = speaker('site.board', language);
  const what = requestLabel({ ...owed, id: owed.request }, language);
  const zone = row.institutions.find(({ id }) => id === owed.party)?.timezone ?? timeZone;
  return html`<td class="govuk-table__cell" data-label="${say('who')}"><a class="govuk-link" href="/c/${row.id}/requests/${owed.request}">${partyNamed(row, owed.party, language)}<span class="govuk-visually-hidden"> (${what})</span></a>${
    owed.forSecretariat ? html` <strong class="govuk-tag govuk-tag--yellow">${say('decide')}</strong>` : ''
  }${
    owed.kind === 'resolve-trouble'
      ? html` <strong class="govuk-tag govuk-tag--red">${say('trouble')}</strong>`
      : ''
  }${owed.away.map((one) => html`<span class="rial-board__subject">${awayText(one, clock)}</span>`)}</td><td class="govuk-table__cell" data-label="${say('what')}">${what}</td><td class="govuk-table__cell" data-label="${say('since')}"><time class="rial-board__since" datetime="${owed.openedAt}">${ago(owed.openedAt, language, new Date(now))}</time></td><td class="govuk-table__cell" data-label="${say('due')}">${
    owed.overdue ? html`<strong class="govuk-tag govuk-tag--red">${say('late')}</strong> ` : ''
  }<time datetime="${owed.dueAt}">${fullMoment(owed.dueAt, [timeZone, zone], language)}</time></td>`;
}
