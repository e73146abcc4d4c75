import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';

/**
 * A kind of request has a home: in a copy of the sources one is added, and the compiler says all that it lacks. Beside
 * the workflow that asks for it there are two files, its declaration and the table of all kinds, and the catalogues.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['src', 'workflows', 'activities', 'worker'];
const WITHIN = 300_000;

let copy = '';
beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'rial-new-kind-'));
  for (const part of [...PARTS, 'bin/write-words.ts', 'package.json', 'biome.json'])
    await cp(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  const { compilerOptions } = JSON.parse(await readFile(path.join(ROOT, 'tsconfig.json'), 'utf8'));
  await writeFile(path.join(copy, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: PARTS }));
}, WITHIN);
afterAll(() => rm(copy, { recursive: true, force: true }));

/** Replaces a text of a file of the copy, which has to be there. */
async function patch(file: string, before: string, after: string): Promise<void> {
  const at = path.join(copy, file);
  const source = await readFile(at, 'utf8');
  expect(source, file).toContain(before);
  await writeFile(
    at,
    source.replace(before, () => after),
  );
}

const run = (script: string, args: string[] = []): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [path.join(copy, script), ...args], { cwd: copy }, (_, out) => resolve(out));
  });

/** The files in which the compiler finds something to be missing, each as often as it does. */
const complaints = async (): Promise<string[]> =>
  (await run('node_modules/typescript/lib/tsc.js', ['-p', '.']))
    .split('\n')
    .flatMap((line) => /^(\S+\.ts)\(/.exec(line)?.[1] ?? []);

const DECLARATION = `import type { Kind } from './kind.ts';

/** A ministry confirms who will be there. */
export const confirmAttendance = {
  step: 'sessions',
  about: 'session',
  decisions: { approve: {}, changes: { needs: 'reason' } },
  due: { days: 2, before: 'session' },
  waivable: 'any',
  form: 'review',
  encloses: [],
  follows: { 'confirm-attendance': 'changes-asked' },
  effect: 'none',
} as const satisfies Kind;
`;
const TABLE = 'src/domain/kinds/index.ts';
const NEXT = "  'resolve-trouble': resolveTrouble,\n";

test(
  'a new kind is its declaration, a line in the table, and its words',
  async () => {
    await writeFile(path.join(copy, 'src/domain/kinds/attendance.ts'), DECLARATION);
    await patch(TABLE, 'import ', "import { confirmAttendance } from './attendance.ts';\nimport ");
    await patch(TABLE, NEXT, `${NEXT}  'confirm-attendance': confirmAttendance,\n`);
    // What it is called, and what its request says.
    expect((await complaints()).sort()).toEqual([
      'src/words/brief.ts',
      'src/words/kinds.ts',
      'src/words/labels.ts',
    ]);

    for (const language of LANGUAGES)
      for (const [area, ids] of [
        ['brief', ['lead.confirm-attendance']],
        ['labels', ['request.confirm-attendance', 'kind.confirm-attendance']],
      ] as const) {
        const file = `src/words/locales/${language}/${area}.json`;
        const added = ids.map((id) => `"${id}": { "defaultMessage": "{n}" },\n`).join('');
        await patch(file, '{', `{${added}`);
      }
    await run('bin/write-words.ts');
    expect(await complaints()).toEqual([]);
  },
  WITHIN,
);

test(
  'a new form, matter or effect is missed wherever one is shown, read, filled in or made',
  async () => {
    const kind = 'src/domain/kinds/kind.ts';
    await patch(kind, "  'confirmation',\n", "  'confirmation',\n  'seats',\n");
    await patch(kind, "  'trouble',\n] as const", "  'trouble',\n  'seating',\n] as const");
    await patch(kind, "  'revises-programme',\n", "  'revises-programme',\n  'seats-people',\n");
    expect([...new Set(await complaints())].sort()).toEqual([
      'activities/requests.ts',
      'src/casefile/answerEffects.ts',
      'src/casefile/undoneEffects.ts',
      'src/domain/kinds/kind.ts',
      'src/mail/notices/request.ts',
      'src/play/answers.ts',
      'src/site/pages/request/answerForms.ts',
    ]);
  },
  WITHIN,
);
