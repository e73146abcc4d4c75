import { sql } from 'kysely';
import { readAll } from '../../src/documents/store.ts';
import type { InProcess } from './inProcess.ts';

/** What came of hostile texts, wherever they were sent: in the case file, and in the mails that were composed. */

/** The tables in which a text stands that has a character that no text has. */
export async function illRecorded({ caseFile }: Pick<InProcess, 'caseFile'>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(
    caseFile,
  );
  const ill: string[] = [];
  for (const { name } of rows) {
    const found = await sql<{
      row: unknown;
    }>`select to_jsonb(one) as row from ${sql.table(name)} as one`.execute(caseFile);
    for (const { row } of found.rows)
      JSON.stringify(row, (key, value) => {
        if (typeof value === 'string' && /[\0\r]/.test(value)) ill.push(`${name}.${key}`);
        return value;
      });
  }
  return ill;
}

/** The headers of mails that no mail of ours has, and those whose value goes on where it should not. */
export async function foreignHeaders({
  caseFile,
  documents,
}: Pick<InProcess, 'caseFile' | 'documents'>): Promise<string[]> {
  const mails = await caseFile.selectFrom('mail').select(['sha256', 'notice']).execute();
  const wrong: string[] = [];
  for (const { sha256, notice } of mails) {
    const raw = (await readAll(documents, sha256)).toString('latin1');
    const [head = ''] = raw.split('\r\n\r\n');
    if (/\0|\r(?!\n)|(?<!\r)\n/.test(head)) wrong.push(`${notice}: a line of its own`);
    const names = head
      .replaceAll(/\r\n[ \t]/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]?.toLowerCase() ?? '');
    if (names.includes('bcc') || names.includes('cc')) wrong.push(`${notice}: ${names}`);
    if (new Set(names).size !== names.length) wrong.push(`${notice}: twice ${names}`);
  }
  return wrong;
}
