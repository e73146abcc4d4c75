import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';

/** A copy of the sources, in which a test adds something, and the compiler says all that it lacks. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['src', 'workflows', 'activities', 'worker'];
/** As long as a test with a compiler may take. */
export const WITHIN = 900_000;

export type SourcesCopy = {
  /** Adds a file. */
  add(file: string, source: string): Promise<void>;
  /** Copies a folder into one that is not there. */
  copyFolder(from: string, to: string): Promise<void>;
  /** Replaces a text of a file, which has to be there. */
  patch(file: string, before: string, after: string): Promise<void>;
  /** Adds messages to a catalogue, in each language, and makes the types of them. */
  say(area: string, ids: readonly string[], text?: string): Promise<void>;
  /** The files in which the compiler finds something to be missing, each as often as it does. */
  complaints(): Promise<string[]>;
};

export function sourcesCopy(): SourcesCopy {
  let copy = '';
  beforeAll(async () => {
    copy = await mkdtemp(path.join(tmpdir(), 'rial-sources-'));
    for (const part of [...PARTS, 'bin/write-words.ts', 'package.json', 'biome.json'])
      await cp(path.join(ROOT, part), path.join(copy, part), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    const { compilerOptions } = JSON.parse(await readFile(path.join(ROOT, 'tsconfig.json'), 'utf8'));
    await writeFile(
      path.join(copy, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { ...compilerOptions, incremental: true, tsBuildInfoFile: 'known' },
        include: PARTS,
      }),
    );
  }, WITHIN);
  afterAll(() => rm(copy, { recursive: true, force: true }));

  const run = (script: string, args: string[] = []): Promise<string> =>
    new Promise((resolve) => {
      execFile(process.execPath, [path.join(copy, script), ...args], { cwd: copy }, (_, out) => resolve(out));
    });

  async function patch(file: string, before: string, after: string): Promise<void> {
    const at = path.join(copy, file);
    const source = await readFile(at, 'utf8');
    expect(source, file).toContain(before);
    await writeFile(
      at,
      source.replace(before, () => after),
    );
  }

  return {
    patch,
    add: (file, source) => writeFile(path.join(copy, file), source),
    copyFolder: (from, to) => cp(path.join(copy, from), path.join(copy, to), { recursive: true }),
    async say(area, ids, text = '{n}') {
      const added = ids.map((id) => `"${id}": { "defaultMessage": "${text}" },\n`).join('');
      for (const language of LANGUAGES)
        await patch(`src/words/locales/${language}/${area}.json`, '{', `{${added}`);
      await run('bin/write-words.ts');
    },
    complaints: async () =>
      (await run('node_modules/typescript/lib/tsc.js', ['-p', '.']))
        .split('\n')
        .flatMap((line) => /^(\S+\.ts)\(/.exec(line)?.[1] ?? []),
  };
}
