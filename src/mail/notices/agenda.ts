import { type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { ownMomentOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import {
  contentsOf,
  documentBlocks,
  TEXTS as PARTS,
  questionBlocks,
  sessionDate,
  sessionFacts,
} from '../parts.ts';

/** The agenda of a session, shortly before it, with what is still to be answered. */

export const TEXTS = {
  subject: {
    es: '[Agenda] {session} — {when}',
    en: '[Agenda] {session} — {when}',
    pt: '[Pauta] {session} — {when}',
    fr: '[Ordre du jour] {session} — {when}',
  },
  lead: {
    es: 'Le enviamos la agenda de la {n}.ª sesión de la cooperación {pairing}, con la fecha y los datos de conexión.',
    en: 'Please find below the agenda of session {n} of the {pairing} cooperation, with its date and how to join.',
    pt: 'Enviamos a pauta da {n}ª sessão da cooperação {pairing}, com a data e os dados de acesso.',
    fr: 'Veuillez trouver ci-dessous l’ordre du jour de la séance n°\u00a0{n} de la coopération {pairing}, avec sa date et les informations de connexion.',
  },
  guest: {
    es: 'Usted participa en esta sesión como persona invitada por una de las delegaciones.',
    en: 'You take part in this session as a guest of one of the delegations.',
    pt: 'Sua participação nesta sessão se dá a convite de uma das delegações.',
    fr: 'Vous participez à cette séance sur l’invitation de l’une des délégations.',
  },
  questions: {
    es: '{count, plural, one {Se tratará en la sesión la siguiente pregunta.} other {Se tratarán en la sesión las siguientes preguntas.}}',
    en: '{count, plural, one {The following question is to be dealt with in the session.} other {The following questions are to be dealt with in the session.}}',
    pt: '{count, plural, one {A pergunta a seguir será tratada na sessão.} other {As perguntas a seguir serão tratadas na sessão.}}',
    fr: '{count, plural, one {La question suivante sera traitée lors de la séance.} other {Les questions suivantes seront traitées lors de la séance.}}',
  },
  documents: {
    es: 'Documentos para la sesión',
    en: 'Documents for the session',
    pt: 'Documentos para a sessão',
    fr: 'Documents pour la séance',
  },
} as const satisfies Catalogue;

export function agenda(
  { session, guest, questions, documents }: Extract<Notice, { notice: 'agenda' }>,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker(TEXTS, language);
  const lead = say('lead', { n: String(session.number), pairing });
  return letter(context, {
    subject: say('subject', {
      session: speaker(PARTS, language)('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: sessionFacts(session, context) },
      ...when(guest, { block: 'paragraph', text: say('guest') }),
      ...contentsOf(session, context),
      ...when(questions.length > 0, {
        block: 'paragraph',
        text: say('questions', { count: questions.length }),
      }),
      ...questionBlocks(questions, context),
      ...documentBlocks(documents, context, say('documents')),
    ],
  });
}
