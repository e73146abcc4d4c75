import { describe, expect, it } from 'vitest';
import { LineCounter, YAMLParseError } from 'yaml';
import { lineOf, mendsFor } from '../../src/domain/programme/yamlMends.ts';
import { LONGEST_MENDED, readYaml, WORK } from '../../src/domain/programme/yamlText.ts';

/** `text` as often as fits into a size. */
const filled = (text: string, size: number): string =>
  text.repeat(Math.ceil(size / text.length)).slice(0, size);

/** Texts that made a parser, or an expression, begin anew at each of their characters or lines. */
const HOSTILE: Record<string, (size: number) => string> = {
  'spaces within a value': (size) => `id: x${filled(' ', size)}x"\n: [`,
  'quotes in a list': (size) => `id: [${filled(',"', size)}\n`,
  'quotes after dashes': (size) => `id: ${filled("- '", size)}\n`,
  'a line that no dot crosses': (size) => `${filled('id', size)}\u2028"\na: b: c`,
  'spaces before a tab': (size) => `${filled(' ', size)}\tx: [`,
  dashes: (size) => `${filled('-', size)}: a\nb: [`,
  'blank lines': (size) => `a: [\n${filled('\n', size)}b: c: d`,
  'lists that do not close': (size) => filled('a: [x\n', size),
  'groups that do not close': (size) => filled('a: {x\n', size),
  'quotes that do not close': (size) => filled('a: "b\n', size),
  'brackets too many': (size) => filled('a: ]]\n', size),
  'characters that begin nothing': (size) => filled('a: @b\n', size),
  tabs: (size) => filled('\ta: b\n', size),
  documents: (size) => filled('---\na: b: c\n', size),
  'texts that begin below': (size) => filled('a: |b\n', size),
  'slips far apart': (size) => filled(`a: @b\n${'# a line that says nothing\n'.repeat(9)}`, size),
  'all of it': (size) => filled('a: [b\n c: "d\n\te: \'f\n- g: {\n', size),
};
const SIZE = LONGEST_MENDED - 100;

describe('what reading takes is bounded, and grows no faster than the text:', () => {
  // Counted in characters that the parser is given, so that it holds on any machine.
  it.each(Object.entries(HOSTILE))('%s', (_, make) => {
    const spent = [SIZE / 8, SIZE].map((size) => readYaml(make(size), ['id', 'title']).work);
    // The last try may go beyond; it is one parse, with an error at each character at most.
    for (const work of spent) expect(work).toBeLessThan(WORK + 50 * SIZE);
  });
});

it('is not searched for slips where it is longer than a file that is written by hand', () => {
  const slip = (size: number) => readYaml(`a: "b\n${filled('# c\n', size)}`, []).mended.size;
  expect([slip(LONGEST_MENDED / 100), slip(LONGEST_MENDED + 1000)]).toEqual([1, 0]);
});

describe('looking for what was meant takes time in proportion to a line:', () => {
  /** The least of several, so that what else runs here does not count. */
  const timeOf = (text: string): number => {
    const source = text.split('\n').map(lineOf);
    const lines = new LineCounter();
    lines.addNewLine(0);
    const broken = [new YAMLParseError([0, 1], 'MISSING_CHAR', '')];
    return Math.min(
      ...[1, 2, 3].map(() => {
        const began = process.cpuUsage();
        for (const mend of mendsFor(source, { documents: [], lines, broken }, ['id'])) void mend;
        return process.cpuUsage(began).user;
      }),
    );
  };
  it.each(Object.entries(HOSTILE))('%s', (_, make) => {
    timeOf(make(20_000));
    const [short, long] = [timeOf(make(20_000)), timeOf(make(200_000))];
    // Ten times the text: a square would take a hundred times as long, and seconds.
    expect(long).toBeLessThan(40 * Math.max(short, 5000));
  });
});
