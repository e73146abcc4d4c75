import { type Document, type LineCounter, visit, type YAMLError } from 'yaml';
import type { Fault } from '../mistake.ts';

/**
 * What may be meant where YAML has a slip: lines written otherwise, the most likely first. Each of these takes time in
 * proportion to the line, whatever is in it: an expression that looks for a line's end from each of its characters
 * does not.
 */

/** A line, with the column that each of its characters had when it was written, from 0; as it stands where left out. */
export type Line = { text: string; columns?: readonly number[] };

/** UTF-16 units, as the parser counts. */
export const lineOf = (text: string): Line => ({ text });

/** The column, as it was written, of what stands at a position. */
export function columnAt({ text, columns }: Line, position: number): number {
  if (!columns) return Math.min(position, text.length);
  return columns[position] ?? (columns.at(-1) ?? -1) + 1;
}

/** A line with some characters in the place of others; `column` is where they are taken to stand. */
function spliced(line: Line, position: number, removed: number, instead: string, column: number): Line {
  const columns = line.columns ?? Array.from({ length: line.text.length }, (_, at) => at);
  const { text } = line;
  return {
    text: text.slice(0, position) + instead + text.slice(position + removed),
    columns: [
      ...columns.slice(0, position),
      ...Array.from({ length: instead.length }, () => column),
      ...columns.slice(position + removed),
    ],
  };
}

/** One line written otherwise; `line` and `column` from 0, the column as it was written. */
export type Mend = { line: number; column: number; to: Line; fault: Fault; lossy?: true };

/** What a parser made of a text, and where it lost its way. */
export type Reading = { documents: Document.Parsed[]; lines: LineCounter; broken: YAMLError[] };

/** What may be meant where the first error is, the most likely first. */
export function* mendsFor(
  source: readonly Line[],
  reading: Reading,
  keys: readonly string[],
): Generator<Mend> {
  const [first] = reading.broken;
  if (!first) return;
  const { line } = reading.lines.linePos(first.pos[0]);
  const at = line - 1;
  const before = contentFrom(source, at - 1, -1);
  const after = contentFrom(source, at + 1, 1);
  const near = [at, after, before].filter((index) => index !== undefined);
  // A quote that is not closed runs on to the next one, and the error shows there.
  for (const index of new Set([...openQuotes(reading, first.pos[0]), ...near]))
    yield* closed(source[index] as Line, index);
  for (const index of near) yield* slipsOf(source[index] as Line, index, keys);
  for (const index of near) yield* indented(source, index);
  for (const index of near) {
    const { text } = source[index] as Line;
    if (text.trim() !== '')
      yield {
        line: index,
        column: indentOf(text),
        to: lineOf(''),
        fault: syntaxFault(first.code),
        lossy: true,
      };
  }
}

const indentOf = (text: string): number => /^ */.exec(text)?.[0].length ?? 0;
/** With the dashes of a list: after "- " come the keys of the same entry. */
const leadOf = (text: string): number => /^ *(?:- +)*/.exec(text)?.[0].length ?? 0;

/** The nearest line with something on it that is no comment. */
function contentFrom(source: readonly Line[], from: number, step: 1 | -1): number | undefined {
  for (let index = from; index >= 0 && index < source.length; index += step)
    if (!/^\s*(#|$)/.test(source[index]?.text ?? '')) return index;
  return undefined;
}

/** Lines at which a quoted text begins that goes on over the next ones, as far as an error. */
function openQuotes({ documents, lines }: Reading, until: number): number[] {
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

/** A line with the quote that opens in it closed, where no other of its kind follows. */
function* closed(line: Line, index: number): Generator<Mend> {
  const { text } = line;
  // Only the last of a kind has no other after it.
  const positions = ['"', "'"]
    .map((quote) => text.lastIndexOf(quote))
    .filter((position) => position === 0 || (position > 0 && opensAfter(text, position)));
  if (positions.length === 0) return;
  const position = Math.min(...positions);
  const quote = text[position] as string;
  yield {
    line: index,
    column: columnAt(line, position),
    to: spliced(line, text.length, 0, quote, text.length),
    fault: { code: 'QuoteOpen', quote },
  };
}

/** Whether what stands before a quote, spaces aside, is something that a text begins after. */
function opensAfter(text: string, position: number): boolean {
  let at = position - 1;
  while (at >= 0 && text[at] === ' ') at--;
  return at >= 0 && ':[,{-'.includes(text[at] as string);
}

/** A line whose indentation has no tabs any more; `undefined` where it had none. */
export function withoutTabs(line: Line, index: number): Mend | undefined {
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  const first = indent.indexOf('\t');
  if (first < 0) return undefined;
  const columns: number[] = [];
  for (let at = 0; at < indent.length; at++)
    for (let n = 0; n < (indent[at] === '\t' ? 2 : 1); n++) columns.push(columnAt(line, at));
  const rest = line.text.slice(indent.length);
  for (let at = 0; at < rest.length; at++) columns.push(columnAt(line, indent.length + at));
  return {
    line: index,
    column: columnAt(line, first),
    to: { text: `${' '.repeat(columns.length - rest.length)}${rest}`, columns },
    fault: { code: 'IndentWithTab' },
  };
}

const LONGEST_INSTEAD = 40;

/** What people forget within a line. */
function* slipsOf(line: Line, index: number, keys: readonly string[]): Generator<Mend> {
  const { text } = line;
  const inserted = (position: number, char: string, fault: Fault): Mend => ({
    line: index,
    column: columnAt(line, position),
    to: spliced(line, position, 0, char, columnAt(line, position)),
    fault,
  });

  const dash = /^ *-(?=[^\s-])/.exec(text)?.[0].length;
  if (dash !== undefined)
    yield {
      ...inserted(dash, ' ', {
        code: 'SpaceAfterDashMissing',
        instead: `- ${text.trim().slice(1, LONGEST_INSTEAD + 1)}`,
      }),
      column: columnAt(line, dash - 1),
    };

  const lead = leadOf(text);
  const word = /^[\w-]+/.exec(text.slice(lead))?.[0] ?? '';
  const end = lead + word.length;
  const rest = text.slice(end);
  if (keys.includes(word) && /^:\S/.test(rest))
    yield {
      ...inserted(end + 1, ' ', {
        code: 'SpaceAfterColonMissing',
        instead: `${word}: ${rest.slice(1, LONGEST_INSTEAD + 1)}`,
      }),
      column: columnAt(line, end),
    };
  if (keys.includes(word) && /^\s*$|^ +[^\s:]/.test(rest))
    yield inserted(end, ':', {
      code: 'ColonMissing',
      key: word,
      instead: `${word}:${rest.slice(0, LONGEST_INSTEAD)}`,
    });

  const key = /^ *(?:- +)*(?:[\w-]+: +|- +)(?=\S)/.exec(text)?.[0];
  if (key !== undefined) yield* valueMends(line, index, key.length);
}

/** What people forget about the value that begins at a position. */
function* valueMends(line: Line, index: number, start: number): Generator<Mend> {
  const value = line.text.slice(start).trimEnd();
  const end = start + value.length;
  const bracket = { '[': ']', '{': '}' }[value[0] ?? ''];
  if (bracket && !value.endsWith(bracket))
    yield {
      line: index,
      column: columnAt(line, start),
      to: spliced(line, line.text.length, 0, bracket, line.text.length),
      fault: { code: 'BracketOpen', bracket },
    };
  if (/^[\]}]{2}$/.test(value.slice(-2)))
    yield {
      line: index,
      column: columnAt(line, end - 1),
      to: spliced(line, end - 1, line.text.length, '', 0),
      fault: { code: 'BracketSurplus' },
    };
  if (/^[>|]/.test(value)) return;
  const plain = value.replace(/["\\]/g, ' ');
  const opened = spliced(line, start, line.text.length, `"${plain}"`, columnAt(line, start));
  const columns = [
    ...(opened.columns ?? []).slice(0, start + 1),
    ...Array.from({ length: value.length }, (_, at) => columnAt(line, start + at)),
    columnAt(line, end - 1),
  ];
  yield {
    line: index,
    column: columnAt(line, start),
    to: { text: opened.text, columns },
    fault: { code: 'QuotesMissing', colon: /: |:$/.test(value) },
  };
}

/** A line that begins where one of its neighbours begins. */
function* indented(source: readonly Line[], index: number): Generator<Mend> {
  const line = source[index] as Line;
  const indent = indentOf(line.text);
  const neighbours = [contentFrom(source, index - 1, -1), contentFrom(source, index + 1, 1)]
    .filter((other) => other !== undefined)
    .flatMap((other) => {
      const { text } = source[other] as Line;
      return [indentOf(text), leadOf(text)];
    });
  for (const wanted of new Set(neighbours)) {
    if (wanted === indent) continue;
    yield {
      line: index,
      column: line.text[indent] === undefined ? 0 : columnAt(line, indent),
      to: spliced(line, 0, indent, ' '.repeat(wanted), 0),
      fault: { code: 'IndentOtherwise', indent, wanted },
    };
  }
}

/** The parser's codes as ours. */
const SYNTAX: Readonly<Record<string, Fault>> = {
  ALIAS_PROPS: { code: 'AliasWithProperties' },
  BAD_ALIAS: { code: 'AliasMisplaced' },
  BAD_COLLECTION_TYPE: { code: 'TagMisfit' },
  BAD_DIRECTIVE: { code: 'DirectiveUnknown' },
  BAD_DQ_ESCAPE: { code: 'EscapeUnknown' },
  BAD_INDENT: { code: 'IndentMisplaced' },
  BAD_PROP_ORDER: { code: 'PropertyMisplaced' },
  BAD_SCALAR_START: { code: 'CharacterReserved' },
  BLOCK_AS_IMPLICIT_KEY: { code: 'ColonTwice' },
  BLOCK_IN_FLOW: { code: 'BracketOpenBefore' },
  KEY_OVER_1024_CHARS: { code: 'KeyTooLong' },
  MISSING_CHAR: { code: 'CharacterMissing' },
  MULTILINE_IMPLICIT_KEY: { code: 'ColonOrQuoteMissing' },
  MULTIPLE_ANCHORS: { code: 'AnchorTwice' },
  MULTIPLE_DOCS: { code: 'DocumentTwice' },
  MULTIPLE_TAGS: { code: 'TagTwice' },
  NON_STRING_KEY: { code: 'KeyNoWord' },
  TAB_AS_INDENT: { code: 'IndentWithTab' },
  TAG_RESOLVE_FAILED: { code: 'TagUnknown' },
};

export const syntaxFault = (code: string): Fault => SYNTAX[code] ?? { code: 'YamlUnexpected' };
