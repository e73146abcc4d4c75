import { STEPS } from '../domain/methodology.ts';
import { type Block, when } from '../words/blocks.ts';
import { colonIn } from '../words/colon.ts';
import { stepLabel } from '../words/labels.ts';
import { joined } from '../words/lists.ts';
import { nameOf } from '../words/names/parties.ts';
import { speaker } from '../words/speaker.ts';
import type { Context } from './frame.ts';
import type { Introduction } from './notice.ts';

/** The cooperation to whoever is written to for the first time, below what the mail is about. */
export function introduced(
  { who, objectives, delegations, current }: Introduction,
  { language }: Context,
): Block[] {
  const say = speaker('mail.introduction', language);
  const steps = current.map((step) => stepLabel(step, language));
  const isGuest = who === 'guest';
  return [
    { block: 'heading', text: say('what') },
    { block: 'paragraph', text: `${say('network')} ${say('expected', { who })}`.trim() },
    { block: 'heading', text: say('who') },
    {
      block: 'list',
      items: delegations.map(({ institution, people }) => ({
        text: nameOf(institution, language),
        // Who they are is for those who work with them.
        ...(people.length > 0 &&
          !isGuest && {
            note: joined(
              people.map(({ name, post }) => (post ? `${name} (${post})` : name)),
              language,
            ),
          }),
      })),
    },
    { block: 'heading', text: say('objectives') },
    {
      block: 'list',
      items: objectives.map(({ title, text }) => ({ text: title ? title + colonIn(language) + text : text })),
    },
    ...when(
      !isGuest,
      { block: 'heading', text: say('steps') },
      {
        block: 'list',
        numbered: true,
        items: STEPS.map((step) => ({ text: stepLabel(step, language) + colonIn(language) + say(step) })),
      },
    ),
    ...when(!isGuest && steps.length > 0, {
      block: 'paragraph',
      text: say('stands', { count: steps.length, steps: joined(steps, language) }),
    }),
    ...when(!isGuest && who !== 'observer', { block: 'paragraph', text: say('silence') }),
  ];
}
