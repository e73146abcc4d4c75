import { type Document, isScalar, LineCounter, parseAllDocuments, type YAMLError } from 'yaml';
import type { Fault } from '../mistake.ts';
import {
  columnAt,
  type Line,
  lineOf,
  type Mend,
  mendsFor,
  type Reading,
  syntaxFault,
  withoutTabs,
} from './yamlMends.ts';

/**
 * Reads YAML as people write it. A parser of YAML loses its way at the first slip, and then finds fault with what
 * is right; this one tells of the slip, mends it, and reads on, so that the rest of the file can be checked too.
 */

/** Something that is not YAML. `offset` counts characters of the text as it was mended; see {@link YamlText.at}. */
export type Slip = { offset: number; fault: Fault };

export type YamlText = {
  /** The first document, as mended; `undefined` where there is none. */
  document: Document.Parsed | undefined;
  slips: Slip[];
  /** Line and column, from 1, in the text as it was written. */
  at(offset: number): { line: number; column: number };
  /** Lines (from 1) that were mended: what they say is not what was written. */
  mended: ReadonlySet<number>;
  /** Whether something was taken out, so that what is missing may have been there. */
  lossy: boolean;
  /** From here on the file could not be read as it was meant; infinite where all of it could. */
  unread: number;
  /** What reading it took, in characters parsed; see {@link WORK}. */
  work: number;
};

/**
 * Most of the work that is spent on a file's slips, in characters parsed: a programme has some 15,000, and is parsed
 * some ten times for each. It is the same for every text, however many slips it has.
 */
export const WORK = 3_000_000;
/** An error costs a parser as much as so many characters. */
const ERROR_WORK = 40;
/** Nobody writes a longer file by hand, or one with more slips. Its errors are told as the parser sees them. */
export const LONGEST_MENDED = 60_000;
const MOST_SLIPS = 300;

/**
 * @param keys words that are keys, for a line whose colon is missing
 * @throws RangeError where collections are nested so deeply that the stack ends
 */
export function readYaml(text: string, keys: readonly string[]): YamlText {
  let source = text.split(/\r\n|\n|\r/).map(lineOf);
  let parsed = parse(source);
  if (parsed.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION'))
    throw new RangeError('nested too deeply');
  const mending = text.length <= LONGEST_MENDED;
  let work = parsed.work;
  const slips: { line: number; column: number; fault: Fault }[] = [];
  const mended = new Set<number>();
  let lossy = false;
  const note = ({ line, column, fault, lossy: takesOut }: Mend) => {
    // A line that takes two mends is still one line to write anew.
    if (!mended.has(line + 1)) slips.push({ line, column, fault });
    mended.add(line + 1);
    lossy ||= takesOut === true;
  };

  // Whoever indents with tabs does so in many lines.
  if (mending && parsed.broken.some(({ code }) => code === 'TAB_AS_INDENT')) {
    source = source.map((line, index) => {
      const mend = withoutTabs(line, index);
      if (mend) note(mend);
      return mend ? mend.to : line;
    });
    parsed = parse(source);
    work += parsed.work;
  }

  while (mending && parsed.broken.length > 0 && parsed.broken.length <= MOST_SLIPS) {
    const best = { errors: parsed.broken.length, mend: undefined as Mend | undefined, parsed };
    for (const mend of mendsFor(source, parsed, keys)) {
      if (work > WORK || best.errors === 0) break;
      const tried = parse(source.with(mend.line, mend.to));
      work += tried.work;
      if (tried.broken.length < best.errors)
        Object.assign(best, { errors: tried.broken.length, mend, parsed: tried });
    }
    if (!best.mend) break;
    source = source.with(best.mend.line, best.mend.to);
    note(best.mend);
    parsed = best.parsed;
  }

  const { documents, lines, broken, errors } = parsed;
  const starts = offsetsOf(source);
  const offsetAt = (line: number, column: number) => {
    const { text, columns }: Line = source[line] ?? lineOf('');
    const position = columns ? columns.findIndex((one) => one >= column) : column;
    return (starts[line] ?? 0) + (position < 0 ? text.length : Math.min(position, text.length));
  };
  return {
    document: documents[0],
    slips: [
      ...slips.map(({ line, column, fault }) => ({ offset: offsetAt(line, column), fault })),
      ...errors.map(({ code, pos }) => ({ offset: pos[0], fault: syntaxFault(code) })),
      ...documents.slice(1).map(({ range }) => ({ offset: range[0], fault: syntaxFault('MULTIPLE_DOCS') })),
    ],
    at(offset) {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: columnAt(source[line - 1] ?? lineOf(''), col - 1) + 1 };
    },
    mended,
    lossy,
    unread: Math.min(...broken.map(({ pos }) => pos[0])),
    work,
  };
}

function offsetsOf(source: readonly Line[]): number[] {
  const starts: number[] = [];
  let offset = 0;
  for (const { text } of source) {
    starts.push(offset);
    offset += text.length + 1;
  }
  return starts;
}

/** `broken` are those of the errors after which the rest is read otherwise than it was meant. */
type ParsedText = Reading & {
  errors: YAMLError[];
  /** What it took, in characters. */
  work: number;
};

function parse(source: readonly Line[]): ParsedText {
  const lines = new LineCounter();
  const text = source.map((line) => line.text).join('\n');
  const stream = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    // The parser compares each key with every other; whoever reads the document looks for duplicates.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const documents = Array.isArray(stream) ? (stream as Document.Parsed[]) : [];
  const errors = [stream, ...documents]
    .flatMap((part) => ('errors' in part ? [...part.errors, ...part.warnings] : []))
    .sort((a, b) => a.pos[0] - b.pos[0]);
  const broken = errors.filter(({ code }) => !LOCAL.has(code));
  return { documents, lines, errors, broken, work: text.length + ERROR_WORK * errors.length };
}

/** Errors that concern one value, and leave the lines around it as they were meant. */
const LOCAL: ReadonlySet<string> = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_PROP_ORDER',
  'KEY_OVER_1024_CHARS',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_DOCS',
  'MULTIPLE_TAGS',
  'NON_STRING_KEY',
  'TAG_RESOLVE_FAILED',
]);

/** Whether a document holds nothing but comments. */
export const isEmpty = (document: Document.Parsed | undefined): boolean =>
  !document?.contents ||
  (isScalar(document.contents) &&
    (document.contents.source ?? '') === '' &&
    document.contents.value === null);
