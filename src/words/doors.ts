import type { Door } from '../domain/door.ts';
import type { Language } from '../domain/language.ts';
import { personName } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** By which door an answer came: "por el sitio, con su propia sesión". */
export function doorWords(
  door: Door,
  view: { people: readonly { id: string; name: string }[] },
  language: Language,
): string {
  const say = speaker('case.door', language);
  switch (door.door) {
    case 'staff':
      return say('staff', { name: personName(view, door.by) });
    case 'token':
      return say('token', { name: door.name, number: door.token });
    default:
      return say(door.door);
  }
}
