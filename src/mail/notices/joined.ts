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
  /** The requests are those of colleagues, which the reader may answer as well. */
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
  const { language, pairing, cooperation, beside: { asked } = { asked: 0 } } = context;
  const say = speaker('mail.joined', language);
  const lead = say('lead', {
    pairing,
    subject: cooperation.subject,
    who: observer ? 'observer' : institution ? capacityOf(context) : 'consultant',
    ofInstitution: institution ? nameOf(institution, language, 'of') : '—',
    replaces: replaces ?? 'none',
  });
  const others = requests.length > 0 || (shared && asked === 0);
  const pending = [
    ...(asked > 0 || !others ? [say('pending', { count: asked })] : []),
    ...(others ? [say('shared', { count: requests.length })] : []),
  ];
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
        text: observer ? say('looksOn') : pending.join(' '),
      },
      ...requestBlocks(requests, context),
    ],
    closing: [...sessionBlocks(sessions, context), { block: 'paragraph', text: say('mistake') }],
  });
}
