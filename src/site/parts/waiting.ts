import { html } from 'hono/html';
import type { CaseFile } from '../../casefile/database/database.ts';
import { cachedRead } from '../../casefile/database/readCache.ts';
import type { PersonRow } from '../../casefile/database/schema.ts';
import { delegationStanding, inChargeAmong } from '../../casefile/people.ts';
import {
  type CaseView,
  openRequests,
  partyZone,
  type RequestView,
  waitsOnDecision,
} from '../../domain/caseView.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import { awayAmong } from '../../domain/mails/awayReply.ts';
import { caseState } from '../../domain/standing.ts';
import { awayText } from '../../words/awayReply.ts';
import { isRunning } from '../../words/brief.ts';
import { type Clock, daysUntil, momentOf } from '../../words/dates/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { joined } from '../../words/lists.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import type { Visit } from '../visit.ts';

/** What is asked of the reader, and whom the cooperation waits on. */

/** One party that owes one answer; `people` are those of it who have the request, where the reader is of it. */
type OpenAnswer = { request: RequestView; party: string; people?: PersonRow[] };
export type Turns = { yours: RequestView[]; others: OpenAnswer[] };

/** What is open: what this reader is in charge of, and what everybody else owes, the overdue first. */
export async function turnsOf(
  db: CaseFile,
  { view, parts, capacity, clock }: Pick<Visit, 'view' | 'parts' | 'capacity' | 'clock'>,
): Promise<Turns> {
  const own = capacity === 'observer' ? [] : parts.filter(({ role }) => role !== 'guest');
  const owed: OpenAnswer[] = openRequests(view.requests).flatMap((request) =>
    request.owing.map((party) => ({ request, party })),
  );
  const standings = new Map(
    await Promise.all(
      [...new Set(own.map(({ party }) => party))].map(async (party) => {
        const standing = await cachedRead(db, `delegation ${view.id} ${party}`, () =>
          delegationStanding(db, view.id, [party]),
        );
        return [party, standing] as const;
      }),
    ),
  );
  const known = owed.map((one): OpenAnswer => {
    const standing = standings.get(one.party);
    if (!standing) return one;
    const { people } = inChargeAmong(standing, one.request.id, ({ timeZone }) => dateIn(clock.now, timeZone));
    return { ...one, people };
  });
  const isYours = ({ people }: OpenAnswer) =>
    people?.some(({ id }) => own.some((part) => part.id === id)) === true;
  return {
    yours: known.filter(isYours).map(({ request }) => request),
    others: known.filter((one) => !isYours(one)),
  };
}

const pathOf = ({ id }: Pick<CaseView, 'id'>, request: RequestView): string =>
  `/c/${id}/requests/${request.id}`;

/** How much time is left, or that none is; nothing while the cooperation is paused and no period runs. */
function timeTag(request: RequestView, { pausedAt }: CaseView, clock: Clock): Html | '' {
  const say = speaker('site.waiting', clock.language);
  if (pausedAt) return '';
  if (request.overdue) return html`<strong class="govuk-tag govuk-tag--red">${say('overdue')}</strong>`;
  const days = Math.max(0, daysUntil(request.dueAt, clock));
  const colour = days <= 2 ? 'yellow' : 'blue';
  return html`<strong class="govuk-tag govuk-tag--${colour}">${say('left', { days })}</strong>`;
}

/** Whether what is asked first is about to be: the cooperation was started after its meeting, and there is no request yet. */
const isPreparing = (view: CaseView, { now }: Clock): boolean =>
  view.requests.length === 0 &&
  caseState(view) === 'running' &&
  view.meeting.cancelledAt === null &&
  Date.parse(view.meeting.endsAt) <= Date.parse(now);

/** What the reader is asked for, each with its button; nothing while what is asked first is being prepared. */
export function yourTurn(yours: readonly RequestView[], view: CaseView, clock: Clock): Html | '' {
  if (isPreparing(view, clock)) return '';
  const say = speaker('site.waiting', clock.language);
  return html`<section class="rial-call" aria-labelledby="yours"><h2 class="govuk-heading-m" id="yours">${say('yours')}</h2>
${
  yours.length === 0 ? html`<p class="govuk-body">${say('nothingYours')}</p>` : turnList(yours, view, clock)
}</section>`;
}

/** Requests that the reader is in charge of, each with its button. */
export function turnList(yours: readonly RequestView[], view: CaseView, clock: Clock): Html {
  const say = speaker('site.waiting', clock.language);
  return html`<ul class="rial-turns">${yours.map(
    (
      request,
    ) => html`<li><div><p class="govuk-body"><strong>${requestLabel(request, clock.language)}</strong></p>
<p class="govuk-body-s">${timeTag(request, view, clock)} ${isRunning(request) ? say(request.overdue ? 'wasDueFor' : 'dueFor', { when: momentOf(request.dueAt, clock) }) : ''}</p></div>
<a class="govuk-button" role="button" draggable="false" href="${pathOf(view, request)}">${say('answer')}<span class="govuk-visually-hidden"> (${requestLabel(request, clock.language)})</span></a></li>`,
  )}</ul>`;
}

/** Whom the cooperation waits on: for what, since when, and until when on their own clock. */
export function waitingOn(
  others: readonly OpenAnswer[],
  { view, capacity }: Pick<Visit, 'view' | 'capacity'>,
  clock: Clock,
): Html {
  const { language } = clock;
  const say = speaker('site.waiting', language);
  const line = ({ request, party, people }: OpenAnswer): Html => {
    const theirs = { ...clock, timeZone: partyZone(view, party), others: [clock.timeZone] };
    const days = Math.max(0, -daysUntil(request.openedAt, clock));
    const told = [
      say('since', { days }),
      ...(isRunning(request)
        ? [say(request.overdue ? 'wasDue' : 'due', { when: momentOf(request.dueAt, theirs) })]
        : []),
      ...(people?.length
        ? [
            say('inCharge', {
              names: joined(
                people.map(({ name }) => name),
                language,
              ),
            }),
          ]
        : []),
    ];
    return html`<li><p class="govuk-body"><strong>${partyNamed(view.programme, party, language)}</strong> — <a class="govuk-link" href="${pathOf(view, request)}">${requestLabel(request, language)}</a> ${request.overdue ? timeTag(request, view, clock) : ''}</p>
<p class="govuk-body-s rial-soft">${told.join(' · ')}</p>${
      capacity === 'staff'
        ? awayAmong(view, party, clock.now).map(
            (one) => html`<p class="govuk-body-s">${awayText(one, clock)}</p>`,
          )
        : ''
    }${
      capacity === 'staff' && waitsOnDecision(request)
        ? html`<p class="govuk-body-s">${say('forSecretariat')} <a class="govuk-link" href="/c/${view.id}/changes">${say('intervene')}</a></p>`
        : ''
    }</li>`;
  };
  return html`<section aria-labelledby="waiting"><h2 class="govuk-heading-m" id="waiting">${say('waitingOn')}</h2>
${others.length === 0 ? html`<p class="govuk-body">${say(isPreparing(view, clock) ? 'preparing' : 'nobody')}</p>` : html`<ul class="rial-waiting">${others.map(line)}</ul>`}</section>`;
}
