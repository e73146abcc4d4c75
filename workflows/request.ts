import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  log,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { OpenRequest } from '../activities/index.ts';
import { type Answer, answer as answerShape, type Refusal, type Subject } from '../src/domain/answer.ts';
import type { RequestKind } from '../src/domain/methodology.ts';
import type { Plan } from '../src/domain/plan.ts';
import { owing, type Received, type RequestState, refuse, settled, take } from '../src/domain/request.ts';
import { requestLabel } from '../src/domain/vocabulary.ts';
import { type Accepted, openRequests, respond, respondUpdate, SEARCH_ATTRIBUTES } from './messages.ts';
import { caseFile, outside } from './outside.ts';
import { labels, say, type Waiting, waitingTable } from './wording.ts';

/**
 * The one primitive of the methodology: this party is asked for this, about this exact thing, by this date.
 *
 * `ask()` opens the request, reminds those who still owe an answer and returns when all have answered. It never
 * takes silence for an answer. Answers arrive as the Signal or the Update `respond`, through one handler.
 */

export type Ask = {
  kind: RequestKind;
  of: string[];
  /** What it is about. Left out where the case file alone names it. */
  about?: Subject | undefined;
  /** The number of the session, question or version it concerns. */
  item?: number | undefined;
  /** 1 unless it is asked again. */
  round?: number;
  reasons?: Reason[] | undefined;
  slots?: string[];
  within?: { from: string; to: string };
  trouble?: string;
};
export type Reason = { party: string; content: string };

export type Answered = {
  answers: readonly Received[];
  /** Nobody asked for changes. */
  approved: boolean;
  /** Why changes are asked for, one entry for each party that does. */
  reasons: Reason[];
};

/** A request that is waited on: its state, and the reminders still ahead. Survives continue-as-new as it is. */
export type OpenRequestState = {
  request: RequestState;
  item?: number | undefined;
  /** Those asked have been written to. */
  told: boolean;
  reminders: string[];
  reminded: number;
  /** Parties whose answer is on its way to the case file, which may yet refuse it. */
  unrecorded: string[];
};

/** What a request desk hands over when its workflow continues as new. */
export type DeskState = { open: OpenRequestState[]; closed: RequestState[] };

const NOBODY = '';

/** Closed requests are remembered so that a late answer is told who was faster; a long exchange keeps this many. */
const CLOSED_KEPT = 100;

export type Desk = ReturnType<typeof openDesk>;

export type DeskOptions = {
  /** The Markdown that stands above the table of what is waited on. */
  heading: () => string;
  /** What the run before handed over. */
  state?: DeskState | undefined;
  /** Hears of each answer once it is in the case file. */
  heard?: ((about: { kind: RequestKind; item?: number | undefined }, answer: Received) => void) | undefined;
};

/** Takes requests for one workflow. Call it before anything is awaited: it registers the message handlers. */
export function openDesk(plan: Plan, scope: string, { heading, state, heard = () => {} }: DeskOptions) {
  const { cooperation, language } = plan;
  const open: OpenRequestState[] = state?.open ?? [];
  let closed: RequestState[] = state?.closed ?? [];
  let opening = 0;
  let shown = state ? '?' : NOBODY;
  const inTurn = turns();

  /** Brings Temporal's list and details up to what is waited on now. */
  function show(): void {
    const waiting: Waiting[] = open
      .filter(({ request }) => !settled(request))
      .map(({ request, item }) => ({ request, n: item }));
    setCurrentDetails(`${heading()}\n\n${waitingTable(plan, waiting)}`);

    const waitingOn = [...new Set(waiting.flatMap(({ request }) => owing(request)))].sort();
    const due = waiting.map(({ request }) => request.dueAt).sort()[0];
    const next = waitingOn.length > 0 ? `${waitingOn.join()} ${due}` : NOBODY;
    if (next === shown) return;
    shown = next;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.waitingOn, value: waitingOn.length > 0 ? waitingOn : null },
      { key: SEARCH_ATTRIBUTES.due, value: due ? new Date(due) : null },
    ]);
  }

  const words = ({ request, item }: OpenRequestState, of: readonly string[] = owing(request)) => ({
    who: labels(plan, of),
    what: requestLabel({ kind: request.kind, item }, language),
  });

  const asks = (held: OpenRequestState) => say(language, 'asks', words(held, held.request.of));

  /** Why an answer is refused, or `null`: the Update's validator and the Signal's guard. Reads, never writes. */
  function refusalOf(input: unknown): Refusal | null {
    const parsed = answerShape.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return {
        code: 'Malformed',
        message: `the answer is not well formed at "${issue?.path.join('.')}": ${issue?.message}`,
      };
    }
    const current = open.find(({ request }) => request.id === parsed.data.request);
    if (current) return refuse(recorded(current), parsed.data);
    const past = closed.find(({ id }) => id === parsed.data.request);
    if (!past) return { code: 'RequestUnknown', message: `there is no request ${parsed.data.request} here` };
    return refuse(past, parsed.data) ?? { code: 'RequestClosed', message: `${past.id} is closed` };
  }

  async function accept(answer: Answer): Promise<Accepted> {
    const held = open.find(({ request }) => request.id === answer.request) as OpenRequestState;
    const { party } = answer;
    // Two answers at once: the second waits to hear whether the first stands.
    while (held.unrecorded.includes(party)) await condition(() => !held.unrecorded.includes(party));
    const late = refusalOf(answer);
    if (late) throw failure(late);

    const at = new Date().toISOString();
    held.request = take(held.request, answer, at);
    held.unrecorded.push(party);
    const summary = say(language, 'records', { who: labels(plan, [party]) });
    const { refusal } = await inTurn(() => caseFile(summary).recordAnswer({ cooperation, answer, at }));
    held.unrecorded = held.unrecorded.filter((one) => one !== party);
    if (refusal) {
      held.request = without(held.request, [party]);
      throw failure(refusal);
    }
    heard({ kind: held.request.kind, item: held.item }, { ...answer, at });
    if (!settled(held.request)) show();
    return { request: answer.request, at, stillOwing: owing(held.request) };
  }

  setHandler(respondUpdate, accept, {
    description: 'Answers a request; refused at once when it cannot be taken.',
    validator: (answer) => {
      const refusal = refusalOf(answer);
      if (refusal) throw failure(refusal);
    },
  });
  setHandler(
    respond,
    async (answer) => {
      const refusal = refusalOf(answer);
      if (refusal) return log.warn('answer ignored', { code: refusal.code });
      try {
        await accept(answer);
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        log.warn('answer ignored', { code: error.type });
      }
    },
    { description: 'Answers a request; ignored and logged when it cannot be taken.' },
  );
  setHandler(openRequests, () => open.map(({ request }) => request), {
    description: 'The requests that are waited on.',
  });

  /** Asks, reminds, and returns when everyone asked has answered. */
  async function ask({
    kind,
    of,
    about,
    item,
    round = 1,
    reasons,
    slots,
    within,
    trouble,
  }: Ask): Promise<Answered> {
    const id = requestId(scope, kind, item, round);
    const askedAt = new Date().toISOString();
    const input: OpenRequest = {
      cooperation,
      request: id,
      kind,
      round,
      of,
      askedAt,
      ...(item !== undefined && { item }),
      ...(about && { about }),
      ...(reasons && { reasons }),
      ...(trouble && { trouble }),
    };
    const summary = say(language, 'asks', {
      who: labels(plan, of),
      what: requestLabel({ kind, item }, language),
    });
    opening++;
    const { subject, dueAt, reminders } = await inTurn(() => caseFile(summary).openRequest(input));
    opening--;
    const held: OpenRequestState = {
      request: {
        id,
        kind,
        of,
        subject,
        openedAt: askedAt,
        dueAt,
        answers: [],
        ...(slots && { slots }),
        ...(within && { within }),
      },
      item,
      told: false,
      reminders,
      reminded: 0,
      unrecorded: [],
    };
    open.push(held);
    show();
    return pursue(held);
  }

  /** Sends, and gives up sending as soon as everyone has answered: mail may be held up for days, answers may not. */
  async function unlessAnswered(held: OpenRequestState, send: () => Promise<unknown>): Promise<void> {
    const scope = new CancellationScope();
    const sending = scope.run(send).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
    await Promise.race([sending, condition(() => answeredBy(held))]);
    if (answeredBy(held)) scope.cancel();
    await sending;
  }

  /** Waits for the answers of a request, with one timer at a time for its reminders. */
  async function pursue(held: OpenRequestState): Promise<Answered> {
    const answered = () => answeredBy(held);
    if (!held.told)
      await unlessAnswered(held, () =>
        outside(asks(held)).tellRequest({ cooperation, request: held.request.id }),
      );
    held.told = true;
    while (!answered() && held.reminders.length > 0) {
      const [next] = held.reminders as [string];
      const wait = Date.parse(next) - Date.now();
      if (wait > 0 && (await condition(answered, wait, { summary: say(language, 'until', words(held)) })))
        break;
      // Reminders missed while nothing ran collapse into the last of them.
      const missed = held.reminders.filter((at) => Date.parse(at) <= Date.now()).length;
      const ahead = held.reminders.slice(missed);
      const number = held.reminded + 1;
      const [after] = ahead;
      const reminder = {
        cooperation,
        request: held.request.id,
        number,
        owing: owing(held.request),
      };
      await unlessAnswered(held, () =>
        outside(say(language, 'reminds', words(held))).remind({
          ...reminder,
          ...(after && { nextAt: after }),
        }),
      );
      held.reminders = ahead;
      held.reminded = number;
    }
    await condition(answered);
    open.splice(open.indexOf(held), 1);
    closed = [...closed, held.request].slice(-CLOSED_KEPT);
    const { answers } = held.request;
    const reasons = answers.flatMap((answer) =>
      answer.decision === 'changes' ? [{ party: answer.party, content: answer.content }] : [],
    );
    return { answers, approved: reasons.length === 0, reasons };
  }

  /** Waits until an instant, or until `early` holds. */
  async function waitUntil(instant: string, what: string, early: () => boolean = () => false): Promise<void> {
    const wait = Date.parse(instant) - Date.now();
    if (wait <= 0) return;
    show();
    await condition(early, wait, { summary: say(language, 'waits', { what }) });
  }

  return {
    ask,
    pursue,
    inTurn,
    waitUntil,
    show,
    /** What is waited on, for the next run of a workflow that continues as new. */
    state: (): DeskState => ({ open, closed }),
    /** Before a workflow returns or continues as new: every message that came has been dealt with. */
    finish: async (): Promise<void> => {
      await condition(() => opening === 0 && allHandlersFinished());
      show();
    },
  };
}

/**
 * One thing after another, in the order they were asked for: for local activities. Of several that are at work at the
 * same time each resolves when it is done, but on replay they resolve together, and what follows from one would no
 * longer come before what follows from the next (temporalio/sdk-python#1881; the core is the same).
 */
function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

const answeredBy = ({ request, unrecorded }: OpenRequestState): boolean =>
  settled(request) && unrecorded.length === 0;

/** The request with the answers that the case file has. */
const recorded = ({ request, unrecorded }: OpenRequestState): RequestState => without(request, unrecorded);

const without = (request: RequestState, parties: readonly string[]): RequestState => ({
  ...request,
  answers: request.answers.filter(({ party }) => !parties.includes(party)),
});

/** `coordination/approve-programme.1`, `documents/answer-question-2.1`: unique in its cooperation. */
export const requestId = (
  scope: string,
  kind: RequestKind,
  item: number | undefined,
  round: number,
): string => (kind === 'answer-question' ? `${scope}/${kind}-${item}.${round}` : `${scope}/${kind}.${round}`);

/** A refusal as the failure that rejects an Update. */
export const failure = ({ code, message, earlier }: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: code, message, nonRetryable: true, details: earlier ? [earlier] : [] });
