import { html } from 'hono/html';
import { type Html, type Mistake, mistakeOf, type PageContext } from '../../frame.ts';

/** The fields of a form, filled as they were, with the mistake of each above it. */

/** What a form holds: each field's values. */
export type Fields = Record<string, string[]>;
/** The first value of a field; lines end as they do here. */
export const one = (fields: Fields, name: string): string =>
  (fields[name]?.[0] ?? '').replaceAll('\r\n', '\n');

export type Filling = { c: PageContext; fields: Fields; mistakes: readonly Mistake[] };
type Control = { name: string; label: string; hint?: string | undefined };

function around({ c, mistakes }: Filling, { name, label, hint }: Control, control: Html, size = 's'): Html {
  const mistake = mistakeOf(c, mistakes, name);
  return html`<div class="govuk-form-group${mistake ? ' govuk-form-group--error' : ''}">
<label class="govuk-label govuk-label--${size}" for="${name}">${label}</label>
${hint ? html`<div id="${name}-hint" class="govuk-hint">${hint}</div>` : ''}${mistake}${control}</div>`;
}

const described = ({ mistakes }: Filling, { name, hint }: Control): Html => {
  const wrong = mistakes.some(({ field }) => field === name);
  const ids = [...(hint ? [`${name}-hint`] : []), ...(wrong ? [`${name}-error`] : [])].join(' ');
  return html`${ids ? html` aria-describedby="${ids}"` : ''}${wrong ? html` aria-invalid="true"` : ''}`;
};
const wrongClass = ({ mistakes }: Filling, name: string, of: string): string =>
  mistakes.some(({ field }) => field === name) ? ` ${of}--error` : '';

export const textarea = (filling: Filling, control: Control & { rows?: number }): Html =>
  around(
    filling,
    control,
    // A browser drops the first line break of a text area.
    html`<textarea class="govuk-textarea${wrongClass(filling, control.name, 'govuk-textarea')}" id="${control.name}" name="${control.name}" rows="${control.rows ?? 4}"${described(filling, control)}>
${one(filling.fields, control.name)}</textarea>`,
  );

type Typed = { type?: 'text' | 'email' | 'date' | 'time'; width?: string; autocomplete?: string };
export const input = (filling: Filling, control: Control & Typed): Html =>
  around(
    filling,
    control,
    html`<input class="govuk-input${control.width ? ` govuk-input--width-${control.width}` : ''}${wrongClass(filling, control.name, 'govuk-input')}" id="${control.name}" name="${control.name}" type="${control.type ?? 'text'}" value="${one(filling.fields, control.name)}" autocomplete="${control.autocomplete ?? 'off'}"${described(filling, control)}>`,
  );

export const fileInput = (filling: Filling, control: Control & { many?: boolean; accept?: string }): Html =>
  around(
    filling,
    control,
    html`<input class="govuk-file-upload${wrongClass(filling, control.name, 'govuk-file-upload')}" id="${control.name}" name="${control.name}" type="file"${control.many ? html` multiple` : ''}${control.accept ? html` accept="${control.accept}"` : ''}${described(filling, control)}>`,
  );

export const select = (
  filling: Filling,
  control: Control & { options: readonly { value: string; label: string }[] },
): Html =>
  around(
    filling,
    control,
    html`<select class="govuk-select" id="${control.name}" name="${control.name}"${described(filling, control)}>${control.options.map(
      ({ value, label }) =>
        html`<option value="${value}"${one(filling.fields, control.name) === value ? html` selected` : ''}>${label}</option>`,
    )}</select>`,
  );

type Option = { value: string; label: string | Html; hint?: string | Html | undefined };
type Group = Control & {
  options: readonly Option[];
  /** Of checkboxes several may be chosen. */
  type?: 'radio' | 'checkbox';
  inline?: boolean;
  small?: boolean;
  /** What stands under the legend. */
  beside?: Html | '';
  legendSize?: 's' | 'm';
};

/** Radios, or checkboxes, under a legend. */
export function choice(filling: Filling, group: Group): Html {
  const { name, label, hint, options, type = 'radio', inline, small, beside = '', legendSize = 's' } = group;
  const mistake = mistakeOf(filling.c, filling.mistakes, name);
  const block = type === 'radio' ? 'govuk-radios' : 'govuk-checkboxes';
  const item = type === 'radio' ? 'radios' : 'checkboxes';
  const chosen = filling.fields[name] ?? [];
  return html`<div class="govuk-form-group${mistake ? ' govuk-form-group--error' : ''}">
<fieldset class="govuk-fieldset"${described(filling, group)}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--${legendSize}">${label}</legend>
${hint ? html`<div id="${name}-hint" class="govuk-hint">${hint}</div>` : ''}${beside}${mistake}
<div class="${block}${inline ? ` ${block}--inline` : ''}${small ? ` ${block}--small` : ''}">${options.map(
    ({ value, label, hint }, index) => {
      // The first has the group's id, so that the mistake's link leads to it.
      const id = index === 0 ? name : `${name}-${index + 1}`;
      return html`<div class="govuk-${item}__item"><input class="govuk-${item}__input" id="${id}" name="${name}" type="${type}" value="${value}"${chosen.includes(value) ? html` checked` : ''}${hint ? html` aria-describedby="${id}-hint"` : ''}>
<label class="govuk-label govuk-${item}__label" for="${id}">${label}</label>${hint ? html`<div id="${id}-hint" class="govuk-hint govuk-${item}__hint">${hint}</div>` : ''}</div>`;
    },
  )}</div></fieldset></div>`;
}
