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
import { type Answer, answer as answerShape, type Subject } from '../src/domain/answer.ts';
import { type ChangeMessage, changeMessage, isOfRequest, type RequestTimes } from '../src/domain/change.ts';
import type { Lapse } from '../src/domain/endings.ts';
import type { RequestKind } from '../src/domain/kinds/index.ts';
import { type Plan, secretariatOf } from '../src/domain/plan.ts';
import { type Refusal, refusalLine } from '../src/domain/refusal.ts';
import {
  endingOf,
  owing,
  type Received,
  type RequestState,
  refuse,
  settled,
  take,
} from '../src/domain/request.ts';
import { requestLabel } from '../src/words/labels.ts';
import {
  type Accepted,
  type ChangeMade,
  changeUpdate,
  openRequests,
  pauseStep,
  planChanged,
  respond,
  respondUpdate,
  resumeStep,
  SEARCH_ATTRIBUTES,
} from './messages.ts';
import { caseFile, outside } from './outside.ts';
import { partiesIn, say, type Waiting, waitingTable } from './wording.ts';

/**
 * The one primitive of the methodology: this party is asked for this, about this exact thing, by this date.
 *
 * `ask()` opens the request, reminds those who still owe an answer and returns when all have answered. It never
 * takes silence for an answer: when every reminder has gone out it waits on the Secretariat, which extends, reassigns
 * or waives. Answers arrive as the Signal or the Update `respond`, through one handler; changes as the Update `change`.
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
  /** After this instant nobody is asked any more: the request lapses. */
  until?: string | undefined;
  /** Why no poll gave the date that is asked for. */
  windowRanOut?: 'time' | 'no-dates';
  trouble?: string;
};
export type Reason = { party: string; content: string };

export type Answered = {
  /** Codes of the parties that were asked, those too that joined meanwhile. */
  of: readonly string[];
  answers: readonly Received[];
  /** Somebody answered, and nobody asked for changes. */
  approved: boolean;
  /** Nobody is asked any more: its time ran out, or something made it pointless. The answers are those until then. */
  lapsed?: Lapse;
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
  until?: string;
  lapsed?: Lapse;
  /** How often its instants have been planned anew. */
  replanned?: number;
  /** Every reminder has gone out: it is for the Secretariat. */
  escalated?: boolean;
};

/** What a request desk hands over when its workflow continues as new. */
export type DeskState = { open: OpenRequestState[]; closed: RequestState[]; paused?: boolean };

const NOBODY = '';

/** Closed requests are remembered so that a late answer is told who was faster; a long exchange keeps this many. */
const CLOSED_KEPT = 100;

export type DeskOptions = {
  /** The Markdown that stands above the table of what is waited on. */
  heading: () => string;
  /** What the run before handed over. */
  state?: DeskState | undefined;
  /** Hears of each answer once it is in the case file. */
  heard?: ((about: { kind: RequestKind; item?: number | undefined }, answer: Received) => void) | undefined;
  /** Hears that the plan has been corrected. */
  replanned?: (() => void) | undefined;
};

/** Takes requests for one workflow. Call it before anything is awaited: it registers the message handlers. */
export function openDesk(
  filed: Plan,
  scope: string,
  { heading, state, heard = () => {}, replanned = () => {} }: DeskOptions,
) {
  let plan = filed;
  const { cooperation, language } = filed;
  const open: OpenRequestState[] = state?.open ?? [];
  let closed: RequestState[] = state?.closed ?? [];
  let opening = 0;
  let telling = 0;
  let paused = state?.paused ?? false;
  let shown = state ? '?' : NOBODY;
  const inTurn = turns();
  /** What messages set off that came before the workflow began: they are heard while its first lines are read. */
  let begun = false;
  const onceBegun = (work: () => void): void => (begun ? work() : aside(Promise.resolve().then(work)));
  onceBegun(() => {
    begun = true;
  });

  /** Brings Temporal's list and details up to what is waited on now. */
  function show(): void {
    const waiting: Waiting[] = open
      .filter(({ request }) => !settled(request))
      .map(({ request, item, escalated }) => ({ request, n: item, escalated }));
    const standing = paused ? `${heading()} · ${say(language, 'paused')}` : heading();
    setCurrentDetails(`${standing}\n\n${waitingTable(plan, waiting)}`);

    const decides = open.some(({ request, escalated }) => escalated && !settled(request));
    const waitingOn = paused
      ? []
      : [
          ...new Set([
            ...waiting.flatMap(({ request }) => owing(request)),
            ...(decides ? [secretariatOf(plan)] : []),
          ]),
        ].sort();
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
    who: partiesIn(plan, of),
    what: requestLabel({ kind: request.kind, item }, language),
  });

  const asks = (held: OpenRequestState) => say(language, 'asks', words(held, held.request.of));

  /** Why an answer is refused, or `null`: the Update's validator and the Signal's guard. Reads, never writes. */
  function refusalOf(input: unknown): Refusal | null {
    const parsed = answerShape.safeParse(input);
    if (!parsed.success) {
      return { code: 'Malformed', path: parsed.error.issues[0]?.path.join('.') ?? '' };
    }
    const current = open.find(({ request }) => request.id === parsed.data.request);
    if (current) return refuse(recorded(current), parsed.data);
    const past = closed.find(({ id }) => id === parsed.data.request);
    if (!past) return { code: 'RequestUnknown', request: parsed.data.request };
    return refuse(past, parsed.data);
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
    const summary = say(language, 'records', { who: partiesIn(plan, [party]) });
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
  /** Why a change is refused before the case file is asked, or `null`. Reads, never writes. */
  function refusalOfChange(input: unknown): Refusal | null {
    const parsed = changeMessage.safeParse(input);
    if (!parsed.success) return { code: 'Malformed', path: parsed.error.issues[0]?.path.join('.') ?? '' };
    const { kind, request } = parsed.data;
    if (!isOfRequest(kind) || request === undefined)
      return { code: 'ChangeElsewhere', change: kind, goesTo: 'cooperation' };
    if (open.some(({ request: { id } }) => id === request)) return null;
    const past = closed.find(({ id }) => id === request);
    return past
      ? { code: 'RequestClosed', request, how: endingOf(past) ?? 'answered' }
      : { code: 'RequestUnknown', request };
  }

  setHandler(
    changeUpdate,
    async ({ change, request }: ChangeMessage): Promise<ChangeMade> => {
      const held = open.find(({ request: { id } }) => id === request) as OpenRequestState;
      // An answer that came before stands or falls first.
      while (held.unrecorded.length > 0) await condition(() => held.unrecorded.length === 0);
      const at = new Date().toISOString();
      const { refusal, request: now } = await inTurn(() =>
        caseFile(say(language, 'changes')).recordChange({ cooperation, change, at }),
      );
      if (refusal) throw failure(refusal);
      if (now) replan(held, now);
      if (!settled(held.request)) show();
      tell(change);
      return { at };
    },
    {
      description: 'Extends, reassigns or waives a request; refused at once when that cannot be done.',
      validator: (input) => {
        const refusal = refusalOfChange(input);
        if (refusal) throw failure(refusal);
      },
    },
  );

  function replan(held: OpenRequestState, { dueAt, reminders, of, waived }: RequestTimes): void {
    held.request = { ...held.request, dueAt, of, ...(waived.length > 0 && { waived }) };
    held.reminders = reminders;
    held.replanned = (held.replanned ?? 0) + 1;
    // Doing without one of several leaves what is past as it was.
    held.escalated = reminders.length === 0 && held.escalated === true;
  }

  /** Tells those concerned of a change, beside whatever goes on: mail may be held up. */
  function tell(change: number): void {
    telling++;
    aside(
      outside(say(language, 'tellsChange'))
        .tellChange({ cooperation, change })
        .finally(() => {
          telling--;
        }),
    );
  }

  /** Brings what is open up to what the case file has: of whom it is asked, by when, with which reminders. */
  async function askedNow(): Promise<void> {
    const requests = open.map(({ request: { id } }) => id);
    if (requests.length === 0) return;
    const times = await inTurn(() =>
      caseFile(say(language, 'replans')).requestTimes({ cooperation, requests }),
    );
    for (const held of open) {
      const now = times[held.request.id];
      if (now) replan(held, now);
    }
    show();
  }

  setHandler(pauseStep, () => {
    paused = true;
    onceBegun(show);
  });
  setHandler(resumeStep, async () => {
    await askedNow();
    paused = false;
    onceBegun(show);
  });
  setHandler(planChanged, (corrected) => {
    plan = corrected;
    onceBegun(() => aside(askedNow().then(replanned)));
  });

  /** While the cooperation is paused nothing new is begun. */
  async function unpaused(early: () => boolean = () => false): Promise<void> {
    while (paused && !early()) await condition(() => !paused || early());
  }

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
    until,
    windowRanOut,
    trouble,
  }: Ask): Promise<Answered> {
    if (paused) await unpaused();
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
      ...(windowRanOut && { windowRanOut }),
      ...(trouble && { trouble }),
    };
    const summary = say(language, 'asks', {
      who: partiesIn(plan, of),
      what: requestLabel({ kind, item }, language),
    });
    opening++;
    const opened = await inTurn(() => caseFile(summary).openRequest(input));
    const { subject, dueAt, reminders } = opened;
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
        ...(windowRanOut && { windowRanOut }),
      },
      item: opened.item ?? item,
      told: false,
      reminders,
      reminded: 0,
      unrecorded: [],
      ...(until && { until }),
    };
    open.push(held);
    show();
    return pursue(held);
  }

  /** Sends, and gives up sending as soon as everyone has answered: mail may be held up for days, answers may not. */
  async function unlessOver(held: OpenRequestState, send: () => Promise<unknown>): Promise<void> {
    const scope = new CancellationScope();
    const sending = scope.run(send).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
    await Promise.race([sending, condition(() => isOver(held))]);
    if (isOver(held)) scope.cancel();
    await sending;
  }

  /** Waits for the answers of a request, with one timer at a time: for its next reminder, or its end. */
  async function pursue(held: OpenRequestState): Promise<Answered> {
    const over = () => isOver(held);
    if (!held.told)
      await unlessOver(held, () =>
        outside(asks(held)).tellRequest({ cooperation, request: held.request.id }),
      );
    held.told = true;
    while (!over()) {
      const [next] = [...held.reminders.slice(0, 1), ...(held.until ? [held.until] : [])].sort();
      const plans = held.replanned;
      const otherwise = () => over() || paused || held.replanned !== plans;
      if (paused) {
        await condition(() => over() || !paused);
        continue;
      }
      if (next === undefined) {
        await condition(otherwise);
        continue;
      }
      const wait = Date.parse(next) - Date.now();
      if (wait > 0 && (await condition(otherwise, wait, { summary: say(language, 'until', words(held)) })))
        continue;
      if (held.until && Date.parse(held.until) <= Date.now()) await lapse(held, 'window-ran-out');
      else await remind(held);
    }
    open.splice(open.indexOf(held), 1);
    const past = { ...held.request, ...(held.lapsed && { lapsed: held.lapsed }) };
    closed = [...closed, past].slice(-CLOSED_KEPT);
    if (paused) await unpaused();
    const { answers } = held.request;
    const reasons = answers.flatMap((answer) =>
      answer.decision === 'changes' ? [{ party: answer.party, content: answer.content }] : [],
    );
    return {
      of: held.request.of,
      answers,
      approved: reasons.length === 0 && !held.lapsed,
      reasons,
      ...(held.lapsed && { lapsed: held.lapsed }),
    };
  }

  async function remind(held: OpenRequestState): Promise<void> {
    // Reminders missed while nothing ran collapse into the last of them.
    const missed = held.reminders.filter((at) => Date.parse(at) <= Date.now()).length;
    const [since] = held.reminders;
    const at = held.reminders[missed - 1];
    const ahead = held.reminders.slice(missed);
    const number = held.reminded + 1;
    const [after] = ahead;
    const plans = held.replanned;
    const reminder = { cooperation, request: held.request.id, number, owing: owing(held.request) };
    await unlessOver(held, () =>
      outside(say(language, 'reminds', words(held))).remind({
        ...reminder,
        ...(after && { nextAt: after }),
        ...(at && { since, at }),
      }),
    );
    held.reminded = number;
    // Planned anew while it was on its way: the new reminders stand.
    if (held.replanned !== plans) return;
    held.reminders = ahead;
    if (ahead.length > 0 || isOver(held)) return;
    held.escalated = true;
    show();
  }

  /** Closes a request that nobody is to answer any more. */
  async function lapse(held: OpenRequestState, because: Lapse): Promise<void> {
    if (isOver(held)) return;
    held.lapsed = because;
    await inTurn(() =>
      caseFile(say(language, 'lapses')).lapseRequests({
        cooperation,
        requests: [held.request.id],
        because,
        at: new Date().toISOString(),
      }),
    );
  }

  /** Waits until an instant, or until `early` holds; a pause holds it up as well. */
  async function waitUntil(instant: string, what: string, early: () => boolean = () => false): Promise<void> {
    for (;;) {
      if (paused) await unpaused(early);
      const wait = Date.parse(instant) - Date.now();
      if (wait <= 0 || early()) return;
      show();
      await condition(() => early() || paused, wait, { summary: say(language, 'waits', { what }) });
    }
  }

  return {
    /** The plan as it is now: it may be corrected at any time. */
    plan: () => plan,
    ask,
    pursue,
    inTurn,
    waitUntil,
    paused: () => paused,
    unpaused,
    show,
    /** Closes every open request: something made them pointless. */
    supersede: async (): Promise<void> => {
      for (const held of [...open]) await lapse(held, 'superseded');
    },
    /** What is waited on, for the next run of a workflow that continues as new. */
    state: (): DeskState => ({ open, closed, ...(paused && { paused }) }),
    /** Before a workflow returns or continues as new: every message that came has been dealt with. */
    finish: async (): Promise<void> => {
      await condition(() => opening === 0 && telling === 0 && allHandlersFinished());
      show();
    },
  };
}

/**
 * One thing after another, in the order they were asked for: for local activities. Of several that are at work at the
 * same time each resolves when it is done, but on replay they resolve together, and what follows from one would no
 * longer come before what follows from the next (temporalio/sdk-python#1881; the core is the same).
 */
export function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Everyone has answered, or nobody needs to any more. */
const isOver = ({ request, unrecorded, lapsed }: OpenRequestState): boolean =>
  (settled(request) || lapsed !== undefined) && unrecorded.length === 0;

/** Work that goes on beside the rest. It ends when the workflow is cancelled. */
export function aside(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
}

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

/** A refusal as the failure that rejects an Update; its message is for the Temporal UI alone. */
export const failure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({
    type: refusal.code,
    message: refusalLine(refusal),
    nonRetryable: true,
    details: [refusal],
  });
