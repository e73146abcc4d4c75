import type { RecordKind } from '../domain/recordKinds.ts';
import { openRequestsOf, requestsOf } from './cooperations.ts';
import type { CaseFile } from './database/database.ts';
import type { ProgrammeVersionRow } from './database/schema.ts';
import { standingProgrammesOf } from './programmes.ts';
import { readRecord } from './record.ts';

/**
 * Where the programme stands: its next draft is `ahead`, and will have all that changes until then; a draft is with the
 * ministries (`approving`), and another has to take its place; or there is one that was `issued`.
 */
export async function programmeStands(db: CaseFile, id: string): Promise<'ahead' | 'approving' | 'issued'> {
  const versions = await standingProgrammesOf(db, id);
  if (versions.length === 0) return 'ahead';
  const draft = versions.findLast(({ approvedIn }) => approvedIn !== null);
  // Corrected contents wait for their draft.
  const corrected = (await readRecord(db, id)).some(
    ({ kind, at, data }) =>
      kind === 'programme-amended' &&
      data.approval === true &&
      Date.parse(at) > Date.parse(draft?.madeAt ?? at),
  );
  if (!draft || draft.issuedAt) return corrected ? 'ahead' : 'issued';
  if ((await openRequestsOf(db, id)).some(({ kind }) => kind === 'revise-programme')) return 'ahead';
  // Approved by all, and about to be sent: it is what there is.
  const review = (await requestsOf(db, id)).findLast(({ subjectHash }) => subjectHash === draft.hash);
  return review?.closedAt && review.lapse === null && review.outcome !== 'changes' ? 'issued' : 'approving';
}

/** The newest version that a workflow has approved, by its round; `corrected`: another has to take its place. */
export async function draftIn(
  db: CaseFile,
  id: string,
  scope: string,
): Promise<{ version: ProgrammeVersionRow; round: number; corrected: boolean } | undefined> {
  const version = (await standingProgrammesOf(db, id)).findLast(({ approvedIn }) => approvedIn === scope);
  if (!version) return undefined;
  const since = await db
    .selectFrom('change')
    .select('effects')
    .where('cooperation', '=', id)
    .where('madeAt', '>', version.madeAt)
    .execute();
  const corrected = version.issuedAt === null && since.some(({ effects }) => effects?.approval === true);
  return { version, round: Number.parseInt(version.cause.slice(scope.length + 1), 10), corrected };
}

const PRINTED: ReadonlySet<RecordKind> = new Set([
  'date-fixed',
  'session-changed',
  'session-added',
  'session-cancelled',
  'guest-added',
  'guests-named',
  'guest-withdrawn',
  'person-replaced',
  'person-corrected',
  'person-joined',
  'person-left',
  'programme-amended',
]);

/** Whether something that the programme prints has changed since a version was made (ISO 8601, UTC). */
export const changedSince = async (db: CaseFile, id: string, madeAt: string): Promise<boolean> =>
  (await readRecord(db, id)).some(({ kind, at }) => PRINTED.has(kind) && Date.parse(at) > Date.parse(madeAt));
