import { createHash, X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import type { SealFault } from '../domain/results/bundle.ts';
import type { Signature } from '../domain/results/closingPaper.ts';
import { addsSignaturesAlone } from './increments.ts';
import { fingerprintOf } from './sealing.ts';
import { HASHES, isNamed, isSigned, stampIn, TST_INFO } from './stamp.ts';

/** Signatures that others put on a sealed PDF after its seal, each an increment by a tool and a key of their own. */

/** Where a signature stands, and where what it is over ends. */
export type SignedRange = { from: number; to: number; end: number };

const RANGE =
  /\/ByteRange\s{0,4}\[\s{0,9}(\d{1,12})\s{1,20}(\d{1,12})\s{1,20}(\d{1,12})\s{1,20}(\d{1,12})\s{0,20}\]/g;
/** More parties than these sign no case. */
const MOST_SIGNATURES = 20;
const DATA = '1.2.840.113549.1.7.1';

/** What of a PDF says that it is signed, in the order of the file; whether it is, is not looked at. */
export function rangesIn(pdf: Buffer): SignedRange[] {
  return [...pdf.toString('latin1').matchAll(RANGE)].flatMap((found) => {
    const [start, from = 0, to = 0, rest = 0] = found.slice(1).map(Number);
    return start === 0 && from < to ? [{ from, to, end: to + rest }] : [];
  });
}

/**
 * Who signed after the seal, and what is wrong with that.
 * @param sealed the beginning, up to where its seal ends
 */
export async function signaturesAfter(
  pdf: Buffer,
  sealed: Buffer,
): Promise<{ signatures: Signature[]; faults: SealFault[] }> {
  const ranges = rangesIn(pdf).filter(({ end }) => end > sealed.length);
  const signatures: Signature[] = [];
  const known = new Set<string>();
  if (ranges.at(-1)?.end !== pdf.length) return { signatures: [], faults: ['signed-partial'] };
  if (ranges.length > MOST_SIGNATURES) return { signatures: [], faults: ['signed-altered'] };
  let before = sealed.length;
  for (const [at, range] of ranges.entries()) {
    // Each is over all that was there before it, the earlier signatures too.
    if (range.from < before || range.end <= before || range.end > pdf.length)
      return { signatures: [], faults: ['signed-partial'] };
    before = range.end;
    const signature = signatureIn(pdf, range);
    if (!signature) return { signatures: [], faults: ['signed-broken'] };
    const added = await addsSignaturesAlone(sealed, pdf.subarray(0, range.end));
    if (added?.count !== at + 1) return { signatures: [], faults: ['signed-altered'] };
    const covers = added.covers.filter(({ mark }) => !known.has(mark));
    for (const { mark } of covers) known.add(mark);
    signatures.push({ ...signature, covers: [...new Set(covers.map(({ page }) => page))] });
  }
  return { signatures, faults: [] };
}

/** By whom it is, where it is good: by a key, over all but the place that it stands in. */
function signatureIn(pdf: Buffer, { from, to, end }: SignedRange): Omit<Signature, 'covers'> | undefined {
  if (pdf[from] !== 0x3c || pdf[to - 1] !== 0x3e) return undefined;
  const hex = pdf.toString('latin1', from + 1, to - 1);
  if (!/^[0-9A-Fa-f]+$/.test(hex) || hex.length % 2 !== 0) return undefined;
  const hashOf = (hash: string) =>
    createHash(hash).update(pdf.subarray(0, from)).update(pdf.subarray(to, end)).digest();
  try {
    const padded = Buffer.from(hex, 'hex');
    const bytes = padded.subarray(0, fromBER(new Uint8Array(padded)).offset);
    // After it is room that nothing was written to.
    if (padded.subarray(bytes.length).some((byte) => byte !== 0)) return undefined;
    const info = ContentInfo.fromBER(new Uint8Array(bytes));
    const signed = new SignedData({ schema: info.content });
    // A time stamp over the whole, as some tools put it after a signature.
    if (signed.encapContentInfo.eContentType === TST_INFO) {
      const stamp = stampIn(bytes, hashOf('sha256'));
      return stamp && { subject: stamp.authority, fingerprint: stamp.fingerprint, stampedAt: stamp.at };
    }
    const [signer, ...others] = signed.signerInfos;
    const own = (signed.certificates ?? []).find(
      (one): one is Certificate => one instanceof Certificate && signer !== undefined && isNamed(one, signer),
    );
    if (!signer || others.length > 0 || !own || signed.encapContentInfo.eContent) return undefined;
    const hash = HASHES[signer.digestAlgorithm.algorithmId];
    const certificate = new X509Certificate(Buffer.from(own.toSchema().toBER()));
    if (!hash || !isSigned({ signer, content: DATA, digest: hashOf(hash), certificate })) return undefined;
    const subject = certificate.subject.replaceAll('\n', ', ');
    return { subject, fingerprint: fingerprintOf(certificate), stampedAt: null };
  } catch {
    return undefined;
  }
}
