import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { type Programme, programmeShape } from '../../../domain/programme/programme.ts';
import { plain } from '../../form.ts';
import { below, type Entry, entriesOf, entryText, formEntryOf, type Value } from './entries.ts';
import { isGroup, isList, type Node, WHOLE } from './fields.ts';
import type { FileValue } from './file.ts';
import { openFile } from './openFile.ts';
import { isFixed, type Scope } from './scope.ts';

/** A programme that stands, in the form, and what was written on it. */

/** Parsed, it has its keys in the order of a programme file, which the database does not keep. */
export const sourceOf = (programme: Programme): string =>
  stringify(programmeShape.parse(programme), { lineWidth: 0 });

/** What the form shows of it. */
export function treeOf(programme: Programme): Entry {
  const read = openFile(sourceOf(programme), { programme });
  return 'tree' in read ? read.tree : {};
}

/**
 * What was written, as data; of all that is as the form shows it, what stands: also what the form cannot show, such as
 * an empty list, or a point of focus that is said not to be one.
 *
 * @param shown what the form gives where nobody has written in it
 */
export function withStanding(standing: FileValue, shown: FileValue, written: FileValue): FileValue {
  if (isDeepStrictEqual(shown, written)) return standing;
  if (Array.isArray(standing) && Array.isArray(shown) && Array.isArray(written))
    return written.map((one, i) => (i < shown.length ? withStanding(standing[i], shown[i], one) : one));
  if (!isObject(standing) || !isObject(shown) || !isObject(written)) return written;
  const keys = [...new Set([...Object.keys(standing), ...Object.keys(written)])];
  return Object.fromEntries(
    keys.map((key) => [key, withStanding(standing[key], shown[key], written[key])] as const),
  );
}

const isObject = (value: FileValue): value is { [key: string]: FileValue } =>
  typeof value === 'object' && !Array.isArray(value);

// --- What others wrote meanwhile -----------------------------------------------------------------------------

type Sides = {
  /** What the form was made from. */
  base: Value | undefined;
  mine: Value | undefined;
  /** What stands now. */
  theirs: Value | undefined;
};
type Both = { id: string; theirs: string };
type Run = { scope: Scope; both: Both[] };

/**
 * What somebody wrote on a programme, on the programme as it stands now: what they left alone is as it stands, and what
 * they wrote is theirs. `both` has what another changed, too, with what stands there.
 */
export function rebased(
  scope: Scope,
  base: Entry,
  mine: Entry,
  theirs: Entry,
): { tree: Entry; both: Both[] } {
  const run: Run = { scope, both: [] };
  const renamed = rekeyed(WHOLE, mine, newKeys(base, mine, theirs)) as Entry;
  return { tree: merged(WHOLE, { base, mine: renamed, theirs }, '', run) as Entry, both: run.both };
}

const institutionsIn = (tree: Entry): Entry[] => entriesOf(tree.institutions).map(formEntryOf);

/** The keys of institutions in what somebody wrote, as they are on the programme as it stands now. */
function newKeys(base: Entry, mine: Entry, theirs: Entry): Map<string, string> {
  const [before, now] = [institutionsIn(base), institutionsIn(theirs)];
  return new Map(
    institutionsIn(mine).map(({ key }, i) => {
      const same = now.find(({ id }) => id === before[i]?.id);
      const fresh = `#${now.length + i - before.length}`;
      return [entryText(key), i < before.length ? entryText(same?.key) : fresh];
    }),
  );
}

function rekeyed(node: Node, written: Value | undefined, keys: ReadonlyMap<string, string>): Value {
  if (isList(node)) return entriesOf(written).map((entry) => rekeyed(node.of, entry, keys));
  if (isGroup(node))
    return Object.fromEntries(
      node.fields.map((field) => [field.key, rekeyed(field, formEntryOf(written)[field.key], keys)]),
    );
  const renamed = (one: string) => keys.get(one) ?? one;
  if (node.as === 'institutions') return entriesOf(written).map((one) => renamed(entryText(one)));
  return node.as === 'institution' || node.as === 'key' ? renamed(entryText(written)) : entryText(written);
}

function merged(node: Node, { base, mine, theirs }: Sides, id: string, run: Run): Value {
  if (isList(node)) return mergedList(node, { base, mine, theirs }, id, run);
  if (isGroup(node))
    return Object.fromEntries(
      node.fields.map((field) => {
        const of = (side: Value | undefined) => formEntryOf(side)[field.key];
        const sides = { base: of(base), mine: of(mine), theirs: of(theirs) };
        return [field.key, merged(field, sides, below(id, field.key), run)];
      }),
    );
  if (isFixed(run.scope, id)) return theirs ?? '';
  if (node.as === 'institutions') {
    const known = entriesOf(theirs);
    return run.scope.form === 'revision'
      ? known
      : [...known, ...entriesOf(mine).filter((one) => isAdded(run.scope, one) && !known.includes(one))];
  }
  return chosen({ base, mine, theirs }, id, run);
}

/** Whether a key is that of an institution which the programme does not have yet. */
const isAdded = ({ institutions }: Scope, key: Value): boolean =>
  Number(/^#(\d{1,2})$/.exec(entryText(key))?.[1] ?? -1) >= institutions;

function mergedList(node: Extract<Node, { of: unknown }>, sides: Sides, id: string, run: Run): Value {
  const [base, mine, theirs] = [sides.base, sides.mine, sides.theirs].map(entriesOf) as [
    Value[],
    Value[],
    Value[],
  ];
  const entry = (i: number): Value =>
    merged(node.of, { base: base[i], mine: mine[i] ?? theirs[i], theirs: theirs[i] }, below(id, i), run);
  // What stands stays in its place, and what comes in comes after it.
  const grows = !isFixed(run.scope, below(id, theirs.length));
  if (node.key === 'institutions' || node.key === 'participants')
    return [
      ...(node.key === 'institutions' ? institutionsMerged(node, { base, mine, theirs }, id, run) : theirs),
      ...(grows ? mine.slice(base.length) : []),
    ];
  if (!grows || (base.length === mine.length && base.length === theirs.length))
    return theirs.map((_, i) => entry(i));
  return chosen(sides, id, run);
}

/** The institutions that stand, each with what was written of it, which may be in another place by now. */
const institutionsMerged = (
  node: Extract<Node, { of: unknown }>,
  { base, mine, theirs }: Record<'base' | 'mine' | 'theirs', Value[]>,
  id: string,
  run: Run,
): Value[] =>
  theirs.map((standing, i) => {
    const before = base.findIndex((one) => formEntryOf(one).id === formEntryOf(standing).id);
    if (before < 0) return standing;
    const sides = { base: base[before], mine: mine[before] ?? base[before], theirs: standing };
    return merged(node.of, sides, below(id, i), run);
  });

/** Of a part that is taken as one: what they wrote, or where they wrote nothing, what stands. */
function chosen({ base, mine, theirs }: Sides, id: string, run: Run): Value {
  if (same(mine, base) || same(mine, theirs)) return theirs ?? '';
  if (!same(base, theirs)) run.both.push({ id, theirs: textsIn(theirs).join('\n') });
  return mine ?? '';
}

/** As a browser shows it: line breaks of one kind, and no space around. */
const shown = (value: Value | undefined): unknown =>
  Array.isArray(value)
    ? value.map(shown)
    : typeof value === 'object'
      ? Object.entries(value).map(([key, one]) => [key, shown(one)])
      : plain(value ?? '').trim();
const same = (one: Value | undefined, other: Value | undefined): boolean =>
  isDeepStrictEqual(shown(one), shown(other));

const textsIn = (value: Value | undefined): string[] =>
  Array.isArray(value)
    ? value.flatMap(textsIn)
    : typeof value === 'object'
      ? Object.values(value).flatMap(textsIn)
      : value
        ? [value]
        : [];
