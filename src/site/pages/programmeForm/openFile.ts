import { type Document, isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';
import type { FileMistake } from '../../../domain/mistake.ts';
import { LARGEST_PROGRAMME_FILE } from '../../../domain/programme/programmeFile.ts';
import { readYaml } from '../../../domain/programme/yamlText.ts';
import type { CheckedProgramme } from '../../../inspection/inspection.ts';
import { blankOf, type Entry, entriesOf, entryText, formEntryOf, type Value } from './entries.ts';
import { isGroup, isList, type Node, WHOLE } from './fields.ts';

/**
 * A programme file opened in the form: whatever of it has a field, right or wrong.
 *
 * @param checked what it was found to hold; one that could not be read within its limits is not read here either
 * @returns also what the form could not take: mistakes of YAML, and what stands where no field is; or that nothing
 * could be read, and why
 */
export function openFile(
  source: string,
  checked: CheckedProgramme,
): { tree: Entry; left: FileMistake[] } | { unread: FileMistake[] } {
  const mistakes = 'mistakes' in checked ? checked.mistakes : [];
  const document = mistakes.some(({ code }) => code === 'FileExhausting') ? undefined : documentIn(source);
  if (!document || !isMap(document.contents)) return { unread: mistakes };
  const reading: Reading = { document, codes: new Map(), passed: [] };
  const listed = WHOLE.fields.find(({ key }) => key === 'institutions') as Node;
  const institutions = entriesOf(read(listed, document.contents.get('institutions', true), '', reading));
  institutions.forEach((institution, i) => {
    reading.codes.set(entryText(formEntryOf(institution).id), `#${i}`);
  });
  reading.passed.length = 0;
  const tree = read(WHOLE, document.contents, '', reading) as Entry;
  entriesOf(tree.institutions).forEach((institution, i) => {
    formEntryOf(institution).key = `#${i}`;
  });
  const left = mistakes.filter(({ path }) => path === '' || reading.passed.includes(path));
  return { tree, left };
}

/** Nothing where the text is no YAML at all, is too large or is nested too deeply: its mistakes say so. */
function documentIn(source: string): Document.Parsed | undefined {
  if (source.length > LARGEST_PROGRAMME_FILE) return undefined;
  try {
    return readYaml(source.replace(/^\uFEFF/, ''), keysOf(WHOLE)).document;
  } catch {
    return undefined;
  }
}

/** The words that are keys of a programme file, and others that cannot be. */
const keysOf = (node: Node): string[] => [
  node.key,
  ...(isList(node) ? keysOf(node.of) : isGroup(node) ? node.fields.flatMap(keysOf) : []),
];

type Reading = {
  document: Document.Parsed;
  /** Institutions' keys in the form by their codes. */
  codes: Map<string, string>;
  /** Paths of what there is no field for. */
  passed: string[];
};

/** Reads along the form's own fields, so that a file cannot lead deeper, or to more, than the form has. */
function read(node: Node, given: unknown, path: string, reading: Reading): Value {
  const { document, codes, passed } = reading;
  const value = isAlias(given) ? given.resolve(document) : (given as YamlNode | null | undefined);
  const isThere = value !== null && value !== undefined && !(isScalar(value) && value.value === null);
  if (isList(node)) {
    if (!isSeq(value)) {
      if (isThere) passed.push(path);
      return blankOf(node);
    }
    if (value.items.length > node.max) passed.push(path);
    const found = value.items
      .slice(0, node.max)
      .map((item, i) => read(node.of, item, `${path}[${i}]`, reading));
    while (found.length < node.min) found.push(blankOf(node.of));
    return found;
  }
  if (isGroup(node)) {
    if (!isMap(value)) {
      if (node.word !== undefined && isScalar(value) && value.value === node.word)
        return { ...(blankOf(node) as Entry), [node.word]: 'true' };
      if (isThere) passed.push(path);
      return blankOf(node);
    }
    const at = (key: string) => (path ? `${path}.${key}` : key);
    const known = new Set(node.fields.map(({ key }) => key));
    for (const { key } of value.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!known.has(name) || name === 'key') passed.push(at(name));
    }
    return Object.fromEntries(
      node.fields.map((field) => [
        field.key,
        read(field, value.get(field.key, true), at(field.key), reading),
      ]),
    );
  }
  if (node.as === 'institutions')
    return (isSeq(value) ? value.items.slice(0, 12) : [value])
      .map((item) => (isScalar(item) && item.value !== null ? String(item.value) : ''))
      .filter(Boolean)
      .map((code) => codes.get(code) ?? code);
  if (!isScalar(value)) {
    if (isThere) passed.push(path);
    return '';
  }
  if (!isThere) return '';
  const text = String(value.value);
  if (node.as === 'check') return value.value === false ? '' : text;
  return node.as === 'institution' ? (codes.get(text) ?? text) : text;
}
