import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { capacityOf } from '../parts.ts';

/** To the person whose place somebody else takes: nothing more is asked of them. */

export const TEXTS = {
  subject: {
    es: '[Reemplazo] {by} participa en su lugar en la cooperación {pairing}',
    en: '[Replacement] {by} takes your place in the {pairing} cooperation',
    pt: '[Substituição] {by} participa em seu lugar da cooperação {pairing}',
    fr: '[Remplacement] {by} prend votre suite dans la coopération {pairing}',
  },
  lead: {
    es: 'Le informamos que, a partir de ahora, {by} participa en su lugar en la cooperación {pairing}{institution, select, none {} other {, como integrante de la delegación de {institution}}}.',
    en: 'We wish to inform you that {by} now takes your place in the {pairing} cooperation{institution, select, none {} other {, as a member of the delegation of {institution}}}.',
    pt: 'Informamos que, a partir de agora, {by} participa em seu lugar da cooperação {pairing}{institution, select, none {} other {, como integrante da delegação de {institution}}}.',
    fr: 'Nous vous informons que, désormais, {by} prend votre suite dans la coopération {pairing}{institution, select, none {} other {, au titre de la délégation suivante\u00a0: {institution}}}.',
  },
  nothing: {
    es: 'Ya no se le solicitará ninguna respuesta, y dejará de recibir los correos de esta cooperación. Si se tratara de un error, le rogamos que nos lo indique respondiendo a este correo.',
    en: 'No further answer will be asked of you, and you will no longer receive the messages of this cooperation. Should this be a mistake, please let us know by replying to this message.',
    pt: 'Nenhuma outra resposta será solicitada e as mensagens desta cooperação deixarão de ser enviadas ao seu endereço. Caso se trate de um engano, pedimos que nos informe respondendo a esta mensagem.',
    fr: 'Aucune autre réponse ne vous sera demandée et vous ne recevrez plus les messages de cette coopération. S’il s’agit d’une erreur, nous vous prions de nous l’indiquer en répondant à ce message.',
  },
  thanks: {
    es: 'Le agradecemos su participación y el tiempo que dedicó a esta cooperación.',
    en: 'We thank you for your participation and for the time you gave to this cooperation.',
    pt: 'Agradecemos sua participação e o tempo que dedicou a esta cooperação.',
    fr: 'Nous vous remercions de votre participation et du temps que vous avez consacré à cette coopération.',
  },
} as const satisfies Catalogue;

export function replaced(
  { by, institution }: Extract<Notice, { notice: 'replaced' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker(TEXTS, language);
  // The Secretariat's staff are no delegation.
  const delegation = capacityOf(context) === 'secretariat' ? undefined : institution;
  const lead = say('lead', { by, pairing, institution: delegation ?? 'none' });
  return letter(context, {
    subject: say('subject', { by, pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('nothing') },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
