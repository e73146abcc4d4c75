import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { capacityOf, requestBlocks, sessionBlocks } from '../parts.ts';

/** To somebody who comes into a cooperation under way: in what capacity, what is asked, what lies ahead. */

export const TEXTS = {
  subject: {
    es: '[Bienvenida] Su participación en la cooperación {pairing}',
    en: '[Welcome] Your part in the {pairing} cooperation',
    pt: '[Boas-vindas] Sua participação na cooperação {pairing}',
    fr: '[Bienvenue] Votre participation à la coopération {pairing}',
  },
  lead: {
    es: 'Le damos la bienvenida a la cooperación {pairing} de la RIAL, sobre {subject}. Usted participa en ella {who, select, ministry {como integrante de la delegación de {institution}} secretariat {como integrante del equipo de la Secretaría Técnica} other {en calidad de consultor(a)}}{replaces, select, none {} other {, en lugar de {replaces}}}.',
    en: 'Welcome to the {pairing} cooperation of RIAL, on {subject}. You take part in it {who, select, ministry {as a member of the delegation of {institution}} secretariat {as a member of the staff of the Technical Secretariat} other {as the consultant}}{replaces, select, none {} other {, in place of {replaces}}}.',
    pt: 'Damos-lhe as boas-vindas à cooperação {pairing} da RIAL, sobre {subject}. Sua participação se dá {who, select, ministry {como integrante da delegação de {institution}} secretariat {como integrante da equipe da Secretaria Técnica} other {na qualidade de consultor(a)}}{replaces, select, none {} other {, em lugar de {replaces}}}.',
    fr: 'Nous vous souhaitons la bienvenue dans la coopération {pairing} du RIAL, consacrée au thème suivant\u00a0: {subject}. Vous y participez {who, select, ministry {au titre de la délégation suivante\u00a0: {institution}} secretariat {au titre de l’équipe du Secrétariat technique} other {en qualité de consultant(e)}}{replaces, select, none {} other {, où vous succédez à {replaces}}}.',
  },
  how: {
    es: 'Las solicitudes, las invitaciones y los documentos le llegarán por correo electrónico; cada solicitud indica cómo responder y hasta cuándo.',
    en: 'Requests, invitations and documents will reach you by e-mail; each request says how to answer and by when.',
    pt: 'As solicitações, os convites e os documentos chegarão por e-mail; cada solicitação indica como responder e até quando.',
    fr: 'Les demandes, les invitations et les documents vous parviendront par courrier électronique\u00a0; chaque demande précise comment répondre et dans quel délai.',
  },
  pending: {
    es: '{count, plural, =0 {Por el momento no hay solicitudes pendientes de su parte.} one {Hay una solicitud pendiente de su parte, que recibirá en un correo aparte.} other {Hay # solicitudes pendientes de su parte; recibirá cada una en un correo aparte.}}',
    en: '{count, plural, =0 {Nothing is asked of you for now.} one {One request awaits your answer; it comes in a message of its own.} other {# requests await your answer; each comes in a message of its own.}}',
    pt: '{count, plural, =0 {No momento, não há solicitações pendentes de sua parte.} one {Há uma solicitação pendente de sua parte, que chegará em mensagem separada.} other {Há # solicitações pendentes de sua parte; cada uma chegará em mensagem separada.}}',
    fr: '{count, plural, =0 {Aucune réponse n’est attendue de votre part pour le moment.} one {Une demande attend votre réponse\u00a0; elle vous parvient dans un message distinct.} other {# demandes attendent votre réponse\u00a0; chacune vous parvient dans un message distinct.}}',
  },
  mistake: {
    es: 'Si hubiera un error en estos datos, le agradeceremos que nos lo indique respondiendo a este correo.',
    en: 'Should any of this be mistaken, please let us know by replying to this message.',
    pt: 'Caso haja algum erro nestas informações, agradecemos que nos informe respondendo a esta mensagem.',
    fr: 'En cas d’erreur dans ces informations, nous vous saurions gré de nous l’indiquer en répondant à ce message.',
  },
} as const satisfies Catalogue;

export function joined(
  { institution, replaces, requests, sessions }: Extract<Notice, { notice: 'joined' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker(TEXTS, language);
  const lead = say('lead', {
    pairing,
    subject: cooperation.subject,
    who: institution ? capacityOf(context) : 'consultant',
    institution: institution ?? '—',
    replaces: replaces ?? 'none',
  });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: `${say('how')} ${say('pending', { count: requests.length })}` },
      ...requestBlocks(requests, context),
      ...sessionBlocks(sessions, context),
      { block: 'paragraph', text: say('mistake') },
    ],
  });
}
