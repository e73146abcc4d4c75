import { z } from 'zod';
import type { CaseView } from '../domain/caseView.ts';
import { type ListedPerson, type Person, person as personShape } from '../domain/content.ts';
import { LANGUAGES } from '../domain/language.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import {
  groupCount,
  LONGEST_SESSION_HOURS,
  plainDate,
  plainTime,
  sessionShape,
  timeZone,
} from '../domain/programme/programme.ts';
import { Refused } from '../domain/refusal.ts';
import type { ReceivedAnswer, RequestState } from '../domain/request.ts';
import { PUBLISH, type Publish } from '../domain/results/publish.ts';
import { speaker } from '../words/speaker.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { aboutCase } from './failures.ts';

/**
 * What is typed on the command line for a change, read by the domain's own shapes. What is not written as it has to be
 * is a UsageError; a code that the case does not have is told before anything is sent.
 */

type Say = Pick<Context, 'say'>;

const EXAMPLES = {
  date: '2021-08-27',
  time: '10:00',
  instant: '"2021-08-17 10:00", 2021-08-17T15:00:00Z',
  email: 'ana.perez@ministerio.example',
  name: '"Ana Pérez"',
  post: '"Directora de Asuntos Internacionales"',
  language: LANGUAGES.join(', '),
  timezone: 'America/Lima',
  link: 'https://zoom.us/j/1234567890',
  place: '"Ministerio de Trabajo, Lima"',
  contents: '"Presentación del programa"',
  count: '12',
} as const;

/** With which it is said that something was sent another way, and is recorded for somebody. */
export type RecordedOptions = { recordedBy?: string; how?: string };
export const RECORDED_OPTIONS = [
  ['--recorded-by <person>', 'who of the Secretariat records what came another way; with --how'],
  ['--how <text>', 'how it came, such as "by telephone on 12 June"'],
] as const;

/** @throws UsageError where one of the two is missing */
export function recordedTyped(
  { recordedBy: by, how }: RecordedOptions,
  { say }: Say,
): { recorded?: { by: string; how: string } } {
  if ((by === undefined) !== (how === undefined)) throw new UsageError(say('recordedWithHow'));
  return by !== undefined && how !== undefined ? { recorded: { by, how } } : {};
}

/** @throws UsageError */
export function publishTyped(value: string, { say }: Say): Publish {
  const known = PUBLISH.find((one) => one === value.trim());
  if (!known) throw new UsageError(say('badPublish', { value: value.trim().slice(0, 60) }));
  return known;
}

function typed<T>(
  shape: z.ZodType<T>,
  value: string,
  option: string,
  example: keyof typeof EXAMPLES,
  { say }: Say,
): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const short = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  throw new UsageError(say('badValue', { value: short, option, example: EXAMPLES[example] }));
}

export const dateTyped = (value: string, option: string, context: Say): string =>
  typed(plainDate, value, option, 'date', context);
export const timeTyped = (value: string, option: string, context: Say): string =>
  typed(plainTime, value, option, 'time', context);
export const zoneTyped = (value: string, option: string, context: Say): string =>
  typed(timeZone, value, option, 'timezone', context);
export const linkTyped = (value: string, context: Say): string =>
  typed(sessionShape.shape.link.unwrap(), value, '--link', 'link', context);
export const placeTyped = (value: string, context: Say): string =>
  typed(sessionShape.shape.place.unwrap(), value, '--place', 'place', context);
export const contentsTyped = (value: string, context: Say): string =>
  typed(sessionShape.shape.contents, value, '--contents', 'contents', context);

export function hoursTyped(value: string, { say }: Say): number {
  const parsed = sessionShape.shape.hours.unwrap().safeParse(Number(value.replace(',', '.')));
  if (parsed.success && value.trim() !== '') return parsed.data;
  throw new UsageError(say('badLength', { longest: String(LONGEST_SESSION_HOURS) }));
}

/** Days from one to another, both included. */
export function periodTyped(
  from: string,
  to: string,
  [fromOption, toOption]: readonly [string, string],
  context: Say,
): { from: string; to: string } {
  const period = { from: dateTyped(from, fromOption, context), to: dateTyped(to, toOption, context) };
  if (period.to < period.from) throw new UsageError(context.say('badPeriod', period));
  return period;
}

/** When a session starts: an instant, or a date and time on a clock that is known only with the case. */
export type StartInput = { instant: string } | { date: string; time: string };

export function startTyped(value: string, context: Say): StartInput {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(value.trim()) ?? [];
  if (date !== undefined && time !== undefined)
    return { date: dateTyped(date, '--date', context), time: timeTyped(time, '--date', context) };
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value.trim())
    ? Date.parse(value.trim())
    : Number.NaN;
  // An hour such as 24:30 or a day such as 30 February is no instant either.
  if (Number.isNaN(instant) || !plainDate.safeParse(value.trim().slice(0, 10)).success)
    throw new UsageError(context.say('badValue', { value, option: '--date', example: EXAMPLES.instant }));
  return { instant: new Date(instant).toISOString() };
}

export function sessionTyped(value: string, { say }: Say): number {
  if (!/^[1-9]\d?$/.test(value)) throw new UsageError(say('badSessionNumber', { value }));
  return Number(value);
}

/** How many a group is. */
export const groupCountTyped = (value: string, context: Say): number =>
  typed(
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(groupCount),
    value,
    '--count',
    'count',
    context,
  );

export type PersonOptions = {
  name?: string;
  email?: string;
  post?: string;
  personLanguage?: string;
  timezone?: string;
};

/** Of a person what was typed, each by its own option. */
export function personTyped(options: PersonOptions, context: Say): Partial<Person> {
  const { name, email, post, personLanguage, timezone } = options;
  const { shape } = personShape;
  return {
    ...(name !== undefined && { name: typed(shape.name, name, '--name', 'name', context) }),
    ...(email !== undefined && { email: typed(shape.email, email, '--email', 'email', context) }),
    ...(post !== undefined && { post: typed(shape.post.unwrap(), post, '--post', 'post', context) }),
    ...(personLanguage !== undefined && {
      language: typed(shape.language.unwrap(), personLanguage, '--person-language', 'language', context),
    }),
    ...(timezone !== undefined && { timezone: zoneTyped(timezone, '--timezone', context) }),
  };
}

/** Somebody who is listed: with a name, and where they have one an address. */
export function listedPersonTyped(options: PersonOptions, context: Say): ListedPerson {
  const { name, ...more } = personTyped(options, context);
  if (name === undefined) throw new UsageError(context.say('nameTyped'));
  return { name, ...more };
}

/** A whole person, who has a name and an address. */
export function wholePersonTyped(options: PersonOptions, context: Say): Person {
  const { name, email, ...more } = personTyped(options, context);
  if (name === undefined || email === undefined) throw new UsageError(context.say('nameAndEmail'));
  return { name, email, ...more };
}

// --- Codes that the case has ----------------------------------------------------------------------------------

export function knownRequest(view: CaseView, id: string): CaseView['requests'][number] {
  const found = view.requests.find((request) => request.id === id);
  if (found) return found;
  throw aboutCase(new Refused({ code: 'RequestUnknown', request: id }), { view });
}

export function knownPerson(view: CaseView, code: string): CaseView['people'][number] {
  const found = view.people.find(({ id, active }) => id === code && active);
  if (found) return found;
  throw aboutCase(new Refused({ code: 'PersonUnknown', person: code }), { view });
}

export function knownSession(view: CaseView, number: number): CaseView['sessions'][number] {
  const found = view.sessions.find((session) => session.number === number);
  if (found) return found;
  const sessions = view.sessions.map((session) => session.number);
  throw aboutCase(new Refused({ code: 'SessionUnknown', session: number, sessions }), { view });
}

/** A request as answers and changes are held against it. */
export const stateIn = (request: CaseView['requests'][number]): RequestState => {
  const { lapse } = request;
  return {
    ...request,
    of: request.asked.map(({ party }) => party),
    slots: [],
    answers: request.answers as unknown as ReceivedAnswer[],
    takenBack: Object.fromEntries(
      [...Map.groupBy(request.withdrawn, ({ party }) => party)].map(([party, { length }]) => [party, length]),
    ),
    ...(lapse && { lapsed: lapse }),
  };
};

/** An institution of the cooperation, or its consultant; one that has people who can be asked. */
export function knownParty(view: CaseView, code: string): string {
  const known = [...view.programme.institutions.map(({ id }) => id), CONSULTANT].filter((party) =>
    view.people.some((person) => person.party === party && person.active && person.role !== 'guest'),
  );
  if (known.includes(code)) return code;
  throw aboutCase(new Refused({ code: 'PartyUnknown', party: code, parties: known }), { view });
}

/** One of those that there are. @throws UsageError */
export function choiceIn(
  known: readonly string[],
  text: string,
  option: string,
  { language }: Pick<Context, 'language'>,
): string {
  if (known.includes(text)) return text;
  throw new UsageError(
    speaker('site.staff', language)('noChoice', { option, text, known: known.join(', ') }),
  );
}
