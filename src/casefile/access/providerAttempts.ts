import { createHmac } from 'node:crypto';
import { MINUTE_MS } from '../../domain/dates/durations.ts';
import type { CaseFile } from '../database/database.ts';
import { after, hash, newSecret } from './access.ts';

/**
 * Who was sent to the provider of an institution to sign in (OpenID Connect). An attempt belongs to the browser that began
 * it, lives for ten minutes and is used once. Kept is the SHA-256 of its state; nonce and PKCE verifier are made of that
 * state with a key that is not in the database.
 */

const MINUTES = 10;

export type ProviderAttempt = { state: string; nonce: string; verifier: string; path: string };

/** Begins one. @param browser the browser's own secret */
export async function beginProviderAttempt(
  db: CaseFile,
  key: string,
  { browser, path }: { browser: string; path: string },
  at: string,
): Promise<ProviderAttempt> {
  const state = newSecret();
  await db.deleteFrom('providerAttempt').where('expiresAt', '<=', at).execute();
  await db
    .insertInto('providerAttempt')
    .values({
      ...{ stateHash: hash(state), browserHash: hash(browser), path },
      ...{ expiresAt: after(at, MINUTES * MINUTE_MS), usedAt: null },
    })
    .execute();
  return { ...secretsOf(key, state), state, path };
}

/** Takes the one that came back to a browser, once; nothing where it is not that browser's, is over or was used. */
export async function useProviderAttempt(
  db: CaseFile,
  key: string,
  { browser, state }: { browser: string; state: string },
  at: string,
): Promise<ProviderAttempt | undefined> {
  const used = await db
    .updateTable('providerAttempt')
    .set({ usedAt: at })
    .where('stateHash', '=', hash(state))
    .where('browserHash', '=', hash(browser))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .returning('path')
    .executeTakeFirst();
  return used && { ...secretsOf(key, state), state, path: used.path };
}

const secretsOf = (key: string, state: string) => ({
  nonce: secretOf(key, `nonce ${state}`),
  verifier: secretOf(key, `verifier ${state}`),
});
/** 43 characters, as PKCE asks of a verifier. */
const secretOf = (key: string, use: string): string =>
  createHmac('sha256', key).update(`provider ${use}`).digest('base64url');
