import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { dayOf, daysUntil, isWeekend } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { bodyOf, labelOf, leadOf, TEXTS as REQUEST_TEXTS, untilOf } from './request.ts';

/**
 * A reminder: the request once more, with how many days are left. It is called overdue from the day after the
 * due day on, and never on the day itself.
 */

export const TEXTS = {
  tag: {
    es: 'Recordatorio: {days, plural, =0 {vence hoy} =1 {vence mañana} other {faltan # días}}',
    en: 'Reminder: {days, plural, =0 {due today} =1 {due tomorrow} other {# days left}}',
    pt: 'Lembrete: {days, plural, =0 {vence hoje} =1 {vence amanhã} other {faltam # dias}}',
    fr: 'Rappel\u00a0: {days, plural, =0 {échéance aujourd’hui} =1 {échéance demain} other {il reste # jours}}',
  },
  tagOverdue: {
    es: 'Vencida hace {days, plural, one {# día} other {# días}}',
    en: '{days, plural, one {# day} other {# days}} overdue',
    pt: 'Vencida há {days, plural, one {# dia} other {# dias}}',
    fr: 'En retard de {days, plural, one {# jour} other {# jours}}',
  },
  ahead: {
    es: 'Le recordamos que esperamos su respuesta a la siguiente solicitud. {days, plural, =0 {El plazo vence hoy.} =1 {El plazo vence mañana.} other {Faltan # días para el vencimiento del plazo.}}',
    en: 'This is a reminder that we are waiting for your answer to the request below. {days, plural, =0 {It is due today.} =1 {It is due tomorrow.} other {There are # days left.}}',
    pt: 'Lembramos que aguardamos sua resposta à solicitação a seguir. {days, plural, =0 {O prazo vence hoje.} =1 {O prazo vence amanhã.} other {Faltam # dias para o vencimento do prazo.}}',
    fr: 'Nous nous permettons de vous rappeler que nous attendons votre réponse à la demande ci-dessous. {days, plural, =0 {L’échéance est aujourd’hui.} =1 {L’échéance est demain.} other {Il reste # jours avant l’échéance.}}',
  },
  overdue: {
    es: 'Aún no hemos recibido su respuesta a la siguiente solicitud, cuyo plazo venció el {day}. Le agradeceremos que responda a la brevedad posible.',
    en: 'We have not yet received your answer to the request below, which was due on {day}. We would be grateful for your answer as soon as possible.',
    pt: 'Ainda não recebemos sua resposta à solicitação a seguir, cujo prazo venceu {weekend, select, yes {no} other {na}} {day}. Agradecemos sua resposta com a maior brevidade possível.',
    fr: 'Nous n’avons pas encore reçu votre réponse à la demande ci-dessous, dont l’échéance était le {day}. Nous vous saurions gré de répondre dans les meilleurs délais.',
  },
} as const satisfies Catalogue;

export function reminder(notice: Extract<Notice, { notice: 'reminder' }>, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker(TEXTS, language);
  const { dueAt } = notice.request;
  const days = daysUntil(dueAt, clock);
  const overdue = days < 0;
  const day = { day: dayOf(dueAt, clock), weekend: isWeekend(dueAt, clock) ? 'yes' : 'no' };
  const opening = overdue ? say('overdue', day) : say('ahead', { days });
  return letter(context, {
    subject: speaker(REQUEST_TEXTS, language)('subject', {
      tag: overdue ? say('tagOverdue', { days: -days }) : say('tag', { days }),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: opening },
      { block: 'paragraph', text: leadOf(notice, context) },
      ...bodyOf(notice, context),
    ],
  });
}
