import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { readAll } from '../../../src/documents/store.ts';
import { told } from './letters.ts';
import { example, played } from './stage.ts';

/** A whole cooperation with two who draft its report, which passes through all hands, twice. */
test('a report that two draft in turn, and to which the one that complements it has nothing to add', async () => {
  const words: string[] = [];
  const run = await played('in-turn.yaml', {
    programme: example('barbados-jamaica.yaml'),
    atEnd: async ({ documents }, { view }) => {
      for (const one of view.documents.filter(({ kind }) => kind === 'report')) {
        const zip = await JSZip.loadAsync(await readAll(documents, one.sha256));
        const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
        words.push([...xml.matchAll(/\((brb-mlsp|jam-mlss)-\d+, \d+\)/g)].map(([, by]) => by).join(' '));
      }
    },
  });
  const { view } = run;
  // Each version holds what the one before held, and the author's own.
  expect(words).toEqual([
    'brb-mlsp',
    'brb-mlsp jam-mlss',
    'brb-mlsp jam-mlss brb-mlsp',
    'brb-mlsp jam-mlss brb-mlsp jam-mlss',
  ]);
  const report = view.requests.filter(({ id }) => id.startsWith('final-report/'));
  expect(report.map(({ id, asked }) => `${id} ${asked.map(({ party }) => party).join()}`)).toEqual([
    'final-report/draft-report.1 brb-mlsp',
    'final-report/draft-report.2 jam-mlss',
    'final-report/complement-report.1 tto-mol',
    'final-report/receive-report.1 oas',
    'final-report/draft-report.3 brb-mlsp',
    'final-report/draft-report.4 jam-mlss',
    'final-report/complement-report.2 tto-mol',
    'final-report/receive-report.2 oas',
  ]);
  expect(view.documents.findLast(({ kind }) => kind === 'report')?.sha256).toBe(report.at(-1)?.subject.hash);
  expect(view.closedAt).not.toBeNull();
  // Nobody hears of it before their turn.
  const drafts = told(run, { request: 'final-report/draft-report' });
  expect(drafts).toEqual([
    '2023-05-12 11:00 Barbados request final-report/draft-report.1 → brb-mlsp (2)',
    '2023-05-15 09:00 Jamaica request final-report/draft-report.2 → jam-mlss-1',
    '2023-05-22 10:00 Barbados request final-report/draft-report.3 → brb-mlsp (2)',
    '2023-05-23 09:00 Jamaica request final-report/draft-report.4 → jam-mlss-1',
  ]);
});
