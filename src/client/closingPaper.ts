import { Readable } from 'node:stream';
import {
  closingPaperOf,
  closingPaperViewOf,
  enterClosingPaper,
  enterSignedPaper,
  untoldSignatures,
  withoutClosingPaper,
} from '../casefile/results/closingPaper.ts';
import { viewOf } from '../casefile/view.ts';
import { bytesUpTo, readAll } from '../documents/store.ts';
import { DAY_MS } from '../domain/dates/durations.ts';
import type { Door, RecordedFor } from '../domain/door.ts';
import { Refused, refused } from '../domain/refusal.ts';
import {
  type ClosingPaperView,
  closingFiles,
  hasClosingPaper,
  newestPaper,
  type Signature,
  signersIn,
} from '../domain/results/closingPaper.ts';
import { checkBundle } from './bundles.ts';
import { type ByToken, cameIn } from './came.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';

/** The sealed case file of a cooperation that is over: made once and kept, and signed by ministries with tools of their own. */

/** So many are made at a time: each takes some seconds. */
const AT_ONCE = 5;
/** What signatures may add at once: certificates, stamps and the picture of one that is seen take a fraction of it. */
const MOST_ADDED_BYTES = 8 * 1024 * 1024;
/** Of all its files: who checks a bundle reads them together, and its own PDF beside them (`evidence/verify.ts`). */
const MOST_BYTES = 192 * 1024 * 1024;
/** So long nobody who does not ask gets one without a stamp, where an authority that is away would give it. */
const STAMP_WAIT_MS = DAY_MS;

/** The paper, which is made where somebody asks for it before it was. @throws Refused `PaperNotYet`, `Unavailable` */
export async function closingPaper(
  client: CooperationClient,
  cooperation: string,
): Promise<ClosingPaperView> {
  const stands = await cooperationOf(client, cooperation);
  if (!hasClosingPaper(stands)) return refused({ code: 'PaperNotYet' });
  const standing = await paperIn(client, cooperation);
  if (standing) return standing;
  await make(client, cooperation);
  return (await paperIn(client, cooperation)) ?? refused({ code: 'Unavailable' });
}

async function paperIn(
  { caseFile }: CooperationClient,
  cooperation: string,
): Promise<ClosingPaperView | undefined> {
  const paper = await closingPaperOf(caseFile, cooperation);
  return paper && closingPaperViewOf(paper);
}

/** @param waits whether one that an authority did not stamp is left to the next time. Says whether it is there. */
async function make(client: CooperationClient, cooperation: string, waits = false): Promise<boolean> {
  const { caseFile, documents, paperMaker, now } = client;
  const view = await viewOf(caseFile, cooperation, now());
  if (!paperMaker || !view) return refused({ code: 'Unavailable' });
  const madeAt = now();
  const { sealed, reading, stamp } = await paperMaker(view, madeAt);
  if (waits && stamp === 'away') return false;
  const [whole, copy] = await Promise.all(
    [sealed, reading].map((bytes) => documents.put(Readable.from([Buffer.from(bytes)]))),
  );
  if (!whole || !copy) throw new Error('nothing was put');
  await enterClosingPaper(caseFile, {
    ...{ cooperation, madeAt, stamp, sha256: whole.sha256, size: whole.size },
    ...{ readingSha256: copy.sha256, readingSize: copy.size },
  });
  return true;
}

/**
 * Makes those that are missing of cooperations that are over, and has told of signatures whoever has not been.
 * @returns how many there were
 */
export async function keepClosingPapers(
  client: CooperationClient,
  log: { warn: (facts: object, text: string) => void },
): Promise<number> {
  const { caseFile, paperMaker, workflows, now } = client;
  let count = 0;
  for (const { id, closedAt } of paperMaker ? await withoutClosingPaper(caseFile, AT_ONCE) : [])
    try {
      const waits = Date.parse(now()) < Date.parse(closedAt ?? '') + STAMP_WAIT_MS;
      if (await make(client, id, waits)) count++;
    } catch (error) {
      log.warn({ err: error, cooperation: id }, 'a case that is over could not be sealed');
    }
  for (const { cooperation, number } of await untoldSignatures(caseFile)) {
    const { plan } = await cooperationOf(client, cooperation);
    await workflows.tellSignature(plan, number);
    count++;
  }
  return count;
}

export type GivenSignedPaper = {
  /** Whose ministry signed: a person of it. */
  by: string;
  bytes: AsyncIterable<Uint8Array>;
  recorded?: RecordedFor | undefined;
};

/**
 * Puts in the paper as a ministry signed it: it has to begin with the newest one, byte for byte, and add signatures alone,
 * each valid. Whose certificates they are is told, and nobody vouches for it.
 * @throws Refused `PaperNotYet`, `PaperNotTheirs`, `PaperForeign`, `PaperOutdated`, `PaperUnsigned`, `PaperUnsound`
 */
export async function signPaper(
  client: CooperationClient,
  cooperation: string,
  given: GivenSignedPaper,
  token?: ByToken | { door: Door },
): Promise<{ number: number; signatures: Signature[] }> {
  const { caseFile, documents, workflows, now } = client;
  const { plan } = await cooperationOf(client, cooperation);
  const { id: by, party, role } = await personOf(client, cooperation, given.by);
  if (role !== 'delegate' && role !== 'staff') return refused({ code: 'PaperNotTheirs', person: by });
  const came = await cameHow(client, cooperation, given, token);
  const paper = await closingPaper(client, cooperation);
  const most = Math.min(newestPaper(paper).size + MOST_ADDED_BYTES, roomIn(paper));
  const bytes = (await bytesUpTo(most, given.bytes)) ?? refused({ code: 'DocumentRefused', why: 'size' });
  const { over, known } = await heldAgainst(client, paper, bytes);
  const report = await checkBundle(client, Readable.from([bytes]), `${cooperation} ${by}`);
  const [fault] = report.findings.map(({ code }) => code);
  if (fault === 'signed-partial' || fault === 'signed-altered')
    return refused({ code: 'PaperUnsound', why: fault });
  if (fault !== undefined || !report.seal) return refused({ code: 'PaperUnsound', why: 'signed-broken' });
  const signatures = report.seal.signatures.slice(known);
  if (signersIn(signatures).length === 0) return refused({ code: 'PaperUnsigned' });
  const stored = await documents.put(Readable.from([bytes]));
  const number = await enterSignedPaper(
    caseFile,
    { ...{ cooperation, party, by, signatures }, ...stored },
    { over, came: await came(), now: now() },
  );
  // Who is to be told is, once Temporal is there again.
  await workflows.tellSignature(plan, number).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.code !== 'Unavailable') throw error;
  });
  return { number, signatures };
}

async function cameHow(
  client: CooperationClient,
  cooperation: string,
  given: GivenSignedPaper,
  token: ByToken | { door: Door } | undefined,
) {
  if (!token || 'holder' in token) return cameIn(client, cooperation, given, token);
  // Staff on the site, who record it.
  return cameIn(client, cooperation, given, { ...token, holder: null });
}

/** How many bytes more there may be of it. */
const roomIn = (closingPaper: ClosingPaperView): number =>
  MOST_BYTES - closingFiles({ closingPaper }).reduce((sum, { size }) => sum + size, 0);

/**
 * Whether a file begins with the newest paper; of the one that it is over, how many signatures that has. The same file as one
 * that was put in is held against what that was over.
 * @throws Refused
 */
async function heldAgainst({ documents }: CooperationClient, paper: ClosingPaperView, bytes: Buffer) {
  const startsWith = async ({ sha256, size }: Pick<ClosingPaperView, 'sha256' | 'size'>) =>
    bytes.length >= size && bytes.subarray(0, size).equals(await readAll(documents, sha256));
  if (!(await startsWith(paper))) return refused({ code: 'PaperForeign' });
  const all = [paper, ...paper.signed];
  const same = paper.signed.findIndex(({ size }) => size === bytes.length);
  const isSame = same >= 0 && (await startsWith(paper.signed[same] as (typeof paper.signed)[number]));
  const place = isSame ? same : all.length - 1;
  const before = all[place] as (typeof all)[number];
  if (!(await startsWith(before))) return refused({ code: 'PaperOutdated', number: paper.signed.length });
  if (bytes.length === before.size) return refused({ code: 'PaperUnsigned' });
  return {
    over: before.sha256,
    known: paper.signed.slice(0, place).reduce((sum, { signatures }) => sum + signatures.length, 0),
  };
}
