import { randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { addStaff } from '../src/casefile/access/staff.ts';
import { migrate, openCaseFile } from '../src/casefile/database/database.ts';
import { addDocumentVersion } from '../src/casefile/documents.ts';
import { fileCooperation } from '../src/casefile/filing.ts';
import { prepareMail } from '../src/casefile/mails/mails.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { cooperationsOver, type Workflows } from '../src/client/index.ts';
import { diskStore } from '../src/documents/disk.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import { throwawayPostgres } from '../src/postgres-server/throwaway.ts';
import { site } from '../src/site/site.ts';
import { cookieOf, exampleProgramme, quiet } from './siteSetting.ts';

/**
 * The cooperation site by itself, as a process, with one cooperation of many large documents, mails and histories. Prints,
 * as JSON, where it is taken along and the cookie of an officer.
 */

const [data = '', port, documentCount = '300', documentMb = '7'] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;
const now = () => new Date().toISOString();
const MAILS = 400;
const PIECE = 1024 * 1024;

const caseFile = openCaseFile((await throwawayPostgres()).url);
await migrate(caseFile);
const programme = exampleProgramme();
const cooperation = programme.id;
await fileCooperation(caseFile, programme, planOf(programme), now());
const documents = diskStore(`${data}/documents`);
async function* noise() {
  for (let mb = 0; mb < Number(documentMb); mb++) yield randomBytes(PIECE);
}
for (let n = 0; n < Number(documentCount); n++) {
  const { sha256, size } = await documents.put(noise());
  const fileName = `documento-${n}.pdf`;
  const of = { cooperation, title: fileName, kind: 'shared' as const, party: 'chl-mtps', by: 'chl-mtps-1' };
  await addDocumentVersion(caseFile, { ...of, sha256, size, mediaType: 'application/pdf', fileName }, now());
}
async function* letter(n: number) {
  yield Buffer.from(
    `Subject: ${n}\r\nContent-Type: text/plain\r\n\r\n${'Estimada señora\r\n'.repeat(1_000)}`,
  );
}
for (let n = 0; n < MAILS; n++) {
  const { sha256 } = await documents.put(letter(n));
  const key = `bench:${n}`;
  await prepareMail(caseFile, {
    ...{ key, cooperation, notice: 'request', request: null, person: 'chl-mtps-1', sha256 },
    ...{ address: 'delegate@ministry.example', subject: `${n}`, messageId: `<${n}@rial.example>` },
    preparedAt: now(),
  });
  const about = { notice: 'request', messageId: `<${n}@rial.example>` };
  await addToRecord(caseFile, {
    cooperation,
    key,
    at: now(),
    kind: 'mail-sent',
    person: 'chl-mtps-1',
    data: about,
  });
}
/** As long as that of a step with two hundred events. */
const history = {
  events: Array.from({ length: 200 }, (_, n) => ({ eventId: `${n}`, text: 'x'.repeat(1_000) })),
};
const workflows = { history: async () => history } as unknown as Workflows;
const app = site({
  ...{ caseFile, documents, workflows, now, url },
  cooperations: cooperationsOver({ caseFile, documents, workflows, now }),
  ...quiet,
});
const address = 'officer@oas.example';
await addStaff(caseFile, { address, role: 'staff', by: null }, now());
const cookie = await cookieOf(caseFile, address, now());
// What starting has left behind would be room for what a bundle takes.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.('collected');
});
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => {
  const page = `${url}/c/${cooperation}/record`;
  process.stdout.write(`${JSON.stringify({ page, cookie })}\n`);
});
