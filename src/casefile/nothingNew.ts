import type { Content } from '../domain/content.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { TEXT_PARTS } from '../domain/programme/textParts.ts';
import type { RefusalOf } from '../domain/refusal.ts';
import type { CaseFile } from './database/database.ts';
import type { RequestRow } from './database/schema.ts';
import { documentsOf, isStarting } from './documents.ts';
import { hashOf } from './filing.ts';
import { programmesOf } from './programmes.ts';

type Question = RefusalOf<'NothingNew'>;
/** What comes with an answer, under its hash. */
type EnclosedContent = { hash: string; value: Content };

/**
 * What is to be asked about an answer that hands in nothing new: the same as a version that was there when it was asked
 * for, the document that it was to be begun with, or the sheet as a report. Nothing where there is nothing to ask.
 */
export async function nothingNew(
  db: CaseFile,
  request: Pick<RequestRow, 'cooperation' | 'id' | 'kind' | 'subjectHash' | 'openedAt'>,
  brought: EnclosedContent | undefined,
): Promise<Question | undefined> {
  if (!brought) return undefined;
  const { value, hash } = brought;
  if ('programme' in value) return sameProgramme(db, request, value.programme);
  if ('document' in value) return sameDocument(db, request, hash);
  return undefined;
}

async function sameProgramme(
  db: CaseFile,
  { cooperation, id, subjectHash }: Pick<RequestRow, 'cooperation' | 'id' | 'subjectHash'>,
  programme: Programme,
): Promise<Question | undefined> {
  const before = (await programmesOf(db, cooperation)).find(({ hash }) => hash === subjectHash);
  if (!before) return undefined;
  const { printed } = await db
    .selectFrom('programmeVersion')
    .select('printed')
    .where('cooperation', '=', cooperation)
    .where('version', '=', before.version)
    .executeTakeFirstOrThrow();
  if (!printed || hashOf(textsOf(printed.programme)) !== hashOf(textsOf(programme))) return undefined;
  return { code: 'NothingNew', request: id, what: 'programme', same: 'version', version: before.version };
}

/** What a revision may change of a programme, but for the day that it bears. */
const textsOf = (programme: Programme) => [
  TEXT_PARTS.map((part) => programme[part]),
  programme.sessions.map(({ contents }) => contents),
];

async function sameDocument(
  db: CaseFile,
  { cooperation, id, kind, openedAt }: Pick<RequestRow, 'cooperation' | 'id' | 'kind' | 'openedAt'>,
  hash: string,
): Promise<Question | undefined> {
  const { brings: what } = kinds[kind];
  if (what !== 'sheet' && what !== 'report') return undefined;
  const question = { code: 'NothingNew', request: id, what } as const;
  const same = (await documentsOf(db, cooperation)).filter(({ sha256 }) => sha256 === hash);
  // What was handed in since it was asked for may be this very answer, which is given once more.
  const earlier = same.findLast(
    (entry) => entry.kind === what && Date.parse(entry.at) <= Date.parse(openedAt),
  );
  if (earlier) return { ...question, same: 'version', version: earlier.version };
  if (what === 'report' && same.some((entry) => entry.kind === 'sheet'))
    return { ...question, same: 'sheet' };
  return (await isStarting(db, cooperation, hash)) ? { ...question, same: 'template' } : undefined;
}
