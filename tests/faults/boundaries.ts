import { createHash } from 'node:crypto';
import type { Info } from '@temporalio/activity';

/**
 * Names the moment right before an activity begins, or right after it has had its effect and before Temporal hears of it:
 * by what it is asked to do, without what differs from one play to the next.
 */
export function boundaryOf(
  when: 'before' | 'after',
  { activityType, workflowExecution }: Pick<Info, 'activityType' | 'workflowExecution'>,
  args: readonly unknown[],
): string {
  const [, id = '', scope = 'cooperation'] = (workflowExecution?.workflowId ?? '').split('/');
  const asked = JSON.stringify(args)
    .replaceAll(id, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{64}/g, '');
  const told = createHash('sha256').update(asked).digest('hex').slice(0, 8);
  return `${when} ${activityType} ${scope} ${told}`;
}
