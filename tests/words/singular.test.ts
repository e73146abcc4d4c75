import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { speaker } from '../../src/words/speaker.ts';
import { warningText } from '../../src/words/warnings.ts';

/** What is counted agrees with its number. */

test('one session that was held is not several', () => {
  const held = LANGUAGES.map((language) =>
    [1, 2].map((held) => speaker('site.steps', language)('held', { held, planned: 3 })),
  );
  expect(Object.fromEntries(LANGUAGES.map((language, n) => [language, held[n]]))).toEqual({
    es: ['1 de 3 realizada', '2 de 3 realizadas'],
    en: ['1 of 3 held', '2 of 3 held'],
    pt: ['1 de 3 realizada', '2 de 3 realizadas'],
    fr: ['1 sur 3 tenue', '2 sur 3 tenues'],
  });
  for (const language of LANGUAGES)
    expect(speaker('site.board', language)('sessionsHeld', { held: 1, planned: 3 })).toBe(
      speaker('site.steps', language)('held', { held: 1, planned: 3 }),
    );
});

test('one hour of sessions is not several, and an hour and a half is so in each language', () => {
  const said = (language: (typeof LANGUAGES)[number], lasted: number, hours: string) =>
    speaker('papers.callReport', language)('summaryActivities', {
      ...{ sessions: 1, reached: 1, documents: 0, questions: 0, answered: 0, sheets: 0, lasted, hours },
    });
  expect(said('es', 1, '1')).toContain('con 1 hora en total');
  expect(said('en', 1, '1')).toContain('of 1 hour in all');
  expect(said('pt', 2, '2')).toContain('de 2 horas no total');
  expect(said('es', 1.5, '1,5')).toContain('1,5 horas');
  expect(said('fr', 1.5, '1,5')).toContain('1,5 heure au total');
});

test('a warning about a day begins as its siblings do', () => {
  const programme = { institutions: [] };
  const said = (warning: Parameters<typeof warningText>[0]) =>
    warningText(warning, { language: 'es', programme });
  expect(said({ code: 'MeetsOnWeekend', session: 1, date: '2021-08-14' })).toMatch(
    /^1\.ª sesión: el 14 de agosto de 2021 es fin de semana$/,
  );
});
