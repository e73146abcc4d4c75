import type { Cooperations } from '../../../client/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import type { Change } from '../../../domain/change.ts';
import { isFollowedUp } from '../../../domain/results/followUp.ts';
import { type Clock, momentOf } from '../../../words/dates/dates.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Field, Mistake, Option } from '../../form.ts';

/** What a form asks for one kind of change, and how what is written becomes that change. */

/** The case, and who reads the form. */
export type Reader = { view: CaseView; clock: Clock };

/** What a programme file holds, or its mistakes. */
export type CheckProgramme = Cooperations['checkProgramme'];

/** What is written in a form, by the field's name; what is left empty is `''` or missing. */
export type Texts = Readonly<Record<string, string>>;

/** A heading and what stands beside it. */
export type Fact = { heading: string; text: string };

export type Kind = {
  /** Whether there is anything that it could be done to, as the case stands now. */
  possible(view: CaseView, now: string): boolean;
  /**
   * Named as in the change, so that its mistakes are shown at the field; all but the optional are to be filled in.
   * `written` is what stands in a form that is shown: its lists offer what goes with that.
   */
  fields(reader: Reader, written?: Texts): Field[];
  /** A page of its own that asks for it, beside the form. */
  page?(view: CaseView): string;
  /** Who reads the reason, where that is not those who are told of the change. */
  reasonHint?(reader: Reader): string;
  /** What a form shows before anybody has written in it. */
  initial?(query: Texts, reader: Reader): Texts;
  /** What is missing or cannot go together, beside fields left empty. */
  mistakes?(values: Texts, reader: Reader, check: CheckProgramme): Mistake[] | Promise<Mistake[]>;
  /** The change, still to be parsed. Called when no field that has to be filled is empty. */
  change(values: Texts, reader: Reader): unknown;
  /** What is worth knowing before it is made. */
  facts?(change: Change, reader: Reader): Fact[];
};

/** The fields of these names that were filled, as they were written. */
export const filled = (values: Texts, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));

export const isCaseClosed = ({ closedAt }: CaseView): boolean => closedAt !== null;

/** It is closed, and it is not asked any more what came of it: its people stay as they are. */
export const isCaseOver = (view: CaseView): boolean => isCaseClosed(view) && !isFollowedUp(view);

/** Requests that somebody still owes an answer to. */
export const owedRequests = ({ requests }: CaseView): CaseView['requests'] =>
  requests.filter(({ closedAt, owing }) => closedAt === null && owing.length > 0);

/** Those who answer for an institution or as the consultant. */
export const answerers = ({ people }: CaseView): CaseView['people'] =>
  people.filter(({ active, role }) => active && role !== 'guest' && role !== 'observer');

/** Sessions that are neither held nor cancelled. */
export const standingSessions = ({ sessions }: CaseView): CaseView['sessions'] =>
  sessions.filter(({ recordedAt, cancelledAt }) => recordedAt === null && cancelledAt === null);

/** Whether an institution has somebody who can take what another of it has. */
export const hasColleagues = (view: CaseView, party: string): boolean =>
  answerers(view).filter((one) => one.party === party).length > 1;

/**
 * Those who may take what somebody has: their colleagues who can be written to. Of nobody yet, all who are somebody's.
 *
 * @param id whose it is, where that was chosen
 */
export function colleaguesToChoose(view: CaseView, id: string | undefined): CaseView['people'] {
  const able = answerers(view).filter(({ email, party }) => email !== null && hasColleagues(view, party));
  const one = answerers(view).find((person) => person.id === id);
  return one ? able.filter((person) => person.id !== one.id && person.party === one.party) : able;
}

/** People to choose from, by institution. */
export const peopleChoices = (
  people: CaseView['people'],
  { view, clock: { language } }: Reader,
): readonly Option[] =>
  people
    .map(({ id, name, party, role }) => ({
      value: id,
      label: name,
      group: partyNamed(view.programme, role === 'guest' ? 'guest' : party, language),
    }))
    .sort((a, b) => a.group.localeCompare(b.group, language));

/** An instant on all clocks of the cooperation. */
export const dateFact = (instant: string, { clock }: Reader): Fact => ({
  heading: speaker('changes.choice', clock.language)('date'),
  text: momentOf(instant, clock),
});
