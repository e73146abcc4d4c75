import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { lookIntoMailbox } from '../activities/collectingMails.ts';
import type { Outside } from '../activities/context.ts';
import type { CollectingMails } from '../activities/index.ts';
import { openMailbox } from '../src/mail/imap.ts';
import type { Config } from '../src/process/config.ts';
import { secretGivenIn } from '../src/process/secretFile.ts';
import { scheduled, unscheduled } from './schedule.ts';

/** Mails taken out of the mailbox that `--imap-host` names: when a worker starts, and every so many minutes. */

const SCHEDULE = 'rial-collect-mails';

export const keepCollecting = (client: Client, { imap }: Pick<Config, 'imap'>): Promise<void> =>
  imap
    ? scheduled(client, {
        ...{ scheduleId: SCHEDULE, workflow: 'collectMails' },
        every: `${imap.everyMinutes} minutes`,
      })
    : unscheduled(client, SCHEDULE);

/** The password is read anew each time, so that it can be changed while the worker runs. */
export const passwordOf = ({ passwordFile }: NonNullable<Config['imap']>): Promise<string> =>
  secretGivenIn(passwordFile, '--imap-password-file');

export const collectingActivities = (
  outside: Pick<Outside, 'caseFile' | 'documents' | 'sender' | 'now'>,
  { imap }: Pick<Config, 'imap'>,
  log: Pick<Logger, 'warn'>,
): CollectingMails => ({
  async collectMails() {
    if (!imap) return { taken: 0, aside: 0, later: 0, leftThere: 0 };
    return lookIntoMailbox({
      ...outside,
      open: async () => openMailbox({ ...imap, password: await passwordOf(imap) }),
      failed: (why) => log.warn({ why }, 'a mail stays in the mailbox of replies, and is tried again'),
    });
  },
});
