import { decisionsOf } from '../../domain/kinds/index.ts';
import { type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { momentOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { capacityOf, TEXTS as PARTS, reasonBlocks, requestName } from '../parts.ts';

/** A request that the reader need not answer any more. Doing without an answer is never called an approval. */

export const TEXTS = {
  subject: {
    es: '[Ya no se requiere su respuesta] {what}',
    en: '[Your answer is no longer required] {what}',
    pt: '[Sua resposta não é mais necessária] {what}',
    fr: '[Votre réponse n’est plus requise] {what}',
  },
  waived: {
    es: 'La Secretaría Técnica ha decidido continuar sin {who, select, ministry {la respuesta de su institución} other {su respuesta}} a la solicitud que se indica.',
    en: 'The Technical Secretariat has decided to continue without {who, select, ministry {the answer of your institution} other {your answer}} to the request below.',
    pt: 'A Secretaria Técnica decidiu prosseguir sem {who, select, ministry {a resposta de sua instituição} other {sua resposta}} à solicitação indicada.',
    fr: 'Le Secrétariat technique a décidé de poursuivre sans {who, select, ministry {la réponse de votre institution} other {votre réponse}} à la demande indiquée ci-dessous.',
  },
  reassigned: {
    es: 'La Secretaría Técnica ha dirigido a {to} la solicitud que se indica y que antes había dirigido a {who, select, ministry {su institución} secretariat {la propia Secretaría} other {usted}}.',
    en: 'The Technical Secretariat has addressed to {to} the request below, which had been addressed to {who, select, ministry {your institution} secretariat {the Secretariat itself} other {you}}.',
    pt: 'A Secretaria Técnica dirigiu a {to} a solicitação indicada, que {who, select, ministry {havia sido dirigida à sua instituição} secretariat {cabia à própria Secretaria} other {lhe havia sido dirigida}}.',
    fr: 'Le Secrétariat technique a adressé à {to} la demande indiquée ci-dessous, qui {who, select, ministry {avait été adressée à votre institution} secretariat {revenait au Secrétariat lui-même} other {vous avait été adressée}}.',
  },
  /** Reassigned to the Secretariat itself. */
  taken: {
    es: 'La Secretaría Técnica se hará cargo de la solicitud que se indica, que antes había dirigido a {who, select, ministry {su institución} other {usted}}.',
    en: 'The Technical Secretariat will itself see to the request below, which had been addressed to {who, select, ministry {your institution} other {you}}.',
    pt: 'A Secretaria Técnica se encarregará da solicitação indicada, que {who, select, ministry {havia sido dirigida à sua instituição} other {lhe havia sido dirigida}}.',
    fr: 'Le Secrétariat technique se chargera de la demande indiquée ci-dessous, qui {who, select, ministry {avait été adressée à votre institution} other {vous avait été adressée}}.',
  },
  'handed-over': {
    es: '{to} responderá en su lugar la solicitud que se indica.',
    en: '{to} will answer the request below in your place.',
    pt: '{to} responderá em seu lugar à solicitação indicada.',
    fr: '{to} répondra à votre place à la demande indiquée ci-dessous.',
  },
  anotherInstitution: {
    es: 'otra institución',
    en: 'another institution',
    pt: 'outra instituição',
    fr: 'une autre institution',
  },
  anotherPerson: {
    es: 'Otra persona de su institución',
    en: 'Another person from your institution',
    pt: 'Outra pessoa de sua instituição',
    fr: 'Une autre personne de votre institution',
  },
  wasDue: { es: 'Plazo previsto', en: 'Was due by', pt: 'Prazo previsto', fr: 'Échéance prévue' },
  notApproval: {
    es: 'La decisión y su motivo constan en el expediente y no equivalen a una aprobación de su institución.',
    en: 'The decision and its reason are on record and do not count as an approval by your institution.',
    pt: 'A decisão e seu motivo constam do dossiê da cooperação e não equivalem a uma aprovação de sua instituição.',
    fr: 'La décision et son motif figurent au dossier et ne valent pas approbation de la part de votre institution.',
  },
  close: {
    es: 'Ya no es necesario que usted la responda. Si desea hacernos alguna observación, puede responder a este correo.',
    en: 'You need not answer it any more. Should you have any comment, you may reply to this message.',
    pt: 'Já não é necessário que a responda. Caso deseje fazer alguma observação, pode responder a esta mensagem.',
    fr: 'Vous n’avez plus à y répondre. Pour toute observation, vous pouvez répondre à ce message.',
  },
} as const satisfies Catalogue;

export function requestReleased(
  { request, how, to, reason }: Extract<Notice, { notice: 'request-released' }>,
  context: Context,
): Letter {
  const { language, clock } = context;
  const say = speaker(TEXTS, language);
  const taken = how === 'reassigned' && to === context.cooperation.secretariat.acronym;
  const lead = say(taken ? 'taken' : how, {
    who: capacityOf(context),
    to: to ?? say(how === 'handed-over' ? 'anotherPerson' : 'anotherInstitution'),
  });
  const decisions = decisionsOf(request.kind);
  const what = requestName(request, context);
  return letter(context, {
    subject: say('subject', { what }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      {
        block: 'facts',
        rows: [
          { label: speaker(PARTS, language)('request'), value: what },
          { label: say('wasDue'), value: momentOf(request.dueAt, clock) },
        ],
      },
      ...reasonBlocks(reason, context),
      ...when(how === 'waived' && decisions.includes('approve') && capacityOf(context) === 'ministry', {
        block: 'paragraph',
        text: say('notApproval'),
      }),
      { block: 'paragraph', text: say('close') },
    ],
  });
}
