import type { Change } from '../../domain/change.ts';
import type { RefusalOf } from '../../domain/refusal.ts';
import type { CaseFile } from '../database/database.ts';

/** What somebody has not seen who knows a cooperation's changes up to the number `seen`, of what `concerns` them. */
export async function unseenChanges(
  db: CaseFile,
  cooperation: string,
  seen: number,
  concerns: (change: Change, number: number) => boolean,
): Promise<RefusalOf<'ChangedSince'> | undefined> {
  const made = await db
    .selectFrom('change')
    .select(['number', 'what'])
    .where('cooperation', '=', cooperation)
    .where('number', '>', seen)
    .where('madeAt', 'is not', null)
    .orderBy('number')
    .execute();
  const changes = made
    .filter(({ what, number }) => concerns(what, number))
    .map(({ number, what }) => ({ number, kind: what.change }));
  return changes.length > 0 ? { code: 'ChangedSince', changes } : undefined;
}
