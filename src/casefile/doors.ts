import type { Answer, TakeBack } from '../domain/answer.ts';
import type { Door } from '../domain/door.ts';
import { type CaseFile, json } from './database/database.ts';
import { hashOf } from './filing.ts';

/** By which door an answer comes that is on its way to its workflow, under the hash of its message. */

/** Notes by which door an answer comes, before it is sent to its workflow; the first stands while it is on the way. */
export async function noteDoor(
  db: CaseFile,
  cooperation: string,
  answer: Answer | TakeBack,
  door: Door,
  at: string,
): Promise<void> {
  await db
    .insertInto('answerOnTheWay')
    .values({ cooperation, hash: hashOf(answer), door: json(door), at })
    .onConflict((conflict) => conflict.columns(['cooperation', 'hash']).doNothing())
    .execute();
}

/** The answer was recorded or refused: the same one, should it come again, comes by a door of its own. */
export async function forgetDoor(
  db: CaseFile,
  cooperation: string,
  answer: Answer | TakeBack,
): Promise<void> {
  await db
    .deleteFrom('answerOnTheWay')
    .where('cooperation', '=', cooperation)
    .where('hash', '=', hashOf(answer))
    .execute();
}

/** Where nobody of ours sent it, it came from outside. */
export async function doorOf(db: CaseFile, cooperation: string, answer: Answer | TakeBack): Promise<Door> {
  const sent = await db
    .selectFrom('answerOnTheWay')
    .select('door')
    .where('cooperation', '=', cooperation)
    .where('hash', '=', hashOf(answer))
    .executeTakeFirst();
  return sent?.door ?? { door: 'outside' };
}
