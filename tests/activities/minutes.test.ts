import { expect, it } from 'vitest';
import { calendarActivities } from '../../activities/calendar.ts';
import type { Outside } from '../../activities/context.ts';
import { requestActivities } from '../../activities/requests.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { takeMinutes } from '../../src/casefile/sessions.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import {
  asked,
  CHILE,
  DELEGATIONS,
  issued,
  LATER,
  NOW,
  PERU,
  setting,
  the,
} from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** The minutes of a session go one way, whatever comes between. */

setting();

const outside = (isAway = () => false): Outside =>
  outsideWith(() => {
    if (isAway()) throw new MailUnavailable('451', 'later');
  });

it('minutes that are being sent by themselves go to everybody, and not with the invitation that comes between', async () => {
  const { db, id: cooperation } = the();
  let away = true;
  const { announceSession, invite } = calendarActivities(outside(() => away));
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

it('of two polls that go out at once, one brings the minutes, whoever of them is tried again', async () => {
  const { db, id: cooperation } = the();
  await issued();
  await db
    .updateTable('session')
    .set({ recordedAt: '2021-06-28T12:00:00.000Z', doneAt: NOW, minutes: 'Se acordó.' })
    .where('cooperation', '=', cooperation)
    .where('number', '=', 1)
    .execute();
  const polls = ['session-2/choose-date.1', 'session-3/choose-date.1'];
  for (const poll of polls) await asked(poll, ['per-mtpe', 'chl-mtps']);
  const { tellRequest } = requestActivities(outside());

  await Promise.all(polls.map((request) => tellRequest({ cooperation, request })));
  await Promise.all(polls.map((request) => tellRequest({ cooperation, request })));
  const mails = await mailsOf(db, cooperation);
  const delegates = [...CHILE, ...PERU].sort();
  expect(mails.filter(({ notice }) => notice === 'request')).toHaveLength(2 * delegates.length);
  const brought = mails.filter(({ subject }) => subject.includes('Acta de la 1.ª sesión'));
  expect(brought.map(({ person }) => person).sort()).toEqual(delegates);
  expect(new Set(brought.map(({ request }) => request)).size).toBe(1);
  expect(mails.filter(({ notice }) => notice === 'session-recorded')).toEqual([]);
});

it('minutes that a poll was to bring which was closed long since go with the next', async () => {
  const { db, id: cooperation } = the();
  await asked('session-2/choose-date.1', ['per-mtpe']);
  const take = (way: string, at: string) => takeMinutes(db, cooperation, [1], way, at);
  expect(await take('session-2/choose-date.1', NOW)).toEqual([1]);
  expect(await take('session-2/choose-date.1', LATER)).toEqual([1]);
  const muchLater = '2021-07-05T17:00:00.000Z';
  expect(await take('session-3/choose-date.1', muchLater)).toEqual([]);
  await db
    .updateTable('request')
    .set({ closedAt: LATER, outcome: 'lapsed' })
    .where('cooperation', '=', cooperation)
    .execute();
  expect(await take('session-3/choose-date.1', LATER)).toEqual([]);
  expect(await take('invitation-sent:3:0', muchLater)).toEqual([1]);
  expect(await take('invitation-sent:3:1', muchLater)).toEqual([]);
  expect(await take('invitation-sent:3:1', '2021-07-05T18:30:00.000Z')).toEqual([1]);
});
