import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Translated } from '../../src/domain/language.ts';
import { checkProgrammeFile } from '../../src/domain/programmeFile.ts';
import { mistakeText } from '../../src/wording/fileMistakes.ts';
import { MISTAKES, PARTS } from '../../src/wording/fileMistakeTexts.ts';
import { exampleSource } from '../support/programme.ts';

const source = (name: string) =>
  readFileSync(new URL(`../../src/domain/${name}.ts`, import.meta.url), 'utf8');
const CHECK = ['programme', 'yamlFile', 'yamlText', 'programmeFile']
  .map(source)
  .join('\n')
  .replaceAll("\\'", "'");
const ALL: Translated[] = [...MISTAKES, ...Object.values(PARTS).flat()];
const placesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('what a file’s check says is in the catalogue', () => {
  const lines = exampleSource().split('\n');
  const at = (index: number, ...instead: string[]) => lines.toSpliced(index, 1, ...instead).join('\n');
  /** What slips from a hand in a line, and what is written in place of its value. */
  const SLIPS: [string, (line: string, index: number) => string][] = [
    ['left out', (_, i) => at(i)],
    ['moved to the right', (line, i) => at(i, ` ${line}`)],
    ['moved to the left', (line, i) => at(i, line.replace(/^ {2}/, ''))],
    ['with a tab', (line, i) => at(i, line.replace(/^ {2}/, '\t'))],
    ['without its colon', (line, i) => at(i, line.replace(':', ''))],
    ['without its space', (line, i) => at(i, line.replace(/([:-]) /, '$1'))],
    ['with a colon more', (line, i) => at(i, `${line}: x`)],
    ['with a quote', (line, i) => at(i, line.replace(/: "?(?=\w)/, ': "').replace(/"$/, ''))],
    ['written twice', (line, i) => at(i, line, line)],
    ['misspelt', (line, i) => at(i, line.replace(/(\w)(\w)(?=\w*:)/, '$2$1'))],
    ['with a key more', (line, i) => at(i, line, `${/^ */.exec(line)?.[0] ?? ''}otherwise: x`)],
    ...['', 'true', '12', '0', '-3', '1000', '2.7', '[]', '[1, 2]', '{ a: 1 }', 'zzz', `"${'x'.repeat(400)}"`]
      .concat([
        '"a\\tb"',
        '2021-02-30',
        '2020-01-01',
        '*a',
        '!b',
        '%c',
        '@d',
        '[x',
        'x]]',
        'http://a.example',
      ])
      .map((value): (typeof SLIPS)[number] => [
        `with ${value.slice(0, 12)}`,
        (line, i) => at(i, line.replace(/(: |- )(?!.*: ).*$/, `$1${value}`)),
      ]),
  ];
  // A few lines of each kind of slip; over all of them every line has its turn.
  test.each(SLIPS)('for a line %s', (name, slip) => {
    const offset = SLIPS.findIndex(([other]) => other === name);
    const unknown = lines.flatMap((line, index) => {
      if (index % 7 !== offset % 7) return [];
      const checked = checkProgrammeFile(slip(line, index));
      return 'mistakes' in checked
        ? checked.mistakes.flatMap(({ message }) => (mistakeText(message, 'es') ? [] : [message]))
        : [];
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  test.each(ALL)('word for word: $en', ({ en }) => {
    const pieces = en
      .split(/\{\w+\}/)
      .flatMap((piece) => piece.split(PUT_TOGETHER))
      .filter((piece) => piece.trim().length > 8);
    for (const piece of pieces) expect(CHECK.includes(piece.trim()), piece).toBe(true);
  });
  /** Words that the code chooses between, and puts into a message. */
  const PUT_TOGETHER =
    /; |: |programme|\b1 |are |entry|entries| spaces?|write |is no |whole |a? ?list or group of keys| a list|a list|group of keys| a | stands|number|yes or no|somebody else|, because of its colon/;
});

describe('each of the catalogue', () => {
  test.each(ALL)('has its values in every language: $en', (entry) => {
    for (const language of LANGUAGES) {
      expect(entry[language].trim()).not.toBe('');
      expect(placesIn(entry[language]), language).toEqual(placesIn(entry.en));
    }
  });
});

describe('a mistake in the reader’s language', () => {
  test.each([
    [
      'hours is missing; write hours: 2.5',
      { es: 'falta hours; escriba hours: 2.5', fr: 'hours manque\u00a0; écrivez hours: 2.5' },
    ],
    [
      '2021-02-30 does not exist: February 2021 has 28 days; write a date that exists',
      {
        es: '2021-02-30 no existe: febrero de 2021 tiene 28 días; escriba una fecha que exista',
        pt: '2021-02-30 não existe: fevereiro de 2021 tem 28 dias; escreva uma data que exista',
      },
    ],
    [
      'session 2 (2021-06-01) is earlier than the coordination meeting (2021-06-09); write 2021-06-09 or a later day, or put the sessions in their order',
      {
        es: 'la 2.ª sesión (2021-06-01) es anterior a la reunión de coordinación (2021-06-09); escriba 2021-06-09 o un día posterior, o ponga las sesiones en su orden',
      },
    ],
    [
      'the file is empty; begin with a copy of one of the examples',
      { fr: 'le fichier est vide\u00a0; commencez par une copie de l’un des exemples' },
    ],
    [
      'a.yaml is empty; begin with a copy of one of the examples',
      { es: 'a.yaml está vacío; empiece con una copia de uno de los ejemplos' },
    ],
    [
      'this line begins after 1 space and its neighbours after 4; write 4 spaces before it',
      {
        es: 'esta línea empieza después de 1 espacio y las vecinas después de 4; escriba 4 espacios antes',
      },
    ],
  ])('%s', (message, said) => {
    for (const [language, text] of Object.entries(said))
      expect(mistakeText(message, language as 'es')).toBe(text);
    expect(mistakeText(message, 'en')).toBe(message);
  });

  test('what somebody wrote is told as it is, whatever it looks like', () => {
    const value = '"$1 {how} is missing; write $&"';
    expect(
      mistakeText(`${value} is no country; write its two ISO 3166 letters in capitals, such as PE`, 'es'),
    ).toMatch(new RegExp(`^${value.replace(/[$&{}]/g, '\\$&')} no es un país; `));
  });

  test('what is not known is left to whoever asked', () => {
    expect(mistakeText('something else', 'es')).toBeUndefined();
  });
});
