import { type Block, type Letter, when } from '../../words/blocks.ts';
import { momentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, greetingOf, officerBlocks, signatureOf } from '../frame.ts';

/** To an officer, once a morning: what waits on them in their cooperations, and what else was held. */
export type DigestFacts = {
  cooperations: {
    pairing: string;
    subject: string;
    asked: { label: string; dueAt: string; url: string }[];
    others: { subject: string; url: string }[];
  }[];
};

/** To an officer, once a morning: what waits on them, and what else was held, in all their cooperations. */

export function digest({ cooperations }: DigestFacts, context: Context): Letter {
  const { language, reader, clock } = context;
  const say = speaker('mail.digest', language);
  const frame = speaker('mail.frame', language);
  const asked = cooperations.reduce((sum, one) => sum + one.asked.length, 0);
  const others = cooperations.reduce((sum, one) => sum + one.others.length, 0);
  const lead = say('lead', { asked, others });
  return {
    language,
    subject: say('subject', { asked, others }),
    preview: lead,
    heading: { network: frame('network'), cooperation: say('heading') },
    greeting: greetingOf(reader.name, language),
    blocks: [
      { block: 'paragraph', text: lead },
      ...cooperations.flatMap(({ pairing, subject, asked, others }): Block[] => [
        { block: 'heading', text: `${pairing} · ${subject}` },
        ...when(
          asked.length,
          { block: 'paragraph', text: say('asked') },
          {
            block: 'list',
            items: asked.map(({ label, dueAt, url }) => ({
              text: label,
              note: `${say('due', { when: momentOf(dueAt, clock) })}\n${url}`,
              url,
            })),
          },
        ),
        ...when(
          others.length,
          { block: 'paragraph', text: say('others') },
          { block: 'list', items: others.map(({ subject, url }) => ({ text: subject, note: url, url })) },
        ),
      ]),
      ...officerBlocks(context.cooperation, frame),
    ],
    signature: signatureOf(context),
    footer: [say('footer')],
  };
}
