import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { documentBlocks } from '../parts.ts';

/** The final report has been accepted, and with it the cooperation is concluded. */

export const TEXTS = {
  subject: {
    es: '[Cierre] La cooperación {pairing} ha concluido',
    en: '[Closing] The {pairing} cooperation is concluded',
    pt: '[Encerramento] A cooperação {pairing} foi concluída',
    fr: '[Clôture] La coopération {pairing} est achevée',
  },
  lead: {
    es: 'La Secretaría Técnica ha aceptado el Informe Final. Con ello concluye la cooperación {pairing} sobre {subject}.',
    en: 'The Technical Secretariat has accepted the Final Report. This concludes the {pairing} cooperation on {subject}.',
    pt: 'A Secretaria Técnica aceitou o Relatório Final. Com isso, conclui-se a cooperação {pairing} sobre {subject}.',
    fr: 'Le Secrétariat technique a accepté le rapport final. Ainsi s’achève la coopération {pairing} ({subject}).',
  },
  thanks: {
    es: 'Agradecemos a las instituciones y a las personas participantes el tiempo y la experiencia que compartieron. Este correo no requiere respuesta.',
    en: 'We thank the institutions and everyone who took part for the time and experience they shared. This message needs no answer.',
    pt: 'Agradecemos às instituições e às pessoas participantes o tempo e a experiência que compartilharam. Esta mensagem não requer resposta.',
    fr: 'Nous remercions les institutions et les personnes participantes du temps et de l’expérience qu’elles ont partagés. Ce message n’appelle pas de réponse.',
  },
  documents: {
    es: 'Documentos de la cooperación',
    en: 'Documents of the cooperation',
    pt: 'Documentos da cooperação',
    fr: 'Documents de la coopération',
  },
} as const satisfies Catalogue;

export function cooperationClosed(
  { documents }: Extract<Notice, { notice: 'cooperation-closed' }>,
  context: Context,
): Letter {
  const say = speaker(TEXTS, context.language);
  const values = { pairing: context.pairing, subject: context.cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      { block: 'paragraph', text: say('thanks') },
      ...documentBlocks(documents, context, say('documents')),
    ],
  });
}
