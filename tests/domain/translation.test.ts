import { describe, expect, it } from 'vitest';
import { type TranslationStep, translationAfter } from '../../src/domain/programme/translation.ts';

/** How the paragraphs of a programme stand after what was asked about them. */

const printed = (...texts: string[]) => texts.map((text) => ({ part: 'description' as const, text }));
const who = (name: string) => ({ party: 'oas', name, on: '2025-03-05' });
const put = (...texts: string[]): TranslationStep => ({
  ...{ kind: 'translate-programme', came: 'translated', who: who('Lucía'), on: '2025-03-05' },
  paragraphs: texts.map((text) => ({ text })),
  translations: texts.map((text, index) => ({ paragraph: index + 1, text: `en ${text}` })),
});
const read = (came: TranslationStep['came'], ...texts: string[]): TranslationStep => ({
  ...{ kind: 'vouch-translation', came, who: came === 'waived' ? null : who('Andrea'), on: '2025-03-07' },
  paragraphs: texts.map((text) => ({ text, translation: `en ${text}` })),
});
const waived = (...texts: string[]): TranslationStep => ({
  ...{ kind: 'translate-programme', came: 'waived', who: null, on: '2025-03-20' },
  paragraphs: texts.map((text) => ({ text })),
});
const ahead = (steps: TranslationStep[], ...texts: string[]) => {
  const { ahead: next } = translationAfter(steps, printed(...texts));
  return next && [next.kind, ...next.paragraphs.map(({ text }) => text)];
};

describe('the second language of a programme', () => {
  it('is asked for first, then vouched for, and then nothing is lacking', () => {
    expect(ahead([], 'uno', 'dos')).toEqual(['translate-programme', 'uno', 'dos']);
    expect(ahead([put('uno', 'dos')], 'uno', 'dos')).toEqual(['vouch-translation', 'uno', 'dos']);
    expect(ahead([put('uno', 'dos'), read('vouched', 'uno', 'dos')], 'uno', 'dos')).toBeUndefined();
  });

  it('keeps translation and voucher of what stays, and is asked for what is rewritten alone', () => {
    const steps = [put('uno', 'dos'), read('vouched', 'uno', 'dos')];
    expect(ahead(steps, 'dos', 'tres')).toEqual(['translate-programme', 'tres']);
    expect(ahead([...steps, put('tres')], 'dos', 'tres')).toEqual(['vouch-translation', 'tres']);
    const { paragraphs } = translationAfter([...steps, put('tres')], printed('dos', 'tres'));
    expect(paragraphs).toEqual([
      {
        ...{ text: 'dos', translation: 'en dos', withoutOn: null },
        ...{ translated: who('Lucía'), vouched: who('Andrea') },
      },
      {
        ...{ text: 'tres', translation: 'en tres', withoutOn: null },
        ...{ translated: who('Lucía'), vouched: null },
      },
    ]);
  });

  it('is asked for again where it was sent back, with what was sent back', () => {
    const { ahead: next, paragraphs } = translationAfter(
      [put('uno', 'dos'), read('sent-back', 'uno', 'dos')],
      printed('uno', 'dos', 'tres'),
    );
    expect(next).toEqual({
      kind: 'translate-programme',
      paragraphs: [
        { part: 'description', text: 'uno', translation: 'en uno' },
        { part: 'description', text: 'dos', translation: 'en dos' },
        { part: 'description', text: 'tres' },
      ],
    });
    expect(paragraphs.every(({ translation }) => translation === null)).toBe(true);
  });

  it('goes on without what the Secretariat does without, and says since when', () => {
    expect(ahead([waived('uno')], 'uno')).toBeUndefined();
    expect(ahead([put('uno'), read('waived', 'uno')], 'uno')).toBeUndefined();
    expect(translationAfter([put('uno'), read('waived', 'uno')], printed('uno')).paragraphs).toEqual([
      {
        ...{ text: 'uno', translation: 'en uno', translated: who('Lucía'), vouched: null },
        withoutOn: '2025-03-07',
      },
    ]);
    // What was sent back is not printed, and nobody is asked for it any more.
    const sentBack = [put('uno'), read('sent-back', 'uno'), waived('uno')];
    expect(ahead(sentBack, 'uno')).toBeUndefined();
    expect(translationAfter(sentBack, printed('uno')).paragraphs[0]).toMatchObject({
      translation: null,
      withoutOn: '2025-03-20',
    });
  });

  it('is put anew where it comes after all, and vouched for then', () => {
    expect(ahead([waived('uno'), put('uno')], 'uno')).toEqual(['vouch-translation', 'uno']);
  });

  it('asks once for a paragraph that stands twice', () => {
    expect(ahead([], 'uno', 'uno')).toEqual(['translate-programme', 'uno']);
  });
});
