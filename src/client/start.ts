import { fileCooperation } from '../casefile/filing.ts';
import { planOf } from '../domain/planOf.ts';
import { checkProgrammeFile } from '../domain/programmeFile.ts';
import { refused } from '../domain/refusal.ts';
import type { CooperationClient } from './cooperationClient.ts';
import type { StartedAs } from './temporal.ts';

/**
 * Files a programme and starts its workflow. The same file again changes nothing.
 * @throws Refused `ProgrammeMistaken`, `CooperationTaken`, `CooperationEnded`, `Unavailable`
 */
export async function start(
  { caseFile, workflows, now }: CooperationClient,
  source: string,
): Promise<{ id: string; state: StartedAs }> {
  const checked = checkProgrammeFile(source);
  if ('mistakes' in checked) return refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
  const { programme } = checked;
  const plan = planOf(programme);
  if ((await fileCooperation(caseFile, programme, plan, now())) === 'taken')
    refused({ code: 'CooperationTaken', cooperation: programme.id });
  return { id: programme.id, state: await workflows.start(plan) };
}
