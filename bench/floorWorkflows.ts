import { condition, defineUpdate, executeChild, proxyActivities, setHandler } from '@temporalio/workflow';

/** The shape of a cooperation at its first request, with activities that do nothing: what Temporal costs by itself. */

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

export const floorAnswer = defineUpdate<void>('answer');

/** A cooperation: it is filed, and its first step runs. */
export async function floorCooperation(id: string): Promise<void> {
  await nothing();
  await executeChild(floorStep, { workflowId: `${id}/coordination` });
}

/** A step: a request is recorded and told, and an answer recorded. */
export async function floorStep(): Promise<void> {
  let answered = false;
  setHandler(floorAnswer, async () => {
    await nothing();
    answered = true;
  });
  await nothing();
  await nothing();
  await condition(() => answered);
  // What follows is asked, and waited for.
  await nothing();
  await condition(() => false);
}
