import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import { LONGEST_TEXT } from '../domain/content.ts';
import { withoutTurns } from '../domain/direction.ts';
import type { Language } from '../domain/language.ts';
import { cleanAddress } from '../domain/people/address.ts';
import { email, LONGEST_LINE } from '../domain/programme/programme.ts';
import { numberText } from '../words/dates/clock.ts';
import { formMistakeText } from '../words/mistakes.ts';
import { speaker } from '../words/speaker.ts';
import type { Html, PageContext } from './context.ts';
import { isLeftOpen } from './drawing.ts';

/**
 * The form kit. A field is declared once, and both drawn and read from that: its label, hint and limit, what is said
 * where it is left empty or is too long, and what was written in it when the form comes back. The markup is that of
 * govuk-frontend.
 */

// --- What a form is made of -----------------------------------------------------------------------------------

export type Option = {
  value: string;
  label: string;
  hint?: string | undefined;
  /** In a list: the heading that it stands under. */
  group?: string | undefined;
};

type Common = {
  /** By which it is sent, and its id; what has the name of another field on its page has an id of its own. */
  name: string;
  id?: string;
  label: string;
  hint?: string | undefined;
  /** What the label is of, for whoever hears the page read out. */
  of?: string;
  /** What is said where it is left empty; `true` says that it is to be filled in. */
  required?: string | true;
  /** Marked as one that may be left empty. */
  optional?: true;
  /** May be left empty where something else is, of which another field or a hint tells; its label says nothing of that. */
  conditional?: true;
  /** The most characters that it takes, where that is not what fields of its kind take. */
  most?: number;
  /** As wide as the grid that it stands in. */
  wide?: true;
};

export type Field =
  | { as: 'hidden'; name: string; value: string }
  | (Common &
      (
        | { as: 'text' | 'email' | 'url' | 'date' | 'time' | 'number' | 'digits'; autocomplete?: string }
        /** Several lines; a source is read as it stands, and looked at by whoever parses it. */
        | { as: 'long' | 'source'; rows?: number }
        /** A file's text may take the place of another field, or what is proposed from it and what stands there. */
        | { as: 'file'; accept?: string; many?: true; into?: string; propose?: Propose }
        | { as: 'select'; options: readonly Option[] }
        | { as: 'radios' | 'checkboxes'; options: readonly Option[]; inline?: true }
        | { as: 'check' }
      ));
/** What a file proposes for a field that holds `written`; or why it proposes nothing. */
type Propose = (bytes: Uint8Array, written: string) => { text: string } | { mistake: string };
type Visible = Exclude<Field, { as: 'hidden' }>;
type Kind = Field['as'];

/** Fields that belong together, under a legend or a hint of their own. */
export type Fieldset = { legend?: string; hint?: string; fields: readonly Field[] };
export type Part = Field | Fieldset;

/** A mistake in a form: what is wrong, and the id of the field it stands in. */
export type Mistake = { field: string; message: string };

/** What stands in a form: of each field its values, of which all but checkboxes have one. */
export type Values = Readonly<Record<string, readonly string[]>>;
export const textIn = (values: Values, name: string): string => values[name]?.[0] ?? '';
/** What was written in a field of several lines, a text each; blank lines are none. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
/** Values of fields that have one each. */
export const valuesOf = (texts: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, [text]]));
export const textsOf = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, [text = '']]) => [name, text]));

export const fieldsIn = (parts: readonly Part[]): Field[] =>
  parts.flatMap((part) => ('fields' in part ? part.fields : part));

// --- What comes back ------------------------------------------------------------------------------------------

/** Where a field declares no limit of its own. Whoever parses a source has one for it. */
const MOST: Partial<Record<Kind, number>> = {
  url: 2000,
  long: LONGEST_TEXT,
  source: Number.POSITIVE_INFINITY,
};
const mostOf = ({ as, most }: Visible): number => most ?? MOST[as] ?? LONGEST_LINE;

/** As people write: lines end in `\n`, and there are none of the characters that no text has, NUL first among them. */
export const plain = (text: string): string =>
  withoutTurns(withPlainBreaks(text).replace(/(?![\t\n])\p{Cc}/gu, ''));
const withPlainBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');

/** `proposed`: something in it was read from a file, and nobody has seen it. */
export type Reading = { values: Values; mistakes: Mistake[]; proposed?: true };

/** Takes a form of a few short fields, and nothing larger. */
export const smallForm = bodyLimit({ maxSize: 16 * 1024 });

/** No mistake, but that the form is shown once more. */
const LEFT_OPEN: Mistake = { field: '', message: '' };
/** Mistakes as they are shown. */
export const shownMistakes = (mistakes: readonly Mistake[]): readonly Mistake[] =>
  mistakes.filter((one) => one !== LEFT_OPEN);

/** A form as it was posted. @throws HTTPException 400 where it did not arrive whole, or is none */
export const formBody = (c: PageContext) =>
  c.req.parseBody({ all: true }).catch((error: unknown) => {
    throw error instanceof TypeError ? new HTTPException(400, { cause: error }) : error;
  });

/**
 * What was posted, of the shape that it has to have.
 * @throws HTTPException 400 where it has not: none of our forms sends it so, for a list has only what it offers
 */
export function ofShape<Shape extends z.ZodType>(shape: Shape, posted: unknown): z.output<Shape> {
  const { data, error } = shape.safeParse(posted);
  if (error) throw new HTTPException(400, { cause: error });
  return data as z.output<Shape>;
}

/** What was posted in these fields, and what is missing, too long or no address among it. */
export async function postedForm(c: PageContext, fields: readonly Field[]): Promise<Reading> {
  const body = await formBody(c);
  const sent = (name: string) => [body[name] ?? []].flat();
  const texts = fields.map(
    ({ name }) => [name, sent(name).filter((one) => typeof one === 'string')] as const,
  );
  const reading = readForm(fields, Object.fromEntries(texts), c.get('language'));
  const values = { ...reading.values };
  const mistakes: Mistake[] = [];
  const taken: string[] = [];
  let proposed = false;
  for (const field of fields) {
    const [file] = field.as === 'file' && field.into ? sent(field.name) : [];
    if (field.as !== 'file' || !field.into || !(file instanceof File) || file.size === 0) continue;
    const read = field.propose
      ? field.propose(new Uint8Array(await file.arrayBuffer()), textIn(values, field.into))
      : { text: withPlainBreaks(await file.text()) };
    if ('mistake' in read) {
      mistakes.push({ field: idOf(field), message: read.mistake });
      continue;
    }
    values[field.into] = [read.text];
    taken.push(field.into);
    proposed ||= field.propose !== undefined;
  }
  return {
    values,
    mistakes: [...reading.mistakes.filter(({ field }) => !taken.includes(field)), ...mistakes],
    ...(proposed && { proposed: true as const }),
  };
}

/**
 * The same of values that were taken from a form in another way, such as from one with documents. What is
 * no radio button's was not chosen; what is in no list goes on, to whoever knows why it no longer is.
 */
export function readForm(fields: readonly Field[], posted: Values, language: Language): Reading {
  const values = Object.fromEntries(
    fields.map((field) => {
      const texts = (posted[field.name] ?? []).map((text) =>
        field.as === 'source'
          ? plain(text)
          : field.as === 'email'
            ? cleanAddress(plain(text))
            : plain(text).trim(),
      );
      return [
        field.name,
        field.as === 'radios' ? texts.filter((text) => isOffered(field.options, text)) : texts,
      ];
    }),
  );
  const mistakes = fields.flatMap((field) => {
    const message = field.as === 'hidden' ? undefined : wrongWith(field, values[field.name] ?? [], language);
    return message ? [{ field: idOf(field), message }] : [];
  });
  return { values, mistakes: isLeftOpen() ? [...mistakes, LEFT_OPEN] : mistakes };
}

const isOffered = (options: readonly Option[], text: string): boolean =>
  options.some(({ value }) => value === text);

function wrongWith(field: Visible, values: readonly string[], language: Language): string | undefined {
  const { as, label, required } = field;
  const most = mostOf(field);
  const say = speaker('form.kit', language);
  const [text = ''] = values;
  if (text.trim() === '')
    return required && as !== 'file' ? (required === true ? say('missing', { label }) : required) : undefined;
  if (text.length > most)
    return say('tooLong', {
      ...{ label, most: numberText(most, language), length: numberText(text.length, language) },
    });
  if (as === 'email' && !email.safeParse(text).success)
    return typeof required === 'string'
      ? required
      : formMistakeText({ code: 'AddressMalformed', value: text }, language);
  return undefined;
}

// --- How it is drawn ------------------------------------------------------------------------------------------

/** A form as it is filled, with its mistakes. `dense` is for forms with very many fields. */
export type Filling = {
  language: Language;
  values: Values;
  mistakes: readonly Mistake[];
  dense?: true;
};

export const partsHtml = (filling: Filling, parts: readonly Part[]): Html =>
  html`${parts.map((part) => {
    if (!('fields' in part)) return fieldHtml(filling, part);
    const { legend, hint, fields } = part;
    const inner = html`${hint ? html`<div class="govuk-hint">${hint}</div>` : ''}${partsHtml(filling, fields)}`;
    return legend
      ? html`<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>${inner}</fieldset>`
      : inner;
  })}`;

export const fieldHtml = (filling: Filling, field: Field): Html =>
  field.as === 'hidden' ? hiddenHtml(field.name, field.value) : visible(filling, field);

function visible(filling: Filling, field: Visible): Html {
  const { label, hint, of, optional, wide } = field;
  const id = idOf(field);
  const wrong = mistakeHtml(filling, id);
  const ids = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  const about = ids ? html` aria-describedby="${ids}"` : html``;
  const size = filling.dense ? '' : 's';
  const name = html`${optional ? speaker('form.kit', filling.language)('optional', { label }) : label}${of ? html`<span class="govuk-visually-hidden"> — ${of}</span>` : ''}`;
  const told = html`${hint ? html`<div class="govuk-hint" id="${id}-hint">${hint}</div>` : ''}${wrong}`;
  return html`<div class="govuk-form-group${wide ? ' rial-fields__wide' : ''}${wrong ? ' govuk-form-group--error' : ''}">${inner()}</div>`;

  function inner(): Html {
    switch (field.as) {
      case 'check':
        return html`${told}${items(filling, { ...field, as: 'checkboxes', options: [{ value: 'true', label }] })}`;
      case 'radios':
      case 'checkboxes':
        return html`<fieldset class="govuk-fieldset"${about}><legend class="${sized('govuk-fieldset__legend', size)}">${name}</legend>${told}${items(filling, field)}</fieldset>`;
      default:
        return html`<label class="${sized('govuk-label', size)}" for="${id}">${name}</label>${told}${control(filling, field, html`${about}${wrong ? html` aria-invalid="true"` : ''}`)}`;
    }
  }
}

export const hiddenHtml = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** What is wrong with a field, to stand above it, or nothing. */
export function mistakeHtml({ mistakes, language }: Omit<Filling, 'values'>, id: string): Html | '' {
  const found = mistakes.filter(({ field }) => field === id);
  if (found.length === 0) return '';
  return html`<p id="${id}-error" class="govuk-error-message"><span class="govuk-visually-hidden">${speaker('form.kit', language)('error')}</span> ${found.map(({ message }, index) => html`${index > 0 ? html`<br>` : ''}${message}`)}</p>`;
}

/** All that is wrong, at the top of the page, each with a link to where. */
export const errorSummary = (mistakes: readonly Mistake[], language: Language): Html | '' =>
  mistakes.length === 0
    ? ''
    : html`<div class="govuk-error-summary" role="alert" tabindex="-1"><h2 class="govuk-error-summary__title">${speaker('form.kit', language)('problem')}</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${mistakes.map(
        ({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`,
      )}</ul></div></div>`;

/** The state that the author of a form had before them, as it was when the form was first shown. */
export const seenField = (values: Values, now: string | number | null): Field => ({
  ...{ as: 'hidden', name: 'seen', value: textIn(values, 'seen') || String(now ?? '') },
});

/** What a form was made from; `otherwise` where it does not say. */
export const seenIn = (values: Values, otherwise: number): number =>
  serialIn(textIn(values, 'seen'), otherwise);

/** A number that something was given, as a form or an address has it. */
export const serialIn = (given: string, otherwise = 0): number =>
  /^\d{1,9}$/.test(given) ? Number(given) : otherwise;

/** The same form again: what has changed since is told with it, and seen by that. */
export const seenAgain = (values: Values, refusal: { code: string }): Values => {
  const { seen, ...others } = values;
  return refusal?.code === 'ChangedSince' || refusal?.code === 'WrittenSince' ? others : values;
};

export const idOf = (field: Field): string => (field.as === 'hidden' ? field.name : (field.id ?? field.name));
const sized = (block: string, size: string): string => (size ? `${block} ${block}--${size}` : block);

type ChoiceField = Extract<Visible, { as: 'radios' | 'checkboxes' }>;
/** The first has the field's id, so that the link of a mistake leads to it. */
function items({ values }: Filling, field: ChoiceField): Html {
  const { name, as, options } = field;
  const block = `govuk-${as}`;
  const style = as === 'checkboxes' ? ` ${block}--small` : field.inline ? ` ${block}--inline` : '';
  return html`<div class="${block}${style}">${options.map(({ value, label, hint }, index) => {
    const id = index === 0 ? idOf(field) : `${idOf(field)}-${index + 1}`;
    const described = hint ? html` aria-describedby="${id}-item-hint"` : '';
    return html`<div class="${block}__item"><input class="${block}__input" id="${id}" name="${name}" type="${as === 'radios' ? 'radio' : 'checkbox'}" value="${value}"${values[name]?.includes(value) ? html` checked` : ''}${described}>
<label class="govuk-label ${block}__label" for="${id}">${label}</label>${hint ? html`<div id="${id}-item-hint" class="govuk-hint ${block}__hint">${hint}</div>` : ''}</div>`;
  })}</div>`;
}

const INPUTS = {
  text: { type: 'text' },
  email: { type: 'email' },
  url: { type: 'url' },
  date: { type: 'date', width: '10' },
  time: { type: 'time', width: '10' },
  number: { type: 'text', width: '5', mode: 'decimal' },
  digits: { type: 'text', width: '10', mode: 'numeric' },
} as const satisfies Partial<Record<Kind, { type: string; width?: string; mode?: string }>>;
/** What fields of dates and times can show. A browser empties them of all else, which is shown as text to be corrected. */
const TYPED: Partial<Record<Kind, RegExp>> = { date: /^(\d{4}-\d\d-\d\d)?$/, time: /^(\d\d:\d\d)?$/ };
const LETTERS_A_ROW = 85;
const MOST_ROWS = 14;

type InputField = Exclude<Visible, { as: 'radios' | 'checkboxes' | 'check' }>;
function control(filling: Filling, field: InputField, about: Html): Html {
  const { name } = field;
  const id = idOf(field);
  const value = textIn(filling.values, name);
  const isWrong = filling.mistakes.some((one) => one.field === id);
  const of = (block: string): string => (isWrong ? `${block} ${block}--error` : block);
  const named = html`id="${id}" name="${name}"${about}`;
  switch (field.as) {
    case 'file':
      return html`<input class="${of('govuk-file-upload')}" type="file" ${named}${field.many ? html` multiple` : ''}${field.accept ? html` accept="${field.accept}"` : ''}>`;
    case 'select':
      return html`<select class="${of('govuk-select')}" ${named}>${listed(field.options, value, filling.language)}</select>`;
    case 'source':
    case 'long': {
      const needed = field.as === 'long' ? Math.ceil(value.length / LETTERS_A_ROW) + 1 : 0;
      const rows = Math.max(field.rows ?? 3, Math.min(MOST_ROWS, needed));
      // A browser drops a line break that stands first in a text area, hence the one before the text.
      return html`<textarea class="${of('govuk-textarea')}${field.as === 'source' ? ' rial-yaml' : ''}" rows="${rows}"${field.as === 'source' ? html` spellcheck="false" wrap="off"` : ''} ${named}>
${value}</textarea>`;
    }
    default: {
      const { as, autocomplete = 'off' } = field;
      const { type, width, mode }: { type: string; width?: string; mode?: string } = INPUTS[as];
      const style = width ? ` govuk-input--width-${width}` : filling.dense ? '' : ' govuk-!-width-two-thirds';
      const shown = TYPED[as]?.test(value) === false ? 'text' : type;
      return html`<input class="${of('govuk-input')}${style}" type="${shown}" ${named} value="${value}" autocomplete="${autocomplete}"${mode ? html` inputmode="${mode}"` : ''}${as === 'email' ? html` spellcheck="false"` : ''} maxlength="${mostOf(field)}">`;
    }
  }
}

/** The choices of a list, under their headings in the order in which these come; the first says that one is to be chosen. */
function listed(options: readonly Option[], chosen: string, language: Language): Html {
  const option = ({ value, label }: Option) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`;
  const first: Option[] = options.some(({ value }) => value === '')
    ? []
    : [{ value: '', label: speaker('form.kit', language)('choose') }];
  return html`${[...Map.groupBy([...first, ...options], ({ group = '' }) => group)].map(([group, of]) =>
    group ? html`<optgroup label="${group}">${of.map(option)}</optgroup>` : of.map(option),
  )}`;
}
