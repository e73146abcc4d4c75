import type { Letter } from '../../words/blocks.ts';
import { onDay, reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { RequestNotice } from '../notice.ts';
import { bodyOf, labelOf, mailLeadOf, untilOf } from './request.ts';

/** More time, to those who still owe an answer. */
export type DeadlineExtendedFacts = { previousDueAt: string; reason: string } & RequestNotice;

/** More time for a request that is not answered yet: the new due date, then the request once more. */

export function deadlineExtended(notice: DeadlineExtendedFacts, context: Context): Letter {
  const { language } = context;
  const say = speaker('mail.deadline-extended', language);
  const lead = say('lead', {
    previous: onDay(notice.previousDueAt, context),
    due: onDay(notice.brief.dueAt, context),
  });
  return letter(context, {
    subject: speaker('mail.request', language)('subject', {
      tag: say('tag'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...reasonBlocks(notice.reason, context),
      { block: 'paragraph', text: mailLeadOf(notice, context) },
      ...bodyOf(notice, context, { told: true }),
    ],
  });
}
