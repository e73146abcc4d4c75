import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { beginsAt, inOrder } from '../../domain/sessionOrder.ts';
import type { Clock } from '../../words/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { followable } from '../../words/plainText.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** A session wherever a page shows one: its date, how it stands, and how to be there. */

export type Session = CaseView['sessions'][number];
export type SessionState = 'to-date' | 'dated' | 'to-record' | 'held' | 'cancelled';

/** How a session stands at an instant: it is to be recorded once its time is over. */
export function sessionState(session: Session, now: string): SessionState {
  if (session.cancelledAt) return 'cancelled';
  if (session.recordedAt) return 'held';
  if (!session.endsAt) return 'to-date';
  return Date.parse(session.endsAt) <= Date.parse(now) ? 'to-record' : 'dated';
}

/** The session that people prepare for: of those neither over nor cancelled, the first by the clock. */
export const nextSession = ({ sessions }: Pick<CaseView, 'sessions'>, now: string): Session | undefined =>
  sessions
    .filter((session) => ['to-date', 'dated'].includes(sessionState(session, now)))
    .sort((a, b) => inOrder(beginsAt(a, now), beginsAt(b, now)))[0];

const COLOURS: Record<SessionState, string> = {
  'to-date': 'grey',
  dated: 'blue',
  'to-record': 'yellow',
  held: 'green',
  cancelled: 'red',
};

export function sessionTag(session: Session, { language, now }: Clock): Html {
  const state = sessionState(session, now);
  return html`<strong class="govuk-tag govuk-tag--${COLOURS[state]}">${speaker('site.sessions', language)(state)}</strong>`;
}

/** Its link comes forward as a button this long before it begins. */
const JOIN_BEFORE_MS = 15 * 60 * 1000;

/** Ways to be there, of a session that is still to take place: its link, and its entry for a calendar. */
export function sessionLinks(cooperation: string, session: Session, { language, now }: Clock): Html | '' {
  if (sessionState(session, now) !== 'dated') return '';
  const say = speaker('site.sessions', language);
  const { number, link, sequence, startsAt } = session;
  const isTime = startsAt !== null && Date.parse(startsAt) - Date.parse(now) <= JOIN_BEFORE_MS;
  const of = html`<span class="govuk-visually-hidden"> (${sessionTitle(number, language)})</span>`;
  return html`<p class="govuk-body rial-actions">${
    link && followable(link)
      ? html`<a class="${isTime ? 'govuk-button' : 'govuk-link'}" href="${link}" rel="noreferrer">${say(isTime ? 'joinNow' : 'join')}${of}</a>`
      : ''
  }${
    sequence >= 0
      ? html`<a class="govuk-link" href="/c/${cooperation}/sessions/${number}/calendar.ics">${say('calendar')}${of}</a>`
      : ''
  }</p>`;
}
