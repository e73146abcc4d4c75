import type { Came } from '../domain/door.ts';
import { mayWrite, type Quotas } from './access/quotas.ts';
import { type CaseFile, changing, listed, type OneOrMore } from './database/database.ts';
import type { CommentRow } from './database/schema.ts';
import { findPerson } from './people.ts';
import { addToRecord } from './record.ts';
import { mayBeRepeated } from './repeats.ts';

/** Comments beside documents, drafts and polls. */

export const commentsOf = (db: CaseFile, cooperation: OneOrMore): Promise<CommentRow[]> =>
  db
    .selectFrom('comment')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

/**
 * Enters a comment under the next number. The same by the same person beside the same thing is that one, for a day.
 * @throws Refused `QuotaReached`
 */
export async function addComment(
  db: CaseFile,
  given: Pick<CommentRow, 'cooperation' | 'about' | 'by' | 'party' | 'text'>,
  now: string,
  quotas?: Quotas,
  came: Came = {},
): Promise<CommentRow> {
  const { cooperation, about, by, party, text } = given;
  return changing(db, cooperation, async (tx) => {
    const all = await commentsOf(tx, cooperation);
    const same = all.find(
      (one) => one.about === about && one.by === by && one.text === text && mayBeRepeated(one.at, now),
    );
    if (same) return same;
    const person = await findPerson(tx, cooperation, by);
    // The Secretariat has no such limit.
    if (quotas && person && person.role !== 'staff')
      await mayWrite(tx, { cooperation, person: by }, quotas, now);
    const comment = { ...given, number: (all.at(-1)?.number ?? 0) + 1, at: now };
    await tx.insertInto('comment').values(comment).execute();
    await addToRecord(tx, {
      cooperation,
      key: `comment:${comment.number}`,
      at: now,
      kind: 'comment-made',
      party,
      person: person?.id,
      data: { comment: comment.number, about, ...came },
    });
    return comment;
  });
}
