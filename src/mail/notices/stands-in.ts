import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { periodOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { requestBlocks } from '../parts.ts';

/** To the colleague who answers while somebody is away: for whom, from when to when, and what is asked now. */

export const TEXTS = {
  subject: {
    es: '[Suplencia] Ausencia de {absent} ({period})',
    en: '[Standing in] Absence of {absent} ({period})',
    pt: '[Substituição temporária] Ausência de {absent} ({period})',
    fr: '[Suppléance] Absence\u00a0: {absent} ({period})',
  },
  lead: {
    es: 'Durante la ausencia de {absent}, en las fechas que se indican, le corresponde a usted responder en su lugar las solicitudes de la cooperación {pairing}.',
    en: 'While {absent} is away, on the dates below, it falls to you to answer the requests of the {pairing} cooperation in their place.',
    pt: 'Durante a ausência de {absent}, nas datas indicadas, cabe-lhe responder em seu lugar às solicitações da cooperação {pairing}.',
    fr: '{absent} ne sera pas disponible aux dates indiquées ci-dessous. Pendant cette période, il vous revient de répondre à sa place aux demandes de la coopération {pairing}.',
  },
  period: { es: 'Período', en: 'Period', pt: 'Período', fr: 'Période' },
  pending: {
    es: '{count, plural, =0 {Por el momento no hay solicitudes pendientes; si se abre alguna en esas fechas, la recibirá por correo.} one {Hay una solicitud pendiente, que recibirá en un correo aparte, al igual que las que se abran en esas fechas.} other {Hay # solicitudes pendientes, que recibirá en correos aparte, al igual que las que se abran en esas fechas.}}',
    en: '{count, plural, =0 {Nothing is asked for now; whatever is asked on those dates will reach you by e-mail.} one {One request awaits an answer; it comes in a message of its own, as will any other on those dates.} other {# requests await an answer; each comes in a message of its own, as will any other on those dates.}}',
    pt: '{count, plural, =0 {No momento, não há solicitações pendentes; as que surgirem nessas datas chegarão por e-mail.} one {Há uma solicitação pendente, que chegará em mensagem separada, assim como as que surgirem nessas datas.} other {Há # solicitações pendentes, que chegarão em mensagens separadas, assim como as que surgirem nessas datas.}}',
    fr: '{count, plural, =0 {Aucune demande n’est en attente pour le moment\u00a0; celles qui seront adressées pendant cette période vous parviendront par courrier électronique.} one {Une demande est en attente\u00a0; elle vous parvient dans un message distinct, comme toutes celles qui seront adressées pendant cette période.} other {# demandes sont en attente\u00a0; chacune vous parvient dans un message distinct, comme toutes celles qui seront adressées pendant cette période.}}',
  },
  otherwise: {
    es: 'Si usted tampoco pudiera responder en esas fechas, le agradeceremos que nos lo indique respondiendo a este correo.',
    en: 'Should you be unable to answer on those dates either, please let us know by replying to this message.',
    pt: 'Caso também não possa responder nessas datas, agradecemos que nos informe respondendo a esta mensagem.',
    fr: 'Si vous ne pouvez pas non plus répondre pendant cette période, nous vous saurions gré de nous l’indiquer en répondant à ce message.',
  },
} as const satisfies Catalogue;

export function standsIn(
  { absent, from, to, requests }: Extract<Notice, { notice: 'stands-in' }>,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker(TEXTS, language);
  const period = periodOf({ from, to }, clock);
  const lead = say('lead', { absent, pairing });
  return letter(context, {
    subject: say('subject', { absent, period }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: [{ label: say('period'), value: period }] },
      { block: 'paragraph', text: say('pending', { count: requests.length }) },
      ...requestBlocks(requests, context),
      { block: 'paragraph', text: say('otherwise') },
    ],
  });
}
