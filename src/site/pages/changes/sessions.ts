import type { CaseView } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { instantOf } from '../../../domain/dates.ts';
import { LONGEST_SESSION_HOURS, plainDate, plainTime } from '../../../domain/programme.ts';
import { cityForms } from '../../../words/cities.ts';
import { numberText } from '../../../words/clock.ts';
import { ownMomentOf } from '../../../words/dates.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { partyNamed } from '../../../words/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Mistake } from '../../frame.ts';
import {
  type Choice,
  dateFact,
  type Field,
  filled,
  isOver,
  type Kind,
  peopleChoices,
  type Shown,
  standingSessions,
  type Values,
} from './kind.ts';
import { PERSON_FIELDS, personFields, zoneChoices } from './people.ts';

/** Changes of sessions: moved, added, not held, and their guests. */

/** As many as a programme takes. */
const MOST_SESSIONS = 12;

const say = ({ clock }: Shown) => speaker('changes.sessions', clock.language);

function sessionField(shown: Shown): Field {
  const { view, clock } = shown;
  const text = say(shown);
  const choices: Choice[] = standingSessions(view).map(({ number, startsAt, timeZone }) => {
    const session = sessionTitle(number, clock.language);
    return {
      value: String(number),
      label: startsAt
        ? text('dated', { session, when: ownMomentOf(startsAt, { ...clock, timeZone }) })
        : text('undated', { session, ...cityForms(timeZone, clock.language) }),
    };
  });
  return { name: 'session', label: text('session'), as: choices };
}

/** What a session may have beside its date. */
function detailFields(shown: Shown): Field[] {
  const text = say(shown);
  const most = numberText(LONGEST_SESSION_HOURS, shown.clock.language);
  return [
    {
      name: 'hours',
      label: text('hours'),
      hint: text('hoursHint', { most }),
      optional: true,
      as: 'number',
    },
    { name: 'link', label: text('link'), hint: text('linkHint'), optional: true, as: 'url' },
    { name: 'place', label: text('place'), optional: true, as: 'text' },
  ];
}
const DETAILS = ['hours', 'link', 'place'] as const;
const details = (values: Values) => ({
  ...filled(values, 'link', 'place'),
  ...(values.hours && { hours: Number(values.hours.replace(',', '.')) }),
});

/** The instant of a date and time that were both written as they have to be; else what no change takes. */
const instantTyped = ({ date = '', starts = '' }: Values, timeZone: string): string =>
  plainDate.safeParse(date).success && plainTime.safeParse(starts).success
    ? instantOf(date, starts, timeZone)
    : `${date} ${starts}`;

const zoneOfSession = ({ sessions }: CaseView, number: string | undefined): string =>
  sessions.find((one) => String(one.number) === number)?.timeZone ?? 'UTC';

function rescheduleMistakes(values: Values, shown: Shown): Mistake[] {
  const text = say(shown);
  if (Boolean(values.date) !== Boolean(values.starts))
    return [{ field: values.date ? 'starts' : 'date', message: text('both') }];
  return Object.keys(filled(values, 'date', ...DETAILS)).length === 0
    ? [{ field: 'date', message: text('nothing') }]
    : [];
}

function addedMistakes({ date, starts, from, to }: Values, shown: Shown): Mistake[] {
  const dated = date && starts && !from && !to;
  const windowed = from && to && !date && !starts;
  return dated || windowed ? [] : [{ field: 'date', message: say(shown)('either') }];
}

export const SESSION_KINDS = {
  reschedule: {
    possible: (view) => !isOver(view) && standingSessions(view).length > 0,
    fields(shown) {
      const text = say(shown);
      const zones = [...new Set(standingSessions(shown.view).map(({ timeZone }) => timeZone))];
      const [zone] = zones;
      return [
        { ...sessionField(shown), hint: text('keepDate') },
        { name: 'date', label: text('date'), optional: true, as: 'date' },
        {
          name: 'starts',
          label: text('starts'),
          hint:
            zone && zones.length === 1
              ? text('startsIn', cityForms(zone, shown.clock.language))
              : text('startsHint'),
          optional: true,
          as: 'time',
        },
        ...detailFields(shown),
      ];
    },
    mistakes: rescheduleMistakes,
    change: (values, { view }) => ({
      change: 'reschedule',
      session: Number(values.session),
      ...(values.date && { startsAt: instantTyped(values, zoneOfSession(view, values.session)) }),
      ...details(values),
    }),
    facts: (change, shown) =>
      change.change === 'reschedule' && change.startsAt ? [dateFact(change.startsAt, shown)] : [],
  },
  'add-session': {
    possible: (view) => !isOver(view) && view.sessions.length < MOST_SESSIONS,
    fields(shown) {
      const text = say(shown);
      return [
        { name: 'contents', label: text('contents'), as: 'long' },
        { name: 'date', label: text('date'), hint: text('dateOr'), optional: true, as: 'date' },
        { name: 'starts', label: text('starts'), optional: true, as: 'time' },
        { name: 'timezone', label: text('timezone'), as: zoneChoices(shown) },
        { name: 'from', label: text('windowFrom'), optional: true, as: 'date' },
        { name: 'to', label: text('windowTo'), optional: true, as: 'date' },
        ...detailFields(shown),
      ];
    },
    initial: (_query, { view }) => ({ timezone: view.programme.coordination.timezone }),
    mistakes: addedMistakes,
    change: (values) => ({
      change: 'add-session',
      as: {
        ...filled(values, 'contents', 'timezone'),
        ...(values.date ? filled(values, 'date', 'starts') : { window: filled(values, 'from', 'to') }),
        ...details(values),
      },
    }),
    facts(change, shown) {
      if (change.change !== 'add-session') return [];
      const { date, starts, timezone } = change.as;
      return date && starts && timezone ? [dateFact(instantOf(date, starts, timezone), shown)] : [];
    },
  },
  'cancel-session': {
    possible: (view) =>
      !isOver(view) &&
      standingSessions(view).length > 0 &&
      view.sessions.filter(({ cancelledAt }) => cancelledAt === null).length > 1,
    fields: (shown) => [sessionField(shown)],
    change: ({ session }) => ({ change: 'cancel-session', session: Number(session) }),
  },
  'add-guest': {
    possible: (view) => !isOver(view) && standingSessions(view).length > 0,
    fields: (shown) => [
      sessionField(shown),
      {
        name: 'invitedBy',
        label: say(shown)('invitedBy'),
        as: shown.view.programme.institutions.map(({ id }) => ({
          value: id,
          label: partyNamed(shown.view.programme, id, shown.clock.language),
        })),
      },
      ...personFields(shown),
    ],
    change: (values) => ({
      change: 'add-guest',
      session: Number(values.session),
      guest: filled(values, 'invitedBy', ...PERSON_FIELDS),
    }),
  },
  'withdraw-guest': {
    possible: (view) => !isOver(view) && guestsAhead(view).length > 0,
    fields: (shown) => [
      {
        name: 'person',
        label: say(shown)('guest'),
        as: peopleChoices(guestsAhead(shown.view), shown).map(({ value, label }) => ({
          value,
          label,
          group: sessionTitle(
            shown.view.people.find(({ id }) => id === value)?.session ?? 0,
            shown.clock.language,
          ),
        })),
      },
    ],
    change: ({ person }) => ({ change: 'withdraw-guest', person }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;

const guestsAhead = (view: CaseView): CaseView['people'] => {
  const standing = standingSessions(view).map(({ number }) => number);
  return view.people.filter(
    ({ role, active, session }) =>
      active && role === 'guest' && session !== null && standing.includes(session),
  );
};
