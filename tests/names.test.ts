import path from 'node:path';
import { expect, it } from 'vitest';
import { type SyntaxNode, sourceOf, sourcesUnder } from './support/sources.ts';

/** A name says what a thing is, by a noun, and is the name of that thing alone. */

const FILES = ['src', 'workflows', 'activities', 'worker', 'bench'].flatMap(sourcesUnder);
/** A notice's file and function have the notice's code; a command's have the command's name. */
const NAMED_BY_CODE = /^src\/(?:mail\/notices|cli\/commands)\//;

const IRREGULAR = new Set(
  `begun bound broken brought built chosen cut done drawn found given gone heard held hidden kept known laid led left lost
  made meant met paid put read said seen sent shown sold spent split spoken taken thrown told understood won written`.split(
    /\s+/,
  ),
);
const NOUNS_IN_ED = new Set(['deed', 'feed', 'need', 'seed', 'speed']);

const lastWord = (name: string): string => /[A-Z]?[a-z]*$/.exec(name)?.[0].toLowerCase() ?? '';
const isParticiple = (name: string): boolean => {
  const word = lastWord(name);
  return IRREGULAR.has(word) || (word.endsWith('ed') && !NOUNS_IN_ED.has(word));
};

type Declaration = { file: string; name: string; exported: boolean; node: SyntaxNode };

/** What a file declares for all of it, and whether others may take it. */
function declarationsOf(file: string): Declaration[] {
  const body = sourceOf(file).syntax.body as SyntaxNode[];
  return body.flatMap((statement) => {
    const exported = statement.type === 'ExportNamedDeclaration';
    const node = (exported ? statement.declaration : statement) as SyntaxNode | null;
    if (!node) return [];
    const named = (node.type === 'VariableDeclaration' ? node.declarations : [node]) as SyntaxNode[];
    return named.flatMap((one) => {
      const name = (one.id as { name?: string } | null | undefined)?.name;
      return name === undefined ? [] : [{ file, name, exported, node }];
    });
  });
}

const declarations = FILES.flatMap(declarationsOf);

it('finds what the files declare', () => {
  expect(declarations.length).toBeGreaterThan(2000);
  expect(['told', 'Asked', 'windowMoved', 'NotKept'].map(isParticiple)).toEqual([true, true, true, true]);
  expect(['deeds', 'Deed', 'RecordedAnswer', 'Content'].map(isParticiple)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('no file is named by a past participle', () => {
  const wrong = FILES.filter((file) => !NAMED_BY_CODE.test(file)).filter((file) =>
    isParticiple(path.basename(file).replace(/\..*$/, '')),
  );
  expect(wrong).toEqual([]);
});

it('no type is named by a past participle; an error may be, which is named by what happened', () => {
  const wrong = declarations
    .filter(({ node }) => /^TS(?:TypeAlias|Interface)Declaration$/.test(node.type) || isPlainClass(node))
    .filter(({ name }) => isParticiple(name));
  expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

const isPlainClass = ({ type, superClass }: SyntaxNode): boolean =>
  type === 'ClassDeclaration' && (superClass as { name?: string } | null)?.name !== 'Error';

/** The same thing, where it is in two places. */
const ONE_MEANING: Readonly<Record<string, string>> = {
  cooperationOf:
    'the row of a cooperation by its code; to an activity that there is none is an error, to a client a refusal',
  nextSession: 'the one to be held next, of the case file or of a view of it',
  reconcile: 'the client does what the workflow of that name has an activity for',
  sendAgain: 'the client starts the workflow of that name',
  up: 'what one migration does',
  waitsOnDecision: 'the Secretariat is to decide, by a view of the request or by its workflow',
};

it('a function or a constant that is exported has its name for itself', () => {
  const values = declarations.filter(
    ({ file, node, exported }) =>
      exported && !NAMED_BY_CODE.test(file) && /^(?:Function|Variable)Declaration$/.test(node.type),
  );
  const shared = [...Map.groupBy(values, ({ name }) => name)].filter(([, of]) => of.length > 1);
  const wrong = shared.filter(([name]) => !(name in ONE_MEANING));
  expect(wrong.map(([name, of]) => `${name}: ${of.map(({ file }) => file).join(', ')}`)).toEqual([]);
  expect(shared.map(([name]) => name).sort()).toEqual(Object.keys(ONE_MEANING).sort());
});
