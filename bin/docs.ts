import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXITS } from '../src/cli/conventions.ts';
import { caseJsonSchema } from '../src/domain/caseView.ts';
import { programmeJsonSchema } from '../src/domain/programme/programmeFile.ts';
import {
  CLIENT_VARIABLES,
  FLAGS,
  START_EXITS,
  SWITCHES,
  settingOf,
  VARIABLES,
  variableOf,
} from '../src/process/settings.ts';
import { scenarioJsonSchema } from '../src/rehearsal/scenarioFile.ts';
import { addressedTelling, decisions, failures, refusals, routes } from './apiDocs.ts';

/**
 * The parts of docs/ that are made from the code: the JSON Schemas, and tables that stand between
 * `<!-- made: NAME -->` and `<!-- end of NAME -->`. `npm run docs` writes them; a test holds that they are current.
 */

/** JSON Schemas by the file they are written to, under docs/. */
export const SCHEMAS: Readonly<Record<string, () => Record<string, unknown>>> = {
  'programme.schema.json': programmeJsonSchema,
  'case.schema.json': caseJsonSchema,
  'scenario.schema.json': scenarioJsonSchema,
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const settings = (): string =>
  table(
    ['flag', 'variable', 'otherwise', 'what'],
    [
      ...FLAGS.map((flag) => {
        const { what, more, otherwise, follows, value } = settingOf(flag);
        const stands = otherwise === undefined ? (follows ?? '') : `\`${otherwise}\``;
        return [
          `\`--${flag}${value ? ` ${value}` : ''}\``,
          `\`${variableOf(flag)}\``,
          stands,
          more ? `${what}; ${more}` : what,
        ];
      }),
      ...Object.entries(SWITCHES)
        .filter(([flag]) => flag !== 'help')
        .map(([flag, what]) => [`\`--${flag}\``, '', '', what]),
      ...Object.entries(VARIABLES).map(([name, what]) => ['', `\`${name}\``, '', what]),
    ],
  );

const startExits = (): string =>
  table(
    ['code', 'meaning'],
    Object.values(START_EXITS).map(({ code, meaning }) => [String(code), meaning]),
  );

const exits = (): string =>
  table(
    ['code', 'meaning'],
    Object.values(EXITS).map((exit) => [
      String(exit.code),
      'more' in exit ? `${exit.meaning}; ${exit.more}` : exit.meaning,
    ]),
  );

const environment = (): string =>
  table(
    ['variable', 'flag', 'otherwise', 'what'],
    Object.entries(CLIENT_VARIABLES).map(([name, variable]) => [
      `\`${name}\``,
      'flag' in variable ? `\`${variable.flag}\`` : '',
      'otherwise' in variable ? `\`${variable.otherwise}\`` : '',
      variable.what,
    ]),
  );

/** What stands between the marks of each page, by their names. */
const PARTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'operations.md': { settings, 'exit codes of npm start': startExits },
  'cli.md': { 'exit codes': exits, environment },
  'api.md': { decisions, refusals, failures, routes, addressedTelling },
};
export const PAGES = Object.keys(PARTS);

/** A page of docs/ as it stands. */
export const pageAsWritten = (page: string): string =>
  readFileSync(fileURLToPath(new URL(`../docs/${page}`, import.meta.url)), 'utf8');

/**
 * The same with all that is made in it made anew.
 * @throws Error where the page lacks the marks of a part
 */
export const pageAsMade = (page: string): string =>
  Object.entries(PARTS[page] ?? {}).reduce((text, [name, made]) => {
    const [before, rest] = text.split(`<!-- made: ${name} -->\n`);
    const [, after] = rest?.split(`<!-- end of ${name} -->`) ?? [];
    if (before === undefined || after === undefined)
      throw new Error(`docs/${page} has no place for "${name}"`);
    return `${before}<!-- made: ${name} -->\n${made()}\n<!-- end of ${name} -->${after}`;
  }, pageAsWritten(page));
