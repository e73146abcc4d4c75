import { ApplicationFailure } from '@temporalio/common';
import { condition, log, setHandler } from '@temporalio/workflow';
import { type Answer, malformedAnswer } from '../../src/domain/answer.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { refusalLine } from '../../src/domain/refusalLine.ts';
import { owing, refuse, settled } from '../../src/domain/request.ts';
import { caseFile } from '../activities.ts';
import { type AcceptedAnswer, respond, respondUpdate } from '../messages.ts';
import { partyFormsIn, temporalText } from '../wording.ts';
import type { Bench, DeskOptions } from './bench.ts';
import { answered, answering, recorded, unanswered } from './heldRequest.ts';

/** Takes answers, as the Signal and as the Update `respond`: one handler serves both. */
export function listenForAnswers(bench: Bench, heard: DeskOptions['heard'] = () => {}): void {
  const { cooperation, language, book, inTurn, show } = bench;

  /** Why an answer is refused, or `null`: the Update's validator and the Signal's guard. Reads, never writes. */
  function refusalOf(answer: Answer): Refusal | null {
    const mistaken = malformedAnswer(answer);
    if (mistaken) return mistaken;
    const { request } = answer;
    const current = book.find(request);
    if (current) return refuse(recorded(current), answer);
    const past = book.past().find(({ id }) => id === request);
    return past ? refuse(past, answer) : { code: 'RequestUnknown', request };
  }

  async function accept(answer: Answer): Promise<AcceptedAnswer> {
    const { request: id, party } = answer;
    const underWay = () => book.find(id)?.unrecorded.includes(party) === true;
    // Two answers at once: the second waits to hear whether the first stands.
    while (underWay()) await condition(() => !underWay());
    const late = refusalOf(answer);
    if (late) throw failure(late);

    const at = new Date().toISOString();
    book.update(id, (held) => answering(held, answer, at));
    const summary = temporalText(language, 'records', partyFormsIn(bench.plan(), [party]));
    const { refusal } = await inTurn(() => caseFile(summary).recordAnswer({ cooperation, answer, at }));
    book.update(id, (held) => (refusal ? unanswered(held, party) : answered(held, party)));
    if (refusal) throw failure(refusal);
    const held = book.held(id);
    heard({ kind: held.request.kind, item: held.item }, { ...answer, at });
    if (!settled(held.request)) show();
    return { request: id, at, stillOwing: owing(held.request) };
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
    async (sent) => {
      // Whoever sends a Signal is asked nothing, and so has confirmed nothing.
      const { confirmed: _, ...answer } = sent;
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
}

/** A refusal as the failure that rejects an Update; its message is for the Temporal UI alone. */
export const failure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({
    type: refusal.code,
    message: refusalLine(refusal),
    nonRetryable: true,
    details: [refusal],
  });
