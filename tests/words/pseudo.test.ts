import { describe, expect, it } from 'vitest';
import { composeMail } from '../../src/mail/compose.ts';
import { ALL, cooperation } from '../mail/samples.ts';
import { speakPseudo, strayWords, textsOf, visibleText } from '../support/pseudo.ts';

/** Every text that people read comes from a catalogue: what stands outside the brackets is a fact of the example. */

speakPseudo();

describe('mails', () => {
  it.each(ALL.filter(({ language }) => language === 'en'))('$name', ({ notice, reader, now }) => {
    const stray = strayWords(textsOf([notice, reader, cooperation]));
    const { subject, text, html } = composeMail(notice, reader, cooperation, now);
    for (const part of [subject, text, visibleText(html)]) expect(stray(part), part).toEqual([]);
  });
});
