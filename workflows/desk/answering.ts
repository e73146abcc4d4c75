import { ApplicationFailure, type SignalDefinition, type UpdateDefinition } from '@temporalio/common';
import { condition, log, setHandler } from '@temporalio/workflow';
import { type Answer, malformedAnswer, malformedTakeBack, type TakeBack } from '../../src/domain/answer.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { refusalLine } from '../../src/domain/refusalLine.ts';
import { owing, type RequestState, refuse, refuseTakeBack, settled } from '../../src/domain/request.ts';
import { activities, caseFile } from '../activities.ts';
import { type AcceptedAnswer, respond, respondUpdate, takeBackSignal, takeBackUpdate } from '../messages.ts';
import { partyFormsIn, temporalText } from '../wording.ts';
import type { Bench, DeskOptions } from './bench.ts';
import { answered, answering, recorded, takingBack, unanswered } from './heldRequest.ts';

/**
 * Takes answers, as the Signal and as the Update `respond`, and what takes them back, as those called `take-back`: one
 * handler serves both.
 */
export function listenForAnswers(bench: Bench, heard: DeskOptions['heard'] = () => {}): void {
  const { cooperation, language, book, inTurn, show } = bench;

  /** A request as the case file has it, open or not. */
  function known(request: string): RequestState | undefined {
    const current = book.find(request);
    return current ? recorded(current) : book.past().find(({ id }) => id === request);
  }

  /** Why an answer is refused, or `null`: the Update's validator and the Signal's guard. Reads, never writes. */
  function refusalOf(answer: Answer): Refusal | null {
    const mistaken = malformedAnswer(answer);
    if (mistaken) return mistaken;
    const { request } = answer;
    const state = known(request);
    return state ? refuse(state, answer) : { code: 'RequestUnknown', request };
  }

  /** The same of what takes an answer back. */
  function refusalToTakeBack(given: TakeBack): Refusal | null {
    const mistaken = malformedTakeBack(given);
    if (mistaken) return mistaken;
    const { request } = given;
    const state = known(request);
    return state ? refuseTakeBack(state, given) : { code: 'RequestUnknown', request };
  }

  /** Whether something of a party is on its way to the case file. */
  const underWay = ({ request, party }: Pick<Answer, 'request' | 'party'>): boolean =>
    book.find(request)?.unrecorded.includes(party) === true;

  async function accept(answer: Answer): Promise<AcceptedAnswer> {
    const { request: id, party } = answer;
    // Two answers at once: the second waits to hear whether the first stands.
    while (underWay(answer)) await condition(() => !underWay(answer));
    const late = refusalOf(answer);
    if (late) throw failure(late);

    const at = new Date().toISOString();
    const { request: before } = book.held(id);
    book.update(id, (held) => answering(held, answer, at));
    const summary = temporalText(language, 'records', partyFormsIn(bench.plan(), [party]));
    const { refusal } = await inTurn(() => caseFile(summary).recordAnswer({ cooperation, answer, at }));
    book.update(id, (held) => (refusal ? unanswered(held, party, before) : answered(held, party)));
    if (refusal) throw failure(refusal);
    const held = book.held(id);
    const corrected = before.answers.find((one) => one.party === party);
    heard({ kind: held.request.kind, item: held.item }, { ...answer, at }, corrected);
    if (!settled(held.request)) show();
    return { request: id, at, stillOwing: owing(held.request) };
  }

  async function undo(given: TakeBack): Promise<AcceptedAnswer> {
    const { request: id, party } = given;
    while (underWay(given)) await condition(() => !underWay(given));
    const late = refusalToTakeBack(given);
    if (late) throw failure(late);

    const at = new Date().toISOString();
    const { request: before } = book.held(id);
    book.update(id, (held) => takingBack(held, given));
    const summary = temporalText(language, 'takesBack', partyFormsIn(bench.plan(), [party]));
    const { refusal } = await inTurn(() =>
      caseFile(summary).recordTakeBack({ cooperation, takeBack: given, at }),
    );
    book.update(id, (held) => (refusal ? unanswered(held, party, before) : answered(held, party)));
    if (refusal) throw failure(refusal);
    show();
    tellTakenBack(bench, given);
    return { request: id, at, stillOwing: owing(book.held(id).request) };
  }

  listen(respond, respondUpdate, 'Answers a request', {
    refusal: refusalOf,
    take: accept,
    // Whoever sends a Signal is asked nothing, and so has confirmed nothing.
    unasked(sent) {
      // What is no answer at all has no parts.
      if (malformedAnswer(sent)) return sent;
      const { confirmed: _, ...answer } = sent;
      return answer;
    },
  });
  listen(takeBackSignal, takeBackUpdate, 'Takes an answer back', { refusal: refusalToTakeBack, take: undo });
}

/** What an Update's validator refuses with a reason, a Signal's guard ignores and logs. */
function listen<Given>(
  signal: SignalDefinition<[Given]>,
  update: UpdateDefinition<AcceptedAnswer, [Given]>,
  does: string,
  {
    refusal,
    take,
    unasked = (given) => given,
  }: {
    refusal: (given: Given) => Refusal | null;
    take: (given: Given) => Promise<unknown>;
    unasked?: (given: Given) => Given;
  },
): void {
  setHandler(update, take as (given: Given) => Promise<AcceptedAnswer>, {
    description: `${does}; refused at once when that cannot be done.`,
    validator: (given) => {
      const refused = refusal(given);
      if (refused) throw failure(refused);
    },
  });
  setHandler(
    signal,
    async (sent) => {
      const given = unasked(sent);
      const refused = refusal(given);
      if (refused) return log.warn('answer ignored', { code: refused.code });
      try {
        await take(given);
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        log.warn('answer ignored', { code: error.type });
      }
    },
    { description: `${does}; ignored and logged when that cannot be done.` },
  );
}

/** Those who answer for a party hear that it owes an answer again, beside whatever goes on: mail may be held up. */
export function tellTakenBack(
  { cooperation, language, plan, beside, unpaused }: Bench,
  { request, party, revision }: Pick<TakeBack, 'request' | 'party' | 'revision'>,
): void {
  const summary = temporalText(language, 'asks', { ...partyFormsIn(plan(), [party]), what: request });
  const told = () => activities(summary).tellTakenBack({ cooperation, request, party, revision });
  beside(unpaused().then(told));
}

/** A refusal as the failure that rejects an Update; its message is for the Temporal UI alone. */
export const failure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({
    type: refusal.code,
    message: refusalLine(refusal),
    nonRetryable: true,
    details: [refusal],
  });
