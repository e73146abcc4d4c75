import { z } from 'zod';
import { DEADLINES } from '../dates/deadlineShape.ts';
import type { Programme } from './programme.ts';
import { TEXT_PARTS, type TextPart } from './textParts.ts';
import type { ProgrammeTranslation } from './translation.ts';

/** A version of a programme as it was printed: the file, and its sessions and people as they stood when it was made. */
export type PrintedVersion = {
  programme: Programme;
  /** Without those that are cancelled. Instants are ISO 8601 in UTC. */
  sessions: readonly PrintedSession[];
  people: readonly PrintedPerson[];
  /** Where it is printed in two languages. */
  translation?: ProgrammeTranslation | undefined;
};
type PrintedSession = {
  number: number;
  contents: string;
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  window?: { from: string; to: string } | undefined;
  link?: string | undefined;
  place?: string | undefined;
  guests: readonly { name: string; invitedBy: string }[];
};
type PrintedPerson = { institution: string; name: string };

/** Paragraphs that are no longer there, and those that were not there before. */
const rewritten = { removed: z.array(z.string()), added: z.array(z.string()) };
export const textChange = z.strictObject(rewritten);
const change = z.enum(['added', 'removed']);
/** Dates, both included. */
const periods = z.array(z.strictObject({ from: z.string(), to: z.string() }));
const session = z.int();

/** One thing in which a version differs from the one before. */
export const difference = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('text'), part: z.enum(TEXT_PARTS), ...rewritten }),
  z.strictObject({ what: z.literal('institution'), institution: z.string() }),
  z.strictObject({ what: z.literal('person'), institution: z.string(), name: z.string(), change }),
  z.strictObject({ what: z.literal('guest'), session, name: z.string(), change }),
  z.strictObject({ what: z.literal('session'), session, change }),
  z.strictObject({ what: z.literal('session-contents'), session, ...rewritten }),
  /** Instants (ISO 8601, UTC); `null` where there was or is no date yet. */
  z.strictObject({
    what: z.literal('session-date'),
    session,
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  z.strictObject({ what: z.literal('session-place'), session, before: z.string(), after: z.string() }),
  /** What no version prints, and a correction of the file may change. */
  z.strictObject({ what: z.literal('dated'), before: z.string(), after: z.string() }),
  z.strictObject({
    what: z.literal('closed-days'),
    institution: z.string(),
    before: periods,
    after: periods,
  }),
  z.strictObject({ what: z.literal('consultant'), name: z.string() }),
  z.strictObject({
    what: z.literal('report'),
    institution: z.string(),
    does: z.enum(['drafts', 'complements']),
  }),
  /** Working days; `null` for those of the methodology. */
  z.strictObject({
    what: z.literal('deadline'),
    deadline: z.enum(DEADLINES),
    before: z.int().nullable(),
    after: z.int().nullable(),
  }),
]);
export type Difference = z.infer<typeof difference>;
export type TextChange = z.infer<typeof textChange>;
/** Of a document's text: the first of the paragraphs that differ, and how many more there are. */
export type DocumentChange = TextChange & { more: number };

/** What a version differs in from the one before, in the order in which a programme is read; nothing where in nothing. */
export const differencesBetween = (before: PrintedVersion, after: PrintedVersion): Difference[] => [
  ...TEXT_PARTS.flatMap((part): Difference[] => {
    const rewritten = rewrittenIn(PARTS[part](before.programme), PARTS[part](after.programme));
    return rewritten ? [{ what: 'text', part, ...rewritten }] : [];
  }),
  ...after.programme.institutions
    .filter(({ id }) => !before.programme.institutions.some((one) => one.id === id))
    .map(({ id }): Difference => ({ what: 'institution', institution: id })),
  ...comings(before.people, after.people, ({ institution, name }) => `${institution} ${name}`).map(
    ({ one: { institution, name }, change }): Difference => ({ what: 'person', institution, name, change }),
  ),
  ...sessionDifferences(before.sessions, after.sessions),
];

/** What one text of a programme differs in from another, whatever has become of its sessions and people since. */
export const differencesOfFiles = (before: Programme, after: Programme): Difference[] => [
  ...(before.dated === after.dated
    ? []
    : [{ what: 'dated' as const, before: before.dated, after: after.dated }]),
  ...differencesBetween(asWritten(before), asWritten(after)),
  ...closedDaysChanged(before, after),
  ...consultantAdded(before, after),
  ...(['drafts', 'complements'] as const).flatMap((does) =>
    after.finalReport[does]
      .filter((institution) => !before.finalReport[does].includes(institution))
      .map((institution): Difference => ({ what: 'report', institution, does })),
  ),
  ...DEADLINES.flatMap((of): Difference[] => {
    const days = ({ deadlines }: Programme) => deadlines?.[of] ?? null;
    return days(before) === days(after)
      ? []
      : [{ what: 'deadline', deadline: of, before: days(before), after: days(after) }];
  }),
];

const asWritten = (programme: Programme): PrintedVersion => ({
  programme,
  sessions: programme.sessions.map(({ contents, guests = [] }, index) => ({
    number: index + 1,
    contents,
    guests,
  })),
  people: programme.participants,
});

/** Of the institutions that stand; one that comes in comes with its own. */
const closedDaysChanged = (before: Programme, after: Programme): Difference[] =>
  before.institutions.flatMap(({ id, closedDays: were = [] }) => {
    const are = after.institutions.find((one) => one.id === id)?.closedDays ?? [];
    const text = (days: typeof were) => days.map(({ from, to }) => `${from} ${to}`).join('\n');
    return text(were) === text(are)
      ? []
      : [{ what: 'closed-days' as const, institution: id, before: were, after: are }];
  });

const consultantAdded = (before: Programme, after: Programme): Difference[] => {
  const { consultant } = after.systematization;
  return consultant && consultant.name !== before.systematization.consultant?.name
    ? [{ what: 'consultant', name: consultant.name }]
    : [];
};

const PARTS: Readonly<Record<TextPart, (programme: Programme) => string[]>> = {
  title: ({ title }) => [title],
  frame: ({ frame }) => [frame],
  subject: ({ subject }) => [subject],
  description: ({ description }) => description,
  objectives: ({ objectives }) => [
    objectives.introduction,
    ...objectives.items.flatMap(({ title, text, change = [] }) => [
      title ? `${title}: ${text}` : text,
      ...[change].flat(),
    ]),
  ],
  // In their order, which a database does not keep.
  methodology: ({ methodology }) => [
    methodology.introduction,
    ...(['coordination', 'documents', 'sessions', 'systematization', 'finalReport'] as const).map(
      (step) => `${methodology[step].title}: ${methodology[step].text}`,
    ),
  ],
  contents: ({ contents }) => [contents.introduction],
};

const paragraphs = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What one text changes of another, by paragraphs; `undefined` where in none. */
export function rewrittenIn(before: readonly string[], after: readonly string[]): TextChange | undefined {
  const [were, are] = [paragraphs(before), paragraphs(after)];
  if (were.join('\n') === are.join('\n')) return undefined;
  return {
    removed: were.filter((line) => !are.includes(line)),
    added: are.filter((line) => !were.includes(line)),
  };
}

/** What is there only before, then what is there only after. */
function comings<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): { one: T; change: 'added' | 'removed' }[] {
  const only = (these: readonly T[], those: readonly T[]) =>
    these.filter((one) => !those.some((other) => keyOf(other) === keyOf(one)));
  return [
    ...only(before, after).map((one) => ({ one, change: 'removed' as const })),
    ...only(after, before).map((one) => ({ one, change: 'added' as const })),
  ];
}

const sessionDifferences = (
  before: readonly PrintedSession[],
  after: readonly PrintedSession[],
): Difference[] => [
  ...comings(before, after, ({ number }) => String(number)).map(
    ({ one: { number }, change }): Difference => ({ what: 'session', session: number, change }),
  ),
  ...after.flatMap((session) => {
    const earlier = before.find(({ number }) => number === session.number);
    return earlier ? sessionDifference(earlier, session) : [];
  }),
];

function sessionDifference(before: PrintedSession, after: PrintedSession): Difference[] {
  const session = after.number;
  const contents = rewrittenIn([before.contents], [after.contents]);
  const date = ({ startsAt }: PrintedSession) => startsAt ?? null;
  const where = ({ place, link }: PrintedSession) => [place, link].filter(Boolean).join(' · ');
  return [
    ...(date(before) === date(after)
      ? []
      : [{ what: 'session-date' as const, session, before: date(before), after: date(after) }]),
    ...(where(before) === where(after)
      ? []
      : [{ what: 'session-place' as const, session, before: where(before), after: where(after) }]),
    ...(contents ? [{ what: 'session-contents' as const, session, ...contents }] : []),
    ...comings(before.guests, after.guests, ({ name, invitedBy }) => `${invitedBy} ${name}`).map(
      ({ one: { name }, change }): Difference => ({ what: 'guest', session, name, change }),
    ),
  ];
}
