import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cacheDir } from '../../src/process/cache.ts';
import {
  type LocateOptions,
  locateTemporalCli,
  TemporalCliNotFoundError,
  TemporalCliPathError,
} from '../../src/temporal-server/locate.ts';
import { CLI_MODULE } from '../../src/temporal-server/pinnedArchives.ts';
import type { PinnedDownload } from '../../src/temporal-server/pinnedDownload.ts';

let folder: string;
let onPath: string;
let cache: string;
let cached: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial-locate-'));
  onPath = path.join(folder, 'path');
  cache = path.join(folder, 'cache');
  cached = path.join(cache, 'bin', 'temporal');
  mkdirSync(onPath);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function script(file: string, ...lines: string[]): string {
  mkdirSync(path.dirname(file), { recursive: true });
  // The PATH of these tests holds nothing but what they put there.
  writeFileSync(file, ['#!/bin/sh', 'PATH=/usr/bin:/bin', ...lines, ''].join('\n'), { mode: 0o755 });
  return file;
}

const answer = (server = '1.29.1') => `echo 'temporal version 1.5.1 (Server ${server}, UI 2.42.1)'`;
const cli = (file: string, server?: string) => script(file, answer(server));

/** A `go` that has the source, and whose `install` puts a working CLI into GOBIN, after the given lines. */
const go = (...before: string[]) => goWith(CLI_MODULE.sum, ...before);
const goWith = (sum: string, ...before: string[]) =>
  script(
    path.join(onPath, 'go'),
    `if [ "$1" = mod ]; then echo 'go: downloading' >&2; printf '{\\n"Dir": "%s",\\n"Sum": "%s"\\n}\\n' '${folder}' '${sum}'; exit; fi`,
    `echo "$PWD $@" >> '${folder}/go-calls'`,
    ...before,
    'printf "%s\\n" "#!/bin/sh" "$MADE" > "$GOBIN/temporal"',
    'chmod +x "$GOBIN/temporal"',
  );
const goCalls = () => {
  const file = path.join(folder, 'go-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

const offline: PinnedDownload = async () => ({ problem: 'github.com cannot be reached (ENOTFOUND)' });

function locate(options: Partial<LocateOptions> = {}): Promise<string> {
  return locateTemporalCli({
    cacheDir: cache,
    download: offline,
    ...options,
    env: { PATH: onPath, MADE: answer(), ...options.env },
  });
}

const leftovers = () => readdirSync(cache).filter((name) => name !== 'bin');

describe('the order', () => {
  test('TEMPORAL_CLI_PATH comes before everything', async () => {
    const named = cli(path.join(folder, 'mine'));
    cli(path.join(onPath, 'temporal'));
    cli(cached);
    expect(await locate({ env: { TEMPORAL_CLI_PATH: named } })).toBe(named);
  });

  test('temporal on PATH comes before the cache', async () => {
    const found = cli(path.join(onPath, 'temporal'));
    cli(cached);
    expect(await locate()).toBe(found);
  });

  test.each([
    ['another program of that name', () => script(path.join(onPath, 'temporal'), 'echo something else')],
    ['one that fails', () => script(path.join(onPath, 'temporal'), 'exit 1')],
    ['one with a server that is too old', () => cli(path.join(onPath, 'temporal'), '1.24.2')],
    ['a folder', () => mkdirSync(path.join(onPath, 'temporal'))],
  ])('the cache is taken instead of a temporal on PATH that is %s', async (_, put) => {
    put();
    cli(cached);
    expect(await locate()).toBe(cached);
  });

  test('the published release comes before a build, and goes into the cache', async () => {
    go();
    const download: PinnedDownload = async (_, into) => ({
      file: cli(path.join(into, 'temporal')),
    });
    expect(await locate({ download })).toBe(cached);
    expect(goCalls()).toEqual([]);
    expect(leftovers()).toEqual([]);
    // From now on nothing is downloaded.
    expect(await locate()).toBe(cached);
  });

  test('go install comes last, and goes into the cache', async () => {
    go();
    expect(await locate()).toBe(cached);
    expect(goCalls()).toEqual([
      // In the folder of the source, whose go.sum says what it is built of.
      expect.stringMatching(/^\S+rial-locate-\w+ install -mod=readonly .*Version=1\.5\.1 \.\/cmd\/temporal$/),
    ]);
    expect(leftovers()).toEqual([]);
  });

  test('source that is not what it should be is not built', async () => {
    goWith('h1:AAAAk14BWxz44Xg6ciDQvpfAMffoG3J7/K03ql80teY=');
    await expect(locate()).rejects.toThrow(/go install .*: the source is not what it should be/);
    expect(goCalls()).toEqual([]);
    expect(existsSync(cached)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  test('a download that does not run is not kept', async () => {
    go();
    const download: PinnedDownload = async (_, into) => ({
      file: script(path.join(into, 'temporal'), 'exit 1'),
    });
    expect(await locate({ download })).toBe(cached);
    expect(goCalls()).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['is not there', () => path.join(folder, 'nothing'), 'no executable file is there'],
    [
      'is another program',
      () => script(path.join(folder, 'other'), 'echo hello'),
      'is another program of that name',
    ],
    ['fails', () => script(path.join(folder, 'broken'), 'echo broken', 'exit 2'), 'exit code 2: broken'],
  ])('a TEMPORAL_CLI_PATH that %s is an error, whatever else there is', async (_, put, why) => {
    cli(path.join(onPath, 'temporal'));
    const failure = locate({ env: { TEMPORAL_CLI_PATH: put() } });
    await expect(failure).rejects.toThrow(TemporalCliPathError);
    await expect(failure).rejects.toThrow(why);
  });

  test('the error says what was tried and what each answered', async () => {
    script(path.join(onPath, 'temporal'), 'echo something else');
    go('echo no route to host >&2', 'exit 1');
    const failure = await locate().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporalCliNotFoundError);
    expect((failure as TemporalCliNotFoundError).attempts).toEqual([
      { what: 'TEMPORAL_CLI_PATH', answer: 'not set' },
      {
        what: `temporal on PATH (${path.join(onPath, 'temporal')})`,
        answer: 'is another program of that name',
      },
      { what: `the cache folder (${cached})`, answer: 'no executable file is there' },
      { what: 'the release 1.5.1', answer: 'github.com cannot be reached (ENOTFOUND)' },
      {
        what: 'go install github.com/temporalio/cli@v1.5.1',
        answer: 'exit code 1: no route to host',
      },
    ]);
    expect(leftovers()).toEqual([]);
  });

  test('without Go the error says that', async () => {
    await expect(locate()).rejects.toThrow(/go install .*: Go is not installed/);
  });

  test('an interrupted build leaves nothing half done', async () => {
    // It writes half a file and then hangs: `read` from a pipe that nobody writes to.
    go('echo half > "$GOBIN/temporal"', `mkfifo '${folder}/never'`, `exec cat '${folder}/never'`);
    const interrupted = new AbortController();
    const failure = locate({ signal: interrupted.signal });
    const settled = expect(failure).rejects.toThrow('stop now');
    await vi.waitFor(() => expect(goCalls()).toHaveLength(1));
    interrupted.abort(new Error('stop now'));
    await settled;
    expect(existsSync(cached)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  test('what a killed build left is removed', async () => {
    go();
    mkdirSync(path.join(cache, 'temporal-cli-work-abc'), { recursive: true });
    await locate();
    expect(leftovers()).toEqual([]);
  });
});

test('of two at once, one builds and the other waits', async () => {
  go(`while [ ! -e '${folder}/go-on' ]; do sleep 0.05; done`);
  const said: string[] = [];
  const first = locate();
  await vi.waitFor(() => expect(goCalls()).toHaveLength(1));
  const second = locate({ onProgress: (line) => said.push(line) });
  await vi.waitFor(() =>
    expect(said).toEqual(['Another process is getting the Temporal server: waits for it']),
  );
  writeFileSync(path.join(folder, 'go-on'), '');
  expect(await Promise.all([first, second])).toEqual([cached, cached]);
  expect(goCalls()).toHaveLength(1);
});

test.each([
  [{ RIAL_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
  [{ XDG_CACHE_HOME: '/b' }, '/b/rial'],
  [{ XDG_CACHE_HOME: 'relative' }, expect.stringMatching(/\/\.cache\/rial$/)],
  [{}, expect.stringMatching(/\/\.cache\/rial$/)],
])('the cache folder with %j', (env, expected) => {
  expect(cacheDir(env)).toEqual(expected);
});
