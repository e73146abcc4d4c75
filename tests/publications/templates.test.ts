import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { TEMPLATES, type TemplateFault } from '../../src/domain/results/wordTemplate.ts';
import { templateFaults } from '../../src/publications/templateCheck.ts';
import { filledWithExample, templatePlaceholders } from '../../src/publications/templateSample.ts';
import { shippedTemplate } from '../../src/publications/word.ts';
import { readDocx } from './reading.ts';
import { templateWith } from './templateWith.ts';

/** What is told of a programme's template with one text in the place of another. */
const told = async (from: string, to: string, part?: string): Promise<Omit<TemplateFault, 'paragraph'>[]> =>
  (await templateFaults('programme', await templateWith(from, to, part))).map(({ paragraph, ...fault }) => {
    expect(paragraph).not.toBe('');
    return fault;
  });

describe.each(TEMPLATES)('the shipped template of %s', (name) => {
  it('has nothing wrong, and filled with the example no brace is left', async () => {
    expect(await templateFaults(name, await shippedTemplate(name))).toEqual([]);
    const { text, header, footer } = await readDocx(await filledWithExample(name, undefined));
    expect(text + header + footer).not.toMatch(/[{}]|undefined/);
    expect(text).toContain('Diálogo');
  });

  it('names what it is filled with, and the example gives something for each that it names', async () => {
    const zip = await JSZip.loadAsync(await shippedTemplate(name));
    const document = (await zip.file('word/document.xml')?.async('string')) ?? '';
    const named = new Set([...document.matchAll(/\{[#/]?([a-zA-Z]+)/g)].map(([, one]) => one));
    const flat = (all: Awaited<ReturnType<typeof templatePlaceholders>>): typeof all =>
      all.flatMap((one) => [one, ...flat(one.entries ?? [])]);
    const known = flat(await templatePlaceholders(name)).filter((one) => named.has(one.name));
    expect(new Set(known.map((one) => one.name))).toEqual(named);
    for (const { name: one, example, entries } of known)
      if (!entries)
        expect(known.some((other) => other.name === one && other.example) || example, one).toBeTruthy();
  });
});

describe('what is wrong in a template is told by name and place', () => {
  it.each([
    ['a misspelt name', '{frame}', '{frme}', { code: 'unknown', name: 'frme', meant: 'frame', part: 'body' }],
    ['a name of nothing', '{frame}', '{presupuesto}', { code: 'unknown', name: 'presupuesto', part: 'body' }],
    [
      'a name of a list’s entry outside of it',
      '{frame}',
      '{post}',
      { code: 'unknown', name: 'post', part: 'body' },
    ],
    [
      'a name in a table',
      '{signatory}',
      '{signatori}',
      { code: 'unknown', name: 'signatori', meant: 'signatory', part: 'table' },
    ],
    ['a list as a text', '{frame}', '{facts}', { code: 'list', name: 'facts', part: 'body' }],
    ['a text as a list', '{frame}', '{#frame}{/frame}', { code: 'no-list', name: 'frame', part: 'body' }],
    ['a list that does not end', '{/facts}', '', { code: 'not-closed', name: 'facts', part: 'body' }],
    [
      'a list that does not begin',
      '{frame}',
      '{/points}',
      { code: 'not-opened', name: 'points', part: 'body' },
    ],
    [
      'a list within one that it is no part of',
      '{frame}',
      '{#participants}{#objectives}{text}{/objectives}{/participants}',
      { code: 'nested', name: 'objectives', part: 'body' },
    ],
    [
      'a list within itself',
      '{frame}',
      '{#participants}{#participants}{heading}{/participants}{/participants}',
      { code: 'nested', name: 'participants', part: 'body' },
    ],
    ['half a placeholder', '{frame}', '{frame', { code: 'brace', name: '{', part: 'body' }],
  ] as const)('%s', async (_, from, to, fault) => {
    expect(await told(from, to)).toEqual([fault]);
  });

  it.each([
    ['header', '{code}'],
    ['footer', '{page}'],
  ] as const)('in the %s', async (part, name) => {
    expect(await told(name, '{nada}', `word/${part}.xml`)).toEqual([{ code: 'unknown', name: 'nada', part }]);
  });

  it('a name that Word has cut into pieces is one', async () => {
    const pieces = '{fra</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>me}';
    const file = await templateWith('{frame}', pieces);
    expect(await templateFaults('programme', file)).toEqual([]);
    const { text } = await readDocx(await filledWithExample('programme', file));
    expect(text).toContain('EN EL MARCO DE LA RED');
  });

  it('a Word file that names nothing at all is no template', async () => {
    const zip = await JSZip.loadAsync(await shippedTemplate('programme'));
    for (const part of ['document', 'header', 'footer']) {
      const name = `word/${part}.xml`;
      const markup = (await zip.file(name)?.async('string')) ?? '';
      zip.file(name, markup.replaceAll(/\{[^{}]*\}/g, 'Texto'));
    }
    const file = await zip.generateAsync({ type: 'uint8array' });
    for (const name of TEMPLATES) expect(await templateFaults(name, file)).toMatchObject([{ code: 'none' }]);
  });

  it.each([
    ['another part than Word has', '_rels/.rels', 'word/document.xml', 'word/other.xml'],
    ['another header', 'word/_rels/document.xml.rels', 'header.xml', 'other.xml'],
  ])('%s is not filled unseen', async (_, part, from, to) => {
    const zip = await JSZip.loadAsync(await templateWith(from, to, part));
    const hostile = await zip.file(from.startsWith('word/') ? from : `word/${from}`)?.async('string');
    zip.file(to.startsWith('word/') ? to : `word/${to}`, hostile ?? '');
    expect(await templateFaults('programme', await zip.generateAsync({ type: 'uint8array' }))).toEqual([
      { code: 'not-filled', name: '', part: 'body', paragraph: '' },
    ]);
  });

  it('more markup than any paper has is not filled', async () => {
    const long = await templateWith('{frame}', `{frame}${'x'.repeat(2_000_000)}`);
    expect(await templateFaults('programme', long)).toMatchObject([{ code: 'not-filled' }]);
  });

  it('what the check lets pass and cannot be filled is told as such', async () => {
    // Options that are none.
    const faults = await templateFaults('programme', await templateWith('{frame}', '{frame [loopOver: ]}'));
    expect(faults).toMatchObject([{ code: 'not-filled' }]);
  });
});
