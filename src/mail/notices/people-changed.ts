import { type Letter, when } from '../../words/blocks.ts';
import type { RequestLine } from '../../words/lines.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { requestBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter, noAnswerBlocks } from '../frame.ts';

/** To those who work with a person who came, went, or is the focal point. */
export type PeopleChangedFacts = {
  /** `yourPlace`, `yourFocalPoint`: it is the reader who takes the place, or is the focal point. */
  how: 'joined' | 'left' | 'replaced' | 'focalPoint' | 'yourPlace' | 'yourFocalPoint';
  name: string;
  /** Who takes their place. */
  by?: string;
  /** With the place of a focal point, whoever takes it is one. */
  focalPoint?: true;
  /** In what capacity that person takes part. */
  as: 'ministry' | 'secretariat' | 'consultant' | 'observer';
  institution?: NamedParty;
  /** How to reach whoever came. */
  contact?: { email: string; post?: string };
  /** What is asked of the institution of a reader who has a new part. */
  requests: RequestLine[];
};

/** To those who work with a person: who came, who went, who is the focal point. Why is not said. */

export function peopleChanged(
  { how, name, by, focalPoint, as, institution, contact, requests }: PeopleChangedFacts,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.people-changed', language);
  const values = {
    ...{ how, name, pairing, as },
    by: by ?? '',
    ofInstitution: institution ? nameOf(institution, language, 'of') : '',
  };
  const lead = say('lead', values);
  return letter(context, {
    subject: say('subject', values),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(focalPoint, {
        block: 'paragraph',
        text: say('focalPoint', {
          who: how === 'yourPlace' ? 'you' : 'other',
          name: by ?? name,
          ofInstitution: values.ofInstitution,
        }),
      }),
      ...when(contact !== undefined, {
        block: 'facts',
        rows: [
          ...(contact?.post ? [{ label: say('post'), value: contact.post }] : []),
          { label: say('email'), value: contact?.email ?? '' },
        ],
      }),
      ...requestBlocks(requests, context),
      ...(requests.length === 0 ? noAnswerBlocks(context) : []),
    ],
  });
}
