import { z } from 'zod';
import { REQUEST_KINDS } from '../kinds/index.ts';
import { type Advice, type Fault, type Mistake, type MistakeCode, pathText, shown } from '../mistake.ts';
import { refused } from '../refusal.ts';
import { nearest } from './spelling.ts';

/**
 * What a schema finds wrong, as mistakes: the one place where zod's issues are turned into codes. A schema names the
 * mistake of a value by its code (see {@link named}), a rule across fields gives it whole (see {@link ruled}); all else
 * follows from zod's own codes and the JSON Schema of the shape.
 */

export type Key = string | number;
export type Path = readonly Key[];
type Issue = z.core.$ZodIssue;

/** A mistake by its path. */
export type ShapeMistake = {
  fault: Fault;
  path: Path;
  /** Whether a key is wrong, and not its value. */
  on?: 'key';
  /** Whether it lies in something that is not there: in a file that could be read in part only, it may be in the other part. */
  absent?: boolean;
};

/** What of a JSON Schema is looked at here. */
export type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
  enum?: string[];
  examples?: unknown[];
};

export const jsonSchema = (shape: z.ZodType): Schema =>
  z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema;

// --- Naming mistakes in a schema ------------------------------------------------------------------------------

type OfValue = (value: string, issue: Issue) => Fault;

const whole =
  <C extends ValueCode>(code: C): OfValue =>
  (value) =>
    ({ code, value: shown(value) }) as Fault;
/** The codes whose only value is what was written. */
type ValueCode = {
  [C in MistakeCode]: { code: C; value: string } extends Extract<Fault, { code: C }> ? C : never;
}[MistakeCode];

/** Mistakes of a single value that a schema may name. */
const NAMED = {
  LineBroken: () => ({ code: 'LineBroken' }),
  CodeMalformed: whole('CodeMalformed'),
  TimeZoneUnknown: whole('TimeZoneUnknown'),
  DateMalformed: dateFault,
  TimeMalformed: whole('TimeMalformed'),
  CountryUnknown: whole('CountryUnknown'),
  SessionTooLong: (value, issue) => ({
    code: 'SessionTooLong',
    hours: Number(value),
    most: issue.code === 'too_big' ? Number(issue.maximum) : 0,
  }),
  LinkMalformed: (value) => ({
    code: /^http:\/\//i.test(value) ? 'LinkInsecure' : 'LinkMalformed',
    value: shown(value),
  }),
  AddressMalformed: whole('AddressMalformed'),
  PartyCodeMalformed: whole('PartyCodeMalformed'),
  MomentMalformed: whole('MomentMalformed'),
  RequestMalformed: (value) => ({
    code: 'RequestMalformed',
    value: shown(value),
    kinds: [...REQUEST_KINDS],
  }),
  RequestIdMalformed: whole('RequestIdMalformed'),
  DelayMalformed: whole('DelayMalformed'),
  AnchorMalformed: whole('AnchorMalformed'),
  RecipientMalformed: whole('RecipientMalformed'),
  MailRefusalMalformed: whole('MailRefusalMalformed'),
} as const satisfies Record<string, OfValue>;
export type NamedCode = keyof typeof NAMED;

/** A date that is well written may not be in the calendar. */
function dateFault(value: string): Fault {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])-\d{2}$/.exec(value) ?? [];
  if (!year || !month) return { code: 'DateMalformed', value: shown(value) };
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { code: 'DateNotInCalendar', value, month: `${year}-${month}`, days };
}

/** Names the mistake of a value as the `error` of a check. A value of a wrong type is another mistake. */
export const named = (name: NamedCode) => ({
  error: ({ code }: { code?: string | undefined }): string | undefined =>
    code === 'invalid_type' ? undefined : name,
});

/** A mistake that a rule found, as the `params` of a custom issue. `absent` as in {@link ShapeMistake}. */
export const ruled = (fault: Fault, about?: { absent: true }) => ({ params: { fault, ...about } });

const isNamed = (message: string): message is NamedCode => Object.hasOwn(NAMED, message);

// --- Reading what zod found -----------------------------------------------------------------------------------

/**
 * Parses a value.
 *
 * @returns what it holds, or all its mistakes
 */
export function parsedAs<T>(shape: z.ZodType<T>, value: unknown): { value: T } | { mistakes: Mistake[] } {
  const { found, read } = mistakesIn(shape, value, jsonSchemaOnce(shape));
  return found.length === 0 && read
    ? { value: read.value }
    : { mistakes: found.map(({ fault, path }) => ({ ...fault, path: pathText(path) })) };
}

/** Parses what was sent. @throws Refused `Malformed` with all that is wrong in it, its path that of the first */
export function taken<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = parsedAs(shape, value);
  if ('value' in read) return read.value;
  return refused({ code: 'Malformed', path: read.mistakes[0]?.path ?? '', mistakes: read.mistakes });
}

const schemas = new WeakMap<z.ZodType, Schema>();
function jsonSchemaOnce(shape: z.ZodType): () => Schema {
  return () => {
    const known = schemas.get(shape) ?? jsonSchema(shape);
    schemas.set(shape, known);
    return known;
  };
}

/** Parses a value: what it holds, where it is right, and what is wrong with it. */
export function mistakesIn<T>(
  shape: z.ZodType<T>,
  data: unknown,
  schema: () => Schema,
): { read?: { value: T }; found: ShapeMistake[] } {
  // The message is empty where the schema names no mistake of its own.
  const result = shape.safeParse(data, { error: () => '' });
  if (result.success) return { read: { value: result.data }, found: [] };
  const root = schema();
  const issues = result.error.issues.flatMap(chosen);
  const unknown = issues.flatMap((issue) => unknownKeys(issue, data, root));
  // What is missing only because it is misspelt is told once.
  const misspelt = new Set(unknown.flatMap(({ meant }) => (meant ? [meant] : [])));
  const others = issues
    .filter(({ code, path }) => code !== 'unrecognized_keys' && !misspelt.has(JSON.stringify(path)))
    .map((issue) => faultOf(issue, data, root));
  return { found: [...unknown.map(({ found }) => found), ...others] };
}

function unknownKeys(issue: Issue, data: unknown, root: Schema): { found: ShapeMistake; meant?: string }[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const path = issue.path as Key[];
  const place = schemaAt(root, path, data);
  // Of what may be one text as well as keys, the keys.
  const keyed = place?.properties ? place : place?.anyOf?.find(({ properties }) => properties);
  const known = Object.keys(keyed?.properties ?? {});
  const there: object = Object(valueAt(data, path));
  const free = known.filter((name) => !Object.hasOwn(there, name));
  return issue.keys.map((key) => {
    const meant = nearest(key, free) ?? nearest(key, known);
    return {
      found: {
        fault: { code: 'KeyUnknown', key: shown(key), ...(meant && { meant }), known },
        path: [...path, key],
        on: 'key',
      },
      ...(meant && free.includes(meant) && { meant: JSON.stringify([...path, meant]) }),
    };
  });
}

function faultOf(issue: Issue, data: unknown, root: Schema): ShapeMistake {
  const path = issue.path as Key[];
  const value = valueAt(data, path);
  const key = path.at(-1);
  if (issue.code === 'custom' && issue.params?.fault) {
    const { fault, absent } = issue.params as { fault: Fault; absent?: true };
    return { fault, path, ...(absent && { absent }) };
  }
  if (isNamed(issue.message)) return { fault: NAMED[issue.message](String(value), issue), path };
  const words = issue.code === 'invalid_value' ? { enum: issue.values.map(String) } : undefined;
  const how = adviceFor(key, schemaAt(root, path, data) ?? words);
  if (value === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code))
    return {
      fault: typeof key === 'string' ? { code: 'KeyMissing', key, advice: how } : { code: 'EntryEmpty' },
      path,
      absent: true,
    };
  return { fault: wrong(issue, value, how), path };
}

/** A value that is there, and that zod itself found fault with. */
function wrong(issue: Issue, value: unknown, how: Advice): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return value === null ? { code: 'ValueEmpty', advice: how } : wrongType(issue.expected, value, how);
    case 'invalid_value': {
      if (value === null) return { code: 'ValueEmpty', advice: how };
      const words = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, words) : undefined;
      return { code: 'WordUnknown', value: shown(value), ...(meant && { meant }), words };
    }
    case 'too_small': {
      const least = Number(issue.minimum);
      if (issue.origin === 'string') return { code: 'ValueEmpty', advice: how };
      if (issue.origin === 'array') return { code: 'EntriesTooFew', entries: lengthOf(value), least };
      return issue.inclusive
        ? { code: 'NumberTooSmall', value: shown(value), least }
        : { code: 'NumberNotAbove', value: shown(value), above: least };
    }
    case 'too_big': {
      const most = Number(issue.maximum);
      if (issue.origin === 'string')
        return { code: 'TextTooLong', length: String(value).trim().length, most };
      if (issue.origin === 'array') return { code: 'EntriesTooMany', entries: lengthOf(value), most };
      return { code: 'NumberTooLarge', value: shown(value), most };
    }
    default:
      return { code: 'ValueMalformed', value: shown(value), advice: how };
  }
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function wrongType(expected: string, value: unknown, how: Advice): Fault {
  const isCollection = typeof value === 'object';
  switch (expected) {
    case 'string':
      if (Array.isArray(value)) return { code: 'TextNotList', advice: how };
      if (isCollection) return { code: 'TextNotKeys', advice: how };
      return { code: typeof value === 'number' ? 'TextNotNumber' : 'TextNotTruth', value: shown(value) };
    case 'int':
    case 'number':
      if (isCollection) return { code: 'NumberNotCollection', advice: how };
      if (typeof value !== 'number') return { code: 'NumberNotText', value: shown(value), advice: how };
      return expected === 'int'
        ? { code: 'NumberNotWhole', value: shown(value), advice: how }
        : { code: 'ValueMalformed', value: shown(value), advice: how };
    case 'boolean':
      return isCollection ? { code: 'TruthNotCollection' } : { code: 'TruthNotText', value: shown(value) };
    case 'array':
      return { code: 'ListExpected', advice: how };
    default:
      return Array.isArray(value)
        ? { code: 'KeysNotList', advice: how }
        : { code: 'KeysNotValue', value: shown(value), advice: how };
  }
}

/** Of something that can be written in several ways, what is wrong with the way that was taken. */
function chosen(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  // The word by which the ways are told apart is none of theirs.
  if ('options' in issue) return [{ ...issue, code: 'invalid_value', values: issue.options } as Issue];
  // A way of another kind of value was not the one that was taken; nor was one of other words, where there is a better.
  const but = (codes: readonly string[]) =>
    issue.errors.filter(
      (errors) => !errors.some(({ path, code }) => path.length === 0 && codes.includes(code)),
    );
  const taken = but(['invalid_type', 'invalid_value']);
  const [least] = (taken.length > 0 ? taken : but(['invalid_type'])).toSorted((a, b) => a.length - b.length);
  return least
    ? least.flatMap((one) => chosen({ ...one, path: [...issue.path, ...one.path] } as Issue))
    : [issue];
}

// --- What a shape says of a place -----------------------------------------------------------------------------

/** What stands in the place of something that is missing or wrong. */
function adviceFor(name: Key | undefined, schema: Schema | undefined): Advice {
  const key = typeof name === 'string' ? { key: name } : {};
  if (schema?.type === 'object')
    return schema.required?.length
      ? { as: 'keys', ...key, keys: schema.required }
      : { as: 'keys-or-none', ...key, keys: Object.keys(schema.properties ?? {}) };
  const example = schema?.examples?.[0];
  if (schema?.type === 'array')
    return example === undefined
      ? { as: 'entries', ...key }
      : { as: 'example', ...key, example: `[${(example as unknown[]).map(inFlow).join(', ')}]` };
  if (schema?.enum) return { as: 'word', ...key, words: schema.enum };
  if (example === undefined) return { as: 'value', ...key };
  return { as: 'example', ...key, example: inBlock(example) };
}

/** As it is written after a key, and within brackets: in quotes where it would have a meaning of its own. */
const inBlock = (example: unknown): string =>
  typeof example !== 'string' || /^[^\d\W][^:#]*$|^\d{4}-\d\d-\d\d$|^https:/.test(example)
    ? String(example)
    : JSON.stringify(example);
const inFlow = (example: unknown): string =>
  typeof example !== 'string' || /^[\w-]+$/.test(example) ? String(example) : JSON.stringify(example);

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<Key, unknown>)[key];
  }
  return value;
}

function schemaAt(root: Schema, path: Path, data: unknown): Schema | undefined {
  let schema: Schema | undefined = wayOf(root, data);
  path.forEach((key, at) => {
    // Of several ways to write something, the one that has such a place.
    const ways: Schema[] = schema?.anyOf ? schema.anyOf : schema ? [schema] : [];
    const next: (Schema | undefined)[] = ways.map((way) =>
      typeof key === 'number'
        ? way.items
        : way.properties && Object.hasOwn(way.properties, key)
          ? way.properties[key]
          : undefined,
    );
    schema = wayOf(
      next.find((one) => one !== undefined),
      valueAt(data, path.slice(0, at + 1)),
    );
  });
  return schema;
}

/** Of ways that are told apart by a word, the one whose word the value has. */
const wayOf = (schema: Schema | undefined, value: unknown): Schema | undefined =>
  schema?.oneOf?.find(({ properties = {} }) =>
    Object.entries(properties).every(
      ([key, { const: word }]) => word === undefined || word === valueAt(value, [key]),
    ),
  ) ?? schema;

/** Every word that is a key somewhere in such a file. */
export function knownKeys(schema: Schema): string[] {
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ];
  return [...new Set([...Object.keys(schema.properties ?? {}), ...below.flatMap(knownKeys)])];
}
