import { html } from 'hono/html';
import { viewOf } from '../../casefile/view.ts';
import type { RequestView } from '../../domain/caseView.ts';
import { nextEvent, nextSession } from '../../domain/standing.ts';
import { momentOf, sessionDate } from '../../words/dates/dates.ts';
import { sessionTitle, stepLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type PageContext, siteApp } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { stateLine } from '../parts/banner.ts';
import { callName, cooperationName } from '../parts/names.ts';
import { searchBox } from '../parts/searchBox.ts';
import { turnList, turnsOf } from '../parts/waiting.ts';
import { type Visit, visitOf } from '../visit.ts';
import { isCaseOver } from './changes/kind.ts';

/**
 * The start: staff go to the board; others to their cooperation, or to the list of them, with what each asks of them:
 * what is due first comes first, what has ended last.
 */

export function homePage(outside: SiteOutside) {
  const app = siteApp();
  app.get('/', async (c) => {
    const viewer = c.get('viewer');
    if (!viewer) return c.redirect('/sign-in');
    if (viewer.role !== 'participant') return c.redirect('/board');
    const ids = [...new Set([...viewer.people, ...viewer.mailbox].map(({ cooperation }) => cooperation))];
    if (ids.length === 1) return c.redirect(`/c/${ids[0]}`);
    const own = (await Promise.all(ids.map((id) => ownIn(outside, c, id)))).flat();
    const [ended, going] = [own.filter(isOver), own.filter((one) => !isOver(one)).sort(dueFirst)];
    const language = c.get('language');
    const say = speaker('site.home', language);
    return page(c, {
      title: say('title'),
      body: html`${searchBox(language)}
${going.map(cooperationLines)}
${ended.length > 0 ? html`<h2 class="govuk-heading-m">${say('ended')}</h2><ul class="govuk-list govuk-list--spaced">${ended.map(endedLine)}</ul>` : ''}
<p class="govuk-body"><a class="govuk-link" href="/calendar">${speaker('site.calendar', language)('link')}</a></p>`,
    });
  });
  return app;
}

/** A cooperation as its reader sees it, and what is asked of them there. */
type Own = { visit: Visit; yours: RequestView[] };

async function ownIn({ caseFile, now }: SiteOutside, c: PageContext, id: string): Promise<Own[]> {
  const [viewer, view] = [c.get('viewer'), await viewOf(caseFile, id, now())];
  if (!viewer || !view) return [];
  const people = viewer.people.filter(({ cooperation }) => cooperation === id);
  const visit = visitOf(view, { viewer, people, language: c.get('language'), now: now() });
  return [{ visit, yours: isCaseOver(view) ? [] : (await turnsOf(caseFile, visit)).yours }];
}

const isOver = ({ visit: { view } }: Own): boolean => isCaseOver(view);

const dueFirst = (a: Own, b: Own): number => firstDue(a) - firstDue(b);
const firstDue = ({ yours, visit: { view } }: Own): number =>
  view.pausedAt || yours.length === 0
    ? Number.MAX_SAFE_INTEGER
    : Math.min(...yours.map(({ dueAt }) => Date.parse(dueAt)));

function cooperationLines({ visit, yours }: Own): Html {
  const { view, clock, person } = visit;
  const { language } = clock;
  const state = stateLine(view, clock);
  return html`<div class="rial-own">
<h2 class="govuk-heading-m rial-close">${nameLink(visit)}</h2>
<p class="govuk-body">${view.programme.subject} <span class="rial-soft">· ${callName(view, language)}</span></p>
${state ? html`<p class="govuk-body">${state}</p>` : ''}
${yours.length > 0 ? turnList(yours, view, clock) : person ? html`<p class="govuk-body">${speaker('site.home', language)('nothing')}</p>` : ''}
${comesNext(visit)}</div>`;
}

const endedLine = ({ visit }: Own): Html =>
  html`<li>${nameLink(visit)} — ${visit.view.programme.subject}<br><span class="rial-soft">${stateLine(visit.view, visit.clock)}</span></li>`;

const nameLink = ({ view, clock }: Visit): Html =>
  html`<a class="govuk-link" href="/c/${view.id}">${cooperationName(view, clock.language)}</a>`;

/** The meeting or the session that is next; of a guest, the one they are invited to. */
function comesNext({ view, clock, capacity, person }: Visit): Html | '' {
  const say = speaker('site.home', clock.language);
  const line = (what: string, when: string) =>
    html`<p class="govuk-body-s rial-soft">${say('next', { what, when })}</p>`;
  const next =
    capacity === 'guest'
      ? {
          session: nextSession(
            view.sessions.filter(({ number }) => number === person?.session),
            clock.now,
          ),
        }
      : nextEvent(view, clock.now);
  if (next && 'meeting' in next)
    return line(
      stepLabel('coordination', clock.language),
      momentOf(next.meeting.startsAt, clock, next.meeting.endsAt),
    );
  return next?.session
    ? line(sessionTitle(next.session.number, clock.language), sessionDate(next.session, clock))
    : '';
}
