import type { Language } from '../domain/language.ts';
import type { Letter } from '../words/blocks.ts';
import { speaker } from '../words/speaker.ts';
import { greetingOf, spaced } from './frame.ts';
import { renderHtml } from './html.ts';
import type { Mail } from './notice.ts';
import { renderText } from './text.ts';

/** The mail with the link and the code that somebody asked for on the site. */

/** `minutes`: how long link and code are valid. */
export function composeSignIn(
  { name, url, code, minutes }: { name: string; url: string; code: string; minutes: number },
  language: Language,
): Mail {
  const say = speaker('mail.sign-in', language);
  const frame = speaker('mail.frame', language);
  const lead = say('lead', { minutes });
  const letter: Letter = {
    language,
    subject: say('subject'),
    preview: lead,
    heading: { network: frame('network'), cooperation: frame('site') },
    greeting: greetingOf(name, language),
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'button', label: say('button'), url },
      { block: 'facts', rows: [{ label: say('code'), value: spaced(code) }] },
      { block: 'paragraph', text: say('notYou') },
    ],
    signature: [say('secretariat')],
    footer: [],
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
