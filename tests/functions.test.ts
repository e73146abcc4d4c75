import { expect, it } from 'vitest';
import { functionsOf, sourceOf, sourcesUnder } from './support/sources.ts';

/** A function that does not fit here has more than one reason to change. */
const LIMIT = 120;

/** Each is one table, written as a function. */
const TABLES = [
  'src/casefile/database/migrations/0001-case-file.ts: up',
  'src/publications/templates/ooxml.ts: stylesXml',
];

it('no function has more lines than one can keep in mind', () => {
  const long = ['src', 'workflows', 'activities', 'worker', 'bin', 'bench']
    .flatMap(sourcesUnder)
    .flatMap((file) => functionsOf(sourceOf(file)).map((one) => ({ ...one, file })))
    .filter(({ lines }) => lines > LIMIT)
    .map(({ file, name }) => `${file}: ${name}`);
  expect(long.sort()).toEqual([...TABLES].sort());
});
