import { serve } from '@hono/node-server';
import { addStaff } from '../src/casefile/access/staff.ts';
import { json, migrate, openCaseFile } from '../src/casefile/database/database.ts';
import { fileCooperation } from '../src/casefile/filing.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { diskStore } from '../src/documents/disk.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import { throwawayPostgres } from '../src/postgres-server/throwaway.ts';
import type { SiteOutside } from '../src/site/outside.ts';
import { site } from '../src/site/site.ts';
import { cookieOf, exampleProgramme, quiet } from './siteSetting.ts';

/**
 * The cooperation site by itself, as a process: a case file with a thousand cooperations, and beside it a page
 * that is always the same, and one that begins to write. Prints, as JSON, where it is and the cookie of a delegate and of a member of staff.
 */

const NOW = '2021-08-10T15:00:00.000Z';
const [data = '', port = '0', cooperations = '1000'] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;

const caseFile = openCaseFile((await throwawayPostgres()).url);
await migrate(caseFile);
const programmes = ['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai'].map(exampleProgramme);

/** Half-way through: three requests open, nine closed, thirty mails and sixty entries in the record. */
for (let n = 0; n < Number(cooperations); n++) {
  const programme = structuredClone(programmes[n % programmes.length] ?? programmes[0]);
  if (!programme) throw new Error('there is no programme');
  programme.id = `bench-${n}`;
  for (const person of programme.participants) person.email = `${n}.${person.email}`;
  await fileCooperation(caseFile, programme, planOf(programme), '2021-06-01T00:00:00.000Z');
  const ministries = programme.institutions.filter(({ role }) => role !== 'secretariat').map(({ id }) => id);
  await caseFile
    .insertInto('request')
    .values(
      Array.from({ length: 12 }, (_, k) => ({
        cooperation: programme.id,
        id: `session-${k + 1}/choose-date.1`,
        kind: 'choose-date' as const,
        round: 1,
        item: k + 1,
        parties: json(ministries),
        subjectRef: `slots-${k}`,
        subjectHash: 'a'.repeat(64),
        trouble: null,
        openedAt: '2021-08-01T00:00:00.000Z',
        dueAt: n % 4 === 0 ? '2021-08-09T22:00:00.000Z' : '2021-08-20T22:00:00.000Z',
        reminders: json(['2021-08-18T00:00:00.000Z']),
        waived: json([]),
        windowRanOut: null,
        closedAt: k > 2 ? NOW : null,
        outcome: k > 2 ? 'marks' : null,
      })),
    )
    .execute();
  const [person] = programme.participants;
  await caseFile
    .insertInto('mail')
    .values(
      Array.from({ length: 30 }, (_, k) => ({
        key: `${programme.id}|${k}`,
        cooperation: programme.id,
        notice: 'request',
        request: null,
        person: `${ministries[0]}-1`,
        address: person?.email ?? '',
        subject: 'Indicar fechas para la sesión',
        messageId: `<${programme.id}-${k}@rial.example>`,
        sha256: 'b'.repeat(64),
        state: 'sent' as const,
        handedOver: false,
        attempts: 1,
        session: null,
        sequence: null,
        method: null,
        response: '250 OK',
        preparedAt: NOW,
        sentAt: NOW,
      })),
    )
    .execute();
  await addToRecord(
    caseFile,
    Array.from({ length: 60 }, (_, k) => ({
      cooperation: programme.id,
      key: `bench-${k}`,
      at: NOW,
      kind: k === 3 ? ('programme-issued' as const) : ('mail-sent' as const),
      data: k === 3 ? { version: 1 } : { notice: 'request', person: `${ministries[0]}-1` },
    })),
  );
}

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
const app = site(outside);
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
  process.stdout.write(`${JSON.stringify({ url, cookies })}\n`);
});
