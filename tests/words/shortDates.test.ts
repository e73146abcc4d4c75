import { describe, expect, test } from 'vitest';
import { ago, moment, moments, period, shortDate } from '../../src/words/dates/shortDates.ts';

const NOW = new Date('2021-08-05T12:00:00Z');
const TEN_AUGUST = '2021-08-10T23:00:00.000Z';

describe('moment', () => {
  test.each([
    ['es', 'mar 10 ago 18:00 Lima'],
    ['en', 'Tue 10 Aug 6:00\u00a0p.m. Lima'],
    ['pt', 'ter 10 ago 18h Lima'],
    ['fr', 'mar 10 août 18\u00a0h Lima'],
  ] as const)('says the day, the hour and whose clock it is in %s', (language, said) => {
    expect(moment(TEN_AUGUST, 'America/Lima', language, NOW)).toBe(said);
  });

  test('names the capital, not the largest city of the zone', () => {
    expect(moment(TEN_AUGUST, 'America/New_York', 'es', NOW)).toBe('mar 10 ago 19:00 Washington');
  });

  test('names the year where it is not this one', () => {
    expect(moment('2022-01-10T15:00:00Z', 'America/Lima', 'es', NOW)).toBe('lun 10 ene 2022 10:00 Lima');
  });

  test('takes the year that it is at the party’s: New Year’s Eve in Lima is this year there', () => {
    const newYear = new Date('2022-01-01T02:00:00Z');
    expect(moment('2022-01-01T01:00:00Z', 'America/Lima', 'es', newYear)).toBe('vie 31 dic 20:00 Lima');
  });

  test('says midnight', () => {
    expect(moment('2021-08-10T05:00:00Z', 'America/Lima', 'en', NOW)).toBe('Tue 10 Aug 12:00\u00a0a.m. Lima');
  });
});

describe('moments', () => {
  test('says the day once, and again where it is another one', () => {
    expect(moments(TEN_AUGUST, ['America/Lima', 'America/Santiago'], 'es', NOW)).toBe(
      'mar 10 ago 18:00 Lima · 19:00 Santiago',
    );
    expect(moments('2021-08-11T04:30:00Z', ['America/Lima', 'America/Santiago'], 'es', NOW)).toBe(
      'mar 10 ago 23:30 Lima · mié 11 ago 00:30 Santiago',
    );
  });

  test('says capitals of the same hour together', () => {
    const zones = ['America/Lima', 'America/Santiago', 'America/New_York', 'America/Bogota'];
    expect(moments(TEN_AUGUST, zones, 'es', NOW)).toBe(
      'mar 10 ago 18:00 Lima, Bogotá · 19:00 Santiago, Washington',
    );
  });

  test('says each capital once', () => {
    expect(moments(TEN_AUGUST, ['America/Lima', 'America/Lima'], 'es', NOW)).toBe('mar 10 ago 18:00 Lima');
  });
});

test.each([
  ['2021-08-05T11:59:40Z', 'ahora'],
  ['2021-08-05T12:05:00Z', 'ahora'],
  ['2021-08-05T11:48:00Z', 'hace 12 min'],
  ['2021-08-05T08:30:00Z', 'hace 3 h'],
  ['2021-08-04T12:00:00Z', 'hace 1 d'],
  ['2021-07-31T11:00:00Z', 'hace 5 d'],
])('ago: %s is "%s"', (instant, said) => {
  expect(ago(instant, 'es', NOW)).toBe(said);
});

test.each([
  ['en', '5 d ago'],
  ['pt', 'há 5 d'],
  ['fr', 'il y a 5 j'],
] as const)('ago in %s', (language, said) => {
  expect(ago('2021-07-31T11:00:00Z', language, NOW)).toBe(said);
});

test.each([
  ['2021-08-16', '2021-08-31', '16–31 ago'],
  ['2021-08-16', '2021-08-16', '16 ago'],
  ['2021-07-28', '2021-08-03', '28 jul – 3 ago'],
  ['2022-08-16', '2022-08-31', '16–31 ago 2022'],
  ['2021-12-20', '2022-01-10', '20 dic 2021 – 10 ene 2022'],
])('period from %s to %s', (from, to, said) => {
  expect(period({ from, to }, 'es', 'America/Lima', NOW)).toBe(said);
});

test.each([
  ['es', '2021-08-27', 'vie 27 ago'],
  ['en', '2022-08-27', 'Sat 27 Aug 2022'],
] as const)('dayOf in %s: %s is "%s"', (language, date, said) => {
  expect(shortDate(date, language, 'America/Lima', NOW)).toBe(said);
});
