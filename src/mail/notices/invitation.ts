import { type Letter, when } from '../../words/blocks.ts';
import { dayOf, ownMomentOf, sessionDate } from '../../words/dates.ts';
import {
  contentsOf,
  documentBlocks,
  questionBlocks,
  reasonBlocks,
  sessionFacts,
  sessionName,
  unjoinable,
} from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { recordBlocks } from './session-recorded.ts';

/** An invitation to a session; later its new date or details, that it is not held, or that it is without the reader. */

export function invitation(
  {
    session,
    guest,
    programmeVersion,
    programmeApproved = false,
    change,
    recorded = [],
    questions = [],
    documents = [],
  }: Extract<Notice, { notice: 'invitation' }>,
  context: Context,
): Letter {
  const { language, clock, pairing, cooperation } = context;
  const say = speaker('mail.invitation', language);
  const previous = change?.previousStartsAt ? dayOf(change.previousStartsAt, clock) : 'none';
  const lead = say(change?.kind ?? 'lead', {
    n: String(session.number),
    pairing,
    subject: cooperation.subject,
    previous,
  });
  // Of a session that is not held, or not with the reader, nobody should find the link.
  const out = change?.kind === 'cancelled' || change?.kind === 'withdrawn';
  return letter(context, {
    subject: say('subject', {
      change: change?.kind ?? 'none',
      session: speaker('mail.parts', language)('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: sessionFacts(out ? unjoinable(session) : session, context) },
      ...reasonBlocks(change?.reason, context),
      ...when(guest && !out, { block: 'paragraph', text: say('guest') }),
      {
        block: 'paragraph',
        text: out
          ? say(change.kind === 'cancelled' ? 'calendarCancelled' : 'calendarWithdrawn')
          : say('calendar', {
              updated: change ? 'yes' : 'no',
              approved: programmeApproved ? 'yes' : 'no',
              version: programmeVersion === undefined ? 'none' : String(programmeVersion),
            }),
      },
      ...when(out && programmeVersion !== undefined, {
        block: 'paragraph',
        text: say('programmeWithout', { version: String(programmeVersion) }),
      }),
      ...(out
        ? []
        : [
            ...contentsOf(session, context),
            ...questionBlocks(questions, context),
            ...documentBlocks(documents, context),
            ...recorded.flatMap((record) =>
              recordBlocks(record, context, sessionName(record.session.number, language)),
            ),
          ]),
    ],
  });
}
