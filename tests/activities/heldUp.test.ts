import { beforeEach, expect, it } from 'vitest';
import { documentActivities } from '../../activities/documents.ts';
import { plannedReminders } from '../../activities/requestNotices.ts';
import { requestActivities } from '../../activities/requests.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import type { CooperationRow, RequestRow } from '../../src/casefile/database/schema.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { findRequest } from '../../src/casefile/requests.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { asked, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** What was held up by the mail server, or because nothing ran, goes out in the morning, unless it cannot wait. */

setting();

const REQUEST = 'coordination/approve-programme.1';
const documents = memoryStore();
let now = '';
let away = false;
let sent: string[] = [];
beforeEach(() => {
  [away, sent] = [false, []];
});
const outside = () =>
  outsideWith(
    ({ to }) => {
      if (away) throw new MailUnavailable('ECONNREFUSED', 'connect ECONNREFUSED');
      sent.push(to);
    },
    { now: () => now, documents },
  );

/** A request that is open, and the first reminder of Lima that is planned at nine in the morning there. */
async function reminder() {
  await asked(REQUEST, ['per-mtpe']);
  const row = (await findRequest(the().db, the().id, REQUEST)) as RequestRow;
  const { plan } = (await findCooperation(the().db, the().id)) as CooperationRow;
  const [first] = plannedReminders(plan, row);
  if (!first) throw new Error('no reminder is planned');
  const remind = () =>
    requestActivities(outside()).remind({
      ...{ cooperation: the().id, request: REQUEST, number: 1, owing: ['per-mtpe'] },
      ...{ since: first.at, at: first.at },
    });
  return { at: first.at, dueAt: row.dueAt, remind };
}
const hours = (at: string, n: number) => new Date(Date.parse(at) + n * 3_600_000).toISOString();

it('a reminder that waited for the server goes out on the next working morning of its reader', async () => {
  const { at, remind } = await reminder();
  [now, away] = [at, true];
  await expect(remind()).rejects.toMatchObject({ type: 'MailUnavailable', nextRetryDelay: undefined });
  // The server is there again at eight in the evening.
  [now, away] = [hours(at, 11), false];
  expect(await remind()).toEqual({ notified: 0, refused: 0, later: hours(at, 24) });
  expect(sent).toEqual([]);
  now = hours(at, 24);
  await remind();
  expect(sent.length).toBeGreaterThan(0);
});

it('one in its time goes out at once, and so does what asks for an answer, whenever it is', async () => {
  const { at, remind } = await reminder();
  now = hours(at, -13);
  await requestActivities(outside()).tellRequest({ cooperation: the().id, request: REQUEST });
  expect(sent.length).toBeGreaterThan(0);
  [now, sent] = [hours(at, 0.1), []];
  await remind();
  expect(sent.length).toBeGreaterThan(0);
});

it('news go to each by day, on a working day', async () => {
  const news = { cooperation: the().id, number: 1, documents: [], questions: [1] };
  const question = { cooperation: the().id, fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps' };
  const tell = () => documentActivities(outside()).announceNews({ ...news, at: now });
  // Half past five in Lima, half past six in Santiago and Washington.
  now = '2021-07-13T22:30:00.000Z';
  await addQuestion(the().db, { ...question, session: null, text: '¿Cuántas?' }, now);
  expect(await tell()).toMatchObject({ later: '2021-07-14T13:00:00.000Z' });
  expect(sent.every((to) => to.includes('peru'))).toBe(true);
  expect(sent.length).toBeGreaterThan(0);
  now = '2021-07-14T13:00:00.000Z';
  expect(await tell()).not.toHaveProperty('later');
  expect(sent.some((to) => to.includes('chile'))).toBe(true);
  expect(new Set(sent).size).toBe(sent.length);
});
