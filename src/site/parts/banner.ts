import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { isFollowedUp } from '../../domain/followUp.ts';
import { isOfFollowUp } from '../../domain/request.ts';
import { type Clock, dayOf } from '../../words/dates.ts';
import { partyNamed } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** What everybody has to know first of a cooperation that does not go on as planned, or has ended. */

export function banner(view: CaseView, clock: Clock): Html | '' {
  const { changes } = view;
  const [state, , change] = stateOf(view);
  const said = stateLine(view, clock);
  if (!said) return '';
  const say = speaker('site.banner', clock.language);
  const reason = changes.findLast(({ kind }) => kind === change)?.reason;
  return html`<div class="govuk-notification-banner${state === 'closed' ? ' govuk-notification-banner--success' : ''}" role="region" aria-labelledby="banner">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="banner">${say('important')}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${said}</p>
${state === 'closed' ? followedUp(view, clock) : ''}${reason ? html`<p class="govuk-body rial-prewrap">${say('reason')} ${reason}</p>` : ''}</div></div>`;
}

type CaseStanding = Pick<CaseView, 'programme' | 'cancelledAt' | 'closedAt' | 'pausedAt'>;

/** That it is paused, or has ended, since when, and by what; nothing where it goes on. */
export function stateLine(view: CaseStanding, clock: Clock): string {
  const [state, at] = stateOf(view);
  const theParty = partyNamed(view.programme, view.programme.finalReport.receives, clock.language, 'the');
  return at ? speaker('site.banner', clock.language)(state, { day: dayOf(at, clock), theParty }) : '';
}

const stateOf = ({ cancelledAt, closedAt, pausedAt }: CaseStanding) =>
  cancelledAt
    ? (['cancelled', cancelledAt, 'cancel'] as const)
    : closedAt
      ? (['closed', closedAt, undefined] as const)
      : (['paused', pausedAt, 'pause'] as const);

/** When the ministries are asked what came of it, or that they are being asked. */
function followedUp(view: CaseView, clock: Clock): Html | '' {
  if (!isFollowedUp(view)) return '';
  const say = speaker('site.banner', clock.language);
  const asked = view.requests.some((one) => one.closedAt === null && isOfFollowUp(one));
  const next = view.followUps.find(({ at }) => Date.parse(at) > Date.parse(clock.now));
  if (!asked && !next) return '';
  return html`<p class="govuk-body">${
    asked || !next
      ? say('followUpNow')
      : say('followUpAt', { months: String(next.months), day: dayOf(next.at, clock) })
  }</p>`;
}
