import type { Letter } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** The programme has been approved, and goes to the delegations. */

export const TEXTS = {
  subject: {
    es: '[Programa aprobado] Programa de la cooperación {pairing} (versión {version})',
    en: '[Programme approved] Programme of the {pairing} cooperation (version {version})',
    pt: '[Programa aprovado] Programa da cooperação {pairing} (versão {version})',
    fr: '[Programme approuvé] Programme de la coopération {pairing} (version {version})',
  },
  lead: {
    es: 'Las delegaciones han aprobado los contenidos del programa de cooperación. Adjuntamos la versión {version}, por la que se regirán las sesiones.',
    en: 'The delegations have approved the contents of the cooperation programme. Version {version}, which the sessions will follow, is attached.',
    pt: 'As delegações aprovaram os conteúdos do programa de cooperação. Anexamos a versão {version}, pela qual as sessões se regerão.',
    fr: 'Les délégations ont approuvé le contenu du programme de coopération. Vous trouverez ci-joint la version {version}, que suivront les séances.',
  },
  /** The Secretariat did without an approval: nobody is said to have approved who has not. */
  leadWaived: {
    es: 'Ha concluido la aprobación de los contenidos del programa de cooperación. La Secretaría Técnica decidió continuar sin la respuesta de {waived}. Adjuntamos la versión {version}, por la que se regirán las sesiones.',
    en: 'The approval of the contents of the cooperation programme is concluded. The Technical Secretariat decided to continue without the answer of {waived}. Version {version}, which the sessions will follow, is attached.',
    pt: 'A aprovação dos conteúdos do programa de cooperação foi concluída. A Secretaria Técnica decidiu prosseguir sem a resposta de {waived}. Anexamos a versão {version}, pela qual as sessões se regerão.',
    fr: 'L’approbation du contenu du programme de coopération est achevée. Le Secrétariat technique a décidé de poursuivre sans la réponse de {waived}. Vous trouverez ci-joint la version {version}, que suivront les séances.',
  },
  thanks: {
    es: 'Agradecemos a las delegaciones su colaboración. Este correo no requiere respuesta.',
    en: 'We thank the delegations for their cooperation. This message needs no answer.',
    pt: 'Agradecemos às delegações sua colaboração. Esta mensagem não requer resposta.',
    fr: 'Nous remercions les délégations de leur collaboration. Ce message n’appelle pas de réponse.',
  },
} as const satisfies Catalogue;

export function programmeIssued(
  { version, waived = [] }: Extract<Notice, { notice: 'programme-issued' }>,
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
