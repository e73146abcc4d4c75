import type { Letter } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { documentBlocks, questionBlocks } from '../parts.ts';

/** What has arrived since the last news, gathered into one mail: it asks for nothing. */

export const TEXTS = {
  subject: {
    es: '[Novedades] Cooperación {pairing}: {what}',
    en: '[News] {pairing} cooperation: {what}',
    pt: '[Novidades] Cooperação {pairing}: {what}',
    fr: '[Nouveautés] Coopération {pairing}\u00a0: {what}',
  },
  documents: {
    es: '{count, plural, one {# documento nuevo} other {# documentos nuevos}}',
    en: '{count, plural, one {# new document} other {# new documents}}',
    pt: '{count, plural, one {# documento novo} other {# documentos novos}}',
    fr: '{count, plural, one {# nouveau document} other {# nouveaux documents}}',
  },
  questions: {
    es: '{count, plural, one {# pregunta} other {# preguntas}}',
    en: '{count, plural, one {# question} other {# questions}}',
    pt: '{count, plural, one {# pergunta} other {# perguntas}}',
    fr: '{count, plural, one {# question} other {# questions}}',
  },
  answers: {
    es: '{count, plural, one {# respuesta} other {# respuestas}}',
    en: '{count, plural, one {# answer} other {# answers}}',
    pt: '{count, plural, one {# resposta} other {# respostas}}',
    fr: '{count, plural, one {# réponse} other {# réponses}}',
  },
  nothing: { es: 'sin novedades', en: 'nothing new', pt: 'sem novidades', fr: 'rien de nouveau' },
  lead: {
    es: 'En el intercambio de documentos e información de la cooperación {pairing} hay novedades: {what}. Este correo no requiere respuesta.',
    en: 'There is news in the exchange of documents and information of the {pairing} cooperation: {what}. This message needs no answer.',
    pt: 'Há novidades no intercâmbio de documentos e informações da cooperação {pairing}: {what}. Esta mensagem não requer resposta.',
    fr: 'L’échange de documents et d’informations de la coopération {pairing} compte des nouveautés\u00a0: {what}. Ce message n’appelle pas de réponse.',
  },
} as const satisfies Catalogue;

export function news(
  { documents, questions }: Extract<Notice, { notice: 'news' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker(TEXTS, language);
  const answered = questions.filter(({ answer }) => answer).length;
  const counts = [
    ['documents', documents.length],
    ['answers', answered],
    ['questions', questions.length - answered],
  ] as const;
  const parts = counts.filter(([, count]) => count > 0).map(([key, count]) => say(key, { count }));
  const what = parts.length > 0 ? joined(parts, language) : say('nothing');
  return letter(context, {
    subject: say('subject', { pairing, what }),
    preview: say('lead', { pairing, what }),
    blocks: [
      { block: 'paragraph', text: say('lead', { pairing, what }) },
      ...documentBlocks(documents, context),
      ...questionBlocks(questions, context),
    ],
  });
}
