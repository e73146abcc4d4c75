import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { entry, printable, table, terminalOf, width, wrapped } from '../../src/cli/terminal.ts';

const screen = (columns: number) => terminalOf({ isTTY: true, columns }, {});
const pipe = terminalOf({ isTTY: false, columns: 0 }, {});

describe('width', () => {
  test.each([
    ['Perú', 4],
    ['Peru\u0301', 4],
    ['mié 14 → São José', 17],
    ['日本', 4],
    ['✔ ✖ ● ◐ ○', 9],
    ['a\u200bb', 2],
    ['', 0],
  ])('%j takes %i columns', (text, columns) => {
    expect(width(text)).toBe(columns);
  });
});

describe('wrapped', () => {
  test('breaks between words and never exceeds the width', () => {
    const text = 'Registrar la 2.ª sesión: acta, asistencia y productos de la cooperación técnica';
    const lines = wrapped(text, 24);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(24);
  });

  test('leaves a word whole that is longer, so that it can be copied', () => {
    expect(wrapped('id coordination/approve-programme.1', 10)).toEqual([
      'id',
      'coordination/approve-programme.1',
    ]);
  });

  test('keeps the lines there are', () => {
    expect(wrapped('uno\ndos', 80)).toEqual(['uno', 'dos']);
  });
});

describe('table', () => {
  const headings = ['Espera a', 'Desde', 'Vence', 'Solicitud'];
  const rows = [
    { cells: ['MTPE del Perú', 'hace 5 d', 'mar 10 ago 18:00 Lima', 'Responder la pregunta 2 (2.ª sesión)'] },
    {
      cells: ['Peru\u0301', 'hace 1 d', 'vie 13 ago 18:00 Santiago', 'Indicar fechas'],
      below: [{ text: 'session-2/choose-date.1' }],
    },
  ];

  test('aligns columns whatever way an accent is written', () => {
    const [heading = '', first = '', second = ''] = table(headings, rows, pipe);
    const column = heading.indexOf('Vence');
    expect(width(first.slice(0, first.indexOf('mar 10')))).toBe(column);
    expect(width(second.slice(0, second.indexOf('vie 13')))).toBe(column);
  });

  test('puts what is below a row under its second column', () => {
    const lines = table(headings, rows, pipe);
    expect(lines.at(-1)?.trim()).toBe('session-2/choose-date.1');
    expect(lines.at(-1)?.indexOf('session-2')).toBe(lines[0]?.indexOf('Desde'));
  });

  test('does not break lines where the output is no terminal', () => {
    expect(table(headings, rows, pipe)).toHaveLength(4);
  });

  test('breaks the last column at 80 columns', () => {
    const lines = table(headings, rows, screen(80)).map(stripVTControlCharacters);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
    expect(lines.length).toBeGreaterThan(4);
  });

  test('writes paragraphs at 50 columns, with every heading beside its cell', () => {
    const lines = table(headings, rows, screen(50)).map(stripVTControlCharacters);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(50);
    expect(lines[0]).toBe('MTPE del Perú');
    expect(lines).toContain('  Vence      mar 10 ago 18:00 Lima');
    expect(lines).toContain('  session-2/choose-date.1');
    expect(lines.filter((line) => line === '')).toHaveLength(1);
  });
});

test('an entry is beside its heading, and below it on a narrow terminal', () => {
  expect(entry('Correos', '34 enviados', 12, pipe)).toEqual(['Correos     34 enviados']);
  const narrow = entry('Próxima sesión', 'mar 17 ago 10:00 Lima · 11:00 Santiago', 16, screen(30)).map(
    stripVTControlCharacters,
  );
  expect(narrow[0]).toBe('Próxima sesión');
  for (const line of narrow) expect(width(line)).toBeLessThanOrEqual(30);
});

describe('colours', () => {
  test('are for a terminal alone', () => {
    expect(screen(80).paint.red('!')).not.toBe('!');
    expect(pipe.paint.red('!')).toBe('!');
  });
  test('are not there under NO_COLOR, nor on a dumb terminal', () => {
    expect(terminalOf({ isTTY: true, columns: 80 }, { NO_COLOR: '1' }).paint.red('!')).toBe('!');
    expect(terminalOf({ isTTY: true, columns: 80 }, { TERM: 'dumb' }).paint.red('!')).toBe('!');
  });
});

test('clean takes away what a terminal would obey, everywhere in a value', () => {
  const hostile = { 'k\u001b': ['\u001b[2Ja', { b: 'x\u202etxt.exe\u009b1m' }], n: 1, z: null };
  const text = JSON.stringify(printable(hostile));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|\\u00/);
  expect(printable('uno\ndos')).toBe('uno\ndos');
});
