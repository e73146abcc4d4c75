import type { CaseView } from './caseView.ts';

/** What holds of a version of a document, in the case file as in a view of it. */

type Version = CaseView['documents'][number];

/** What the ministries exchange, as against the sheet and the report, which have a chain of their own. */
export const isExchanged = ({ kind }: Pick<Version, 'kind'>): boolean =>
  kind === 'shared' || kind === 'answer';

/** Whether it can be had: it is not withheld. */
export const isHad = ({ withheld }: { withheld: unknown }): boolean => withheld === null;

type Place = Pick<Version, 'document' | 'version'>;

/** Whether no version of its document is newer. */
export const isNewest = ({ document, version }: Place, all: readonly Place[]): boolean =>
  !all.some((other) => other.document === document && other.version > version);

/** Of a sheet or a report the newest stands: it is reviewed, published or received, and not withheld. */
export const stands = (version: Place & Pick<Version, 'kind'>, all: readonly Place[]): boolean =>
  !isExchanged(version) && isNewest(version, all);
