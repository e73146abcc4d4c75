import { mailsOf } from '../src/casefile/mails/mails.ts';
import { staffOf } from '../src/casefile/people.ts';
import type { EndedWorkflow } from '../src/domain/disagreement.ts';
import { isFarewell } from '../src/domain/mails/notice.ts';
import type { Outside } from './context.ts';
import { deliver, deliverTo, isUnsent, type MailState } from './email.ts';
import { cooperationOf } from './headings.ts';
import type { NotifyResult } from './index.ts';

/**
 * Sends the mails of a cooperation that are still to be sent and that no workflow sends, through the ledger: those to whom
 * they are no longer of use are withdrawn. Whether all of them have been dealt with.
 */
export async function sendLeftMails(outside: Outside, cooperation: string): Promise<boolean> {
  const left = (await mailsOf(outside.caseFile, cooperation)).filter(({ state }) => state === 'pending');
  const states: MailState[] = [];
  for (const mail of left)
    states.push(
      await deliverTo(outside, {
        ...{ cooperation, person: mail.person, key: mail.key, session: mail.session ?? undefined },
        concerned: async ({ active }) => active || isFarewell(mail),
        prepare: () => Promise.reject(new Error(`${mail.key} is not in the ledger any more`)),
      }),
    );
  return !states.some(isUnsent);
}

/** Tells the staff of a cooperation, once, that a run of its workflow, or of a step’s, was ended in Temporal. */
export async function tellEnded(
  outside: Outside,
  { cooperation: id, scope, was, run }: EndedWorkflow,
): Promise<NotifyResult> {
  const { caseFile } = outside;
  return deliver(outside, {
    cooperation: await cooperationOf(caseFile, id),
    key: `workflow-ended-${run || scope}`,
    to: await staffOf(caseFile, id),
    notice: () => ({ notice: 'workflow-ended', was, ...(scope && { scope }) }),
  });
}
