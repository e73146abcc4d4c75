import type { CaseView } from '../../domain/caseView.ts';
import type { Came } from '../../domain/door.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { type CaseFile, changing, json, listed, type OneOrMore } from '../database/database.ts';
import type { AnswerRow, RequestRow, SheetConsentRow } from '../database/schema.ts';
import { addToRecord } from '../record.ts';

/** What ministries say of people outside reading their published sheet, with their approval and after it. */

/** Those said otherwise than with an approval. */
export const laterConsentsOf = (db: CaseFile, cooperation: OneOrMore): Promise<SheetConsentRow[]> =>
  db
    .selectFrom('sheetConsent')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

/** All that stand, in their order: of an approval as long as it stands itself. */
export function consentsIn({
  answers,
  requests,
  laterConsents,
}: {
  answers: readonly AnswerRow[];
  requests: readonly RequestRow[];
  laterConsents: readonly SheetConsentRow[];
}): CaseView['consents'] {
  const withApproval = answers.flatMap(({ request: id, party, by, at, data: { publish, recorded } }) => {
    const request = requests.find((one) => one.id === id);
    if (!publish || !request || kinds[request.kind].about !== 'sheet') return [];
    const about = { version: request.item ?? 0, sha256: request.subjectHash };
    return { party, ...about, publish, by, at, request: id, ...(recorded && { recorded }) };
  });
  const later = laterConsents.map(({ cooperation: _, number: __, recorded, ...one }) => ({
    ...one,
    request: null,
    ...(recorded && { recorded }),
  }));
  // Nothing is said after a sheet was published that comes before its approval.
  return [...withApproval, ...later];
}

/**
 * Enters what a ministry says now; what it says already is there. Where it said something after `seen`, nothing is entered.
 * @returns when that was
 */
export const enterConsent = (
  db: CaseFile,
  said: Pick<SheetConsentRow, 'cooperation' | 'version' | 'sha256' | 'party' | 'by' | 'publish' | 'recorded'>,
  came: Came,
  { now, seen }: { now: string; seen: string | null | undefined },
): Promise<string | undefined> =>
  changing(db, said.cooperation, async (tx) => {
    const { cooperation, version, party, by, publish, recorded } = said;
    const all = await laterConsentsOf(tx, cooperation);
    const last = all.findLast((one) => one.party === party && one.sha256 === said.sha256);
    if (seen !== undefined && last && last.at > (seen ?? '')) return last.at;
    const number = (all.at(-1)?.number ?? 0) + 1;
    await tx
      .insertInto('sheetConsent')
      .values({ ...said, recorded: recorded && json(recorded), number, at: now })
      .execute();
    await addToRecord(tx, {
      ...{ cooperation, at: now, party, person: by },
      key: `consent-stated:${number}`,
      kind: 'consent-stated',
      data: { version, publish, ...came },
    });
    return undefined;
  });
