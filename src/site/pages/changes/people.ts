import { absencesAhead, type CaseView } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../domain/language.ts';
import { OBSERVER } from '../../../domain/methodology.ts';
import { periodOf } from '../../../words/dates/dates.ts';
import { CAPITAL_ZONES, cityName } from '../../../words/names/cities.ts';
import { partyNamed, personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Field, Mistake, Option } from '../../form.ts';
import {
  answerers,
  colleaguesToChoose,
  filled,
  hasColleagues,
  isCaseOver,
  type Kind,
  peopleChoices,
  type Reader,
  type Texts,
} from './kind.ts';

/** Changes of people: somebody new, what was wrong of somebody, days away. */

const say = ({ clock }: Reader) => speaker('changes.people', clock.language);

/** The capitals, and the further cities whose clock somebody of the case has. */
export const zoneChoices = ({ view, clock: { language } }: Reader): Option[] =>
  zoneOptions(
    view.people.map(({ timeZone }) => timeZone),
    language,
  );

/** The capitals, and the cities of these zones. */
export const zoneOptions = (zones: readonly string[], language: Language): Option[] =>
  [...new Set([...CAPITAL_ZONES, ...zones])]
    .map((value) => ({ value, label: cityName(value, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));

/** What describes a person. The name and the address may be left out where that is `optional`, or where a choice takes their place. */
export function personFields(
  reader: Reader,
  left?: { optional: true } | { conditional: true },
  { listed = false }: { listed?: boolean } = {},
): Field[] {
  const text = say(reader);
  const unchanged: Option = { value: '', label: text('same') };
  return [
    { name: 'name', label: text('name'), ...left, as: 'text' },
    {
      ...{ name: 'email', label: text('email'), ...left, as: 'email' },
      ...(listed && { optional: true as const, hint: text('emailHint') }),
    },
    { name: 'post', label: text('post'), optional: true, as: 'text' },
    {
      name: 'language',
      label: text('language'),
      optional: true,
      as: 'select',
      options: [unchanged, ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))],
    },
    {
      name: 'timezone',
      label: text('timezone'),
      optional: true,
      as: 'select',
      options: [unchanged, ...zoneChoices(reader)],
    },
  ];
}
export const PERSON_FIELDS = ['name', 'email', 'post', 'language', 'timezone'] as const;

function detailsOf(view: CaseView, id: string): Texts {
  const found = view.people.find((one) => one.id === id);
  if (!found) return {};
  const { name, email, post, language, timeZone } = found;
  return { name, email: email ?? '', post: post ?? '', language, timezone: timeZone };
}

/** What was written that is not so already. */
function corrected(values: Texts, { view }: Reader): Record<string, string> {
  const known = detailsOf(view, values.person ?? '');
  const written = Object.entries(filled(values, ...PERSON_FIELDS));
  return Object.fromEntries(written.filter(([name, value]) => known[name] !== value));
}

const reasonHint = (reader: Reader): string => say(reader)('reasonKept');

/** Whoever is not the last of an institution. */
const leaving = (view: CaseView): CaseView['people'] =>
  view.people.filter(
    ({ active, role, party }) =>
      active &&
      (isCaseOver(view) || (role !== 'guest' && (role === 'observer' || hasColleagues(view, party)))),
  );

/** Absences that go on or are ahead, each by whose it is and its first day. */
const absenceChoices = ({ view, clock }: Reader): Option[] =>
  absencesAhead(view, clock.now).map(({ person, from, to }) => ({
    value: `${person} ${from}`,
    label: `${personName(view, person)}, ${periodOf({ from, to }, clock)}`,
  }));

const notFocalPoints = (view: CaseView): CaseView['people'] =>
  answerers(view).filter(({ focalPoint }) => !focalPoint);

/** A colleague or somebody new takes the place. */
function replacementMistakes(values: Texts, reader: Reader): Mistake[] {
  const text = say(reader);
  const written = Object.keys(filled(values, ...PERSON_FIELDS)).length > 0;
  if (values.successor) return written ? [{ field: 'successor', message: text('notBoth') }] : [];
  return (['name', 'email'] as const)
    .filter((field) => !values[field])
    .map((field) => ({ field, message: text('successorOrNew') }));
}

export const PEOPLE_KINDS = {
  replace: {
    possible: (view) => !isCaseOver(view),
    fields: (reader, { person } = {}) => [
      {
        name: 'person',
        label: say(reader)('replaced'),
        as: 'select',
        options: peopleChoices(answerers(reader.view), reader),
      },
      {
        name: 'successor',
        label: say(reader)('successor'),
        hint: say(reader)('successorHint'),
        optional: true,
        as: 'select',
        options: [
          { value: '', label: say(reader)('nobodyYet') },
          ...peopleChoices(colleaguesToChoose(reader.view, person), reader),
        ],
      },
      ...personFields(reader, { conditional: true }),
    ],
    mistakes: replacementMistakes,
    change: (values) => ({
      change: 'replace',
      person: values.person,
      with: values.successor || filled(values, ...PERSON_FIELDS),
    }),
  },
  'add-person': {
    possible: (view) => !isCaseOver(view),
    fields: (reader) => [
      {
        name: 'party',
        label: say(reader)('party'),
        as: 'select',
        options: [...reader.view.programme.institutions.map(({ id }) => id), OBSERVER].map((value) => ({
          value,
          label: partyNamed(reader.view.programme, value, reader.clock.language),
        })),
      },
      ...personFields(reader, undefined, { listed: true }),
      { name: 'focalPoint', label: say(reader)('isFocalPoint'), optional: true, as: 'check' },
    ],
    reasonHint,
    change: ({ party, focalPoint, ...values }) => ({
      change: 'add-person',
      party,
      person: filled(values, ...PERSON_FIELDS),
      ...(focalPoint && { focalPoint: true }),
    }),
  },
  'remove-person': {
    possible: (view) => leaving(view).length > 0,
    fields: (reader) => [
      {
        name: 'person',
        label: say(reader)('leaving'),
        as: 'select',
        options: peopleChoices(leaving(reader.view), reader),
      },
    ],
    reasonHint,
    change: ({ person }) => ({ change: 'remove-person', person }),
  },
  'focal-point': {
    possible: (view) => !isCaseOver(view) && notFocalPoints(view).length > 0,
    fields: (reader) => [
      {
        name: 'person',
        label: say(reader)('newFocalPoint'),
        as: 'select',
        options: peopleChoices(notFocalPoints(reader.view), reader),
      },
    ],
    reasonHint,
    change: ({ person }) => ({ change: 'focal-point', person }),
  },
  'correct-person': {
    possible: (view) => !isCaseOver(view),
    fields: (reader) => [
      {
        name: 'person',
        label: say(reader)('corrected'),
        hint: say(reader)('blank'),
        as: 'select',
        options: peopleChoices(
          reader.view.people.filter(({ active }) => active),
          reader,
        ),
      },
      ...personFields(reader, { optional: true }),
    ],
    // Whoever was chosen before the form is opened stands in it as they are.
    initial: ({ person = '' }, { view }) => detailsOf(view, person),
    mistakes: (values, reader) =>
      Object.keys(corrected(values, reader)).length > 0
        ? []
        : [{ field: 'name', message: say(reader)('oneAtLeast') }],
    change: (values, reader) => ({
      change: 'correct-person',
      person: values.person,
      as: corrected(values, reader),
    }),
  },
  absence: {
    possible: (view) => !isCaseOver(view) && answerers(view).some(({ party }) => hasColleagues(view, party)),
    fields(reader, { person } = {}) {
      const text = say(reader);
      const people = peopleChoices(
        answerers(reader.view).filter(({ party }) => hasColleagues(reader.view, party)),
        reader,
      );
      const others = peopleChoices(colleaguesToChoose(reader.view, person), reader);
      return [
        { name: 'person', label: text('away'), as: 'select', options: people },
        { name: 'from', label: text('from'), hint: text('daysHint'), as: 'date' },
        { name: 'to', label: text('to'), hint: text('daysHint'), as: 'date' },
        { name: 'standIn', label: text('standIn'), hint: text('standInHint'), as: 'select', options: others },
      ];
    },
    change: ({ person, from, to, standIn }) => ({ change: 'absence', person, from, to, standIn }),
  },
  'end-absence': {
    possible: (view, now) => !isCaseOver(view) && absencesAhead(view, now).length > 0,
    fields: (reader) => [
      { name: 'absence', label: say(reader)('absence'), as: 'select', options: absenceChoices(reader) },
    ],
    reasonHint,
    change: ({ absence = '' }) => {
      const [person, from] = absence.split(' ');
      return { change: 'end-absence', person, from };
    },
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
