import {
  type Client,
  QueryNotRegisteredError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { openRequestsQuery, SEARCH_ATTRIBUTES, TASK_QUEUE } from '../../workflows/messages.ts';
import type { WorkflowFacts } from '../domain/disagreement.ts';
import { FAILING_TASK_ATTEMPTS } from '../domain/health.ts';
import { partsOfWorkflowId, workflowId } from '../domain/ids.ts';
import type { RequestState } from '../domain/request.ts';
import { refusalIn, refusing } from './calls.ts';

/** What runs and waits in Temporal, for it to be held against the case file. */
export const factsOver = (client: Client) => {
  const { workflow } = client;
  const describe = (cooperation: string, scope: string) =>
    workflow.getHandle(workflowId(cooperation, scope)).describe();
  return {
    /** The workflows of cooperations, or of one, that run, as Temporal's list has them: it may be some seconds behind. */
    async running(only?: string): Promise<{ cooperation: string; scope: string }[]> {
      const found: { cooperation: string; scope: string }[] = [];
      try {
        const query = `TaskQueue = '${TASK_QUEUE}' AND ExecutionStatus = 'Running'${
          only === undefined ? '' : ` AND ${SEARCH_ATTRIBUTES.cooperation.name} = '${only}'`
        }`;
        for await (const { workflowId: id } of workflow.list({ query, pageSize: 1000 })) {
          const named = partsOfWorkflowId(id);
          if (named) found.push(named);
        }
      } catch (error) {
        throw refusalIn(error);
      }
      return found;
    },

    /** How many days Temporal keeps a workflow that has ended. */
    async retentionDays(): Promise<number> {
      const { namespace } = client.options;
      const asked = client.connection.workflowService.describeNamespace({ namespace });
      const kept = (await refusing(asked)).config?.workflowExecutionRetentionTtl;
      return Number(kept?.seconds ?? 0) / 86_400;
    },

    /** How the last run of a workflow stands. */
    async facts(cooperation: string, scope: string): Promise<WorkflowFacts> {
      const named = { cooperation, scope };
      const nothing = { ...named, status: 'missing', atWork: false, waitingOn: [] };
      try {
        const found = await describe(cooperation, scope);
        const { status, runId, startTime, closeTime, typedSearchAttributes, raw } = found;
        return {
          ...named,
          ...{ status: status.name.toLowerCase(), run: runId, startedAt: startTime.toISOString() },
          ...(closeTime && { closedAt: closeTime.toISOString() }),
          atWork: (raw.pendingActivities ?? []).length > 0,
          ...(attemptsOf(found) >= FAILING_TASK_ATTEMPTS && { failing: await whyFailing(client, found) }),
          waitingOn: typedSearchAttributes.get(SEARCH_ATTRIBUTES.waitingOn) ?? [],
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return nothing;
        throw refusalIn(error);
      }
    },

    /** The requests that a running workflow waits on; `undefined` where it cannot say. */
    async openRequests(cooperation: string, scope: string): Promise<RequestState[] | undefined> {
      try {
        return await workflow.getHandle(workflowId(cooperation, scope)).query(openRequestsQuery);
      } catch (error) {
        // Its own: it asks for nothing. Or it has ended since.
        if (error instanceof QueryNotRegisteredError || error instanceof WorkflowNotFoundError)
          return undefined;
        // One that cannot go on keeps silent: it is told of when its tasks have failed often enough.
        const attempts = await describe(cooperation, scope).then(attemptsOf, () => 0);
        if (attempts > 1) return undefined;
        throw refusalIn(error);
      }
    },
  };
};

/** How often the task that a workflow has now was tried. */
const attemptsOf = ({ raw }: WorkflowExecutionDescription): number => raw.pendingWorkflowTask?.attempt ?? 0;

/** Why the tasks of a workflow fail: the history has the first of them. */
async function whyFailing(
  { connection, options: { namespace } }: Client,
  { workflowId, runId }: WorkflowExecutionDescription,
): Promise<string> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistoryReverse({
    namespace,
    execution: { workflowId, runId },
    maximumPageSize: 20,
  });
  const text = history ? historyToJSON(history) : '';
  const [, cause = 'unspecified'] = /"WORKFLOW_TASK_FAILED_CAUSE_(\w+)"/.exec(text) ?? [];
  return cause.toLowerCase().replaceAll('_', '-');
}
