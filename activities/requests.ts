import { changesOf } from '../src/casefile/changes/index.ts';
import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database.ts';
import { documentByHash } from '../src/casefile/documents.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { handOversOf } from '../src/casefile/handOvers.ts';
import { answerersFor, answerersOf, focalPointsOf, staffOf } from '../src/casefile/people.ts';
import { programmesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import {
  answersTo,
  enterRequest,
  findRequest,
  lapseRequests,
  owingOf,
  readContent,
  recordAnswer,
} from '../src/casefile/requests.ts';
import type { CooperationRow, PersonRow, RequestRow } from '../src/casefile/schema.ts';
import { nextSession, sessionOf, sessionsOf, slotsOf } from '../src/casefile/sessions.ts';
import type { Subject } from '../src/domain/answer.ts';
import { hoursAfter, instantOf } from '../src/domain/dates.ts';
import {
  dueInstant,
  instantsOf,
  type Reminder,
  type ReminderLevel,
  remindersOf,
} from '../src/domain/deadlines.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import { ITEMS, type Matter } from '../src/domain/kinds/kind.ts';
import { type Plan, secretariatOf } from '../src/domain/plan.ts';
import { CONSULTANT } from '../src/domain/programme.ts';
import type { Notice, RequestDetails, RequestNotice } from '../src/mail/notice.ts';
import { speaker } from '../src/words/speaker.ts';
import { attachmentsFor, isAttachable, sheetFor } from './attachments.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, documentLine, labelIn, questionLine, sessionHeading } from './headings.ts';
import type { Activities, Notified, OpenRequest } from './index.ts';

type Requests = Pick<Activities, 'openRequest' | 'tellRequest' | 'remind' | 'recordAnswer' | 'lapseRequests'>;

/** Requests: opened, told, reminded of, answered, lapsed. */
export function requestActivities(outside: Outside): Requests {
  const { caseFile, now } = outside;

  return {
    async openRequest(input) {
      const standing = await findRequest(caseFile, input.cooperation, input.request);
      const row = standing ?? (await enter(outside, input));
      return {
        subject: { ref: row.subjectRef, hash: row.subjectHash },
        dueAt: row.dueAt,
        reminders: row.reminders,
      };
    },

    async tellRequest({ cooperation, request }) {
      const row = await requestOf(outside, cooperation, request);
      return write(row, row.parties, 'request', {
        compose: (notice) => ({ notice: 'request', ...notice }),
      });
    },

    async remind({ cooperation, request, number, owing, at = now(), since = at }) {
      const row = await requestOf(outside, cooperation, request);
      const { programme, plan } = await cooperationOf(caseFile, cooperation);
      const silent = await stillOwing(outside, row, owing);
      const due = planned(plan, row).filter((one) => !isBefore(one.at, since) && !isBefore(at, one.at));
      const told: Notified = { notified: 0, refused: 0 };
      for (const { level, parties } of addressed(due, silent)) {
        const to = await addresseesOf(row, level, parties);
        const { notified, refused } = await write(row, parties, `reminder-${number}`, {
          compose: (notice, { language }) => ({
            notice: 'reminder',
            number,
            level: to ? level : 'delegates',
            silent: parties.map((party) => labelIn(programme, party, language)),
            ...notice,
          }),
          ...(to && { to }),
          stale: ({ dueAt }) =>
            dueAt !== row.dueAt ||
            planned(plan, row).some(
              (one) =>
                one.parties.some((party) => parties.includes(party)) &&
                isBefore(at, one.at) &&
                isBefore(one.at, hoursAfter(now(), STALE_HOURS)),
            ),
        });
        told.notified += notified;
        told.refused += refused;
      }
      return told;
    },

    async recordAnswer({ cooperation, answer, at }) {
      const refusal = await recordAnswer(caseFile, cooperation, answer, at);
      return refusal ? { refusal } : {};
    },

    async lapseRequests({ cooperation, requests, because, at }) {
      await lapseRequests(caseFile, cooperation, requests, because, at);
    },
  };

  async function write(
    row: RequestRow,
    parties: string[],
    occasion: string,
    how: {
      compose: (notice: RequestNotice, person: PersonRow) => Notice;
      to?: PersonRow[];
      /** It has been held up until the next one is due, or nearly; or the request has another due date by now. */
      stale?: (row: RequestRow) => boolean;
    },
  ) {
    const cooperation = await cooperationOf(caseFile, row.cooperation);
    // Whoever answered while this was on its way hears nothing.
    const owing = await stillOwing(outside, row, parties);
    const people = how.to ?? (await answerersFor(caseFile, row, owing, now()));
    const notices = await requestNoticesOf(outside, cooperation, row, owing);
    const ahead = planned(cooperation.plan, row).filter((one) => isBefore(now(), one.at));
    const next = ({ party }: PersonRow) => {
      // What the Secretariat hears next is about all that still owe.
      const one = ahead.find(({ parties }) =>
        parties.some((code) => (how.to ? owing.includes(code) : code === party)),
      );
      return one && { nextReminderAt: one.at, nextReminderLevel: one.level };
    };
    return deliver(outside, {
      cooperation,
      key: `${row.id}|${occasion}`,
      to: people,
      request: row.id,
      ...(occasion !== 'request' && { follows: `${row.id}|request` }),
      stillFor: async (person) =>
        !how.stale?.(await requestOf(outside, row.cooperation, row.id)) &&
        (await stillOwed(outside, row, how.to !== undefined)(person)),
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

  /** Who is written to at a level; nobody in particular where those asked are. */
  async function addresseesOf(
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
}

/** The reminders of a request, as they follow from when it was asked and is due. */
const planned = ({ parties }: Plan, { openedAt, dueAt, parties: asked }: RequestRow): Reminder[] =>
  remindersOf(
    parties.filter(({ code }) => asked.includes(code)),
    { openedAt, dueAt },
  );

/** Of reminders that are due at once, the last that concerns each silent party; parties of one level together. */
function addressed(due: readonly Reminder[], silent: readonly string[]) {
  const levels = new Map<ReminderLevel, string[]>();
  for (const party of silent) {
    const last = due.findLast(({ parties }) => parties.includes(party));
    if (last) levels.set(last.level, [...(levels.get(last.level) ?? []), party]);
  }
  return [...levels].map(([level, parties]) => ({ level, parties }));
}

/** A reminder that could not be sent until this long before the next one is left out. */
const STALE_HOURS = 12;

const isBefore = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);

/** Of these parties, those that still owe the answer. */
async function stillOwing({ caseFile }: Outside, row: RequestRow, parties: string[]): Promise<string[]> {
  if (row.closedAt) return [];
  const owing = owingOf(row, await answersTo(caseFile, row.cooperation, row.id));
  return parties.filter((party) => owing.includes(party));
}

/**
 * Whether a mail about a request still concerns a person, looked at just before it goes out to them: their party owes
 * the answer. `others`: they are told about parties that do.
 */
export const stillOwed =
  (outside: Outside, { cooperation, id }: RequestRow, others = false) =>
  async ({ party }: PersonRow): Promise<boolean> => {
    const row = await requestOf(outside, cooperation, id);
    return (await stillOwing(outside, row, others ? row.parties : [party])).length > 0;
  };

/** What a mail about a request says to each reader. */
export async function requestNoticesOf(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
  parties: string[],
): Promise<(person: PersonRow) => RequestNotice> {
  const people = await answerersOf(outside.caseFile, row.cooperation, parties);
  const details = await detailsIn(outside, cooperation, row);
  const handedOver = (await handOversOf(outside.caseFile, cooperation.id, row.id)).map(
    ({ fromPerson }) => fromPerson,
  );
  return (person) => ({
    request: { id: row.id, kind: row.kind, round: row.round, dueAt: row.dueAt, openedAt: row.openedAt },
    details: details(person),
    asked: row.parties
      .filter((party) => !row.waived.includes(party))
      .map((party) => labelIn(cooperation.programme, party, person.language)),
    onBehalfOf: labelIn(cooperation.programme, person.party, person.language),
    colleagues: people
      .filter(({ id, party }) => party === person.party && id !== person.id && !handedOver.includes(id))
      .map(({ name }) => name),
  });
}

/** Why there is another version to approve: what the ministries asked for, or why the Secretariat corrected it. */
async function whyNewVersion(
  db: CaseFile,
  { cooperation, id, round, openedAt }: RequestRow,
  plan: Plan,
): Promise<{ party: string; reason: string }[]> {
  const before = id.replace(/\.\d+$/, `.${round - 1}`);
  const asked = await answersTo(db, cooperation, before);
  const reasons = await Promise.all(
    asked.map(async ({ party, content }) => {
      const value = content ? await readContent(db, cooperation, content) : undefined;
      return value && 'reason' in value ? [{ party, reason: value.reason }] : [];
    }),
  );
  const last = await findRequest(db, cooperation, before);
  const corrected = (await changesOf(db, cooperation)).filter(
    ({ kind, madeAt }) =>
      kind === 'amend' &&
      madeAt !== null &&
      Date.parse(madeAt) <= Date.parse(openedAt) &&
      (last ? Date.parse(madeAt) > Date.parse(last.openedAt) : id.startsWith('amendment-')),
  );
  const [newest] = corrected.slice(-1);
  return [...reasons.flat(), ...(newest ? [{ party: secretariatOf(plan), reason: newest.reason }] : [])];
}

/** Why dates are asked about once more: what became of the round before. */
async function whyAgain(
  db: CaseFile,
  { cooperation, id, item, openedAt }: RequestRow,
): Promise<RequestDetails['newSlots']> {
  const before = (await requestsOf(db, cooperation))
    .filter((one) => one.item === item && one.id !== id && one.id.startsWith(`session-${item}/`))
    .filter(({ closedAt }) => closedAt !== null && Date.parse(closedAt) <= Date.parse(openedAt))
    .sort((a, b) => Date.parse(a.closedAt ?? '') - Date.parse(b.closedAt ?? ''))
    .at(-1);
  if (!before) return undefined;
  if (before.kind === 'choose-date') return { because: 'none-suited' };
  const [answer] = await answersTo(db, cooperation, before.id);
  const value = answer?.content ? await readContent(db, cooperation, answer.content) : undefined;
  const because = before.kind === 'record-session' ? 'not-held' : 'asked';
  return { because, ...(value && 'reason' in value && { reason: value.reason }) };
}

async function requestOf({ caseFile }: Outside, cooperation: string, id: string): Promise<RequestRow> {
  const row = await findRequest(caseFile, cooperation, id);
  if (!row) throw new Error(`the case file has no request ${id} of ${cooperation}`);
  return row;
}

/** Enters a request with the instants it is due and reminded at. */
async function enter(outside: Outside, input: OpenRequest): Promise<RequestRow> {
  const { caseFile } = outside;
  const { cooperation: id, request, kind, round, of, item, about, reasons = [], askedAt } = input;
  const cooperation = await cooperationOf(caseFile, id);
  const times = await timesOf(outside, cooperation, input);
  return enterRequest(caseFile, {
    cooperation: id,
    id: request,
    kind,
    round,
    item: item ?? null,
    parties: of,
    subject: about ?? (await subjectOf(outside, cooperation, input)),
    reasons,
    trouble: input.trouble ?? null,
    windowRanOut: input.windowRanOut ?? null,
    openedAt: askedAt,
    ...times,
  });
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
  meeting: async (_, { programme }) => subjectAbout('coordination-meeting', programme.coordination),
  programme: async ({ caseFile }, { id, programme }) => {
    const newest = (await programmesOf(caseFile, id)).at(-1);
    return { ref: `programme-v${newest?.version ?? 0}`, hash: newest?.hash ?? hashOf(programme) };
  },
  question: async ({ caseFile }, { id }, { item = 0 }) => {
    const question = (await questionsOf(caseFile, id)).find(({ number }) => number === item);
    return subjectAbout(`question-${item}`, question?.text ?? '');
  },
  session: async ({ caseFile }, { id }, { item = 0 }) => {
    const { startsAt } = await sessionOf(caseFile, id, item);
    return subjectAbout(`session-${item}`, [item, startsAt]);
  },
  exchange: itself,
  dates: itself,
  consultant: itself,
  sheet: itself,
  report: itself,
  trouble: itself,
};

/** Due at the latest of what each addressee's capital gives; each reminded on the mornings of its own. */
async function timesOf(outside: Outside, cooperation: CooperationRow, input: OpenRequest) {
  const { programme, plan } = cooperation;
  const rule = kinds[input.kind];
  const days = rule.deadline && programme.deadlines?.[rule.deadline];
  const counted = await countedFrom(outside, cooperation, input);
  const capitals = plan.parties.filter(({ code }) => input.of.includes(code));
  const dues = capitals.map(({ timeZone, country }) =>
    dueInstant({ due: rule.due, days, askedAt: input.askedAt, timeZone, country, ...counted }),
  );
  const dueAt = dues.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) as string;
  return { dueAt, reminders: instantsOf(remindersOf(capitals, { openedAt: input.askedAt, dueAt })) };
}

/** The meeting or session that a request's due date is counted from. */
async function countedFrom(
  { caseFile }: Outside,
  { id, programme, plan }: CooperationRow,
  input: OpenRequest,
) {
  const { due } = kinds[input.kind];
  if ('from' in due) return {};
  if ('after' in due && due.after === 'meeting') {
    const { date, starts, timezone } = programme.coordination;
    return { sessionStartsAt: instantOf(date, starts, timezone), sessionEndsAt: plan.coordinationEndsAt };
  }
  const session =
    'after' in due ? await sessionOf(caseFile, id, input.item ?? 0) : await nextSession(caseFile, id);
  return {
    sessionStartsAt: session?.startsAt ?? undefined,
    sessionEndsAt: session?.endsAt ?? undefined,
    windowFrom: session?.windowFrom ?? undefined,
  };
}

/** What a mail says of the thing it asks for, in each reader's language. */
async function detailsIn(
  { caseFile }: Outside,
  { programme, plan }: CooperationRow,
  row: RequestRow,
): Promise<(person: PersonRow) => RequestDetails> {
  const { cooperation: id, kind, item, round } = row;
  const sessions = await sessionsOf(caseFile, id);
  const concerned = sessions.filter(
    ({ number }) => kind === 'approve-programme' || kind === 'revise-programme' || number === item,
  );
  const ofSession = ITEMS[kinds[kind].about] === 'session';
  const proposal = ofSession && item !== null ? await slotsOf(caseFile, id, item, round) : undefined;
  const marked =
    kind === 'confirm-date'
      ? await answersTo(caseFile, id, row.id.replace('confirm-date', 'choose-date'))
      : [];
  const questions = kind === 'answer-question' ? await questionsOf(caseFile, id) : [];
  const question = questions.find(({ number }) => number === item);
  const document = await documentByHash(caseFile, id, row.subjectHash);
  const sheet = await sheetFor(caseFile, row);
  const enclosed = [document, sheet].filter((entry) => entry !== undefined);
  const newVersion = kind === 'approve-programme' ? await whyNewVersion(caseFile, row, plan) : [];
  const given = await Promise.all(
    row.reasons.map(async ({ party, content }) => {
      const value = await readContent(caseFile, id, content);
      return { party, reason: value && 'reason' in value ? value.reason : '' };
    }),
  );
  const reasons = [...newVersion, ...given];
  const { date, starts, timezone } = programme.coordination;
  const newSlots = kind === 'choose-date' ? await whyAgain(caseFile, row) : undefined;

  return ({ language }) => ({
    ...(item !== null && { n: item }),
    ...((ofSession || kind === 'approve-programme' || kind === 'revise-programme') && {
      sessions: concerned.map(sessionHeading),
    }),
    ...(proposal && {
      slots: proposal.slots.map((slot) => ({
        ...slot,
        marks: marked.flatMap(({ party, data }) => {
          const mark = data.marks?.[slot.id];
          return mark ? [{ institution: labelIn(programme, party, language), mark }] : [];
        }),
      })),
    }),
    ...(question && {
      question: {
        ...questionLine(programme, question, language),
        from: labelIn(programme, question.fromParty, language),
      },
    }),
    ...(reasons.length > 0 && {
      reasons: reasons.map(({ party, reason }) => ({
        institution: labelIn(programme, party, language),
        reason,
      })),
    }),
    ...(enclosed.length > 0 && {
      documents: enclosed.map((entry) => ({
        ...documentLine(programme, entry, language, isAttachable(entry)),
        ...(entry === sheet && { title: speaker('labels.step', language)('systematization') }),
      })),
    }),
    ...(kind === 'confirm-coordination' && {
      coordination: {
        startsAt: instantOf(date, starts, timezone),
        endsAt: plan.coordinationEndsAt,
        timeZone: timezone,
      },
    }),
    ...(row.trouble && { trouble: row.trouble }),
    ...(row.windowRanOut && { windowRanOut: row.windowRanOut }),
    ...(newSlots && { newSlots }),
  });
}
