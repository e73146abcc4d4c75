import { html } from 'hono/html';
import { acceptanceIn, type CaseView } from '../../domain/caseView.ts';
import { caseState } from '../../domain/standing.ts';
import { type Clock, dayOf } from '../../words/dates/dates.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** What everybody has to know first of a cooperation that does not go on as planned, or has ended. */

export function banner(view: CaseView, clock: Clock): Html | '' {
  const state = caseState(view);
  const said = stateLine(view, clock);
  if (!said) return '';
  const say = speaker('site.banner', clock.language);
  const isOver = state === 'closed' || state === 'followedUp';
  const change = state === 'cancelled' ? 'cancel' : state === 'paused' ? 'pause' : undefined;
  const reason = view.changes.findLast(({ kind }) => kind === change)?.reason;
  return html`<div class="govuk-notification-banner${isOver ? ' govuk-notification-banner--success' : ''}" role="region" aria-labelledby="banner">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="banner">${say('important')}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${said}</p>
${state === 'followedUp' ? followedUp(view, clock) : ''}${reason ? html`<p class="govuk-body rial-prewrap">${say('reason')} ${reason}</p>` : ''}</div></div>`;
}

/** That it is paused, or has ended, since when, and by what; nothing where it goes on. */
export function stateLine(view: CaseView, clock: Clock): string {
  const state = caseState(view);
  const at = view.cancelledAt ?? view.closedAt ?? view.pausedAt;
  if (state === 'running' || !at) return '';
  const { party = view.programme.finalReport.receives } = acceptanceIn(view) ?? {};
  const theParty = partyNamed(view.programme, party, clock.language, 'the');
  return speaker('site.banner', clock.language)(state === 'followedUp' ? 'closed' : state, {
    day: dayOf(at, clock),
    theParty,
  });
}

/** When the ministries are asked what came of it, or that they are being asked. */
function followedUp(view: CaseView, clock: Clock): Html | '' {
  const say = speaker('site.banner', clock.language);
  const asked = view.requests.some(({ kind, closedAt }) => closedAt === null && kind === 'tell-outcomes');
  const next = view.followUps.find(({ at }) => Date.parse(at) > Date.parse(clock.now));
  if (!asked && !next) return '';
  return html`<p class="govuk-body">${
    asked || !next
      ? say('followUpNow')
      : say('followUpAt', { months: String(next.months), day: dayOf(next.at, clock) })
  }</p>`;
}
