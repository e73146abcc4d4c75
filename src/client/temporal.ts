import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { SearchAttributePair, UpdateDefinition, Workflow } from '@temporalio/common';
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
import type { ChangeMessage } from '../domain/changeMessage.ts';
import { STEPS } from '../domain/methodology.ts';
import { institutionsOf, type Plan } from '../domain/plan.ts';
import { Refused } from '../domain/refusal.ts';
import { type RequestState, scopeOf } from '../domain/request.ts';
import { directionOf } from '../words/parties.ts';
import { refusal, refusing, sending, untilTaken } from './calls.ts';

/** The workflows as the rest of the product calls them: typed, and with refusals as {@link Refused}. */
export type Workflows = ReturnType<typeof workflowsOver>;

/** `started` now, `running` already, or `completed` before. */
export type StartedAs = 'started' | 'running' | 'completed';

export function workflowsOver(client: Client) {
  const { workflow } = client;
  const handle = (cooperation: string, scope?: string) => workflow.getHandle(workflowId(cooperation, scope));
  const handleOf = (cooperation: string, request: string) => handle(cooperation, scopeOf({ id: request }));
  /** Sends an Update, which `updateId` makes once: it is taken, or refused with why not. */
  const update = <T, A>(
    to: WorkflowHandle,
    definition: UpdateDefinition<T, [A]>,
    argument: A,
    updateId: string,
  ): Promise<T> =>
    sending(() => untilTaken(() => to.executeUpdate(definition, { args: [argument], updateId })));

  return {
    /** Starts a cooperation; one that runs, or ran, under the id is left alone. Says which of these it found. */
    async start(plan: Plan): Promise<StartedAs> {
      const { cooperation } = plan;
      const attributes = [
        { key: SEARCH_ATTRIBUTES.step, value: STEPS[0] },
        { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
      ];
      if (await begin<typeof cooperationWorkflow>(client, plan, 'cooperation', [{ plan }], { attributes }))
        return 'started';
      const { status } = await refusing(handle(cooperation).describe());
      if (status.name === 'RUNNING') return 'running';
      if (status.name === 'COMPLETED') return 'completed';
      throw new Refused({ code: 'CooperationEnded', cooperation, status: status.name.toLowerCase() });
    },

    /** Sends an answer as an Update: the workflow says yes, or why not. `updateId` makes a retried one the same. */
    respond: (cooperation: string, answer: Answer, updateId: string): Promise<Accepted> =>
      update(handleOf(cooperation, answer.request), respondUpdate, answer, updateId),

    /** A request as its workflow waits on it; `undefined` where it does not, or is over. */
    async waitedOn(cooperation: string, request: string): Promise<RequestState | undefined> {
      const asked = handleOf(cooperation, request);
      try {
        if ((await asked.describe()).status.name !== 'RUNNING') return undefined;
        return (await asked.query(openRequests)).find(({ id }) => id === request);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw refusal(error);
      }
    },

    /** Makes a change that stands in the case file: its workflow says when, or why not. */
    change: (cooperation: string, message: ChangeMessage): Promise<ChangeMade> =>
      update(
        message.request ? handleOf(cooperation, message.request) : handle(cooperation),
        changeUpdate,
        message,
        `change-${message.change}`,
      ),

    /** Where the exchange of documents stands, which is open from the programme's approval to the report's acceptance. */
    exchange: (cooperation: string): Promise<'ahead' | 'open' | 'over'> =>
      handle(cooperation, 'documents')
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
      update(handle(cooperation, 'documents'), askQuestionUpdate, question, `question-${question.number}`),

    /** Tells the exchange of documents of a version, so that it is among the next news. */
    shareDocument: (cooperation: string, document: SharedDocument): Promise<void> =>
      sending(() => handle(cooperation, 'documents').signal(shareDocument, document)),

    /** Has a mail sent again that the case file has under this number; once, however often it is called. */
    async sendAgain(plan: Plan, number: number): Promise<void> {
      const { cooperation, language } = plan;
      const scope = `again-${number}`;
      await begin<typeof sendAgainWorkflow>(client, plan, 'sendAgain', [{ cooperation, number, language }], {
        scope,
      });
    },

    /** The history of one workflow of a cooperation as the Temporal CLI writes it, for replay. */
    async history(id: string): Promise<unknown> {
      return JSON.parse(historyToJSON(await refusing(workflow.getHandle(id).fetchHistory())));
    },
  };
}

/** Starts a workflow of a cooperation. @returns whether it did: none is started where there is, or was, one of that id */
async function begin<T extends Workflow>(
  { workflow }: Client,
  { cooperation, call, parties, language }: Plan,
  type: string,
  args: Parameters<T>,
  { scope, attributes = [] }: { scope?: string; attributes?: SearchAttributePair[] },
): Promise<boolean> {
  begins();
  try {
    await workflow.start<Workflow>(type, {
      workflowId: workflowId(cooperation, scope),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      taskQueue: TASK_QUEUE,
      args,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.cooperation, value: cooperation },
        { key: SEARCH_ATTRIBUTES.call, value: call },
        ...attributes,
      ],
      staticSummary: directionOf(parties, language),
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw refusal(error);
  }
}
