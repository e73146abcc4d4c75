import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { poolUse } from '../../src/casefile/database/database.ts';
import { metricsApp } from '../../src/health/metrics.ts';
import { type TestCaseFile, testCaseFile } from '../support/database.ts';

const TOKEN = 'a-token-for-prometheus-that-is-long';
let file: TestCaseFile;
let app: ReturnType<typeof metricsApp>;
beforeAll(async () => {
  file = await testCaseFile();
  app = metricsApp({
    caseFile: file.caseFile,
    connections: () => poolUse(file.caseFile),
    health: { look: async () => [{ check: 'disk', ok: false, why: 'little-room' }], last: () => [] },
    token: TOKEN,
  });
});
afterAll(() => file.drop());

const ask = (from: string, headers: Record<string, string> = {}) =>
  app.request('/metrics', { headers }, { incoming: { socket: { remoteAddress: from } } });

it.each([
  ['this machine', 200, '127.0.0.1', {}],
  ['this machine by IPv6', 200, '::1', {}],
  ['another machine', 401, '192.0.2.7', {}],
  ['another machine through a proxy on this one', 401, '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }],
  ['the same, through one that names it otherwise', 401, '127.0.0.1', { 'x-real-ip': '192.0.2.7' }],
  ['the same, through one that names itself alone', 401, '127.0.0.1', { via: '1.1 proxy' }],
  ['another machine with the token', 200, '192.0.2.7', { authorization: `Bearer ${TOKEN}` }],
  ['another machine with another token', 401, '192.0.2.7', { authorization: 'Bearer wrong' }],
  ['another machine with an empty token', 401, '192.0.2.7', { authorization: 'Bearer ' }],
])('%s is answered %i', async (_, status, from, headers: Record<string, string>) => {
  expect((await ask(from, headers)).status).toBe(status);
});

it('tells what is open, overdue, waits and is refused, and names nobody', async () => {
  await file.caseFile.connection().execute(async (db) => {
    // The rows alone: what they refer to is of no matter here.
    await sql`set session_replication_role = replica`.execute(db);
    await sql`insert into request (cooperation, id, kind, round, parties, subject_ref, subject_hash, opened_at, due_at, reminders, waived)
      select '14-per-chl', 'r' || n, 'send-documents', 1, '[]', '', '', now() - n * interval '1 hour',
        now() + (n - 2) * interval '1 day' + interval '1 minute', '[]', '[]' from generate_series(1, 3) as n`.execute(
      db,
    );
    await sql`insert into mail (key, cooperation, notice, person, address, subject, message_id, sha256, state, attempts, prepared_at)
      select 'k' || n, '14-per-chl', 'request', 'chl-mtps-2', 'margarita@mtps.example', '', n::text, '',
        case when n = 1 then 'refused' else 'pending' end, 1, now() - interval '90 seconds' from generate_series(1, 3) as n`.execute(
      db,
    );
    await sql`reset session_replication_role`.execute(db);
    await sql`insert into mailbox_look (at, left_there, aside) values (now(), 1, 4)`.execute(db);
  });
  const text = await (await ask('127.0.0.1')).text();
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length + 1),
    );
  expect(value('rial_requests_open')).toBe(3);
  expect(value('rial_requests_overdue')).toBe(1);
  expect(Math.round(value('rial_request_oldest_seconds') / 3600)).toBe(3);
  expect(value('rial_mails{state="pending"}')).toBe(2);
  expect(value('rial_mails{state="refused"}')).toBe(1);
  expect(value('rial_mail_pending_oldest_seconds')).toBeGreaterThanOrEqual(90);
  expect(value('rial_cooperations_open')).toBe(0);
  expect(['unread', 'mailbox', 'aside'].map((place) => value(`rial_mails_in{place="${place}"}`))).toEqual([
    0, 1, 4,
  ]);
  expect(value('rial_health{check="disk"}')).toBe(0);
  expect(text).not.toMatch(/margarita|chl-mtps|14-per-chl|@/);
});

it('tells what the connections do, and how many calls wait for one', async () => {
  const value = async (name: string) =>
    Number(new RegExp(`^${name} (.*)$`, 'm').exec(await (await ask('127.0.0.1')).text())?.[1]);
  const most = await value('rial_database_connections_most');
  // All are taken; what is asked last waits.
  const held = Promise.withResolvers<void>();
  const taken = Array.from({ length: most }, () => {
    const there = Promise.withResolvers<void>();
    const done = file.caseFile.connection().execute(async () => {
      there.resolve();
      await held.promise;
    });
    return { there: there.promise, done };
  });
  await Promise.all(taken.map(({ there }) => there));
  const waits = sql`select 1`.execute(file.caseFile);
  await vi.waitFor(() => expect(poolUse(file.caseFile).waiting).toBe(1));
  const use = poolUse(file.caseFile);
  expect(use).toMatchObject({ most, open: most, idle: 0 });
  held.resolve();
  await Promise.all([waits, ...taken.map(({ done }) => done)]);
  expect(await value('rial_database_connections\\{state="idle"\\}')).toBeGreaterThan(0);
  expect(await value('rial_database_waiting')).toBe(0);
});

it('tells how often what came of a cooperation is asked, and was answered', async () => {
  await file.caseFile.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db);
    await sql`insert into request (cooperation, id, kind, round, parties, subject_ref, subject_hash, opened_at, due_at, closed_at, reminders, waived)
      select '14-per-chl', 'follow-up/tell-outcomes.' || n, 'tell-outcomes', n, '[]', '', '', now(), now() + interval '1 day',
        case when n < 3 then now() end, '[]', '[]' from generate_series(1, 4) as n`.execute(db);
    await sql`insert into answer (cooperation, request, party, by, decision, data, at)
      values ('14-per-chl', 'follow-up/tell-outcomes.1', 'per-mtpe', 'per-mtpe-1', 'done', '{}', now())`.execute(
      db,
    );
    await sql`reset session_replication_role`.execute(db);
  });
  const text = await (await ask('127.0.0.1')).text();
  expect(text).toContain('rial_follow_ups{state="open"} 2\n');
  // The second is over too, and nobody answered it.
  expect(text).toContain('rial_follow_ups{state="answered"} 1\n');
});
