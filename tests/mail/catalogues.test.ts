import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { REQUEST_LABELS, STEP_LABELS } from '../../src/domain/vocabulary.ts';
import type { Catalogue } from '../../src/mail/catalogue.ts';
import { joined, speaker } from '../../src/mail/catalogue.ts';
import { TEXTS as dates } from '../../src/mail/dates.ts';
import { TEXTS as frame } from '../../src/mail/frame.ts';
import { TEXTS as agenda } from '../../src/mail/notices/agenda.ts';
import { TEXTS as cooperationCancelled } from '../../src/mail/notices/cooperation-cancelled.ts';
import { TEXTS as cooperationClosed } from '../../src/mail/notices/cooperation-closed.ts';
import { TEXTS as deadlineExtended } from '../../src/mail/notices/deadline-extended.ts';
import { TEXTS as invitation } from '../../src/mail/notices/invitation.ts';
import { TEXTS as joinedNotice } from '../../src/mail/notices/joined.ts';
import { TEXTS as news } from '../../src/mail/notices/news.ts';
import { TEXTS as paused } from '../../src/mail/notices/paused.ts';
import { TEXTS as programmeChanged } from '../../src/mail/notices/programme-changed.ts';
import { TEXTS as programmeIssued } from '../../src/mail/notices/programme-issued.ts';
import { TEXTS as reminder } from '../../src/mail/notices/reminder.ts';
import { TEXTS as replaced } from '../../src/mail/notices/replaced.ts';
import { TEXTS as request } from '../../src/mail/notices/request.ts';
import { TEXTS as requestReleased } from '../../src/mail/notices/request-released.ts';
import { TEXTS as resumed } from '../../src/mail/notices/resumed.ts';
import { TEXTS as sessionRecorded } from '../../src/mail/notices/session-recorded.ts';
import { TEXTS as sheetPublished } from '../../src/mail/notices/sheet-published.ts';
import { TEXTS as standsIn } from '../../src/mail/notices/stands-in.ts';
import { TEXTS as windowRanOut } from '../../src/mail/notices/window-ran-out.ts';
import { TEXTS as parts } from '../../src/mail/parts.ts';
import { TEXTS as signIn } from '../../src/mail/signIn.ts';

const CATALOGUES: Record<string, Catalogue> = {
  agenda,
  cooperationClosed,
  dates,
  frame,
  invitation,
  news,
  parts,
  programmeIssued,
  reminder,
  request,
  sessionRecorded,
  sheetPublished,
  signIn,
  cooperationCancelled,
  deadlineExtended,
  joinedNotice,
  paused,
  programmeChanged,
  replaced,
  requestReleased,
  resumed,
  standsIn,
  windowRanOut,
  requestLabels: REQUEST_LABELS,
  stepLabels: STEP_LABELS,
};
const TEXTS = Object.entries(CATALOGUES).flatMap(([name, catalogue]) =>
  Object.entries(catalogue).map(([key, text]) => ({ name: `${name}.${key}`, text })),
);

type Node = { type: number; value?: string; options?: Record<string, { value: Node[] }> };
/** The values that a text shows; those it only chooses its words by may differ between languages. */
function shown(nodes: Node[], plural = ''): string[] {
  return nodes.flatMap(({ type, value = '', options = {} }): string[] => {
    // 1: {x}, 2: {x, number}, 7: the # of a plural
    if (type === 1 || type === 2) return [value];
    if (type === 7) return [plural];
    return Object.values(options).flatMap((option) => shown(option.value, value));
  });
}
const valuesIn = (message: string, language: string): string[] => {
  const ast = new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst() as Node[];
  return [...new Set(shown(ast))].sort();
};

describe('the four languages', () => {
  test.each(TEXTS)('$name is there in each', ({ text }) => {
    expect(Object.keys(text).sort()).toEqual([...LANGUAGES].sort());
    for (const language of LANGUAGES) expect(text[language].trim()).not.toBe('');
  });

  // In French the name stands in a line of its own, above the salutation.
  test.each(TEXTS.filter(({ name }) => name !== 'frame.greeting'))(
    '$name shows the same values in each',
    ({ text }) => {
      const spanish = valuesIn(text.es, 'es');
      for (const language of LANGUAGES) expect(valuesIn(text[language], language), language).toEqual(spanish);
    },
  );

  test.each(TEXTS)('$name is set as it would be printed', ({ text }) => {
    // A straight apostrophe would also start a quotation in MessageFormat, and lose the value after it.
    for (const language of LANGUAGES) expect(text[language]).not.toMatch(/['"]|\.\.\.| {2}/);
    // French sets a space before these; it must not break.
    expect(text.fr).not.toMatch(/[^\s\u00a0][;!?»]|[ ][;:!?»](?!\w)/u);
  });

  test('every kind of request has a lead', () => {
    expect(Object.keys(request)).toEqual(expect.arrayContaining(REQUEST_KINDS));
  });
});

describe('saying a text', () => {
  const catalogue = {
    greet: { es: 'Hola, {name}', en: 'Hi, {name}', pt: 'Olá, {name}', fr: 'Salut, {name}' },
  };

  test('inserts a value as it is, even one that looks like MessageFormat or markup', () => {
    const name = "{n, plural, other {#}} '{name}' <b>";
    expect(speaker(catalogue, 'es')('greet', { name })).toBe(`Hola, ${name}`);
  });

  test('throws where a value is missing', () => {
    expect(() => speaker(catalogue, 'es')('greet')).toThrow(/name/);
  });

  test('joins as the language does', () => {
    expect(joined(['A', 'B', 'C'], 'es', 'or')).toBe('A, B o C');
    expect(joined(['A', 'B', 'C'], 'en')).toBe('A, B and C');
    expect(joined(['Perú', 'Israel'], 'es')).toBe('Perú e Israel');
  });
});
