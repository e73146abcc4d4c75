import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupOf, restoreInto, verifyBackup } from '../../src/backup/system.ts';
import { migrate, openCaseFile } from '../../src/casefile/database/database.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { startPostgres } from '../../src/postgres-server/server.ts';
import { LOCK, openDataFolder } from '../../src/process/dataFolder.ts';
import { secretIn } from '../../src/process/secretFile.ts';
import { example } from '../support/programme.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const made = { version: '0.1.0', now: () => new Date(NOW) };

let work: string;
const at = (name: string) => path.join(work, name);
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), 'rial system '));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

/** The embedded system's folder and database, as long as `during` takes. */
async function running<T>(data: string, during: (url: string) => Promise<T>): Promise<T> {
  const folder = await openDataFolder(data);
  await secretIn(folder.staffToken, '--data');
  const server = await startPostgres({
    folder: folder.postgres,
    log: path.join(folder.logs, 'postgres.log'),
    pidFile: folder.postgresPid,
  });
  try {
    return await during(server.url);
  } finally {
    await server.stop();
    folder.release();
  }
}

const caseOf = async (url: string) => {
  const caseFile = openCaseFile(url);
  return viewOf(caseFile, example().id, NOW).finally(() => caseFile.destroy());
};

it('an embedded system is backed up while it runs and while it does not, and comes back elsewhere', async () => {
  const before = await running(at('data'), async (url) => {
    const caseFile = openCaseFile(url);
    await migrate(caseFile);
    await fileCooperation(caseFile, example(), planOf(example()), NOW);
    await caseFile.destroy();
    const interrupted = { ...made, stopping: AbortSignal.abort() };
    await expect(backupOf({ data: at('data') }, at('running'), interrupted)).rejects.toThrow('aborted');
    expect(readdirSync(work)).toEqual(['data']);
    await backupOf({ data: at('data') }, at('running'), made);
    return caseOf(url);
  });
  const stopped = await backupOf({ data: at('data') }, at('stopped'), made);
  expect(await verifyBackup(at('running'))).toEqual(stopped);
  rmSync(at('data'), { recursive: true });

  // Of two at once one is made, and stays.
  const both = await Promise.allSettled(
    [1, 2].map(() => restoreInto({ data: at('elsewhere') }, at('running'))),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both).toContainEqual({ status: 'fulfilled', value: stopped });
  expect(await running(at('elsewhere'), caseOf)).toEqual(before);
  expect(before?.id).toBe(example().id);
  // One that is interrupted leaves nothing.
  const again = restoreInto({ data: at('again') }, at('running'), AbortSignal.abort());
  await expect(again).rejects.toThrow('aborted');
  // But the file by which a folder is held while it is in use.
  expect(readdirSync(at('again'))).toEqual([LOCK]);
  // What is there is not written over.
  await expect(restoreInto({ data: at('elsewhere') }, at('running'))).rejects.toMatchObject({
    fault: { code: 'PlaceTaken' },
  });
});

it('where there is nothing nothing is backed up, and what cannot be restored leaves nothing', async () => {
  const fault = { code: 'NoData', folder: at('data') };
  await expect(backupOf({ data: at('data') }, at('backup'), made)).rejects.toMatchObject({ fault });
  await expect(restoreInto({ data: at('data') }, at('backup'))).rejects.toMatchObject({
    fault: { code: 'NoBackup' },
  });
  expect(readdirSync(work)).toEqual([]);
});
