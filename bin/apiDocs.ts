import { codesByStatus, openApi } from '../src/api/openapi.ts';
import { ROUTES, type Route } from '../src/api/routes.ts';
import { FAILURES, STATUS } from '../src/api/statuses.ts';
import { exitOf } from '../src/cli/conventions.ts';
import { decisionsOf, enclosuresOf, REQUEST_KINDS, ruleOf } from '../src/domain/kinds/index.ts';
import { DECISIONS } from '../src/domain/kinds/kind.ts';
import { REFUSAL_CODES } from '../src/domain/refusal.ts';
import { refusalText } from '../src/words/refusals.ts';
import { REFUSED } from '../tests/support/refusals.ts';

/** The parts of docs/api.md: routes, what comes with each decision, and codes of refusal. */

const code = (text: string | number) => `\`${text}\``;
const cell = (text: string) => text.replaceAll('|', '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

// --- Schemas, in the notation of TypeScript -------------------------------------------------------------------

/** What of a JSON Schema is told. */
type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  format?: string;
};

/** Ways that take more characters than this stand on a line each. */
const LINE = 110;

function notation(schema: Schema): string {
  const { $ref, type, anyOf, oneOf, items, properties, required = [], additionalProperties } = schema;
  if ($ref) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const ways = (anyOf ?? oneOf)?.map(notation);
  if (ways) {
    const line = ways.join(' | ');
    return line.length > LINE
      ? ways
          .map(
            (way) => `
  | ${way}`,
          )
          .join('')
      : line;
  }
  if (items) return /[ |]/.test(notation(items)) ? `(${notation(items)})[]` : `${notation(items)}[]`;
  if (properties) {
    const keys = Object.entries(properties).map(
      ([key, value]) => `${key}${required.includes(key) ? '' : '?'}: ${notation(value)}`,
    );
    return `{ ${keys.join('; ')} }`;
  }
  if (typeof additionalProperties === 'object') return `{ [key: string]: ${notation(additionalProperties)} }`;
  if (type === 'string' && schema.format === 'date-time') return 'Instant';
  return type === 'integer' ? 'number' : (type ?? 'unknown');
}

const { schemas } = openApi().components;

/** What has a page of its own, or is told in words. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  Case: 'a case: [case.schema.json](case.schema.json)',
  CaseSummaries:
    'of each case `id`, `pairing`, `language`, `filedAt`, `closedAt`, `cancelledAt`, `pausedAt`, `steps` as in [case.schema.json](case.schema.json); `subject`, `call`, `institutions` of its programme; in `open` its open `requests`',
  Record: 'entries of a case’s `record`: [case.schema.json](case.schema.json)',
  OpenApi: 'the document',
};

function content({ type, holds, shape }: Route['answer']): string {
  if (!shape) return `${holds} (${code(type)})`;
  return ELSEWHERE[holds] ?? `\n\n${block(notation((schemas[holds] ?? {}) as Schema))}`;
}
const block = (text: string): string => `\`\`\`ts\n${text.replace(/^\n/, '')}\n\`\`\``;

// --- The parts ------------------------------------------------------------------------------------------------

function section(route: Route): string {
  const { method, path, summary, may, query, body, answer, status, unwell } = route;
  const keys = openApi().paths[path]?.[method.toLowerCase()] as { parameters: readonly Parameter[] };
  const asked = keys.parameters
    .filter((one) => one.in === 'query')
    .map(({ name, required, description, schema }) => {
      const otherwise = schema.default === undefined ? '' : `; ${code(schema.default)} where it is left out`;
      const values = schema.enum ? `: ${schema.enum.map(code).join(', ')}` : '';
      return `- ${code(name)}${required ? '' : '?'}${values}${description ? ` — ${description}` : ''}${otherwise}`;
    });
  return [
    `### ${code(`${method} /api${path}`)}`,
    `${summary} ${may === 'anybody' ? 'Needs no token.' : `Needs a token for ${code(may)}.`}`,
    ...(query ? [`Query:\n\n${asked.join('\n')}`] : []),
    ...(body ? [`Body: ${content(body)}`] : []),
    `${status}${unwell ? `, or ${unwell} where something is not well` : ''}: ${content(answer)}`,
    ...codesByStatus(route).map(([refused, codes]) => `- ${refused}: ${codes.map(code).join(', ')}`),
  ]
    .join('\n\n')
    .replaceAll(/(\n- .*)\n(?=\n- )/g, '$1')
    .replaceAll(/: \n/g, ':\n');
}
type Parameter = {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: { default?: string; enum?: readonly string[] };
};

export const routes = (): string => Object.values<Route>(ROUTES).map(section).join('\n\n');

/** What comes with each decision, in answer to which kinds of request. */
export const decisions = (): string =>
  table(
    ['`decision`', 'needs', 'may have', 'for requests of the kinds'],
    DECISIONS.flatMap((decision) => {
      const ways = new Map<string, { needs: string; may: string; kinds: string[] }>();
      for (const kind of REQUEST_KINDS.filter((one) => decisionsOf(one).includes(decision))) {
        const rule = ruleOf(kind, decision) ?? {};
        const needs = rule.needs ? code(rule.needs) : '';
        const may = enclosuresOf(rule)
          .filter((one) => one !== rule.needs)
          .map(code)
          .join(', ');
        const way = ways.get(`${needs} ${may}`) ?? { needs, may, kinds: [] };
        ways.set(`${needs} ${may}`, { ...way, kinds: [...way.kinds, code(kind)] });
      }
      return [...ways.values()].map(({ needs, may, kinds }) => [
        code(decision),
        needs,
        may,
        kinds.join(', '),
      ]);
    }),
  );

/** Who is told what by a change. */
export const addressedTelling = (): string =>
  block(`AddressedTelling = ${notation((schemas.AddressedTelling ?? {}) as Schema)}`);

/** Every code, with its words as an example has them. */
export const refusals = (): string => {
  const asIs = (text: string) => text;
  return table(
    ['code', 'status', 'exit code of `rial`', 'in English, of an example', 'values'],
    REFUSAL_CODES.map((name) => [
      code(name),
      String(STATUS[name]),
      String(exitOf(name)),
      refusalText(REFUSED[name], { language: 'en', when: asIs, day: asIs }),
      Object.keys((schemas[name] as Schema | undefined)?.properties ?? {})
        .filter((key) => key !== 'code' && key !== 'message')
        .map(code)
        .join(', '),
    ]),
  );
};

export const failures = (): string =>
  table(
    ['code', 'status', 'what'],
    Object.entries(FAILURES).map(([name, { status, message }]) => [code(name), String(status), message]),
  );
