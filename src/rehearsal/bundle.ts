import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/worker.ts';
import { cacheDir } from '../process/cache.ts';

/** The workflows' code with a clock of another year, made once for each state of the code. */

const CLOCK = fileURLToPath(new URL('./sandboxClock.ts', import.meta.url));
const AHEAD = '__RIAL_SERVER_IS_AHEAD_BY__';
const PREFIX = 'rehearsal-bundle-';

/** What is bundled: the workflows, the domain, its words, the clock, and whatever the lock file says of the rest; and how. */
const SOURCES = [
  'workflows',
  'src/domain',
  'src/words',
  'src/rehearsal/sandboxClock.ts',
  'worker/worker.ts',
  'package-lock.json',
].map((name) => fileURLToPath(new URL(`../../${name}`, import.meta.url)));

/** The workflows as code that serves any year; {@link setAhead} sets it. Kept in the cache folder. */
export async function rehearsalBundle(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const file = path.join(cacheDir(env), `${PREFIX}${await stateOfCode()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept?.includes(AHEAD)) return kept;
  const { code } = (await bundleWorkflows([CLOCK])) as { code: string };
  if (!code.includes(AHEAD)) throw new Error('the bundle of the workflows lacks the clock of the rehearsal');
  // A cache that cannot be written to costs two seconds a time, and nothing else.
  await keep(file, code).catch(() => {});
  return code;
}

/** The same workflows where the server is so many milliseconds ahead of the year that is rehearsed. */
export const setAhead = (code: string, ms: number): WorkflowBundle => ({
  code: code.replaceAll(AHEAD, String(ms)),
});

async function stateOfCode(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of await filesOf(source)) hash.update(`${file}\0`).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

const filesOf = async (source: string): Promise<string[]> =>
  /\.\w+$/.test(source)
    ? [source]
    : (await readdir(source, { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map((name) => path.join(source, name));

async function keep(file: string, code: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, code);
  await rename(aside, file);
  for (const name of await readdir(folder))
    if (name.startsWith(PREFIX) && name.endsWith('.js') && name !== path.basename(file))
      await rm(path.join(folder, name), { force: true });
}
