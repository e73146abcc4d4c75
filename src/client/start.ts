import { fileCooperation } from '../casefile/filing.ts';
import { readRecord } from '../casefile/record.ts';
import { planOf } from '../domain/planOf.ts';
import { refused } from '../domain/refusal.ts';
import { type CheckedProgramme, inspectionHere } from '../inspection/inspection.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import type { StartedAs } from './temporal.ts';

/** What a programme file holds, or all its mistakes. @throws Refused `InspectionUnavailable` */
export const checkProgramme = (
  { inspection = inspectionHere }: Pick<CooperationClient, 'inspection'>,
  source: string,
  as?: 'new' | 'correction',
): Promise<CheckedProgramme> => inspection.programme(source, as);

/**
 * Files a programme and starts its workflow. The same file again changes nothing.
 * @throws Refused `ProgrammeMistaken`, `CooperationTaken`, `CooperationEnded`, `Unavailable`
 */
export async function start(
  client: CooperationClient,
  source: string,
): Promise<{ id: string; state: StartedAs }> {
  const checked = await checkProgramme(client, source);
  if ('mistakes' in checked) return refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
  const { caseFile, workflows, now } = client;
  const { programme } = checked;
  const { id } = programme;
  const plan = planOf(programme);
  if ((await fileCooperation(caseFile, programme, plan, now())) === 'taken')
    refused({ code: 'CooperationTaken', cooperation: id });
  // What Temporal remembers of it ends with its retention; the case file knows for good.
  if ((await cooperationOf(client, id)).closedAt !== null) return { id, state: 'completed' };
  const hasBegun = (await readRecord(caseFile, id)).length > 1;
  if (hasBegun && (await workflows.standing(id)) === 'missing')
    refused({ code: 'CooperationEnded', cooperation: id, status: 'missing' });
  return { id, state: await workflows.start(plan) };
}
