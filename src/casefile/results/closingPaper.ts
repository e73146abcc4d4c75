import type { Came } from '../../domain/door.ts';
import { refused } from '../../domain/refusal.ts';
import { type ClosingPaperView, newestPaper, type Signature } from '../../domain/results/closingPaper.ts';
import { type CaseFile, changing, json } from '../database/database.ts';
import type { ClosingPaperRow, ClosingSignatureRow } from '../database/schema.ts';
import { addToRecord } from '../record.ts';

/** The sealed case file of a cooperation that is over, and what came of it as ministries signed it. */

export type ClosingPaperRows = ClosingPaperRow & { signed: ClosingSignatureRow[] };

export async function closingPaperOf(
  db: CaseFile,
  cooperation: string,
): Promise<ClosingPaperRows | undefined> {
  const paper = await db
    .selectFrom('closingPaper')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .executeTakeFirst();
  if (!paper) return undefined;
  const signed = await db
    .selectFrom('closingSignature')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('number')
    .execute();
  return { ...paper, signed };
}

/** As a case has it. */
export const closingPaperViewOf = (paper: ClosingPaperRows): ClosingPaperView => ({
  ...{ file: 'paper/sealed.pdf', sha256: paper.sha256, size: Number(paper.size) },
  ...{ madeAt: paper.madeAt, stamp: paper.stamp },
  reading: {
    ...{ file: 'paper/reading.pdf', sha256: paper.readingSha256, size: Number(paper.readingSize) },
  },
  signed: paper.signed.map(({ number, party, by, at, sha256, size, signatures, recorded }) => ({
    ...{ file: `paper/signed-${number}.pdf`, sha256, size: Number(size) },
    ...{ number, party, by, at, signatures, ...(recorded && { recorded }) },
  })),
});

/** Cooperations that are over and have none yet. */
export const withoutClosingPaper = (
  db: CaseFile,
  most: number,
): Promise<{ id: string; closedAt: string | null }[]> =>
  db
    .selectFrom('cooperation')
    .leftJoin('closingPaper', 'closingPaper.cooperation', 'cooperation.id')
    .select(['cooperation.id', 'cooperation.closedAt'])
    .where('closedAt', 'is not', null)
    .where('cancelledAt', 'is', null)
    .where('closingPaper.cooperation', 'is', null)
    .orderBy('closedAt')
    .limit(most)
    .execute();

/** Enters the one that was made; where another was faster, that is the one. */
export const enterClosingPaper = (
  db: CaseFile,
  {
    cooperation,
    ...paper
  }: Omit<ClosingPaperRow, 'size' | 'readingSize'> & {
    size: number;
    readingSize: number;
  },
): Promise<void> =>
  changing(db, cooperation, async (tx) => {
    if (await closingPaperOf(tx, cooperation)) return;
    await tx
      .insertInto('closingPaper')
      .values({ cooperation, ...paper })
      .execute();
    await addToRecord(tx, {
      ...{ cooperation, key: 'paper-sealed', at: paper.madeAt, kind: 'paper-sealed' },
      data: { sha256: paper.sha256 },
    });
  });

/**
 * Enters the paper as it was signed, over what was the newest when it was looked at. The same file again is that one.
 * @returns its number
 * @throws Refused `PaperOutdated`
 */
export const enterSignedPaper = (
  db: CaseFile,
  signed: Pick<ClosingSignatureRow, 'cooperation' | 'party' | 'by' | 'sha256'> & {
    size: number;
    signatures: readonly Signature[];
  },
  { over, came, now }: { over: string; came: Came; now: string },
): Promise<number> =>
  changing(db, signed.cooperation, async (tx) => {
    const { cooperation, party, by, sha256, signatures } = signed;
    const paper = await closingPaperOf(tx, cooperation);
    const same = paper?.signed.find((one) => one.sha256 === sha256);
    if (same) return same.number;
    const number = (paper?.signed.length ?? 0) + 1;
    if (!paper || newestPaper(closingPaperViewOf(paper)).sha256 !== over)
      return refused({ code: 'PaperOutdated', number: number - 1 });
    await tx
      .insertInto('closingSignature')
      .values({
        ...signed,
        ...{ number, signatures: json(signatures), at: now, doneAt: null },
        recorded: came.recorded ? json(came.recorded) : null,
      })
      .execute();
    await addToRecord(tx, {
      ...{ cooperation, key: `paper-signed:${number}`, at: now, kind: 'paper-signed', party, person: by },
      data: { number, sha256, ...came },
    });
    return number;
  });

/** Of which the others have not been told. */
export const untoldSignatures = (
  db: CaseFile,
): Promise<Pick<ClosingSignatureRow, 'cooperation' | 'number'>[]> =>
  db
    .selectFrom('closingSignature')
    .select(['cooperation', 'number'])
    .where('doneAt', 'is', null)
    .orderBy('at')
    .execute();

export const noteSignatureTold = (
  db: CaseFile,
  cooperation: string,
  number: number,
  now: string,
): Promise<unknown> =>
  db
    .updateTable('closingSignature')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('doneAt', 'is', null)
    .execute();
