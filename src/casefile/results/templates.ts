import { sql } from 'kysely';
import type { Language } from '../../domain/language.ts';
import {
  isAt,
  type TemplateName,
  type TemplatePlace,
  type TemplateVersion,
  templateFor,
} from '../../domain/results/wordTemplate.ts';
import type { CaseFile } from '../database/database.ts';

/** Word templates that staff put in: every one that there was, so that it is known which a paper was made with. */

/** All of them, the newest first. */
export async function templateVersions(db: CaseFile): Promise<TemplateVersion[]> {
  const rows = await db.selectFrom('wordTemplate').selectAll().orderBy('number', 'desc').execute();
  return rows.map(({ number, template, language, sha256, fileName, putAt, putBy }) => ({
    ...{ number, template, language, putAt, putBy },
    file: sha256 !== null && fileName !== null ? { sha256, name: fileName } : null,
  }));
}

/** The one that papers in a language are made with now; nothing where that is the shipped one. */
export async function presentTemplate(
  db: CaseFile,
  template: TemplateName,
  language: Language,
): Promise<{ number: number; sha256: string } | undefined> {
  const found = templateFor(await templateVersions(db), template, language);
  return found?.file ? { number: found.number, sha256: found.file.sha256 } : undefined;
}

export type NewTemplate = TemplatePlace & {
  file: TemplateVersion['file'];
  by: string | null;
  /** The number of the last, of any template, that whoever puts it in had seen; 0 for none. */
  seen: number;
};

/**
 * Puts another in the place of the present one, or, without a file, what was there before any was put in: of a language the one
 * for all, for all the shipped one.
 * @returns its number; or, where somebody did since, when
 */
export const addTemplate = (
  db: CaseFile,
  { template, language, file, by, seen }: NewTemplate,
  at: string,
): Promise<{ number: number } | { since: string }> =>
  db.transaction().execute(async (tx) => {
    await sql`lock table word_template in share row exclusive mode`.execute(tx);
    const [last] = (await templateVersions(tx)).filter(isAt({ template, language }));
    if (last && last.number > seen) return { since: last.putAt };
    return tx
      .insertInto('wordTemplate')
      .values({
        ...{ template, language, putAt: at, putBy: by },
        ...{ sha256: file?.sha256 ?? null, fileName: file?.name ?? null },
      })
      .returning('number')
      .executeTakeFirstOrThrow();
  });
