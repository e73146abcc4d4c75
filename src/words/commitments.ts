import type { CaseView } from '../domain/caseView.ts';
import type { Commitment } from '../domain/content.ts';
import type { Language } from '../domain/language.ts';
import type { CommitmentView } from '../domain/results/commitments.ts';
import { sessionTitle, stepLabel } from './labels.ts';
import { partyNamed, personName } from './names/parties.ts';
import { printedDate } from './papers.ts';
import { speaker } from './speaker.ts';

/** What people took upon themselves, in words: whose it is, until when, where it was agreed and what became of it. */

/** "MTPS de Chile", "Ana Pérez (MTPS de Chile)". */
export function commitmentOwner(
  { party, person }: Pick<CommitmentView, 'party' | 'person'>,
  view: Pick<CaseView, 'programme' | 'people'>,
  language: Language,
): string {
  const institution = partyNamed(view.programme, party, language);
  return ownerText(institution, person === null ? undefined : personName(view, person), language);
}

/** The same by the code of an institution, or the id of a person, as it is entered. */
export const ownerNamed = (
  owner: string,
  view: Pick<CaseView, 'programme' | 'people'>,
  language: Language,
): string => {
  const person = view.people.find(({ id }) => id === owner);
  return commitmentOwner(
    person ? { party: person.party, person: owner } : { party: owner, person: null },
    view,
    language,
  );
};

/** An institution as it is said, with the name of whoever of it is named. */
export const ownerText = (institution: string, name: string | undefined, language: Language): string =>
  name === undefined ? institution : speaker('labels.commitment', language)('person', { name, institution });

/** "Kept", "Put off until 30 September 2021"; nothing has been told of those that are still ahead. */
export function commitmentState(
  { outcome, due }: Pick<CommitmentView, 'outcome' | 'due'>,
  language: Language,
): string {
  const say = speaker('labels.commitment', language);
  return outcome === 'later'
    ? say('later', { due: printedDate(due, language, true) })
    : say(outcome ?? 'ahead');
}

/** "Reunión de coordinación", "1.ª sesión", "Informe Final". */
export function commitmentOrigin(
  { origin, session }: Pick<CommitmentView, 'origin' | 'session'>,
  language: Language,
): string {
  if (origin === 'session' && session !== null) return sessionTitle(session, language);
  if (origin === 'coordination' || origin === 'final-report') return stepLabel(origin, language);
  return speaker('labels.commitment', language)('staff');
}

/** "Enviar el manual — Ana Pérez (MTPS de Chile), hasta el 30 de septiembre de 2021". */
export const commitmentLine = (
  one: Pick<CommitmentView, 'what' | 'party' | 'person' | 'due'>,
  view: Pick<CaseView, 'programme' | 'people'>,
  language: Language,
): string => lineText(one, commitmentOwner(one, view, language), language);

/** The same of one as it is entered: its owner is the code of an institution, or the id of a person. */
export const agreedLine = (
  { owner, ...one }: Commitment,
  view: Pick<CaseView, 'programme' | 'people'>,
  language: Language,
): string => lineText(one, ownerNamed(owner, view, language), language);

/** The same where no case is at hand, but the name of whoever is named. */
export const agreedText = (
  { party, name, ...one }: { what: string; party: string; name?: string; due: string },
  programme: Parameters<typeof partyNamed>[0],
  language: Language,
): string => lineText(one, ownerText(partyNamed(programme, party, language), name, language), language);

const lineText = (
  { what, due }: Pick<CommitmentView, 'what' | 'due'>,
  owner: string,
  language: Language,
): string =>
  speaker('labels.commitment', language)('line', { what, owner, due: printedDate(due, language, true) });
