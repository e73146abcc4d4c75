import type { Language } from '../domain/language.ts';
import type { Refusal, Refused } from '../domain/refusal.ts';
import { type Clock, calendarDay, ownMomentOf } from '../words/dates/dates.ts';
import { placedText } from '../words/mistakes.ts';
import { type RefusalReader, refusalText } from '../words/refusals.ts';
import { speaker } from '../words/speaker.ts';
import { clockOf } from './clock.ts';
import type { PageContext } from './context.ts';
import type { Visit } from './visit.ts';

/** What was refused and what to do, for a page: on the reader's own clock, and by the names of the case there is. */
export const refusedText = (
  { refusal }: Refused,
  {
    clock,
    view,
    own,
    inNameOf,
  }: Pick<RefusalReader, 'own' | 'inNameOf'> & { clock: Clock; view?: Visit['view'] },
): string =>
  refusalText(refusal, {
    ...{ language: clock.language, own, inNameOf },
    when: (instant) => ownMomentOf(instant, clock),
    day: (day) => calendarDay(day, clock),
    view,
  });

/** The same on a page that is of no case. */
export const refusedOn = (c: PageContext, { refusal }: Refused): string =>
  refusalText(refusal, {
    language: c.get('language'),
    when: (instant) => ownMomentOf(instant, clockOf(c, instant)),
    day: (day) => day,
  });

/** The mistakes of a programme file that was refused, each with its line; none of any other refusal. */
export function fileMistakes(refusal: Refusal, language: Language): string[] {
  if (refusal.code !== 'ProgrammeMistaken') return [];
  const say = speaker('request.page', language);
  return refusal.mistakes.map((mistake) => {
    const told = placedText(mistake, language);
    return mistake.line === undefined ? told : say('line', { line: mistake.line, message: told });
  });
}
