import { type Collecting, lookIntoMailbox } from '../../activities/collectingMails.ts';
import { prepareMail } from '../../src/casefile/mails/mails.ts';
import { ownAddress } from '../../src/domain/mails/incomingMail.ts';
import { HASH, NOW, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** What is looked for in the mailbox of replies: the address of one mail of ours. */

export const ADDRESS = 'respuestas@coop.example';
export const TOKEN = 'ab'.repeat(16);
export const OURS = ownAddress(ADDRESS, 'reply', TOKEN);

/** A mail of ours whose reply address has a token. */
export async function mailed(token = TOKEN, occasion = 'x'): Promise<void> {
  const { db, id } = the();
  if (token === TOKEN) await db.updateTable('mail').set({ replyToken: null }).execute();
  await prepareMail(db, {
    ...{ key: `${id}|${occasion}|per-mtpe-1`, cooperation: id, notice: 'communication', request: null },
    ...{ person: 'per-mtpe-1', address: `${id}@mtpe.example`, subject: 'x', sha256: HASH, preparedAt: NOW },
    ...{ messageId: `<${id}.${occasion}@rial.example>`, replyToken: token },
  });
}

/** Looks once. `failures`: why mails were left. */
export function collecting(given: Pick<Collecting, 'open'> & Partial<Collecting>) {
  const failures: string[] = [];
  const outside = {
    ...outsideWith(() => {}, { replies: ADDRESS }),
    failed: (why: string) => failures.push(why),
  };
  return { look: () => lookIntoMailbox({ ...outside, ...given }), failures };
}

export const incoming = () =>
  the().db.selectFrom('incomingMail').selectAll().orderBy('id').where('cooperation', '=', the().id).execute();
