import { ApplicationFailure } from '@temporalio/common';
import { enterChange, tryChange } from '../../src/casefile/changes/index.ts';
import { keepContent } from '../../src/casefile/contents.ts';
import type { Answer, Subject } from '../../src/domain/answer.ts';
import type { GivenChange, RecordedChange, RequestTimes } from '../../src/domain/change.ts';
import type { Content } from '../../src/domain/content.ts';
import type { RequestKind } from '../../src/domain/kinds/index.ts';
import { ministriesOf, type SessionOfPlan, secretariatOf } from '../../src/domain/programme/plan.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { owing, type RequestState, refuse, settled, suiting, take } from '../../src/domain/request.ts';
import type { World } from './world.ts';

/**
 * The part of the workflows: what `coordination.ts`, `session.ts`, `course.ts` and, above all, `request.ts` ask of the
 * activities, and when. What they do by local activities is done at once. What sends mail waits for its turn, is tried
 * again while the mail server is away, and may come late or more than once.
 */
export type Play = ReturnType<typeof openPlay>;

/** An activity that was asked for. */
export type Job = {
  what: string;
  run: () => Promise<unknown>;
  /** Writes to the case file alone, and was done when it was asked for. */
  local: boolean;
  tried: boolean;
  /** Done, or given up. */
  over: boolean;
  follows: (result: never) => Promise<void>;
};

/** A request that is waited on. */
type Held = {
  request: RequestState;
  reminders: string[];
  reminded: number;
  replanned: number;
  until?: string | undefined;
  lapsed?: 'window-ran-out' | 'superseded';
  /** The telling or reminding that is under way. */
  sending?: Job | undefined;
  follows: (held: Held) => Promise<void>;
};

type Ask = {
  scope: string;
  kind: RequestKind;
  of: string[];
  about?: Subject;
  item?: number;
  round?: number;
  until?: string | undefined;
  windowRanOut?: 'time' | 'no-dates';
};

export function openPlay(world: World) {
  const { id: cooperation, plan, activities, caseFile, now } = world;
  const ministries = ministriesOf(plan);
  const secretariat = secretariatOf(plan);
  const jobs: Job[] = [];
  const open: Held[] = [];
  const closed: RequestState[] = [];
  const accepted: (Answer & { at: string })[] = [];
  const sessions = plan.sessions.slice(0, 2).map(openSession);
  let paused = false;

  function local<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
    jobs.push({ what, run, local: true, tried: true, over: true, follows: async () => {} });
    return run();
  }

  function outside<Result>(
    what: string,
    run: () => Promise<Result>,
    follows: (result: Result) => Promise<void> = async () => {},
  ): Job {
    const job: Job = { what, run, local: false, tried: false, over: false, follows };
    jobs.push(job);
    return job;
  }

  async function attempt(job: Job): Promise<void> {
    job.tried = true;
    try {
      const result = await job.run();
      if (job.over) return;
      job.over = true;
      await job.follows(result as never);
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.type !== 'MailUnavailable') throw error;
    }
  }

  /** Tries everything that is still to be sent, and what follows from it, once; `first` is begun with. */
  async function work(first = 0): Promise<void> {
    const tried = new Set<Job>();
    for (;;) {
      await turn();
      const waiting = jobs.filter((one) => !one.over && !tried.has(one));
      const job = waiting[first % waiting.length];
      if (!job) return;
      tried.add(job);
      await attempt(job);
    }
  }

  // Requests: workflows/request.ts

  const isOver = ({ request, lapsed }: Held): boolean => settled(request) || lapsed !== undefined;
  const isPast = (instant: string): boolean => Date.parse(instant) <= world.time();

  async function ask(
    { scope, kind, of, about, item, round = 1, until, windowRanOut }: Ask,
    follows: Held['follows'],
  ): Promise<void> {
    const id = `${scope}/${kind}.${round}`;
    const input = {
      ...{ cooperation, request: id, kind, round, of, askedAt: now() },
      ...{ item, about, until, windowRanOut },
    };
    const standing = await local(`open ${id}`, () => activities.openRequest(input));
    if (!standing) throw new Error(`${id} was not opened`);
    const { request, reminders } = standing;
    const held: Held = { request, reminders: [...reminders], reminded: 0, replanned: 0, until, follows };
    held.sending = outside(
      `tell ${id}`,
      () => activities.tellRequest({ cooperation, request: id }),
      async () => {
        held.sending = undefined;
      },
    );
    open.push(held);
  }

  /** What the workflows do at this moment: requests that are over go on to what follows, those due are reminded. */
  async function turn(): Promise<void> {
    for (let held = open.find(isOver); held && !paused; held = open.find(isOver)) {
      if (held.sending) held.sending.over = true;
      open.splice(open.indexOf(held), 1);
      closed.push(held.request);
      await held.follows(held);
    }
    if (paused) return;
    for (const held of open.filter(({ sending }) => !sending)) {
      if (held.until && isPast(held.until)) await lapse(held, 'window-ran-out');
      else if (held.reminders[0] && isPast(held.reminders[0])) remind(held);
    }
    for (const session of sessions) await session.turn();
    if (open.some(isOver)) await turn();
  }

  function remind(held: Held): void {
    const missed = held.reminders.filter(isPast).length;
    const at = held.reminders[missed - 1];
    const ahead = held.reminders.slice(missed);
    const number = held.reminded + 1;
    const [nextAt] = ahead;
    const plans = held.replanned;
    const { id } = held.request;
    const input = { cooperation, request: id, number, owing: owing(held.request) };
    held.sending = outside(
      `remind ${id} (${number})`,
      () => activities.remind({ ...input, ...(nextAt && { nextAt }), ...(at && { at }) }),
      async () => {
        held.sending = undefined;
        held.reminded = number;
        if (held.replanned === plans) held.reminders = ahead;
      },
    );
  }

  async function lapse(held: Held, because: NonNullable<Held['lapsed']>): Promise<void> {
    if (isOver(held)) return;
    held.lapsed = because;
    const input = { cooperation, requests: [held.request.id], because, at: now() };
    await local(`lapse ${held.request.id}`, () => activities.lapseRequests(input));
  }

  async function supersede(scope: string): Promise<void> {
    for (const held of open.filter(({ request }) => request.id.startsWith(`${scope}/`)))
      await lapse(held, 'superseded');
  }

  function refusalOf(answer: Answer): Refusal | null {
    const current = open.find(({ request }) => request.id === answer.request);
    if (current) return refuse(current.request, answer);
    const past = closed.find(({ id }) => id === answer.request);
    if (!past) return { code: 'RequestUnknown', request: answer.request };
    return refuse(past, answer);
  }

  /** Takes an answer, or says why it is refused. What was written with it is in the case file already. */
  async function answer(given: Answer): Promise<Refusal | null> {
    const refused = refusalOf(given);
    if (refused) return refused;
    const held = open.find(({ request }) => request.id === given.request) as Held;
    const at = now();
    const { refusal } = await local(`answer ${given.request} by ${given.by}`, () =>
      activities.recordAnswer({ cooperation, answer: given, at }),
    );
    if (refusal) return refusal;
    held.request = take(held.request, given, at);
    accepted.push({ ...given, at });
    await turn();
    return null;
  }

  // The coordination meeting: workflows/coordination.ts

  async function approve(round: number): Promise<void> {
    const scope = 'coordination';
    const draft = await local(`draft ${round}`, () =>
      activities.draftProgramme({ cooperation, scope, round }),
    );
    if ('asks' in draft) return ask({ scope, ...draft.asks }, () => approve(round));
    const { subject: programme, version: item } = draft;
    await ask(
      { scope, kind: 'approve-programme', of: ministries, about: programme, item, round },
      async ({ lapsed, request: { answers } }) => {
        if (lapsed) return approve(round + 1);
        if (answers.some(({ decision }) => decision === 'changes'))
          return ask({ scope, kind: 'revise-programme', of: [secretariat], round }, () => approve(round + 1));
        outside(
          `issue ${programme.ref}`,
          () => activities.issueProgramme({ cooperation, programme }),
          async () => {
            await ask({ scope: 'documents', kind: 'send-documents', of: ministries }, async () => {});
            for (const session of sessions) await session.begin();
          },
        );
      },
    );
  }

  // A session: workflows/session.ts

  function openSession({ number, date }: SessionOfPlan) {
    const scope = `session-${number}`;
    let stage: 'ahead' | 'search' | 'invite' | 'wait' | 'record' | 'over' = 'ahead';
    let startsAt = date?.startsAt;
    let endsAt = '';
    let changes = 0;
    let polls = 0;
    let round = 1;
    let records = 0;
    let cancelled = false;

    async function next(): Promise<void> {
      if (cancelled) stage = 'over';
      else if (startsAt) invite();
      else await poll();
    }

    async function poll(): Promise<void> {
      stage = 'search';
      const input = { cooperation, session: number, round: ++polls, now: now() };
      const { subject, slots, until } = await local(`slots ${number}.${polls}`, () =>
        activities.proposeSlots(input),
      );
      const about = { scope, about: subject, item: number, round: input.round };
      const confirm = async (why?: 'time' | 'no-dates'): Promise<void> => {
        if (why)
          outside(`window ran out ${number}.${input.round}`, () =>
            activities.announceWindowRanOut({ cooperation, session: number, round: input.round, why }),
          );
        const days = why && { windowRanOut: why };
        await ask({ ...about, kind: 'confirm-date', of: [secretariat], ...days }, async (confirmed) => {
          const [given] = confirmed.request.answers;
          if (!confirmed.lapsed && given?.decision !== 'date') return poll();
          if (!confirmed.lapsed && given?.decision === 'date') startsAt = given.startsAt;
          return next();
        });
      };
      if (slots.length === 0) return confirm('no-dates');
      await ask({ ...about, kind: 'choose-date', of: ministries, until }, async (polled) => {
        if (polled.lapsed === 'superseded') return next();
        if (polled.lapsed) return confirm('time');
        return suiting(slots, polled.request.answers).length === 0 ? poll() : confirm();
      });
    }

    function invite(): void {
      stage = 'invite';
      const before = changes;
      const input = { cooperation, session: number, round };
      outside(
        `invite ${number}.${round}`,
        () => activities.invite(input),
        async (invited) => {
          if (changes === before) endsAt = invited.endsAt;
          stage = cancelled ? 'over' : 'wait';
        },
      );
    }

    return {
      number,
      /** When it has to be recorded. */
      due: () => (stage === 'wait' ? [endsAt] : []),
      async begin(): Promise<void> {
        if (stage === 'ahead') await next();
      },
      async turn(): Promise<void> {
        if (stage !== 'wait' || !isPast(endsAt)) return;
        stage = 'record';
        const record = { scope, kind: 'record-session', of: [secretariat], item: number } as const;
        await ask({ ...record, of: [secretariat], round: ++records }, async ({ lapsed, request }) => {
          if (lapsed) {
            stage = cancelled ? 'over' : 'wait';
            return;
          }
          if (request.answers[0]?.decision === 'done') {
            stage = 'over';
            outside(`announce ${number}`, () => activities.announceSession({ cooperation, session: number }));
            return;
          }
          startsAt = undefined;
          round++;
          return next();
        });
      },
      async changed(now: { startsAt?: string; endsAt?: string; cancelled?: true }): Promise<void> {
        const elsewhen = now.startsAt !== undefined && now.startsAt !== startsAt;
        changes++;
        cancelled = now.cancelled ?? cancelled;
        startsAt = now.startsAt ?? startsAt;
        endsAt = now.endsAt ?? endsAt;
        if (elsewhen || cancelled) await supersede(scope);
        if (cancelled && stage === 'wait') stage = 'over';
      },
    };
  }

  // Changes: workflows/course.ts, and those of requests in workflows/request.ts

  /** Makes a change as a member of staff asks for it: shown first, then made, then told. */
  async function change(given: GivenChange) {
    const tried = await tryChange(caseFile, cooperation, given, now());
    if ('refusal' in tried) return tried;
    const number = await enterChange(caseFile, cooperation, given, now());
    const at = now();
    const made = await local(`change ${number}`, () =>
      activities.recordChange({ cooperation, change: number, at }),
    );
    if (made.refusal) return { refusal: made.refusal };
    await heed(given.what, made);
    const telling = made.tells
      ? outside(`tell change ${number}`, () => activities.tellChange({ cooperation, change: number }))
      : undefined;
    await turn();
    return { tried, number, telling };
  }

  async function heed(what: GivenChange['what'], made: RecordedChange): Promise<void> {
    const session = sessions.find(({ number }) => number === made.session?.number);
    switch (what.change) {
      case 'extend':
      case 'reassign':
      case 'waive': {
        const held = open.find(({ request }) => request.id === what.request);
        if (!held || !made.request) return;
        replan(held, made.request);
        held.request = { ...held.request, of: made.request.of, waived: made.request.waived };
        return;
      }
      case 'reschedule':
        if (made.session) await session?.changed(made.session);
        break;
      case 'cancel-session':
        await session?.changed({ cancelled: true });
        break;
      case 'pause':
        paused = true;
        return;
      case 'resume': {
        const requests = open.map(({ request }) => request.id);
        const times = await local('times', () => activities.requestTimes({ cooperation, requests }));
        for (const held of open) {
          const known = times[held.request.id];
          if (known) replan(held, known);
        }
        paused = false;
        return;
      }
    }
    if (made.approval) await supersede('coordination');
  }

  function replan(held: Held, { dueAt, reminders }: RequestTimes): void {
    held.request = { ...held.request, dueAt };
    held.reminders = reminders;
    held.replanned++;
  }

  return {
    begin: () => approve(1),
    answer,
    change,
    turn,
    work,
    attempt,
    /** What was asked of the activities so far. */
    jobs: (): readonly Job[] => jobs,
    /** All requests so far, those waited on first. */
    requests: (): RequestState[] => [...open.map(({ request }) => request), ...closed],
    accepted: (): readonly (Answer & { at: string })[] => accepted,
    keep: (hash: string, value: Content) => keepContent(caseFile, cooperation, hash, value, now()),
    /** Lets time pass, with everything done on its way that falls due; all at once at the end, where nothing runs. */
    async wait(until: number, down: boolean): Promise<void> {
      while (!down) {
        const due = [
          ...(paused
            ? []
            : open
                .filter(({ sending }) => !sending)
                .flatMap(({ reminders, until: end }) => [...reminders.slice(0, 1), ...(end ? [end] : [])])),
          ...(paused ? [] : sessions.flatMap((session) => session.due())),
        ].map((instant) => Date.parse(instant));
        const next = Math.min(...due.filter((instant) => instant > world.time()));
        if (next > until) break;
        world.setTime(next);
        await work();
      }
      world.setTime(until);
      await work();
    },
  };
}
