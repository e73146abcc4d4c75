import type { ProgrammeChange } from '../../domain/change.ts';
import type { Difference } from '../../domain/programme/programmeDifferences.ts';
import { type Block, type Letter, when } from '../../words/blocks.ts';
import { sessionDate } from '../../words/dates/dates.ts';
import { differenceItems } from '../../words/differences.ts';
import type { SessionHeading } from '../../words/lines.ts';
import { contentsOf, reasonBlocks, sessionFacts, sessionName, toInviteBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { ToInvite } from '../notice.ts';

/** A version after the first that needed no approval, with what it changes. */
export type ProgrammeChangedFacts = {
  version: number;
  changes: ProgrammeChange[];
  /** The same in full, where the version before is known. */
  differences?: Difference[];
  /** The session concerned, as it now stands. */
  session?: SessionHeading;
  reason: string;
} & ToInvite;

/** A new version of the programme that nobody has to approve: what is different in it, and why. */

export function programmeChanged(
  { version, changes, differences = [], session, reason, toInvite }: ProgrammeChangedFacts,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.programme-changed', language);
  const values = { pairing, version: String(version) };
  const n = session ? String(session.number) : 'none';
  const { institutions } = context.cooperation;
  const full = differenceItems(differences, { ...context, institutions });
  const items = full.length > 0 ? full : changes.map((change) => ({ text: say(change, { n }) }));
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...when(items.length > 0, { block: 'heading', text: say('what') }, { block: 'list', items }),
      ...(session ? sessionAsItStands(session, changes, context) : []),
      ...toInviteBlocks(toInvite, 'on', context),
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: say('close') },
    ],
  });
}

/** Its date and how to join it, its contents where those are new to the reader; its date alone if it is not held. */
function sessionAsItStands(
  session: SessionHeading,
  changes: readonly ProgrammeChange[],
  context: Context,
): Block[] {
  if (changes.includes('session-cancelled')) {
    const label = speaker('mail.programme-changed', context.language)('planned');
    return [{ block: 'facts', rows: [{ label, value: sessionDate(session, context.clock) }] }];
  }
  const anew = changes.includes('session-added') || changes.includes('contents');
  return [
    { block: 'heading', text: sessionName(session.number, context.language) },
    { block: 'facts', rows: sessionFacts(session, context) },
    ...(anew ? contentsOf(session, context) : []),
  ];
}
