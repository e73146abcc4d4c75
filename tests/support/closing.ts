import { findCooperation } from '../../src/casefile/cooperations.ts';
import { lapseRequests } from '../../src/casefile/requests.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { BEGINNING } from '../../workflows/state.ts';
import type { InProcess } from './inProcess.ts';

/** Has a cooperation that has just begun closed by its own workflow, as if its report had been accepted. */
export async function closed(system: InProcess, id: string): Promise<void> {
  const { caseFile, workflows, client } = system;
  const asked = await system.open(id, 'coordination/confirm-coordination.1');
  await client.workflow.getHandle(workflowId(id)).terminate();
  await lapseRequests(caseFile, id, [asked.id], 'cooperation-closed', new Date().toISOString());
  const plan = (await findCooperation(caseFile, id))?.plan;
  if (!plan) throw new Error('there is no cooperation');
  await workflows.rebuild(plan, { ...BEGINNING, over: 'accepted' });
  await client.workflow.getHandle(workflowId(id)).result();
}
