import type { Letter } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** The systematization sheet has been approved and is published. */

export const TEXTS = {
  subject: {
    es: '[Publicación] Ficha de sistematización de la cooperación {pairing}',
    en: '[Published] Systematization sheet of the {pairing} cooperation',
    pt: '[Publicação] Ficha de sistematização da cooperação {pairing}',
    fr: '[Publication] Fiche de systématisation de la coopération {pairing}',
  },
  lead: {
    es: 'La ficha de sistematización de la cooperación {pairing}, aprobada por las delegaciones, ha sido publicada. Adjuntamos la versión {version}.',
    en: 'The systematization sheet of the {pairing} cooperation, approved by the delegations, has been published. Version {version} is attached.',
    pt: 'A ficha de sistematização da cooperação {pairing}, aprovada pelas delegações, foi publicada. Anexamos a versão {version}.',
    fr: 'La fiche de systématisation de la coopération {pairing}, approuvée par les délégations, a été publiée. Vous en trouverez ci-joint la version {version}.',
  },
  /** The Secretariat did without an approval: nobody is said to have approved who has not. */
  leadWaived: {
    es: 'La ficha de sistematización de la cooperación {pairing} ha sido publicada. La Secretaría Técnica decidió continuar sin la respuesta de {waived} en la revisión. Adjuntamos la versión {version}.',
    en: 'The systematization sheet of the {pairing} cooperation has been published. The Technical Secretariat decided to continue without the answer of {waived} in the review. Version {version} is attached.',
    pt: 'A ficha de sistematização da cooperação {pairing} foi publicada. A Secretaria Técnica decidiu prosseguir sem a resposta de {waived} na revisão. Anexamos a versão {version}.',
    fr: 'La fiche de systématisation de la coopération {pairing} a été publiée. Le Secrétariat technique a décidé de poursuivre sans la réponse de {waived} lors de l’examen. Vous en trouverez ci-joint la version {version}.',
  },
  thanks: {
    es: 'Agradecemos a todas las personas que contribuyeron a ella. Este correo no requiere respuesta.',
    en: 'We thank everyone who contributed to it. This message needs no answer.',
    pt: 'Agradecemos a todas as pessoas que contribuíram para ela. Esta mensagem não requer resposta.',
    fr: 'Nous remercions toutes les personnes qui y ont contribué. Ce message n’appelle pas de réponse.',
  },
} as const satisfies Catalogue;

export function sheetPublished(
  { version, waived = [] }: Extract<Notice, { notice: 'sheet-published' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker(TEXTS, language);
  const values = { version: String(version), pairing, waived: joined(waived, language) };
  const lead = say(waived.length > 0 ? 'leadWaived' : 'lead', values);
  return letter(context, {
    subject: say('subject', values),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
