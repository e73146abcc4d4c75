import { z } from 'zod';
import {
  dateIn,
  dayBefore,
  hoursAfter,
  instantOf,
  isClosedOn,
  timeIn,
  workingDaysBetween,
} from './dates/dates.ts';
import { holidayOn } from './dates/holidays.ts';
import { proposeSlots } from './dates/slots.ts';
import { NOTICE_WORKING_DAYS } from './methodology.ts';
import { personsAmong } from './people/samePerson.ts';
import { isSessionPast, sessionTimes } from './programme/planOf.ts';
import {
  type Institution,
  LONGEST_SESSION_HOURS,
  type Programme,
  type SessionPlan,
} from './programme/programme.ts';

/**
 * What may be meant as it stands, but which somebody would want to know before it goes out: a holiday of one side, a
 * night, a window in which no date can be found. Nothing is refused for it.
 *
 * `session` is a session's number, null for the coordination meeting. Dates are calendar dates, times are on the clock
 * of the institution that is named by its code.
 */

const session = z.int().nullable();
const date = z.iso.date();
const institution = z.string();

export const warningShape = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('MeetsOnWeekend'), session, date }),
  /** `holiday` is the country's own name for it; `estimated`: the date may yet move. */
  z.strictObject({
    code: z.literal('MeetsOnHoliday'),
    session,
    date,
    institution,
    holiday: z.string(),
    estimated: z.boolean(),
  }),
  z.strictObject({ code: z.literal('MeetsOnClosedDay'), session, date, institution }),
  /** Before 08:00 or after 20:00. */
  z.strictObject({
    code: z.literal('MeetsOutOfHours'),
    session,
    institution,
    starts: z.string(),
    ends: z.string(),
  }),
  /** It meets fewer working days after the coordination meeting, or after now, than is usual. */
  z.strictObject({ code: z.literal('NoticeShort'), session: z.int(), date, days: z.int() }),
  /** Its date, or the last day of its window, was over before the cooperation is entered. */
  z.strictObject({ code: z.literal('SessionPast'), session: z.int(), date }),
  /** By its dates it is held before a session of a lower number. */
  z.strictObject({ code: z.literal('ComesFirst'), session: z.int(), other: z.int() }),
  /** Its date comes while an earlier session may still be without one. */
  z.strictObject({ code: z.literal('MayComeFirst'), session: z.int(), other: z.int() }),
  z.strictObject({ code: z.literal('WindowWithoutWorkingDay'), session: z.int(), from: date, to: date }),
  z.strictObject({ code: z.literal('WindowWithoutSharedHours'), session: z.int(), hours: z.number() }),
  /** `name` has characters that the printed programme has no letters for. */
  z.strictObject({ code: z.literal('NameNotPrintable'), name: z.string() }),
  /** People who are listed and printed, and to whom nothing is sent. */
  z.strictObject({ code: z.literal('WithoutAddress'), names: z.array(z.string()) }),
  /** Several people share a mailbox. */
  z.strictObject({ code: z.literal('MailboxShared'), address: z.string(), names: z.array(z.string()) }),
]);
export type Warning = z.infer<typeof warningShape>;
export type WarningCode = Warning['code'];
export const WARNING_CODES: readonly WarningCode[] = warningShape.options.map(
  ({ shape }) => shape.code.value,
);
export type WarningOf<C extends WarningCode> = Extract<Warning, { code: C }>;

/** Between these hours a meeting is no surprise on anybody's clock. */
const OPENS = '08:00';
const CLOSES = '20:00';

type Times = { startsAt: string; endsAt: string };

/**
 * All warnings of a programme: of its meeting and sessions in their order, then of its names and mailboxes. `now` (ISO 8601)
 * is when it would be entered; without it nothing is told of what has passed.
 */
export function warningsOf(programme: Programme, now?: string): Warning[] {
  const { coordination, institutions, sessions } = programme;
  const startsAt = instantOf(coordination.date, coordination.starts, coordination.timezone);
  const endsAt = hoursAfter(startsAt, coordination.hours ?? LONGEST_SESSION_HOURS);
  return [
    ...meetingWarnings(null, { startsAt, endsAt }, institutions),
    ...sessions.flatMap((one, index) => [
      ...sessionWarnings(whenOf(one, index + 1, programme), institutions, endsAt),
      ...orderWarnings(index + 1, sessions.map(daysOf)),
      ...(now ? isPast(one, index, programme, now) : []),
    ]),
    ...namesIn(programme)
      .filter((name) => !isPrintable(name))
      .map((name): Warning => ({ code: 'NameNotPrintable', name })),
    ...withoutAddress([...programme.participants, ...sessions.flatMap(({ guests = [] }) => guests)]),
    ...sharedMailboxes([...programme.participants, ...sessions.flatMap(({ guests = [] }) => guests)]),
  ];
}

const withoutAddress = (people: readonly { name: string; email?: string | undefined }[]): Warning[] => {
  const names = people.filter(({ email }) => email === undefined).map(({ name }) => name);
  return names.length > 0 ? [{ code: 'WithoutAddress', names }] : [];
};

/** Addresses that several people have: each gets their own mails there, and says on the site who they are. */
export const sharedMailboxes = (
  people: readonly { name: string; email?: string | null | undefined }[],
): Warning[] =>
  [...Map.groupBy(people, ({ email }) => email?.toLowerCase())].flatMap(([address, holders]): Warning[] => {
    if (!address) return [];
    const names = personsAmong(holders).map(([first]) => first?.name ?? '');
    return names.length > 1 ? [{ code: 'MailboxShared', address, names }] : [];
  });

/** A session that has its time, or a window in which one is to be found; neither, where it waits for the Secretariat. */
export type SessionWhen = {
  number: number;
  hours: number;
  times?: Times | undefined;
  window?: { from: string; to: string } | undefined;
};

/** Those of one session. `knownAt` is the instant (ISO 8601) at which people learn of it. */
export function sessionWarnings(
  { number, hours, times, window }: SessionWhen,
  institutions: readonly Institution[],
  knownAt: string,
): Warning[] {
  if (times)
    return [
      ...meetingWarnings(number, times, institutions),
      ...noticeWarnings(number, times, institutions, knownAt),
    ];
  if (!window) return [];
  const { slots, hours: shared } = proposeSlots({
    window,
    hours,
    institutions: institutions.map(({ timezone, country, closedDays }) => ({
      ...{ timeZone: timezone, country, closedDays },
    })),
  });
  if (shared === 'no-shared-hours') return [{ code: 'WindowWithoutSharedHours', session: number, hours }];
  const { from, to } = window;
  return slots.length === 0 ? [{ code: 'WindowWithoutWorkingDay', session: number, from, to }] : [];
}

const whenOf = (one: SessionPlan, number: number, programme: Programme): SessionWhen => ({
  number,
  hours: one.hours ?? LONGEST_SESSION_HOURS,
  times: sessionTimes(one, programme),
  window: one.window,
});

function meetingWarnings(
  session: number | null,
  { startsAt, endsAt }: Times,
  institutions: readonly Institution[],
): Warning[] {
  const weekend = institutions
    .map(({ timezone }) => dateIn(startsAt, timezone))
    .find((day) => new Date(day).getUTCDay() % 6 === 0);
  return [
    ...(weekend ? [{ code: 'MeetsOnWeekend' as const, session, date: weekend }] : []),
    ...institutions.flatMap(({ id, country, timezone, closedDays }): Warning[] => {
      const date = dateIn(startsAt, timezone);
      const holiday = holidayOn(date, country);
      const starts = timeIn(startsAt, timezone);
      const ends = timeIn(endsAt, timezone);
      const isOut = starts < OPENS || starts > CLOSES || ends > CLOSES || ends < starts;
      return [
        ...(holiday
          ? [
              {
                code: 'MeetsOnHoliday' as const,
                ...{ session, date, institution: id, holiday: holiday.name, estimated: holiday.isEstimated },
              },
            ]
          : []),
        ...(isClosedOn(date, closedDays)
          ? [{ code: 'MeetsOnClosedDay' as const, session, date, institution: id }]
          : []),
        ...(isOut ? [{ code: 'MeetsOutOfHours' as const, session, institution: id, starts, ends }] : []),
      ];
    }),
  ];
}

/** Where it is too little in any of the capitals, the least of them. */
function noticeWarnings(
  session: number,
  { startsAt }: Times,
  institutions: readonly Institution[],
  knownAt: string,
): Warning[] {
  const short = institutions
    .map((institution) => {
      const { timezone } = institution;
      const date = dateIn(startsAt, timezone);
      return { date, days: workingDaysBetween(dateIn(knownAt, timezone), dayBefore(date), institution) };
    })
    .filter(({ days }) => days < NOTICE_WORKING_DAYS)
    .sort((a, b) => a.days - b.days)[0];
  return short ? [{ code: 'NoticeShort', session, ...short }] : [];
}

const lastDayOf = ({ date, window }: SessionPlan): string | undefined => date ?? window?.to;

const daysOf = ({ date, window }: SessionPlan): SessionDays => ({
  first: date ?? window?.from,
  last: date ?? window?.to,
});

/** The first and the last day on which a session may be held; neither of one that is not held, or has none yet. */
export type SessionDays = { first?: string | undefined; last?: string | undefined };

/** Whether a session comes, or may come, before one of a lower number. `days` are those of all sessions, in their order. */
export function orderWarnings(session: number, days: readonly SessionDays[]): Warning[] {
  const own = days[session - 1]?.last;
  if (own === undefined) return [];
  const after = (day: (of: SessionDays) => string | undefined) =>
    1 + days.slice(0, session - 1).findIndex((one) => own < (day(one) ?? ''));
  const first = after(({ first }) => first);
  if (first > 0) return [{ code: 'ComesFirst', session, other: first }];
  const may = after(({ last }) => last);
  return may > 0 ? [{ code: 'MayComeFirst', session, other: may }] : [];
}

function isPast(one: SessionPlan, index: number, programme: Programme, now: string): Warning[] {
  const date = lastDayOf(one);
  return date !== undefined && isSessionPast(one, programme, now)
    ? [{ code: 'SessionPast', session: index + 1, date }]
    : [];
}

/** What the programme prints of people and institutions, each once. */
const namesIn = ({
  title,
  subject,
  frame,
  institutions,
  participants,
  sessions,
  systematization,
}: Programme) => [
  ...new Set([
    ...[title, subject, frame],
    ...institutions.flatMap(({ name, acronym }) => [name, acronym]),
    ...[
      ...participants,
      ...sessions.flatMap(({ guests = [] }) => guests),
      ...(systematization.consultant ? [systematization.consultant] : []),
    ].flatMap(({ name, post }) => (post === undefined ? [name] : [name, post])),
  ]),
];

/** The scripts and signs that the fonts of the printed programme have. */
const isPrintable = (text: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{M}\p{P}\p{Sc}\p{Nd}\p{Zs}+<=>|~^`´¨°№©®™]*$/u.test(
    text,
  );
