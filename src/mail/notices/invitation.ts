import { type Block, type Letter, when } from '../../words/blocks.ts';
import { dayOf, ownMomentOf, sessionDate } from '../../words/dates/dates.ts';
import type { DocumentLine, QuestionLine, SessionHeading } from '../../words/lines.ts';
import {
  contentsOf,
  documentBlocks,
  materialsBlocks,
  questionBlocks,
  reasonBlocks,
  sessionFacts,
  sessionName,
  toInviteBlocks,
  unjoinable,
} from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { RequestNotice, SessionRecord, ToInvite } from '../notice.ts';
import { bodyOf, mailLeadOf, untilOf } from './request.ts';
import { alsoMinutes, minutesBelow, recordsBelow } from './session-recorded.ts';

export type InvitationFacts = {
  session: SessionHeading;
  guest: boolean;
  /** Until which day its materials are to be there; not to whoever puts none in. */
  materialsBy?: string;
  programmeVersion?: number;
  /** That version has just been approved: this mail is how the delegations learn of it. */
  programmeApproved?: boolean;
  /**
   * Where the reader was invited before: the session was moved, or has another length, link or place (`details`);
   * it is not held (`cancelled`); it is, without the reader (`withdrawn`); its date stands no
   * more (`undated`).
   */
  change?: {
    kind: 'moved' | 'details' | 'cancelled' | 'withdrawn' | 'undated';
    previousStartsAt?: string;
    reason?: string;
  };
  /** What sessions before it left behind, where the reader has not been sent it yet. */
  recorded?: SessionRecord[];
  /** The first invitation of a cooperation asks a ministry for its documents, too. */
  asked?: RequestNotice | undefined;
  /** The sessions that it also invites to: their dates stand in the same programme. */
  others?: SessionHeading[];
  /** The agenda, where the session is so near that it goes with the invitation. */
  questions?: QuestionLine[];
  documents?: DocumentLine[];
} & ToInvite;

/** An invitation to a session; later its new date or details, that it is not held, or that it is without the reader. */

export function invitation(
  {
    session,
    guest,
    programmeVersion,
    programmeApproved = false,
    materialsBy,
    change,
    asked,
    others = [],
    recorded = [],
    questions = [],
    documents = [],
    toInvite,
  }: InvitationFacts,
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
  const out = change?.kind === 'cancelled' || change?.kind === 'withdrawn' || change?.kind === 'undated';
  const named = {
    session: speaker('mail.parts', language)('sessionOf', { n: String(session.number) }),
    when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
  };
  return letter(context, {
    subject: [
      asked
        ? say('subjectAsking', { ...named, until: untilOf(asked, context) })
        : say('subject', { ...named, change: change?.kind ?? 'none' }),
      ...others.map(({ number, startsAt }) =>
        say('alsoSession', { n: String(number), day: startsAt ? dayOf(startsAt, clock) : '—' }),
      ),
      ...alsoMinutes(recorded, context),
    ].join(' · '),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: sessionFacts(out ? unjoinable(session) : session, context) },
      ...reasonBlocks(change?.reason, context),
      ...when(guest && !out, { block: 'paragraph', text: say('guest') }),
      {
        block: 'paragraph',
        text: out
          ? say(change.kind === 'withdrawn' ? 'calendarWithdrawn' : 'calendarCancelled')
          : say('calendar', {
              updated: change ? 'yes' : 'no',
              approved: programmeApproved ? 'yes' : 'no',
              version: programmeVersion === undefined ? 'none' : String(programmeVersion),
            }),
      },
      ...toInviteBlocks(toInvite, out ? 'off' : 'on', context),
      ...when(out && programmeVersion !== undefined, {
        block: 'paragraph',
        text: say('programmeWithout', { version: String(programmeVersion) }),
      }),
      ...(out
        ? []
        : [
            ...(asked ? askingBlocks(asked, say('asked'), context) : []),
            ...minutesBelow(recorded, context),
            ...contentsOf(session, context),
            ...when(
              others.length > 0,
              { block: 'heading', text: say('others') },
              { block: 'paragraph', text: say('othersCalendar', { count: others.length }) },
            ),
            ...others.flatMap((other): Block[] => [
              { block: 'heading', text: sessionName(other.number, language) },
              { block: 'facts', rows: sessionFacts(other, context) },
              ...when(other.contents.trim(), { block: 'quote', text: other.contents }),
            ]),
            ...questionBlocks(questions, context),
            ...documentBlocks(documents, context),
            ...materialsBlocks(materialsBy, context),
            ...recordsBelow(recorded, context),
          ]),
    ],
  });
}

/** The request that comes with it, in full. */
const askingBlocks = (asked: RequestNotice, heading: string, context: Context): Block[] => [
  { block: 'heading', text: heading },
  { block: 'paragraph', text: mailLeadOf(asked, context) },
  ...bodyOf(asked, context),
];
