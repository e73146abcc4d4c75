import type { Follow } from '../domain/follows.ts';
import type { Language } from '../domain/language.ts';
import { speaker } from './speaker.ts';

/** What follows from a change, in words: a sentence each. */
export function followText(follow: Follow, language: Language): string {
  const say = speaker('changes.follows', language);
  switch (follow.follows) {
    case 'invitation':
      return say('invitation', {
        n: String(follow.session),
        approved: yes(follow.approved),
        version: yes(follow.version),
      });
    case 'date-poll':
      return say('date-poll', { n: String(follow.session), approved: yes(follow.approved) });
    case 'approval':
    case 'convocation':
    case 'systematization':
    case 'next-step':
      return say(follow.follows);
  }
}

const yes = (is: boolean) => (is ? 'yes' : 'no');
