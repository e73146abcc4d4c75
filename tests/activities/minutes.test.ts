import { expect, it } from 'vitest';
import { calendarActivities } from '../../activities/calendar.ts';
import type { Outside } from '../../activities/context.ts';
import { mailsOf } from '../../src/casefile/mails.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { DELEGATIONS, issued, NOW, setting, the } from '../casefile/changes/setting.ts';

/** The minutes of a session go one way, whatever comes between. */

setting();

it('minutes that are being sent by themselves go to everybody, and not with the invitation that comes between', async () => {
  const { db, id: cooperation } = the();
  let away = true;
  const { announceSession, invite } = calendarActivities({
    caseFile: db,
    documents: memoryStore(),
    sender: { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' },
    now: () => NOW,
    mail: {
      async send() {
        if (away) throw new MailUnavailable('451', 'later');
        return { response: '250 ok' };
      },
      close() {},
    },
  } satisfies Outside);
  await issued();
  const dated = (number: number, startsAt: string, endsAt: string, recordedAt: string | null) =>
    db
      .updateTable('session')
      .set({ startsAt, endsAt, recordedAt, minutes: recordedAt && 'Se acordó.' })
      .where('cooperation', '=', cooperation)
      .where('number', '=', number)
      .execute();
  await dated(1, '2021-06-28T15:00:00.000Z', '2021-06-28T17:00:00.000Z', '2021-06-29T15:00:00.000Z');
  for (const number of [2, 3])
    await dated(number, `2021-08-1${number}T15:00:00.000Z`, `2021-08-1${number}T17:00:00.000Z`, null);
  const states = async (notice: string) =>
    (await mailsOf(db, cooperation))
      .filter((one) => one.notice === notice)
      .map(({ person, state }) => `${person} ${state}`)
      .sort();

  await expect(announceSession({ cooperation, session: 1 })).rejects.toThrow('could not be sent yet');
  away = false;
  await invite({ cooperation, session: 2, round: 1 });
  const invitations = (await mailsOf(db, cooperation)).filter(({ notice }) => notice === 'invitation');
  expect(invitations).not.toEqual([]);
  expect(invitations.filter(({ subject }) => subject.includes('Acta'))).toEqual([]);
  await announceSession({ cooperation, session: 1 });
  expect(await states('session-recorded')).toEqual(DELEGATIONS.map((person) => `${person} sent`).sort());
});
