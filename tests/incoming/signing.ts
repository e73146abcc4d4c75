import { generateKeyPairSync } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import type { Resolve } from '../../src/incoming/authenticity.ts';

/** Domains with keys of their own, what they publish, and mails that they sign. */

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const stranger = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const keyRecord = (more = '') => `v=DKIM1; k=rsa;${more} p=${keys.publicKey.toString('base64')}`;

/** What is published, by name; all else is not there. `away`: nobody can be asked. */
const PUBLISHED: Readonly<Record<string, string>> = {
  's1._domainkey.mtpe.example': keyRecord(),
  '_dmarc.mtpe.example': 'v=DMARC1; p=reject; adkim=r',
  's1._domainkey.correo.mtpe.example': keyRecord(),
  's1._domainkey.estricto.example': keyRecord(),
  's1._domainkey.correo.estricto.example': keyRecord(),
  '_dmarc.estricto.example': 'v=DMARC1; p=reject; adkim=s',
  's1._domainkey.callado.example': keyRecord(),
  's1._domainkey.otro.example': keyRecord(),
  '_dmarc.otro.example': 'v=DMARC1; p=none',
  'prueba._domainkey.mtpe.example': keyRecord(' t=y;'),
};

export const resolving =
  (published: Readonly<Record<string, string>> = PUBLISHED, asked: string[] = []): Resolve =>
  async (name, type) => {
    asked.push(name);
    const found = type === 'TXT' ? published[name] : undefined;
    if (found === undefined) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    return [[found]];
  };
export const nobodyAnswers: Resolve = async () => {
  throw Object.assign(new Error('timed out'), { code: 'ETIMEOUT' });
};

export type Signing = { domain?: string; selector?: string; fields?: string; key?: 'own' | 'stranger' };

/** A mail with the signature of a domain above it; by another program than the one that checks it. */
export async function signed(
  raw: string,
  { domain = 'mtpe.example', selector = 's1', fields, key = 'own' }: Signing = {},
): Promise<string> {
  const signer = new DKIM({
    ...{ domainName: domain, keySelector: selector },
    privateKey: (key === 'own' ? keys : stranger).privateKey,
    ...(fields !== undefined && { headerFieldNames: fields }),
  });
  return (await buffer(signer.sign(Buffer.from(raw, 'latin1')))).toString('latin1');
}
