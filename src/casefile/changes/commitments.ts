import type { ChangeOf } from '../../domain/change.ts';
import type { Commitment } from '../../domain/content.ts';
import { refused } from '../../domain/refusal.ts';
import {
  addCommitment,
  type CommitmentSource,
  commitmentsOf,
  fileCommitments,
  ownerOf,
} from '../results/commitments.ts';
import { type ChangeOutcome, entryOf, type Makers, type Making } from './making.ts';

/** Changes of what people took upon themselves: one more, one corrected or taken out, or with the minutes that say them. */

const NOBODY = { told: [], programmeChanges: [] };

async function addOne(
  making: Making,
  { what, owner, due }: ChangeOf<'add-commitment'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const of = await ownerOf(tx, cooperation, owner);
  const commitment = await addCommitment(tx, cooperation.id, { what, due, ...of }, at);
  return { ...NOBODY, entries: [entryOf(making, 'commitment-added', { commitment })] };
}

async function correctOne(making: Making, given: ChangeOf<'correct-commitment'>): Promise<ChangeOutcome> {
  const { tx, cooperation, by, at } = making;
  const { commitment: number, what, owner, due, outcome, text, withdrawn } = given;
  const stands = (await commitmentsOf(tx, cooperation.id)).find((one) => one.number === number);
  if (!stands || stands.withdrawnAt !== null)
    return refused({ code: 'CommitmentUnknown', commitment: number });
  const { party, person } = owner === undefined ? stands : await ownerOf(tx, cooperation, owner);
  const as = { what: what ?? stands.what, party, person, due: due ?? stands.due };
  const same =
    as.what === stands.what &&
    as.party === stands.party &&
    as.person === stands.person &&
    as.due === stands.due;
  if (outcome === 'later' && as.due <= stands.due)
    return refused({ code: 'CommitmentNotLater', commitment: number, due: stands.due });
  const told = outcome !== undefined || text !== undefined;
  if (same && !told && !withdrawn) return refused({ code: 'CommitmentTheSame', commitment: number });
  await tx
    .updateTable('commitment')
    .set({
      ...as,
      ...(stands.outcome === null && !told && { firstDue: as.due }),
      ...(told && { toldBy: by?.id ?? null, toldAt: at }),
      ...(outcome && { outcome }),
      ...(text !== undefined && { text }),
      ...(withdrawn && { withdrawnAt: at }),
    })
    .where('cooperation', '=', cooperation.id)
    .where('number', '=', number)
    .execute();
  return { ...NOBODY, entries: [entryOf(making, 'commitment-corrected', { commitment: number })] };
}

/** Those that corrected minutes say, in the place of those there were; whether that is anything new. */
export async function correctCommitments(
  { tx, cooperation, at }: Making,
  of: Pick<CommitmentSource, 'origin' | 'session'>,
  list: readonly Commitment[] | undefined,
): Promise<boolean> {
  if (!list) return false;
  for (const { owner } of list) await ownerOf(tx, cooperation, owner);
  return fileCommitments(tx, { cooperation: cooperation.id, ...of, at }, list, cooperation.plan.parties);
}

export const commitmentChanges = {
  'add-commitment': addOne,
  'correct-commitment': correctOne,
} satisfies Partial<Makers>;
