import type { Language } from '../domain/language.ts';
import type { SearchHit } from '../domain/search.ts';
import { sessionTitle, stepLabel } from './labels.ts';
import { speaker } from './speaker.ts';

/** What something that was found is called: "Pregunta 2", "2.ª sesión", a person’s name. A cooperation is called by whoever names it. */
export function foundName(
  { kind, ref, name }: Pick<SearchHit, 'kind' | 'ref' | 'name'>,
  language: Language,
): string {
  const say = speaker('labels.found', language);
  switch (kind) {
    case 'cooperation':
    case 'person':
    case 'document':
      return name ?? ref;
    case 'question':
      return say('oneQuestion', { number: Number(ref) });
    case 'minutes':
      return ref === '0' ? stepLabel('coordination', language) : sessionTitle(Number(ref), language);
    case 'commitment':
      return speaker('site.commitments', language)('one', { n: ref });
    case 'communication':
      return name ?? say('oneEnquiry', { number: Number(ref) });
  }
}
