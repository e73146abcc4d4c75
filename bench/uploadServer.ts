import { serve } from '@hono/node-server';
import { migrate, openCaseFile } from '../src/casefile/database/database.ts';
import { fileCooperation } from '../src/casefile/filing.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { cooperationsOver, type Workflows } from '../src/client/index.ts';
import { diskStore } from '../src/documents/disk.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import { throwawayPostgres } from '../src/postgres-server/throwaway.ts';
import { site } from '../src/site/site.ts';
import { cookieOf, exampleProgramme, quiet } from './siteSetting.ts';

/**
 * The cooperation site by itself, as a process: a case file, documents in a data folder, and a cooperation whose
 * ministries exchange documents. Prints, as JSON, where documents are sent and the cookie of a delegate.
 */

const [data = '', port] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;
const now = () => new Date().toISOString();

const caseFile = openCaseFile((await throwawayPostgres()).url);
await migrate(caseFile);
const programme = exampleProgramme();
await fileCooperation(caseFile, programme, planOf(programme), now());
const issued = {
  cooperation: programme.id,
  key: 'programme:1',
  at: now(),
  kind: 'programme-issued' as const,
};
await addToRecord(caseFile, { ...issued, data: { version: 1 } });

const documents = diskStore(`${data}/documents`);
// Without a Temporal server: what an upload asks of the workflows is whether documents are exchanged.
const workflows = {
  exchange: async () => 'open',
  shareDocument: async () => {},
} as unknown as Workflows;
const app = site({
  ...{ caseFile, documents, workflows, now, url },
  cooperations: cooperationsOver({ caseFile, documents, workflows, now }),
  ...quiet,
});

const address = programme.participants.find(({ institution }) => institution === 'per-mtpe')?.email ?? '';
const cookie = await cookieOf(caseFile, address, now());
// What starting has left behind would be room for what an upload takes.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.('collected');
});
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => {
  const form = `${url}/c/${programme.id}/documents`;
  process.stdout.write(`${JSON.stringify({ form, cookie })}\n`);
});
