import type { OpenRequest } from '../../activities/index.ts';
import type { Subject } from '../../src/domain/answer.ts';
import { kinds, type RequestKind } from '../../src/domain/kinds/index.ts';
import { ITEMS, type Kind, type RanOut } from '../../src/domain/kinds/kind.ts';
import { groupOf } from '../../src/domain/programme/plan.ts';
import { requestLabel } from '../../src/words/labels.ts';
import { caseFile } from '../activities.ts';
import { partyFormsIn, temporalText } from '../wording.ts';
import { tellTakenBack } from './answering.ts';
import type { Bench } from './bench.ts';
import { type HeldRequest, opened, type RequestOutcome } from './heldRequest.ts';

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
  /** The numbers of the commitments it asks about. */
  commitments?: readonly number[] | undefined;
  /** 1 unless it is asked again. */
  round?: number;
  /** After this instant nobody is asked any more: the request lapses. */
  until?: string | undefined;
  /** Why no poll gave the date that is asked for. */
  windowRanOut?: RanOut;
  trouble?: string | undefined;
};

/**
 * `coordination/approve-programme.1`, `documents/answer-question-2.1`: unique in its cooperation. One workflow asks
 * several questions; whatever else it asks it asks about one thing at a time, in rounds.
 */
export const requestId = (
  scope: string,
  kind: RequestKind,
  item: number | undefined,
  round: number,
): string => {
  const which = ITEMS[kinds[kind].about] === 'question' ? `-${item}` : '';
  return `${scope}/${kind}${which}.${round}`;
};

/** Asks; an open request is then pursued. */
export function asking(bench: Bench, pursue: (held: HeldRequest) => Promise<RequestOutcome>) {
  const { cooperation, language, scope, book, inTurn, show } = bench;
  let opening = 0;

  /**
   * Asks, reminds, and returns when everyone asked has answered. What was asked before, by a workflow that is gone, is
   * taken up as it stands in the case file: what was settled there is returned at once.
   */
  async function ask({ kind, of, item, round = 1, ...more }: Ask): Promise<RequestOutcome> {
    const summary = temporalText(language, 'asks', {
      ...partyFormsIn(bench.plan(), of),
      what: requestLabel({ kind, item }, language),
    });
    const { asks }: Kind = kinds[kind];
    const group = asks && groupOf(bench.plan(), asks);
    const open = () => {
      const pausedAt = bench.paused();
      const input: OpenRequest = {
        ...{ cooperation, request: requestId(scope, kind, item, round), kind, round, of, group },
        ...{ item, ...more, askedAt: new Date().toISOString(), pausedAt },
      };
      return inTurn(() => caseFile(summary).openRequest(input));
    };
    const standing = await whileOpening(async () => {
      for (;;) {
        const found = await open();
        if (found) return found;
        await bench.unpaused();
      }
    });
    // What is asked anew, since its answer was annulled, may have been answered before its turn came.
    const held = book.find(standing.request.id) ?? opened(standing);
    if (!book.find(held.request.id)) book.add(held);
    show();
    for (const untold of standing.untold ?? []) tellTakenBack(bench, { request: held.request.id, ...untold });
    return pursue(held);
  }

  async function whileOpening<T>(work: () => Promise<T>): Promise<T> {
    opening++;
    try {
      return await work();
    } finally {
      opening--;
    }
  }

  return {
    ask,
    /** How many requests are being opened now. */
    opening: () => opening,
  };
}
