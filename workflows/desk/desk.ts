import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import type { Plan } from '../../src/domain/programme/plan.ts';
import { openRequestsQuery } from '../messages.ts';
import { temporalText } from '../wording.ts';
import { listenForAnswers } from './answering.ts';
import { asking } from './asking.ts';
import { type DeskOptions, setUp } from './bench.ts';
import type { DeskState } from './book.ts';
import { listenForChanges } from './changing.ts';
import { pursuing } from './pursuing.ts';

/** Takes requests for one workflow. Call it before anything is awaited: it registers the message handlers. */
export function openDesk(plan: Plan, scope: string, options: DeskOptions) {
  const bench = setUp(plan, scope, options);
  const { book, unpaused, show, inTurn } = bench;
  listenForAnswers(bench, options.heard);
  const changes = listenForChanges(bench, options);
  setHandler(openRequestsQuery, () => book.open().map(({ request }) => request), {
    description: 'The requests that are waited on.',
  });
  const { pursue, supersede } = pursuing(bench, options.troubled);
  const { ask, opening } = asking(bench, pursue);

  /** Waits until an instant, or until `early` holds; a pause holds up what did not come before it. */
  async function waitUntil(instant: string, what: string, early: () => boolean = () => false): Promise<void> {
    for (;;) {
      const pausedAt = bench.paused();
      const cameBefore = pausedAt && Date.parse(instant) <= Math.min(Date.parse(pausedAt), Date.now());
      if (pausedAt && !cameBefore) await unpaused(early);
      const wait = Date.parse(instant) - Date.now();
      if (wait <= 0 || early()) return;
      show();
      const summary = temporalText(bench.language, 'waits', { what });
      await condition(() => early() || bench.paused() !== undefined, wait, { summary });
    }
  }

  return {
    /** The plan as it is now: it may be corrected at any time. */
    plan: bench.plan,
    ask,
    pursue,
    inTurn,
    waitUntil,
    paused: bench.paused,
    unpaused,
    show,
    /** Closes every open request: something made them pointless. */
    supersede,
    /** What is waited on, for the next run of a workflow that continues as new. */
    state: (): DeskState => ({ open: book.open(), closed: book.past() }),
    /** Before a workflow returns or continues as new: every message that came has been dealt with. */
    finish: async (): Promise<void> => {
      await condition(
        () => opening() === 0 && changes.telling() === 0 && bench.atWork() === 0 && allHandlersFinished(),
      );
      show();
    },
  };
}
