import { z } from 'zod';
import { numberInTurn } from '../programme/numbering.ts';

/**
 * The systematization sheet as it stands: published, or withdrawn by the Secretariat since. What was published last is the
 * sheet, and takes the place of what was published before. Whoever says that a sheet is published asks here.
 */
export const sheetStanding = z.strictObject({
  version: numberInTurn,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  publishedAt: z.iso.datetime(),
  /** Nobody can have it any more: since when, by whose doing (nobody's: the Secretariat's), and by which change. */
  withdrawn: z.strictObject({ at: z.iso.datetime(), by: z.string().nullable(), change: z.int() }).nullable(),
});
export type SheetStanding = z.infer<typeof sheetStanding>;

/**
 * A corrected sheet that the Secretariat asked for by a change: the version that it is to be, and the party that writes it.
 */
export type SheetCorrection = { change: number; version: number; drafter: string };

type Entry = { kind: string; at: string; data: unknown };
type Version = {
  kind: string;
  version: number;
  sha256: string;
  withheld: SheetStanding['withdrawn'];
};

/** The publications that a record has, in its order. */
export const publicationsIn = (
  record: readonly Entry[],
): Pick<SheetStanding, 'version' | 'sha256' | 'publishedAt'>[] =>
  record.flatMap(({ kind, at, data }) => {
    if (kind !== 'sheet-published') return [];
    const { version, sha256 } = data as { version: number; sha256: string };
    return [{ version, sha256, publishedAt: at }];
  });

/** The sheet by the record and the documents of a case; nothing where none was published. */
export function sheetIn(record: readonly Entry[], documents: readonly Version[]): SheetStanding | null {
  const last = publicationsIn(record).at(-1);
  if (!last) return null;
  const own = documents.find(
    ({ kind, version, sha256 }) => kind === 'sheet' && version === last.version && sha256 === last.sha256,
  );
  return { ...last, withdrawn: own?.withheld ?? null };
}

/** The sheet where it is published now. */
export const publishedSheet = ({ sheet }: { sheet: SheetStanding | null }): SheetStanding | undefined =>
  sheet && !sheet.withdrawn ? sheet : undefined;

/** The corrected sheets that were asked for, not called off, and not published yet; none of a cooperation that was cancelled. */
export function correctionsUnderWay(
  { cancelledAt }: { cancelledAt: string | null },
  changes: readonly {
    madeAt: string | null;
    effects: { sheet?: SheetCorrection; cancelledSheet?: number } | null;
  }[],
  record: readonly Entry[],
): SheetCorrection[] {
  if (cancelledAt !== null) return [];
  const published = record.flatMap(({ kind, data }) =>
    kind === 'sheet-published' ? [(data as { change?: number }).change] : [],
  );
  const over = [...published, ...changes.map(({ effects }) => effects?.cancelledSheet)];
  return changes.flatMap(({ madeAt, effects }) =>
    madeAt !== null && effects?.sheet && !over.includes(effects.sheet.change) ? [effects.sheet] : [],
  );
}
