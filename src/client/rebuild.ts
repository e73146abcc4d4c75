import { forgetDisagreements } from '../casefile/disagreements.ts';
import { unsentCommunications } from '../casefile/mails/communications.ts';
import { unsentAgain } from '../casefile/mails/resendings.ts';
import { unfinishedIds } from '../casefile/openWork.ts';
import { addToRecord } from '../casefile/record.ts';
import { sheetCorrectionsOf } from '../casefile/results/sheets.ts';
import { remedyOf } from '../domain/disagreement.ts';
import { sheetScopeId } from '../domain/ids.ts';
import { FOLLOW_UP } from '../domain/methodology.ts';
import { type Plan, secretariatOf } from '../domain/programme/plan.ts';
import { refused } from '../domain/refusal.ts';
import { isFollowedUp } from '../domain/results/followUp.ts';
import { agreement } from './agreement.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';
import type { GivenRebuild, LostCooperation } from './givenRebuild.ts';
import { runningBy, stateOf } from './standing.ts';
import { communicationScope, sendingAgainScope } from './temporal.ts';

/**
 * The cooperations whose workflows should run by the case file, and do not; of those that are named, these too whose
 * workflows run and do not agree with it.
 * @throws Refused
 */
export async function lost(
  client: CooperationClient,
  { cooperations: named }: GivenRebuild,
): Promise<LostCooperation[]> {
  const { caseFile } = client;
  const found: LostCooperation[] = [];
  for (const cooperation of named ?? (await unfinishedIds(caseFile))) {
    const scope = bearerOf(await cooperationOf(client, cooperation));
    const was = await client.workflows.standing(cooperation, scope);
    // One that runs is begun anew only where that is what mends it.
    const isWhole =
      was !== 'running' ||
      (named && (await agreement(client, cooperation)).some((one) => remedyOf(one) === 'rebuild'));
    const workflows = isWhole
      ? [
          ...runningBy((await stateOf(caseFile, cooperation)).state),
          ...(await unsentOf(client, cooperation)).map(({ scope }) => scope),
        ]
      : (await correctionsLeft(client, cooperation)).map(({ scope }) => scope);
    if (!isWhole && named && workflows.length === 0) refused({ code: 'NothingToRebuild', cooperation });
    if (workflows.length > 0) found.push({ cooperation, was, workflows });
    else if (named && isWhole) await refuseOver(client, cooperation);
  }
  return found;
}

/**
 * Starts the workflows of cooperations again that are gone, from where the case file says they stood: Temporal's data
 * were lost, or somebody ended them there. Nothing is asked or sent twice.
 * @throws Refused
 */
export async function rebuild(client: CooperationClient, given: GivenRebuild): Promise<LostCooperation[]> {
  const { caseFile, workflows, now } = client;
  const found = await lost(client, given);
  const rebuilt: LostCooperation[] = [];
  for (const one of found) {
    const { cooperation: id, was } = one;
    const by = given.by === undefined ? undefined : await personOf(client, id, given.by);
    // Somebody else was faster.
    if ((await workflows.standing(id, bearerOf(await cooperationOf(client, id)))) !== was) continue;
    // Those that run all the same would answer in the place of those that are started now.
    for (const scope of one.workflows)
      if ((await workflows.standing(id, scope)) === 'running') await workflows.terminate(id, scope);
    const { plan, state } = await stateOf(caseFile, id);
    const unsent = await unsentOf(client, id);
    for (const { scope, send } of unsent) if (one.workflows.includes(scope)) await send(plan);
    if (runningBy(state).some((scope) => one.workflows.includes(scope))) {
      const run = await workflows.rebuild(plan, state);
      if (run === undefined) continue;
      await addToRecord(caseFile, {
        cooperation: id,
        key: `rebuilt:${run}`,
        at: now(),
        kind: 'cooperation-rebuilt',
        party: by?.party ?? secretariatOf(plan),
        person: by?.id,
        data: { was },
      });
    }
    await forgetDisagreements(caseFile, id);
    rebuilt.push(one);
  }
  return rebuilt;
}

/** The workflow without which nothing of a cooperation goes on: its own, or that of its follow-up once that is over. */
const bearerOf = (stands: Parameters<typeof isFollowedUp>[0]): string | undefined =>
  isFollowedUp(stands) ? FOLLOW_UP : undefined;

type Unsent = { scope: string; send: (plan: Plan) => Promise<void> };

/** What is to be sent beside the process, and that nothing sends, or has tried to. */
async function unsentOf(client: CooperationClient, id: string): Promise<Unsent[]> {
  const { caseFile, workflows } = client;
  const [again, communications] = await Promise.all([
    unsentAgain(caseFile).where('resending.cooperation', '=', id).execute(),
    unsentCommunications(caseFile).where('cooperation', '=', id).execute(),
  ]);
  const all: Unsent[] = [
    ...again.map(({ number }) => ({
      scope: sendingAgainScope(number),
      send: (plan: Plan) => workflows.sendAgain(plan, number),
    })),
    ...communications.map(({ number }) => ({
      scope: communicationScope(number),
      send: (plan: Plan) => workflows.sendCommunication(plan, number),
    })),
  ];
  return [
    ...(await notUnderWay(client, id, all, /^(running|completed)$/)),
    ...(await correctionsLeft(client, id)),
  ];
}

/** The corrected sheets of a cooperation that is over, of which no workflow runs: while it is not, its own begins theirs. */
async function correctionsLeft(client: CooperationClient, id: string): Promise<Unsent[]> {
  const cooperation = await cooperationOf(client, id);
  if (cooperation.closedAt === null) return [];
  const asked = await sheetCorrectionsOf(client.caseFile, cooperation);
  const all = asked.map((sheet) => ({
    scope: sheetScopeId(sheet.change),
    send: (plan: Plan) => client.workflows.correctSheet(plan, sheet),
  }));
  // What is not published is not through, whatever Temporal says.
  return notUnderWay(client, id, all, /^running$/);
}

async function notUnderWay(
  { workflows }: CooperationClient,
  id: string,
  all: readonly Unsent[],
  underWay: RegExp,
): Promise<Unsent[]> {
  const left: Unsent[] = [];
  for (const one of all) if (!underWay.test(await workflows.standing(id, one.scope))) left.push(one);
  return left;
}

/** @throws Refused `CooperationOver` */
async function refuseOver(client: CooperationClient, id: string): Promise<never> {
  const { cancelledAt, closedAt } = await cooperationOf(client, id);
  const at = cancelledAt ?? closedAt;
  return refused({
    ...{ code: 'CooperationOver', cooperation: id, how: cancelledAt ? 'cancelled' : 'accepted' },
    ...(at && { at }),
  });
}
