import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What is kept so that whoever has the database, or a backup, reads nothing of it: encrypted with a key that is in neither. */

/** A key for one use, made of the one that is not in the database. */
export const keyFor = (key: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', use, 32));

/** `of`: whose it is; it is opened for nobody else. */
type Lock = { key: string; use: string; of: string };
const [NONCE, TAG] = [12, 16];

/** Encrypted (AES-256-GCM), in base64. */
export function sealedFor({ key, use, of }: Lock, text: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, use), nonce);
  cipher.setAAD(Buffer.from(of));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64');
}

/** Nothing where it was not encrypted with this key for this: with another key it is known to nobody any more. */
export function openedFor({ key, use, of }: Lock, kept: string): string | undefined {
  const bytes = Buffer.from(kept, 'base64');
  // A shorter tag would be easier to hit.
  if (bytes.length <= NONCE + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, use), bytes.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(of));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
