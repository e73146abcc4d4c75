import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import type { ToldResult } from '../../activities/index.ts';
import type { Lapse } from '../../src/domain/endings.ts';
import { owing } from '../../src/domain/request.ts';
import { requestLabel } from '../../src/words/labels.ts';
import { activities, caseFile } from '../activities.ts';
import { partyFormsIn, temporalText } from '../wording.ts';
import type { Bench, DeskOptions } from './bench.ts';
import {
  type HeldRequest,
  isOver,
  lapsed,
  outcomeOf,
  type RequestOutcome,
  reminded,
  reminderAt,
  wakesAt,
} from './heldRequest.ts';

/** What happens to a request once it is open: those asked are told, then reminded, until it is over. */
export function pursuing(bench: Bench, troubled: DeskOptions['troubled'] = () => {}) {
  const { cooperation, language, book, inTurn, show } = bench;

  const words = ({ request, item }: HeldRequest, of: readonly string[] = owing(request)) => ({
    ...partyFormsIn(bench.plan(), of),
    what: requestLabel({ ...request, item }, language),
  });

  /** Waits for the answers of a request, with one timer at a time: for its next reminder, or its end. */
  async function pursue({ request: { id } }: HeldRequest): Promise<RequestOutcome> {
    const held = () => book.held(id);
    const over = () => isOverNow(id);
    // What was settled before it was taken up has been gone on from.
    const wasOver = over();
    if (!held().told && !wasOver) {
      const summary = temporalText(language, 'asks', words(held(), held().request.of));
      await unlessOver(over, () =>
        inTime(summary, () => activities(summary).tellRequest({ cooperation, request: id })),
      );
      book.update(id, (now) => ({ ...now, told: true }));
    }
    while (!over()) {
      const next = wakesAt(held());
      const plans = held().replanned;
      const otherwise = () => over() || bench.paused() !== undefined || held().replanned !== plans;
      if (bench.paused()) {
        await condition(() => over() || !bench.paused());
        continue;
      }
      if (next === undefined) {
        await condition(otherwise);
        continue;
      }
      const wait = Date.parse(next) - Date.now();
      const summary = temporalText(language, 'until', words(held()));
      if (wait > 0 && (await condition(otherwise, wait, { summary }))) continue;
      const { until } = held();
      if (until && Date.parse(until) <= Date.now()) await lapse(id, 'window-ran-out');
      else await remind(id);
    }
    const ended = held();
    book.close(id);
    if (bench.paused() && !wasOver) await bench.unpaused();
    return outcomeOf(ended);
  }

  /** Whether nobody is waited on any more; so it is where what it followed from was annulled. */
  function isOverNow(id: string): boolean {
    const held = book.find(id);
    return !held || isOver(held);
  }

  const report = ({ troubles = [] }: ToldResult): void => {
    if (troubles.length > 0) troubled(troubles);
  };

  /** Sends, and gives up sending as soon as everyone has answered: mail may be held up for days, answers may not. */
  async function unlessOver(over: () => boolean, send: () => Promise<unknown>): Promise<void> {
    const scope = new CancellationScope();
    let givenUp = false;
    const sending = scope.run(send).catch((error: unknown) => {
      if (!isCancellation(error) || !givenUp) throw error;
    });
    await Promise.race([sending, condition(over)]);
    if (over()) {
      givenUp = true;
      scope.cancel();
    }
    await sending;
  }

  /** Sends again what could not go out to all yet, when that is said to be possible. */
  async function inTime(summary: string, send: () => Promise<ToldResult>): Promise<void> {
    for (;;) {
      const told = await send();
      if (!told.later) return report(told);
      await sleep(Math.max(0, Date.parse(told.later) - Date.now()), { summary });
      if (bench.paused()) await bench.unpaused();
    }
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
    const summary = temporalText(language, 'reminds', words(before));
    await unlessOver(
      () => isOverNow(id),
      // Held up until it is evening somewhere, it goes out there in the morning.
      () => inTime(summary, () => activities(summary).remind(input)),
    );
    book.update(id, (held) => reminded(held, reminder, before.replanned));
    if (book.held(id).escalated && !before.escalated) show();
  }

  /** Closes a request that nobody is to answer any more. */
  async function lapse(id: string, because: Lapse): Promise<void> {
    if (isOver(book.held(id))) return;
    book.update(id, (held) => lapsed(held, because));
    await inTurn(() =>
      caseFile(temporalText(language, 'lapses')).lapseRequests({
        ...{ cooperation, requests: [id], because },
        at: new Date().toISOString(),
      }),
    );
  }

  return {
    pursue,
    async supersede(): Promise<void> {
      for (const { request } of book.open()) if (book.find(request.id)) await lapse(request.id, 'superseded');
    },
  };
}
