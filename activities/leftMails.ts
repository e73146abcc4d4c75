import { mailsOf } from '../src/casefile/mails.ts';
import type { Outside } from './context.ts';
import { deliverTo, isFarewell } from './email.ts';

/**
 * Sends the mails of a cooperation that are still to be sent and that no workflow sends, through the ledger: those to whom
 * they are no longer of use are withdrawn. Whether all of them have been dealt with.
 */
export async function sendLeftMails(outside: Outside, cooperation: string): Promise<boolean> {
  const left = (await mailsOf(outside.caseFile, cooperation)).filter(({ state }) => state === 'pending');
  const states = [];
  for (const mail of left)
    states.push(
      await deliverTo(outside, {
        ...{ cooperation, person: mail.person, key: mail.key, session: mail.session ?? undefined },
        concerned: async ({ active }) => active || isFarewell(mail),
        prepare: () => Promise.reject(new Error(`${mail.key} is not in the ledger any more`)),
      }),
    );
  return states.every((state) => state !== 'pending');
}
