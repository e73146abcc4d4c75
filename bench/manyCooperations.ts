import { sql } from 'kysely';
import { type CaseFile, json } from '../src/casefile/database/database.ts';
import { fileCooperation } from '../src/casefile/filing.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import type { Programme } from '../src/domain/programme/programme.ts';
import { exampleProgramme } from './siteSetting.ts';

/** A case file with many open cooperations, without the workflows that would carry them. */

/** The day on which it is looked at. */
export const NOW = '2021-08-10T15:00:00.000Z';
export const benchId = (n: number): string => `bench-${n}`;

const A_TIME = 500;
const EXAMPLES = ['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai'];

/**
 * So many cooperations, `bench-0` and on: each half-way through, with three requests open, nine closed, thirty mails and sixty
 * entries in the record; of every four one is late. Some are filed one by one, the others are copies of their rows.
 */
export async function fileMany(db: CaseFile, count: number): Promise<void> {
  const made = Math.min(count, EXAMPLES.length * 4);
  for (let n = 0; n < made; n++) await fileOne(db, n);
  const columns = await sql<{ table: string; column: string; text: boolean }>`
    select c.relname as table, a.attname as column, a.atttypid = 'text'::regtype as text
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity = ''
    order by c.relname <> 'cooperation', c.relname, a.attnum`.execute(db);
  await db.transaction().execute(async (trx) => {
    // The order of the tables is not looked at.
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const [table, own] of Map.groupBy(columns.rows, (one) => one.table)) {
      const key = table === 'cooperation' ? 'id' : 'cooperation';
      if (!own.some(({ column }) => column === key)) continue;
      const named = own.map(({ column }) => sql.ref(column));
      const copied = own.map(({ column, text }) =>
        text
          ? sql`replace(original.${sql.ref(column)}, original.${sql.ref(key)}, 'bench-' || n)`
          : sql`original.${sql.ref(column)}`,
      );
      // A statement has some seconds.
      for (let from = made; from < count; from += A_TIME) {
        await sql`
          insert into ${sql.table(table)} (${sql.join(named)}) select ${sql.join(copied)}
          from generate_series(${from}::int, ${Math.min(count, from + A_TIME) - 1}::int) n
          join ${sql.table(table)} original on original.${sql.ref(key)} = 'bench-' || n % ${made}::int`.execute(
          trx,
        );
      }
    }
  });
  for (const table of new Set(columns.rows.map((one) => one.table)))
    await sql`analyze ${sql.table(table)}`.execute(db);
}

async function fileOne(db: CaseFile, n: number): Promise<void> {
  const programme: Programme = structuredClone(exampleProgramme(EXAMPLES[n % EXAMPLES.length]));
  programme.id = benchId(n);
  for (const person of programme.participants) person.email = `${benchId(n)}.${person.email}`;
  await fileCooperation(db, programme, planOf(programme), '2021-06-01T00:00:00.000Z');
  const ministries = programme.institutions.filter(({ role }) => role !== 'secretariat').map(({ id }) => id);
  await db
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
  await db
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
    db,
    Array.from({ length: 60 }, (_, k) => ({
      cooperation: programme.id,
      key: `mail-${k}`,
      at: NOW,
      kind: k === 3 ? ('programme-issued' as const) : ('mail-sent' as const),
      data: k === 3 ? { version: 1 } : { notice: 'request', person: `${ministries[0]}-1` },
    })),
  );
}
