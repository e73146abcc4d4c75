import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { reasonBlocks, requestBlocks, sessionBlocks } from '../parts.ts';

/** The cooperation goes on after a pause: what is asked of the reader, by its new dates. */

export const TEXTS = {
  subject: {
    es: '[Reanudación] La cooperación {pairing} continúa',
    en: '[Resumed] The {pairing} cooperation goes on',
    pt: '[Retomada] A cooperação {pairing} prossegue',
    fr: '[Reprise] La coopération {pairing} se poursuit',
  },
  lead: {
    es: 'Le informamos que la cooperación {pairing}, sobre {subject}, se reanuda y que los plazos vuelven a correr.',
    en: 'We wish to inform you that the {pairing} cooperation, on {subject}, resumes and that deadlines run again.',
    pt: 'Informamos que a cooperação {pairing}, sobre {subject}, foi retomada e que os prazos voltam a correr.',
    fr: 'Nous vous informons que la coopération {pairing} ({subject}) reprend et que les délais courent de nouveau.',
  },
  pending: {
    es: '{count, plural, one {Está pendiente de su parte la siguiente solicitud, con un nuevo plazo. Para responder, utilice el correo en que la recibió; si no recibimos respuesta, le enviaremos un recordatorio.} other {Están pendientes de su parte las siguientes solicitudes, con nuevos plazos. Para responder, utilice el correo en que recibió cada una; si no recibimos respuesta, le enviaremos un recordatorio.}}',
    en: '{count, plural, one {The request below awaits your answer, by a new date. To answer, please use the message in which you received it; if we receive no answer, we will send you a reminder.} other {The requests below await your answer, by new dates. To answer, please use the message in which you received each of them; if we receive no answer, we will send you a reminder.}}',
    pt: '{count, plural, one {A solicitação a seguir está pendente de sua parte, com um novo prazo. Para responder, utilize a mensagem em que a recebeu; se não recebermos resposta, enviaremos um lembrete.} other {As solicitações a seguir estão pendentes de sua parte, com novos prazos. Para responder, utilize a mensagem em que recebeu cada uma; se não recebermos resposta, enviaremos um lembrete.}}',
    fr: '{count, plural, one {La demande ci-dessous attend votre réponse, avec une nouvelle échéance. Pour répondre, veuillez utiliser le message dans lequel vous l’avez reçue\u00a0; sans réponse de votre part, nous vous enverrons un rappel.} other {Les demandes ci-dessous attendent votre réponse, avec de nouvelles échéances. Pour répondre, veuillez utiliser le message dans lequel vous avez reçu chacune d’elles\u00a0; sans réponse de votre part, nous vous enverrons un rappel.}}',
  },
  nothing: {
    es: 'Por el momento no se requiere ninguna respuesta de su parte.',
    en: 'Nothing is asked of you for now.',
    pt: 'No momento, nenhuma resposta é necessária de sua parte.',
    fr: 'Aucune réponse n’est attendue de votre part pour le moment.',
  },
} as const satisfies Catalogue;

export function resumed(
  { reason, requests, sessions }: Extract<Notice, { notice: 'resumed' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker(TEXTS, language);
  const values = { pairing, subject: cooperation.subject };
  const count = requests.length;
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: count > 0 ? say('pending', { count }) : say('nothing') },
      ...requestBlocks(requests, context),
      ...sessionBlocks(sessions, context),
    ],
  });
}
