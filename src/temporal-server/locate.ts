import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { cacheDir as defaultCacheDir } from '../process/cache.ts';
import { StartError } from '../process/startError.ts';
import { withLock } from './lock.ts';
import { CLI_MODULE, CLI_VERSION } from './pinnedArchives.ts';
import { type PinnedDownload, pinnedDownload } from './pinnedDownload.ts';
import { findOnPath, isExecutable, run, withProgress } from './run.ts';

const GO_MODULE = `${CLI_MODULE.path}@${CLI_MODULE.version}`;

/** The site and the CLI start a workflow and update it in one call, which servers before this one refuse. */
const OLDEST_SERVER: readonly [number, number] = [1, 28];

export type LocateOptions = {
  /** Default: the folder that `cacheDir()` names. */
  cacheDir?: string;
  /** Hears what takes long, a line at a time, at least every ten seconds. */
  onProgress?: (line: string) => void;
  /** Default: this process's environment. `TEMPORAL_CLI_PATH` and `PATH` are read from it. */
  env?: NodeJS.ProcessEnv;
  /** Stops a download or a build. Nothing half done stays behind. */
  signal?: AbortSignal | undefined;
  /** For tests. */
  download?: PinnedDownload;
};

export type Attempt = { what: string; answer: string };

/** No Temporal CLI could be found or made. The message says what was tried and what to do. */
export class TemporalCliNotFoundError extends StartError {
  override readonly name = 'TemporalCliNotFoundError';
  readonly attempts: readonly Attempt[];

  constructor(attempts: readonly Attempt[]) {
    super(
      [
        'There is no Temporal server to run. Tried, in this order:',
        ...attempts.map(({ what, answer }) => `  ${what}: ${answer}`),
        'Install the Temporal CLI so that `temporal` is on PATH (https://docs.temporal.io/cli#install), or set',
        'TEMPORAL_CLI_PATH to its executable, or install Go 1.25 or later (https://go.dev/dl) and start again.',
      ].join('\n'),
    );
    this.attempts = attempts;
  }
}

/** `TEMPORAL_CLI_PATH` is set to something that is no Temporal CLI. Nothing else is tried: it was a wish. */
export class TemporalCliPathError extends StartError {
  override readonly name = 'TemporalCliPathError';
}

/**
 * Finds the Temporal CLI, whose `server start-dev` is the embedded Temporal server, or gets it. In this order:
 * `TEMPORAL_CLI_PATH`; `temporal` on PATH; the cache folder; the published release; a build from source, by Go. What
 * the last two bring is held against hashes that are known before any of it is run, and goes into the cache folder as `bin/temporal`, where one process works at a time.
 *
 * @returns the absolute path of an executable that answered `--version`
 * @throws TemporalCliPathError, TemporalCliNotFoundError, or the signal's reason
 */
export async function locateTemporalCli(options: LocateOptions = {}): Promise<string> {
  const env = options.env ?? process.env;
  const folder = options.cacheDir ?? defaultCacheDir(env);
  const cached = path.join(folder, 'bin', 'temporal');
  const attempts: Attempt[] = [];

  if (env.TEMPORAL_CLI_PATH) return await explicitlyNamed(env.TEMPORAL_CLI_PATH, options);
  attempts.push({ what: 'TEMPORAL_CLI_PATH', answer: 'not set' });

  const onPath = await findOnPath('temporal', env);
  const pathProblem = onPath ? await whyUnusable(onPath, options) : 'not there';
  if (onPath && !pathProblem) return onPath;
  attempts.push({ what: onPath ? `temporal on PATH (${onPath})` : 'temporal on PATH', answer: pathProblem });

  const inCache = async () => ((await whyUnusable(cached, options)) ? undefined : cached);
  const cacheProblem = await whyUnusable(cached, options);
  if (!cacheProblem) return cached;
  attempts.push({ what: `the cache folder (${cached})`, answer: cacheProblem });

  const onProgress = options.onProgress ?? (() => {});
  return await withLock(
    path.join(folder, 'temporal-cli'),
    {
      ready: inCache,
      waiting: 'Another process is getting the Temporal server: waits for it',
      onProgress,
      signal: options.signal,
    },
    () => obtain({ ...options, env, onProgress }, folder, cached, attempts),
  );
}

async function explicitlyNamed(named: string, options: LocateOptions): Promise<string> {
  const file = path.resolve(named);
  const problem = await whyUnusable(file, options, { anyVersion: true });
  if (problem) {
    throw new TemporalCliPathError(
      `TEMPORAL_CLI_PATH is ${named}, which is no Temporal CLI that can be run: ${problem}. ` +
        'Correct it, or unset it so that one is looked for.',
    );
  }
  return file;
}

async function obtain(
  options: LocateOptions & { env: NodeJS.ProcessEnv; onProgress: (line: string) => void },
  folder: string,
  destination: string,
  attempts: Attempt[],
): Promise<string> {
  await removeLeftovers(folder);
  await mkdir(path.dirname(destination), { recursive: true });
  const work = await mkdtemp(path.join(folder, WORK_PREFIX));
  const settle = async (what: string, made: { file: string } | { problem: string }) => {
    const answer = 'problem' in made ? made.problem : await install(made.file, destination, options);
    attempts.push({ what, answer });
    return answer === '';
  };
  try {
    const download = options.download ?? pinnedDownload;
    const downloaded = await withProgress('Gets the Temporal server', options.onProgress, (note) =>
      download('cli', work, { note, signal: options.signal }),
    );
    if (await settle(`the release ${CLI_VERSION}`, downloaded)) return destination;
    options.signal?.throwIfAborted();

    if (await settle(`go install ${GO_MODULE}`, await build(options, work))) return destination;
    options.signal?.throwIfAborted();
    throw new TemporalCliNotFoundError(attempts);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Builds the CLI from source. Two cores take about four minutes, with no build cache from an earlier try. */
async function build(
  options: LocateOptions & { env: NodeJS.ProcessEnv; onProgress: (line: string) => void },
  work: string,
): Promise<{ file: string } | { problem: string }> {
  const go = await findOnPath('go', options.env);
  if (!go) return { problem: 'Go is not installed' };
  const ldflags = `-s -w -X ${CLI_MODULE.path}/temporalcli.Version=${CLI_VERSION}`;
  const result = await withProgress(
    'Builds the Temporal server from source, once, which takes a few minutes',
    options.onProgress,
    async () => {
      const source = await sourceOf(go, options);
      if ('problem' in source) return { ok: false, problem: source.problem };
      // In its own folder, so that all that it is built of is what its go.sum says.
      return run(go, ['install', '-mod=readonly', '-ldflags', ldflags, './cmd/temporal'], {
        cwd: source.folder,
        // No C compiler is needed, and none that is broken gets in the way.
        env: { ...options.env, GOBIN: work, CGO_ENABLED: '0' },
        timeoutMs: 45 * 60_000,
        signal: options.signal,
      });
    },
  );
  return result.ok ? { file: path.join(work, 'temporal') } : { problem: result.problem };
}

const moduleAnswer = z.object({ Dir: z.string(), Sum: z.string() });

/** The folder with the source, which Go has from whatever proxy it is set to: it is the one whose hash is known. */
async function sourceOf(
  go: string,
  { env, signal }: LocateOptions & { env: NodeJS.ProcessEnv },
): Promise<{ folder: string } | { problem: string }> {
  const result = await run(go, ['mod', 'download', '-json', GO_MODULE], {
    ...{ env, signal, timeoutMs: 10 * 60_000 },
  });
  if (!result.ok) return { problem: result.problem };
  // What it says while it downloads comes before, or after.
  const said = result.output.slice(result.output.indexOf('{'), result.output.lastIndexOf('}') + 1);
  const answer = moduleAnswer.safeParse(parsed(said));
  if (!answer.success) return { problem: 'go mod download does not say where the source is' };
  if (answer.data.Sum !== CLI_MODULE.sum) return { problem: 'the source is not what it should be (go.sum)' };
  return { folder: answer.data.Dir };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const WORK_PREFIX = 'temporal-cli-work-';

/** Folders that killed processes left. The lock is ours, so nobody is using them. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(WORK_PREFIX)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Moves a new CLI to its place in one step, if it works. Gives the problem, or '' when there is none. */
async function install(file: string, destination: string, options: LocateOptions): Promise<string> {
  await chmod(file, 0o755);
  const problem = await whyUnusable(file, options);
  if (!problem) await rename(file, destination);
  return problem;
}

async function whyUnusable(
  file: string,
  { env, signal }: LocateOptions,
  { anyVersion = false } = {},
): Promise<string> {
  if (!(await isExecutable(file))) return 'no executable file is there';
  const result = await run(file, ['--version'], { env: env ?? process.env, timeoutMs: 20_000, signal });
  if (!result.ok) return `does not answer --version (${result.problem})`;
  if (!/^temporal version /m.test(result.output)) return 'is another program of that name';
  const server = /\(Server (\d+)\.(\d+)/.exec(result.output);
  if (anyVersion || !server) return '';
  const [major, minor] = [Number(server[1]), Number(server[2])];
  const [oldestMajor, oldestMinor] = OLDEST_SERVER;
  const tooOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return tooOld ? `its server, ${major}.${minor}, is older than ${oldestMajor}.${oldestMinor}` : '';
}
