import { expect } from 'vitest';
import type { Language } from '../../src/domain/language.ts';
import type { Fault } from '../../src/domain/mistake.ts';
import { formMistakeText, mistakeText } from '../../src/words/mistakes.ts';

/**
 * Holds that a mistake is said in full in a language, to whoever writes a file and to whoever fills in a form: filled, and
 * not by its code. What people wrote may look like anything, and is taken out first.
 */
export function isSaid(fault: Fault, language: Language): void {
  const written = Object.entries(fault)
    .flatMap(([name, value]) => (name !== 'code' && typeof value === 'string' && value !== '' ? [value] : []))
    // One may be part of another.
    .sort((a, b) => b.length - a.length);
  for (const say of [mistakeText, formMistakeText]) {
    const text = say(fault, language);
    const ours = written.reduce((rest, value) => rest.replaceAll(value, '…'), text);
    expect(text, fault.code).not.toBe('');
    expect(ours, fault.code).not.toMatch(/undefined|\[object|NaN|\bnull\b|\{\w+[,}]/);
    expect(ours.split(/[^\w]/), fault.code).not.toContain(fault.code);
  }
}
