import type { Refused } from '../client/refused.ts';
import type { Language } from '../domain/language.ts';
import { decisionLabel } from '../wording/labels.ts';
import { type Clock, ownMomentOf } from '../words/dates.ts';
import { speaker } from '../words/speaker.ts';

/** What a refusal means to whoever stands before the page, and what to do: of every code, in four languages. */

/** What the store says of a document, which has one code for all of it. */
const DOCUMENT_REASONS = [
  [/ is empty$/, 'documentEmpty'],
  [/ is larger than /, 'documentLarge'],
  [/ is not what its name says/, 'documentOther'],
] as const;

/** What was refused and what to do, for a page. `earlier` is told on the reader's own clock. */
export function refusalText(error: Refused, language: Language, clock: Clock): string {
  const say = speaker('refusals.site', language);
  const { code, earlier, message } = error;
  if (code === 'AlreadyAnswered')
    return earlier
      ? say('AlreadyAnswered', {
          name: earlier.name ?? earlier.by,
          decision: decisionLabel(earlier.decision, language),
          when: ownMomentOf(earlier.at, { ...clock, language }),
        })
      : say('answered');
  if (code === 'DocumentRefused')
    return say(DOCUMENT_REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'DocumentRefused');
  return say(code);
}
