import type { CaseView } from './caseView.ts';
import { MATERIAL_KINDS } from './documentKinds.ts';
import { documentVersionId } from './ids.ts';
import { publicationsIn } from './results/sheet.ts';

/** What holds of a version of a document, in the case file as in a view of it. */

type Version = CaseView['documents'][number];

/** What the ministries exchange, as against the sheet and the report, which have a chain of their own. */
export const isExchanged = ({ kind }: Pick<Version, 'kind'>): boolean =>
  kind !== 'sheet' && kind !== 'report';

/** What a session is prepared with, and what is there of it afterwards; nobody is asked for it. */
export const isMaterial = ({ kind }: Pick<Version, 'kind'>): boolean =>
  MATERIAL_KINDS.some((one) => one === kind);

/** What somebody makes available of their own accord: all who take part hear of it in the news. */
export const isShared = ({ kind }: Pick<Version, 'kind'>): boolean =>
  kind === 'shared' || isMaterial({ kind });

/** What stands nowhere before the answer that hands it in is taken: whoever puts it in may still find out that it is not meant. */
export const waitsForAnswer = ({
  kind,
  document,
}: Pick<Version, 'kind'> & { document?: string | undefined }): boolean =>
  kind === 'answer' ? document === undefined : !isShared({ kind });

/** The longest text that is looked at for being a link. */
export const LONGEST_LINK = 2000;

/** The link that a text is and nothing else, such as where a recording is to be seen. */
export function linkIn(text: string): string | undefined {
  const [line = '', ...others] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\s+/);
  return others.length === 0 &&
    line.length <= LONGEST_LINK &&
    /^https:\/\/[^\s"'<>]+$/i.test(line) &&
    URL.canParse(line)
    ? line
    : undefined;
}

/** Whether it can be had: it is not withheld. */
export const isHad = ({ withheld }: { withheld: unknown }): boolean => withheld === null;

type Place = Pick<Version, 'document' | 'version'>;

/** Whether no version of its document is newer. */
export const isNewest = ({ document, version }: Place, all: readonly Place[]): boolean =>
  !all.some((other) => other.document === document && other.version > version);

/** Whether it was published as the sheet, by a record of the case: those that another took the place of, too. */
export const wasPublished = (
  { kind, sha256 }: Pick<Version, 'kind' | 'sha256'>,
  record: Parameters<typeof publicationsIn>[0],
): boolean => kind === 'sheet' && publicationsIn(record).some((one) => one.sha256 === sha256);

/** Whether a version, by its document and its number, is a sheet that was published. */
export const isPublishedSheet = (
  { documents, record }: Pick<CaseView, 'documents' | 'record'>,
  id: string,
): boolean => documents.some((one) => documentVersionId(one) === id && wasPublished(one, record));

/** Of a sheet or a report the newest stands: it is reviewed, published or received, and not withheld. */
export const stands = (version: Place & Pick<Version, 'kind'>, all: readonly Place[]): boolean =>
  !isExchanged(version) && isNewest(version, all);
