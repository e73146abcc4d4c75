import { createContext, Script } from 'node:vm';
import { analyse } from 'scslre';
import { describe, expect, it } from 'vitest';
import { REQUEST_NAME } from '../src/domain/ids.ts';
import { passageOf } from '../src/domain/results/library.ts';
import { expressionsOf, sourceOf, sourcesUnder } from './support/sources.ts';
import { walk } from './support/walk.ts';

/**
 * What people write meets expressions everywhere: names, addresses, files, forms, headers. Each takes time that grows no
 * faster than its text, whatever the text is. All that stand in the source are looked at, whether people's text meets them
 * now or later; so a new one is among them.
 */

const files = ['src', 'workflows', 'activities', 'worker'].flatMap(sourcesUnder).map(sourceOf);
const written = files.flatMap((file) =>
  expressionsOf(file).written.map((one) => ({ ...one, where: `${file.file}:${one.line}` })),
);
const known = [
  ...written,
  { where: 'REQUEST_NAME', source: REQUEST_NAME.source, flags: REQUEST_NAME.flags },
].filter(
  (one, at, all) => all.findIndex(({ source, flags }) => source === one.source && flags === one.flags) === at,
);

type Expression = { source: string; flags: string };
const shown = ({ where, source, flags }: (typeof known)[number]) => `${where} /${source}/${flags}`;

const LENGTH = 300_000;
/** Many times what one takes that is linear, and a quarter of what one takes that is not on a quick machine. */
const MOST_MS = 250;

/** What an expression asks for letter by letter, over and over, and then what it does not: where it begins is where it begins anew. */
function hostileTo({ source }: Expression): string[] {
  const plain = source
    .replaceAll(/\\B|\{\d+(?:,\d*)?\}/g, '')
    .replaceAll(/\(\?(?:<[=!]|[:=!])/g, '(')
    .replaceAll('\\b', ' ')
    .replaceAll('\\s', ' ')
    .replaceAll('\\n', '\n')
    .replaceAll('\\d', '1')
    .replaceAll(/\\[wSDp](?:\{\w+\})?/g, 'a')
    .replaceAll(/\[(?:\\.|[^\]\\])*\]/g, 'a')
    .replaceAll(/\\(.)/g, '$1');
  const runs = plain.split(/[()*+?|^$.]+/).filter((run) => run !== '');
  return [...new Set([...runs, ...runs.map((run) => `${run} `), runs.join(''), runs.slice(0, -1).join('')])]
    .filter((unit) => unit !== '')
    .map((unit) => `${unit.repeat(Math.ceil(LENGTH / unit.length))}\u2603`);
}

const everyMatch = new Script('text.replaceAll(expression, "")');
/** How long the processor works to find all that matches. What takes for ever is cut off after `most`. */
function took({ source, flags }: Expression, text: string, most = 5_000): number {
  const expression = new RegExp(source, `${flags.replace(/[gy]/g, '')}g`);
  const before = process.threadCpuUsage();
  try {
    everyMatch.runInContext(createContext({ expression, text }), { timeout: most });
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  const { user } = process.threadCpuUsage(before);
  return user / 1000;
}

describe('expressions', () => {
  it('are linear: no two of their parts can share out the same letters in many ways', () => {
    expect(known.length).toBeGreaterThan(300);
    const wrong = known.filter(({ source, flags }) => analyse({ source, flags }).reports.length > 0);
    expect(wrong.map(shown)).toEqual([]);
  });

  it('take no time for what they ask for, over and over', () => {
    const slow = walk(known, 60).filter((one) => hostileTo(one).some((text) => took(one, text) > MOST_MS));
    expect(slow.map(shown)).toEqual([]);
  });

  it('are made of other text in two places, which are looked at here', () => {
    const makers = files.filter((file) => expressionsOf(file).made.length > 0);
    expect(makers.map(({ file }) => file)).toEqual(['src/domain/ids.ts', 'src/domain/results/library.ts']);
    const stems = ['a', 'aa', 'aaa', 'polici', 'a a'];
    for (const unit of ['a', 'aa ', 'polic', 'policia', ' ']) {
      const before = process.threadCpuUsage();
      // Of a sheet, which is looked through whole.
      passageOf(unit.repeat(100_000 / unit.length), stems);
      expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(MOST_MS);
    }
  });

  it.each([
    ['one after another', '^(a|aa)+$'],
    ['where it begins', '\\s+$'],
    ['with a beginning of several letters', '@face\\{[^}]*\\}'],
  ])('that are not linear are found: %s', (_, source) => {
    const one = { source, flags: '' };
    const found = analyse(one).reports.length > 0;
    expect(found || hostileTo(one).some((text) => took(one, text, 2 * MOST_MS) > MOST_MS)).toBe(true);
  });
});
