import {
  type BundleFinding,
  type BundleNotice,
  type BundleReport,
  PAYLOAD,
  WITHHELD,
} from '../domain/results/bundle.ts';
import { type ClosingPaperView, closingFiles, closingPaperView } from '../domain/results/closingPaper.ts';
import { type ChainedEntry, canonicalText, chainFaults, hashOf, headOf } from './chain.ts';

/** What a bundle says: the record as a chain, and the case beside it and beside the files. */

type Json = Record<string, unknown>;
type FileFacts = { file?: unknown; sha256?: unknown; document?: unknown; withheld?: unknown };
type CaseText = {
  record: { seq: number; at: unknown; kind: unknown; party: unknown; person: unknown; data: unknown }[];
  documents: FileFacts[];
  programmeVersions: { pdf: FileFacts; docx: FileFacts }[];
  mails: FileFacts[];
  certificates: FileFacts[];
  contents: { hash: unknown; value: unknown }[];
  closingPaper?: unknown;
};
type RecordText = { cooperation: string; entries: (ChainedEntry & { seq?: number })[] };

export type RecordCheck = {
  notice: BundleNotice | null;
  entries: number;
  head: string | null;
  withheld: BundleReport['withheld'];
  findings: BundleFinding[];
  /** What the case says of its sealed case file, where it has one. */
  closingPaper: ClosingPaperView | null;
};

/** @param manifest the hashes that the bag has, where they can be read */
export function recordFindings(
  texts: ReadonlyMap<string, string>,
  manifest: ReadonlyMap<string, string> | undefined,
  known: string | undefined,
): RecordCheck {
  const findings: BundleFinding[] = [];
  const read = <T>(file: string, is: (value: unknown) => value is T): T | undefined => {
    const value = parsed(texts.get(file), is);
    // That one of the list is not there is told with the others of the list.
    if (value === undefined && texts.has(file)) findings.push({ code: 'file-malformed', file });
    else if (value === undefined && !manifest?.has(file)) findings.push({ code: 'named-missing', file });
    return value;
  };
  const notice = read(PAYLOAD.bundle, isNotice);
  const record = read(PAYLOAD.record, isRecord);
  const view = read(PAYLOAD.case, isCase);
  const entries = record?.entries ?? [];
  const head = record ? headOf(entries) : null;
  for (const { number, fault } of chainFaults(entries))
    findings.push({ code: fault === 'content' ? 'entry-altered' : 'entry-unlinked', entry: number });
  const withheld = entries.flatMap((entry) =>
    'withheld' in entry ? [{ entry: entry.number, why: entry.withheld }] : [],
  );
  // Or somebody took out what an entry says, and called it withheld.
  if (notice && record && notice.withheld.entries !== withheld.length)
    findings.push({
      ...{ code: 'sum-differs', what: WITHHELD },
      ...{ says: String(notice.withheld.entries), is: String(withheld.length) },
    });
  if (known !== undefined && !entries.some(({ chain }) => chain === known))
    findings.push({ code: 'head-absent', head: known });
  if (record && view) findings.push(...disagreeing(record, view));
  const paper = closingPaperView.nullish().safeParse(view?.closingPaper);
  if (!paper.success) findings.push({ code: 'file-malformed', file: PAYLOAD.case });
  const closingPaper = paper.data ?? null;
  if (view) findings.push(...named({ ...view, closingPaper }, manifest), ...texted(view));
  return { notice: notice ?? null, entries: entries.length, head, withheld, findings, closingPaper };
}

function parsed<T>(text: string | undefined, is: (value: unknown) => value is T): T | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const areObjects = (value: unknown): value is Json[] => Array.isArray(value) && value.every(isObject);

const isNotice = (value: unknown): value is BundleNotice =>
  isObject(value) &&
  typeof value.cooperation === 'string' &&
  typeof value.madeAt === 'string' &&
  isObject(value.reader) &&
  (value.reader.of === 'all' || (value.reader.of === 'person' && typeof value.reader.party === 'string')) &&
  isObject(value.withheld) &&
  Object.values(value.withheld).every(Number.isInteger) &&
  Array.isArray(value.missing);

const isRecord = (value: unknown): value is RecordText =>
  isObject(value) &&
  areObjects(value.entries) &&
  value.entries.every(
    ({ number, hash, chain, salt, content, withheld }) =>
      Number.isInteger(number) &&
      typeof hash === 'string' &&
      typeof chain === 'string' &&
      (withheld === undefined
        ? typeof salt === 'string' && typeof content === 'string'
        : typeof withheld === 'string' && content === undefined),
  );

const isCase = (value: unknown): value is CaseText =>
  isObject(value) &&
  [
    ...[value.record, value.documents, value.programmeVersions],
    ...[value.mails, value.certificates, value.contents],
  ].every(areObjects);

/** What the case tells of its record, beside the entries that are there to be read. */
function disagreeing({ entries }: RecordText, { record }: CaseText): BundleFinding[] {
  const told = new Map(record.map((one) => [one.seq, one]));
  const findings = entries.flatMap((entry): BundleFinding[] => {
    if (!('content' in entry)) return [];
    const one = told.get(entry.seq ?? Number.NaN);
    told.delete(entry.seq ?? Number.NaN);
    if (!one) return [{ code: 'entry-missing', entry: entry.number }];
    const { at, kind, party, person, data } = one;
    const content = objectIn(entry.content);
    const same = canonicalText({ at, kind, party, person, data }) === canonicalText(pickedOf(content));
    return same ? [] : [{ code: 'entry-differs', entry: entry.number }];
  });
  return [...findings, ...[...told.keys()].map((seq): BundleFinding => ({ code: 'entry-added', seq }))];
}

const pickedOf = ({ at, kind, party, person, data }: Json) => ({ at, kind, party, person, data });

function objectIn(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The files that the case names: each in the bag, documents and certificates by the same hash. Mails are there without their links. */
function named(
  {
    documents,
    programmeVersions,
    mails,
    certificates,
    closingPaper,
  }: CaseText & { closingPaper: ClosingPaperView | null },
  manifest: ReadonlyMap<string, string> | undefined,
): BundleFinding[] {
  if (!manifest) return [];
  // What is withheld is named, and not there.
  const had = documents.filter((one) => (one?.withheld ?? null) === null);
  const exact = [
    ...[...had, ...programmeVersions.flatMap(({ pdf, docx }) => [pdf, docx])],
    ...[...certificates, ...closingFiles({ closingPaper })],
  ];
  const listed = (file: string) => manifest.get(file);
  return [
    ...exact.flatMap((one): BundleFinding[] => {
      const file = `data/${String(one?.file)}`.normalize('NFC');
      const sha256 = listed(file);
      if (sha256 === undefined) return [{ code: 'named-missing', file }];
      return sha256 === one?.sha256 ? [] : [{ code: 'named-altered', file }];
    }),
    ...mails.flatMap((one): BundleFinding[] => {
      const file = `data/${String(one.file)}`.normalize('NFC');
      return listed(file) === undefined ? [{ code: 'named-missing', file }] : [];
    }),
  ];
}

/**
 * What was written beside a decision stands under its hash, which the answer is bound to; what was handed in as a
 * document, under the hash of one of its versions.
 */
const texted = ({ contents, documents }: CaseText): BundleFinding[] =>
  contents.flatMap(({ hash, value }): BundleFinding[] => {
    const isVersion =
      isObject(value) &&
      typeof value.document === 'string' &&
      documents.some((one) => one.document === value.document && one.sha256 === hash);
    return isVersion || hashOf(value) === hash ? [] : [{ code: 'text-altered', hash: String(hash) }];
  });
