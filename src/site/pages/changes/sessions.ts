import type { CaseView } from '../../../domain/caseView.ts';
import type { Change, ChangeKind } from '../../../domain/change.ts';
import { instantOf } from '../../../domain/dates/dates.ts';
import {
  LONGEST_SESSION_HOURS,
  MOST_SESSIONS,
  plainDate,
  plainTime,
} from '../../../domain/programme/programme.ts';
import { commitmentsFrom } from '../../../domain/results/commitments.ts';
import { numberText } from '../../../words/dates/clock.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { cityForms } from '../../../words/names/cities.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Field, linesOf, type Mistake, type Option, valuesOf } from '../../form.ts';
import { attendanceFields, attendanceLines, attendanceOf } from '../../parts/attendance.ts';
import { commitmentFields, commitmentsTyped, commitmentTexts, rowsFor } from '../../parts/commitments.ts';
import {
  dateFact,
  filled,
  isCaseClosed,
  type Kind,
  type Reader,
  standingSessions,
  type Texts,
} from './kind.ts';
import { zoneChoices } from './people.ts';

/** Changes of sessions: moved, added, not held, and what is on record of them. */

const say = ({ clock }: Reader) => speaker('changes.sessions', clock.language);

/** The session that a change is about, of those still to be held. */
export function sessionField(reader: Reader): Field {
  const { view, clock } = reader;
  const text = say(reader);
  const choices: Option[] = standingSessions(view).map(({ number, startsAt, timeZone }) => {
    const session = sessionTitle(number, clock.language);
    return {
      value: String(number),
      label: startsAt
        ? text('dated', { session, when: ownMomentOf(startsAt, { ...clock, timeZone }) })
        : text('undated', { session, ...cityForms(timeZone, clock.language) }),
    };
  });
  return { name: 'session', label: text('session'), as: 'select', options: choices };
}

const recordedSessions = ({ sessions }: CaseView) => sessions.filter(({ recordedAt }) => recordedAt !== null);

const attendance = (reader: Reader) =>
  attendanceFields(reader.view, reader.clock.language, 'attendance', say(reader)('attendance'));

/** What is on record of a session or of the coordination meeting, to be corrected. */
const recordFields = (reader: Reader): Field[] => [
  {
    name: 'minutes',
    label: say(reader)('minutes'),
    hint: say(reader)('minutesHint'),
    as: 'long',
    rows: 10,
  },
  attendance(reader).participants,
  attendance(reader).others,
  {
    ...{ name: 'outputs', label: say(reader)('outputs'), hint: say(reader)('onePerLine'), as: 'long' },
    optional: true,
  },
  ...correctedRows(reader).flatMap((row) => commitmentFields(reader.view, reader.clock.language, row)),
];

/** As many as any meeting or session has, and some more. */
const correctedRows = ({ view }: Pick<Reader, 'view'>): number[] =>
  rowsFor(
    Math.max(
      commitmentsFrom(view, 'coordination').length,
      ...view.sessions.map(({ number }) => commitmentsFrom(view, 'session', number).length),
    ),
  );

const recordShown = (
  shown: Pick<CaseView['meeting'], 'minutes' | 'attendance' | 'outputs'> & { number?: number },
  { view, clock }: Reader,
): Texts => ({
  ...commitmentTexts(
    shown.number === undefined
      ? commitmentsFrom(view, 'coordination')
      : commitmentsFrom(view, 'session', shown.number),
  ),
  minutes: shown.minutes ?? '',
  attendance: attendanceLines(shown.attendance, view, clock.language),
  outputs: shown.outputs.join('\n'),
});

const committedIn = (values: Texts, { view, clock }: Reader) =>
  commitmentsTyped(valuesOf(values), correctedRows({ view }), clock.language);

const recordTyped = (values: Texts, reader: Reader) => {
  const { minutes, attendance = '', outputs = '' } = values;
  return {
    ...{ minutes, attendance: attendanceOf(attendance, reader.view), outputs: linesOf(outputs) },
    commitments: committedIn(values, reader).commitments,
  };
};

/** Who is said to have attended, as it will read. */
function attendanceFacts(change: Change, { view, clock }: Reader) {
  if (!('attendance' in change) || !change.attendance?.length) return [];
  const text = attendanceLines(change.attendance, view, clock.language);
  return [{ heading: speaker('changes.sessions', clock.language)('attendance'), text }];
}

/** What a session may have beside its date. */
function detailFields(reader: Reader): Field[] {
  const text = say(reader);
  const most = numberText(LONGEST_SESSION_HOURS, reader.clock.language);
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
const details = (values: Texts) => ({
  ...filled(values, 'link', 'place'),
  ...(values.hours && { hours: Number(values.hours.replace(',', '.')) }),
});

/** The instant of a date and time that were both written as they have to be; else what no change takes. */
const instantTyped = ({ date = '', starts = '' }: Texts, timeZone: string): string =>
  plainDate.safeParse(date).success && plainTime.safeParse(starts).success
    ? instantOf(date, starts, timeZone)
    : `${date} ${starts}`;

const zoneOfSession = ({ sessions }: CaseView, number: string | undefined): string =>
  sessions.find((one) => String(one.number) === number)?.timeZone ?? 'UTC';

function rescheduleMistakes(values: Texts, reader: Reader): Mistake[] {
  const text = say(reader);
  if (Boolean(values.date) !== Boolean(values.starts))
    return [{ field: values.date ? 'starts' : 'date', message: text('both') }];
  return Object.keys(filled(values, 'date', ...DETAILS)).length === 0
    ? [{ field: 'date', message: text('nothing') }]
    : [];
}

function addedMistakes({ date, starts, from, to }: Texts, reader: Reader): Mistake[] {
  const dated = date && starts && !from && !to;
  const windowed = from && to && !date && !starts;
  return dated || windowed ? [] : [{ field: 'date', message: say(reader)('either') }];
}

/** Still to be held, as far as anybody knows. */
const standingMeeting = (view: CaseView): boolean =>
  !isCaseClosed(view) && view.meeting.recordedAt === null && view.meeting.cancelledAt === null;

export const SESSION_KINDS = {
  'reschedule-meeting': {
    possible: standingMeeting,
    fields(reader) {
      const text = say(reader);
      const { startsAt, timeZone } = reader.view.meeting;
      const when = ownMomentOf(startsAt, { ...reader.clock, timeZone });
      return [
        { name: 'date', label: text('date'), hint: text('meetingNow', { when }), optional: true, as: 'date' },
        {
          name: 'starts',
          label: text('starts'),
          hint: text('startsIn', cityForms(timeZone, reader.clock.language)),
          optional: true,
          as: 'time',
        },
        ...detailFields(reader),
      ];
    },
    mistakes: rescheduleMistakes,
    change: (values, { view }) => ({
      change: 'reschedule-meeting',
      ...(values.date && { startsAt: instantTyped(values, view.meeting.timeZone) }),
      ...details(values),
    }),
    facts: (change, reader) =>
      change.change === 'reschedule-meeting' && change.startsAt ? [dateFact(change.startsAt, reader)] : [],
  },
  'cancel-meeting': {
    possible: standingMeeting,
    fields: () => [],
    change: () => ({ change: 'cancel-meeting' }),
  },
  reschedule: {
    possible: (view) => !isCaseClosed(view) && standingSessions(view).length > 0,
    fields(reader) {
      const text = say(reader);
      const zones = [...new Set(standingSessions(reader.view).map(({ timeZone }) => timeZone))];
      const [zone] = zones;
      return [
        { ...sessionField(reader), hint: text('keepDate') },
        { name: 'date', label: text('date'), optional: true, as: 'date' },
        {
          name: 'starts',
          label: text('starts'),
          hint:
            zone && zones.length === 1
              ? text('startsIn', cityForms(zone, reader.clock.language))
              : text('startsHint'),
          optional: true,
          as: 'time',
        },
        ...detailFields(reader),
      ];
    },
    mistakes: rescheduleMistakes,
    change: (values, { view }) => ({
      change: 'reschedule',
      session: Number(values.session),
      ...(values.date && { startsAt: instantTyped(values, zoneOfSession(view, values.session)) }),
      ...details(values),
    }),
    facts: (change, reader) =>
      change.change === 'reschedule' && change.startsAt ? [dateFact(change.startsAt, reader)] : [],
  },
  'add-session': {
    possible: (view) => !isCaseClosed(view) && view.sessions.length < MOST_SESSIONS,
    fields(reader) {
      const text = say(reader);
      return [
        { name: 'contents', label: text('contents'), as: 'long' },
        { name: 'date', label: text('date'), hint: text('dateOr'), conditional: true, as: 'date' },
        { name: 'starts', label: text('starts'), conditional: true, as: 'time' },
        { name: 'timezone', label: text('timezone'), as: 'select', options: zoneChoices(reader) },
        { name: 'from', label: text('windowFrom'), conditional: true, as: 'date' },
        { name: 'to', label: text('windowTo'), conditional: true, as: 'date' },
        ...detailFields(reader),
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
    facts(change, reader) {
      if (change.change !== 'add-session') return [];
      const { date, starts, timezone } = change.as;
      return date && starts && timezone ? [dateFact(instantOf(date, starts, timezone), reader)] : [];
    },
  },
  'cancel-session': {
    possible: (view) =>
      !isCaseClosed(view) &&
      standingSessions(view).length > 0 &&
      view.sessions.filter(({ cancelledAt }) => cancelledAt === null).length > 1,
    fields: (reader) => [sessionField(reader)],
    change: ({ session }) => ({ change: 'cancel-session', session: Number(session) }),
  },
  'correct-minutes': {
    possible: (view) => !isCaseClosed(view) && recordedSessions(view).length > 0,
    fields: (reader) => [
      {
        ...{ name: 'session', label: say(reader)('session'), as: 'select' },
        options: recordedSessions(reader.view).map(({ number }) => ({
          value: String(number),
          label: sessionTitle(number, reader.clock.language),
        })),
      },
      ...recordFields(reader),
    ],
    initial({ session = '' }, reader) {
      const recorded = recordedSessions(reader.view);
      // The minutes of one are never shown for another to choose.
      const shown = recorded.find(({ number }) => String(number) === session);
      return shown ? { session: String(shown.number), ...recordShown(shown, reader) } : {};
    },
    mistakes: (values, reader) => committedIn(values, reader).mistakes,
    change: (values, reader) => ({
      ...{ change: 'correct-minutes', session: Number(values.session), ...recordTyped(values, reader) },
    }),
    facts: attendanceFacts,
  },
  'correct-meeting': {
    possible: (view) => !isCaseClosed(view) && view.meeting.recordedAt !== null,
    fields: recordFields,
    initial: (_query, reader) => recordShown(reader.view.meeting, reader),
    mistakes: (values, reader) => committedIn(values, reader).mistakes,
    change: (values, reader) => ({ change: 'correct-meeting', ...recordTyped(values, reader) }),
    facts: attendanceFacts,
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
