import type { Language } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';
import { greetingOf } from './frame.ts';
import type { Mail } from './notice.ts';
import { siteMail } from './siteMail.ts';

/** The mail with the code that somebody asked for on the site. `minutes`: how long the code is valid. */
export function composeSignIn(
  { name, code, minutes }: { name: string; code: string; minutes: number },
  language: Language,
): Mail {
  const say = speaker('mail.sign-in', language);
  // Eight digits, not to be broken between the two halves.
  const spaced = code.replace(/^(\d{4})/, '$1\u00a0');
  return siteMail(language, {
    subject: say('subject'),
    greeting: greetingOf(name, language),
    lead: say('lead', { minutes }),
    blocks: [
      { block: 'facts', rows: [{ label: say('code'), value: spaced }] },
      { block: 'paragraph', text: say('notYou') },
    ],
    signature: [say('secretariat')],
  });
}
