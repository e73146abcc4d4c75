import { html } from 'hono/html';
import { kinds } from '../../../domain/kinds/index.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../domain/language.ts';
import { NOTICE_OF_DATE_DAYS } from '../../../domain/methodology.ts';
import { LONGEST_SESSION_HOURS, ROLES } from '../../../domain/programme/programme.ts';
import { colonIn } from '../../../words/colon.ts';
import { numberText } from '../../../words/dates/clock.ts';
import { joined } from '../../../words/lists.ts';
import { CAPITAL_ZONES, cityName } from '../../../words/names/cities.ts';
import { stateName } from '../../../words/names/states.ts';
import { type Speak, speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { type Field, type Filling, fieldHtml, hiddenHtml, mistakeHtml, type Option } from '../../form.ts';
import { draftAttributes } from '../../parts/draft.ts';
import { details } from '../../parts/govuk.ts';
import { FORM, type FormMistake } from './check.ts';
import { COUNTRIES } from './countries.ts';
import {
  below,
  type Entry,
  entriesOf,
  entryText,
  formEntryOf,
  isBlank,
  sectionWith,
  type Value,
} from './entries.ts';
import {
  type Group,
  isGroup,
  isList,
  type Leaf,
  type List,
  type Node,
  SECTIONS,
  type Section,
  type TextKey,
} from './fields.ts';
import { isFixed, isOpen, type Scope } from './scope.ts';

/** The form itself: works without client script, every button sends all that is written. */

export const PATH = '/new/form';

/** For the page on which a programme's file is uploaded. */
export const formLink = (c: PageContext): Html =>
  html`<p><a class="govuk-button" role="button" draggable="false" href="${PATH}">${speaker('form.fields', c.get('language'))('write')}</a></p>`;

/** Of which programme a form is: a new one, or one that stands. */
export type FormOf = {
  /** Where its buttons send what is written. */
  path: string;
  /** What of a programme that stands it is for; all of a new one. */
  scope?: Scope;
  /** What travels with it, and what is asked beside the programme. */
  more?: Html;
  /** Its first button. */
  check?: string;
  /** The part of a new one that is shown; where it is left out, the first one in which something is to be mended, or the first. */
  at?: string | undefined;
};

type Drawing = Omit<Filling, 'values'> &
  Pick<FormOf, 'path' | 'scope'> & { say: Speak<'form.fields'>; institutions: readonly Option[] };

export function formOf(
  language: Language,
  tree: Entry,
  mistakes: readonly FormMistake[],
  asked: FormOf,
): Html {
  const say = speaker('form.fields', language);
  const { path, more, check = say('check') } = asked;
  const adds = entriesOf(tree.institutions).length > (asked.scope?.institutions ?? 0);
  const scope = asked.scope && { ...asked.scope, adds };
  const drawn: Drawing = {
    ...{ language, say, mistakes, dense: true, path, ...(scope && { scope }) },
    institutions: entriesOf(tree.institutions).map((one, i) =>
      institutionOption(formEntryOf(one), i, language),
    ),
  };
  const isPart = ({ fields }: Section) => isOpen(scope, { key: '', fields }, tree, '');
  const parts = SECTIONS.filter(isPart);
  // What stands is corrected on one page; a new programme is written part by part.
  const isPaged = !scope;
  const at = partAt(parts, asked.at ?? (mistakes[0] && sectionWith(mistakes[0].field)));
  const next = isPaged && mistakes.length === 0 ? parts[parts.indexOf(at) + 1] : undefined;
  const primary = next ? goTo(next.id) : 'check';
  return html`<nav aria-label="${say('sectionsOf')}"><ul class="rial-parts">${parts.map((one) => partLink(drawn, one, { isPaged, isAt: one === at }))}</ul></nav>
<form method="post" action="${path}" id="${FORM}"${isPaged ? html` class="rial-pages"` : ''} novalidate${draftAttributes(path, language)}>
<button class="govuk-visually-hidden" type="submit" name="do" value="${primary}"${next ? html` formaction="${path}#${next.id}"` : ''} tabindex="-1" aria-hidden="true">${check}</button>
${SECTIONS.map((section) => {
  const { id, heading, hint, fields } = section;
  if (!isPart(section)) return carried({ key: '', fields }, tree, '');
  const n = parts.indexOf(section);
  return html`<section class="rial-part${section === at ? ' rial-part--at' : ''}" id="${id}" tabindex="-1">
${isPaged ? html`<p class="govuk-caption-m">${say('partOf', { n: n + 1, all: parts.length })}</p>` : ''}
<h2 class="govuk-heading-m">${say(heading)}</h2>
${hint && (!scope || id === 'periods') ? html`<p class="govuk-hint">${say(hint)}</p>` : ''}
${nodes(drawn, fields, tree, '')}
${isPaged ? besideParts(drawn, parts[n - 1], parts[n + 1]) : ''}</section>`;
})}
${more ?? ''}
<div class="govuk-button-group"><button class="govuk-button${primary === 'check' ? '' : ' govuk-button--secondary'}" type="submit" name="do" value="check">${check}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="do" value="keep">${speaker('form.draft', language)('keep')}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="do" value="download">${say('download')}</button></div>
</form>`;
}

const goTo = (part: string): string => `go:${part}`;

const partAt = (parts: readonly Section[], id: string | undefined): Section =>
  parts.find((one) => one.id === id) ?? (parts[0] as Section);

/** A part by its name, with how much of it is still to be mended. One part at a time is gone to with all that is written. */
function partLink(
  { say, mistakes, path }: Drawing,
  { id, heading }: Section,
  { isPaged, isAt }: { isPaged: boolean; isAt: boolean },
): Html {
  const n = mistakes.filter(({ field }) => sectionWith(field) === id).length;
  const marked = html`data-part="${id}"${isAt ? html` aria-current="step"` : ''}`;
  const way = isPaged
    ? html`<button class="rial-link-button" type="submit" form="${FORM}" name="do" value="${goTo(id)}" formaction="${path}#${id}" ${marked}>${say(heading)}</button>`
    : html`<a class="govuk-link" href="#${id}" ${marked}>${say(heading)}</a>`;
  return html`<li>${way}${n > 0 ? html` <strong class="govuk-tag govuk-tag--red">${say('toMend', { n })}</strong>` : ''}</li>`;
}

/** To the parts before and after one, with all that is written: it is kept. Going on is what is to be done, until something is to be mended. */
function besideParts(
  { say, path, mistakes }: Drawing,
  before: Section | undefined,
  after: Section | undefined,
): Html {
  const button = (part: Section | undefined, key: 'previousPart' | 'nextPart', style: string) =>
    part
      ? html`<button class="${style}" type="submit" name="do" value="${goTo(part.id)}" formaction="${path}#${part.id}">${say(key, { part: say(part.heading) })}</button>`
      : '';
  const onward = `govuk-button${mistakes.length > 0 ? ' govuk-button--secondary' : ''}`;
  return html`<p class="govuk-body rial-actions rial-turn">${button(before, 'previousPart', 'rial-link-button')} ${button(after, 'nextPart', onward)}</p>`;
}

function institutionOption(institution: Entry, i: number, language: Language): Option {
  const say = speaker('form.fields', language);
  const role = ROLES.find((one) => one === institution.role);
  const named = entryText(institution.acronym).trim() || entryText(institution.name).trim();
  const name = named || say('institution', { n: i + 1 });
  return { value: entryText(institution.key), label: role ? `${name} (${say(role)})` : name };
}

// --- What there is of fields ---------------------------------------------------------------------------------

type Item = { node: Node; written: Value | undefined; id: string };

/** What a group holds, with what is in groups of it that have no heading. */
const itemsOf = (fields: readonly Node[], tree: Entry, id: string): Item[] =>
  fields.flatMap((node) => {
    const item = { node, written: tree[node.key], id: below(id, node.key) };
    return isGroup(node) && !node.label ? itemsOf(node.fields, formEntryOf(item.written), item.id) : item;
  });

/** What stays as it is travels with the form, so that it is read whole. What says nothing is left out. */
function carried(node: Node, written: Value | undefined, id: string): Html {
  if (isList(node))
    return html`${entriesOf(written).map((entry, i) => carried(node.of, entry, below(id, i)))}`;
  if (isGroup(node))
    return html`${node.fields.map((field) => carried(field, formEntryOf(written)[field.key], below(id, field.key)))}`;
  const values = Array.isArray(written) ? written.map(entryText) : [entryText(written)];
  return html`${values.map((value) => (value === '' ? '' : hiddenHtml(id, value)))}`;
}

/** Fields side by side, and below each other what has others in it; what is seldom needed is folded away. */
function nodes(drawn: Drawing, fields: readonly Node[], tree: Entry, id: string): Html {
  const all = itemsOf(fields, tree, id);
  const items = all.filter((item) => isOpen(drawn.scope, item.node, item.written, item.id));
  const kept = all.filter((item) => !items.includes(item));
  const blocks: { fold: TextKey | undefined; isGrid: boolean; items: Item[] }[] = [];
  for (const item of items) {
    const { fold } = item.node;
    const isGrid = !isList(item.node) && !isGroup(item.node);
    const last = blocks.at(-1);
    if (last && isGrid && last.isGrid && last.fold === fold) last.items.push(item);
    else blocks.push({ fold, isGrid, items: [item] });
  }
  return html`${kept.map((item) => carried(item.node, item.written, item.id))}${blocks.map(
    ({ fold, isGrid, items }) => {
      const drawnItems = items.map((item) => part(drawn, item));
      const inner = isGrid ? html`<div class="rial-fields">${drawnItems}</div>` : html`${drawnItems}`;
      if (!fold) return inner;
      const open = items.some(
        ({ node, written, id }) =>
          !isBlank(node, written) || (isList(node) && entriesOf(written).length > 0) || isWrong(drawn, id),
      );
      return details(drawn.say(fold), inner, { open, style: 'rial-fold' });
    },
  )}`;
}

const isWrong = ({ mistakes }: Drawing, id: string): boolean => mistakes.some(({ field }) => field === id);

function part(drawn: Drawing, { node, written, id }: Item): Html {
  if (isList(node)) return list(drawn, node, entriesOf(written), id);
  if (isGroup(node)) return group(drawn, node, formEntryOf(written), id);
  return field(drawn, node, written, id);
}

function group(drawn: Drawing, node: Group, written: Entry, id: string): Html {
  const { say } = drawn;
  const inner = nodes(drawn, node.fields, written, id);
  return fieldset(drawn, {
    ...{ id, legend: node.label ? say(node.label) : '', inner },
    ...(node.hint && { hint: say(node.hint) }),
  });
}

type Fieldset = { id: string; legend: string; hint?: string; inner: Html; entry?: boolean };
function fieldset(drawn: Drawing, { id, legend, hint, inner, entry }: Fieldset): Html {
  const wrong = mistakeHtml(drawn, id);
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  return html`<fieldset class="govuk-fieldset ${entry ? 'rial-entry' : 'rial-group'}" id="${id}" tabindex="-1"${described ? html` aria-describedby="${described}"` : ''}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>
${hint ? html`<div class="govuk-hint" id="${id}-hint">${hint}</div>` : ''}
${wrong}
${inner}</fieldset>`;
}

/** A list with its buttons; each leads to where the form then goes on. */
function list(drawn: Drawing, node: List, entries: readonly Value[], id: string): Html {
  const { say, path, scope } = drawn;
  const remove = (own: string, what: string) =>
    entries.length > node.min && !isFixed(scope, own)
      ? html`<button class="govuk-button govuk-button--secondary rial-remove" type="submit" name="do" value="remove:${own}" formaction="${path}#${id}">${say('remove', { what })}</button>`
      : '';
  const next = below(id, entries.length);
  return html`<div class="rial-list" id="${id}" tabindex="-1">
${mistakeHtml(drawn, id)}
${entries.map((entry, i) => {
  const own = below(id, i);
  const title = say(node.label, { n: i + 1 });
  if (!isOpen(scope, node.of, entry, own))
    return html`${isShown(node) ? html`<p class="govuk-body">${institutionOption(formEntryOf(entry), i, drawn.language).label}</p>` : ''}${carried(node.of, entry, own)}`;
  if (!isGroup(node.of))
    return html`${field(drawn, { ...node.of, label: node.label }, entry, own, i + 1)}${remove(own, title)}`;
  const name = entryText(formEntryOf(entry).name).trim();
  return fieldset(drawn, {
    ...{ id: own, legend: name ? title + colonIn(drawn.language) + name : title, entry: true },
    inner: html`${nodes(drawn, node.of.fields, formEntryOf(entry), own)}${remove(own, title)}`,
  });
})}
${
  entries.length < node.max && !isFixed(scope, next)
    ? html`<button class="govuk-button govuk-button--secondary" type="submit" name="do" value="add:${id}" formaction="${path}#${next}">${say(node.add)}</button>`
    : ''
}</div>`;
}

/** Those that stay are named beside those that come in; people may have changed since, and are not. */
const isShown = ({ key }: List): boolean => key === 'institutions';

// --- One field -----------------------------------------------------------------------------------------------

/** A field as the kit draws it; `n` is its number where it is an entry of a list. */
function field(drawn: Drawing, node: Leaf, written: Value | undefined, id: string, n = 1): Html {
  const { say } = drawn;
  const { as, optional } = node;
  const value = entryText(written);
  const values = Array.isArray(written) ? written.map(entryText) : [value];
  const common = {
    ...{ name: id, label: say(node.label, { n }) },
    ...(node.hint && { hint: hintOf(node, drawn) }),
    ...(optional === true && { optional }),
    ...((node.wide || as === 'long' || as === 'check' || as === 'institutions') && { wide: true as const }),
  };
  const draw = (control: Field) => fieldHtml({ ...drawn, values: { [id]: values } }, control);
  switch (as) {
    case 'key':
      return hiddenHtml(id, value);
    case 'line':
      return draw({ ...common, as: 'text' });
    case 'long':
      return draw({ ...common, as, ...(node.key === 'title' && { rows: 2 }) });
    case 'check':
      // Marked or not, it may be left empty.
      return draw({ name: id, label: common.label, as, wide: true });
    case 'email':
    case 'url':
    case 'date':
    case 'time':
    case 'number':
      return draw({ ...common, as });
    case 'institutions':
      return reporting(drawn, common, { options: withOthers(drawn, node, values), values });
    default: {
      const empty = {
        value: '',
        label: typeof optional === 'string' ? say(optional) : speaker('form.kit', drawn.language)('choose'),
      };
      return draw({ ...common, as: 'select', options: [empty, ...withOthers(drawn, node, values)] });
    }
  }
}

/** Who is there already stays with the report; only what comes in can be chosen. */
function reporting(
  drawn: Drawing,
  field: { name: string; label: string; hint?: string; wide?: true },
  { options, values }: { options: readonly Option[]; values: readonly string[] },
): Html {
  const { scope, say, institutions } = drawn;
  const filling = { ...drawn, values: { [field.name]: values } };
  if (!scope) return fieldHtml(filling, { ...field, as: 'checkboxes', options });
  const standing = institutions.slice(0, scope.institutions);
  const there = standing.filter(({ value }) => values.includes(value));
  const hint = say('reporting', {
    names: joined(
      there.map(({ label }) => label),
      drawn.language,
    ),
  });
  const others = options.filter(({ value }) => !standing.some((one) => one.value === value));
  return html`${there.map(({ value }) => hiddenHtml(field.name, value))}${fieldHtml(filling, { ...field, as: 'checkboxes', hint, options: others })}`;
}

function hintOf({ key, hint }: Leaf, { say, language }: Drawing): string {
  const kind = Object.values(kinds).find(({ deadline }) => deadline === key);
  return say(hint as TextKey, {
    most: numberText(LONGEST_SESSION_HOURS, language),
    n: kind?.due.days ?? NOTICE_OF_DATE_DAYS,
  });
}

/** What can be chosen, and what was chosen beside it. Of an institution that was taken out the key stands for nothing. */
function withOthers(drawn: Drawing, node: Leaf, chosen: readonly string[]): Option[] {
  const offered = optionsOf(drawn, node);
  const others = chosen.filter(
    (value) => value !== '' && !value.startsWith('#') && !offered.some((one) => one.value === value),
  );
  const label = (value: string) => (node.as === 'zone' ? cityName(value, drawn.language) : value);
  return [...offered, ...others.map((value) => ({ value, label: label(value) }))];
}

const byLabel = (options: Option[], language: Language): Option[] =>
  options.sort((a, b) => a.label.localeCompare(b.label, language));

function optionsOf({ language, say, institutions }: Drawing, { as }: Leaf): readonly Option[] {
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
