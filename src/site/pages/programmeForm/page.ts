import { html } from 'hono/html';
import { kinds } from '../../../domain/kinds/index.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../domain/language.ts';
import { LONGEST_SESSION_HOURS, ROLES } from '../../../domain/programme.ts';
import { CAPITAL_ZONES, cityName } from '../../../words/cities.ts';
import { numberText } from '../../../words/clock.ts';
import { type Speak, speaker } from '../../../words/speaker.ts';
import { stateName } from '../../../words/states.ts';
import { type Html, mistakeOf, type PageContext } from '../../frame.ts';
import { FORM, type FormMistake } from './checked.ts';
import { COUNTRIES } from './countries.ts';
import {
  type Group,
  isGroup,
  isList,
  type Leaf,
  type List,
  type Node,
  SECTIONS,
  type TextKey,
} from './fields.ts';
import { below, type Entry, entriesOf, entryOf, isBlank, textOf, type Written } from './written.ts';

/** The form itself: works without client script, every button sends all that is written. */

export const PATH = '/new/form';

/** For the page on which a programme's file is uploaded. */
export const formLink = (c: PageContext): Html =>
  html`<p><a class="govuk-button govuk-button--secondary" role="button" draggable="false" href="${PATH}">${speaker('form.fields', c.get('language'))('write')}</a></p>`;

type Choice = { value: string; label: string };
type Drawn = {
  c: PageContext;
  language: Language;
  say: Speak<'form.fields'>;
  /** By field; of several at one field, all. */
  mistakes: ReadonlyMap<string, FormMistake>;
  institutions: readonly Choice[];
};

export function formOf(c: PageContext, tree: Entry, mistakes: readonly FormMistake[]): Html {
  const language = c.get('language');
  const say = speaker('form.fields', language);
  const drawn: Drawn = {
    ...{ c, language, say },
    mistakes: new Map(
      [...Map.groupBy(mistakes, ({ field }) => field)].map(([field, all]) => [
        field,
        { field, where: '', message: all.map(({ message }) => message).join('. ') },
      ]),
    ),
    institutions: entriesOf(tree.institutions).map((one, i) => institutionChoice(entryOf(one), i, language)),
  };
  return html`<nav aria-label="${say('sectionsOf')}"><ul class="rial-parts">${SECTIONS.map(
    ({ id, heading }) => html`<li><a class="govuk-link" href="#${id}">${say(heading)}</a></li>`,
  )}</ul></nav>
<form method="post" action="${PATH}" id="${FORM}" novalidate>
<button class="govuk-visually-hidden" type="submit" name="do" value="check" tabindex="-1" aria-hidden="true">${say('check')}</button>
${SECTIONS.map(
  ({ id, heading, hint, fields }) => html`<section class="rial-part" id="${id}" tabindex="-1">
<h2 class="govuk-heading-m">${say(heading)}</h2>
${hint ? html`<p class="govuk-hint">${say(hint)}</p>` : ''}
${nodes(drawn, fields, tree, '')}</section>`,
)}
<div class="govuk-button-group"><button class="govuk-button" type="submit" name="do" value="check">${say('check')}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="do" value="download">${say('download')}</button></div>
</form>`;
}

function institutionChoice(institution: Entry, i: number, language: Language): Choice {
  const say = speaker('form.fields', language);
  const role = ROLES.find((one) => one === institution.role);
  const named = textOf(institution.acronym).trim() || textOf(institution.name).trim();
  const name = named || say('institution', { n: i + 1 });
  return { value: textOf(institution.key), label: role ? `${name} (${say(role)})` : name };
}

// --- What there is of fields ---------------------------------------------------------------------------------

type Item = { node: Node; written: Written | undefined; id: string };

/** What a group holds, with what is in groups of it that have no heading. */
const itemsOf = (fields: readonly Node[], tree: Entry, id: string): Item[] =>
  fields.flatMap((node) => {
    const item = { node, written: tree[node.key], id: below(id, node.key) };
    return isGroup(node) && !node.label ? itemsOf(node.fields, entryOf(item.written), item.id) : item;
  });

/** Fields side by side, and below each other what has others in it; what is seldom needed is folded away. */
function nodes(drawn: Drawn, fields: readonly Node[], tree: Entry, id: string): Html {
  const items = itemsOf(fields, tree, id);
  const blocks: { fold: TextKey | undefined; isGrid: boolean; items: Item[] }[] = [];
  for (const item of items) {
    const { fold } = item.node;
    const isGrid = !isList(item.node) && !isGroup(item.node);
    const last = blocks.at(-1);
    if (last && isGrid && last.isGrid && last.fold === fold) last.items.push(item);
    else blocks.push({ fold, isGrid, items: [item] });
  }
  return html`${blocks.map(({ fold, isGrid, items }) => {
    const drawnItems = items.map((item) => part(drawn, item));
    const inner = isGrid ? html`<div class="rial-fields">${drawnItems}</div>` : html`${drawnItems}`;
    if (!fold) return inner;
    const open = items.some(({ node, written, id }) => !isBlank(node, written) || drawn.mistakes.has(id));
    return html`<details class="govuk-details rial-fold"${open ? html` open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${drawn.say(fold)}</span></summary><div class="govuk-details__text">${inner}</div></details>`;
  })}`;
}

function part(drawn: Drawn, { node, written, id }: Item): Html {
  if (isList(node)) return list(drawn, node, entriesOf(written), id);
  if (isGroup(node)) return group(drawn, node, entryOf(written), id);
  return field(drawn, node, written, id);
}

function group(drawn: Drawn, node: Group, written: Entry, id: string): Html {
  const { say } = drawn;
  const inner = nodes(drawn, node.fields, written, id);
  return fieldset(drawn, {
    ...{ id, legend: node.label ? say(node.label) : '', inner },
    ...(node.hint && { hint: say(node.hint) }),
  });
}

type Fieldset = { id: string; legend: string; hint?: string; inner: Html; entry?: boolean };
function fieldset({ c, mistakes }: Drawn, { id, legend, hint, inner, entry }: Fieldset): Html {
  const wrong = mistakes.get(id);
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  return html`<fieldset class="govuk-fieldset ${entry ? 'rial-entry' : 'rial-group'}" id="${id}" tabindex="-1"${described ? html` aria-describedby="${described}"` : ''}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>
${hint ? html`<div class="govuk-hint" id="${id}-hint">${hint}</div>` : ''}
${wrong ? mistakeOf(c, [wrong], id) : ''}
${inner}</fieldset>`;
}

/** A list with its buttons; each leads to where the form then goes on. */
function list(drawn: Drawn, node: List, entries: readonly Written[], id: string): Html {
  const { c, say, mistakes } = drawn;
  const wrong = mistakes.get(id);
  const remove = (own: string, what: string) =>
    entries.length > node.min
      ? html`<button class="govuk-button govuk-button--secondary rial-remove" type="submit" name="do" value="remove:${own}" formaction="${PATH}#${id}">${say('remove', { what })}</button>`
      : '';
  const next = below(id, entries.length);
  return html`<div class="rial-list" id="${id}" tabindex="-1">
${wrong ? mistakeOf(c, [wrong], id) : ''}
${entries.map((entry, i) => {
  const own = below(id, i);
  const title = say(node.label, { n: i + 1 });
  if (!isGroup(node.of))
    return html`${field(drawn, { ...node.of, label: node.label }, entry, own, i + 1)}${remove(own, title)}`;
  const name = textOf(entryOf(entry).name).trim();
  return fieldset(drawn, {
    ...{ id: own, legend: name ? `${title}: ${name}` : title, entry: true },
    inner: html`${nodes(drawn, node.of.fields, entryOf(entry), own)}${remove(own, title)}`,
  });
})}
${
  entries.length < node.max
    ? html`<button class="govuk-button govuk-button--secondary" type="submit" name="do" value="add:${id}" formaction="${PATH}#${next}">${say(node.add)}</button>`
    : ''
}</div>`;
}

// --- One field -----------------------------------------------------------------------------------------------

function field(drawn: Drawn, node: Leaf, written: Written | undefined, id: string, n = 1): Html {
  const { c, say, mistakes } = drawn;
  const { as, optional } = node;
  if (as === 'key') return html`<input type="hidden" name="${id}" value="${textOf(written)}">`;
  const wrong = mistakes.get(id);
  const hint = node.hint ? hintOf(node, drawn) : undefined;
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  const about = described ? html` aria-describedby="${described}"` : html``;
  const name = say(node.label, { n });
  const wide =
    node.wide || as === 'long' || as === 'check' || as === 'institutions' ? ' rial-fields__wide' : '';
  const around = `govuk-form-group${wide}${wrong ? ' govuk-form-group--error' : ''}`;
  const told = html`${hint ? html`<div class="govuk-hint" id="${id}-hint">${hint}</div>` : ''}${wrong ? mistakeOf(c, [wrong], id) : ''}`;
  if (as === 'check')
    return html`<div class="${around}">${wrong ? mistakeOf(c, [wrong], id) : ''}<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${id}" name="${id}" value="true"${textOf(written) ? html` checked` : ''}${about}><label class="govuk-label govuk-checkboxes__label" for="${id}">${name}</label>${hint ? html`<div class="govuk-hint govuk-checkboxes__hint" id="${id}-hint">${hint}</div>` : ''}</div></div></div>`;
  if (as === 'institutions')
    return html`<div class="${around}"><fieldset class="govuk-fieldset" id="${id}" tabindex="-1"${about}><legend class="govuk-fieldset__legend">${name}</legend>${told}${several(drawn, entriesOf(written).map(textOf), id)}</fieldset></div>`;
  const label = optional === true ? say('optional', { label: name }) : name;
  return html`<div class="${around}"><label class="govuk-label" for="${id}">${label}</label>${told}${control(drawn, node, textOf(written), id, about)}</div>`;
}

function hintOf({ key, hint }: Leaf, { say, language }: Drawn): string {
  const kind = Object.values(kinds).find(({ deadline }) => deadline === key);
  return say(hint as TextKey, {
    most: numberText(LONGEST_SESSION_HOURS, language),
    ...(kind && { n: kind.due.days }),
  });
}

function several({ institutions }: Drawn, chosen: readonly string[], id: string): Html {
  const offered = institutions.map(({ value }) => value);
  const others = chosen.filter((value) => !offered.includes(value) && !value.startsWith('#'));
  return html`<div class="govuk-checkboxes govuk-checkboxes--small">${[
    ...institutions,
    ...others.map((value) => ({ value, label: value })),
  ].map(
    ({ value, label }, i) =>
      html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${id}-${i}" name="${id}" value="${value}"${chosen.includes(value) ? html` checked` : ''}><label class="govuk-label govuk-checkboxes__label" for="${id}-${i}">${label}</label></div>`,
  )}</div>`;
}

const INPUTS = {
  line: { type: 'text', style: '' },
  email: { type: 'email', style: '' },
  url: { type: 'url', style: '' },
  date: { type: 'date', style: ' govuk-input--width-10' },
  time: { type: 'time', style: ' govuk-input--width-10' },
  number: { type: 'text', style: ' govuk-input--width-5' },
} as const;
const LETTERS_A_ROW = 85;

function control(drawn: Drawn, node: Leaf, value: string, id: string, about: Html): Html {
  const { as } = node;
  if (as === 'long') {
    const rows = Math.min(14, Math.max(3, Math.ceil(value.length / LETTERS_A_ROW) + 1));
    // A line break that stands first in a textarea is dropped by browsers, hence the one before the text.
    return html`<textarea class="govuk-textarea" id="${id}" name="${id}" rows="${node.key === 'title' ? 2 : rows}"${about}>
${value}</textarea>`;
  }
  if (as in INPUTS) {
    // A browser empties a field of dates or times of what is none; it is kept as text, to be corrected.
    const isTyped =
      (as !== 'date' || /^(\d{4}-\d\d-\d\d)?$/.test(value)) &&
      (as !== 'time' || /^(\d\d:\d\d)?$/.test(value));
    const { type, style } = INPUTS[as as keyof typeof INPUTS];
    return html`<input class="govuk-input${style}" type="${isTyped ? type : 'text'}" id="${id}" name="${id}" value="${value}"${as === 'number' ? html` inputmode="decimal"` : ''} autocomplete="off"${about}>`;
  }
  const choices = choicesOf(drawn, node);
  // Of an institution that was taken out the key stands for nothing.
  const isOther = value !== '' && !value.startsWith('#') && !choices.some((one) => one.value === value);
  const empty = typeof node.optional === 'string' ? drawn.say(node.optional) : drawn.say('choose');
  return html`<select class="govuk-select" id="${id}" name="${id}"${about}>${[
    { value: '', label: empty },
    ...choices,
    ...(isOther ? [{ value, label: node.as === 'zone' ? cityName(value, drawn.language) : value }] : []),
  ].map(
    (one) =>
      html`<option value="${one.value}"${one.value === value ? html` selected` : ''}>${one.label}</option>`,
  )}</select>`;
}

const byLabel = (choices: Choice[], language: Language): Choice[] =>
  choices.sort((a, b) => a.label.localeCompare(b.label, language));

function choicesOf({ language, say, institutions }: Drawn, { as }: Leaf): readonly Choice[] {
  switch (as) {
    case 'country':
      return byLabel(
        COUNTRIES.map(({ country }) => ({ value: country, label: stateName(country, language) })),
        language,
      );
    case 'zone':
      return byLabel(
        CAPITAL_ZONES.map((zone) => ({ value: zone, label: cityName(zone, language) })),
        language,
      );
    case 'language':
      return LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }));
    case 'role':
      return ROLES.map((role) => ({ value: role, label: say(role) }));
    case 'modality':
      return (['virtual', 'in-person', 'hybrid'] as const).map((one) => ({ value: one, label: say(one) }));
    case 'gender':
      return (['masculine', 'feminine'] as const).map((one) => ({ value: one, label: say(one) }));
    default:
      return institutions;
  }
}
