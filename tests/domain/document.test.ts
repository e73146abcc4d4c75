import { describe, expect, it } from 'vitest';
import { materialsDay } from '../../src/domain/dates/deadlines.ts';
import { linkIn } from '../../src/domain/document.ts';

describe('a text that is a link and nothing else', () => {
  it.each([
    ['https://zoom.us/rec/share/1', 'https://zoom.us/rec/share/1'],
    ['\uFEFF https://zoom.us/rec/share/1\r\n', 'https://zoom.us/rec/share/1'],
    ['http://zoom.us/rec', undefined],
    ['https://zoom.us/a https://zoom.us/b', undefined],
    ['Véase https://zoom.us/rec', undefined],
    ['javascript:alert(1)', undefined],
    ['https://zoom.us/"><script>', undefined],
    [`https://zoom.us/${'a'.repeat(2000)}`, undefined],
    ['', undefined],
  ])('is known from any other: %j', (text, link) => {
    expect(linkIn(text)).toBe(link);
  });
});

it('the materials of a session are there by the working day before it', () => {
  const washington = { timeZone: 'America/New_York', country: 'US' };
  expect(materialsDay('2021-08-17T15:00:00.000Z', washington)).toBe('2021-08-16');
  // A Monday, and the day after Labor Day.
  expect(materialsDay('2021-08-16T15:00:00.000Z', washington)).toBe('2021-08-13');
  expect(materialsDay('2021-09-07T15:00:00.000Z', washington)).toBe('2021-09-03');
});
