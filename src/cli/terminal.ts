import type { WriteStream } from 'node:tty';
import { createColors } from 'picocolors';

/** How the output is laid out and coloured. */
export type Terminal = {
  /** Columns to fit into; Infinity where the output is no terminal, so that a line stays a line. */
  columns: number;
  paint: ReturnType<typeof createColors>;
};

/** What a stream can show: colours on a terminal alone, and never under NO_COLOR. */
export function terminalOf(stream: Pick<WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv): Terminal {
  const terminal = stream.isTTY === true;
  return {
    columns: terminal ? stream.columns || 80 : Number.POSITIVE_INFINITY,
    paint: createColors(terminal && !env.NO_COLOR && env.TERM !== 'dumb'),
  };
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6])/u;

/** The columns a text takes: an accent written as a character of its own takes none, a Chinese character two. */
export function width(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text))
    columns += /^[\p{M}\p{Cf}\p{Cc}]/u.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return columns;
}

export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - width(text)));

/**
 * Lines of at most so many columns, broken between words. A word that is longer, such as the id of a request, stays
 * whole so that it can be copied.
 */
export function wrapped(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    if (width(paragraph) <= columns) return [paragraph];
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(/[ \t]+/)) {
      if (line !== '' && width(line) + 1 + width(word) > columns) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

type Style = (text: string) => string;
/** A line of a cell; its style is put on after it was measured and broken. */
export type Line = { text: string; style?: Style };
export type Cell = string | Line | readonly Line[];

const linesOf = (cell: Cell): readonly Line[] =>
  typeof cell === 'string' ? [{ text: cell }] : 'text' in cell ? [cell] : cell;
const plain: Style = (text) => text;
const GAP = 2;
/** A last column narrower than this is harder to read than one entry below the other. */
const NARROWEST = 24;

/** A row of a table, with lines below it that may run across its columns. */
export type Row = { cells: readonly Cell[]; below?: readonly Line[] };

/**
 * A table whose last column is broken to fit. Where that would leave it too narrow, each row is a paragraph with the
 * headings before its cells.
 */
export function table(headings: readonly string[], rows: readonly Row[], terminal: Terminal): string[] {
  const { columns, paint } = terminal;
  const widths = headings.map((heading, column) =>
    Math.max(width(heading), ...rows.map(({ cells }) => widest(cells[column] ?? ''))),
  );
  const last = headings.length - 1;
  const before = widths.slice(0, last).reduce((sum, one) => sum + one + GAP, 0);
  const room = columns - before;
  if (room < Math.min(widths[last] ?? 0, NARROWEST)) return paragraphs(headings, rows, terminal);
  const lines = [
    headings
      .map((heading, column) => (column === last ? heading : padded(heading, (widths[column] ?? 0) + GAP)))
      .join(''),
  ].map((line) => paint.bold(line));
  for (const row of rows) {
    const cells = headings.map((_, column) => {
      const cell = linesOf(row.cells[column] ?? '');
      return column === last ? cell.flatMap((line) => broken(line, room)) : cell;
    });
    for (let line = 0; line < Math.max(...cells.map((cell) => cell.length)); line++) {
      const shown = cells.map((cell, column) => {
        const { text = '', style = plain } = cell[line] ?? {};
        const gap = column === last ? 0 : (widths[column] ?? 0) + GAP - width(text);
        return (text === '' ? '' : style(text)) + ' '.repeat(gap);
      });
      lines.push(shown.join('').trimEnd());
    }
    // Below the second column, so that the first can be read down.
    const indent = (widths[0] ?? 0) + GAP;
    lines.push(...hanging(row.below, indent, columns));
  }
  return lines;
}

function paragraphs(
  headings: readonly string[],
  rows: readonly Row[],
  { columns, paint }: Terminal,
): string[] {
  const lead = Math.max(...headings.slice(1).map(width)) + GAP;
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...linesOf(row.cells[0] ?? '').flatMap((line) =>
      broken({ style: paint.bold, ...line }, columns).map(styled),
    ),
    ...headings.slice(1).flatMap((heading, column) =>
      linesOf(row.cells[column + 1] ?? '')
        .flatMap((line) => broken(line, columns - lead - GAP))
        .map(
          (line, at) =>
            `${' '.repeat(GAP)}${at === 0 ? paint.dim(padded(heading, lead)) : ' '.repeat(lead)}${styled(line)}`,
        ),
    ),
    ...hanging(row.below, GAP, columns),
  ]);
}

const hanging = (lines: readonly Line[] | undefined, indent: number, columns: number): string[] =>
  (lines ?? [])
    .flatMap((line) => broken(line, columns - indent))
    .map((line) => ' '.repeat(indent) + styled(line));

/** `Heading  text` with the text broken beside it, or below it on a narrow terminal. */
export function entry(heading: string, cell: Cell, lead: number, { columns, paint }: Terminal): string[] {
  const below = columns - lead < NARROWEST;
  const lines = linesOf(cell).flatMap((line) => broken(line, below ? columns - GAP : columns - lead));
  if (below) return [paint.bold(heading), ...lines.map((line) => ' '.repeat(GAP) + styled(line))];
  return lines.map(
    (line, at) => (at === 0 ? paint.bold(padded(heading, lead)) : ' '.repeat(lead)) + styled(line),
  );
}

const widest = (cell: Cell): number => Math.max(0, ...linesOf(cell).map(({ text }) => width(text)));
const styled = ({ text, style = plain }: Line): string => style(text);
const broken = (line: Line, columns: number): Line[] =>
  wrapped(line.text, columns).map((text) => ({ ...line, text }));

/**
 * The same value with every text freed of what a terminal would obey, such as escape sequences: names and subjects
 * come from other people, refusals from their mail servers.
 */
export function printable<T>(value: T): T {
  if (typeof value === 'string')
    return value.replace(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu, ' ') as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [printable(key), printable(one)]),
    ) as T;
  return value;
}
