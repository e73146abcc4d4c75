import { createHash, generateKeyPairSync, sign } from 'node:crypto';
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
const weak = generateKeyPairSync('rsa', {
  modulusLength: 512,
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
  'corta._domainkey.mtpe.example': `v=DKIM1; k=rsa; p=${weak.publicKey.toString('base64')}`,
  's1._domainkey.mtpe.gob.pe': keyRecord(),
  's1._domainkey.otro.gob.pe': keyRecord(),
  's1._domainkey.gob.pe': keyRecord(),
  '_dmarc.gob.pe': 'v=DMARC1; p=none',
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

export type Crafted = {
  domain?: string;
  selector?: string;
  fields?: string;
  /** Tags beside those that each signature has. */
  more?: string;
  algorithm?: 'rsa-sha256' | 'rsa-sha1';
  /** How much of the text it is of. */
  length?: number;
};
const DEFAULT_FIELDS =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding';

/** A mail with a signature of any shape, such as no honest program makes. */
export function crafted(
  raw: string,
  {
    domain = 'mtpe.example',
    selector = 's1',
    fields = DEFAULT_FIELDS,
    more = '',
    algorithm = 'rsa-sha256',
    length,
  }: Crafted = {},
): string {
  const hash = algorithm === 'rsa-sha1' ? 'sha1' : 'sha256';
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = Buffer.from(`${rest.join('\r\n\r\n').replace(/(?:\r\n)*$/, '')}\r\n`, 'latin1');
  const limit = length === undefined ? '' : ` l=${length};`;
  const bodyHash = createHash(hash).update(body.subarray(0, length)).digest('base64');
  const own = `DKIM-Signature: v=1; a=${algorithm}; c=simple/simple; d=${domain}; s=${selector};${limit}${more} h=${fields}; bh=${bodyHash}; b=`;
  const lines = head.split('\r\n');
  const covered = fields.split(':').flatMap((name) => {
    const at = lines.findLastIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : lines.splice(at, 1);
  });
  const { privateKey } = selector === 'corta' ? weak : keys;
  const value = sign(hash, Buffer.from([...covered, own].join('\r\n'), 'latin1'), privateKey);
  return `${own}${value.toString('base64')}\r\n${raw}`;
}
