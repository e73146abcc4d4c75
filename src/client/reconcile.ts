import { changeOf, makeChange } from '../casefile/changes/index.ts';
import { keepDisagreements } from '../casefile/disagreements.ts';
import { addToRecord } from '../casefile/record.ts';
import { findRequest } from '../casefile/requests.ts';
import { type Disagreement, type EndedWorkflow, remedyOf } from '../domain/disagreement.ts';
import { Refused } from '../domain/refusal.ts';
import { agreement } from './agreement.ts';
import { sendChange } from './changes.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import { rebuild } from './rebuild.ts';
import { handIn } from './recovery.ts';

/** What reconciling writes to people. */
export type Post = {
  /** Sends the mails of a cooperation that are still to be sent; whether all of them have been dealt with. */
  sendLeft(cooperation: string): Promise<boolean>;
  /** Tells staff that a workflow of a cooperation was ended; once for each run. */
  tellEnded(ended: EndedWorkflow): Promise<unknown>;
};

/** How many disagreements there were, and how many are left for staff. */
export type Reconciliation = { found: number; mended: number };

/**
 * Finds in what the case file and Temporal disagree, mends what can be mended safely, and keeps the rest for staff to see.
 * `failed` hears of what could not be mended now; the next time tries it again.
 */
export async function reconcile(
  client: CooperationClient,
  post: Post,
  failed: (disagreement: Disagreement, error?: unknown) => void,
): Promise<Reconciliation> {
  const { caseFile, now } = client;
  const found = await agreement(client);
  const left: Disagreement[] = [];
  for (const one of found) {
    if (remedyOf(one) !== 'itself') left.push(one);
    else if (!(await isMended(client, post, one, failed))) left.push(one);
  }
  await keepDisagreements(caseFile, left, now());
  for (const one of left) {
    if (one.code !== 'workflow-ended' && one.code !== 'step-ended') continue;
    const { cooperation, run } = one;
    const data = { was: one.was, ...(one.code === 'step-ended' && { scope: one.scope }) };
    const key = `workflow-ended:${run || data.scope}`;
    await addToRecord(caseFile, { cooperation, key, at: now(), kind: 'workflow-ended', data });
    // Where the mail server is away, the mail is among those to be sent.
    await post.tellEnded(one).catch((error: unknown) => failed(one, error));
  }
  return { found: found.length, mended: found.length - left.length };
}

async function isMended(
  client: CooperationClient,
  post: Post,
  one: Disagreement,
  failed: (disagreement: Disagreement, error?: unknown) => void,
): Promise<boolean> {
  try {
    const mended = await mend(client, post, one);
    if (!mended) failed(one);
    return mended;
  } catch (error) {
    failed(one, error);
    return false;
  }
}

async function mend(client: CooperationClient, post: Post, one: Disagreement): Promise<boolean> {
  const { cooperation } = one;
  switch (one.code) {
    case 'workflow-missing':
      return (await rebuild(client, { cooperations: [cooperation] })).length > 0;
    case 'answer-unheard':
      return (await handIn(client, cooperation, one.request)) > 0;
    case 'change-unmade':
      return remake(client, cooperation, one.change);
    case 'correction-left':
      await client.workflows.cancelSheetCorrection(cooperation, one.scope);
      return true;
    case 'mails-unsent':
      return post.sendLeft(cooperation);
    default:
      return false;
  }
}

/** Sends a change again that nobody has made or refused. */
async function remake(client: CooperationClient, cooperation: string, change: number): Promise<boolean> {
  const { caseFile, workflows, now } = client;
  const asked = await changeOf(caseFile, cooperation, change);
  if (!asked || asked.effects) return true;
  const { what } = asked;
  const stands = await cooperationOf(client, cooperation);
  await sendChange(workflows, asked, stands).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.code === 'Unavailable') throw error;
  });
  // A workflow that is through cannot say no where the case file does; there it is refused on the record.
  const { closedAt } = stands;
  const request = 'request' in what ? await findRequest(caseFile, cooperation, what.request) : undefined;
  if (closedAt !== null || (request?.closedAt ?? null) !== null)
    await makeChange(caseFile, cooperation, change, now());
  return Boolean((await changeOf(caseFile, cooperation, change))?.effects);
}
