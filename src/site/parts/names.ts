import type { CaseView } from '../../casefile/caseView.ts';
import type { Language } from '../../domain/language.ts';
import { countryName } from '../../domain/party.ts';
import { joined, speaker } from '../../mail/catalogue.ts';
import { TEXTS as FRAME } from '../../mail/frame.ts';

/** What a cooperation is called in the language of whoever reads, as mails call it. */

type Named = Pick<CaseView, 'programme'>;

/** "Cooperación Perú–Chile", and "Cooperación Barbados y Jamaica – Chile" where a side has more than one country. */
export function cooperationName({ programme }: Named, language: Language): string {
  const side = (role: string) =>
    joined(
      programme.institutions
        .filter((one) => one.role === role)
        .map(({ country }) => countryName(country, language)),
      language,
    );
  const sides = [side('requesting'), side('providing')];
  const pairing = sides.join(sides.some((names) => names.includes(' ')) ? ' – ' : '–');
  return speaker(FRAME, language)('cooperation', { pairing });
}

/** "14.ª Convocatoria RIAL, 2021". */
export const callName = ({ programme: { call } }: Named, language: Language): string =>
  speaker(FRAME, language)('call', { n: call.number, year: String(call.year) });
