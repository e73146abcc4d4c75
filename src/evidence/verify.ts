import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import {
  type BundleFinding,
  type BundleReport,
  INFO,
  PAYLOAD,
  type Seal,
  TAG_FILES,
} from '../domain/results/bundle.ts';
import type { ClosingPaperView, Signature } from '../domain/results/closingPaper.ts';
import { type Archive, archiveAt, type HeldFile, Unreadable } from './archive.ts';
import { canonicalText } from './chain.ts';
import { recordFindings } from './contents.ts';
import { readInfo, readListing } from './manifest.ts';
import { checkSeal } from './seal.ts';

/**
 * Checks a bundle by itself: the bag, each hash, the chain of the record, and that the case and its record agree. It
 * asks neither server nor database, and names each thing that was altered, left out or added.
 */

/** What is read as text; no case comes near it. */
const MOST_TEXT = 256 * 2 ** 20;

/** A file as it was found: its hash, and its text where it is one that is read. */
type FileSum = { size: number; sha256: string; text?: string; bytes?: Buffer };

type FileFault = Exclude<Extract<BundleFinding, { file: string }>, { is: string }>['code'];

type Options = {
  /** What the record has to pass through: the hash of an entry that somebody knows from elsewhere. */
  head?: string | undefined;
  /** By which its PDF has to be sealed: the fingerprint of a certificate that somebody knows from elsewhere. */
  certificate?: string | undefined;
};

/** @param place a ZIP, the folder it was unpacked into, or its PDF by itself */
export async function verifyBundle(place: string, known: Options = {}): Promise<BundleReport> {
  const paper = await paperAt(place);
  if (paper) return checkedPaper(path.basename(place), paper, known);
  let archive: Archive | undefined;
  try {
    archive = await archiveAt(place);
    return await checked(archive, known);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return unread(error.code, archive?.findings);
  } finally {
    await archive?.close();
  }
}

/** What is told of a bundle that is not read, or not to its end. */
export const unread = (
  code: 'unreadable' | 'no-bag' | 'exhausting',
  before: readonly BundleFinding[] = [],
): BundleReport => ({
  ...{
    ok: false,
    of: 'bundle',
    seal: null,
    paper: null,
    notice: null,
    files: 0,
    bytes: 0,
    entries: 0,
    head: null,
    withheld: [],
  },
  findings: [...before, { code }],
});

/** The bytes of a PDF; nothing of what is none. */
async function paperAt(place: string): Promise<Buffer | undefined> {
  const file = await open(place).catch(() => undefined);
  try {
    const { size = 0 } = (await file?.stat()) ?? {};
    const start = Buffer.alloc(5);
    await file?.read(start, 0, 5, 0).catch(() => undefined);
    return size <= MOST_TEXT && start.equals(Buffer.from('%PDF-')) ? await file?.readFile() : undefined;
  } finally {
    await file?.close();
  }
}

async function checkedPaper(file: string, bytes: Buffer, known: Options): Promise<BundleReport> {
  const { seal, findings } = await sealFindings(file, bytes, known);
  return {
    ...{
      ok: findings.length === 0,
      of: 'paper',
      seal,
      paper: null,
      notice: null,
      files: 1,
      bytes: bytes.length,
    },
    ...{ entries: 0, head: null, withheld: [], findings },
  };
}

/** @param sha256 of the case that it has to carry, where that is known */
async function sealFindings(
  file: string,
  bytes: Buffer,
  { certificate }: Options,
  sha256?: string,
): Promise<{ seal: Seal | null; findings: BundleFinding[] }> {
  const { seal, faults, attached } = await checkSeal(bytes);
  const is = attached && createHash('sha256').update(attached).digest('hex');
  const findings: BundleFinding[] = faults.map((code) => ({ code, file }));
  if (is === null || (sha256 !== undefined && is !== sha256)) findings.push({ code: 'seal-case', file });
  if (seal && certificate !== undefined && seal.fingerprint !== certificate)
    findings.push({ code: 'seal-other', file, is: seal.fingerprint });
  return { seal, findings };
}

async function checked(archive: Archive, known: Options): Promise<BundleReport> {
  const base = baseOf([...archive.files.keys()]);
  if (base === undefined) return unread('no-bag', archive.findings);
  const found = new Map<string, FileSum>();
  let held = 0;
  const outside: string[] = [];
  const damaged: BundleFinding[] = [];
  for (const [name, file] of archive.files) {
    if (!name.startsWith(base)) {
      outside.push(name);
      continue;
    }
    const own = name.slice(base.length);
    if (isPaper(own)) held += file.size;
    if (held > MOST_TEXT) throw new Unreadable('exhausting');
    const read = await hashed(own, file);
    // The bytes of the archive itself are broken there.
    if (!read) damaged.push({ code: 'file-altered', file: own });
    else found.set(own, read);
  }
  const broken = new Set(damaged.flatMap((one) => ('file' in one ? one.file : [])));
  const bag = bagFindings(found, broken);
  const record = recordFindings(textsOf(found), bag.manifest, known.head);
  const payload = payloadOf(found);
  const paper = found.get(PAYLOAD.paper)?.bytes;
  const sealed = paper && (await sealFindings(PAYLOAD.paper, paper, known, found.get(PAYLOAD.case)?.sha256));
  const closing = await closingFindings(record.closingPaper, found, known);
  const isUnstamped = record.notice?.stamp === 'given' && sealed?.seal?.stamp === null;
  const info = bag.info && sumFindings(bag.info, found, payload, record);
  const findings = [
    ...archive.findings,
    ...damaged,
    ...outside.map((file): BundleFinding => ({ code: 'file-added', file })),
    ...bag.findings,
    ...record.findings,
    ...(sealed?.findings ?? []),
    ...(isUnstamped && !sealed.findings.some(({ code }) => code === 'stamp-broken')
      ? [{ code: 'stamp-missing', file: PAYLOAD.paper } as const]
      : []),
    ...closing.findings,
    ...(info ?? []),
  ];
  return {
    ok: findings.length === 0,
    of: 'bundle',
    seal: sealed?.seal ?? null,
    paper: closing.seal,
    notice: record.notice,
    ...payload,
    entries: record.entries,
    head: record.head,
    withheld: record.withheld,
    findings,
  };
}

/**
 * The sealed case file of a cooperation that is over: its seal, and that each file of it that was signed begins with the one
 * before and has the signatures that the case says. What is not there is told as that.
 */
async function closingFindings(
  paper: ClosingPaperView | null,
  found: ReadonlyMap<string, FileSum>,
  known: Options,
): Promise<{ seal: Seal | null; findings: BundleFinding[] }> {
  const findings: BundleFinding[] = [];
  let newest: Seal | null = null;
  let before: Buffer | undefined;
  let said: Signature[] = [];
  for (const { file: name, signatures = [] } of paper
    ? [{ ...paper, signatures: [] }, ...paper.signed]
    : []) {
    const file = `data/${name}`;
    said = [...said, ...signatures];
    const bytes = found.get(file)?.bytes;
    if (!bytes) continue;
    const { seal, findings: own } = await sealFindings(file, bytes, known);
    findings.push(...own);
    if (seal && canonicalText(seal.signatures) !== canonicalText(said))
      findings.push({ code: 'signed-other', file });
    if (before && !bytes.subarray(0, before.length).equals(before))
      findings.push({ code: 'signed-foreign', file });
    if (seal?.stamp === null && paper?.stamp === 'given' && !own.some(({ code }) => code === 'stamp-broken'))
      findings.push({ code: 'stamp-missing', file });
    before = bytes;
    newest = seal ?? newest;
  }
  return { seal: newest, findings };
}

/** Which PDFs are looked into. */
const isPaper = (name: string): boolean => name === PAYLOAD.paper || /^data\/paper\/[^/]+\.pdf$/.test(name);

const isPayload = (name: string): boolean => name.startsWith('data/');

/** How many files there are in it, and how long they are together. */
function payloadOf(found: ReadonlyMap<string, FileSum>): { files: number; bytes: number } {
  const sizes = [...found].flatMap(([name, { size }]) => (isPayload(name) ? [size] : []));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Where the bag is: the folder that all is in, or none. */
function baseOf(names: readonly string[]): string | undefined {
  const isTag = (name: string) => Object.values<string>(TAG_FILES).includes(name);
  if (names.some((name) => isTag(name) || isPayload(name))) return '';
  const folders = names.filter((name) => isTag(name.split('/').slice(1).join('/')));
  const [first] = folders.map((name) => `${name.split('/')[0]}/`).toSorted();
  return first;
}

const READ = [...Object.values<string>(TAG_FILES), PAYLOAD.case, PAYLOAD.record, PAYLOAD.bundle];

/** Nothing where its bytes cannot be had. */
async function hashed(name: string, file: HeldFile): Promise<FileSum | undefined> {
  const hash = createHash('sha256');
  const kept: Buffer[] | undefined = isPaper(name) || READ.includes(name) ? [] : undefined;
  if (kept && file.size > MOST_TEXT) throw new Unreadable('exhausting');
  let size = 0;
  try {
    for await (const chunk of (await file.read()) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.byteLength;
      kept?.push(chunk);
    }
  } catch {
    return undefined;
  }
  const bytes = kept && Buffer.concat(kept);
  return {
    ...{ size, sha256: hash.digest('hex') },
    ...(bytes && (isPaper(name) ? { bytes } : { text: bytes.toString('utf8') })),
  };
}

const textsOf = (found: ReadonlyMap<string, FileSum>): ReadonlyMap<string, string> =>
  new Map([...found].flatMap(([name, { text }]) => (text === undefined ? [] : [[name, text] as const])));

const BAGIT = /^BagIt-Version: 1\.0\nTag-File-Character-Encoding: UTF-8\n$/;

/** The bag: its tag files, and each file against its list. `broken` are those told of already. */
function bagFindings(found: ReadonlyMap<string, FileSum>, broken: ReadonlySet<string>) {
  const findings: BundleFinding[] = [];
  const tell = (code: FileFault, file: string) => {
    if (!broken.has(file)) findings.push({ code, file });
  };
  const { bagit, info, manifest, tagManifest } = TAG_FILES;
  for (const file of [bagit, info, manifest, tagManifest]) if (!found.has(file)) tell('file-missing', file);
  const listed = readListing(found.get(manifest)?.text ?? '');
  const tags = readListing(found.get(tagManifest)?.text ?? '');
  const pairs = readInfo(found.get(info)?.text ?? '');
  if (found.has(manifest) && !listed) tell('file-malformed', manifest);
  if (found.has(info) && !pairs) tell('file-malformed', info);
  if (found.has(bagit) && !BAGIT.test(found.get(bagit)?.text ?? '')) tell('file-malformed', bagit);
  const ours = [bagit, info, manifest];
  if (found.has(tagManifest) && (!tags || [...tags.keys()].sort().join() !== [...ours].sort().join()))
    tell('file-malformed', tagManifest);
  for (const file of ours) {
    const sha256 = found.get(file)?.sha256;
    if (sha256 && tags?.has(file) && tags.get(file) !== sha256) tell('tag-differs', file);
  }
  for (const [file, sha256] of listed ?? []) {
    const one = found.get(file);
    if (!isPayload(file)) tell('file-malformed', manifest);
    else if (!one) tell('file-missing', file);
    else if (one.sha256 !== sha256) tell('file-altered', file);
  }
  const known = new Set<string>([...Object.values(TAG_FILES), ...(listed?.keys() ?? [])]);
  // Without a list nothing can be told to be beyond it.
  for (const file of found.keys())
    if (!known.has(file) && (listed || !isPayload(file))) tell('file-added', file);
  return { findings, manifest: listed, info: pairs };
}

/** What `bag-info.txt` says of the whole, against what it is. */
function sumFindings(
  info: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, FileSum>,
  payload: { files: number; bytes: number },
  record: { entries: number; head: string | null },
): BundleFinding[] {
  const is: [string, string | undefined][] = [
    [INFO.payload, `${payload.bytes}.${payload.files}`],
    [INFO.manifest, found.get(TAG_FILES.manifest)?.sha256],
    [INFO.entries, record.head === null ? undefined : String(record.entries)],
    [INFO.head, record.head ?? undefined],
  ];
  return is.flatMap(([what, one]): BundleFinding[] => {
    const says = info.get(what) ?? '';
    return one === undefined || one === says ? [] : [{ code: 'sum-differs', what, says, is: one }];
  });
}
