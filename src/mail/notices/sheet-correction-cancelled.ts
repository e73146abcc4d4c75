import type { Letter } from '../../words/blocks.ts';
import { reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `version`: of the sheet that was published last; `withdrawn`: whether it is so. */
export type SheetCorrectionCancelledFacts = { version: number; withdrawn: boolean; reason: string };

/** To those who were asked for a corrected sheet, or to review it: it is not wanted any more. */
export function sheetCorrectionCancelled(
  { version, withdrawn, reason }: SheetCorrectionCancelledFacts,
  context: Context,
): Letter {
  const say = speaker('mail.sheet-correction-cancelled', context.language);
  const { pairing } = context;
  const lead = say('lead', { pairing });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...reasonBlocks(reason, context),
      {
        block: 'paragraph',
        text: say('stands', { version: String(version), withdrawn: withdrawn ? 'yes' : 'no' }),
      },
      { block: 'paragraph', text: say('close') },
    ],
  });
}
