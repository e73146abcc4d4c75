import {
  type Alias,
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
import { type Fault, type FileKind, type FileMistake, pathText, shown } from '../mistake.ts';
import { knownKeys, mistakesIn, type Path, type Schema } from './shapeMistakes.ts';
import { isEmpty, readYaml } from './yamlText.ts';

/** Reads a file as an officer writes it, in YAML, and finds every mistake of it at once, each with its place. */

/** The largest file that is read, in bytes of UTF-8. */
export const LARGEST_FILE = 1_000_000;
/** How often one anchor may be referred to before the file is taken for one that is made to exhaust memory. */
const MOST_ALIASES = 100;
/** A programme has some fifteen nodes from its root to a guest's address; reading a thousand takes minutes. */
const MOST_LEVELS = 60;

/** What a file is to be. */
export type Form<T> = {
  file: FileKind;
  shape: z.ZodType<T>;
  /** Its JSON Schema, for what is known where, with examples. */
  schema: Schema;
  /** Whether it may be the one entry of a list, as it is where it was copied out of one. */
  entry?: true;
};

/**
 * Checks a file and reads it.
 *
 * @param source the file's content
 * @returns what it holds, or all mistakes in the order of the file. Never throws.
 */
export function checkYamlFile<T>(source: string, form: Form<T>): { value: T } | { mistakes: FileMistake[] } {
  try {
    return check(source, form);
  } catch {
    // Reading recurses into nested collections, and counts what aliases expand to: both end in a thrown error.
    return whole({ code: 'FileUnreadable' });
  }
}

/** A mistake of the file as a whole. */
export const whole = (fault: Fault): { mistakes: [FileMistake] } => ({
  mistakes: [{ ...fault, path: '', line: 1, column: 1 }],
});

function check<T>(source: string, form: Form<T>): { value: T } | { mistakes: FileMistake[] } {
  const { file, schema } = form;
  if (source.length > LARGEST_FILE || new TextEncoder().encode(source).length > LARGEST_FILE)
    return whole({ code: 'FileTooLarge' });
  if (source.includes('\0') || source.startsWith('PK\u0003\u0004') || source.startsWith('%PDF'))
    return whole({ code: 'FileNotText' });

  // A byte order mark is no character of the first line.
  const yaml = readYaml(source.replace(/^\uFEFF/, ''), knownKeys(schema));
  const found: FileMistake[] = [];
  const tell = (offset: number, path: Path, fault: Fault) => {
    found.push({ ...fault, path: pathText(path), ...yaml.at(offset) });
  };
  for (const { offset, fault } of yaml.slips) tell(offset, [], fault);
  const { document } = yaml;
  if (!document || isEmpty(document))
    return found.length > 0 ? { mistakes: inOrder(found) } : whole({ code: 'FileEmpty', file });
  if (isDeep(document)) throw new RangeError('nested too deeply');
  const aliases = resolveAliases(document);
  for (const alias of aliases.unresolved)
    tell(offsetOf(alias), [], { code: 'AliasUnresolved', alias: shown(alias.source) });
  tellDuplicates(document, tell);

  const { contents } = document;
  const dashed = form.entry && isSeq(contents) && contents.items.length === 1;
  const root = (dashed ? contents.items[0] : contents) as Node | null;
  if (!isMap(root)) {
    tell(offsetOf(root), [], { code: 'FileWithoutKeys', file });
    return { mistakes: inOrder(found) };
  }

  const all: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  const result = mistakesIn(form.shape, dashed ? (all as unknown[])[0] : all, () => schema);
  if (result.read && found.length === 0) return result.read;
  const readInPart = yaml.lossy || Number.isFinite(yaml.unread);
  const unresolved = new Set<number>(aliases.unresolved.map(offsetOf));
  for (const { path, on, absent, fault } of result.found) {
    const offset = place(root, aliases.targets, path, on);
    // Of a line that is no YAML one mistake is told; and what seems to be missing may be in what was not read.
    if (offset >= yaml.unread || (readInPart && absent) || unresolved.has(offset)) continue;
    if (!absent && yaml.mended.has(yaml.at(offset).line)) continue;
    tell(offset, path, fault);
  }
  return { mistakes: inOrder(found) };
}

/** In the order of the file, each once. */
function inOrder(found: readonly FileMistake[]): FileMistake[] {
  const seen = new Set<string>();
  return [...found]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((mistake) => {
      const key = JSON.stringify(mistake);
      return !seen.has(key) && seen.add(key);
    });
}

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
function place(root: Node, targets: ReadonlyMap<Alias, Node>, path: Path, on?: 'key'): number {
  let node: Node | null = root;
  let offset = offsetOf(node);
  /** Set once an alias was followed: what is wrong there is shown where the alias stands. */
  let fixed = false;
  for (const key of path) {
    if (isAlias(node)) {
      fixed = true;
      node = targets.get(node) ?? null;
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
  const own = on !== 'key' && written && !fixed;
  return own ? offsetOf(node) : offset;
}

// --- The text -----------------------------------------------------------------------------------------------

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

/** What each alias stands for. Those without an anchor are taken out of the document. */
function resolveAliases(document: Document.Parsed): { targets: Map<Alias, Node>; unresolved: Alias[] } {
  const targets = new Map<Alias, Node>();
  const unresolved: Alias[] = [];
  // An alias refers to the last such anchor before it; to let the parser resolve each would read the file as often.
  const anchors = new Map<string, Node>();
  visit(document, {
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) {
        targets.set(alias, target);
        return;
      }
      unresolved.push(alias);
      const nothing = document.createNode(null) as Scalar;
      if (alias.range) nothing.range = alias.range;
      return nothing;
    },
  });
  return { targets, unresolved };
}

function tellDuplicates(
  document: Document.Parsed,
  tell: (offset: number, path: Path, fault: Fault) => void,
): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const pair of map.items) {
        const key = keyOf(pair);
        const offset = offsetOf(pair.key as Node);
        if (key === undefined) tell(offset, [], { code: 'KeyNoWord' });
        else if (seen.has(key)) tell(offset, [], { code: 'KeyTwice', key: shown(key) });
        else seen.add(key);
      }
    },
  });
}
