import type { Language } from '../../domain/language.ts';
import { CONSULTANT, OBSERVER } from '../../domain/methodology.ts';
import { countriesOf, type Party } from '../../domain/people/party.ts';
import { joined } from '../lists.ts';
import { phraser } from '../phrase.ts';
import { institutionNamed, type NamedInstitution } from './institutions.ts';
import { bare, type Form, nounIn } from './noun.ts';
import { stateName } from './states.ts';

/** What those who take part in a cooperation are called: its institutions, its consultant, its guests, its countries. */

/** An institution as a programme has it, or one of those who are of none. */
export type NamedParty = NamedInstitution | { role: 'consultant' | 'guest' | 'observer' };

/** "MTPE del Perú", "la OEA", "al consultor o a la consultora": a party in a form. */
export const nameOfParty = (party: NamedParty, language: Language, form: Form = 'plain'): string =>
  'acronym' in party
    ? institutionNamed(party, language, form)
    : phraser('labels.party', language)(party.role, { form });

type Institutions = { institutions: readonly (NamedInstitution & { id: string })[] };

/** A person by name, or a party. */
export type NameOrParty = string | NamedParty;

/** "a Ana Paz", "al MTPS de Chile": a person or a party in a form. */
export const nameOf = (one: NameOrParty, language: Language, form: Form = 'plain'): string =>
  typeof one === 'string' ? nounIn(bare(one), language, form) : nameOfParty(one, language, form);

/** The party of a code; none where the programme has no institution of it. */
export function partyOf({ institutions }: Institutions, code: string): NamedParty | undefined {
  if (code === CONSULTANT || code === OBSERVER) return { role: code };
  return institutions.find(({ id }) => id === code) ?? (code === 'guest' ? { role: 'guest' } : undefined);
}

/** A party of a programme, given by its code, in a form; a code that is no party's is said as it is. */
export function partyNamed(
  programme: Institutions,
  code: string,
  language: Language,
  form: Form = 'plain',
): string {
  const party = partyOf(programme, code);
  return party ? nameOfParty(party, language, form) : code;
}

/** "al MTPE del Perú y al MTPS de Chile": several parties, each in the form. */
export const partiesNamed = (
  programme: Institutions,
  codes: readonly string[],
  language: Language,
  form: Form = 'plain',
): string => listed(codes, (code, form) => partyNamed(programme, code, language, form), language, form);

/** What a message is given of a party, or of several: `{theParty}`, `{ofParty}` and their like, each in its form. */
export const inForms = (say: (form: Form) => string) => ({
  party: say('plain'),
  theParty: say('the'),
  TheParty: say('The'),
  ofParty: say('of'),
  toParty: say('to'),
  byParty: say('by'),
});

/** The same of the parties of these codes. */
export const partyForms = (programme: Institutions, codes: readonly string[], language: Language) =>
  inForms((form) => partiesNamed(programme, codes, language, form));

/** The same of parties that are known. */
export const namesOfParties = (
  parties: readonly NamedParty[],
  language: Language,
  form: Form = 'plain',
): string => listed(parties, (party, form) => nameOfParty(party, language, form), language, form);

/** Of a list at the beginning of a sentence, only the first has a capital. */
const listed = <T>(
  items: readonly T[],
  say: (item: T, form: Form) => string,
  language: Language,
  form: Form,
): string =>
  joined(
    items.map((item, index) => say(item, form === 'The' && index > 0 ? 'the' : form)),
    language,
  );

/** "Barbados y Jamaica": countries given by their ISO 3166 letters. */
export const countryNames = (countries: readonly string[], language: Language): string =>
  joined(
    countries.map((country) => stateName(country, language)),
    language,
  );

/** "Perú–Chile", and "Barbados y Jamaica – Chile" where a side's name has several words. */
export function pairingOf(
  { requesting, providing }: { requesting: readonly string[]; providing: readonly string[] },
  language: Language,
): string {
  const sides = [countryNames(requesting, language), countryNames(providing, language)];
  return sides.join(sides.some((names) => names.includes(' ')) ? ' – ' : '–');
}

/** "Perú ← Chile": who asks, and who has the experience. */
export function directionOf(
  institutions: readonly Pick<Party, 'role' | 'country'>[],
  language: Language,
): string {
  const side = (role: Party['role']) => countryNames(countriesOf({ institutions }, role), language);
  return `${side('requesting')} ← ${side('providing')}`;
}

type People = { people: readonly { id: string; name: string }[] };

/** A person's name; the code where the case knows nobody of it. */
export const personName = ({ people }: People, code: string): string =>
  people.find(({ id }) => id === code)?.name ?? code;

/** "María Paz", "la OEA": who of the Secretariat recorded something, a person of the case or the institution. */
export const recorderName = (
  { people, programme }: People & { programme: Institutions },
  by: string,
  language: Language,
  form: Form = 'the',
): string => nameOf(people.find(({ id }) => id === by)?.name ?? partyOf(programme, by) ?? by, language, form);
