import pg from 'pg';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';

/** Databases on the server that `postgres.ts` started for the run. */

const setting = (name: 'RIAL_TEST_POSTGRES' | 'RIAL_TEST_TEMPLATE'): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: tests/support/postgres.ts is to be a globalSetup`);
  return value;
};

/** `postgres://…` of a database of the server. */
export function databaseAt(name: string): string {
  const url = new URL(setting('RIAL_TEST_POSTGRES'));
  url.pathname = `/${name}`;
  return url.href;
}

export type TestDatabase = { url: string; drop(): Promise<void> };
export type TestCaseFile = TestDatabase & { caseFile: CaseFile };

let made = 0;

async function onServer(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: setting('RIAL_TEST_POSTGRES') });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

/** By copying files: by way of the log, as it is otherwise, takes four times as long. */
async function database(template?: string): Promise<TestDatabase> {
  const name = `${setting('RIAL_TEST_TEMPLATE')}_${process.pid}_${++made}`;
  await onServer(`create database ${name}${template ? ` template ${template} strategy file_copy` : ''}`);
  return { url: databaseAt(name), drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** A database with nothing in it. */
export const emptyDatabase = (): Promise<TestDatabase> => database();

/** A case file of its own, with its tables. `drop()` closes it and removes it. */
export async function testCaseFile(): Promise<TestCaseFile> {
  const { url, drop } = await database(setting('RIAL_TEST_TEMPLATE'));
  const caseFile = openCaseFile(url);
  return {
    url,
    caseFile,
    async drop() {
      await caseFile.destroy();
      await drop();
    },
  };
}
