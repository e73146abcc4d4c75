import type { CaseFile } from '../database/database.ts';
import { hash, plainAddress } from './access.ts';

/**
 * Whose address it is at the provider of an institution: the subject that it was vouched for under first. A mailbox that
 * is given to somebody else there has another subject, and opens nothing until `endAccess` has forgotten the first, as it
 * does for whoever is replaced. Kept is the SHA-256 of a subject.
 */

/**
 * Whether a subject has an address: it had it before, or nobody did. The address of a subject may change with it.
 * @param provider its issuer, and what the site is there: subjects may be made for one client alone
 */
export const subjectHas = (
  db: CaseFile,
  { provider, subject, address: given }: { provider: string; subject: string; address: string },
  at: string,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const address = plainAddress(given);
    const subjectHash = hash(`${provider} ${subject}`);
    const first = await tx
      .selectFrom('providerSubject')
      .select('subjectHash')
      .where('provider', '=', provider)
      .where('address', '=', address)
      .executeTakeFirst();
    if (first) return first.subjectHash === subjectHash;
    await tx.deleteFrom('providerSubject').where('subjectHash', '=', subjectHash).execute();
    const bound = await tx
      .insertInto('providerSubject')
      .values({ provider, subjectHash, address, boundAt: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('address')
      .executeTakeFirst();
    return bound !== undefined;
  });
