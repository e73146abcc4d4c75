import { type Document, isScalar, LineCounter, parseAllDocuments, visit, type YAMLError } from 'yaml';

/**
 * Reads YAML as people write it. A parser of YAML loses its way at the first slip, and then finds fault with what
 * is right; this one tells of the slip, mends it, and reads on, so that the rest of the file can be checked too.
 */

/** Something that is not YAML. `offset` counts characters of the text as it was mended; see {@link YamlText.at}. */
export type Slip = { offset: number; message: string };

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
};

/** Characters parsed in search of a file's slips: a programme has some 15,000, and is parsed some ten times for each. */
const BUDGET = 4_000_000;
/** Nobody writes a longer file by hand. Its errors are told as the parser sees them. */
const LONGEST_MENDED = 60_000;

/**
 * @param keys words that are keys, for a line whose colon is missing
 * @throws RangeError where collections are nested so deeply that the stack ends
 */
export function readYaml(text: string, keys: readonly string[]): YamlText {
  let source = text.split(/\r\n|\n|\r/).map(asWritten);
  let parsed = parse(source);
  if (parsed.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION'))
    throw new RangeError('nested too deeply');
  let budget = text.length > LONGEST_MENDED ? -1 : BUDGET;
  const slips: { line: number; column: number; message: string }[] = [];
  const mended = new Set<number>();
  let lossy = false;
  const mendLine = ({ line, column, to, message, lossy: takesOut }: Mend) => {
    source = source.with(line, to);
    // A line that takes two mends is still one line to write anew.
    if (!mended.has(line + 1)) slips.push({ line, column, message });
    mended.add(line + 1);
    lossy ||= takesOut === true;
  };

  // Whoever indents with tabs does so in many lines.
  if (parsed.broken.some(({ code }) => code === 'TAB_AS_INDENT') && budget > 0) {
    for (const mend of source.flatMap((line, index) => withoutTabs(line, index) ?? [])) mendLine(mend);
    parsed = parse(source);
  }

  while (parsed.broken.length > 0) {
    const best = { errors: parsed.broken.length, mend: undefined as Mend | undefined, parsed };
    for (const mend of mendsFor(source, parsed, keys)) {
      if (budget < 0 || best.errors === 0) break;
      const tried = parse(source.with(mend.line, mend.to));
      budget -= text.length;
      if (tried.broken.length < best.errors)
        Object.assign(best, { errors: tried.broken.length, mend, parsed: tried });
    }
    if (!best.mend) break;
    mendLine(best.mend);
    parsed = best.parsed;
  }

  const { documents, lines, broken, errors } = parsed;
  const starts = offsetsOf(source);
  const offsetAt = (line: number, column: number) => {
    const chars = source[line] ?? [];
    const position = chars.findIndex((char) => char.column >= column);
    return (starts[line] ?? 0) + (position < 0 ? chars.length : position);
  };
  return {
    document: documents[0],
    slips: [
      ...slips.map(({ line, column, message }) => ({ offset: offsetAt(line, column), message })),
      ...errors.map(({ code, pos }) => ({ offset: pos[0], message: SYNTAX[code] ?? OTHERWISE })),
      ...documents
        .slice(1)
        .map(({ range }) => ({ offset: range[0], message: SYNTAX.MULTIPLE_DOCS as string })),
    ],
    at(offset) {
      const { line, col } = lines.linePos(offset);
      const chars = source[line - 1] ?? [];
      const column = chars[col - 1]?.column ?? (chars.at(-1)?.column ?? -1) + 1;
      return { line: Math.max(1, line), column: column + 1 };
    },
    mended,
    lossy,
    unread: Math.min(...broken.map(({ pos }) => pos[0])),
  };
}

// --- The text and its parts -----------------------------------------------------------------------------------

/** A character with the column it had when the line was written, from 0. */
type Char = { char: string; column: number };
type Line = readonly Char[];

/** UTF-16 units, as the parser counts. */
const asWritten = (line: string): Line => line.split('').map((char, column) => ({ char, column }));
const textOf = (line: Line | undefined): string => (line ?? []).map(({ char }) => char).join('');

function offsetsOf(source: readonly Line[]): number[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of source) {
    starts.push(offset);
    offset += line.length + 1;
  }
  return starts;
}

type Parsed = {
  documents: Document.Parsed[];
  lines: LineCounter;
  /** All errors, and those among them after which the rest is read otherwise than it was meant. */
  errors: YAMLError[];
  broken: YAMLError[];
};

function parse(source: readonly Line[]): Parsed {
  const lines = new LineCounter();
  const stream = parseAllDocuments(source.map(textOf).join('\n'), {
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
  return { documents, lines, errors, broken: errors.filter(({ code }) => !LOCAL.has(code)) };
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

const OTHERWISE =
  'this is not expected here; look for a missing colon, quote or space in this line and the one before';

const SYNTAX: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias (*) cannot have a tag or an anchor; write the value out',
  BAD_ALIAS: 'a value that begins with * or & has a meaning of its own here; put it in quotes',
  BAD_COLLECTION_TYPE: 'a tag (!) does not fit its value; leave the tag out',
  BAD_DIRECTIVE:
    'a line that begins with % has a meaning of its own here; leave it out, or put the value in quotes',
  BAD_DQ_ESCAPE:
    'a backslash in double quotes begins a special character; write it twice, or use single quotes',
  BAD_INDENT: 'this line begins too far to the left or to the right; begin it where its neighbours begin',
  BAD_PROP_ORDER: 'an anchor (&) or a tag (!) stands in the wrong place; leave it out',
  BAD_SCALAR_START: 'a value cannot begin with this character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'there are two colons in this line, or a dash after a colon; put the value in quotes',
  BLOCK_IN_FLOW:
    'a list in [ ] or { } is not closed before this line; close it, or write one entry a line after "- "',
  KEY_OVER_1024_CHARS:
    'this key is longer than any key of a programme; perhaps a line break is missing after it',
  MISSING_CHAR: 'something is missing here: a colon, a comma, or the quote or bracket that closes',
  MULTILINE_IMPLICIT_KEY:
    'this line has no colon, or a quote is not closed; write key: value, or put long texts below ">-"',
  MULTIPLE_ANCHORS: 'a value can have one anchor (&) only; leave the others out',
  MULTIPLE_DOCS:
    'a second document begins here; keep one programme in a file, and no line of --- or ... after its beginning',
  MULTIPLE_TAGS: 'a value can have one tag (!) only; leave the others out',
  NON_STRING_KEY: 'a key is a word followed by a colon',
  TAB_AS_INDENT: 'a tab stands where spaces are needed; write two spaces for each level',
  TAG_RESOLVE_FAILED: 'a value that begins with ! has a meaning of its own here; put it in quotes',
};

// --- Mending ------------------------------------------------------------------------------------------------

/** One line written otherwise; `line` and `column` from 0, the column as it was written. */
type Mend = { line: number; column: number; to: Line; message: string; lossy?: true };

/** What may be meant where the first error is, the most likely first. */
function* mendsFor(source: readonly Line[], parsed: Parsed, keys: readonly string[]): Generator<Mend> {
  const [first] = parsed.broken;
  if (!first) return;
  const { line } = parsed.lines.linePos(first.pos[0]);
  const at = line - 1;
  const before = contentFrom(source, at - 1, -1);
  const after = contentFrom(source, at + 1, 1);
  const near = [at, after, before].filter((index) => index !== undefined);
  // A quote that is not closed runs on to the next one, and the error shows there.
  for (const index of new Set([...openQuotes(parsed, first.pos[0]), ...near]))
    yield* closed(source[index] as Line, index);
  for (const index of near) yield* slipsOf(source, index, keys);
  for (const index of near) yield* indented(source, index);
  for (const index of near)
    if (textOf(source[index]).trim() !== '')
      yield {
        line: index,
        column: indentOf(source[index] as Line),
        to: [],
        message: SYNTAX[first.code] ?? OTHERWISE,
        lossy: true,
      };
}

const indentOf = (line: Line): number => /^ */.exec(textOf(line))?.[0].length ?? 0;

/** The nearest line with something on it that is no comment. */
function contentFrom(source: readonly Line[], from: number, step: 1 | -1): number | undefined {
  for (let index = from; index >= 0 && index < source.length; index += step)
    if (!/^\s*(#|$)/.test(textOf(source[index]))) return index;
  return undefined;
}

/** Lines at which a quoted text begins that goes on over the next ones, as far as an error. */
function openQuotes({ documents, lines }: Parsed, until: number): number[] {
  const found: number[] = [];
  for (const document of documents)
    visit(document, {
      Scalar(_, { type, range }) {
        if ((type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE') || !range || range[0] > until) return;
        const start = lines.linePos(range[0]).line;
        if (lines.linePos(range[1]).line > start) found.push(start - 1);
      },
    });
  return found;
}

function* closed(line: Line, index: number): Generator<Mend> {
  const open = /(?:^|[:[,{-] *)(["'])(?!.*\1)/.exec(textOf(line));
  if (!open) return;
  const column = line[open.index + open[0].length - 1]?.column ?? 0;
  yield {
    line: index,
    column,
    to: [...line, { char: open[1] as string, column: line.length }],
    message: `the quote that opens here is not closed; write ${open[1]} where the text ends`,
  };
}

/** A line whose indentation has no tabs any more; `undefined` where it had none. */
function withoutTabs(line: Line, index: number): Mend | undefined {
  const tabs = /^\s*?\t\s*/.exec(textOf(line))?.[0];
  if (tabs === undefined) return undefined;
  const indentation = line
    .slice(0, tabs.length)
    .flatMap(({ char, column }) =>
      Array.from({ length: char === '\t' ? 2 : 1 }, () => ({ char: ' ', column })),
    );
  return {
    line: index,
    column: line[tabs.indexOf('\t')]?.column ?? 0,
    to: [...indentation, ...line.slice(tabs.length)],
    message: SYNTAX.TAB_AS_INDENT as string,
  };
}

/** What people forget within a line. */
function* slipsOf(source: readonly Line[], index: number, keys: readonly string[]): Generator<Mend> {
  const line = source[index] as Line;
  const text = textOf(line);
  const columnOf = (position: number) => line[position]?.column ?? line.length;
  const insert = (position: number, char: string): Line => [
    ...line.slice(0, position),
    { char, column: columnOf(position) },
    ...line.slice(position),
  ];

  const dash = /^ *-(?=[^\s-])/.exec(text);
  if (dash)
    yield {
      line: index,
      column: columnOf(dash[0].length - 1),
      to: insert(dash[0].length, ' '),
      message: `a space is missing after the dash; write - ${text.trim().slice(1, 41)}`,
    };

  const [, lead = '', word = '', rest = ''] = /^( *(?:- +)*)([\w-]+)(.*)$/.exec(text) ?? [];
  const end = lead.length + word.length;
  if (keys.includes(word) && /^:\S/.test(rest))
    yield {
      line: index,
      column: columnOf(end),
      to: insert(end + 1, ' '),
      message: `a space is missing after the colon; write ${word}: ${rest.slice(1, 41)}`,
    };
  if (keys.includes(word) && /^\s*$|^ +[^\s:]/.test(rest) && !/^ *:/.test(rest))
    yield {
      line: index,
      column: columnOf(end),
      to: insert(end, ':'),
      message: `a colon is missing after ${word}; write ${word}:${rest.slice(0, 40)}`,
    };

  const valued = /^( *(?:- +)*(?:[\w-]+: +|- +))(\S.*?)\s*$/.exec(text);
  if (valued) {
    const [, key = '', value = ''] = valued;
    const open = { '[': ']', '{': '}' }[value[0] ?? ''];
    if (open && !value.endsWith(open))
      yield {
        line: index,
        column: columnOf(key.length),
        to: [...line, { char: open, column: line.length }],
        message: `the bracket that opens here is not closed; write ${open} where the list ends`,
      };
    if (/[\]}]{2}$/.test(value))
      yield {
        line: index,
        column: columnOf(key.length + value.length - 1),
        to: line.slice(0, key.length + value.length - 1),
        message: 'there is a bracket too many here; take it away',
      };
    if (!/^[>|]/.test(value)) {
      const inside = line
        .slice(key.length, key.length + value.length)
        .map(({ char, column }) => ({ char: /["\\]/.test(char) ? ' ' : char, column }));
      yield {
        line: index,
        column: columnOf(key.length),
        to: [
          ...line.slice(0, key.length),
          { char: '"', column: columnOf(key.length) },
          ...inside,
          { char: '"', column: columnOf(key.length + value.length - 1) },
        ],
        message: `this text has a meaning of its own in YAML${/: |:$/.test(value) ? ', because of its colon' : ''}; write it in quotes, and no quotes of the same kind within it: '…' or "…"`,
      };
    }
  }
}

/** A line that begins where one of its neighbours begins. */
function* indented(source: readonly Line[], index: number): Generator<Mend> {
  const line = source[index] as Line;
  const indent = indentOf(line);
  const neighbours = [contentFrom(source, index - 1, -1), contentFrom(source, index + 1, 1)]
    .filter((other) => other !== undefined)
    .flatMap((other) => {
      const neighbour = textOf(source[other]);
      // After "- " come the keys of the same entry.
      return [indentOf(source[other] as Line), /^ *(?:- +)*/.exec(neighbour)?.[0].length ?? 0];
    });
  for (const wanted of new Set(neighbours)) {
    if (wanted === indent) continue;
    const column = line[indent]?.column ?? 0;
    yield {
      line: index,
      column,
      to: [...Array.from({ length: wanted }, () => ({ char: ' ', column: 0 })), ...line.slice(indent)],
      message: `this line begins after ${spaces(indent)} and its neighbours after ${wanted}; write ${spaces(wanted)} before it`,
    };
  }
}

const spaces = (count: number): string => (count === 1 ? '1 space' : `${count} spaces`);

/** Whether a document holds nothing but comments. */
export const isEmpty = (document: Document.Parsed | undefined): boolean =>
  !document?.contents ||
  (isScalar(document.contents) &&
    (document.contents.source ?? '') === '' &&
    document.contents.value === null);
