import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeBackup } from '../../src/backup/backup.ts';
import { type Manifest, partsIn, readManifest } from '../../src/backup/manifest.ts';
import { restoreBackup } from '../../src/backup/restore.ts';
import { openCaseFile } from '../../src/casefile/database/database.ts';
import { addDocumentVersion, noteStarting } from '../../src/casefile/documents.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { addToRecord, readChain, readRecord, recordFaults } from '../../src/casefile/record.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { diskStore } from '../../src/documents/disk.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { throwawayPostgres } from '../../src/postgres-server/throwaway.ts';
import { emptyDatabase, type TestCaseFile, type TestDatabase, testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

const NOW = '2021-06-10T15:00:00.000Z';
/** All that COPY writes in another way than it is. */
const HOSTILE = 'tab\tline\nreturn\rbackslash\\ \\. \\N «¿Cómo?» 🇵🇪 {"a": null}';
const made = { version: '0.1.0', now: () => new Date(NOW) };

let work: string;
let source: TestCaseFile;
let target: TestDatabase;
const { id } = example();
const at = (...names: string[]) => path.join(work, ...names);
const stored = () => diskStore(at('data', 'documents'));
const backup = () => at('backup');

beforeEach(async () => {
  work = mkdtempSync(path.join(tmpdir(), 'rial backup '));
  source = await testCaseFile();
  target = await emptyDatabase();
  await fileCooperation(source.caseFile, example(), planOf(example()), NOW);
  const question = { fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps', session: null };
  await addQuestion(source.caseFile, { cooperation: id, ...question, text: HOSTILE }, NOW);
});
afterEach(async () => {
  rmSync(work, { recursive: true, force: true });
  await target.drop();
  await source.drop();
});

/** A document of the cooperation, with its bytes in the store. */
async function share(text: string): Promise<string> {
  const { sha256, size } = await stored().put(Readable.from([Buffer.from(text)]));
  const file = { sha256, size, mediaType: 'text/plain', fileName: `${text}.txt` };
  const of = { cooperation: id, title: text, kind: 'shared', party: 'per-mtpe', by: 'per-mtpe-1' } as const;
  await addDocumentVersion(source.caseFile, { ...of, ...file }, NOW);
  return sha256;
}

const take = (): Promise<Manifest> => {
  const keys = { 'staff-token': at('staff-token'), 'not-there': at('not-there') };
  return takeBackup({ database: source.url, documents: stored(), keys }, backup(), made);
};
const restore = async () =>
  restoreBackup(backup(), await readManifest(backup()), {
    database: target.url,
    documents: diskStore(at('restored')),
    keys: { 'staff-token': at('restored', 'staff-token') },
  });

describe('what was backed up', () => {
  it('is restored whole: every table, every document that is named, and the keys', async () => {
    const sha256 = await share('Ley laboral');
    await stored().put(Readable.from([Buffer.from('named by nobody')]));
    // What a draft began with is known by its hash alone.
    await noteStarting(source.caseFile, {
      ...{ cooperation: id, kind: 'sheet', hash: '0'.repeat(64), madeAt: NOW, template: null },
    });
    writeFileSync(at('staff-token'), 'secret of 43 characters\n');
    const manifest = await take();
    expect(manifest).toMatchObject({ takenAt: NOW, missing: [], keys: ['staff-token'] });
    expect(manifest.documents).toContain(sha256);
    expect(manifest.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cooperation', 'person', 'session', 'question', 'record', 'mail']),
    );
    await restore();
    const restored = openCaseFile(target.url);
    try {
      const view = await viewOf(restored, id, NOW);
      expect(view).toEqual(await viewOf(source.caseFile, id, NOW));
      expect(view?.questions[0]?.text).toBe(HOSTILE);
      // What is numbered goes on, and the record still only grows.
      const before = await readRecord(restored, id);
      await addToRecord(restored, {
        cooperation: id,
        key: 'more',
        at: NOW,
        kind: 'cooperation-paused',
        data: {},
      });
      expect(await readRecord(restored, id)).toHaveLength(before.length + 1);
      expect(await recordFaults(restored, id)).toEqual([]);
      // It goes on from the entries before, with their salts.
      const chain = await readChain(source.caseFile, id);
      expect((await readChain(restored, id)).slice(0, chain.length)).toEqual(chain);
      await expect(sql`delete from record`.execute(restored)).rejects.toThrow('append-only');
    } finally {
      await restored.destroy();
    }
    expect(await diskStore(at('restored')).size(sha256)).toBe('Ley laboral'.length);
    expect(readFileSync(at('restored', 'staff-token'), 'utf8')).toBe('secret of 43 characters\n');
  });

  // Where the tests use Debian's Postgres, of another major version: the way through an upgrade, and back.
  it('goes to another server and back, also of another major version', async () => {
    await share('Ley laboral');
    const other = await throwawayPostgres();
    const documents = diskStore(at('elsewhere'));
    const here = openCaseFile(target.url);
    const there = openCaseFile(other.url);
    try {
      await take();
      await restoreBackup(backup(), await readManifest(backup()), {
        ...{ database: other.url, documents, keys: {} },
      });
      const view = await viewOf(source.caseFile, id, NOW);
      expect(await viewOf(there, id, NOW)).toEqual(view);
      await takeBackup({ database: other.url, documents, keys: {} }, at('again'), made);
      await restoreBackup(at('again'), await readManifest(at('again')), {
        ...{ database: target.url, documents: diskStore(at('restored')), keys: {} },
      });
      expect(await viewOf(here, id, NOW)).toEqual(view);
      expect(view?.questions[0]?.text).toBe(HOSTILE);
    } finally {
      await Promise.all([here.destroy(), there.destroy()]);
      await other.stop();
    }
  });

  it('is of one instant, whatever is written meanwhile', async () => {
    let writing = true;
    let written = 0;
    // A question and its entry in the record are one transaction.
    const question = { fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps', session: null };
    const ask = () =>
      addQuestion(source.caseFile, { cooperation: id, ...question, text: `${++written}` }, NOW);
    const writers = Array.from({ length: 8 }, async () => {
      while (writing) await ask();
    });
    await expect.poll(() => written).toBeGreaterThan(50);
    const { tables } = await take();
    writing = false;
    await Promise.all(writers);
    await restore();
    const restored = openCaseFile(target.url);
    const entries = (await readRecord(restored, id)).filter(({ kind }) => kind === 'question-asked');
    await restored.destroy();
    expect(entries).toHaveLength(tables.find(({ name }) => name === 'question')?.rows ?? 0);
  });

  it('says which bytes the store no longer has, or has spoilt', async () => {
    const lost = await share('lost');
    const spoilt = await share('spoilt');
    rmSync(at('data', 'documents', lost.slice(0, 2), lost));
    appendFileSync(at('data', 'documents', spoilt.slice(0, 2), spoilt), '!');
    const { missing, documents } = await take();
    expect(missing).toEqual(expect.arrayContaining([lost, spoilt]));
    expect(documents).not.toContain(spoilt);
  });

  it('can be read by nobody else, and appears when it is whole', async () => {
    await take();
    expect(statSync(backup()).mode & 0o077).toBe(0);
    expect(readdirSync(work).filter((name) => name.startsWith('backup'))).toEqual(['backup']);
  });
});

describe('it is refused', () => {
  it('to write over something', async () => {
    await take();
    await expect(take()).rejects.toMatchObject({ fault: { code: 'PlaceTaken', place: backup() } });
  });
  it('to restore what was not finished', async () => {
    await take();
    rmSync(partsIn(backup()).manifest);
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'NoBackup', folder: backup() } });
  });
  it('to restore into a database that holds something', async () => {
    await take();
    await restore();
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'DatabaseTaken' } });
  });
  it('to restore what a later version has made', async () => {
    const manifest = { ...(await take()), migration: '9999-later', version: '9.0.0' };
    writeFileSync(partsIn(backup()).manifest, JSON.stringify(manifest));
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'BackupLater', version: '9.0.0' } });
  });
  it.each(['person', 'record'])('to restore a table that has changed: %s', async (table) => {
    await take();
    const file = partsIn(backup()).table(table);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/per-mtpe|2021-06/, 'x'));
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'TableDiffers' } });
    // Once it is mended nothing stands in the way.
    writeFileSync(file, text);
    await restore();
  });
  it('to restore a document that has changed', async () => {
    const sha256 = await share('Reglamento');
    await take();
    appendFileSync(path.join(partsIn(backup()).documents, sha256.slice(0, 2), sha256), '!');
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'BytesDiffer', sha256 } });
  });
  it('to restore what is not all there, or names what is elsewhere', async () => {
    const sha256 = await share('Reglamento');
    writeFileSync(at('staff-token'), 'secret of 43 characters\n');
    const taken = await take();
    const { table, documents, key, manifest } = partsIn(backup());
    for (const [file, fault] of [
      [path.join(documents, sha256.slice(0, 2), sha256), { code: 'BytesDiffer', sha256 }],
      [table('person'), { code: 'TableDiffers', table: 'person' }],
      [key('staff-token'), { code: 'KeyMissing', key: 'staff-token' }],
    ] as const) {
      renameSync(file, at('away'));
      await expect(restore()).rejects.toMatchObject({ fault });
      renameSync(at('away'), file);
    }
    const outside = { ...taken, documents: ['../../staff-token'] };
    writeFileSync(manifest, JSON.stringify(outside));
    await expect(restore()).rejects.toMatchObject({ fault: { code: 'BytesDiffer' } });
    // What is none of ours is left alone.
    writeFileSync(manifest, JSON.stringify({ ...taken, keys: ['../../x', '__proto__', 'staff-token'] }));
    await restore();
    expect(readdirSync(work).sort()).toEqual(['backup', 'data', 'restored', 'staff-token']);
  });
});
