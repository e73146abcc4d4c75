import { describe, expect, it } from 'vitest';
import { line, paragraphs, printableText, runIn } from '../../src/publications/text.ts';
import { capitalized } from '../../src/words/names/capitals.ts';

describe('text that people wrote', () => {
  it('keeps its words, lines and accents', () => {
    expect(printableText(' uno\r\ndos\rtres\u2028cuatro ')).toBe('uno\ndos\ntres\ncuatro');
    expect(printableText('a\tb')).toBe('a b');
    expect(printableText('Mun\u0303oz')).toBe('Muñoz');
  });

  it('loses what neither a page nor XML can hold', () => {
    expect(printableText('a\u0000\u0008\u001F\u007F\u009Fb\uFFFE\uFFFF\uFEFF')).toBe('ab');
    expect(printableText('\uD83D')).toBe('\uFFFD');
    expect(printableText('\u202Eabc\u2069')).toBe('abc');
    expect(printableText('👩‍🌾')).toBe('👩‍🌾');
  });

  it('is one line, or paragraphs', () => {
    expect(line('uno\n  dos\n\ntres')).toBe('uno dos tres');
    expect(paragraphs('uno\ndos\n \n\ntres\n')).toEqual(['uno\ndos', 'tres']);
    expect(paragraphs(' \n ')).toEqual([]);
    expect(runIn('uno\n\ndos\n\ntres')).toEqual({ text: 'uno', more: [{ text: 'dos' }, { text: 'tres' }] });
    expect(runIn('')).toEqual({ text: '', more: [] });
  });

  it('begins with a capital', () => {
    expect(capitalized('última quincena', 'es')).toBe('Última quincena');
    expect(capitalized('', 'es')).toBe('');
  });
});
