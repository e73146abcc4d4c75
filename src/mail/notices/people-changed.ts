import { type Letter, when } from '../../words/blocks.ts';
import { nameOf } from '../../words/parties.ts';
import { requestBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To those who work with a person: who came, who went, who is the focal point. Why is not said. */

export function peopleChanged(
  { how, name, by, as, institution, contact, requests }: Extract<Notice, { notice: 'people-changed' }>,
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
      ...when(contact !== undefined, {
        block: 'facts',
        rows: [
          ...(contact?.post ? [{ label: say('post'), value: contact.post }] : []),
          { label: say('email'), value: contact?.email ?? '' },
        ],
      }),
      ...requestBlocks(requests, context),
      ...when(requests.length === 0, {
        block: 'paragraph',
        text: speaker('mail.parts', language)('noAnswer'),
      }),
    ],
  });
}
