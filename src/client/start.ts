import { fileCooperation } from '../casefile/filing.ts';
import { readRecord } from '../casefile/record.ts';
import { planOf } from '../domain/programme/planOf.ts';
import { refused } from '../domain/refusal.ts';
import { type Warning, warningsOf } from '../domain/warning.ts';
import { type CheckedProgramme, inspectionHere } from '../inspection/inspection.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import type { StartedAs } from './temporal.ts';

/** What a programme file holds, or all its mistakes. @throws Refused `InspectionUnavailable` */
export const checkProgramme = (
  { inspection = inspectionHere }: Pick<CooperationClient, 'inspection'>,
  source: string,
  as?: 'new' | 'correction',
): Promise<CheckedProgramme> => inspection.programme(source, as);

/** How a cooperation is started. */
export type StartOptions = {
  /** It shows how a cooperation goes: days that have passed are proposed and invited to as if they lay ahead. */
  demonstration?: boolean | undefined;
};

/**
 * What somebody would want to know of a programme before it is started.
 * @throws Refused `ProgrammeMistaken`, `InspectionUnavailable`
 */
export async function foreseeStart(
  client: CooperationClient,
  source: string,
): Promise<{ id: string; warnings: Warning[] }> {
  const { programme } = await programmeIn(client, source);
  return { id: programme.id, warnings: warningsOf(programme, client.now()) };
}

/**
 * Files a programme and starts its workflow. The same file again changes nothing.
 * @throws Refused `ProgrammeMistaken`, `CooperationTaken`, `CooperationEnded`, `Unavailable`
 */
export async function start(
  client: CooperationClient,
  source: string,
  { demonstration = false }: StartOptions = {},
): Promise<{ id: string; state: StartedAs; warnings: Warning[] }> {
  const { caseFile, workflows, now } = client;
  const { programme } = await programmeIn(client, source);
  const { id } = programme;
  const at = now();
  const warnings = warningsOf(programme, at);
  if (
    (await fileCooperation(caseFile, programme, planOf(programme, demonstration ? undefined : at), at)) ===
    'taken'
  )
    refused({ code: 'CooperationTaken', cooperation: id });
  // What Temporal remembers of it ends with its retention; the case file knows for good.
  const { closedAt, plan } = await cooperationOf(client, id);
  if (closedAt !== null) return { id, state: 'completed', warnings };
  const hasBegun = (await readRecord(caseFile, id)).length > 1;
  if (hasBegun && (await workflows.standing(id)) === 'missing')
    refused({ code: 'CooperationEnded', cooperation: id, status: 'missing' });
  return { id, state: await workflows.start(plan), warnings };
}

async function programmeIn(client: CooperationClient, source: string) {
  const checked = await checkProgramme(client, source);
  return 'mistakes' in checked ? refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes }) : checked;
}
