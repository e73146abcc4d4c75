import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  TestWorkflowEnvironment,
  TimeSkippingTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';
import { cacheDir as defaultCacheDir } from '../process/cache.ts';
import { freePort, isListening } from '../process/ports.ts';
import type { Attempt } from './locate.ts';
import { withLock } from './lock.ts';
import { type PinnedDownload, pinnedDownload } from './pinnedDownload.ts';
import { findOnPath, isExecutable, run, withProgress } from './run.ts';
import { notItself, sha256Of, TEST_SERVER_JARS, TEST_SERVER_VERSION, wrongJars } from './testServerJars.ts';

export type TestServerOptions = {
  /** Default: the folder that `cacheDir()` names. */
  cacheDir?: string;
  /** Hears what takes long, a line at a time, at least every ten seconds. */
  onProgress?: (line: string) => void;
  /** Default: this process's environment. `TEMPORAL_TEST_SERVER_PATH`, `JAVA_HOME` and `PATH` are read from it. */
  env?: NodeJS.ProcessEnv;
  /** Stops what is under way. Nothing half done stays behind. */
  signal?: AbortSignal | undefined;
  /** For tests. */
  download?: PinnedDownload;
};

/** There is no time-skipping test server. The message says what was tried and what to do. */
class TestServerNotFoundError extends Error {
  override readonly name = 'TestServerNotFoundError';
}

const MAVEN_CENTRAL = 'https://repo.maven.apache.org/maven2';
const MAVEN_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const WORK_PREFIX = 'test-server-work-';
const STARTS_WITHIN_MS = 60_000;

// `exec`, for the SDK kills the process it started, not that one's children. The flags make a JVM that lives for
// seconds start quickly. Relative to itself, so that the cache folder may move.
const WRAPPER = `#!/bin/sh
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

/**
 * A `TestWorkflowEnvironment` in which time passes as fast as workflows allow. The caller calls its `teardown()`.
 *
 * @throws TestServerNotFoundError, or the SDK's error when the server does not start
 */
export async function createTimeSkippingEnvironment(
  options: TestServerOptions & { environment?: TimeSkippingTestWorkflowEnvironmentOptions } = {},
): Promise<TestWorkflowEnvironment> {
  const executable = await locateTestServer(options);
  // Loaded late: nothing but a rehearsal and the tests needs it.
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment = options.environment ?? {};
  // The SDK gives the server that it starts five seconds, which a JVM on a busy machine exceeds. So the server is
  // started before, and what the SDK starts beside it only sleeps: for as many seconds as the port has, its argument.
  const sleep = await findOnPath('sleep', options.env ?? process.env);
  if (!sleep) throw new TestServerNotFoundError('There is no `sleep` on the PATH, which every Unix has.');
  const port = environment.server?.port ?? (await freePort());
  const stop = await started(executable, port, options.signal);
  try {
    const made = await TestWorkflowEnvironment.createTimeSkipping({
      ...environment,
      server: { ...environment.server, port, executable: { type: 'existing-path', path: sleep } },
    });
    const teardown = made.teardown.bind(made);
    made.teardown = async () => {
      try {
        await teardown();
      } finally {
        stop();
      }
    };
    return made;
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Starts the server, and waits until it listens.
 *
 * @returns ends it
 * @throws Error where it ends by itself, or does not listen within a minute; the signal's reason
 */
async function started(
  executable: string,
  port: number,
  signal: AbortSignal | undefined,
): Promise<() => void> {
  const server = spawn(executable, [String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = () => {
    process.off('exit', stop);
    server.kill('SIGKILL');
  };
  process.once('exit', stop);
  let said = '';
  let failed: Error | undefined;
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  server.once('error', (error) => {
    failed = error;
  });
  server.once('exit', (code) => {
    failed ??= new Error(`The time-skipping test server ended by itself (${code}). ${said.trim()}`);
  });
  const late = Date.now() + STARTS_WITHIN_MS;
  try {
    while (!(await isListening(port, '127.0.0.1'))) {
      signal?.throwIfAborted();
      if (failed) throw failed;
      if (Date.now() > late) throw new Error('The time-skipping test server did not listen within a minute.');
      await pause(50);
    }
    return stop;
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Finds the time-skipping test server, or gets it. In this order: `TEMPORAL_TEST_SERVER_PATH`; the cache folder; the
 * published release; its Java archives, from Maven Central or through `mvn` (which knows of mirrors and proxies), where
 * Java is installed. What it gets is held against hashes that are known before any of it is run, and goes into the cache folder, where one process works at a time.
 *
 * @returns the absolute path of an executable that takes a port as its argument
 * @throws TestServerNotFoundError, or the signal's reason
 */
export async function locateTestServer(options: TestServerOptions = {}): Promise<string> {
  const env = options.env ?? process.env;
  const onProgress = options.onProgress ?? (() => {});
  const named = env.TEMPORAL_TEST_SERVER_PATH;
  if (named) {
    const file = path.resolve(named);
    if (await isExecutable(file)) return file;
    throw new TestServerNotFoundError(
      `TEMPORAL_TEST_SERVER_PATH is ${named}, where no executable file is. Correct it, or unset it so that one is looked for.`,
    );
  }

  const folder = options.cacheDir ?? defaultCacheDir(env);
  const native = path.join(folder, 'bin', 'temporal-test-server');
  const javaFolder = path.join(folder, `temporal-test-server-${TEST_SERVER_VERSION}`);
  const wrapper = path.join(javaFolder, 'temporal-test-server');
  const java = findJava(env);
  const inCache = async () => {
    if (await isExecutable(native)) return native;
    return (await isExecutable(wrapper)) && !('problem' in (await java)) ? wrapper : undefined;
  };
  const cached = await inCache();
  if (cached) return cached;

  return await withLock(
    path.join(folder, 'test-server'),
    {
      ready: inCache,
      waiting: 'Another process is getting the time-skipping test server: waits for it',
      onProgress,
      signal: options.signal,
    },
    async () => {
      await removeLeftovers(folder);
      await mkdir(path.dirname(native), { recursive: true });
      const work = await mkdtemp(path.join(folder, WORK_PREFIX));
      try {
        return await withProgress('Gets the time-skipping test server', onProgress, async (note) => {
          const download = options.download ?? pinnedDownload;
          const downloads = path.join(work, 'release');
          await mkdir(downloads);
          const downloaded = await download('test-server', downloads, { note, signal: options.signal });
          options.signal?.throwIfAborted();
          if ('file' in downloaded) {
            await chmod(downloaded.file, 0o755);
            await rename(downloaded.file, native);
            return native;
          }
          const attempts: Attempt[] = [
            { what: 'TEMPORAL_TEST_SERVER_PATH', answer: 'not set' },
            { what: `the cache folder (${folder})`, answer: 'not there' },
            { what: `the release ${TEST_SERVER_VERSION}`, answer: downloaded.problem },
          ];
          const found = await java;
          if ('problem' in found) attempts.push({ what: 'Java', answer: found.problem });
          else if (await getJars(work, { env, attempts, signal: options.signal })) {
            await writeFile(path.join(work, path.basename(wrapper)), WRAPPER, { mode: 0o755 });
            await rm(downloads, { recursive: true });
            // One that is there lacks its wrapper: it is not ours to keep.
            await rm(javaFolder, { recursive: true, force: true });
            // A temporary folder is its maker's alone; a cache folder need not be.
            await chmod(work, 0o755);
            await rename(work, javaFolder);
            return wrapper;
          }
          options.signal?.throwIfAborted();
          throw notFound(attempts);
        });
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
  );
}

function notFound(attempts: readonly Attempt[]): TestServerNotFoundError {
  return new TestServerNotFoundError(
    [
      'There is no time-skipping test server. Tried, in this order:',
      ...attempts.map(({ what, answer }) => `  ${what}: ${answer}`),
      'Let this machine reach github.com, or install Java 11 or later (and Maven, if Maven Central is behind a',
      'mirror), or set TEMPORAL_TEST_SERVER_PATH to the executable from https://github.com/temporalio/sdk-java/releases.',
    ].join('\n'),
  );
}

/** Whether the wrapper will find a Java that runs: on some systems `java` only offers to install one. */
async function findJava(env: NodeJS.ProcessEnv): Promise<{ problem: string } | { file: string }> {
  const file = env.JAVA_HOME ? path.join(env.JAVA_HOME, 'bin', 'java') : await findOnPath('java', env);
  if (!file) return { problem: 'not installed' };
  const result = await run(file, ['-version'], { env, timeoutMs: 20_000 });
  return result.ok ? { file } : { problem: `${file}: ${result.problem}` };
}

async function getJars(
  work: string,
  options: { env: NodeJS.ProcessEnv; attempts: Attempt[]; signal: AbortSignal | undefined },
): Promise<boolean> {
  const lib = path.join(work, 'lib');
  await mkdir(lib);
  const central = await fromMavenCentral(lib, options.signal);
  if (central === '') return true;
  options.attempts.push({ what: 'Maven Central', answer: central });

  await rm(lib, { recursive: true });
  await mkdir(lib);
  const maven = await throughMaven(work, lib, options);
  if (maven === '') return true;
  options.attempts.push({ what: 'mvn', answer: maven });
  return false;
}

/** Gives the problem, or '' when all archives are there and are what they should be. */
async function fromMavenCentral(lib: string, signal: AbortSignal | undefined): Promise<string> {
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);
  const queue = [...TEST_SERVER_JARS];
  const worker = async () => {
    for (let jar = queue.pop(); jar; jar = queue.pop()) {
      const [group, artifact, version, sha256] = jar;
      const name = `${artifact}-${version}.jar`;
      const url = `${MAVEN_CENTRAL}/${group.replaceAll('.', '/')}/${artifact}/${version}/${name}`;
      const response = await fetchWithin(url, 10_000, stop);
      if (!response.ok) throw new Error(`HTTP ${response.status} for ${name}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (sha256Of(bytes) !== sha256) throw new Error(notItself(name));
      await writeFile(path.join(lib, name), bytes);
    }
  };
  try {
    // The largest is 11 MB, all are 39 MB: a few at a time fill the line.
    await Promise.all(
      Array.from({ length: 6 }, () =>
        worker().catch((error) => {
          failed.abort(error);
          throw error;
        }),
      ),
    );
    return '';
  } catch (error) {
    return describe(error);
  }
}

/** A response's head must come within `ms`; its body may take its time, up to two minutes. */
async function fetchWithin(url: string, ms: number, signal: AbortSignal): Promise<Response> {
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  try {
    return await fetch(url, { signal: AbortSignal.any([signal, late.signal, AbortSignal.timeout(120_000)]) });
  } finally {
    clearTimeout(limit);
  }
}

async function throughMaven(
  work: string,
  lib: string,
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal | undefined },
): Promise<string> {
  const mvn = await findOnPath('mvn', env);
  if (!mvn) return 'not installed';
  const dependencies = TEST_SERVER_JARS.map(
    ([group, artifact, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  const pom = path.join(work, 'pom.xml');
  await writeFile(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>rial</groupId><artifactId>test-server</artifactId>
<version>1</version><packaging>pom</packaging><dependencies>\n${dependencies.join('\n')}\n</dependencies></project>\n`,
  );
  const result = await run(
    mvn,
    [
      '-q',
      '-B',
      '-f',
      pom,
      `${MAVEN_PLUGIN}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${lib}`,
    ],
    { cwd: work, env, timeoutMs: 10 * 60_000, signal },
  );
  if (!result.ok) return result.problem;
  return wrongJars(lib);
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(WORK_PREFIX)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
