import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { requestActivities } from '../../activities/requests.ts';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { answers, asked, setting, the } from '../casefile/changes/setting.ts';
import { databaseAt } from '../support/database.ts';
import { outsideWith } from './outside.ts';

setting();

const REQUEST = 'coordination/approve-programme.1';

let readOnly: CaseFile | undefined;
afterEach(() => readOnly?.destroy());

it('what cannot be noted as sent is not sent', async () => {
  const sent: string[] = [];
  let away = true;
  const outside = outsideWith(({ to }) => {
    if (away) throw new MailUnavailable('451', 'later');
    sent.push(to);
  });
  await asked(REQUEST, ['per-mtpe']);
  const request = { cooperation: the().id, request: REQUEST };
  await expect(requestActivities(outside).tellRequest(request)).rejects.toThrow('could not be sent yet');
  const { length } = await mailsOf(the().db, the().id);
  expect(length).toBeGreaterThan(0);
  away = false;

  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(the().db);
  const url = new URL(databaseAt(rows[0]?.name ?? ''));
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  readOnly = openCaseFile(url.href);
  const telling = requestActivities({ ...outside, caseFile: readOnly }).tellRequest(request);
  await expect(telling).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  expect(sent).toEqual([]);
  await requestActivities(outside).tellRequest(request);
  expect(sent).toHaveLength(length);
});

it('what a server took while that could not be noted is noted later, neither sent again nor withdrawn', async () => {
  const { db, id: cooperation } = the();
  const sent: string[] = [];
  const outside = outsideWith(({ to }) => {
    sent.push(to);
  });
  await asked(REQUEST, ['per-mtpe']);
  const { tellRequest } = requestActivities(outside);
  await sql`create function full_disk() returns trigger language plpgsql as
    'begin raise exception ''could not extend file'' using errcode = ''53100''; end'`.execute(db);
  await sql`create trigger full_disk before update of attempts on mail for each row execute function full_disk()`.execute(
    db,
  );
  try {
    await expect(tellRequest({ cooperation, request: REQUEST })).rejects.toThrow();
  } finally {
    await sql`drop trigger full_disk on mail`.execute(db);
  }
  expect(sent).toHaveLength(1);
  // Meanwhile everybody has answered.
  await answers(REQUEST, 'per-mtpe-2', { decision: 'approve' });
  await asked('coordination/approve-programme.2', ['chl-mtps']);
  await tellRequest({ cooperation, request: 'coordination/approve-programme.2' });
  expect(sent.filter((to) => to === sent[0])).toHaveLength(1);
  const [first] = await mailsOf(db, cooperation);
  expect(first).toMatchObject({ state: 'sent', address: sent[0] });
});

it('what was cut off while it was handed over, and is not needed any more, may have arrived: neither sent nor withdrawn', async () => {
  const { db, id: cooperation } = the();
  const request = 'coordination/approve-programme.3';
  let handing: 'cut off' | 'refused' | 'taken' = 'cut off';
  const outside = outsideWith(() => {
    if (handing === 'cut off') throw new MailUnavailable('ECONNRESET', 'cut', true);
    if (handing === 'refused') throw new MailUnavailable('ECONNREFUSED', 'away');
  });
  const mail = async () => (await mailsOf(db, cooperation)).filter((one) => one.request === request);
  await asked(request, ['per-mtpe']);
  const { tellRequest } = requestActivities(outside);
  await expect(tellRequest({ cooperation, request })).rejects.toThrow('could not be sent yet');
  expect((await mail()).map(({ handedOver }) => handedOver)).toEqual((await mail()).map(() => true));
  // One of them is tried again, and there is no server.
  handing = 'refused';
  const [again, ...rest] = await mail();
  await sql`update mail set state = 'sent' where request = ${request} and key <> ${again?.key}`.execute(db);
  await expect(tellRequest({ cooperation, request })).rejects.toThrow('could not be sent yet');
  await sql`update mail set state = 'pending' where request = ${request}`.execute(db);
  expect(await mail()).toMatchObject([{ handedOver: false }, ...rest.map(() => ({ handedOver: true }))]);
  await answers(request, 'per-mtpe-2', { decision: 'approve' });
  expect(await mail()).toMatchObject([{ state: 'withdrawn' }, ...rest.map(() => ({ state: 'unconfirmed' }))]);
});
