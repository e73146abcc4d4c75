import { type Attendee, SEXES, type Sex } from '../domain/content.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { attendeeOf, type NamedAttendee } from '../domain/people/attendance.ts';
import { isSameName } from '../domain/people/samePerson.ts';
import { groupName } from './guestList.ts';
import type { NamedInstitution } from './names/institutions.ts';
import { partyNamed } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** Who was at a meeting, in words, and as somebody writes it: a line each of a name, an institution, and what is said of it. */

type Programme = { institutions: readonly (NamedInstitution & { id: string })[] };
type Knowing = {
  programme: Programme;
  people: readonly { id: string; name: string; party: string }[];
};

/** "MTPS de Chile", "SENCE"; nothing where none is known. */
export const attendeeFrom = (
  { party, institution }: Pick<NamedAttendee, 'party' | 'institution'>,
  programme: Programme,
  language: Language,
): string => (party ? partyNamed(programme, party, language) : (institution ?? ''));

/** "Ana Pérez (MTPS de Chile)"; what is said of anybody's sex is no part of it. */
export function attendeeText(one: Attendee, programme: Programme, language: Language): string {
  const named = attendeeOf(one);
  const from = attendeeFrom(named, programme, language);
  const name = groupName({ name: named.name, count: named.count ?? null }, language);
  return from ? `${name} (${from})` : name;
}

/** "Ana Pérez; MTPS de Chile; mujer": everything that is known of somebody, to be read by {@link attendeeIn} again. */
export function attendeeLine(one: Attendee, programme: Programme, language: Language): string {
  if (typeof one === 'string') return one;
  const { name, sex, count } = one;
  const say = speaker('labels.attendance', language);
  return [name, attendeeFrom(one, programme, language), sex ? say(sex) : '', count ? String(count) : '']
    .filter(Boolean)
    .join('; ');
}

/** What a line says of somebody. Who is of the cooperation is known by their name. */
export function attendeeIn(line: string, knowing: Knowing): Attendee {
  const [name = '', ...others] = line.split(/[;\t]/u).map((part) => part.trim());
  const said: Partial<NamedAttendee> = {};
  for (const part of others.filter(Boolean)) {
    const sex = sexNamed(part);
    const party = partyCalled(part, knowing);
    if (sex) said.sex = sex;
    else if (/^\d{1,3}$/.test(part) && Number(part) > 1) said.count = Number(part);
    else if (party) said.party = party;
    else said.institution = said.institution ? `${said.institution}, ${part}` : part;
  }
  const same = knowing.people.filter((one) => isSameName(one.name, name));
  const person =
    same.find(({ party }) => party === said.party) ??
    (said.party || said.institution ? undefined : onlyOne(same));
  if (!person && Object.keys(said).length === 0) return name;
  return { name, ...said, ...(person && { party: person.party, person: person.id }) };
}

/** Entries of one name in several parts are one person, where these are of one party. */
const onlyOne = <T extends { party: string }>(people: readonly T[]): T | undefined =>
  new Set(people.map(({ party }) => party)).size === 1 ? people[0] : undefined;

const sexNamed = (text: string): Sex | undefined =>
  SEXES.find((sex) =>
    LANGUAGES.some((language) => isSameName(speaker('labels.attendance', language)(sex), text)),
  );

/** The one party that is called so in any language, by its acronym or by its code. */
function partyCalled(text: string, { programme, people }: Knowing): string | undefined {
  const codes = [
    ...new Set([...programme.institutions.map(({ id }) => id), ...people.map(({ party }) => party)]),
  ];
  const called = codes.filter((code) => {
    const institution = programme.institutions.find(({ id }) => id === code);
    const names = LANGUAGES.map((language) => partyNamed(programme, code, language));
    return [code, institution?.name ?? code, institution?.acronym ?? code, ...names].some((one) =>
      isSameName(one, text),
    );
  });
  return called.length === 1 ? called[0] : undefined;
}
