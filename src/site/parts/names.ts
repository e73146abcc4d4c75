import type { CaseView } from '../../domain/caseView.ts';
import type { Language } from '../../domain/language.ts';
import { countriesOf } from '../../domain/people/party.ts';
import { pairingOf } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';

/** What a cooperation is called in the language of whoever reads, as mails call it. */

type CaseOfProgramme = Pick<CaseView, 'programme'>;
type Sides = { programme: Pick<CaseView['programme'], 'institutions'> };

/** "Cooperación Perú–Chile", and "Cooperación Barbados y Jamaica – Chile" where a side has more than one country. */
export function cooperationName({ programme }: Sides, language: Language): string {
  const sides = {
    requesting: countriesOf(programme, 'requesting'),
    providing: countriesOf(programme, 'providing'),
  };
  return speaker('mail.frame', language)('cooperation', { pairing: pairingOf(sides, language) });
}

/** "14.ª Convocatoria RIAL, 2021". */
export const callName = ({ programme: { call } }: CaseOfProgramme, language: Language): string =>
  speaker('mail.frame', language)('call', { n: call.number, year: String(call.year) });
