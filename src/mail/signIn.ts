import type { Language } from '../domain/language.ts';
import type { Letter } from '../words/blocks.ts';
import { speaker } from '../words/speaker.ts';
import { greetingOf } from './frame.ts';
import { renderHtml } from './html.ts';
import type { Mail } from './notice.ts';
import { renderText } from './text.ts';

/** The mail with the code that somebody asked for on the site. */

/** `minutes`: how long the code is valid. */
export function composeSignIn(
  { name, code, minutes }: { name: string; code: string; minutes: number },
  language: Language,
): Mail {
  const say = speaker('mail.sign-in', language);
  const frame = speaker('mail.frame', language);
  const lead = say('lead', { minutes });
  // Eight digits, not to be broken between the two halves.
  const spaced = code.replace(/^(\d{4})/, '$1\u00a0');
  const letter: Letter = {
    language,
    subject: say('subject'),
    preview: lead,
    heading: { network: frame('network'), cooperation: frame('site') },
    greeting: greetingOf(name, language),
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: [{ label: say('code'), value: spaced }] },
      { block: 'paragraph', text: say('notYou') },
    ],
    signature: [say('secretariat')],
    footer: [],
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
