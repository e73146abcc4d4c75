import { createHash, verify, X509Certificate } from 'node:crypto';
import { fromBER, Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  type Attribute,
  Certificate,
  ContentInfo,
  getRandomValues,
  IssuerAndSerialNumber,
  MessageImprint,
  SignedData,
  type SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import type { Stamp } from '../domain/results/bundle.ts';
import { fingerprintOf } from './sealing.ts';

/** Time stamps of RFC 3161: what an authority is asked, and whether what it gives is a stamp of what it was asked about. */

/** What an authority takes and gives over HTTP. */
export const STAMP_QUERY = 'application/timestamp-query';
export const STAMP_REPLY = 'application/timestamp-reply';

export const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** Those that name the certificate, with the hash that they take where they say none. */
const CERTIFICATE_ATTRIBUTES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.16.2.12': 'sha1',
  '1.2.840.113549.1.9.16.2.47': 'sha256',
};
const EXTENDED_USE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const SHA256 = '2.16.840.1.101.3.4.2.1';
/** Hashes by which one may sign; SHA-1 is none. */
export const HASHES: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** With which it may: RSA with PKCS #1 v1.5, by any of its names, and ECDSA. */
const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'any',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** An authority gave no stamp, or none that is good. */
export class NoStamp extends Error {
  override name = 'NoStamp';
}

/** A question to an authority about a SHA-256, with a number by chance; `token` takes the stamp out of its answer. */
export function stampQuestion(sha256: Uint8Array): {
  query: Uint8Array;
  /** @throws NoStamp */
  token(answer: Uint8Array): Uint8Array;
} {
  const nonce = getRandomValues(new Uint8Array(8));
  // Positive, and of one length.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const request = new TimeStampReq({
    ...{ version: 1, certReq: true, nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }) },
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(sha256).buffer }),
    }),
  });
  return {
    query: new Uint8Array(request.toSchema().toBER()),
    token: (answer) => {
      const token = tokenIn(answer);
      const said = tokenParts(token)?.info.nonce?.valueBlock.valueHexView;
      if (!said || !Buffer.from(said).equals(Buffer.from(nonce)))
        throw new NoStamp('the stamp answers another question');
      if (!stampIn(token, sha256)) throw new NoStamp('the stamp is not good');
      return token;
    },
  };
}

/** @throws NoStamp */
function tokenIn(answer: Uint8Array): Uint8Array {
  let response: TimeStampResp;
  try {
    response = TimeStampResp.fromBER(Uint8Array.from(answer).buffer);
  } catch {
    throw new NoStamp('the answer is no answer of an authority');
  }
  const { status, timeStampToken } = response;
  // Granted, or granted with changes.
  if (!timeStampToken || (status.status as number) > 1)
    throw new NoStamp(`the authority refused: status ${status.status}`);
  return new Uint8Array(timeStampToken.toSchema().toBER());
}

/** What a stamp is made of; nothing where it cannot be read. */
function tokenParts(token: Uint8Array) {
  try {
    const content = ContentInfo.fromBER(Uint8Array.from(token).buffer);
    const signed = new SignedData({ schema: content.content });
    const text = signed.encapContentInfo.eContent?.getValue();
    const [signer, ...others] = signed.signerInfos;
    if (signed.encapContentInfo.eContentType !== TST_INFO || !text || !signer || others.length > 0)
      return undefined;
    return { signed, signer, text: Buffer.from(text), info: TSTInfo.fromBER(text) };
  } catch {
    return undefined;
  }
}

/**
 * When and by whom a SHA-256 was stamped; nothing where the stamp is of something else, or not as its authority made it.
 * Whether anybody trusts that authority is for the reader: its certificate is told.
 */
export function stampIn(token: Uint8Array, sha256: Uint8Array): Stamp | undefined {
  const parts = tokenParts(token);
  if (!parts) return undefined;
  const { signed, signer, text, info } = parts;
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const isOfIt =
    hashAlgorithm.algorithmId === SHA256 &&
    Buffer.from(hashedMessage.valueBlock.valueHexView).equals(Buffer.from(sha256));
  try {
    const own = (signed.certificates ?? []).find(
      (one): one is Certificate => one instanceof Certificate && isNamed(one, signer),
    );
    if (!own || !isOfIt || !stampsTime(own) || !isCanonical(token, signed, signer)) return undefined;
    const certificate = new X509Certificate(Buffer.from(own.toSchema().toBER()));
    const isInTime = own.notBefore.value <= info.genTime && info.genTime <= own.notAfter.value;
    if (!isInTime || !isStampSigned(signer, text, certificate)) return undefined;
    return {
      at: info.genTime.toISOString(),
      authority: certificate.subject.replaceAll('\n', ', '),
      fingerprint: fingerprintOf(certificate),
    };
  } catch {
    return undefined;
  }
}

/** Whether a signature names this certificate, by its issuer and number. */
export const isNamed = ({ issuer, serialNumber }: Certificate, { sid }: SignerInfo): boolean =>
  sid instanceof IssuerAndSerialNumber &&
  sid.issuer.isEqual(issuer) &&
  Buffer.from(sid.serialNumber.valueBlock.valueHexView).equals(
    Buffer.from(serialNumber.valueBlock.valueHexView),
  );

/** Whether a certificate is one that may stamp, and nothing else. */
function stampsTime({ extensions = [] }: Certificate): boolean {
  const use = extensions.find(({ extnID }) => extnID === EXTENDED_USE);
  if (!use) return false;
  const uses = fromBER(use.extnValue.valueBlock.valueHexView).result as Sequence;
  const [one, ...others] = uses.valueBlock.value as ObjectIdentifier[];
  return others.length === 0 && one?.valueBlock.toString() === TIME_STAMPING;
}

/** Whether what nothing signs of it is as RFC 5652 has it written, so that one bit that is another is found there too. */
function isCanonical(token: Uint8Array, signed: SignedData, signer: SignerInfo): boolean {
  const [digest, ...others] = signed.digestAlgorithms;
  const anew = new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema() }).toSchema().toBER();
  return (
    digest?.algorithmId === signer.digestAlgorithm.algorithmId &&
    others.length === 0 &&
    signed.version === 3 &&
    signer.version === 1 &&
    !signer.unsignedAttrs &&
    !signed.crls?.length &&
    [digest, signer.digestAlgorithm, signer.signatureAlgorithm].every(hasNoParameters) &&
    Buffer.from(anew).equals(Buffer.from(token))
  );
}

const hasNoParameters = ({ algorithmParams }: AlgorithmIdentifier): boolean =>
  algorithmParams === undefined || algorithmParams instanceof Null;

/** The certificate has to be one that the signature names. */
function isStampSigned(signer: SignerInfo, text: Buffer, certificate: X509Certificate): boolean {
  const hash = HASHES[signer.digestAlgorithm.algorithmId];
  const isIt = namesCertificate(signer.signedAttrs?.attributes ?? [], certificate.raw);
  return (
    isIt === true &&
    hash !== undefined &&
    isSigned({ signer, content: TST_INFO, digest: createHash(hash).update(text).digest(), certificate })
  );
}

/** Whether a digest of such a content is signed by the key of a certificate, which is the one that is named, if one is. */
export function isSigned({
  signer: { digestAlgorithm, signatureAlgorithm, signedAttrs, signature },
  content,
  digest,
  certificate: { raw, publicKey },
}: {
  signer: SignerInfo;
  content: string;
  digest: Buffer;
  certificate: X509Certificate;
}): boolean {
  const hash = HASHES[digestAlgorithm.algorithmId];
  const way = SIGNATURES[signatureAlgorithm.algorithmId];
  if (!hash || !(way === 'any' || way === hash) || !signedAttrs) return false;
  const said = (type: string) => signedAttrs.attributes.find((one) => one.type === type)?.values[0];
  const kind = said(CONTENT_TYPE) as ObjectIdentifier | undefined;
  const told = said(MESSAGE_DIGEST) as OctetString | undefined;
  return (
    kind?.valueBlock.toString() === content &&
    told !== undefined &&
    digest.equals(Buffer.from(told.valueBlock.valueHexView)) &&
    namesCertificate(signedAttrs.attributes, raw) !== false &&
    verify(
      hash,
      Buffer.from(signedAttrs.encodedValue),
      publicKey,
      Buffer.from(signature.valueBlock.valueHexView),
    )
  );
}

/** Nothing where none is named; by SHA-1 in the older attribute, in the newer by the hash that it says, or SHA-256 (RFC 5035). */
function namesCertificate(attributes: readonly Attribute[], raw: Buffer): boolean | undefined {
  const one = attributes.find(({ type }) => type in CERTIFICATE_ATTRIBUTES);
  if (!one) return undefined;
  const [list] = (one.values[0] as Sequence).valueBlock.value as Sequence[];
  const [first] = list?.valueBlock.value ?? [];
  const parts = (first as Sequence | undefined)?.valueBlock.value ?? [];
  const named = parts.find((part) => part instanceof OctetString);
  const [algorithm] = parts[0] instanceof Sequence ? parts[0].valueBlock.value : [];
  const hash =
    algorithm instanceof ObjectIdentifier
      ? HASHES[algorithm.valueBlock.toString()]
      : CERTIFICATE_ATTRIBUTES[one.type];
  return (
    named !== undefined &&
    hash !== undefined &&
    createHash(hash).update(raw).digest().equals(Buffer.from(named.valueBlock.valueHexView))
  );
}
