import {
  ApplicationFailure,
  condition,
  continueAsNew,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { AnnulledAnswer } from '../src/domain/change.ts';
import { malformed } from '../src/domain/guard.ts';
import { partsOfRequest } from '../src/domain/ids.ts';
import { QUESTION_UNKNOWN } from '../src/domain/kinds/exchange.ts';
import { ministriesOf } from '../src/domain/programme/plan.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { ReceivedAnswer } from '../src/domain/request.ts';
import { caseFile } from './activities.ts';
import { failure } from './desk/answering.ts';
import { type Ask, requestId } from './desk/asking.ts';
import type { DeskOptions } from './desk/bench.ts';
import type { DeskState } from './desk/book.ts';
import { aside } from './desk/turns.ts';
import {
  askQuestion,
  askQuestionUpdate,
  closeExchange,
  type Question,
  question as questionShape,
  type SharedDocument,
  shareDocument,
  sharedDocument,
} from './messages.ts';
import { gatherNews, type NewsState } from './news.ts';
import { DOCUMENTS } from './scope.ts';
import { openStep, type StepInput } from './step.ts';

/** What the exchange takes with it when it continues as new. */
export type ExchangeState = NewsState & {
  desk: DeskState;
  /** Asked, and not yet put to the party it is for. */
  questions: Question[];
  /** Numbers of all questions so far, so that one sent twice is asked once. */
  known: number[];
  closing: boolean;
  /** The ministries asked for their documents so far. */
  asked: string[];
  /** How often ministries were asked for documents. */
  rounds: number;
};

/**
 * Step 2, the exchange of documents and information: open from the programme's approval to the report's acceptance.
 * Both ministries are asked for their documents; whatever arrives is made known to the delegations, in one mail a
 * day at most; questions raised in or between sessions are put to the party they are for.
 */
export async function documentExchange(
  input: StepInput & { state?: ExchangeState | undefined },
): Promise<void> {
  const { state } = input;
  const step = openStep(input, DOCUMENTS, {
    state: state?.desk,
    heard: (...given) => heard(...given),
    undone: (annulled) => aside(step.ask(askedAnew(annulled))),
    replanned: () => askNewcomers(),
  });
  const { cooperation } = step;
  const asked = state?.asked ?? [];
  const questions = state?.questions ?? [];
  const known = state?.known ?? [];
  const news = gatherNews(
    step,
    state ?? { unannounced: { documents: [], questions: [] }, news: { sent: 0, lastAt: '' } },
  );
  let closing = state?.closing ?? false;
  let rounds = state?.rounds ?? 0;
  /**
   * The history has grown long, as seen with something that is in it. A refused Update leaves nothing there: what one
   * sets off would not happen again on replay.
   */
  let long = false;
  const measure = (): void => {
    long = workflowInfo().continueAsNewSuggested;
  };

  const announce = (documents: readonly string[], questions: readonly number[] = []): void => {
    news.add(documents, questions);
    measure();
  };
  /** What comes with an answer is among the news; so is the answer, where it is to a question. */
  const heard: NonNullable<DeskOptions['heard']> = ({ kind, item }, answer, corrected) => {
    const before = documentsOf(corrected);
    const documents = documentsOf(answer).filter((one) => !before.includes(one));
    announce(documents, kind === 'answer-question' && item ? [item] : []);
  };

  /** Why a question cannot be put, or `null`. */
  const refusalOf = (question: Question): Refusal | null => {
    if (closing) return { code: 'ExchangeNotOpen', why: 'over' };
    const mistaken = malformed(questionShape, question);
    if (mistaken) return mistaken;
    const parties = ministriesOf(step.plan());
    const { to } = question;
    return parties.includes(to) ? null : { code: 'PartyUnknown', party: to, parties };
  };
  const put = async (question: Question): Promise<{ request: string }> => {
    if (!known.includes(question.number)) {
      known.push(question.number);
      questions.push(question);
    }
    measure();
    return { request: requestId(DOCUMENTS.id, 'answer-question', question.number, 1) };
  };
  setHandler(askQuestionUpdate, put, {
    description: 'Puts a question, which is in the case file, to the party it is for.',
    validator: (question: Question) => {
      const refusal = refusalOf(question);
      if (refusal) throw failure(refusal);
    },
  });
  setHandler(askQuestion, async (question: Question) => {
    const refusal = refusalOf(question);
    if (refusal) log.warn('question ignored', { code: refusal.code });
    else await put(question);
  });
  setHandler(shareDocument, (shared: SharedDocument) => {
    const mistaken = malformed(sharedDocument, shared);
    if (mistaken) log.warn('shared document ignored', { code: mistaken.code });
    else announce([shared.document]);
  });
  setHandler(closeExchange, () => {
    closing = true;
  });

  const questionOf = ({ number, to }: Question): Ask => ({ kind: 'answer-question', of: [to], item: number });

  /** Asks ministries for their documents, and later on those that join the cooperation. */
  function askNewcomers(): void {
    const of = ministriesOf(step.plan()).filter((ministry) => !asked.includes(ministry));
    if (of.length === 0) return;
    asked.push(...of);
    aside(step.ask({ kind: 'send-documents', of, round: ++rounds }));
  }

  for (const held of state?.desk.open ?? []) aside(step.pursue(held));
  askNewcomers();

  const full = () => long;
  news.tell();
  step.show();
  while (!closing && !full()) {
    await condition(() => closing || full() || questions.length > 0);
    for (const question of questions.splice(0)) aside(step.ask(questionOf(question)).catch(ifUnknown));
  }

  await news.settled(step.settle);

  if (!closing)
    await continueAsNew<typeof documentExchange>({
      plan: step.plan(),
      ...{ pausedAt: step.paused(), troubles: step.troubles() },
      state: { desk: step.state(), questions, known, ...news.state(), closing, asked, rounds },
    });

  const pending = step.state().open.map(({ request }) => request.id);
  if (pending.length > 0)
    await step.inTurn(() =>
      caseFile(step.say('lapses')).lapseRequests({
        cooperation,
        requests: pending,
        because: 'cooperation-closed',
        at: new Date().toISOString(),
      }),
    );
  await step.finish();
}

/** A document, or the answer to a question, that is asked for anew; what else is exchanged goes on. */
function askedAnew({ request, party }: AnnulledAnswer): Ask {
  const name = partsOfRequest(request);
  if (!name) throw new Error(`${request} is no request`);
  const { kind, item, round = 1 } = name;
  return { kind, of: [party], item, round };
}

const documentsOf = (answer: ReceivedAnswer | undefined): readonly string[] =>
  (answer?.decision === 'done' && answer.documents) || [];

/** A message from outside may name what the case file has no question of: nobody is asked that. */
const ifUnknown = (error: unknown): void => {
  if (!(error instanceof ApplicationFailure) || error.type !== QUESTION_UNKNOWN) throw error;
  log.warn('question ignored', { code: QUESTION_UNKNOWN });
};
