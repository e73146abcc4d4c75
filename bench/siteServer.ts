import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { api } from '../src/api/server.ts';
import { addStaff } from '../src/casefile/access/staff.ts';
import { migrate, openCaseFile } from '../src/casefile/database/database.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { diskStore } from '../src/documents/disk.ts';
import { throwawayPostgres } from '../src/postgres-server/throwaway.ts';
import type { SiteOutside } from '../src/site/outside.ts';
import { site } from '../src/site/site.ts';
import { fileMany, NOW } from './manyCooperations.ts';
import { cookieOf, quiet } from './siteSetting.ts';

/**
 * The cooperation site and the HTTP API by themselves, as a process: a case file with a thousand cooperations, or as many as are
 * said, and beside them a page that is always the same, and one that begins to write. Prints, as JSON, where it is, the cookie of
 * a delegate and of a member of staff, and the API's token.
 */

const [data = '', port = '0', cooperations = '1000'] = process.argv.slice(2);
const TOKEN = 'of-the-bench'.padEnd(43, '-');
const url = `http://127.0.0.1:${port}`;

const caseFile = openCaseFile((await throwawayPostgres()).url);
await migrate(caseFile);
await fileMany(caseFile, Number(cooperations));

const outside: SiteOutside = {
  caseFile,
  documents: diskStore(`${data}/documents`),
  // Pages that are read ask nothing of these two.
  cooperations: {} as SiteOutside['cooperations'],
  workflows: {} as SiteOutside['workflows'],
  now: () => NOW,
  url,
  ...quiet,
};
const app = new Hono();
// The list asks nothing of what it has none of here.
const health = { look: async () => [] };
app.route('/api', api({ ...outside, health, machineToken: async () => TOKEN }));

app.get('/constant', (c) => c.html('<!doctype html><title>constant</title><p>The same each time.</p>'));
/** From here on another cooperation's record grows all the time. */
app.get('/write', (c) => {
  let n = 0;
  setInterval(() => {
    const entry = { cooperation: 'bench-1', key: `written-${n++}`, at: NOW, kind: 'mail-sent' as const };
    void addToRecord(caseFile, { ...entry, data: { notice: 'request' } });
  }, 100);
  return c.text('writing');
});

app.route('/', site(outside));

const [delegate] = await caseFile
  .selectFrom('person')
  .select('email')
  .where('cooperation', '=', 'bench-0')
  .where('role', '=', 'delegate')
  .limit(1)
  .execute();
await addStaff(caseFile, { address: 'staff@oas.example', role: 'staff', by: null }, NOW);
const cookies = {
  delegate: await cookieOf(caseFile, delegate?.email ?? '', NOW),
  staff: await cookieOf(caseFile, 'staff@oas.example', NOW),
};
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => {
  process.stdout.write(`${JSON.stringify({ url, cookies, token: TOKEN })}\n`);
});
