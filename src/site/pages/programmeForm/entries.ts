import { plain } from '../../form.ts';
import { isGroup, isList, type List, type Node, SECTIONS, WHOLE } from './fields.ts';

/**
 * What is written in the form, right or wrong: texts in the shape of the programme file. A reference to an institution
 * is the key it has in the form (`#2`), so that codes can be changed and entries removed around it.
 */

export type Value = string | Value[] | Entry;
export type Entry = { [key: string]: Value };

/** More than a programme of every size that the schema takes has. */
const MOST_FIELDS = 25_000;
const MOST_CHOSEN = 12;

export const below = (id: string, key: string | number): string => (id === '' ? `${key}` : `${id}-${key}`);
export const formEntryOf = (written: Value | undefined): Entry =>
  typeof written === 'object' && !Array.isArray(written) ? written : {};
export const entriesOf = (written: Value | undefined): Value[] => (Array.isArray(written) ? written : []);
export const entryText = (written: Value | undefined): string => (typeof written === 'string' ? written : '');

/** What a part of the form holds before anybody writes in it: of lists, as many as there have to be. */
export function blankOf(node: Node): Value {
  if (isList(node)) return Array.from({ length: node.min }, () => blankOf(node.of));
  if (isGroup(node)) return Object.fromEntries(node.fields.map((field) => [field.key, blankOf(field)]));
  return node.as === 'institutions' ? [] : '';
}

export function isBlank(node: Node, written: Value | undefined): boolean {
  if (isList(node)) return entriesOf(written).every((one) => isBlank(node.of, one));
  if (isGroup(node)) return node.fields.every((field) => isBlank(field, formEntryOf(written)[field.key]));
  if (node.as === 'key') return true;
  return node.as === 'institutions' ? entriesOf(written).length === 0 : entryText(written).trim() === '';
}

/** What a form sent, or nothing where there is more of it than any form has: to read that takes minutes. */
export function sentIn(body: string): URLSearchParams | undefined {
  let at = -1;
  for (let n = 0; n < MOST_FIELDS; n++) {
    at = body.indexOf('&', at + 1);
    if (at < 0) return new URLSearchParams(body);
  }
  return undefined;
}

/** The form as it was sent. Names that are no field's are passed over, and lists end where the schema ends them. */
export function writtenIn(sent: URLSearchParams): Entry {
  const fields = new Map<string, string[]>();
  for (const [name, value] of sent)
    fields.set(name, [...(fields.get(name) ?? []), value].slice(0, MOST_CHOSEN));
  const tree = readSent(WHOLE, '', fields) as Entry;
  keyed(entriesOf(tree.institutions).map(formEntryOf));
  return tree;
}

function readSent(node: Node, id: string, fields: ReadonlyMap<string, string[]>): Value {
  if (isList(node)) {
    const found: Value[] = [];
    for (let i = 0; i < node.max; i++) {
      const own = below(id, i);
      if (fields.has(isGroup(node.of) ? below(own, node.of.fields[0]?.key ?? '') : own))
        found.push(readSent(node.of, own, fields));
    }
    while (found.length < node.min) found.push(blankOf(node.of));
    return found;
  }
  if (isGroup(node))
    return Object.fromEntries(
      node.fields.map((field) => [field.key, readSent(field, below(id, field.key), fields)]),
    );
  const values = (fields.get(id) ?? []).map(plain);
  return node.as === 'institutions' ? values : (values[0] ?? '');
}

/** What is written, as the form sends it. */
export function asSent(tree: Entry): URLSearchParams {
  const sent = new URLSearchParams();
  const put = (node: Node, written: Value | undefined, id: string): void => {
    if (isList(node))
      for (const [i, entry] of entriesOf(written).entries()) put(node.of, entry, below(id, i));
    else if (isGroup(node))
      for (const field of node.fields) put(field, formEntryOf(written)[field.key], below(id, field.key));
    else for (const one of Array.isArray(written) ? written : [written]) sent.append(id, entryText(one));
  };
  put(WHOLE, tree, '');
  return sent;
}

/** Gives each institution a key of its own, where it has none. */
function keyed(institutions: readonly Entry[]): void {
  const used = new Set<string>();
  for (const institution of institutions) {
    const key = entryText(institution.key);
    const free = Array.from({ length: institutions.length }, (_, i) => `#${i}`).find((one) => !used.has(one));
    institution.key = /^#\d{1,2}$/.test(key) && !used.has(key) ? key : (free ?? '');
    used.add(institution.key);
  }
}

const BUTTON = /^(add|remove|check|download|keep|discard|go)(?::([\w-]{1,80}))?$/;

/** Which button was pressed, once what it does to a list of the form is done. */
export function pressedIn(sent: URLSearchParams, tree: Entry): string | undefined {
  const [, action, id = ''] = BUTTON.exec(sent.get('do') ?? '') ?? [];
  if (action === 'add') addTo(tree, id);
  if (action === 'remove') removeFrom(tree, id);
  return action;
}

/** Which part of the form is gone on with: the one that was gone to, or that of a list whose button was pressed. */
export function partGoneTo(sent: URLSearchParams): string | undefined {
  const [, action, id = ''] = BUTTON.exec(sent.get('do') ?? '') ?? [];
  if (action === 'go') return id;
  return action === 'add' || action === 'remove' ? sectionWith(id) : undefined;
}

/** The part of the form that has a field, by the id of that. */
export const sectionWith = (field: string): string | undefined =>
  SECTIONS.find(({ fields }) => keysIn(fields).includes(field.split('-')[0] ?? ''))?.id;

/** The first words of the names that fields have: those of the programme's own entries. */
const keysIn = (fields: readonly Node[]): string[] =>
  fields.flatMap((node) => (isGroup(node) && !node.key ? keysIn(node.fields) : node.key));

/** Adds one to a list of the form, unless there is no such list or no room. */
export function addTo(tree: Entry, id: string): void {
  const found = listAt(WHOLE, tree, '', id);
  if (!found || found.entries.length >= found.list.max) return;
  const { list, entries } = found;
  const entry = blankOf(list.of);
  entries.push(entry);
  if (list.key === 'institutions') {
    const keys = entries.map((one) => entryText(formEntryOf(one).key));
    const free = Array.from({ length: keys.length }, (_, i) => `#${i}`).find((key) => !keys.includes(key));
    formEntryOf(entry).key = free ?? '';
  }
}

/** Takes an entry out of its list, unless there have to be as many. */
function removeFrom(tree: Entry, id: string): void {
  const [, listId = '', place = ''] = /^(.+)-(\d{1,3})$/.exec(id) ?? [];
  const found = listAt(WHOLE, tree, '', listId);
  if (found && found.entries.length > found.list.min) found.entries.splice(Number(place), 1);
}

function listAt(
  node: Node,
  written: Value | undefined,
  id: string,
  wanted: string,
): { list: List; entries: Value[] } | undefined {
  if (wanted !== id && id !== '' && !wanted.startsWith(`${id}-`)) return undefined;
  if (isList(node)) {
    const entries = entriesOf(written);
    if (id === wanted) return { list: node, entries };
    return first(entries, (entry, i) => listAt(node.of, entry, below(id, i), wanted));
  }
  if (!isGroup(node)) return undefined;
  return first(node.fields, (field) =>
    listAt(field, formEntryOf(written)[field.key], below(id, field.key), wanted),
  );
}

function first<T, R>(items: readonly T[], look: (item: T, i: number) => R | undefined): R | undefined {
  for (const [i, item] of items.entries()) {
    const found = look(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}
