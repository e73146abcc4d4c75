import type { CooperationRow, SessionRow } from '../src/casefile/database/schema.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { nextSession, sessionOf, slotsOf } from '../src/casefile/sessions.ts';
import { type DueInput, dueInstant, instantsOf, remindersOf } from '../src/domain/dates/deadlines.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import { isSessionAhead } from '../src/domain/standing.ts';
import type { Outside } from './context.ts';
import type { OpenRequest } from './index.ts';

/** When requests are due. Instants are ISO 8601 in UTC. */

type DueRequest = Pick<OpenRequest, 'kind' | 'of' | 'askedAt' | 'item' | 'round'>;

/** When a request is due, and when those asked are reminded: each on the mornings of its own capital. */
export async function timesOf(outside: Outside, cooperation: CooperationRow, input: DueRequest) {
  const capitals = cooperation.plan.parties.filter(({ code }) => input.of.includes(code));
  const dueAt = await dueAtOf(outside, cooperation, input);
  return { dueAt, reminders: instantsOf(remindersOf(capitals, { openedAt: input.askedAt, dueAt })) };
}

/** The latest of what each addressee's capital gives, and before the first of the dates that it is about. */
async function dueAtOf(outside: Outside, cooperation: CooperationRow, input: DueRequest): Promise<string> {
  const counted = await countedFrom(outside, cooperation, input);
  const dueAt = latestDueOf(cooperation, input, counted);
  const first = await firstProposed(outside, cooperation, input);
  return first !== undefined && first < dueAt && first > input.askedAt ? first : dueAt;
}

/** The start (ISO 8601) of the first date that a poll proposes. */
async function firstProposed(
  { caseFile }: Outside,
  { id }: CooperationRow,
  { kind, item, round }: DueRequest,
) {
  if (kinds[kind].form !== 'marks' || item === undefined) return undefined;
  return (await slotsOf(caseFile, id, item, round))?.slots[0]?.startsAt;
}

/**
 * The latest due instant (ISO 8601, UTC) of those asked.
 *
 * @param counted what the rule of the kind counts from, where it is not from when it is asked
 */
export function latestDueOf(
  { programme, plan }: CooperationRow,
  { kind, of, askedAt }: Pick<DueRequest, 'kind' | 'of' | 'askedAt'>,
  counted: Partial<DueInput> = {},
): string {
  const { due, deadline } = kinds[kind];
  const days = deadline && programme.deadlines?.[deadline];
  return plan.parties
    .filter(({ code }) => of.includes(code))
    .map((party) => dueInstant({ ...party, due, days, askedAt, ...counted }))
    .sort()
    .at(-1) as string;
}

/** The session that a question is about, while it is ahead. */
async function sessionAskedAbout(
  { caseFile }: Pick<Outside, 'caseFile'>,
  id: string,
  { kind, item, askedAt }: DueRequest,
): Promise<SessionRow | undefined> {
  if (kinds[kind].about !== 'question') return undefined;
  const question = (await questionsOf(caseFile, id)).find(({ number }) => number === item);
  if (question?.session == null) return undefined;
  const session = await sessionOf(caseFile, id, question.session);
  return isSessionAhead(session, askedAt) ? session : undefined;
}

/** The meeting or session that a request's due date is counted from. */
async function countedFrom({ caseFile }: Outside, { id }: CooperationRow, input: DueRequest) {
  const { due } = kinds[input.kind];
  if ('from' in due) return {};
  if ('after' in due && due.after === 'meeting') {
    const { startsAt, endsAt } = await meetingOf(caseFile, id);
    return { sessionStartsAt: startsAt, sessionEndsAt: endsAt };
  }
  const session =
    'after' in due
      ? await sessionOf(caseFile, id, input.item ?? 0)
      : ((await sessionAskedAbout({ caseFile }, id, input)) ??
        (await nextSession(caseFile, id, input.askedAt)));
  return {
    sessionStartsAt: session?.startsAt ?? undefined,
    sessionEndsAt: session?.endsAt ?? undefined,
    windowFrom: session?.windowFrom ?? undefined,
  };
}
