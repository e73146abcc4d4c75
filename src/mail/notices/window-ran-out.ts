import { type Letter, when } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { periodOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { capacityOf, contentsOf, TEXTS as PARTS } from '../parts.ts';

/** A session's days are over, or used up, without a date: what happened, and that another date follows. */

export const TEXTS = {
  subject: {
    es: '[Sin fecha] {session}: {why, select, time {concluyó el período previsto} other {ninguna de las fechas resultó posible}}',
    en: '[No date yet] {session}: {why, select, time {the period planned has ended} other {none of the dates suited}}',
    pt: '[Sem data] {session}: {why, select, time {terminou o período previsto} other {nenhuma das datas foi possível}}',
    fr: '[Sans date] {session}\u00a0: {why, select, time {la période prévue est achevée} other {aucune des dates ne convenait}}',
  },
  time: {
    es: 'El período previsto para la {n}.ª sesión de la cooperación {pairing} concluyó sin que se hubiera fijado una fecha.',
    en: 'The period planned for session {n} of the {pairing} cooperation ended before a date had been set.',
    pt: 'O período previsto para a {n}ª sessão da cooperação {pairing} terminou sem que uma data tivesse sido definida.',
    fr: 'La période prévue pour la séance n°\u00a0{n} de la coopération {pairing} s’est achevée sans qu’une date ait été fixée.',
  },
  'no-dates': {
    es: 'Ninguna de las fechas del período previsto para la {n}.ª sesión de la cooperación {pairing} resultó posible para todas las delegaciones.',
    en: 'None of the dates in the period planned for session {n} of the {pairing} cooperation suited all delegations.',
    pt: 'Nenhuma das datas do período previsto para a {n}ª sessão da cooperação {pairing} foi possível para todas as delegações.',
    fr: 'Aucune des dates de la période prévue pour la séance n°\u00a0{n} de la coopération {pairing} ne convenait à toutes les délégations.',
  },
  period: {
    es: 'Período previsto',
    en: 'Period planned',
    pt: 'Período previsto',
    fr: 'Période prévue',
  },
  unanswered: {
    es: 'Disponibilidad no recibida de',
    en: 'Availability not received from',
    pt: 'Disponibilidade não recebida de',
    fr: 'Disponibilités non reçues de',
  },
  next: {
    es: 'La Secretaría Técnica propondrá o confirmará otra fecha, y la invitación se enviará una vez que esté fijada. Este correo no requiere respuesta; si su delegación prefiere determinadas fechas, puede indicarlas por este mismo medio.',
    en: 'The Technical Secretariat will propose or confirm another date, and the invitation will be sent once it is set. This message needs no answer; should your delegation prefer certain dates, you may reply with them.',
    pt: 'A Secretaria Técnica proporá ou confirmará outra data, e o convite será enviado assim que ela for definida. Esta mensagem não requer resposta; caso sua delegação prefira determinadas datas, pode indicá-las em resposta.',
    fr: 'Le Secrétariat technique proposera ou confirmera une autre date, et l’invitation sera envoyée dès que celle-ci sera fixée. Ce message n’appelle pas de réponse\u00a0; si votre délégation préfère certaines dates, vous pouvez les indiquer en y répondant.',
  },
  nextStaff: {
    es: 'Corresponde a la Secretaría Técnica proponer o confirmar otra fecha; la solicitud se envía en un correo aparte. Las delegaciones han recibido este mismo aviso.',
    en: 'It is for the Technical Secretariat to propose or confirm another date; the request for it comes in a message of its own. The delegations have received this same notice.',
    pt: 'Cabe à Secretaria Técnica propor ou confirmar outra data; a solicitação é enviada em mensagem separada. As delegações receberam este mesmo aviso.',
    fr: 'Il revient au Secrétariat technique de proposer ou de confirmer une autre date\u00a0; la demande fait l’objet d’un message distinct. Les délégations ont reçu le même avis.',
  },
} as const satisfies Catalogue;

export function windowRanOut(
  { session, why, unanswered }: Extract<Notice, { notice: 'window-ran-out' }>,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker(TEXTS, language);
  const lead = say(why, { n: String(session.number), pairing });
  const rows = [
    ...(session.window ? [{ label: say('period'), value: periodOf(session.window, clock) }] : []),
    ...(unanswered.length > 0 ? [{ label: say('unanswered'), value: joined(unanswered, language) }] : []),
  ];
  return letter(context, {
    subject: say('subject', {
      session: speaker(PARTS, language)('sessionOf', { n: String(session.number) }),
      why,
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(rows.length > 0, { block: 'facts', rows }),
      {
        block: 'paragraph',
        text: say(capacityOf(context) === 'secretariat' ? 'nextStaff' : 'next'),
      },
      ...contentsOf(session, context),
    ],
  });
}
