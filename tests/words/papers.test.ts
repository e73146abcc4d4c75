import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Translations } from '../../src/domain/language.ts';
import { institutionTitle } from '../../src/words/names/institutions.ts';
import { headDate, printedDate, printedSessionName, timesText, windowText } from '../../src/words/papers.ts';

const each = <T>(table: Translations<T>) => LANGUAGES.map((language) => [language, table[language]] as const);

describe('sessions are counted in words', () => {
  it.each([
    [1, { es: 'Primera sesión', en: 'First session', pt: 'Primeira sessão', fr: 'Première séance' }],
    [2, { es: 'Segunda sesión', en: 'Second session', pt: 'Segunda sessão', fr: 'Deuxième séance' }],
    [3, { es: 'Tercera sesión', en: 'Third session', pt: 'Terceira sessão', fr: 'Troisième séance' }],
    [7, { es: 'Séptima sesión', en: 'Seventh session', pt: 'Sétima sessão', fr: 'Septième séance' }],
    [
      12,
      { es: 'Duodécima sesión', en: 'Twelfth session', pt: 'Décima segunda sessão', fr: 'Douzième séance' },
    ],
    [13, { es: '13.ª sesión', en: '13th session', pt: '13ª sessão', fr: '13e séance' }],
    [21, { es: '21.ª sesión', en: '21st session', pt: '21ª sessão', fr: '21e séance' }],
  ])('%i', (number, names) => {
    for (const [language, name] of each(names)) expect(printedSessionName(number, language)).toBe(name);
  });

  it('gives each language twelve different words', () => {
    for (const language of LANGUAGES) {
      const names = Array.from({ length: 12 }, (_, i) => printedSessionName(i + 1, language));
      expect(new Set(names).size).toBe(12);
      expect(names.join()).not.toMatch(/\d/);
    }
  });

  it('numbers beyond words', () => {
    expect([13, 21, 22, 23, 101, 111].map((n) => printedSessionName(n, 'en').split(' ')[0])).toEqual([
      '13th',
      '21st',
      '22nd',
      '23rd',
      '101st',
      '111th',
    ]);
  });
});

describe('windows are written as officials write them', () => {
  const cases: [name: string, from: string, to: string, withYear: boolean, texts: Translations][] = [
    [
      'the second half of a month of 31 days',
      '2021-08-16',
      '2021-08-31',
      false,
      {
        es: 'segunda quincena de agosto',
        en: 'second half of August',
        pt: 'segunda quinzena de agosto',
        fr: 'seconde quinzaine d’août',
      },
    ],
    [
      'the first half',
      '2021-10-01',
      '2021-10-15',
      false,
      {
        es: 'primera quincena de octubre',
        en: 'first half of October',
        pt: 'primeira quinzena de outubro',
        fr: 'première quinzaine d’octobre',
      },
    ],
    [
      'the second half of a month of 30 days, with its year',
      '2022-04-16',
      '2022-04-30',
      true,
      {
        es: 'segunda quincena de abril de 2022',
        en: 'second half of April 2022',
        pt: 'segunda quinzena de abril de 2022',
        fr: 'seconde quinzaine d’avril 2022',
      },
    ],
    [
      'the second half of February in a leap year',
      '2024-02-16',
      '2024-02-29',
      false,
      {
        es: 'segunda quincena de febrero',
        en: 'second half of February',
        pt: 'segunda quinzena de fevereiro',
        fr: 'seconde quinzaine de février',
      },
    ],
    [
      'all but the last day of February in a leap year, which is no half',
      '2024-02-16',
      '2024-02-28',
      false,
      {
        es: 'del 16 al 28 de febrero',
        en: '16 to 28 February',
        pt: 'de 16 a 28 de fevereiro',
        fr: 'du 16 au 28 février',
      },
    ],
    [
      'a whole month',
      '2021-09-01',
      '2021-09-30',
      false,
      {
        es: 'mes de septiembre',
        en: 'September',
        pt: 'mês de setembro',
        fr: 'mois de septembre',
      },
    ],
    [
      'days of one month',
      '2021-08-03',
      '2021-08-09',
      false,
      {
        es: 'del 3 al 9 de agosto',
        en: '3 to 9 August',
        pt: 'de 3 a 9 de agosto',
        fr: 'du 3 au 9 août',
      },
    ],
    [
      'days from the first of a month',
      '2021-08-01',
      '2021-08-09',
      true,
      {
        es: 'del 1 al 9 de agosto de 2021',
        en: '1 to 9 August 2021',
        pt: 'de 1º a 9 de agosto de 2021',
        fr: 'du 1er au 9 août 2021',
      },
    ],
    [
      'days of two months',
      '2021-08-28',
      '2021-09-05',
      true,
      {
        es: 'del 28 de agosto al 5 de septiembre de 2021',
        en: '28 August to 5 September 2021',
        pt: 'de 28 de agosto a 5 de setembro de 2021',
        fr: 'du 28 août au 5 septembre 2021',
      },
    ],
    [
      'days on both sides of New Year',
      '2021-12-20',
      '2022-01-15',
      false,
      {
        es: 'del 20 de diciembre de 2021 al 15 de enero de 2022',
        en: '20 December 2021 to 15 January 2022',
        pt: 'de 20 de dezembro de 2021 a 15 de janeiro de 2022',
        fr: 'du 20 décembre 2021 au 15 janvier 2022',
      },
    ],
    [
      'the same days of two years, which are no half of a month',
      '2021-08-01',
      '2022-08-15',
      false,
      {
        es: 'del 1 de agosto de 2021 al 15 de agosto de 2022',
        en: '1 August 2021 to 15 August 2022',
        pt: 'de 1º de agosto de 2021 a 15 de agosto de 2022',
        fr: 'du 1er août 2021 au 15 août 2022',
      },
    ],
    [
      'one day',
      '2021-08-03',
      '2021-08-03',
      true,
      {
        es: '3 de agosto de 2021',
        en: '3 August 2021',
        pt: '3 de agosto de 2021',
        fr: '3 août 2021',
      },
    ],
  ];
  it.each(cases)('%s', (_, from, to, withYear, texts) => {
    for (const [language, text] of each(texts))
      expect(windowText({ from, to }, language, withYear)).toBe(text);
  });
});

describe('dates', () => {
  it('in lists and heads', () => {
    const date = '2021-07-14';
    expect(LANGUAGES.map((language) => printedDate(date, language, false))).toEqual([
      '14 de julio',
      '14 July',
      '14 de julho',
      '14 juillet',
    ]);
    expect(LANGUAGES.map((language) => headDate(date, language))).toEqual([
      '14 de julio, 2021',
      '14 July 2021',
      '14 de julho de 2021',
      '14 juillet 2021',
    ]);
    expect(LANGUAGES.map((language) => printedDate('2021-05-01', language, true))).toEqual([
      '1 de mayo de 2021',
      '1 May 2021',
      '1º de maio de 2021',
      '1er mai 2021',
    ]);
  });
});

describe('times on the clocks of all capitals', () => {
  const lima = 'America/Lima';
  const santiago = 'America/Santiago';
  const washington = 'America/New_York';
  const session = {
    startsAt: '2021-07-14T15:00:00Z',
    endsAt: '2021-07-14T17:30:00Z',
    timeZone: 'America/Lima',
  };

  it('names the agreed zone first and puts capitals of one time together', () => {
    for (const [language, text] of each({
      es: 'de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)',
      en: '10:00 a.m. to 12:30 p.m., Lima time (11:00 a.m. to 1:30 p.m. in Santiago and Washington)',
      pt: 'das 10h às 12h30, horário de Lima (11h às 13h30 em Santiago e Washington)',
      fr: 'de 10 h à 12 h 30, heure de Lima (11 h à 13 h 30 à Santiago et Washington)',
    }))
      expect(timesText(session, [lima, santiago, washington], language).replaceAll('\u00A0', ' ')).toBe(text);
  });

  it('puts the first capital’s article and preposition before it', () => {
    const mexico = 'America/Mexico_City';
    const { startsAt } = session;
    expect(timesText({ startsAt, timeZone: mexico }, [lima], 'es')).toBe(
      'a las 10:00, hora de la Ciudad de México y Lima',
    );
    expect(
      timesText({ startsAt, timeZone: 'America/Asuncion' }, [lima, mexico], 'fr').replaceAll('\u00A0', ' '),
    ).toBe('à 11 h, heure d’Asunción (10 h à Lima et Mexico)');
  });

  it('joins capitals that have the agreed time', () => {
    const bogota = 'America/Bogota';
    expect(timesText(session, [bogota, lima], 'es')).toBe('de 10:00 a 12:30, hora de Lima y Bogotá');
  });

  it('says each different time once, and names another day', () => {
    const madrid = 'Europe/Madrid';
    expect(
      timesText(
        { ...session, startsAt: '2021-07-14T22:30:00Z', endsAt: '2021-07-15T00:30:00Z' },
        [lima, santiago, madrid],
        'es',
      ),
    ).toBe(
      'de 17:30 a 19:30, hora de Lima (18:30 a 20:30 en Santiago; 00:30 a 02:30 del 15 de julio en Madrid)',
    );
  });

  it('does without an end, and with a zone that is no capital’s', () => {
    const { startsAt } = session;
    expect(timesText({ startsAt, timeZone: 'America/Manaus' }, [lima], 'pt')).toBe(
      'às 11h, horário de Manaus (10h em Lima)',
    );
  });
});

it('prints an institution’s name as it was written, and the acronym of the secretariat once', () => {
  const ministry = {
    name: 'MINISTRY OF LABOUR OF TRINIDAD AND TOBAGO',
    acronym: 'MOL',
    country: 'TT',
    role: 'requesting' as const,
  };
  const oas = {
    name: 'Organization of American States',
    acronym: 'OAS',
    country: 'US',
    role: 'secretariat' as const,
  };
  expect(institutionTitle(ministry, 'en')).toBe(ministry.name);
  expect(institutionTitle(oas, 'en')).toBe('Organization of American States (OAS)');
  expect(institutionTitle({ ...oas, name: 'General Secretariat of the OAS' }, 'en')).toBe(
    'General Secretariat of the OAS',
  );
});
