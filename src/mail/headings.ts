import type { Language } from '../domain/language.ts';
import { countriesOf, secretariatAmong } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { CooperationHeading, Reader } from './notice.ts';

/** A cooperation and a person of it, from the case file or from a view of it, as mails name them. */

export function headingOf({ id, programme }: { id: string; programme: Programme }): CooperationHeading {
  const { institutions, subject, call } = programme;
  const { acronym, name } = secretariatAmong(institutions);
  return {
    id,
    subject,
    call,
    requesting: countriesOf(programme, 'requesting'),
    providing: countriesOf(programme, 'providing'),
    institutions,
    timeZones: [...new Set(institutions.map(({ timezone }) => timezone))],
    secretariat: { acronym, name },
  };
}

type Addressee = Pick<Reader, 'name' | 'email' | 'timeZone'> & {
  language: Language;
  role: string;
  party: string;
};

export function readerOf({ programme }: { programme: Programme }, person: Addressee): Reader {
  const institution =
    person.role === 'guest' ? undefined : programme.institutions.find(({ id }) => id === person.party);
  return {
    name: person.name,
    email: person.email,
    language: person.language,
    timeZone: person.timeZone,
    ...(institution && {
      institution: {
        acronym: institution.acronym,
        country: institution.country,
        secretariat: institution.role === 'secretariat',
      },
    }),
  };
}
