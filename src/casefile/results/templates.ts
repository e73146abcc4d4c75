import { sql } from 'kysely';
import type { TemplateName, TemplateVersion } from '../../domain/results/wordTemplate.ts';
import type { CaseFile } from '../database/database.ts';

/** Word templates that staff put in: every one that there was, so that it is known which a paper was made with. */

/** All of them, the newest first. */
export async function templateVersions(db: CaseFile): Promise<TemplateVersion[]> {
  const rows = await db.selectFrom('wordTemplate').selectAll().orderBy('number', 'desc').execute();
  return rows.map(({ number, template, sha256, fileName, putAt, putBy }) => ({
    ...{ number, template, putAt, putBy },
    file: sha256 !== null && fileName !== null ? { sha256, name: fileName } : null,
  }));
}

/** The one that papers are made with now; nothing where that is the shipped one. */
export async function presentTemplate(
  db: CaseFile,
  template: TemplateName,
): Promise<{ number: number; sha256: string } | undefined> {
  const row = await db
    .selectFrom('wordTemplate')
    .select(['number', 'sha256'])
    .where('template', '=', template)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && row.sha256 !== null ? { number: row.number, sha256: row.sha256 } : undefined;
}

export type NewTemplate = {
  template: TemplateName;
  file: TemplateVersion['file'];
  by: string | null;
  /** The number of the last, of any template, that whoever puts it in had seen; 0 for none. */
  seen: number;
};

/**
 * Puts another in the place of the present one, or, without a file, the shipped one back.
 * @returns its number; or, where somebody did since, when
 */
export const addTemplate = (
  db: CaseFile,
  { template, file, by, seen }: NewTemplate,
  at: string,
): Promise<{ number: number } | { since: string }> =>
  db.transaction().execute(async (tx) => {
    await sql`lock table word_template in share row exclusive mode`.execute(tx);
    const [last] = (await templateVersions(tx)).filter((one) => one.template === template);
    if (last && last.number > seen) return { since: last.putAt };
    return tx
      .insertInto('wordTemplate')
      .values({
        ...{ template, putAt: at, putBy: by },
        ...{ sha256: file?.sha256 ?? null, fileName: file?.name ?? null },
      })
      .returning('number')
      .executeTakeFirstOrThrow();
  });
