import { html } from 'hono/html';
import type { CaseView } from '../../casefile/caseView.ts';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import { type Clock, dayOf } from '../../mail/dates.ts';
import { partyName } from '../../wording/labels.ts';
import type { Html } from '../frame.ts';

/** What everybody has to know first of a cooperation that does not go on as planned, or has ended. */

const TEXTS = {
  important: { es: 'Importante', en: 'Important', pt: 'Importante', fr: 'Important' },
  paused: {
    es: 'La cooperación está en pausa desde el {day}. Mientras tanto no corre ningún plazo.',
    en: 'The cooperation has been paused since {day}. No period runs meanwhile.',
    pt: 'A cooperação está em pausa desde {day}. Enquanto isso, nenhum prazo corre.',
    fr: 'La coopération est suspendue depuis le {day}. Aucun délai ne court entre-temps.',
  },
  cancelled: {
    es: 'La cooperación se canceló el {day}.',
    en: 'The cooperation was cancelled on {day}.',
    pt: 'A cooperação foi cancelada ({day}).',
    fr: 'La coopération a été annulée le {day}.',
  },
  closed: {
    es: 'La cooperación concluyó el {day}: {party} recibió el Informe Final.',
    en: 'The cooperation was completed on {day}: {party} received the Final Report.',
    pt: 'A cooperação foi concluída ({day}): {party} recebeu o Relatório Final.',
    fr: 'La coopération s’est achevée le {day}\u00a0: {party} a reçu le rapport final.',
  },
  reason: { es: 'Motivo:', en: 'Reason:', pt: 'Motivo:', fr: 'Motif\u00a0:' },
} as const satisfies Catalogue;

export function banner(view: CaseView, clock: Clock): Html | '' {
  const { cancelledAt, closedAt, pausedAt, programme, changes } = view;
  const [state, at, change] = cancelledAt
    ? (['cancelled', cancelledAt, 'cancel'] as const)
    : closedAt
      ? (['closed', closedAt, undefined] as const)
      : (['paused', pausedAt, 'pause'] as const);
  if (!at) return '';
  const say = speaker(TEXTS, clock.language);
  const party = partyName(view, programme.finalReport.receives, clock.language);
  const reason = changes.findLast(({ kind }) => kind === change)?.reason;
  return html`<div class="govuk-notification-banner${state === 'closed' ? ' govuk-notification-banner--success' : ''}" role="region" aria-labelledby="banner">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="banner">${say('important')}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${say(state, { day: dayOf(at, clock), party })}</p>
${reason ? html`<p class="govuk-body rial-prewrap">${say('reason')} ${reason}</p>` : ''}</div></div>`;
}
