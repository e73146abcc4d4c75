import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { OpenRequest } from '../../activities/index.ts';
import type { Subject } from '../../src/domain/answer.ts';
import type { Lapse } from '../../src/domain/endings.ts';
import type { RequestKind } from '../../src/domain/kinds/index.ts';
import { owing } from '../../src/domain/request.ts';
import { requestLabel } from '../../src/words/labels.ts';
import { caseFile, outside } from '../outside.ts';
import { partyFormsIn, say } from '../wording.ts';
import type { Bench } from './bench.ts';
import {
  type Answered,
  type Held,
  isOver,
  lapsed,
  opened,
  outcome,
  reminded,
  reminderAt,
  wakesAt,
} from './held.ts';

/**
 * The one primitive of the methodology: this party is asked for this, about this exact thing, by this date.
 *
 * `ask()` opens the request, reminds those who still owe an answer and returns when all have answered. It never
 * takes silence for an answer: when every reminder has gone out it waits on the Secretariat, which extends, reassigns
 * or waives. Answers arrive as the Signal or the Update `respond` (answering.ts); changes as the Update `change`
 * (changing.ts).
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
  slots?: string[];
  within?: { from: string; to: string };
  /** After this instant nobody is asked any more: the request lapses. */
  until?: string | undefined;
  /** Why no poll gave the date that is asked for. */
  windowRanOut?: 'time' | 'no-dates';
  trouble?: string;
};

/** `coordination/approve-programme.1`, `documents/answer-question-2.1`: unique in its cooperation. */
export const requestId = (
  scope: string,
  kind: RequestKind,
  item: number | undefined,
  round: number,
): string => (kind === 'answer-question' ? `${scope}/${kind}-${item}.${round}` : `${scope}/${kind}.${round}`);

export function asking(bench: Bench) {
  const { cooperation, language, scope, book, inTurn, show } = bench;
  let opening = 0;

  /** Asks, reminds, and returns when everyone asked has answered. */
  async function ask({ slots, within, until, about, ...asked }: Ask): Promise<Answered> {
    if (bench.paused()) await bench.unpaused();
    const { kind, of, item, round = 1 } = asked;
    const id = requestId(scope, kind, item, round);
    const askedAt = new Date().toISOString();
    const input: OpenRequest = {
      ...{ cooperation, request: id, kind, round, of, askedAt },
      ...(item !== undefined && { item }),
      ...(about && { about }),
      ...(asked.windowRanOut && { windowRanOut: asked.windowRanOut }),
      ...(asked.trouble && { trouble: asked.trouble }),
    };
    const summary = say(language, 'asks', {
      ...partyFormsIn(bench.plan(), of),
      what: requestLabel({ kind, item }, language),
    });
    opening++;
    const entered = await inTurn(() => caseFile(summary).openRequest(input));
    opening--;
    const { subject, dueAt, reminders } = entered;
    const request = {
      ...{ id, kind, of, subject, dueAt },
      openedAt: askedAt,
      answers: [],
      ...(slots && { slots }),
      ...(within && { within }),
      ...(asked.windowRanOut && { windowRanOut: asked.windowRanOut }),
    };
    const held = opened(request, {
      item: entered.item ?? item,
      reminders,
      ...(until && { until }),
    });
    book.add(held);
    show();
    return pursue(held);
  }

  const words = ({ request, item }: Held, of: readonly string[] = owing(request)) => ({
    ...partyFormsIn(bench.plan(), of),
    what: requestLabel({ kind: request.kind, item }, language),
  });

  /** Waits for the answers of a request, with one timer at a time: for its next reminder, or its end. */
  async function pursue({ request: { id } }: Held): Promise<Answered> {
    const held = () => book.held(id);
    const over = () => isOver(held());
    if (!held().told) {
      const summary = say(language, 'asks', words(held(), held().request.of));
      await unlessOver(over, () => outside(summary).tellRequest({ cooperation, request: id }));
      book.update(id, (now) => ({ ...now, told: true }));
    }
    while (!over()) {
      const next = wakesAt(held());
      const plans = held().replanned;
      const otherwise = () => over() || bench.paused() || held().replanned !== plans;
      if (bench.paused()) {
        await condition(() => over() || !bench.paused());
        continue;
      }
      if (next === undefined) {
        await condition(otherwise);
        continue;
      }
      const wait = Date.parse(next) - Date.now();
      const summary = say(language, 'until', words(held()));
      if (wait > 0 && (await condition(otherwise, wait, { summary }))) continue;
      const { until } = held();
      if (until && Date.parse(until) <= Date.now()) await lapse(id, 'window-ran-out');
      else await remind(id);
    }
    const ended = held();
    book.close(id);
    if (bench.paused()) await bench.unpaused();
    return outcome(ended);
  }

  /** Sends, and gives up sending as soon as everyone has answered: mail may be held up for days, answers may not. */
  async function unlessOver(over: () => boolean, send: () => Promise<unknown>): Promise<void> {
    const scope = new CancellationScope();
    const sending = scope.run(send).catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
    await Promise.race([sending, condition(over)]);
    if (over()) scope.cancel();
    await sending;
  }

  async function remind(id: string): Promise<void> {
    const before = book.held(id);
    const reminder = reminderAt(before, new Date().toISOString());
    const { number, since, at, ahead } = reminder;
    const [nextAt] = ahead;
    const input = {
      ...{ cooperation, request: id, number, owing: owing(before.request) },
      ...(nextAt && { nextAt }),
      ...(at && since && { since, at }),
    };
    await unlessOver(
      () => isOver(book.held(id)),
      () => outside(say(language, 'reminds', words(before))).remind(input),
    );
    book.update(id, (held) => reminded(held, reminder, before.replanned));
    if (book.held(id).escalated && !before.escalated) show();
  }

  /** Closes a request that nobody is to answer any more. */
  async function lapse(id: string, because: Lapse): Promise<void> {
    if (isOver(book.held(id))) return;
    book.update(id, (held) => lapsed(held, because));
    await inTurn(() =>
      caseFile(say(language, 'lapses')).lapseRequests({
        ...{ cooperation, requests: [id], because },
        at: new Date().toISOString(),
      }),
    );
  }

  return {
    ask,
    pursue,
    /** How many requests are being opened now. */
    opening: () => opening,
    async supersede(): Promise<void> {
      for (const { request } of book.open()) if (book.find(request.id)) await lapse(request.id, 'superseded');
    },
  };
}
