import { type Letter, when } from '../../words/blocks.ts';
import { ownMomentOf, sessionDate } from '../../words/dates/dates.ts';
import type { DocumentLine, QuestionLine, SessionHeading } from '../../words/lines.ts';
import {
  contentsOf,
  documentBlocks,
  materialsBlocks,
  questionBlocks,
  sessionFacts,
  toInviteBlocks,
} from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { ToInvite } from '../notice.ts';

export type AgendaFacts = {
  session: SessionHeading;
  guest: boolean;
  /** As of an invitation. */
  materialsBy?: string;
  questions: QuestionLine[];
  documents: DocumentLine[];
} & ToInvite;

/** The agenda of a session, shortly before it, with what is still to be answered. */

export function agenda(
  { session, guest, materialsBy, questions, documents, toInvite }: AgendaFacts,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker('mail.agenda', language);
  const lead = say('lead', { n: String(session.number), pairing });
  return letter(context, {
    subject: say('subject', {
      session: speaker('mail.parts', language)('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: sessionFacts(session, context) },
      ...when(guest, { block: 'paragraph', text: say('guest') }),
      ...toInviteBlocks(toInvite, 'on', context),
      ...contentsOf(session, context),
      ...when(questions.length > 0, {
        block: 'paragraph',
        text: say('questions', { count: questions.length }),
      }),
      ...questionBlocks(questions, context),
      ...documentBlocks(documents, context, say('documents')),
      ...materialsBlocks(materialsBy, context),
    ],
  });
}
