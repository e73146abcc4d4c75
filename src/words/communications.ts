import type { CaseView } from '../domain/caseView.ts';
import type { Addressees } from '../domain/communication.ts';
import type { Language } from '../domain/language.ts';
import type { Form } from './names/noun.ts';
import { nameOf, nameOfParty, partyNamed, partyOf, personName } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** Who wrote a communication and to whom, in words. */

type CaseNames = Pick<CaseView, 'people' | 'programme'>;

/** "a quienes deben una respuesta", "al MTPS de Chile", "a Ana Paz": those it is addressed to, in a form. */
export function readersNamed(
  { addressed }: { addressed: Addressees },
  view: CaseNames,
  language: Language,
  form: Form = 'plain',
): string {
  switch (addressed.to) {
    case 'person':
      return nameOf(personName(view, addressed.person), language, form);
    case 'party':
      return partyNamed(view.programme, addressed.party, language, form);
    case 'owing':
      return speaker('case.readers', language)('owing', { form });
    case 'everybody':
      return speaker('case.readers', language)('everybody', { form });
  }
}

/** Who wrote it: a person by name, with their institution; the institution alone for staff who are nobody in the case. */
export function writerNamed(
  { by, party }: { by: string; party: string },
  { people, programme }: CaseNames,
  language: Language,
): string {
  const found = partyOf(programme, party);
  const institution = found ? nameOfParty(found, language) : party;
  const name = people.find(({ id }) => id === by)?.name;
  return name ? `${name}, ${institution}` : institution;
}
