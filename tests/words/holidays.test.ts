import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { HOLIDAY_NAMES, holidayName } from '../../src/words/dates/holidays.ts';

const TABLE: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../src/domain/dates/holidays.json', import.meta.url), 'utf8'),
);
const inTable = new Set(
  Object.values(TABLE).flatMap((days) => Object.keys(days).map((name) => name.replaceAll("'", '’'))),
);

it.each(LANGUAGES)('every holiday of the table has a name in %s', (language) => {
  expect([...inTable].filter((name) => !HOLIDAY_NAMES.get(name)?.[language]?.[0])).toEqual([]);
});

it('a name is one holiday’s, and a holiday is one of the table', () => {
  const rows = [...new Set(HOLIDAY_NAMES.values())];
  const twice = rows.flatMap((row) =>
    Object.values(row)
      .flat()
      .filter((name) => HOLIDAY_NAMES.get(name) !== row),
  );
  expect(twice).toEqual([]);
  const namesOf = (row: (typeof rows)[number]) => Object.values(row).flat();
  expect(rows.filter((row) => !namesOf(row).some((name) => inTable.has(name)))).toEqual([]);
});

// By the name in the table: as readers of es, en, pt and fr read it.
it.each<[string, string, string, string, string]>([
  ['Good Friday', 'Viernes Santo', 'Good Friday', 'Sexta-feira Santa', 'Vendredi saint'],
  ['Vendredi Saint', 'Viernes Santo', 'Good Friday', 'Sexta-feira Santa', 'Vendredi Saint'],
  ['Goede vrijdag', 'Viernes Santo', 'Good Friday', 'Sexta-feira Santa', 'Vendredi saint'],
  ['Navidad del Señor', 'Navidad del Señor', 'Christmas Day', 'Natal', 'Noël'],
  ["New Year's Day", 'Año Nuevo', 'New Year’s Day', 'Ano-Novo', 'Jour de l’An'],
  ['Confraternização Universal', 'Año Nuevo', 'New Year’s Day', 'Confraternização Universal', 'Jour de l’An'],
  ['Labor Day', 'Día del Trabajo', 'Labor Day', 'Dia do Trabalho', 'Fête du Travail'],
  ['Batalla de Junín', 'Batalla de Junín', 'Battle of Junín', 'Batalha de Junín', 'Bataille de Junín'],
  ['Divali', 'Diwali', 'Divali', 'Diwali', 'Divali'],
  ['Ascensión del señor', 'Ascensión del Señor', 'Ascension Day', 'Ascensão do Senhor', 'Ascension'],
  ['Día de San Nadie', ...(Array(4).fill('Día de San Nadie') as [string, string, string, string])],
])('%s', (name, ...names) => {
  expect(LANGUAGES.map((language: Language) => holidayName(name, language))).toEqual(names);
});
