import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type {
  SearchAttributePair,
  UpdateDefinition,
  Workflow,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type {
  sendAgain as sendAgainWorkflow,
  sendCommunication as sendCommunicationWorkflow,
  tellChange as tellChangeWorkflow,
  tellSignature as tellSignatureWorkflow,
} from '../../workflows/beside.ts';
import type { cooperation as cooperationWorkflow } from '../../workflows/cooperation.ts';
import {
  type AcceptedAnswer,
  askQuestionUpdate,
  type ChangeReceipt,
  changeUpdate,
  openRequestsQuery,
  type Question,
  respondUpdate,
  SEARCH_ATTRIBUTES,
  type SharedDocument,
  shareDocument,
  TASK_QUEUE,
  takeBackUpdate,
} from '../../workflows/messages.ts';
import type { CooperationState } from '../../workflows/state.ts';
import type { sheetCorrection as sheetCorrectionWorkflow } from '../../workflows/systematization.ts';
import { begins } from '../casefile/database/effects.ts';
import { hashOf } from '../casefile/filing.ts';
import type { Answer, TakeBack } from '../domain/answer.ts';
import type { ChangeMessage } from '../domain/changeMessage.ts';
import { sheetScopeId, workflowId } from '../domain/ids.ts';
import { STEPS, type Step } from '../domain/methodology.ts';
import { institutionsOf, type Plan } from '../domain/programme/plan.ts';
import { Refused } from '../domain/refusal.ts';
import { type RequestState, scopeOf } from '../domain/request.ts';
import type { SheetCorrection } from '../domain/results/sheet.ts';
import { directionOf } from '../words/names/parties.ts';
import { refusalIn, refusing, sending, unlessEnded, untilTaken } from './calls.ts';
import { factsOver } from './workflowFacts.ts';

/** The workflows as the rest of the product calls them: typed, and with refusals as {@link Refused}. */
export type Workflows = ReturnType<typeof workflowsOver>;

/** Sends an Update, which `updateId` makes once: it is taken, or refused with why not. */
const update = <T, A>(
  to: WorkflowHandle,
  definition: UpdateDefinition<T, [A]>,
  argument: A,
  updateId: string,
): Promise<T> =>
  sending(() => untilTaken(() => to.executeUpdate(definition, { args: [argument], updateId })));

/** When a change was asked for, and the workflow that takes those of a cooperation where it is not its own. */
type Sending = { askedAt: string; scope?: string | undefined };

/** `started` now, `running` already, or `completed` before. */
export type StartedAs = 'started' | 'running' | 'completed';

export function workflowsOver(client: Client) {
  const { workflow } = client;
  const handle = (cooperation: string, scope?: string) => workflow.getHandle(workflowId(cooperation, scope));
  const handleOf = (cooperation: string, request: string) => handle(cooperation, scopeOf({ id: request }));
  return {
    ...factsOver(client),
    ...sendingOver(client),
    ...correctingOver(client),

    /** Starts a cooperation; one that runs, or ran, under the id is left alone. Says which of these it found. */
    async start(plan: Plan): Promise<StartedAs> {
      const { cooperation } = plan;
      if (await beginCooperation(client, plan, [{ plan }])) return 'started';
      const { status } = await refusing(handle(cooperation).describe());
      if (status.name === 'RUNNING') return 'running';
      if (status.name === 'COMPLETED') return 'completed';
      throw new Refused({ code: 'CooperationEnded', cooperation, status: status.name.toLowerCase() });
    },

    /** Starts a cooperation's workflow again, from where it stands: the id of the run. `undefined` where one runs. */
    rebuild: (plan: Plan, state: CooperationState): Promise<string | undefined> =>
      beginCooperation(client, plan, [{ plan, state }], 'ALLOW_DUPLICATE'),

    /** How the last run of a workflow stands, as Temporal says (`running`, `terminated`); `missing` where it knows none. */
    async standing(cooperation: string, scope?: string): Promise<string> {
      try {
        const { status } = await handle(cooperation, scope).describe();
        return status.name.toLowerCase();
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'missing';
        throw refusalIn(error);
      }
    },

    /** Ends a workflow that its cooperation's has left behind. */
    terminate: (cooperation: string, scope?: string): Promise<void> =>
      unlessEnded(handle(cooperation, scope).terminate('left behind')),

    /** Sends an answer as an Update: the workflow says yes, or why not. `updateId` makes a retried one the same. */
    respond: (cooperation: string, answer: Answer, updateId: string): Promise<AcceptedAnswer> =>
      update(handleOf(cooperation, answer.request), respondUpdate, answer, updateId),

    /** The same of what takes an answer back. */
    takeBack: (cooperation: string, given: TakeBack): Promise<AcceptedAnswer> =>
      update(
        handleOf(cooperation, given.request),
        takeBackUpdate,
        given,
        hashOf(['take-back', given]).slice(0, 40),
      ),

    /** A request as its workflow waits on it; `undefined` where it does not, or is over. */
    async waitedOn(cooperation: string, request: string): Promise<RequestState | undefined> {
      const asked = handleOf(cooperation, request);
      try {
        if ((await asked.describe()).status.name !== 'RUNNING') return undefined;
        return (await asked.query(openRequestsQuery)).find(({ id }) => id === request);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw refusalIn(error);
      }
    },

    /**
     * Makes a change that stands in the case file: its workflow says when, or why not. A case file that was put back to a
     * time before gives a number twice, so `askedAt` is what makes it another one.
     */
    change: (cooperation: string, message: ChangeMessage, sent: Sending): Promise<ChangeReceipt> =>
      update(
        message.request ? handleOf(cooperation, message.request) : handle(cooperation, sent.scope),
        changeUpdate,
        message,
        `change-${message.change}-${Date.parse(sent.askedAt)}`,
      ),

    /** Where the exchange of documents stands, which is open from the programme's approval to the report's acceptance. */
    exchange: (cooperation: string): Promise<'ahead' | 'open' | 'over'> =>
      handle(cooperation, 'documents')
        .describe()
        .then(
          ({ status }) => (status.name === 'RUNNING' ? 'open' : 'over'),
          (error: unknown) => {
            if (error instanceof WorkflowNotFoundError) return 'ahead';
            throw refusalIn(error);
          },
        ),

    /** Puts a question, which stands in the case file, to the party it is for. */
    askQuestion: (cooperation: string, question: Question): Promise<{ request: string }> =>
      update(handle(cooperation, 'documents'), askQuestionUpdate, question, `question-${question.number}`),

    /** Tells the exchange of documents of a version, so that it is among the next news. */
    shareDocument: (cooperation: string, document: SharedDocument): Promise<void> =>
      sending(() => handle(cooperation, 'documents').signal(shareDocument, document)),

    /** The history of one workflow of a cooperation as the Temporal CLI writes it, for replay. */
    async history(id: string): Promise<unknown> {
      return JSON.parse(historyToJSON(await refusing(workflow.getHandle(id).fetchHistory())));
    },
  };
}

/** The workflows of a cooperation that is over, beside that of its follow-up. */
const correctingOver = (client: Client) => ({
  /** Has a corrected sheet written and reviewed: by the workflow that its cooperation's begins while it runs. */
  async correctSheet(plan: Plan, sheet: SheetCorrection): Promise<void> {
    await begin<typeof sheetCorrectionWorkflow>(client, plan, 'sheetCorrection', [{ ...sheet, plan }], {
      scope: sheetScopeId(sheet.change),
      reuse: 'ALLOW_DUPLICATE',
      attributes: [
        { key: SEARCH_ATTRIBUTES.step, value: 'systematization' satisfies Step },
        { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
      ],
    });
  },

  /** The same is called off. */
  cancelSheetCorrection: (cooperation: string, scope: string): Promise<void> =>
    unlessEnded(client.workflow.getHandle(workflowId(cooperation, scope)).cancel()),
});

/** What is sent beside the steps of a cooperation, by workflows that stand for themselves. */
function sendingOver(client: Client) {
  /** Begins one about what the case file has under a number; once, however often it is called. */
  async function beginNumbered<T extends (input: SendingInput) => Promise<unknown>>(
    type: string,
    plan: Plan,
    number: number,
    scope: string,
  ): Promise<void> {
    const { cooperation, language } = plan;
    const given = [{ cooperation, number, language }] as Parameters<T>;
    await begin<T>(client, plan, type, given, { scope, reuse: 'ALLOW_DUPLICATE_FAILED_ONLY' });
  }

  return {
    /** Has a mail sent again. */
    sendAgain: (plan: Plan, number: number): Promise<void> =>
      beginNumbered<typeof sendAgainWorkflow>('sendAgain', plan, number, sendingAgainScope(number)),

    /** Has a communication sent. */
    sendCommunication: (plan: Plan, number: number): Promise<void> =>
      beginNumbered<typeof sendCommunicationWorkflow>(
        'sendCommunication',
        plan,
        number,
        communicationScope(number),
      ),

    /** Has the others told that a ministry signed the sealed case file. */
    tellSignature: (plan: Plan, number: number): Promise<void> =>
      beginNumbered<typeof tellSignatureWorkflow>('tellSignature', plan, number, `signature-${number}`),

    /** Has those told whom a change concerns that was made when its cooperation was over. */
    tellChange: (plan: Plan, number: number): Promise<void> =>
      beginNumbered<typeof tellChangeWorkflow>('tellChange', plan, number, tellingScope(number)),
  };
}

type SendingInput = { cooperation: string; number: number; language: Plan['language'] };

/**
 * The same, where a Temporal that takes calls and does not answer them is one that is away: after `patienceMs` each is
 * refused as `Unavailable`. What it was to do may still be done.
 */
export const patient = (
  workflows: Workflows,
  { connection }: Pick<Client, 'connection'>,
  patienceMs = 30_000,
): Workflows =>
  Object.fromEntries(
    Object.entries(workflows).map(([name, call]) => {
      const bounded = (...given: unknown[]) =>
        connection.withDeadline(Date.now() + patienceMs, () =>
          (call as (...given: unknown[]) => Promise<unknown>)(...given),
        );
      return [name, bounded];
    }),
  ) as Workflows;

/** The last part of the id of the workflow that sends a mail again. */
export const sendingAgainScope = (number: number): string => `again-${number}`;

/** The same of the workflow that sends a communication. */
export const communicationScope = (number: number): string => `communication-${number}`;

/** The same of the workflow that tells of a change. */
const tellingScope = (number: number): string => `telling-${number}`;

const beginCooperation = (
  client: Client,
  plan: Plan,
  args: Parameters<typeof cooperationWorkflow>,
  reuse: WorkflowIdReusePolicy = 'REJECT_DUPLICATE',
): Promise<string | undefined> =>
  begin<typeof cooperationWorkflow>(client, plan, 'cooperation', args, {
    reuse,
    attributes: [
      { key: SEARCH_ATTRIBUTES.step, value: STEPS[0] },
      { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
    ],
  });

/**
 * Starts a workflow of a cooperation, where none runs under its id, and `reuse` says that one which ran is no hindrance.
 * @returns the id of its run; `undefined` where none was started
 */
async function begin<T extends Workflow>(
  { workflow }: Client,
  { cooperation, call, parties, language }: Plan,
  type: string,
  args: Parameters<T>,
  {
    scope,
    reuse,
    attributes = [],
  }: { scope?: string; reuse: WorkflowIdReusePolicy; attributes?: SearchAttributePair[] },
): Promise<string | undefined> {
  begins();
  try {
    const { firstExecutionRunId } = await workflow.start<Workflow>(type, {
      workflowId: workflowId(cooperation, scope),
      workflowIdReusePolicy: reuse,
      taskQueue: TASK_QUEUE,
      args,
      typedSearchAttributes: [
        { key: SEARCH_ATTRIBUTES.cooperation, value: cooperation },
        { key: SEARCH_ATTRIBUTES.call, value: call },
        ...attributes,
      ],
      staticSummary: directionOf(parties, language),
    });
    return firstExecutionRunId;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw refusalIn(error);
  }
}
