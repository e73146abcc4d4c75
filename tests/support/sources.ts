import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

/** The project's own source text, read as syntax: for the tests of its structure. */

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every source file under a folder of the project, by its path from the root. */
export const sourcesUnder = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file))
    .map((file) => path.posix.join(folder, file))
    .sort();

/** A node of the syntax tree, as ESTree has them; `start` and `end` count characters from the file's first. */
export type SyntaxNode = { type: string; start: number; end: number; [key: string]: unknown };

export type Source = { file: string; text: string; syntax: SyntaxNode };

export function sourceOf(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const syntax: unknown = parseAst(text, { lang: file.endsWith('.tsx') ? 'tsx' : 'ts' });
  if (!isNode(syntax)) throw new Error(`${file} has no syntax tree`);
  return { file, text, syntax };
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** A node and all below it, from the outside in. */
function* nodesOf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child);
}

export type Import = {
  /** The file that is imported, by its path from the root. */
  target: string;
  /** Whether nothing of it is left when types are taken out. */
  typesOnly: boolean;
};

/**
 * What a file takes from others of this project: `import`, `export … from`, `import()` and the type `import('…')`, and
 * modules that it names to somebody else who loads them, by `new URL('…', import.meta.url)` or by their path from the
 * root (`'src/cli/main.ts'`).
 */
export const importsOf = ({ file, syntax }: Source): Import[] =>
  [...nodesOf(syntax)].flatMap((node) => {
    const found = importIn(node);
    if (!found) return [];
    const { specifier, typesOnly } = found;
    if (FROM_ROOT.test(specifier)) return [{ target: specifier, typesOnly }];
    if (!specifier.startsWith('.')) return [];
    return [{ target: path.posix.join(path.posix.dirname(file), specifier), typesOnly }];
  });

/** The texts that a file writes out, each once. */
export const literalsOf = ({ syntax }: Source): string[] => [
  ...new Set(
    [...nodesOf(syntax)].flatMap(({ type, value }) =>
      type === 'Literal' && typeof value === 'string' ? [value] : [],
    ),
  ),
];

/** The expressions of a file, and how it makes those of which it says no text: what stands in `RegExp(…)`. */
export function expressionsOf({ text, syntax }: Source): {
  written: { line: number; source: string; flags: string }[];
  made: string[];
} {
  const nodes = [...nodesOf(syntax)];
  return {
    written: nodes.flatMap(({ type, regex, start }) => {
      if (type !== 'Literal' || !isExpression(regex)) return [];
      return [{ line: lineAt(text, start), source: regex.pattern, flags: regex.flags }];
    }),
    made: nodes
      .filter(({ type, callee }) => /^(?:New|Call)Expression$/.test(type) && nameIn(callee) === 'RegExp')
      .map(({ start, end }) => text.slice(start, end)),
  };
}

const isExpression = (value: unknown): value is { pattern: string; flags: string } =>
  typeof value === 'object' && value !== null && 'pattern' in value && 'flags' in value;

const FROM_ROOT = /^(?:src|workflows|activities|worker|bin|bench)\/[\w./-]+\.ts$/;

function importIn(node: SyntaxNode): { specifier: string; typesOnly: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return specifierIn(node.source, node.importKind === 'type' || allTypes(node.specifiers, 'importKind'));
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return specifierIn(node.source, node.exportKind === 'type' || allTypes(node.specifiers, 'exportKind'));
    case 'ImportExpression':
      return specifierIn(node.source, false);
    case 'TSImportType':
      return specifierIn(node.source ?? node.argument, true);
    case 'NewExpression':
      return isNode(node.callee) && node.callee.name === 'URL'
        ? specifierIn(Array.isArray(node.arguments) ? node.arguments[0] : undefined, false)
        : undefined;
    case 'Literal':
      return FROM_ROOT.test(String(node.value)) ? specifierIn(node, false) : undefined;
    default:
      return undefined;
  }
}

const allTypes = (specifiers: unknown, kind: 'importKind' | 'exportKind'): boolean =>
  Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every((one) => one[kind] === 'type');

function specifierIn(node: unknown, typesOnly: boolean) {
  const literal = isNode(node) && node.type === 'TSLiteralType' ? node.literal : node;
  return isNode(literal) && typeof literal.value === 'string'
    ? { specifier: literal.value, typesOnly }
    : undefined;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Every function of a file, those in others too, by its name where it has one, with its lines from first to last. */
export const functionsOf = ({ text, syntax }: Source): { name: string; line: number; lines: number }[] =>
  namedFunctions(syntax, '').map(({ name, node }) => ({
    name,
    line: lineAt(text, node.start),
    lines: lineAt(text, node.end) - lineAt(text, node.start) + 1,
  }));

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function namedFunctions(node: SyntaxNode, given: string): { name: string; node: SyntaxNode }[] {
  const own = nameIn(node.id) || nameIn(node.key);
  const here = FUNCTIONS.has(node.type) ? [{ name: own || given || '(unnamed)', node }] : [];
  const below = Object.values(node).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).flatMap((child) => namedFunctions(child, own)),
  );
  return [...here, ...below];
}

const nameIn = (node: unknown): string => (isNode(node) && typeof node.name === 'string' ? node.name : '');
