import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type CaseFile, lockCooperation } from '../../src/casefile/database/database.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { findMail, noteAttempt, prepareMail, withdrawMails } from '../../src/casefile/mails/mails.ts';
import { addToRecord, readRecord } from '../../src/casefile/record.ts';
import { enterRequest, lapseRequests, recordAnswer } from '../../src/casefile/requests.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

/** What several do at once in one cooperation, each on a connection of its own. */

const NOW = '2021-07-01T17:00:00.000Z';
const HASH = 'a'.repeat(64);
const REQUEST = 'documents/send-documents.1';

let db: CaseFile;
let drop: () => Promise<void>;
let id: string;
let filed = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());
beforeEach(async () => {
  id = `test-${++filed}`;
  const programme = { ...example(), id };
  await fileCooperation(db, programme, planOf(programme), NOW);
});

const mail = (n = 1) =>
  prepareMail(db, {
    key: `${id}|request|${n}`,
    cooperation: id,
    notice: 'request',
    request: REQUEST,
    person: 'chl-mtps-1',
    address: 'a@mtps.example',
    subject: 'Enviar los documentos',
    messageId: `<${id}-${n}@rial.example>`,
    sha256: HASH,
    preparedAt: NOW,
  });

const request = () =>
  enterRequest(db, {
    cooperation: id,
    id: REQUEST,
    kind: 'send-documents',
    round: 1,
    item: null,
    parties: ['per-mtpe', 'chl-mtps'],
    subject: { ref: 'documents', hash: HASH },
    trouble: null,
    openedAt: NOW,
    dueAt: NOW,
    reminders: [],
  });

/** Until as many of this database's connections wait for a lock. */
const waiting = (count: number) =>
  expect
    .poll(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows.length;
    })
    .toBe(count);

it('a mail that arrives while its request is closed is noted as sent', async () => {
  await request();
  const sent = await mail();
  let noting: Promise<void> | undefined;
  await db.transaction().execute(async (tx) => {
    await lockCooperation(tx, id);
    noting = noteAttempt(db, sent, 'sent', '250 taken', NOW);
    await waiting(1);
    await withdrawMails(tx, id, REQUEST);
  });
  await noting;
  expect(await findMail(db, sent.key)).toMatchObject({ state: 'sent', attempts: 1 });
  expect((await readRecord(db, id)).filter(({ kind }) => kind === 'mail-sent')).toHaveLength(1);
});

it('requests that lapse and a mail of theirs that is noted do not wait for each other', async () => {
  await request();
  const sent = await mail();
  let lapsing: Promise<void> | undefined;
  await db.transaction().execute(async (tx) => {
    await lockCooperation(tx, id);
    lapsing = lapseRequests(db, id, [REQUEST], 'session-cancelled', NOW);
    await waiting(1);
    await sql`update mail set response = 'noted' where key = ${sent.key}`.execute(tx);
    await sql`update request set outcome = null where cooperation = ${id}`.execute(tx);
  });
  await lapsing;
  expect(await findMail(db, sent.key)).toMatchObject({ state: 'withdrawn' });
});

it('answers, mails and entries of the record come through all together', async () => {
  await request();
  const mails = await Promise.all(Array.from({ length: 30 }, (_, n) => mail(n)));
  const answer = (party: string) =>
    recordAnswer(
      db,
      id,
      { request: REQUEST, subject: HASH, party, by: `${party}-1`, decision: 'done' } as Parameters<
        typeof recordAnswer
      >[2],
      NOW,
    );
  const noted = mails.map((one) => noteAttempt(db, one, 'sent', '250 taken', NOW));
  expect(await Promise.all([answer('per-mtpe'), answer('chl-mtps')])).toEqual([null, null]);
  await Promise.all(noted);
  for (const { key } of mails) expect((await findMail(db, key))?.state).toBe('sent');
});

it('whoever reads the record on from an entry misses none before it', async () => {
  const entry = (key: string) => ({ cooperation: id, key, at: NOW, kind: 'mail-sent' as const });
  const begun = (await readRecord(db, id)).at(-1)?.seq;
  let second: Promise<void> | undefined;
  await db.transaction().execute(async (tx) => {
    await lockCooperation(tx, id);
    await addToRecord(tx, entry('first'));
    second = addToRecord(db, entry('second'));
    await Promise.race([second, waiting(1)]);
    expect(await readRecord(db, id, begun)).toEqual([]);
  });
  await second;
  expect((await readRecord(db, id, begun)).map(({ key }) => key)).toEqual(['first', 'second']);
});

it('a row of a cooperation can be added while somebody else changes it', async () => {
  await db.transaction().execute(async (tx) => {
    await lockCooperation(tx, id);
    expect((await mail()).state).toBe('pending');
  });
});
