import { Document, isScalar, isSeq, visit } from 'yaml';
import { LANGUAGES } from '../../../domain/language.ts';
import { ROLES } from '../../../domain/programme/programme.ts';
import { programmeJsonSchema } from '../../../domain/programme/programmeFile.ts';
import { cooperationTitle } from '../../../words/names/institutions.ts';
import { countryAt } from './countries.ts';
import { below, type Entry, entriesOf, entryText, formEntryOf, isBlank, type Value } from './entries.ts';
import { isGroup, isList, type Leaf, type Node, type TextKey, WHOLE } from './fields.ts';

/** The programme file that is written in the form, as an officer would write it. */

/** Where a part of the file stands in the form. */
export type Place = {
  id: string;
  node: Node;
  /** The entries of lists and the named groups that it is in, outermost first. */
  within: readonly { label: TextKey; n: number }[];
  blank: boolean;
};

export type MadeFile = {
  source: string;
  /** The code of the cooperation. */
  id: string;
  /** By the file's own paths (`sessions[1].hours`), in the order of the form. */
  places: ReadonlyMap<string, Place>;
};

/** @param standing what becomes of the data that is made: what of a programme under way is as it was, stays */
export function fileOf(tree: Entry, standing: (made: FileValue) => FileValue = (made) => made): MadeFile {
  const places = new Map<string, Place>();
  const data = dataOf(tree, places);
  return { source: yamlOf(standing(data)), id: entryText(completed(tree).id).trim(), places };
}

/** What is written, as data. */
export const dataOf = (tree: Entry, places: Map<string, Place> = new Map()): FileValue =>
  make(WHOLE, completed(tree), { path: '', id: '', within: [] }, places);

// --- What the form fills in itself ---------------------------------------------------------------------------

const LONGEST_CODE = 60;
const codeOf = (...parts: (string | undefined)[]): string =>
  parts
    .map((part = '') =>
      part
        .normalize('NFD')
        .toLowerCase()
        .replace(/\p{M}/gu, '')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    )
    .filter(Boolean)
    .join('-')
    .slice(0, LONGEST_CODE)
    .replace(/-$/, '');

/** With the title, codes and clocks where the form leaves them to be known from what else is written, and references as codes. */
function completed(tree: Entry): Entry {
  const institutions = entriesOf(tree.institutions).map((one, i): Entry => {
    const institution = formEntryOf(one);
    const country = countryAt(entryText(institution.country));
    const code =
      institution.role === 'secretariat'
        ? codeOf(entryText(institution.acronym))
        : codeOf(country?.letters, entryText(institution.acronym));
    return {
      ...institution,
      id: entryText(institution.id).trim() || code || `institution-${i + 1}`,
      // Where no country is chosen, that alone is told of.
      timezone: entryText(institution.timezone) || country?.zone || (institution.country === '' ? 'UTC' : ''),
    };
  });
  const countries = (role: string) =>
    institutions
      .filter((institution) => institution.role === role)
      .map((institution) => countryAt(entryText(institution.country))?.letters);
  const call = entryText(formEntryOf(tree.call).number);
  const id = codeOf(call, ...countries('requesting'), ...countries('providing'));
  const codes = new Map(institutions.map(({ key, id }) => [entryText(key), entryText(id)]));
  const referring = refer(WHOLE, { ...tree, institutions }, codes) as Entry;
  const title = entryText(tree.title).trim() || titleOf(tree, institutions);
  return { ...referring, title, id: entryText(tree.id).trim() || id || 'programme' };
}

/** The title by the parties, in the programme's language; none as long as they are not all there. */
function titleOf(tree: Entry, institutions: readonly Entry[]): string {
  const language = LANGUAGES.find((one) => one === tree.language);
  const named = institutions.flatMap((one) => {
    const role = ROLES.find((role) => role === one.role);
    const gender = (['masculine', 'feminine'] as const).find((gender) => gender === one.gender);
    const country = countryAt(entryText(one.country))?.country ?? '';
    return role ? [{ name: entryText(one.name).trim(), role, country, gender }] : [];
  });
  return (language && cooperationTitle(named, language)) ?? '';
}

/** A key that is no institution's any more refers to nothing. */
const codeAt = (codes: ReadonlyMap<string, string>, reference: string): string =>
  reference.startsWith('#') ? (codes.get(reference) ?? '') : reference;

function refer(node: Node, written: Value | undefined, codes: ReadonlyMap<string, string>): Value {
  if (isList(node)) return entriesOf(written).map((entry) => refer(node.of, entry, codes));
  if (isGroup(node))
    return Object.fromEntries(
      node.fields.map((field) => [field.key, refer(field, formEntryOf(written)[field.key], codes)]),
    );
  if (node.as === 'institutions')
    return entriesOf(written)
      .map((one) => codeAt(codes, entryText(one)))
      .filter(Boolean);
  return node.as === 'institution' ? codeAt(codes, entryText(written)) : entryText(written);
}

// --- What goes into the file ---------------------------------------------------------------------------------

export type FileValue = string | number | boolean | FileValue[] | { [key: string]: FileValue } | undefined;
type At = { path: string; id: string; within: Place['within'] };

function make(node: Node, written: Value | undefined, at: At, places: Map<string, Place>): FileValue {
  const blank = isBlank(node, written);
  places.set(at.path, { id: at.id, node, within: at.within, blank });
  if (isList(node)) {
    const made: FileValue[] = [];
    const entries = entriesOf(written);
    let spare = entries.length - node.min;
    entries.forEach((entry, i) => {
      // An entry that nobody wrote in is left out, as long as there are enough; it is still there in the form.
      if (isBlank(node.of, entry) && spare-- > 0) return;
      const within = [...at.within, { label: node.label, n: i + 1 }];
      const place = { path: `${at.path}[${made.length}]`, id: below(at.id, i), within };
      made.push(make(node.of, entry, place, places) ?? '');
    });
    return made.length > 0 ? made : undefined;
  }
  if (isGroup(node)) {
    const label = node.label ?? node.called;
    const within = label ? [...at.within, { label, n: 0 }] : at.within;
    const pairs = node.fields.flatMap((field): [string, FileValue][] => {
      const path = at.path ? `${at.path}.${field.key}` : field.key;
      const place = { path, id: below(at.id, field.key), within };
      const value = make(field, formEntryOf(written)[field.key], place, places);
      return value === undefined || (!isList(field) && !isGroup(field) && field.as === 'key')
        ? []
        : [[field.key, value]];
    });
    const [only, ...others] = pairs;
    if (node.word !== undefined && only?.[0] === node.word && others.length === 0) return node.word;
    return blank && node.optional ? undefined : Object.fromEntries(pairs);
  }
  return madeOf(node, written);
}

function madeOf(node: Leaf, written: Value | undefined): FileValue {
  if (node.as === 'institutions') {
    const codes = entriesOf(written).map(entryText);
    return codes.length > 0 ? codes : undefined;
  }
  const text = entryText(written).trim();
  if (text === '') return undefined;
  if (node.as === 'check') return text === 'true' ? true : text;
  if (node.as !== 'number') return text;
  const number = text.replace(',', '.');
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(number) ? Number(number) : text;
}

// --- The text -----------------------------------------------------------------------------------------------

/** What of the programme's JSON Schema says in which order its keys are written. */
type Shape = { properties?: Record<string, Shape>; items?: Shape };
let schema: Shape | undefined;

function ordered(value: FileValue, shape: Shape | undefined): FileValue {
  if (Array.isArray(value)) return value.map((one) => ordered(one, shape?.items));
  if (typeof value !== 'object') return value;
  const keys = Object.keys(shape?.properties ?? {});
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b))
      .map(([key, one]) => [key, ordered(one, shape?.properties?.[key])]),
  );
}

const WIDTH = 110;
/** A text that is longer stands below its key. */
const LONGEST_BESIDE = 90;

function yamlOf(data: FileValue): string {
  schema ??= programmeJsonSchema() as Shape;
  const document = new Document(ordered(data, schema));
  visit(document, {
    Scalar(key, scalar) {
      if (key === 'key' || typeof scalar.value !== 'string') return;
      if (/^\d\d:\d\d$/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
      else if (scalar.value.length > LONGEST_BESIDE || scalar.value.includes('\n'))
        scalar.type = 'BLOCK_FOLDED';
    },
    Pair(_, pair, path) {
      // A blank line before each part of the file, and none between short lines that belong together.
      if (!isScalar(pair.key)) return;
      if (path.length === 2 && !isScalar(pair.value)) pair.key.spaceBefore = true;
      if (isSeq(pair.value) && /^(drafts|complements)$/.test(String(pair.key.value))) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: WIDTH });
}
