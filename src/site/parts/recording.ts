import type { CaseView } from '../../domain/caseView.ts';
import type { Door } from '../../domain/door.ts';
import { secretariatAmong } from '../../domain/people/party.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Field } from '../form.ts';
import { isSecretariat, type Visit } from '../visit.ts';

/** What the Secretariat records of people of institutions, who do so themselves elsewhere on the same page. */

type Someone = CaseView['people'][number];

/** Whose it is: of those for whom the reader may, the one that is chosen; who chooses nobody may for themselves alone. */
export const whoseIn = (visit: Visit, whose: readonly Someone[], chosen: string): Someone | undefined =>
  whose.find(({ id }) => id === (isSecretariat(visit) ? chosen : whose[0]?.id));

export const whoseField = ({ view, clock }: Visit, whose: readonly Someone[]): Field => ({
  ...{ name: 'by', as: 'select', label: speaker('request.page', clock.language)('whose') },
  options: whose.map(({ id, name, party }) => ({
    ...{ value: id, label: name, group: partyNamed(view.programme, party, clock.language) },
  })),
});

/** Who of the Secretariat records it; the Secretariat itself where the reader has no part in the cooperation. */
export const recorderIn = ({ person, view }: Visit): string =>
  person?.role === 'staff' ? person.id : secretariatAmong(view.programme.institutions).id;

/** By which door it comes, where the Secretariat records it. */
export const recordingDoor = (visit: Visit): { door: Door } | undefined =>
  isSecretariat(visit)
    ? { door: { door: 'staff', by: visit.person?.id ?? visit.viewer.address } }
    : undefined;
