import type { Answer } from '../../domain/answer.ts';
import type { Commitment, Fulfilment } from '../../domain/content.ts';
import { partsOfPerson } from '../../domain/ids.ts';
import type { Party } from '../../domain/people/party.ts';
import { refused } from '../../domain/refusal.ts';
import {
  type CommitmentOrigin,
  commitmentsIn,
  standingCommitments,
} from '../../domain/results/commitments.ts';
import { type CaseFile, type CaseFileTransaction, listed, type OneOrMore } from '../database/database.ts';
import type { CommitmentRow, CooperationRow, RequestRow } from '../database/schema.ts';
import { findPerson } from '../people.ts';
import { addToRecord, readRecord } from '../record.ts';

/** What people took upon themselves, as it was entered with minutes, with the report or by staff. */

export const commitmentsOf = (db: CaseFile, cooperation: OneOrMore): Promise<CommitmentRow[]> =>
  db
    .selectFrom('commitment')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

/** Where commitments come from: a meeting, a session, or the report, whoever of its authors handed it in. */
export type CommitmentSource = {
  cooperation: string;
  origin: CommitmentOrigin;
  session?: number | null;
  at: string;
};

/** Whose something is: an institution, or somebody of one. @throws Refused `PartyUnknown`, `PersonLeft` */
export async function ownerOf(
  db: CaseFile,
  { id, plan }: Pick<CooperationRow, 'id' | 'plan'>,
  owner: string,
): Promise<{ party: string; person: string | null }> {
  const parties = plan.parties.map(({ code }: Party) => code);
  if (parties.includes(owner)) return { party: owner, person: null };
  const found = await findPerson(db, id, owner);
  if (!found) return refused({ code: 'PartyUnknown', party: owner.slice(0, 80), parties });
  if (!found.active) return refused({ code: 'PersonLeft', person: owner });
  return parties.includes(found.party)
    ? { party: found.party, person: owner }
    : refused({ code: 'PartyUnknown', party: owner, parties });
}

const ownerIn = (owner: string, parties: readonly Party[]) =>
  parties.some(({ code }) => code === owner)
    ? { party: owner, person: null }
    : { party: partsOfPerson(owner).party, person: owner };

/**
 * Enters a list in the place of the one that its source had: what it says as before stays what it is, with what was told of
 * it; what it says otherwise is corrected; what it does not say any more is withdrawn.
 *
 * @returns whether anything is other than before
 */
export async function fileCommitments(
  tx: CaseFileTransaction,
  source: CommitmentSource,
  list: readonly Commitment[],
  parties: readonly Party[],
): Promise<boolean> {
  const { cooperation, origin, session = null, at } = source;
  const all = await commitmentsOf(tx, cooperation);
  const left = all.filter(
    (one) => one.withdrawnAt === null && one.origin === origin && one.session === session,
  );
  let number = all.at(-1)?.number ?? 0;
  let changed = false;
  const of = (one: Pick<CommitmentRow, 'number'>) =>
    tx.updateTable('commitment').where('cooperation', '=', cooperation).where('number', '=', one.number);
  for (const { what, owner, due } of list) {
    const { party, person } = ownerIn(owner, parties);
    const known =
      left.find((one) => one.what === what && one.party === party && one.person === person) ??
      left.find((one) => one.what === what);
    if (known) {
      left.splice(left.indexOf(known), 1);
      if (known.party === party && known.person === person && known.due === due) continue;
      await of(known)
        .set({ party, person, due, ...(known.outcome === null && { firstDue: due }) })
        .execute();
    } else await insert(tx, source, { number: ++number, what, party, person, due });
    changed = true;
  }
  for (const gone of left) await of(gone).set({ withdrawnAt: at }).execute();
  return changed || left.length > 0;
}

async function insert(
  tx: CaseFileTransaction,
  { cooperation, origin, session = null, at }: CommitmentSource,
  one: Pick<CommitmentRow, 'number' | 'what' | 'party' | 'person' | 'due'>,
): Promise<void> {
  const nothing = {
    ...{ outcome: null, text: null, toldBy: null, toldAt: null },
    ...{ askedAt: null, askedRound: null, withdrawnAt: null },
  };
  await tx
    .insertInto('commitment')
    .values({ cooperation, origin, session, enteredAt: at, firstDue: one.due, ...nothing, ...one })
    .execute();
}

/** One more by staff; its number. */
export async function addCommitment(
  tx: CaseFileTransaction,
  cooperation: string,
  given: Pick<CommitmentRow, 'what' | 'party' | 'person' | 'due'>,
  at: string,
): Promise<number> {
  const number = ((await commitmentsOf(tx, cooperation)).at(-1)?.number ?? 0) + 1;
  await insert(tx, { cooperation, origin: 'staff', at }, { number, ...given });
  return number;
}

/** What came with an answer: entered, and on record where it is anything new. */
export async function recordCommitments(
  tx: CaseFileTransaction,
  source: CommitmentSource & { party: string; person: string; key: string },
  list: readonly Commitment[] | undefined,
): Promise<void> {
  if (!list) return;
  const { cooperation, origin, session, party, at, person, key } = source;
  const { plan } = await tx
    .selectFrom('cooperation')
    .select('plan')
    .where('id', '=', cooperation)
    .executeTakeFirstOrThrow();
  if (!(await fileCommitments(tx, source, list, plan.parties))) return;
  await addToRecord(tx, {
    ...{ cooperation, key, at, kind: 'commitments-recorded', party, person },
    data: { origin, ...(session && { session }), count: list.length },
  });
}

/** Those of a source are withdrawn with the answer that brought them. */
export const withdrawCommitments = (
  tx: CaseFileTransaction,
  { cooperation, origin, at }: CommitmentSource,
): Promise<unknown> =>
  tx
    .updateTable('commitment')
    .set({ withdrawnAt: at })
    .where('cooperation', '=', cooperation)
    .where('origin', '=', origin)
    .where('withdrawnAt', 'is', null)
    .execute();

/** That their owner is asked what became of them, in a request. */
export async function noteAsked(
  tx: CaseFileTransaction,
  { cooperation, round, openedAt }: Pick<RequestRow, 'cooperation' | 'round' | 'openedAt'>,
  numbers: readonly number[],
): Promise<void> {
  if (numbers.length === 0) return;
  await tx
    .updateTable('commitment')
    .set({ askedAt: openedAt, askedRound: round })
    .where('cooperation', '=', cooperation)
    .where('number', 'in', numbers)
    .execute();
}

/** Of a request about commitments, those that it asks about. */
export const commitmentsAskedIn = async (
  db: CaseFile,
  row: Pick<RequestRow, 'cooperation' | 'round' | 'parties'>,
): Promise<CommitmentRow[]> =>
  standingCommitments(commitmentsIn(await commitmentsOf(db, row.cooperation), row));

/** What their owner answers that became of them; on record with the days that they had until then. */
export async function recordFulfilment(
  tx: CaseFileTransaction,
  { request, answer, at }: { request: RequestRow; answer: Pick<Answer, 'party' | 'by'>; at: string },
  told: Fulfilment,
): Promise<void> {
  const asked = await commitmentsAskedIn(tx, request);
  const dues: Record<string, string> = {};
  for (const { commitment: number, outcome, until, text = null } of told) {
    const one = asked.find((known) => known.number === number && known.party === answer.party);
    if (!one) continue;
    dues[number] = one.due;
    await tx
      .updateTable('commitment')
      .set({ outcome, text, toldBy: answer.by, toldAt: at, ...(until && { due: until }) })
      .where('cooperation', '=', request.cooperation)
      .where('number', '=', number)
      .execute();
  }
  await addToRecord(tx, {
    ...{ cooperation: request.cooperation, key: toldKey(request), at, kind: 'commitments-told' },
    ...{ party: answer.party, person: answer.by },
    data: { request: request.id, count: Object.keys(dues).length, dues },
  });
}

/** Nothing has been told of them in it, and they have the days again that they had; what is asked about anew stays as it is. */
export async function untellCommitments(tx: CaseFileTransaction, request: RequestRow): Promise<void> {
  const entry = (await readRecord(tx, request.cooperation)).find(({ key }) => key === toldKey(request));
  for (const [number, due] of Object.entries((entry?.data.dues ?? {}) as Record<string, string>))
    await tx
      .updateTable('commitment')
      .set({ due, outcome: null, text: null, toldBy: null, toldAt: null })
      .where('cooperation', '=', request.cooperation)
      .where('number', '=', Number(number))
      .where('askedRound', '=', request.round)
      .execute();
}

const toldKey = ({ id }: Pick<RequestRow, 'id'>): string => `commitments-told:${id}`;
