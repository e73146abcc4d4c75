import { attendeeText } from '../../words/attendance.ts';
import { type Block, type Letter, when } from '../../words/blocks.ts';
import { agreedText } from '../../words/commitments.ts';
import { ownMomentOf, sessionDate } from '../../words/dates/dates.ts';
import { reasonBlocks, sessionName } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { LeftBehind, SessionRecord } from '../notice.ts';

/** `corrected`: why what was sent before does not hold. */
export type SessionRecordedFacts = { corrected?: string } & SessionRecord;

/** What a session leaves behind: its minutes, who attended, what it produced. */

/** Outputs, minutes and attendance of a session. `of` names the session, where it is not the one the mail is about. */
export function recordBlocks(
  { minutes, attendance, outputs, commitments = [] }: LeftBehind,
  { language, cooperation }: Context,
  of?: string,
): Block[] {
  const say = speaker('mail.session-recorded', language);
  const heading = (text: string): Block => ({ block: 'heading', text: of ? `${text} · ${of}` : text });
  const list = (text: string, items: readonly string[]) =>
    when(items.length > 0, heading(text), { block: 'list', items: items.map((item) => ({ text: item })) });
  return [
    ...list(say('outputs'), outputs),
    ...list(
      say('commitments'),
      commitments.map((one) => agreedText(one, cooperation, language)),
    ),
    ...when(minutes.trim(), heading(say('minutes')), { block: 'quote', text: minutes }),
    ...list(
      say('attendance'),
      attendance.map((one) => attendeeText(one, cooperation, language)),
    ),
  ];
}

/** The minutes that another mail brings: named at the end of its subject, near its beginning, and shown at its end. */
export const alsoMinutes = (minutes: readonly SessionRecord[], { language }: Context): string[] =>
  minutes.map(({ session }) =>
    speaker('mail.request', language)('alsoMinutes', { n: String(session.number) }),
  );

export const minutesBelow = (minutes: readonly SessionRecord[], { language }: Context): Block[] =>
  minutes.map(({ session }) => ({
    block: 'paragraph',
    text: speaker('mail.request', language)('minutesBelow', { n: String(session.number) }),
  }));

export const recordsBelow = (minutes: readonly SessionRecord[], context: Context): Block[] =>
  minutes.flatMap((record) =>
    recordBlocks(record, context, sessionName(record.session.number, context.language)),
  );

export function sessionRecorded({ corrected, ...record }: SessionRecordedFacts, context: Context): Letter {
  const { language, clock, pairing } = context;
  const { session } = record;
  const say = speaker('mail.session-recorded', language);
  const parts = speaker('mail.parts', language);
  const lead = say(corrected === undefined ? 'lead' : 'leadCorrected', {
    n: String(session.number),
    pairing,
  });
  return letter(context, {
    subject: say(corrected === undefined ? 'subject' : 'subjectCorrected', {
      session: parts('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...(corrected === undefined ? [] : reasonBlocks(corrected, context)),
      { block: 'facts', rows: [{ label: parts('when'), value: sessionDate(session, clock) }] },
      ...recordBlocks(record, context),
    ],
  });
}
