import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LONGEST_TEXT } from '../../src/domain/content.ts';
import { LONGEST_LINE } from '../../src/domain/programme/programme.ts';
import type { SiteContext } from '../../src/site/context.ts';
import { siteApp } from '../../src/site/context.ts';
import {
  errorSummary,
  type Field,
  fieldHtml,
  ofShape,
  plain,
  postedForm,
  type Reading,
  readForm,
  textIn,
} from '../../src/site/form.ts';

/** The form kit by itself: what it reads from a form, and how it draws what is wrong. */

const read = (field: Field, ...texts: string[]): Reading => readForm([field], { [field.name]: texts }, 'en');
const messages = (reading: Reading): string[] => reading.mistakes.map(({ message }) => message);

/** A form as it is posted, read with these fields. */
async function posted(fields: readonly Field[], form: Record<string, string | File>): Promise<Reading> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) body.append(name, value);
  const app = siteApp();
  app.post('/', async (c) => {
    c.set('language', 'en');
    return c.json(await postedForm(c as SiteContext, fields));
  });
  const response = await app.request('/', { method: 'POST', body });
  return (await response.json()) as Reading;
}

describe('a form that did not arrive whole', () => {
  it.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    [
      'cut off',
      'multipart/form-data; boundary=a',
      '--a\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    ],
    ['of something else', 'multipart/form-data; boundary=a', 'a=x'],
  ])('is the sender’s mistake, and no failure: %s', async (_, type, body) => {
    const app = siteApp();
    app.post('/', async (c) => c.json(await postedForm(c as SiteContext, [])));
    const response = await app.request('/', { method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBe(400);
  });
});

describe('a form that no page of ours sends', () => {
  it.each([['es'], ['xx'], ['']])('is the sender’s mistake, and no failure: %j', async (language) => {
    const app = siteApp();
    app.post('/', async (c) => {
      const { values } = await postedForm(c as SiteContext, [
        { as: 'select', name: 'language', label: 'x', options: [] },
      ]);
      return c.json(ofShape(z.enum(['es']), textIn(values, 'language')));
    });
    const response = await app.request('/', { method: 'POST', body: new URLSearchParams({ language }) });
    expect(response.status).toBe(language === 'es' ? 200 : 400);
  });
});

describe('what people write', () => {
  it.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['a\0b\x07c\x1bd\x7fe\x85f', 'abcdef'],
    ['\tañ — 日本\u200d', '\tañ — 日本\u200d'],
    ['a\u202ab\u202ec\u2066d\u2069', 'abcd'],
  ])('has line breaks of one kind, no control characters, and nothing that turns it: %j', (written, text) => {
    expect(plain(written)).toBe(text);
  });

  it('is trimmed in a field, and stands as it is in a source', () => {
    expect(read({ name: 'a', as: 'long', label: 'A' }, '  x\r\n').values).toEqual({ a: ['x'] });
    expect(read({ name: 'a', as: 'source', label: 'A' }, '  x\r\n').values).toEqual({ a: ['  x\n'] });
  });
});

describe('the limit of a field', () => {
  it.each([
    ['of a line', { name: 'a', as: 'text', label: 'Name' }, LONGEST_LINE],
    ['of an address', { name: 'a', as: 'url', label: 'Name' }, 2000],
    ['of a text', { name: 'a', as: 'long', label: 'Name' }, LONGEST_TEXT],
    ['that it declares', { name: 'a', as: 'long', most: 5, label: 'Name' }, 5],
  ] satisfies [string, Field, number][])('is that %s', (_, field, most) => {
    expect(messages(read(field, 'a'.repeat(most)))).toEqual([]);
    const longer = read(field, 'a'.repeat(most + 1));
    const [said, length] = [most, most + 1].map((number) => number.toLocaleString('en'));
    expect(messages(longer)).toEqual([
      `Shorten what is written in “Name”: it takes ${said} characters, and there are ${length}`,
    ]);
    // It comes back to be shortened.
    expect(longer.values.a?.[0]).toHaveLength(most + 1);
  });

  it('is counted after what does not count, and is not that of a source', () => {
    expect(messages(read({ name: 'a', as: 'long', most: 3, label: 'Name' }, ' a\r\n\0b '))).toEqual([]);
    const source = 'a'.repeat(LONGEST_TEXT + 1);
    expect(messages(read({ name: 'a', as: 'source', label: 'Name' }, source))).toEqual([]);
  });

  it('is told to the browser, whose field has it', async () => {
    const filling = { language: 'en', values: {}, mistakes: [] } as const;
    const drawn = await fieldHtml(filling, { name: 'a', as: 'text', most: 7, label: 'Name' });
    expect(String(drawn)).toContain('maxlength="7"');
  });
});

describe('what is left empty', () => {
  it('is a mistake where it is required, in the words of the field or of the kit', () => {
    expect(messages(read({ name: 'a', as: 'text', label: 'Name', required: 'Say who' }, '  '))).toEqual([
      'Say who',
    ]);
    expect(messages(read({ name: 'a', as: 'text', label: 'Name', required: true }))).toEqual([
      'Still to be filled in: Name',
    ]);
    expect(messages(read({ name: 'a', as: 'text', label: 'Name' }))).toEqual([]);
  });

  it('is a radio button that is none of those offered; what is in no list goes on', () => {
    const options = [{ value: 'yes', label: 'Yes' }];
    const radios = read({ name: 'a', as: 'radios', label: 'A', options, required: 'Choose' }, 'maybe');
    expect([radios.values, messages(radios)]).toEqual([{ a: [] }, ['Choose']]);
    expect(read({ name: 'a', as: 'select', label: 'A', options }, 'gone').values).toEqual({ a: ['gone'] });
  });
});

describe('a file that takes the place of a field', () => {
  const fields: Field[] = [
    { name: 'file', as: 'file', into: 'text', label: 'File' },
    { name: 'text', as: 'source', label: 'Text', required: true },
  ];

  it('is the text of that field, in whose stead nothing has to be written', async () => {
    const file = new File(['a: 1\r\nb: 2\r\n'], 'a.yaml');
    expect(await posted(fields, { file, text: '' })).toEqual({
      values: { file: [], text: ['a: 1\nb: 2\n'] },
      mistakes: [],
    });
  });

  it('is passed over where none was chosen', async () => {
    const none = new File([], '');
    expect((await posted(fields, { file: none, text: 'a: 1' })).values.text).toEqual(['a: 1']);
    expect((await posted(fields, { file: none, text: '' })).mistakes).toMatchObject([{ field: 'text' }]);
  });
});

describe('what is wrong', () => {
  it('is listed above, each with a link to its field, and said at the field', async () => {
    const field: Field = { name: 'a', id: 'own', as: 'text', label: 'Name', required: '<Say> who' };
    const { values, mistakes } = read(field, '');
    expect(mistakes).toEqual([{ field: 'own', message: '<Say> who' }]);
    const summary = String(await errorSummary(mistakes, 'en'));
    expect(summary).toContain('role="alert"');
    expect(summary).toContain('<a href="#own">&lt;Say&gt; who</a>');
    const drawn = String(await fieldHtml({ language: 'en', values, mistakes }, field));
    expect(drawn).toContain('id="own" name="a" aria-describedby="own-error" aria-invalid="true"');
    expect(drawn).toMatch(/id="own-error" class="govuk-error-message">.*&lt;Say&gt; who/);
  });

  it('is no summary where there is nothing', () => {
    expect(errorSummary([], 'en')).toBe('');
  });
});
