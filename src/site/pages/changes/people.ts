import type { CaseView } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../domain/language.ts';
import { CAPITAL_ZONES, cityName } from '../../../words/cities.ts';
import { speaker } from '../../../words/speaker.ts';
import {
  answerers,
  type Choice,
  type Field,
  filled,
  hasColleagues,
  isOver,
  type Kind,
  peopleChoices,
  type Shown,
  type Values,
} from './kind.ts';

/** Changes of people: somebody new, what was wrong of somebody, days away. */

const say = ({ clock }: Shown) => speaker('changes.people', clock.language);

/** The capitals, and the further cities whose clock somebody of the case has. */
export function zoneChoices({ view, clock: { language } }: Shown): Choice[] {
  const zones = new Set([...CAPITAL_ZONES, ...view.people.map(({ timeZone }) => timeZone)]);
  return [...zones]
    .map((value) => ({ value, label: cityName(value, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** What describes a person. The name and the address may be left out where `optional`. */
export function personFields(shown: Shown, optional = false): Field[] {
  const text = say(shown);
  const unchanged: Choice = { value: '', label: text('same') };
  return [
    { name: 'name', label: text('name'), optional, as: 'text' },
    { name: 'email', label: text('email'), optional, as: 'email' },
    { name: 'post', label: text('post'), optional: true, as: 'text' },
    {
      name: 'language',
      label: text('language'),
      optional: true,
      as: [unchanged, ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))],
    },
    { name: 'timezone', label: text('timezone'), optional: true, as: [unchanged, ...zoneChoices(shown)] },
  ];
}
export const PERSON_FIELDS = ['name', 'email', 'post', 'language', 'timezone'] as const;

function detailsOf(view: CaseView, id: string): Values {
  const found = view.people.find((one) => one.id === id);
  if (!found) return {};
  const { name, email, post, language, timeZone } = found;
  return { name, email, post: post ?? '', language, timezone: timeZone };
}

/** What was written that is not so already. */
function corrected(values: Values, { view }: Shown): Record<string, string> {
  const known = detailsOf(view, values.person ?? '');
  const written = Object.entries(filled(values, ...PERSON_FIELDS));
  return Object.fromEntries(written.filter(([name, value]) => known[name] !== value));
}

export const PEOPLE_KINDS = {
  replace: {
    possible: (view) => !isOver(view),
    fields: (shown) => [
      { name: 'person', label: say(shown)('replaced'), as: peopleChoices(answerers(shown.view), shown) },
      ...personFields(shown),
    ],
    change: (values) => ({
      change: 'replace',
      person: values.person,
      with: filled(values, ...PERSON_FIELDS),
    }),
  },
  'correct-person': {
    possible: (view) => !isOver(view),
    fields: (shown) => [
      {
        name: 'person',
        label: say(shown)('corrected'),
        hint: say(shown)('blank'),
        as: peopleChoices(
          shown.view.people.filter(({ active }) => active),
          shown,
        ),
      },
      ...personFields(shown, true),
    ],
    // Whoever was chosen before the form is opened stands in it as they are.
    initial: ({ person = '' }, { view }) => detailsOf(view, person),
    mistakes: (values, shown) =>
      Object.keys(corrected(values, shown)).length > 0
        ? []
        : [{ field: 'name', message: say(shown)('oneAtLeast') }],
    change: (values, shown) => ({
      change: 'correct-person',
      person: values.person,
      as: corrected(values, shown),
    }),
  },
  absence: {
    possible: (view) => !isOver(view) && answerers(view).some(({ party }) => hasColleagues(view, party)),
    fields(shown) {
      const text = say(shown);
      const people = peopleChoices(
        answerers(shown.view).filter(({ party }) => hasColleagues(shown.view, party)),
        shown,
      );
      return [
        { name: 'person', label: text('away'), as: people },
        { name: 'from', label: text('from'), hint: text('daysHint'), as: 'date' },
        { name: 'to', label: text('to'), hint: text('daysHint'), as: 'date' },
        { name: 'standIn', label: text('standIn'), hint: text('standInHint'), as: people },
      ];
    },
    change: ({ person, from, to, standIn }) => ({ change: 'absence', person, from, to, standIn }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
