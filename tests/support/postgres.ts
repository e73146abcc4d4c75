import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { migrate, openCaseFile } from '../../src/casefile/database/database.ts';
import { throwawayPostgres } from '../../src/postgres-server/throwaway.ts';
import { databaseAt } from './database.ts';

/**
 * One Postgres for all tests of a run, with a template that has the tables: `RIAL_TEST_POSTGRES` is where it is. One
 * that is named there beforehand is used, such as a server of an older version.
 */
export default async function setup() {
  // Another project of the run was first.
  if (process.env.RIAL_TEST_TEMPLATE) return undefined;
  const template = `rial_test_${process.pid}`;
  process.env.RIAL_TEST_TEMPLATE = template;
  const given = process.env.RIAL_TEST_POSTGRES;
  const server = given ? { url: given, stop: async () => {} } : await throwawayPostgres(await inMemory());
  process.env.RIAL_TEST_POSTGRES = server.url;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${template}`);
  const caseFile = openCaseFile(databaseAt(template));
  await migrate(caseFile);
  await caseFile.destroy();
  return async () => {
    await admin.query(`drop database ${template}`);
    await admin.end();
    await server.stop();
  };
}

const MEMORY = '/dev/shm';
const ENOUGH = 2 * 1024 ** 3;

/**
 * Where files are kept in memory, if there is room. A run makes and drops hundreds of databases of some 550 files, and a file
 * system without a journal looks through all that were deleted in the last minutes for each file that is made: 430 ms a
 * database on ext4, 50 ms in memory, on one machine in one run.
 */
async function inMemory(): Promise<string> {
  const space = await statfs(MEMORY).catch(() => undefined);
  return space && space.bavail * space.bsize > ENOUGH ? MEMORY : tmpdir();
}
