import { createHash, verify, X509Certificate } from 'node:crypto';
import { PDF } from '@libpdf/core';
import { OctetString, type Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  type Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { Seal, SealFault } from '../domain/results/bundle.ts';
import { fingerprintOf } from './sealing.ts';
import { rangesIn, signaturesAfter } from './signatures.ts';
import { stampIn } from './stamp.ts';

/** Checks the seal of a PDF by itself: that it is over the whole file, and by the key of the certificate that is in it. */

/** What `case.pdf` carries. */
const ATTACHED = 'case.json';
/** Our seal is the first signature; a case has no more that look like one before it. */
const MOST_TRIED = 5;

export type SealCheck = { seal: Seal | null; faults: SealFault[]; attached: Uint8Array | null };

export async function checkSeal(pdf: Buffer): Promise<SealCheck> {
  const sealed = sealedPart(pdf);
  if (sealed && sealed.length < pdf.length) {
    const { seal, faults, attached } = await checkSeal(sealed);
    const after = await signaturesAfter(pdf, sealed);
    return {
      seal: seal && { ...seal, signatures: after.signatures },
      faults: [...faults, ...after.faults],
      attached,
    };
  }
  const attached = await attachedIn(pdf);
  const range = rangeOf(pdf);
  if (range === 'none') return { seal: null, faults: ['seal-missing'], attached };
  if (range === 'part') return { seal: null, faults: ['seal-partial'], attached };
  const { seal, faults } = sealIn(pdf, range);
  return { seal, faults, attached };
}

/** The beginning that has the seal, where others signed after it. */
function sealedPart(pdf: Buffer): Buffer | undefined {
  const ranges = rangesIn(pdf);
  if (ranges.length < 2) return undefined;
  for (const { end } of ranges.slice(0, MOST_TRIED)) {
    const part = pdf.subarray(0, end);
    const range = end <= pdf.length ? rangeOf(part) : 'part';
    if (typeof range === 'object' && sealIn(part, range).seal) return part;
  }
  return undefined;
}

/** The file's own case; nothing where there is none, or it cannot be read. */
async function attachedIn(pdf: Buffer): Promise<Uint8Array | null> {
  try {
    return (await PDF.load(new Uint8Array(pdf))).attachments.get(ATTACHED) ?? null;
  } catch {
    return null;
  }
}

type Range = { from: number; to: number };

/** Where the seal stands, of the last increment: all the rest of the file is what it is over. */
function rangeOf(pdf: Buffer): Range | 'none' | 'part' {
  const at = pdf.lastIndexOf('/ByteRange');
  if (at < 0) return 'none';
  const said = /^\/ByteRange \[(\d+) (\d+) +(\d+) +(\d+) *\]/.exec(pdf.toString('latin1', at, at + 120));
  const [start, from = 0, to = 0, rest = 0] = said?.slice(1).map(Number) ?? [];
  const isWhole = start === 0 && from < to && to + rest === pdf.length;
  return isWhole && pdf[from] === 0x3c && pdf[to - 1] === 0x3e ? { from, to } : 'part';
}

const HEX = /^(?:[0-9A-F]+|[0-9a-f]+)$/;
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const WITH_SHA256 = { rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' };
const EC_KEY = '1.2.840.10045.2.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.47';

const TIME_STAMP = '1.2.840.113549.1.9.16.2.14';
const BROKEN: Omit<SealCheck, 'attached'> = { seal: null, faults: ['seal-broken'] };

/** No seal where it is not as it was made: neither in what it is over, nor in itself. */
function sealIn(pdf: Buffer, { from, to }: Range): Omit<SealCheck, 'attached'> {
  const hex = pdf.toString('latin1', from + 1, to - 1);
  if (!HEX.test(hex) || hex.length % 2 !== 0) return BROKEN;
  const bytes = Buffer.from(hex, 'hex');
  try {
    const info = ContentInfo.fromBER(new Uint8Array(bytes));
    const signed = new SignedData({ schema: info.content });
    const [signer, ...others] = signed.signerInfos;
    const [first] = signed.certificates ?? [];
    if (!signer?.signedAttrs || others.length > 0 || !(first instanceof Certificate)) return BROKEN;
    // What nothing signs is as it was made, and after it is room that nothing was written to.
    const stamp = stampAttribute(signer);
    const expected = written(signed, signer, first, stamp);
    if (!bytes.subarray(0, expected.length).equals(expected)) return BROKEN;
    if (bytes.subarray(expected.length).some((byte) => byte !== 0)) return BROKEN;
    const certificate = new X509Certificate(Buffer.from(first.toSchema().toBER() as ArrayBuffer));
    const hash = createHash('sha256').update(pdf.subarray(0, from)).update(pdf.subarray(to)).digest();
    const value = (type: string) =>
      signer.signedAttrs?.attributes.find((one) => one.type === type)?.values[0];
    const digest = value(MESSAGE_DIGEST) as OctetString | undefined;
    const named = certificateHash(value(SIGNING_CERTIFICATE) as Sequence | undefined);
    const isOf = digest && Buffer.from(digest.valueBlock.valueHexView).equals(hash);
    const isNamed = named?.equals(createHash('sha256').update(certificate.raw).digest());
    const attributes = Buffer.from(signer.signedAttrs.encodedValue);
    const signature = Buffer.from(signer.signature.valueBlock.valueHexView);
    if (!isOf || !isNamed || !verify('sha256', attributes, certificate.publicKey, signature)) return BROKEN;
    const token = stamp && Buffer.from(stamp.values[0]?.toBER() as ArrayBuffer);
    const stamped = token && stampIn(token, createHash('sha256').update(signature).digest());
    const seal = {
      fingerprint: fingerprintOf(certificate),
      subject: certificate.subject.replaceAll('\n', ', '),
    };
    return {
      seal: { ...seal, stamp: stamped ?? null, signatures: [] },
      faults: token && !stamped ? ['stamp-broken'] : [],
    };
  } catch {
    return BROKEN;
  }
}

/** The time stamp, where it is all that is beside what is signed. */
function stampAttribute({ unsignedAttrs }: SignerInfo): Attribute | undefined {
  const [one, ...others] = unsignedAttrs?.attributes ?? [];
  return one?.type === TIME_STAMP && one.values.length === 1 && others.length === 0 ? one : undefined;
}

/** The bytes of a seal, made anew from what is signed in it, its certificates, its signature and its time stamp. */
function written(
  { certificates }: SignedData,
  signer: SignerInfo,
  own: Certificate,
  stamp: Attribute | undefined,
): Buffer {
  const sha256 = () => new AlgorithmIdentifier({ algorithmId: SHA256 });
  const isElliptic = own.subjectPublicKeyInfo.algorithm.algorithmId === EC_KEY;
  const { signedAttrs, signature } = signer;
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
    digestAlgorithms: [sha256()],
    ...(certificates && { certificates }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        digestAlgorithm: sha256(),
        ...(signedAttrs && { signedAttrs }),
        signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: WITH_SHA256[isElliptic ? 'ec' : 'rsa'] }),
        signature,
        ...(stamp && { unsignedAttrs: new SignedAndUnsignedAttributes({ type: 1, attributes: [stamp] }) }),
      }),
    ],
  });
  const info = new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}

/** The hash by which the signed attributes name their certificate: no other can be put in its place. */
function certificateHash(value: Sequence | undefined): Buffer | undefined {
  const [certificates] = value?.valueBlock.value ?? [];
  const [one] = (certificates as Sequence | undefined)?.valueBlock.value ?? [];
  const hash = (one as Sequence | undefined)?.valueBlock.value.find((part) => part instanceof OctetString);
  return hash && Buffer.from(hash.valueBlock.valueHexView);
}
