import { setTimeout as delay } from 'node:timers/promises';
import {
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, type SearchAttributePair } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { cooperation as cooperationWorkflow } from '../../workflows/cooperation.ts';
import {
  type Accepted,
  askQuestionUpdate,
  type ChangeMade,
  changeUpdate,
  openRequests,
  type Question,
  respondUpdate,
  SEARCH_ATTRIBUTES,
  type SharedDocument,
  shareDocument,
  TASK_QUEUE,
  workflowId,
} from '../../workflows/messages.ts';
import type { sendAgain as sendAgainWorkflow } from '../../workflows/sendAgain.ts';
import { begins } from '../casefile/effects.ts';
import type { Answer } from '../domain/answer.ts';
import type { ChangeMessage } from '../domain/change.ts';
import { STEPS } from '../domain/methodology.ts';
import { institutionsOf, type Plan } from '../domain/plan.ts';
import { Refused, refusal as refusalShape } from '../domain/refusal.ts';
import type { RequestState } from '../domain/request.ts';
import { scopeOf } from '../domain/request.ts';
import { directionOf } from '../words/parties.ts';

/** The workflows as the rest of the product calls them: typed, and with refusals as {@link Refused}. */
export type Workflows = ReturnType<typeof workflowsOver>;

/** `started` now, `running` already, or `completed` before. */
export type StartedAs = 'started' | 'running' | 'completed';

/** Failures of a Temporal server that is away for a moment, by their gRPC status. */
const NOT_FOUND = 5;
const UNAVAILABLE = new Set([1, 4, 8, 14]);

export function workflowsOver(client: Client) {
  const { workflow } = client;

  return {
    /** Starts a cooperation; one that runs, or ran, under the id is left alone. Says which of these it found. */
    async start(plan: Plan): Promise<StartedAs> {
      const { cooperation, call } = plan;
      const typedSearchAttributes: SearchAttributePair[] = [
        { key: SEARCH_ATTRIBUTES.cooperation, value: cooperation },
        { key: SEARCH_ATTRIBUTES.step, value: STEPS[0] },
        { key: SEARCH_ATTRIBUTES.call, value: call },
        { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
      ];
      begins();
      try {
        await workflow.start<typeof cooperationWorkflow>('cooperation', {
          workflowId: workflowId(cooperation),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          taskQueue: TASK_QUEUE,
          args: [{ plan }],
          typedSearchAttributes,
          staticSummary: directionOf(plan.parties, plan.language),
        });
        return 'started';
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw refusal(error);
      }
      const { status } = await refusing(workflow.getHandle(workflowId(cooperation)).describe());
      if (status.name === 'RUNNING') return 'running';
      if (status.name === 'COMPLETED') return 'completed';
      throw new Refused({ code: 'CooperationEnded', cooperation, status: status.name.toLowerCase() });
    },

    /** Sends an answer as an Update: the workflow says yes, or why not. `updateId` makes a retried one the same. */
    respond: (cooperation: string, answer: Answer, updateId: string): Promise<Accepted> =>
      sending(() =>
        untilTaken(() =>
          workflow
            .getHandle(workflowId(cooperation, scopeOf({ id: answer.request })))
            .executeUpdate(respondUpdate, { args: [answer], updateId }),
        ),
      ),

    /** A request as its workflow waits on it; `undefined` where it does not, or is over. */
    async waitedOn(cooperation: string, request: string): Promise<RequestState | undefined> {
      const handle = workflow.getHandle(workflowId(cooperation, scopeOf({ id: request })));
      try {
        if ((await handle.describe()).status.name !== 'RUNNING') return undefined;
        return (await handle.query(openRequests)).find(({ id }) => id === request);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw refusal(error);
      }
    },

    /** Makes a change that stands in the case file: its workflow says when, or why not. */
    change: (cooperation: string, message: ChangeMessage): Promise<ChangeMade> =>
      sending(() =>
        untilTaken(() =>
          workflow
            .getHandle(workflowId(cooperation, message.request && scopeOf({ id: message.request })))
            .executeUpdate(changeUpdate, { args: [message], updateId: `change-${message.change}` }),
        ),
      ),

    /** Where the exchange of documents stands, which is open from the programme's approval to the report's acceptance. */
    exchange: (cooperation: string): Promise<'ahead' | 'open' | 'over'> =>
      workflow
        .getHandle(workflowId(cooperation, 'documents'))
        .describe()
        .then(
          ({ status }) => (status.name === 'RUNNING' ? 'open' : 'over'),
          (error: unknown) => {
            if (error instanceof WorkflowNotFoundError) return 'ahead';
            throw refusal(error);
          },
        ),

    /** Puts a question, which stands in the case file, to the party it is for. */
    askQuestion: (cooperation: string, question: Question): Promise<{ request: string }> =>
      sending(() =>
        untilTaken(() =>
          workflow
            .getHandle(workflowId(cooperation, 'documents'))
            .executeUpdate(askQuestionUpdate, { args: [question], updateId: `question-${question.number}` }),
        ),
      ),

    /** Tells the exchange of documents of a version, so that it is among the next news. */
    shareDocument: (cooperation: string, document: SharedDocument): Promise<void> =>
      sending(() => workflow.getHandle(workflowId(cooperation, 'documents')).signal(shareDocument, document)),

    /** Has a mail sent again that the case file has under this number; once, however often it is called. */
    async sendAgain({ cooperation, call, language, parties }: Plan, number: number): Promise<void> {
      begins();
      try {
        await workflow.start<typeof sendAgainWorkflow>('sendAgain', {
          workflowId: workflowId(cooperation, `again-${number}`),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          taskQueue: TASK_QUEUE,
          args: [{ cooperation, number, language }],
          typedSearchAttributes: [
            { key: SEARCH_ATTRIBUTES.cooperation, value: cooperation },
            { key: SEARCH_ATTRIBUTES.call, value: call },
          ],
          staticSummary: directionOf(parties, language),
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw refusal(error);
      }
    },

    /** The history of one workflow of a cooperation as the Temporal CLI writes it, for replay. */
    async history(id: string): Promise<unknown> {
      return JSON.parse(historyToJSON(await refusing(workflow.getHandle(id).fetchHistory())));
    },

    /** Whether the server answers, within three seconds. */
    async reachable(): Promise<boolean> {
      const asked = client.withDeadline(Date.now() + 3_000, () => client.workflowService.getSystemInfo({}));
      return asked.then(
        () => true,
        () => false,
      );
    },
  };
}

/** The workflow that an Update met was about to continue as new: the Update was not taken, and is for the next run. */
const FAILED_PRECONDITION = 9;
/** A worker that has much to do takes seconds from one run to the next. */
const NEXT_RUN_MS = 15_000;

async function untilTaken<T>(update: () => Promise<T>): Promise<T> {
  const until = performance.now() + NEXT_RUN_MS;
  for (let pause = 50; ; pause = Math.min(2 * pause, 1_000)) {
    try {
      return await update();
    } catch (error) {
      if (grpcError(error)?.code !== FAILED_PRECONDITION || performance.now() > until) throw error;
      await delay(pause);
    }
  }
}

/** The gRPC error in, or behind, what the client threw. */
function grpcError(error: unknown) {
  const cause = error instanceof Error && error.cause;
  return isGrpcServiceError(error) ? error : isGrpcServiceError(cause) ? cause : undefined;
}

/** A call that may change something, whether its answer arrives or not. */
const sending = <T>(call: () => Promise<T>): Promise<T> => {
  begins();
  return refusing(call());
};

const refusing = <T>(promise: Promise<T>): Promise<T> =>
  promise.catch((error: unknown) => {
    throw refusal(error);
  });

/** What a failed call means to the person who made it: the refusal that a workflow failed an Update with, or its own. */
function refusal(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const sent = refusalShape.safeParse(error.cause.details?.[0]);
    return sent.success ? new Refused(sent.data, { cause: error }) : error;
  }
  if (error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND))
    return new Refused({ code: 'NotUnderWay' }, { cause: error });
  const grpc = grpcError(error);
  return grpc && UNAVAILABLE.has(grpc.code) ? new Refused({ code: 'Unavailable' }, { cause: error }) : error;
}
