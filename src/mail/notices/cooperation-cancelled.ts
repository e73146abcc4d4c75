import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { reasonBlocks, sessionBlocks } from '../parts.ts';

/** The cooperation ends before its time: why, what is not held, and what remains. */

export const TEXTS = {
  subject: {
    es: '[Cancelación] La cooperación {pairing} no continuará',
    en: '[Cancellation] The {pairing} cooperation will not continue',
    pt: '[Cancelamento] A cooperação {pairing} não prosseguirá',
    fr: '[Annulation] La coopération {pairing} ne se poursuivra pas',
  },
  lead: {
    es: 'Lamentamos informarle que la cooperación {pairing}, sobre {subject}, ha sido cancelada y concluye antes de lo previsto.',
    en: 'We regret to inform you that the {pairing} cooperation, on {subject}, has been cancelled and ends before its time.',
    pt: 'Lamentamos informar que a cooperação {pairing}, sobre {subject}, foi cancelada e se encerra antes do previsto.',
    fr: 'Nous avons le regret de vous informer que la coopération {pairing} ({subject}) a été annulée et prend fin avant son terme.',
  },
  nothing: {
    es: 'Las solicitudes pendientes quedan sin efecto: no se requiere ninguna respuesta de su parte.',
    en: 'Requests still open no longer need an answer: nothing more is asked of you.',
    pt: 'As solicitações pendentes ficam sem efeito: nenhuma resposta é necessária de sua parte.',
    fr: 'Les demandes en attente deviennent sans objet\u00a0: aucune réponse n’est plus attendue de votre part.',
  },
  sessions: {
    es: 'Sesiones que no se realizarán',
    en: 'Sessions that will not be held',
    pt: 'Sessões que não serão realizadas',
    fr: 'Séances qui n’auront pas lieu',
  },
  record: {
    es: 'El expediente de la cooperación se conserva; si desea una copia, puede solicitarla a la Secretaría Técnica respondiendo a este correo.',
    en: 'The record of the cooperation is kept; should you wish to have a copy, you may ask the Technical Secretariat for it by replying to this message.',
    pt: 'O dossiê da cooperação será conservado; caso deseje uma cópia, pode solicitá-la à Secretaria Técnica respondendo a esta mensagem.',
    fr: 'Le dossier de la coopération est conservé\u00a0; si vous souhaitez en recevoir une copie, vous pouvez la demander au Secrétariat technique en répondant à ce message.',
  },
  thanks: {
    es: 'Agradecemos a las instituciones y a las personas participantes el tiempo y la experiencia que compartieron.',
    en: 'We thank the institutions and everyone who took part for the time and experience they shared.',
    pt: 'Agradecemos às instituições e às pessoas participantes o tempo e a experiência que compartilharam.',
    fr: 'Nous remercions les institutions et les personnes participantes du temps et de l’expérience qu’elles ont partagés.',
  },
} as const satisfies Catalogue;

export function cooperationCancelled(
  { reason, sessions }: Extract<Notice, { notice: 'cooperation-cancelled' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker(TEXTS, language);
  const values = { pairing, subject: cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: say('nothing') },
      ...sessionBlocks(sessions, context, say('sessions')),
      { block: 'paragraph', text: say('record') },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
