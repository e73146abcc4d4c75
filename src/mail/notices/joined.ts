import { type Letter, when } from '../../words/blocks.ts';
import type { RequestLine, SessionHeading } from '../../words/lines.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { requestBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/** To a new delegate or a whole new institution's: what they come into. */
export type JoinedFacts = {
  /** Looks on, and is asked nothing. */
  observer?: true;
  /** The requests are those of colleagues, and come in no mail of their own. */
  shared?: true;
  /** The institution the reader answers for; absent for the consultant. */
  institution?: NamedParty;
  /** The name of the person whose place the reader takes. */
  replaces?: string;
  /** That person was the focal point of the institution, which the reader is now. */
  focalPoint?: true;
  requests: RequestLine[];
  sessions: SessionHeading[];
};

/** To somebody who comes into a cooperation under way: in what capacity, what is asked, what lies ahead. */

export function joined(
  { institution, observer, shared, replaces, focalPoint, requests, sessions }: JoinedFacts,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.joined', language);
  const lead = say('lead', {
    pairing,
    subject: cooperation.subject,
    who: observer ? 'observer' : institution ? capacityOf(context) : 'consultant',
    ofInstitution: institution ? nameOf(institution, language, 'of') : '—',
    replaces: replaces ?? 'none',
  });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(focalPoint && institution, {
        block: 'paragraph',
        text: speaker('mail.people-changed', language)('focalPoint', {
          ...{ who: 'you', name: '' },
          ofInstitution: institution ? nameOf(institution, language, 'of') : '',
        }),
      }),
      {
        block: 'paragraph',
        text: observer
          ? say('looksOn')
          : `${say('how')} ${say(shared ? 'shared' : 'pending', { count: requests.length })}`,
      },
      ...requestBlocks(requests, context),
      ...sessionBlocks(sessions, context),
      { block: 'paragraph', text: say('mistake') },
    ],
  });
}
