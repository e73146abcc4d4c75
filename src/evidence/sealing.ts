import {
  createHash,
  createPrivateKey,
  type KeyObject,
  sign as signedBy,
  webcrypto,
  X509Certificate,
} from 'node:crypto';
import { PDF, type Signer, type SignOptions } from '@libpdf/core';
import { Integer, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CryptoEngine,
  Extension,
  getRandomValues,
} from 'pkijs';
import { DAY_MS } from '../domain/dates/durations.ts';
import type { Stamping } from '../domain/results/closingPaper.ts';

/** The system's key and certificate, and what is sealed with them: a PDF, by an increment of its own (PAdES B-B, or B-T with a time stamp). */

/** Puts a seal on a PDF, as of an instant. The same key gives the same bytes, where no authority stamps them. */
export type Sealer = (pdf: Uint8Array, at: string) => Promise<{ pdf: Uint8Array; stamp: Stamping }>;

/** Has an authority stamp a SHA-256: the token of RFC 3161. @throws where it is away, or what it gives is not good */
export type Stamper = (sha256: Uint8Array) => Promise<Uint8Array>;

/** The name of the field that holds the seal. */
const FIELD = 'RIAL';
/** The room for a seal with a stamp: authorities put their certificates into it. */
const STAMPED_BYTES = 32 * 1024;
const YEARS = 30;
const COMMON_NAME = '2.5.4.3';
const BASIC_CONSTRAINTS = '2.5.29.19';

/** What the library calls what Node has under names of its own. */
type EngineCrypto = ConstructorParameters<typeof CryptoEngine>[0]['crypto'];
type EngineKey = Parameters<Certificate['sign']>[0];

/** A new key with a certificate that it signed itself, in one PEM text. `name` is the host of the installation. */
export async function newSealKey(name: string, now: Date): Promise<string> {
  const algorithm = {
    ...{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 3072 },
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as EngineCrypto });
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = getRandomValues(new Uint8Array(16));
  // Positive, and of one length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from(serial).buffer });
  for (const one of [certificate.subject, certificate.issuer])
    one.typesAndValues.push(
      new AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new Utf8String({ value: `RIAL ${name}`.slice(0, 64) }),
      }),
    );
  certificate.notBefore.value = new Date(now.getTime() - DAY_MS);
  certificate.notAfter.value = new Date(
    Date.UTC(now.getUTCFullYear() + YEARS, now.getUTCMonth(), now.getUTCDate()),
  );
  // Years from 2050 on are not written in two digits.
  certificate.notAfter.type = 1;
  certificate.extensions = [
    new Extension({
      ...{ extnID: BASIC_CONSTRAINTS, critical: true },
      extnValue: new BasicConstraints({ cA: false }).toSchema().toBER(),
    }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(publicKey as EngineKey, engine);
  await certificate.sign(privateKey as EngineKey, 'SHA-256', engine);
  const pem = new X509Certificate(Buffer.from(certificate.toSchema().toBER())).toString();
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${key.replaceAll(/.{64}/g, '$&\n').trim()}\n-----END PRIVATE KEY-----\n${pem}`;
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * What seals with a key: PEM of a private key, RSA or elliptic, of its certificate, and of those above it where there are any.
 * @param stamper of the authority that is asked for a time stamp; while it is away the seal has none
 * @throws Error where there is no key, no certificate, or they are not of each other
 */
export function sealerWith(pem: string, stamper?: Stamper): Sealer & { fingerprint: string } {
  const key = createPrivateKey(pem);
  const [own, ...above] = (pem.match(CERTIFICATES) ?? []).map((one) => new X509Certificate(one));
  if (!own?.checkPrivateKey(key)) throw new Error('the first certificate is not of the key');
  const signer = signerWith(key, own, above);
  const seal: Sealer = async (pdf, at) => {
    const signed = async (more: Partial<SignOptions>) => {
      const document = await PDF.load(pdf);
      const options = { signer, signingTime: new Date(at), level: 'B-B', fieldName: FIELD, ...more } as const;
      return (await document.sign(options)).bytes;
    };
    if (!stamper) return { pdf: await signed({}), stamp: 'none' };
    const stamped: Partial<SignOptions> = {
      ...{ level: 'B-T', timestampAuthority: { timestamp: (sha256) => stamper(sha256) } },
      estimatedSize: STAMPED_BYTES,
    };
    try {
      return { pdf: await signed(stamped), stamp: 'given' };
    } catch {
      // Nobody waits for an authority, and who stamps says why it gave none: what is sealed says that it has no stamp.
      return { pdf: await signed({}), stamp: 'away' };
    }
  };
  return Object.assign(seal, { fingerprint: fingerprintOf(own) });
}

function signerWith(key: KeyObject, own: X509Certificate, above: readonly X509Certificate[]): Signer {
  const kind = key.asymmetricKeyType;
  if (kind !== 'rsa' && kind !== 'ec') throw new Error('the key is neither RSA nor elliptic');
  return {
    certificate: new Uint8Array(own.raw),
    certificateChain: above.map(({ raw }) => new Uint8Array(raw)),
    ...(kind === 'rsa'
      ? { keyType: 'RSA', signatureAlgorithm: 'RSASSA-PKCS1-v1_5' }
      : { keyType: 'EC', signatureAlgorithm: 'ECDSA' }),
    sign: async (data) => new Uint8Array(signedBy('sha256', data, key)),
  };
}

/** What a certificate is known by: SHA-256 of its bytes, in hex. */
export const fingerprintOf = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('hex');
