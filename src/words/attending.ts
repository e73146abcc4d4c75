import type { Language } from '../domain/language.ts';
import type { Attendances } from '../domain/mails/calendarReply.ts';
import { colonIn } from './colon.ts';
import { speaker } from './speaker.ts';

/** Who comes to a session or the coordination meeting, by what calendars answered. */

export type AttendingLine<P> = { line: string; people: readonly P[] };

/** "No asistirá: 2 de 5", and who these are; what nobody answered is left out. */
export function attendingLines<P>(
  { invited, ...by }: Attendances<P>,
  language: Language,
): AttendingLine<P>[] {
  const say = speaker('case.attending', language);
  return (['declined', 'tentative', 'accepted', 'silent'] as const)
    .filter((one) => by[one].length > 0)
    .map((one) => ({
      line: `${say(one)}${colonIn(language)}${say('of', { count: by[one].length, invited })}`,
      people: by[one],
    }));
}
