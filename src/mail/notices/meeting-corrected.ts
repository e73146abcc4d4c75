import type { Letter } from '../../words/blocks.ts';
import { momentOf, ownMomentOf } from '../../words/dates/dates.ts';
import type { MeetingHeading } from '../../words/lines.ts';
import { reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { LeftBehind } from '../notice.ts';
import { recordBlocks } from './session-recorded.ts';

/** `corrected`: why what the coordination meeting agreed does not hold as it was sent before. */
export type MeetingCorrectedFacts = { meeting: MeetingHeading; corrected: string } & LeftBehind;

/** What the coordination meeting agreed, as it now is, to those who have had it otherwise. */
export function meetingCorrected(
  { meeting, corrected, ...record }: MeetingCorrectedFacts,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker('mail.meeting-corrected', language);
  const lead = say('lead', { pairing });
  return letter(context, {
    subject: say('subject', { pairing, when: ownMomentOf(meeting.startsAt, clock) }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...reasonBlocks(corrected, context),
      {
        block: 'facts',
        rows: [
          {
            label: speaker('mail.parts', language)('when'),
            value: momentOf(meeting.startsAt, clock, meeting.endsAt),
          },
        ],
      },
      ...recordBlocks(record, context, say('meeting')),
    ],
  });
}
