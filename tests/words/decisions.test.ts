import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { decisionLabel } from '../../src/words/kinds.ts';

test('a session that was held before it was entered does not keep its date: it was held on it', () => {
  const id = 'session-1/settle-session.1';
  const held = { id, windowRanOut: 'entered' } as const;
  const ahead = { id, windowRanOut: null };
  expect(decisionLabel(held, 'done', 'es')).toBe('se realizó en su fecha');
  expect(decisionLabel(ahead, 'done', 'es')).toBe('se mantiene la fecha');
  for (const language of LANGUAGES)
    expect(decisionLabel(held, 'done', language), language).not.toBe(decisionLabel(ahead, 'done', language));
});
