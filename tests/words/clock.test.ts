import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { durationText, numberText, timeOf } from '../../src/words/dates/clock.ts';

const spaced = (text: string) => text.replaceAll('\u00a0', ' ');

it.each([
  ['00:00', '00:00', '12:00 a.m.', '0h', '0 h'],
  ['09:05', '09:05', '9:05 a.m.', '9h05', '9 h 05'],
  ['12:00', '12:00', '12:00 noon', '12h', '12 h'],
  ['18:00', '18:00', '6:00 p.m.', '18h', '18 h'],
  ['18:30', '18:30', '6:30 p.m.', '18h30', '18 h 30'],
])('the time of day %s', (written, ...times) => {
  expect(LANGUAGES.map((language) => spaced(timeOf(written, language)))).toEqual(times);
});

it('numbers have the comma of the language', () => {
  expect(LANGUAGES.map((language) => numberText(2.5, language))).toEqual(['2,5', '2.5', '2,5', '2,5']);
  expect(numberText(0.25, 'es')).toBe('0,3');
});

it.each([
  [0.001, '1 min'],
  [0.1, '6 min'],
  [1, '1 h'],
  [2.5, '2 h 30 min'],
  [0.999, '1 h'],
])('%d hours', (hours, text) => {
  expect(spaced(durationText(hours))).toBe(text);
});
