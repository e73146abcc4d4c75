import { ApplicationFailure } from '@temporalio/common';
import { changing } from '../src/casefile/database/database.ts';
import type { CooperationRow, PersonRow, RequestRow } from '../src/casefile/database/schema.ts';
import { documentByHash } from '../src/casefile/documents.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { mailTroublesOf } from '../src/casefile/mails/mailTroubles.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { answerersFor, everyoneOf, focalPointsOf, reachedAmong, staffOf } from '../src/casefile/people.ts';
import { standingProgrammesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import {
  enterRequest,
  everyAnswerTo,
  findRequest,
  lapseRequests,
  noteReminded,
  noteTakenBackTold,
  noteTold,
  recordAnswer,
  standingInPlace,
  standingOf,
  takeAnswerBack,
} from '../src/casefile/requests.ts';
import { commitmentsOf } from '../src/casefile/results/commitments.ts';
import { sessionOf } from '../src/casefile/sessions.ts';
import type { Subject } from '../src/domain/answer.ts';
import { dateIn, hoursAfter, isBefore, isWorkingDay } from '../src/domain/dates/dates.ts';
import { nextWorking, type Reminder, type ReminderLevel } from '../src/domain/dates/deadlines.ts';
import { renewedId } from '../src/domain/ids.ts';
import { QUESTION_UNKNOWN } from '../src/domain/kinds/exchange.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import type { Kind, Matter } from '../src/domain/kinds/kind.ts';
import { CONSULTANT } from '../src/domain/methodology.ts';
import { groupOf, type Plan } from '../src/domain/programme/plan.ts';
import type { RequestNotice } from '../src/mail/notice.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import { attachmentsFor } from './attachments.ts';
import { invite } from './calendar.ts';
import type { Outside } from './context.ts';
import { timesOf } from './dueDates.ts';
import { type Delivery, deliver } from './email.ts';
import { tellTogether } from './enteredPast.ts';
import { firstInvitedTo, goesWithFirstInvitation, isStillToBegin } from './firstInvitation.ts';
import { capitalOf, cooperationOf, isLate } from './headings.ts';
import type { Activities, NotifyResult, OpenRequest } from './index.ts';
import {
  briefOfRequest,
  nextReminder,
  plannedReminders,
  requestNoticesOf,
  requestOf,
  stillOwed,
  stillOwing,
} from './requestNotices.ts';
import { carriedBy } from './tidings.ts';

type Requests = Pick<
  Activities,
  | 'openRequest'
  | 'tellRequest'
  | 'remind'
  | 'recordAnswer'
  | 'recordTakeBack'
  | 'tellTakenBack'
  | 'lapseRequests'
>;

/** Requests: opened, told, reminded of, answered, lapsed. */
export function requestActivities(outside: Outside): Requests {
  const { caseFile, now } = outside;

  return {
    async openRequest({ pausedAt, ...input }) {
      // With the plan held as it is: a correction comes before it or after.
      return changing(caseFile, input.cooperation, async (tx) => {
        const first = await findRequest(tx, input.cooperation, input.request);
        const standing = first && (await standingInPlace(tx, first));
        const isNew = !standing || standing.lapse === 'annulled';
        if (pausedAt && (isNew || (standing.closedAt && !isBefore(standing.closedAt, pausedAt)))) return null;
        if (!isNew) return standingOf(tx, standing);
        const within = { ...outside, caseFile: tx };
        return standingOf(
          tx,
          standing && first ? await askAnew(within, input, { first, standing }) : await enter(within, input),
        );
      });
    },

    async tellRequest({ cooperation: id, request }) {
      const row = await requestOf(outside, id, request);
      const cooperation = await cooperationOf(caseFile, id);
      // The first invitation asks for documents, too.
      if (goesWithFirstInvitation(row)) {
        const first = await firstInvitedTo(outside, cooperation);
        if (first && isStillToBegin(first, outside))
          await invite(outside, { cooperation: id, session: first.number, round: 1 });
      }
      const told = await tellTogether(outside, cooperation, row, async ({ first, beside }) => {
        const carried = await carriedBy(outside, cooperation, first);
        const others = await Promise.all(beside.map((one) => briefOfRequest(outside, one)));
        const { notified, refused } = await write(outside, first, first.parties, 'request', {
          compose: (notice, person) => ({
            notice: 'request',
            ...notice,
            ...(carried && { tidings: carried.tidings(person) }),
            ...(others.length > 0 && { beside: others }),
          }),
          ...(carried?.attachments && {
            attachmentsFor: async (person) => carried.attachments?.(person) ?? [],
          }),
        });
        const further = (await carried?.tellOthers()) ?? { notified: 0, refused: 0 };
        await noteTold(caseFile, id, first.id);
        return {
          notified: notified + further.notified,
          refused: refused + further.refused,
          troubles: await mailTroublesOf(caseFile, first),
        };
      });
      return { notified: 0, refused: 0, ...told };
    },

    async remind({ cooperation, request, number, owing, at = now(), since = at }) {
      const row = await requestOf(outside, cooperation, request);
      const { plan } = await cooperationOf(caseFile, cooperation);
      const silent = await stillOwing(outside, row, owing);
      const due = plannedReminders(plan, row).filter(
        (one) => !isBefore(one.at, since) && !isBefore(at, one.at),
      );
      const told: NotifyResult = { notified: 0, refused: 0 };
      for (const { level, parties } of addressed(due, silent)) {
        const to = await addresseesOf(outside, row, level, parties);
        const { notified, refused, later } = await write(outside, row, parties, `reminder-${number}`, {
          compose: (notice) => ({
            notice: 'reminder',
            number,
            level: to ? level : 'delegates',
            silent: parties,
            ...notice,
          }),
          ...(to && { to }),
          notBefore: (person) => heldBack(outside, plan, { row, at, person }),
          stale: ({ dueAt }) => dueAt !== row.dueAt || nextIsNear(plan, row, { at, parties, now: now() }),
        });
        told.notified += notified;
        told.refused += refused;
        if (later && (!told.later || isBefore(later, told.later))) told.later = later;
      }
      if (told.later) return told;
      await noteReminded(caseFile, cooperation, request, { number, at });
      return { ...told, troubles: await mailTroublesOf(caseFile, row) };
    },

    async recordAnswer({ cooperation, answer, at }) {
      const refusal = await recordAnswer(caseFile, cooperation, answer, at, outside.outsideAnswers);
      return refusal ? { refusal } : {};
    },

    async recordTakeBack({ cooperation, takeBack, at }) {
      const refusal = await takeAnswerBack(caseFile, cooperation, takeBack, at, outside.outsideAnswers);
      return refusal ? { refusal } : {};
    },

    async tellTakenBack({ cooperation, request, party, revision }) {
      const row = await requestOf(outside, cooperation, request);
      const everyone = await everyoneOf(caseFile, cooperation);
      const takenBack = (await everyAnswerTo(caseFile, cooperation, request)).find(
        (one) => one.party === party && one.revision === revision,
      );
      // Whoever took it back knows.
      const by = everyone.find(({ id }) => id === takenBack?.withdrawnBy);
      const people = await answerersFor(caseFile, row, [party], now());
      const told = await write(outside, row, [party], `taken-back-${party}-${revision}`, {
        to: people.filter(({ id }) => id !== by?.id),
        compose: (notice) => ({
          ...{ notice: 'request', passed: { how: 'taken-back', ...(by && { name: by.name }) } },
          ...notice,
        }),
      });
      await noteTakenBackTold(caseFile, cooperation, { request, party, revision });
      return told;
    },

    async lapseRequests({ cooperation, requests, because, at }) {
      await lapseRequests(caseFile, cooperation, requests, because, at);
    },
  };
}

/** Writes to those of some parties that still owe an answer, once an occasion. */
async function write(
  outside: Outside,
  row: RequestRow,
  parties: string[],
  occasion: string,
  how: {
    compose: (notice: RequestNotice, person: PersonRow) => Notice;
    to?: PersonRow[];
    /** It has been held up until the next one is due, or nearly; or the request has another due date by now. */
    stale?: (row: RequestRow) => boolean;
    notBefore?: Delivery['notBefore'];
    attachmentsFor?: Delivery['attachmentsFor'];
  },
) {
  const { caseFile, now } = outside;
  const cooperation = await cooperationOf(caseFile, row.cooperation);
  // Whoever answered while this was on its way hears nothing.
  const owing = await stillOwing(outside, row, parties);
  const asked = how.to ?? reachedAmong(await answerersFor(caseFile, row, owing, now()), row);
  const people = occasion === 'request' ? await unasked(outside, row, asked) : asked;
  const notices = await requestNoticesOf(outside, row, owing);
  // What the Secretariat hears next is about all that still owe.
  const next = ({ party }: PersonRow) => nextReminder(cooperation, row, how.to ? owing : [party], now());
  return deliver(outside, {
    cooperation,
    key: `${row.id}|${occasion}`,
    to: people,
    request: row.id,
    ...(occasion !== 'request' && { follows: `${row.id}|request` }),
    stillFor: async (person) =>
      !how.stale?.(await requestOf(outside, row.cooperation, row.id)) &&
      (await stillOwed(outside, row, how.to !== undefined)(person)),
    ...(how.notBefore && { notBefore: how.notBefore }),
    ...(how.attachmentsFor && { attachmentsFor: how.attachmentsFor }),
    attachments: await attachmentsFor(outside, cooperation, row),
    notice: (person) =>
      how.compose(
        {
          ...notices(person),
          ...next(person),
        },
        person,
      ),
  });
}

/** Those to whom it has not been put with something else, as documents are asked for with the first invitation. */
async function unasked({ caseFile }: Outside, row: RequestRow, people: PersonRow[]): Promise<PersonRow[]> {
  if (!goesWithFirstInvitation(row)) return people;
  const mails = await mailsOf(caseFile, row.cooperation);
  return people.filter(
    ({ id }) =>
      !mails.some((one) => one.notice === 'invitation' && one.request === row.id && one.person === id),
  );
}

/** Who is written to at a level; nobody in particular where those asked are. */
async function addresseesOf(
  { caseFile }: Outside,
  { cooperation }: RequestRow,
  level: ReminderLevel,
  parties: string[],
): Promise<PersonRow[] | undefined> {
  if (level === 'secretariat') return staffOf(caseFile, cooperation);
  const institutions = parties.filter((party) => party !== CONSULTANT);
  if (level === 'delegates' || institutions.length === 0) return undefined;
  const people = await focalPointsOf(caseFile, cooperation, institutions);
  return people.length > 0 ? people : undefined;
}

/** Of reminders that are due at once, the last that concerns each silent party; parties of one level together. */
function addressed(due: readonly Reminder[], silent: readonly string[]) {
  const levels = new Map<ReminderLevel, string[]>();
  for (const party of silent) {
    const last = due.findLast(({ parties }) => parties.includes(party));
    if (last) levels.set(last.level, [...(levels.get(last.level) ?? []), party]);
  }
  return [...levels].map(([level, parties]) => ({ level, parties }));
}

/** Whether the next reminder of one of these parties is so near that the one planned for `at` is left out. */
const nextIsNear = (
  plan: Plan,
  row: RequestRow,
  { at, parties, now }: { at: string; parties: string[]; now: string },
): boolean =>
  plannedReminders(plan, row).some(
    (one) =>
      one.parties.some((party) => parties.includes(party)) &&
      isBefore(at, one.at) &&
      isBefore(one.at, hoursAfter(now, STALE_HOURS)),
  );

/** Until when a reminder planned for `at` is kept from somebody: it was held up, or they do not work today. */
const heldBack = (
  outside: Outside,
  plan: Plan,
  { row, at, person }: { row: RequestRow; at: string; person: PersonRow },
): string | undefined =>
  isLate(at, outside.now()) || isClosedFor(outside, plan, person)
    ? morningFor(outside, plan, row, person)
    : undefined;

/** The working morning on which a reminder that was held up goes to somebody; at once, where it is due before that. */
function morningFor(
  { now }: Outside,
  plan: Plan,
  { dueAt }: RequestRow,
  person: PersonRow,
): string | undefined {
  const morning = nextWorking('morning', now(), capitalOf(plan, person));
  return isBefore(now(), dueAt) && isBefore(dueAt, morning) ? undefined : morning;
}

/** It was planned before anybody knew that they do not work on that day. */
function isClosedFor({ now }: Outside, plan: Plan, person: PersonRow): boolean {
  const capital = capitalOf(plan, person);
  return !isWorkingDay(dateIn(now(), capital.timeZone), capital);
}

/** A reminder that could not be sent until this long before the next one is left out. */
const STALE_HOURS = 12;

/** What came before it was annulled: it is asked of all anew, as it was first asked. */
const askAnew = (
  outside: Outside,
  asked: Asking,
  { first, standing }: { first: RequestRow; standing: RequestRow },
): Promise<RequestRow> =>
  enter(outside, {
    ...asked,
    request: renewedId(standing.id),
    renews: standing.id,
    of: [...new Set([...first.parties, ...standing.parties])],
  });

type Asking = Omit<OpenRequest, 'pausedAt'> & { renews?: string };

/** Enters a request with the instants it is due and reminded at. */
async function enter(outside: Outside, asked: Asking): Promise<RequestRow> {
  const { caseFile } = outside;
  const { cooperation: id, request, kind, round, item, about, askedAt } = asked;
  const cooperation = await cooperationOf(caseFile, id);
  const of = [...asked.of, ...joinedSince(cooperation.plan, asked)];
  const input = { ...asked, of };
  const times = await timesOf(outside, cooperation, input);
  const subject = about ?? (await subjectOf(outside, cooperation, input));
  // What was handed in has a version of its own.
  const matter = kinds[kind].about;
  const handedIn =
    matter === 'sheet' || matter === 'report'
      ? await documentByHash(caseFile, id, subject.hash, matter)
      : undefined;
  return enterRequest(caseFile, {
    cooperation: id,
    id: request,
    kind,
    round,
    item: handedIn?.version ?? item ?? null,
    parties: of,
    subject,
    trouble: input.trouble ?? null,
    windowRanOut: input.windowRanOut ?? null,
    until: input.until ?? null,
    renews: input.renews ?? null,
    commitments: input.commitments,
    openedAt: askedAt,
    ...times,
  });
}

/** Who is to be asked besides by the plan as it is now, of which the workflow had not heard yet. */
function joinedSince(plan: Plan, { kind, of, group }: Pick<OpenRequest, 'kind' | 'of' | 'group'>): string[] {
  const { asks }: Kind = kinds[kind];
  return asks && group
    ? groupOf(plan, asks).filter((party) => !group.includes(party) && !of.includes(party))
    : [];
}

/** What a request is about where its workflow does not say: what the case file holds at this moment, by its hash. */
const subjectOf = (outside: Outside, cooperation: CooperationRow, input: OpenRequest): Promise<Subject> =>
  SUBJECTS[kinds[input.kind].about](outside, cooperation, input);

const subjectAbout = (ref: string, content: unknown): Subject => ({ ref, hash: hashOf(content) });

/** Nothing is there yet that it could be about. */
const itself: SubjectOf = async (_, { id }, { kind, round }) =>
  subjectAbout(`${kind}-${round}`, [id, kind, round]);

type SubjectOf = (outside: Outside, cooperation: CooperationRow, input: OpenRequest) => Promise<Subject>;
const SUBJECTS: Readonly<Record<Matter, SubjectOf>> = {
  meeting: async ({ caseFile }, { id }) =>
    subjectAbout('coordination-meeting', [(await meetingOf(caseFile, id)).startsAt]),
  programme: async ({ caseFile }, { id, programme }) => {
    const newest = (await standingProgrammesOf(caseFile, id)).at(-1);
    return { ref: `programme-v${newest?.version ?? 0}`, hash: newest?.hash ?? hashOf(programme) };
  },
  question: async ({ caseFile }, { id }, { item = 0, of }) => {
    const question = (await questionsOf(caseFile, id)).find(({ number }) => number === item);
    // A message from outside may name any number, and any party.
    if (!question || !of.includes(question.toParty))
      throw ApplicationFailure.nonRetryable('there is no such question to this party', QUESTION_UNKNOWN);
    return subjectAbout(`question-${item}`, question.text);
  },
  session: async ({ caseFile }, { id }, { item = 0 }) => {
    const { startsAt } = await sessionOf(caseFile, id, item);
    return subjectAbout(`session-${item}`, [item, startsAt]);
  },
  // It comes with the question.
  translation: itself,
  exchange: itself,
  dates: itself,
  consultant: itself,
  sheet: itself,
  report: itself,
  outcomes: async (_, { id }, { item = 0 }) => subjectAbout(`outcomes-${item}`, [id, item]),
  commitments: async ({ caseFile }, { id }, { round, commitments = [] }) => {
    const asked = (await commitmentsOf(caseFile, id)).filter(({ number }) => commitments.includes(number));
    return subjectAbout(
      `commitments-${round}`,
      asked.map(({ number, what, due }) => [number, what, due]),
    );
  },
  trouble: itself,
};
