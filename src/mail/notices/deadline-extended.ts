import type { Letter } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { onDay, reasonBlocks } from '../parts.ts';
import { bodyOf, labelOf, leadOf, TEXTS as REQUEST_TEXTS, untilOf } from './request.ts';

/** More time for a request that is not answered yet: the new due date, then the request once more. */

export const TEXTS = {
  tag: { es: 'Plazo ampliado', en: 'Deadline extended', pt: 'Prazo prorrogado', fr: 'Délai prolongé' },
  lead: {
    es: 'La Secretaría Técnica ha ampliado el plazo para responder la siguiente solicitud: vencía {previous} y ahora vence {due}.',
    en: 'The Technical Secretariat has extended the deadline for the request below: it was due {previous} and is now due {due}.',
    pt: 'A Secretaria Técnica prorrogou o prazo para responder à solicitação a seguir: vencia {previous}; agora vence {due}.',
    fr: 'Le Secrétariat technique a prolongé le délai de réponse à la demande ci-dessous\u00a0: l’échéance était {previous}\u00a0; elle est désormais {due}.',
  },
} as const satisfies Catalogue;

export function deadlineExtended(
  notice: Extract<Notice, { notice: 'deadline-extended' }>,
  context: Context,
): Letter {
  const { language } = context;
  const say = speaker(TEXTS, language);
  const lead = say('lead', {
    previous: onDay(notice.previousDueAt, context),
    due: onDay(notice.request.dueAt, context),
  });
  return letter(context, {
    subject: speaker(REQUEST_TEXTS, language)('subject', {
      tag: say('tag'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...reasonBlocks(notice.reason, context),
      { block: 'paragraph', text: leadOf(notice, context) },
      ...bodyOf(notice, context),
    ],
  });
}
