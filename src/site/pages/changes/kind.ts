import type { CaseView } from '../../../domain/caseView.ts';
import type { Change } from '../../../domain/change.ts';
import { type Clock, momentOf } from '../../../words/dates.ts';
import { partyNamed } from '../../../words/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Mistake } from '../../frame.ts';

/** What a form asks for one kind of change, and how what is written becomes that change. */

/** The case, and who reads the form. */
export type Shown = { view: CaseView; clock: Clock };

/** What is written in a form, by the field's name; what is left empty is `''` or missing. */
export type Values = Readonly<Record<string, string>>;

export type Choice = { value: string; label: string; group?: string };
export type Field = {
  /** As in the change, so that its mistakes are shown at the field. */
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  as: 'text' | 'email' | 'url' | 'date' | 'time' | 'number' | 'long' | 'file' | 'code' | readonly Choice[];
};

/** A heading and what stands beside it. */
export type Fact = { heading: string; text: string };

export type Kind = {
  /** Whether there is anything that it could be done to, as the case stands. */
  possible(view: CaseView): boolean;
  fields(shown: Shown): Field[];
  /** What a form shows before anybody has written in it. */
  initial?(query: Values, shown: Shown): Values;
  /** What is missing or cannot go together, beside fields left empty. */
  mistakes?(values: Values, shown: Shown): Mistake[];
  /** The change, still to be parsed. Called when no field that has to be filled is empty. */
  change(values: Values, shown: Shown): unknown;
  /** What is worth knowing before it is made. */
  facts?(change: Change, shown: Shown): Fact[];
};

/** The fields of these names that were filled, as they were written. */
export const filled = (values: Values, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));

export const isOver = ({ closedAt }: CaseView): boolean => closedAt !== null;

/** Requests that somebody still owes an answer to. */
export const owedRequests = ({ requests }: CaseView): CaseView['requests'] =>
  requests.filter(({ closedAt, owing }) => closedAt === null && owing.length > 0);

/** Those who answer for an institution or as the consultant. */
export const answerers = ({ people }: CaseView): CaseView['people'] =>
  people.filter(({ active, role }) => active && role !== 'guest');

/** Sessions that are neither held nor cancelled. */
export const standingSessions = ({ sessions }: CaseView): CaseView['sessions'] =>
  sessions.filter(({ recordedAt, cancelledAt }) => recordedAt === null && cancelledAt === null);

/** Whether an institution has somebody who can take what another of it has. */
export const hasColleagues = (view: CaseView, party: string): boolean =>
  answerers(view).filter((one) => one.party === party).length > 1;

/** People to choose from, by institution. */
export const peopleChoices = (
  people: CaseView['people'],
  { view, clock: { language } }: Shown,
): readonly Choice[] =>
  people
    .map(({ id, name, party, role }) => ({
      value: id,
      label: name,
      group: partyNamed(view.programme, role === 'guest' ? 'guest' : party, language),
    }))
    .sort((a, b) => a.group.localeCompare(b.group, language));

/** An instant on all clocks of the cooperation. */
export const dateFact = (instant: string, { clock }: Shown): Fact => ({
  heading: speaker('changes.choice', clock.language)('date'),
  text: momentOf(instant, clock),
});
