import { proxyActivities } from '@temporalio/workflow';
import type { CollectingMails, MailCollection } from '../activities/index.ts';
import { temporalText } from './wording.ts';

/** Takes what lies in the mailbox of replies into the case file: started by a schedule. Here are numbers alone. */
export async function collectMails(): Promise<MailCollection> {
  const { collectMails } = proxyActivities<CollectingMails>({
    summary: temporalText('es', 'collectsMails'),
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: '20 seconds',
    // The next look tries again.
    retry: { initialInterval: '20 seconds', maximumAttempts: 2 },
  });
  return collectMails();
}
