import {
  type ChangeForecast,
  changeOf,
  enterChange,
  makeChange,
  noteChangeTold,
  toldOf,
  tryChange,
} from '../casefile/changes/index.ts';
import type { ChangeRow, CooperationRow } from '../casefile/database/schema.ts';
import { type ChangeKind, changeDeclaration, type GivenChange } from '../domain/change.ts';
import type { Door } from '../domain/door.ts';
import { sheetScopeId } from '../domain/ids.ts';
import { FOLLOW_UP } from '../domain/methodology.ts';
import { refused } from '../domain/refusal.ts';
import { isFollowedUp } from '../domain/results/followUp.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';
import { checkProgramme } from './start.ts';
import type { Workflows } from './temporal.ts';

/** What a change would do, without doing it: who would be told what. @throws Refused */
export async function preview(
  client: CooperationClient,
  cooperation: string,
  given: GivenChange,
): Promise<ChangeForecast> {
  const { what, by } = given;
  await cooperationOf(client, cooperation);
  if (by !== undefined) await personOf(client, cooperation, by);
  // The mistakes of a file are told here, where nothing of them is kept: what they quote may name people.
  if (what.change === 'amend') {
    const checked = await checkProgramme(client, what.programme, 'correction');
    if ('mistakes' in checked) return refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
  }
  const tried = await tryChange(client.caseFile, cooperation, given, client.now());
  return 'refusal' in tried ? refused(tried.refusal) : tried;
}

/** Makes a change of a cooperation under way, and says who is told what. `door`: how whoever asks for it was let in. @throws Refused */
export async function change(
  client: CooperationClient,
  cooperation: string,
  given: GivenChange,
  door?: Door,
): Promise<ChangeForecast & { change: number; at: string }> {
  const { caseFile, workflows, now } = client;
  // What would be refused is refused before anything of it is kept.
  const { warnings, follows, differences } = await preview(client, cooperation, given);
  const number = await enterChange(caseFile, cooperation, given, now(), door);
  const entered = await changeOf(caseFile, cooperation, number);
  if (!entered) return refused({ code: 'ChangeUnknown', change: number });
  const stands = await cooperationOf(client, cooperation);
  const { at } = isMadeHere(entered, stands)
    ? await madeOver(client, stands, number)
    : await sendChange(workflows, entered, stands);
  const made = await changeOf(caseFile, cooperation, number);
  return {
    change: number,
    at,
    told: await toldOf(caseFile, cooperation, made?.told ?? []),
    programmeChanges: made?.programmeChanges ?? [],
    approval: made?.effects?.approval === true,
    ...{ warnings, follows, differences },
  };
}

/**
 * Whether no workflow makes it: the cooperation is over, and is not followed up, or a sheet is to be corrected, which has a
 * workflow of its own. A request has the workflow that waits on it.
 */
const isMadeHere = (
  { what }: Pick<ChangeRow, 'what'>,
  stands: Pick<CooperationRow, 'closedAt' | 'cancelledAt' | 'followedUpAt'>,
): boolean =>
  stands.closedAt !== null &&
  changeDeclaration(what.change).goesTo !== 'request' &&
  (OF_SHEETS.includes(what.change) || !isFollowedUp(stands));

const OF_SHEETS: readonly ChangeKind[] = ['correct-sheet', 'cancel-sheet-correction'];

/**
 * Makes a change of a cooperation that is over: it has no workflow any more, and where somebody is told, one for that; a
 * corrected sheet has its own.
 * @throws Refused
 */
async function madeOver(
  { caseFile, workflows, now }: CooperationClient,
  { id, plan }: Pick<CooperationRow, 'id' | 'plan'>,
  number: number,
) {
  const at = now();
  const { refusal, tells, sheet, cancelledSheet } = await makeChange(caseFile, id, number, at);
  if (refusal) return refused(refusal);
  if (sheet) await workflows.correctSheet(plan, sheet);
  if (tells) await workflows.tellChange(plan, number);
  else await noteChangeTold(caseFile, id, number, at);
  if (cancelledSheet) await workflows.cancelSheetCorrection(id, sheetScopeId(cancelledSheet));
  return { at };
}

/**
 * Sends a change that was entered to the workflow that makes it; once, however often it is sent. `stands`: the cooperation,
 * whose people are changed where it is followed up once its own workflow is over.
 */
export const sendChange = (
  workflows: Workflows,
  { cooperation, number, what, askedAt }: ChangeRow,
  stands: Parameters<typeof isFollowedUp>[0],
) =>
  workflows.change(
    cooperation,
    {
      change: number,
      kind: what.change,
      ...(changeDeclaration(what.change).goesTo === 'request' &&
        'request' in what && { request: what.request }),
    },
    { askedAt, scope: isFollowedUp(stands) ? FOLLOW_UP : undefined },
  );
