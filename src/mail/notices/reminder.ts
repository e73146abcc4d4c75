import { kinds } from '../../domain/kinds/index.ts';
import type { Block, Fact, Item, Letter } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { dayOf, daysUntil, isWeekend } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { capacityOf, deadlineFact, documentBlocks, onDay, TEXTS as PARTS } from '../parts.ts';
import {
  bodyOf,
  isApproval,
  labelOf,
  leadOf,
  matter,
  otherwiseSecretariat,
  TEXTS as REQUEST_TEXTS,
  untilOf,
} from './request.ts';

/**
 * A reminder: the request once more, with how many days are left. It is called overdue from the day after the
 * due day on, and never on the day itself. Where nobody answers it is the focal point who reads of it, and in the
 * end the Secretariat, who has to decide.
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
  tagFocalPoint: {
    es: 'Aviso al punto focal',
    en: 'Notice to the focal point',
    pt: 'Aviso ao ponto focal',
    fr: 'Avis au point focal',
  },
  tagDecision: {
    es: 'Decisión requerida',
    en: 'Decision required',
    pt: 'Decisão necessária',
    fr: 'Décision requise',
  },
  /** The end of the subject line to the Secretariat. */
  silentTail: {
    es: 'sin respuesta de {own, select, yes {la Secretaría Técnica} other {{silent}}}',
    en: 'no answer from {own, select, yes {the Technical Secretariat} other {{silent}}}',
    pt: 'sem resposta {own, select, yes {da Secretaria Técnica} other {de {silent}}}',
    fr: 'sans réponse {own, select, yes {du Secrétariat technique} other {de {silent}}}',
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
  focalPoint: {
    es: 'Nos dirigimos a usted como punto focal de su institución ({institution}). Su delegación aún no ha respondido la siguiente solicitud, que le enviamos {opened} y cuyo plazo {late, plural, =0 {vence} other {venció}} {due}.',
    en: 'We write to you as the focal point of your institution ({institution}). Your delegation has not yet answered the request below, which we sent {opened} and which {late, plural, =0 {is} other {was}} due {due}.',
    pt: 'Dirigimos esta mensagem ao ponto focal de sua instituição ({institution}). Sua delegação ainda não respondeu à solicitação a seguir, que enviamos {opened}, e cujo prazo {late, plural, =0 {vence} other {venceu}} {due}.',
    fr: 'Nous nous adressons à vous en votre qualité de point focal de votre institution ({institution}). Votre délégation n’a pas encore répondu à la demande ci-dessous, envoyée {opened} et dont l’échéance {late, plural, =0 {est} other {était}} {due}.',
  },
  focalPointAsked: {
    es: 'Le agradeceremos que la responda o que procure que se responda; puede hacerlo cualquier persona de la delegación.',
    en: 'We would be grateful if you answered it, or saw to it that it is answered; any member of your delegation may do so.',
    pt: 'Agradecemos que a responda ou providencie a resposta; qualquer pessoa da delegação pode fazê-lo.',
    fr: 'Nous vous saurions gré d’y répondre ou de veiller à ce qu’il y soit répondu\u00a0; toute personne de votre délégation peut le faire.',
  },
  silence: {
    es: '{own, select, yes {La siguiente solicitud, que corresponde responder a la propia Secretaría Técnica, sigue sin respuesta.} other {No hemos recibido la respuesta de {silent} a la solicitud que se indica.}} {late, plural, =0 {El plazo vence {due}.} one {El plazo venció {due}, hace # día.} other {El plazo venció {due}, hace # días.}} Se han enviado todos los recordatorios previstos y no habrá otros.',
    en: '{own, select, yes {The request below, which it falls to the Technical Secretariat itself to answer, is still unanswered.} other {We have received no answer from {silent} to the request below.}} {late, plural, =0 {It is due {due}.} one {It was due {due}, # day ago.} other {It was due {due}, # days ago.}} All reminders have been sent, and no more will follow.',
    pt: '{own, select, yes {A solicitação a seguir, que cabe à própria Secretaria Técnica responder, continua sem resposta.} other {Não recebemos a resposta de {silent} à solicitação indicada.}} {late, plural, =0 {O prazo vence {due}.} one {O prazo venceu {due}, há # dia.} other {O prazo venceu {due}, há # dias.}} Todos os lembretes previstos foram enviados e não haverá outros.',
    fr: '{own, select, yes {La demande ci-dessous, à laquelle il revient au Secrétariat technique lui-même de répondre, reste sans réponse.} other {La demande indiquée ci-dessous reste sans réponse de la part de {silent}.}} {late, plural, =0 {L’échéance est {due}.} one {L’échéance était {due}, il y a # jour.} other {L’échéance était {due}, il y a # jours.}} Tous les rappels prévus ont été envoyés et il n’y en aura pas d’autre.',
  },
  notAnswered: {
    es: 'Sin respuesta de',
    en: 'No answer from',
    pt: 'Sem resposta de',
    fr: 'Sans réponse de',
  },
  answered: {
    es: 'Ya respondió',
    en: 'Answered by',
    pt: 'Já respondeu',
    fr: 'Réponse reçue de',
  },
  opened: { es: 'Enviada', en: 'Sent', pt: 'Enviada', fr: 'Envoyée' },
  toDecide: {
    es: 'Corresponde ahora a la Secretaría Técnica decidir cómo proceder. Puede, indicando el motivo:',
    en: 'It is now for the Technical Secretariat to decide how to proceed. Giving its reason, it may:',
    pt: 'Cabe agora à Secretaria Técnica decidir como proceder. Ela pode, indicando o motivo:',
    fr: 'Il revient maintenant au Secrétariat technique de décider de la suite à donner. Il peut, en indiquant ses motifs\u00a0:',
  },
  toDecideOwn: {
    es: 'Si no es posible responderla, la Secretaría Técnica puede, indicando el motivo, {ways}.',
    en: 'If it cannot be answered, the Technical Secretariat may, giving its reason, {ways}.',
    pt: 'Se não for possível respondê-la, a Secretaria Técnica pode, indicando o motivo, {ways}.',
    fr: 'S’il n’est pas possible d’y répondre, le Secrétariat technique peut, en indiquant ses motifs, {ways}.',
  },
  extend: {
    es: 'ampliar el plazo',
    en: 'extend the deadline',
    pt: 'prorrogar o prazo',
    fr: 'prolonger le délai',
  },
  reassign: {
    es: 'dirigir la solicitud a otra institución o persona',
    en: 'address the request to another institution or person',
    pt: 'dirigir a solicitação a outra instituição ou pessoa',
    fr: 'adresser la demande à une autre institution ou personne',
  },
  waive: {
    es: 'continuar sin la respuesta',
    en: 'continue without the answer',
    pt: 'prosseguir sem a resposta',
    fr: 'poursuivre sans la réponse',
  },
  staysOpen: {
    es: 'Mientras tanto, la solicitud permanece abierta.',
    en: 'Until then, the request stays open.',
    pt: 'Até lá, a solicitação permanece aberta.',
    fr: 'D’ici là, la demande reste ouverte.',
  },
  button: {
    es: 'Ver la solicitud',
    en: 'View the request',
    pt: 'Ver a solicitação',
    fr: 'Voir la demande',
  },
  record: {
    es: 'Registre la decisión con el código de la solicitud.',
    en: 'Please record the decision under the code of the request.',
    pt: 'Registre a decisão com o código da solicitação.',
    fr: 'Veuillez consigner la décision sous le code de la demande.',
  },
} as const satisfies Catalogue;

type Reminder = Extract<Notice, { notice: 'reminder' }>;

export function reminder(notice: Reminder, context: Context): Letter {
  switch (notice.level ?? 'delegates') {
    case 'delegates':
      return toDelegates(notice, context);
    case 'focal-point':
      // The Secretariat's staff and the consultant have none.
      return capacityOf(context) === 'ministry'
        ? toFocalPoint(notice, context)
        : toDelegates(notice, context);
    case 'secretariat':
      return toSecretariat(notice, context);
  }
}

function toDelegates(notice: Reminder, context: Context): Letter {
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

/** Whole days since the due day at the reader's; 0 on the day itself and before. */
const daysLate = ({ request }: Reminder, { clock }: Context): number =>
  Math.max(0, -daysUntil(request.dueAt, clock));

function toFocalPoint(notice: Reminder, context: Context): Letter {
  const { language } = context;
  const say = speaker(TEXTS, language);
  const opening = say('focalPoint', {
    institution: notice.onBehalfOf,
    opened: onDay(notice.request.openedAt, context),
    due: onDay(notice.request.dueAt, context),
    late: daysLate(notice, context),
  });
  return letter(context, {
    subject: speaker(REQUEST_TEXTS, language)('subject', {
      tag: say('tagFocalPoint'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: `${opening} ${say('focalPointAsked')}` },
      { block: 'paragraph', text: leadOf(notice, context) },
      ...bodyOf(notice, context, otherwiseSecretariat(notice, context)),
    ],
  });
}

function toSecretariat(notice: Reminder, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker(TEXTS, language);
  const { request, asked, silent = asked } = notice;
  const own = silent.length > 0 && silent.every((one) => one === context.cooperation.secretariat.acronym);
  const opening = say('silence', {
    own: own ? 'yes' : 'no',
    silent: joined(silent, language),
    late: daysLate(notice, context),
    due: onDay(request.dueAt, context),
  });
  const can = ways(notice).map((way) => say(way));
  const decision: Block[] = [
    { block: 'paragraph', text: say('toDecide') },
    { block: 'list', items: can.map((text): Item => ({ text })) },
  ];
  const open = isApproval(notice)
    ? `${say('staysOpen')} ${speaker(REQUEST_TEXTS, language)('noApproval')}`
    : say('staysOpen');
  const answered = asked.filter((one) => !silent.includes(one));
  const rows: Fact[] = [
    { label: speaker(PARTS, language)('request'), value: labelOf(notice, context) },
    { label: say('notAnswered'), value: joined(silent, language) },
    ...(answered.length > 0 ? [{ label: say('answered'), value: joined(answered, language) }] : []),
    deadlineFact(request.dueAt, context),
    { label: say('opened'), value: dayOf(request.openedAt, clock) },
    ...(notice.link ? [] : [{ label: speaker(REQUEST_TEXTS, language)('code'), value: request.id }]),
  ];
  return letter(context, {
    subject: speaker(REQUEST_TEXTS, language)('subject', {
      tag: say('tagDecision'),
      what: labelOf(notice, context),
      until: say('silentTail', { own: own ? 'yes' : 'no', silent: joined(silent, language) }),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: opening },
      ...(own
        ? [
            { block: 'paragraph' as const, text: leadOf(notice, context) },
            ...bodyOf(
              notice,
              context,
              `${say('toDecideOwn', { ways: joined(can, language, 'or') })} ${say('staysOpen')}`,
            ),
          ]
        : [
            { block: 'facts' as const, rows },
            ...decision,
            { block: 'paragraph' as const, text: open },
            notice.link
              ? { block: 'button' as const, label: say('button'), url: notice.link }
              : { block: 'paragraph' as const, text: say('record') },
            ...matter(notice, context),
            ...documentBlocks(notice.details.documents ?? [], context),
          ]),
    ],
  });
}

/** What the Secretariat can do about it. Some requests cannot go without an answer, or not without any. */
function ways({ request, asked }: Reminder): ('extend' | 'reassign' | 'waive')[] {
  const { waivable } = kinds[request.kind];
  const waived = waivable === 'any' || (waivable === 'others' && asked.length > 1);
  return waived ? ['extend', 'reassign', 'waive'] : ['extend', 'reassign'];
}
