import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import type { Language } from '../../domain/language.ts';
import { type SessionStanding, sessionStanding } from '../../domain/standing.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { followable } from '../../words/plainText.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** A session wherever a page shows one: its date, how it stands, and how to be there. */

export type Session = CaseView['sessions'][number];

const COLOURS: Record<SessionStanding, string> = {
  'to-date': 'grey',
  dated: 'blue',
  'to-record': 'yellow',
  held: 'green',
  cancelled: 'red',
};

export function sessionTag(session: Session, { language, now }: Clock): Html {
  const state = sessionStanding(session, now);
  return html`<strong class="govuk-tag govuk-tag--${COLOURS[state]}">${speaker('site.sessions', language)(state)}</strong>`;
}

/** Its link comes forward as a button this long before it begins. */
const JOIN_BEFORE_MS = 15 * 60 * 1000;

/** Ways to be there, of a session that is still to take place: its link, and its entry for a calendar. */
export function sessionLinks(cooperation: string, session: Session, { language, now }: Clock): Html | '' {
  if (sessionStanding(session, now) !== 'dated') return '';
  const say = speaker('site.sessions', language);
  const { number, startsAt } = session;
  const isTime = startsAt !== null && Date.parse(startsAt) - Date.parse(now) <= JOIN_BEFORE_MS;
  return waysThere(
    session,
    {
      of: sessionTitle(number, language),
      page: `/c/${cooperation}/sessions/${number}`,
      join: isTime
        ? { style: 'govuk-button', label: say('joinNow') }
        : { style: 'govuk-link', label: say('join') },
    },
    language,
  );
}

/** The link of a meeting, and its entry for a calendar once people have been invited to it. `of`: what it is called. */
export function waysThere(
  { link, sequence }: Pick<Session, 'link' | 'sequence'>,
  { of: name, page, join }: { of: string; page: string; join: { style: string; label: string } },
  language: Language,
): Html {
  const of = html`<span class="govuk-visually-hidden"> (${name})</span>`;
  return html`<p class="govuk-body rial-actions">${
    link && followable(link)
      ? html`<a class="${join.style}" href="${link}" rel="noreferrer">${join.label}${of}</a>`
      : ''
  }${
    sequence >= 0
      ? html`<a class="govuk-link" href="${page}/calendar.ics">${speaker('site.sessions', language)('calendar')}${of}</a>`
      : ''
  }</p>`;
}

export type ListKey = 'outputs' | 'attendance' | 'commitments';

/** What a meeting brought, or who was there: a heading and a list; nothing where there is nothing. */
export const listLeft = (key: ListKey, items: readonly string[], language: Language): Html | '' =>
  items.length > 0
    ? html`<h2 class="govuk-heading-m">${speaker('site.session', language)(key)}</h2>${bulleted(items)}`
    : '';

export const bulleted = (items: readonly string[]): Html =>
  html`<ul class="govuk-list govuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
