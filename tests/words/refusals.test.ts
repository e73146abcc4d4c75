import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { CONFIRMABLE, type Refusal, refusal as refusalShape } from '../../src/domain/refusal.ts';
import { refusalLine } from '../../src/domain/refusalLine.ts';
import { refusalText } from '../../src/words/refusals.ts';
import { example } from '../support/programme.ts';
import { ALL_REFUSED, REFUSED } from '../support/refusals.ts';

const view = {
  programme: example(),
  people: [{ id: 'chl-mtps-1', name: 'Margarita Spoerer' }],
  requests: [],
} as unknown as CaseView;

const reader = { when: (at: string) => at, day: (day: string) => day, view };

describe.each(ALL_REFUSED.map((refusal): [string, Refusal] => [refusalLine(refusal), refusal]))(
  '%s',
  (_, refusal) => {
    it.each(LANGUAGES)('is told in %s, filled with its values', (language) => {
      const text = refusalText(refusal, { ...reader, language });
      // What is asked about is a question.
      expect(text).toMatch(CONFIRMABLE.includes(refusal.code) ? /\?$/ : /[.:]$/);
      expect(text).not.toMatch(/[{}]|undefined|\bnull\b|rial /);
    });

    it('comes back as it was sent', () => {
      expect(refusalShape.parse(JSON.parse(JSON.stringify(refusal)))).toEqual(refusal);
    });
  },
);

describe('a refusal', () => {
  it('names people and institutions, these with their article', () => {
    expect(refusalText(REFUSED.NotOfParty, { ...reader, language: 'es' })).toBe(
      'Margarita Spoerer no pertenece al MTPE del Perú.',
    );
    expect(refusalText(REFUSED.DocumentOfOther, { ...reader, language: 'fr' })).toMatch(
      /celui du MTPS du Chili\./,
    );
  });

  it('is told by codes where no case is known', () => {
    expect(refusalText(REFUSED.NotOfParty, { ...reader, view: undefined, language: 'en' })).toBe(
      'chl-mtps-1 does not belong to per-mtpe.',
    );
  });

  it('tells the codes of what there is to choose from where they are typed', () => {
    const text = refusalText(REFUSED.NobodyAnswers, { ...reader, language: 'en', codes: true });
    expect(text).toContain('per-mtpe (MTPE of Peru) or oas (OAS)');
  });

  it('of a session that breaks a rule says which', () => {
    const rule = {
      code: 'SessionBeforeMeeting',
      session: 4,
      date: '2021-06-01',
      meeting: '2021-06-09',
    } as const;
    const refusal: Refusal = {
      code: 'SessionMistaken',
      path: 'window',
      mistake: { ...rule, path: 'window' },
    };
    expect(refusalText(refusal, { ...reader, language: 'es' })).toBe(
      'La sesión que se quiere agregar no cumple una regla del programa. Es anterior a la reunión de coordinación (9 de junio de 2021).',
    );
    expect(refusalShape.parse(refusal)).toEqual(refusal);
  });
});
