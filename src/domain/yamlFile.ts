import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { z } from 'zod';
import { isEmpty, readYaml } from './yamlText.ts';

/**
 * Reads a file as an officer writes it, in YAML, and tells every mistake of it at once: where it is, and what to write
 * instead.
 */

/** A mistake in a file. Lines and columns count from 1. */
export type Mistake = {
  line: number;
  column: number;
  /** Where in it, such as `sessions[1].hours`; empty for the file as a whole. */
  path: string;
  /** What is wrong and what to write instead, in English. */
  message: string;
};

/** The largest file that is read, in bytes of UTF-8. */
export const LARGEST_FILE = 1_000_000;
/** How often one anchor may be referred to before the file is taken for one that is made to exhaust memory. */
const MOST_ALIASES = 100;
/** A programme has some fifteen nodes from its root to a guest's address; reading a thousand takes minutes. */
const MOST_LEVELS = 60;

type Key = string | number;
type Path = readonly Key[];

/** What a file is to be: its schema, and the words for it. */
export type Form<T> = {
  /** What it is called: `programme`. */
  name: string;
  shape: z.ZodType<T>;
  /** Its JSON Schema, for what is known where, with examples. */
  schema: Schema;
  /** What its first key is, for a file without any: `begin with id: and the code of the cooperation`. */
  begin: string;
};

/**
 * Checks a file and reads it.
 *
 * @param source the file's content
 * @param fileName what the file is called in a message about the whole of it
 * @returns what it holds, or all mistakes in the order of the file. Never throws.
 */
export function checkYamlFile<T>(
  source: string,
  form: Form<T>,
  fileName = 'the file',
): { value: T } | { mistakes: Mistake[] } {
  try {
    return check(source, form, fileName);
  } catch {
    // Reading recurses into nested collections, and counts what aliases expand to: both end in a thrown error.
    return whole(
      `${fileName} cannot be read, because it is nested too deeply or repeats itself too often by aliases (*); write it as the examples are written`,
    );
  }
}

/** Mistakes as lines of a terminal: `file.yaml:12:3  sessions[1].hours: 3 hours are more than …`. */
export const formatMistakes = (mistakes: readonly Mistake[], fileName: string): string =>
  mistakes
    .map(
      ({ line, column, path, message }) =>
        `${fileName}:${line}:${column}  ${path ? `${path}: ` : ''}${message}`,
    )
    .join('\n');

const whole = (message: string) => ({ mistakes: [{ line: 1, column: 1, path: '', message }] });

function check<T>(
  source: string,
  { name, shape, schema: root, begin }: Form<T>,
  fileName: string,
): { value: T } | { mistakes: Mistake[] } {
  if (source.length > LARGEST_FILE || new TextEncoder().encode(source).length > LARGEST_FILE)
    return whole(
      `${fileName} is larger than 1 MB; a ${name} file holds text alone, no pictures or documents`,
    );
  if (source.includes('\0') || source.startsWith('PK\u0003\u0004') || source.startsWith('%PDF'))
    return whole(`${fileName} is no text file; save the ${name} as plain text, as the examples are`);

  // A byte order mark is no character of the first line.
  const yaml = readYaml(source.replace(/^\uFEFF/, ''), knownKeys(root));
  const found: Mistake[] = [];
  const tell = (offset: number, path: Path, message: string) => {
    const { line, column } = yaml.at(offset);
    found.push({ line, column, path: pathText(path), message });
  };
  for (const { offset, message } of yaml.slips) tell(offset, [], message);
  const { document } = yaml;
  if (!document || isEmpty(document))
    return found.length > 0
      ? { mistakes: inOrder(found) }
      : whole(`${fileName} is empty; begin with a copy of one of the examples`);
  if (isDeep(document)) throw new RangeError('nested too deeply');
  const unresolved = tellAliases(document, tell);
  tellDuplicates(document, tell);
  if (!isMap(document.contents)) {
    tell(offsetOf(document.contents), [], `a ${name} is written as keys with their values; ${begin}`);
    return { mistakes: inOrder(found) };
  }

  const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  // The message is empty where the schema has none of its own for an issue.
  const result = shape.safeParse(data, { error: () => '' });
  if (result.success && found.length === 0) return { value: result.data };
  const readInPart = yaml.lossy || Number.isFinite(yaml.unread);
  for (const { path, on, absent, message } of explain(result.error?.issues ?? [], data, root)) {
    const offset = place(document, path, on);
    // Of a line that is no YAML one mistake is told; and what seems to be missing may be in what was not read.
    if (offset >= yaml.unread || (readInPart && absent) || unresolved.has(offset)) continue;
    if (!absent && yaml.mended.has(yaml.at(offset).line)) continue;
    tell(offset, path, message);
  }
  return { mistakes: inOrder(found) };
}

/** In the order of the file, each once. */
function inOrder(found: readonly Mistake[]): Mistake[] {
  const seen = new Set<string>();
  return [...found]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((mistake) => {
      const key = JSON.stringify(mistake);
      return !seen.has(key) && seen.add(key);
    });
}

/** `['sessions', 1, 'hours']` is written `sessions[1].hours`. */
const pathText = (path: Path): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${key}`)).join('');

// --- Places -------------------------------------------------------------------------------------------------

const offsetOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;
const keyOf = (pair: Pair): string | undefined =>
  isScalar(pair.key) ? String(pair.key.value ?? '') : undefined;

/** The pairs of maps by their keys: a file of 1 MB may have many keys, and a mistake at each. */
const indexed = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = indexed.get(map);
  if (known) return known;
  // Of several with the same key the last one's value counts.
  const pairs = new Map(map.items.map((pair) => [keyOf(pair) ?? '', pair]));
  indexed.set(map, pairs);
  return pairs;
}

/**
 * Where a path is in the text. A value that is written on its own is at its first character; a list, a group of
 * keys, what is empty and what lacks something are at their key or, in a list, where the entry begins.
 */
function place(document: Document.Parsed, path: Path, on: 'key' | 'value' = 'value'): number {
  let node: Node | null = document.contents;
  let offset = offsetOf(node);
  /** Set once an alias was followed: what is wrong there is shown where the alias stands. */
  let fixed = false;
  for (const key of path) {
    if (isAlias(node)) {
      fixed = true;
      node = node.resolve(document) ?? null;
    }
    let next: Node | null = null;
    let at: number | undefined;
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(key));
      if (!pair) return offset;
      at = offsetOf(pair.key as Node);
      next = pair.value as Node | null;
    } else if (isSeq(node) && typeof key === 'number') {
      next = node.items[key] as Node | null;
      if (!next) return offset;
      at = offsetOf(next);
    } else return offset;
    if (!fixed) offset = at;
    node = next;
  }
  const written = isScalar(node) && node.range != null && node.range[1] > node.range[0];
  const own = on === 'value' && written && !fixed;
  return own ? offsetOf(node) : offset;
}

// --- The text -----------------------------------------------------------------------------------------------

type Tell = (offset: number, path: Path, message: string) => void;

function isDeep(document: Document.Parsed): boolean {
  let deep = false;
  visit(document, {
    Node(_, __, path) {
      deep ||= path.length > MOST_LEVELS;
      return deep ? visit.BREAK : undefined;
    },
  });
  return deep;
}

/** Tells of aliases without an anchor and takes them out. Returns where they were. */
function tellAliases(document: Document.Parsed, tell: Tell): Set<number> {
  const at = new Set<number>();
  // An alias refers to an anchor that stands before it; to resolve each would read the file as often.
  const anchors = new Set<string>();
  visit(document, {
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return;
      at.add(offsetOf(alias));
      tell(
        offsetOf(alias),
        [],
        `"*${alias.source}" refers to something that is not in the file; put a value that begins with * in quotes`,
      );
      const nothing = document.createNode(null) as Scalar;
      if (alias.range) nothing.range = alias.range;
      return nothing;
    },
  });
  return at;
}

function tellDuplicates(document: Document.Parsed, tell: Tell): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const pair of map.items) {
        const key = keyOf(pair);
        if (key === undefined) {
          tell(offsetOf(pair.key as Node), [], 'a key is a word followed by a colon; write one');
        } else if (seen.has(key))
          tell(offsetOf(pair.key as Node), [], `${quoted(key)} is given twice; keep one of them`);
        else seen.add(key);
      }
    },
  });
}

// --- What it holds ------------------------------------------------------------------------------------------

type Issue = z.core.$ZodIssue;
type Told = { path: Path; message: string; on?: 'key' | 'value'; absent?: boolean };
/** What of a JSON Schema is looked at here. */
export type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: string[];
  examples?: unknown[];
};

/** Says in an officer's words what the schema and its rules found. */
function explain(found: readonly Issue[], data: unknown, root: Schema): Told[] {
  const issues = found.flatMap((issue) => chosen(issue));
  const told: Told[] = [];
  /** Keys that are missing only because they are misspelt. */
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const path = issue.path as Key[];
    const known = Object.keys(schemaAt(root, path)?.properties ?? {});
    const there: object = Object(valueAt(data, path));
    const free = known.filter((name) => !Object.hasOwn(there, name));
    for (const key of issue.keys) {
      const meant = nearest(key, free) ?? nearest(key, known);
      if (meant && free.includes(meant)) misspelt.add(JSON.stringify([...path, meant]));
      const list = known.join(', ');
      told.push({
        path: [...path, key],
        on: 'key',
        message: meant
          ? `${quoted(key)} is not a key that is known here; did you mean ${meant}? Known here: ${list}`
          : `${quoted(key)} is not a key that is known here; leave it out, or write one of: ${list}`,
      });
    }
  }
  for (const issue of issues) {
    const path = issue.path as Key[];
    if (issue.code === 'unrecognized_keys' || misspelt.has(JSON.stringify(path))) continue;
    const value = valueAt(data, path);
    const missing = value === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
    const absent = missing || (issue.code === 'custom' && issue.params?.absent === true);
    told.push({
      path,
      absent,
      message:
        issue.message || (missing ? missingMessage(root, path) : wrongMessage(root, issue, path, value)),
    });
  }
  return told;
}

function missingMessage(root: Schema, path: Path): string {
  const key = path.at(-1);
  const schema = schemaAt(root, path);
  if (typeof key !== 'string') return 'an entry is empty; write it, or take its dash away';
  return `${key} is missing; ${howToWrite(key, schema)}`;
}

/** `write title: "Cooperation between …"`: what stands in the place of something that is missing or wrong. */
function howToWrite(key: Key | undefined, schema: Schema | undefined): string {
  const name = typeof key === 'string' ? `${key}: ` : '';
  const example = schema?.examples?.[0];
  if (schema?.type === 'object') {
    return schema.required?.length
      ? `write ${name}and below it, two spaces further in, ${schema.required.join(', ')}`
      : `write ${name}{} or, below it, two spaces further in, ${Object.keys(schema.properties ?? {}).join(', ')}`;
  }
  if (schema?.type === 'array')
    return example === undefined
      ? `write ${name}and below it one entry or more, each after "- "`
      : `write ${name}[${(example as unknown[]).join(', ')}]`;
  if (schema?.enum) return `write ${name}and one of: ${schema.enum.join(', ')}`;
  if (example === undefined) return `write ${name}and its value`;
  const plain = typeof example !== 'string' || /^[^\d\W][^:#]*$|^\d{4}-\d\d-\d\d$|^https:/.test(example);
  return `write ${name}${plain ? example : JSON.stringify(example)}${schema?.type === 'string' ? ', say' : ''}`;
}

function wrongMessage(root: Schema, issue: Issue, path: Path, value: unknown): string {
  const key = path.at(-1);
  const schema = schemaAt(root, path);
  switch (issue.code) {
    case 'invalid_type':
      if (value === null) return `nothing is written here; ${howToWrite(key, schema)}`;
      return wrongType(issue.expected, key, schema, value);
    case 'invalid_value': {
      if (value === null) return `nothing is written here; ${howToWrite(key, schema)}`;
      const values = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, values) : undefined;
      return `${quoted(value)} is not one of the words for this; write one of: ${values.join(', ')}${meant ? ` (did you mean ${meant}?)` : ''}`;
    }
    case 'too_small':
      if (issue.origin === 'string') return `nothing is written here; ${howToWrite(key, schema)}`;
      if (issue.origin === 'array')
        return `there ${count(value)} here; write ${issue.minimum} or more, each after "- "`;
      return issue.inclusive
        ? `${quoted(value)} is too little; write ${issue.minimum} or more`
        : `${quoted(value)} is too little; write a number above ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string')
        return `this is ${String(value).trim().length} characters long; write ${issue.maximum} at most`;
      if (issue.origin === 'array') return `there ${count(value)} here; write ${issue.maximum} at most`;
      return `${quoted(value)} is too much; write ${issue.maximum} or less`;
    default:
      return `${quoted(value)} is not written as it has to be; ${howToWrite(key, schema)}`;
  }
}

function wrongType(
  expected: string,
  key: Key | undefined,
  schema: Schema | undefined,
  value: unknown,
): string {
  const how = howToWrite(key, schema);
  switch (expected) {
    case 'string':
      return typeof value === 'object'
        ? `this is a ${Array.isArray(value) ? 'list' : 'group of keys'} where a text belongs; ${how}`
        : `${quoted(value)} is read as ${typeof value === 'number' ? 'a number' : 'yes or no'} where a text belongs; put it in quotes, "${value}"`;
    case 'int':
    case 'number':
      if (typeof value === 'number')
        return `${value} is no ${expected === 'int' ? 'whole ' : ''}number; ${how}`;
      return `${typeof value === 'object' ? 'a list or group of keys' : quoted(value)} is no number; ${how}, without quotes`;
    case 'boolean':
      return `${typeof value === 'object' ? 'a list or group of keys' : quoted(value)} is neither true nor false; write true or false, without quotes`;
    case 'array':
      return `this is not a list; ${how}`;
    default:
      return `${Array.isArray(value) ? 'a list stands' : `${quoted(value)} stands`} where keys with values belong; ${how}`;
  }
}

const count = (value: unknown): string => {
  const length = Array.isArray(value) ? value.length : 0;
  return length === 0 ? 'is no entry' : length === 1 ? 'is 1 entry' : `are ${length} entries`;
};

function quoted(value: unknown): string {
  const text = String(value).replace(/\s+/g, ' ');
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<Key, unknown>)[key];
  }
  return value;
}

/** Every word that is a key somewhere in such a file. */
function knownKeys(schema: Schema): string[] {
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
  ];
  return [...new Set([...Object.keys(schema.properties ?? {}), ...below.flatMap(knownKeys)])];
}

function schemaAt(root: Schema, path: Path): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const key of path) {
    // Of several ways to write something, the one that has such a place.
    const ways: Schema[] = schema?.anyOf ? schema.anyOf : schema ? [schema] : [];
    const next: (Schema | undefined)[] = ways.map((way) =>
      typeof key === 'number'
        ? way.items
        : way.properties && Object.hasOwn(way.properties, key)
          ? way.properties[key]
          : undefined,
    );
    schema = next.find((one) => one !== undefined);
  }
  return schema;
}

/** Of something that can be written in several ways, what is wrong with the way that was taken. */
function chosen(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  // A way of another kind of value was not the one that was taken; nor was one of other words, where there is a better.
  const but = (codes: readonly string[]) =>
    issue.errors.filter(
      (errors) => !errors.some(({ path, code }) => path.length === 0 && codes.includes(code)),
    );
  const taken = but(['invalid_type', 'invalid_value']);
  const [nearest] = (taken.length > 0 ? taken : but(['invalid_type'])).toSorted(
    (a, b) => a.length - b.length,
  );
  return nearest
    ? nearest.flatMap((one) => chosen({ ...one, path: [...issue.path, ...one.path] } as Issue))
    : [issue];
}

/** The known word that a misspelt one stands for, if there is one near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '');
  const written = plain(word.slice(0, 60));
  const [best] = known
    .map((name) => ({ name, distance: editDistance(written, plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** How many letters have to be added, left out, changed, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1] as number[];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, ((rows[i - 2] as number[])[j - 2] as number) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return (rows[a.length] as number[])[b.length] as number;
}
