import { html } from 'hono/html';
import { type CaseView, openRequests, type RequestView } from '../../domain/caseView.ts';
import type { RequestKind } from '../../domain/kinds/index.ts';
import { nextSession } from '../../domain/standing.ts';
import { isRunning } from '../../words/brief.ts';
import { momentOf, sessionDate } from '../../words/dates/dates.ts';
import { requestLabel, sessionTitle } from '../../words/labels.ts';
import { joined } from '../../words/lists.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import type { Visit } from '../visit.ts';
import { success } from './govuk.ts';
import { cooperationName } from './names.ts';

/** What follows from what somebody has just done: whom is written to, what is asked next, and where to watch it. */

type Looking = Pick<Visit, 'view' | 'clock'>;

/** Of a cooperation that was just started; nothing any more once somebody has answered. */
export function followsStart({ view, clock }: Looking): Html | '' {
  if (view.requests.some(({ answers }) => answers.length > 0)) return '';
  const { language } = clock;
  const say = speaker('site.following', language);
  const inside = speaker('site.inside', language);
  const items = firstSteps({ view, clock }).map((text) => html`<li>${text}</li>`);
  const links = (['outbox', 'record'] as const).map(
    (place) => html`<a class="govuk-link" href="/c/${view.id}/${place}">${inside(place)}</a>`,
  );
  return success(
    'started',
    say('started'),
    `${cooperationName(view, language)} (${view.id})`,
    html`<h3 class="govuk-heading-s">${say('next')}</h3><ul class="govuk-list govuk-list--bullet">${items}</ul>
<p class="govuk-body">${say('watch')} ${links[0]} · ${links[1]}</p>`,
  );
}

/** The coordination meeting is convened, or what it agreed on is asked for. */
function firstSteps({ view, clock }: Looking): string[] {
  const say = speaker('site.following', clock.language);
  const named = (roles: readonly CaseView['people'][number]['role'][]) =>
    joined(
      view.people.filter(({ active, role }) => active && roles.includes(role)).map(({ name }) => name),
      clock.language,
    );
  const { startsAt, endsAt } = view.meeting;
  const asked = {
    names: named(['staff']),
    request: requestLabel({ kind: 'confirm-coordination', item: null }, clock.language),
  };
  if (Date.parse(endsAt) <= Date.parse(clock.now)) return [say('atOnce', asked)];
  const when = momentOf(startsAt, clock, endsAt);
  return [
    ...(Date.parse(startsAt) > Date.parse(clock.now)
      ? [say('convened', { names: named(['delegate', 'staff']), when })]
      : []),
    say('afterwards', { ...asked, when: momentOf(endsAt, clock) }),
  ];
}

/** Those that a session's date comes from, which may have passed by then. */
const DATING: ReadonlySet<RequestKind> = new Set(['settle-session', 'confirm-date']);

/** Of a request to which the last answer was given: what was asked for since, or which session is next. */
export function followsAnswer(
  { view, clock }: Looking,
  { closedAt, kind, item }: Pick<RequestView, 'closedAt' | 'kind' | 'item'>,
): Html | '' {
  if (!closedAt || view.closedAt) return '';
  const { language } = clock;
  const say = speaker('site.following', language);
  const since = openRequests(view.requests).filter(
    ({ openedAt }) => Date.parse(openedAt) >= Date.parse(closedAt),
  );
  // Until the programme is approved, that is what comes next, whatever the dates of its sessions.
  const isAgreed = view.steps.some(({ step, state }) => step === 'coordination' && state === 'done');
  const session = isAgreed ? nextSession(view.sessions, clock.now) : undefined;
  // A session whose date was just settled, and is over, is recorded before another is held.
  const over =
    DATING.has(kind) &&
    view.sessions.some(
      ({ number, startsAt, recordedAt, cancelledAt }) =>
        number === item && startsAt && startsAt <= clock.now && !recordedAt && !cancelledAt,
    );
  const lines =
    since.length > 0
      ? since.map((request) => askedSince(request, { view, clock }))
      : [
          ...(over
            ? [
                html`<li>${say('minutes', { request: requestLabel({ kind: 'record-session', item }, language) })}</li>`,
              ]
            : []),
          ...(session
            ? [
                html`<li>${say('session', { session: sessionTitle(session.number, language), when: sessionDate(session, clock) })}</li>`,
              ]
            : []),
        ];
  return html`<h3 class="govuk-heading-s">${say('next')}</h3>${
    lines.length > 0 ? html`<ul class="govuk-list govuk-list--bullet">${lines}</ul>` : ''
  }${
    since.length > 0
      ? ''
      : html`<p class="govuk-body">${say('soon')} <a class="govuk-link" href="/c/${view.id}">${cooperationName(view, language)}</a>.</p>`
  }`;
}

function askedSince(request: RequestView, { view, clock }: Looking): Html {
  const say = speaker('site.following', clock.language);
  const who = joined(
    request.owing.map((party) => partyNamed(view.programme, party, clock.language)),
    clock.language,
  );
  const until = isRunning(request) ? say('asked', { who, when: momentOf(request.dueAt, clock) }) : who;
  return html`<li><a class="govuk-link" href="/c/${view.id}/requests/${request.id}">${requestLabel(request, clock.language)}</a><br><span class="rial-soft">${until}</span></li>`;
}
