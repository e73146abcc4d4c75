import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { lastMailboxLook, noteMailboxLook } from '../../src/casefile/mails/mailboxLook.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import { diskStore } from '../../src/documents/disk.ts';
import { type HealthCheck, reportOf } from '../../src/domain/health.ts';
import { checksOf, HEALTH_POOL } from '../../src/health/checks.ts';
import { healthOf } from '../../src/health/health.ts';
import { greet } from '../../src/mail/transport.ts';
import { testCaseFile } from '../support/database.ts';

/** Each dependency as it is when it is ill; what all look like when they are well is in tests/system/health.test.ts. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The checks of these names, over what is given; the rest is not looked at. */
async function look(
  names: HealthCheck[],
  given: {
    caseFile?: CaseFile;
    documents?: string;
    smtp?: number;
    everyMs?: number;
    asksForStamp?: () => Promise<boolean>;
  },
) {
  const { caseFile, documents, smtp = 1, everyMs, asksForStamp } = given;
  const checks = checksOf({
    caseFile: caseFile as CaseFile,
    temporal: { connection: {} as Connection, namespace: 'default', taskQueue: 'rial' },
    documents: diskStore(documents ?? '/nonexistent'),
    greetMailServer: () => greet({ host: '127.0.0.1', port: smtp }),
    looksEveryMs: everyMs,
    asksForStamp,
    folder: tmpdir(),
  });
  const found = await healthOf(checks.filter(({ name }) => names.includes(name))).look();
  return Object.fromEntries(found.map(({ check, ok, why }) => [check, ok || why]));
}

/** Something that takes connections and says nothing. */
async function silence(): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as net.AddressInfo).port;
}

async function database(): Promise<CaseFile> {
  const { caseFile, drop } = await testCaseFile();
  closing.push(drop);
  return caseFile;
}

it('a database that takes no writes is read, and said to be read-only', async () => {
  const caseFile = await database();
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(caseFile);
  expect(await look(['database-read', 'database-write', 'clocks'], { caseFile })).toEqual({
    ...{ 'database-read': true, 'database-write': true, clocks: true },
  });
  await sql`alter database ${sql.id(rows[0]?.name ?? '')} set default_transaction_read_only = on`.execute(
    caseFile,
  );
  // For connections that are made from now on.
  await sql`set default_transaction_read_only = on`.execute(caseFile);
  const one = await caseFile.connection().execute(async (same) => {
    await sql`set default_transaction_read_only = on`.execute(same);
    return look(['database-read', 'database-write'], { caseFile: same });
  });
  expect(one).toEqual({ 'database-read': true, 'database-write': 'read-only' });
});

it('a database that hangs is told, and not waited for', async () => {
  const caseFile = openCaseFile(`postgres://rial@127.0.0.1:${await silence()}/rial`, HEALTH_POOL);
  closing.push(() => caseFile.destroy());
  const began = performance.now();
  const found = await look(['database-read', 'database-write', 'mail-taken', 'clocks'], { caseFile });
  for (const how of Object.values(found)) expect(how).not.toBe(true);
  // Beside the limit of a second there is what else the machine does; without it this takes five.
  expect(performance.now() - began).toBeLessThan(3_000);
});

it('documents whose folder is a file can be neither read nor written', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-documents-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  expect(await look(['documents-read', 'documents-write'], { documents: path.join(folder, 'new') })).toEqual({
    ...{ 'documents-read': true, 'documents-write': true },
  });
  await writeFile(path.join(folder, 'taken'), '');
  const found = await look(['documents-read', 'documents-write'], { documents: path.join(folder, 'taken') });
  expect(found).toEqual({
    'documents-read': 'ENOTDIR',
    'documents-write': expect.stringMatching(/^E(EXIST|NOTDIR)$/),
  });
});

it('a mail server that is not there is told by its code', async () => {
  expect(await look(['mail-server'], { smtp: 1 })).toEqual({ 'mail-server': 'ESOCKET' });
});

it('a mail server that refuses several people, and takes no mail after that, is itself at fault', async () => {
  const caseFile = await database();
  const note = (kind: 'mail-sent' | 'mail-refused', person: string) =>
    addToRecord(caseFile, {
      ...{
        cooperation: '14-per-chl',
        key: `mail:${kind}-${person}`,
        at: '2021-01-01T00:00:00.000Z',
        kind,
        person,
      },
      data: {},
    });
  await sql`set session_replication_role = replica`.execute(caseFile);
  await note('mail-sent', 'oas-1');
  for (const person of ['per-mtpe-1', 'per-mtpe-2']) await note('mail-refused', person);
  expect(await look(['mail-taken'], { caseFile })).toEqual({ 'mail-taken': true });
  await note('mail-refused', 'chl-mtps-1');
  expect(await look(['mail-taken'], { caseFile })).toEqual({ 'mail-taken': 'refuses-everybody' });
  await note('mail-sent', 'chl-mtps-2');
  expect(await look(['mail-taken'], { caseFile })).toEqual({ 'mail-taken': true });
});

it('an authority of time stamps that gives none: all goes on, and something lacks', async () => {
  const found = (given: boolean) => look(['timestamps'], { asksForStamp: async () => given });
  expect(await look(['timestamps'], {})).toEqual({});
  expect(await found(true)).toEqual({ timestamps: true });
  expect(await found(false)).toEqual({ timestamps: 'no-stamp' });
  const at = '2031-01-01T00:00:00.000Z';
  const report = reportOf([{ check: 'timestamps', ok: false, why: 'no-stamp' }], at);
  expect(report).toMatchObject({ ok: true, degraded: true });
  expect(reportOf([{ check: 'disk', ok: false }], at)).toMatchObject({ ok: false, degraded: false });
  expect(reportOf([{ check: 'timestamps', ok: true }], at)).toMatchObject({ ok: true, degraded: false });
});

it('a mailbox of replies that is not looked into, lets nobody in or has mails left', async () => {
  const caseFile = await database();
  const found = async (everyMs?: number) =>
    (await look(['reply-mailbox'], { caseFile, ...(everyMs !== undefined && { everyMs }) }))['reply-mailbox'];
  const minute = 60_000;
  const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString();
  expect(await found()).toBeUndefined();
  // Before the first look, and where that is long ago, the time of this process counts.
  expect(await found(minute)).toBe(true);
  await noteMailboxLook(caseFile, { at: ago(60), why: null, leftThere: 0, aside: 3 });
  expect(await found(minute)).toBe(true);
  expect(await found(-10 * minute)).toBe('nobody-looks');
  await noteMailboxLook(caseFile, { at: ago(1), why: 'EAUTH' });
  expect(await found(minute)).toBe('EAUTH');
  expect(await lastMailboxLook(caseFile)).toMatchObject({ aside: 3 });
  await noteMailboxLook(caseFile, { at: ago(0), why: null, leftThere: 1, aside: 0 });
  expect(await found(minute)).toBe('mails-left');
});
