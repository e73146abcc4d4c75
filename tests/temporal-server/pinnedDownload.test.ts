import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI_MODULE, CLI_VERSION, PINNED_ARCHIVES } from '../../src/temporal-server/pinnedArchives.ts';
import { download } from '../../src/temporal-server/pinnedDownload.ts';
import { TEST_SERVER_VERSION, wrongJars } from '../../src/temporal-server/testServerJars.ts';

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const note = () => {};

let folder: string;
let into: string;
let bytes: Buffer;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial-pinned-'));
  into = path.join(folder, 'into');
  mkdirSync(into);
  // An archive as releases are: the server in a folder, beside other files.
  const release = path.join(folder, 'server_1.0');
  mkdirSync(release);
  writeFileSync(path.join(release, 'server'), `#!/bin/sh\ntouch '${folder}/was-run'\n`, { mode: 0o755 });
  writeFileSync(path.join(release, 'LICENSE'), 'MIT');
  execFileSync('tar', ['-czf', 'release.tar.gz', 'server_1.0'], { cwd: folder });
  bytes = readFileSync(path.join(folder, 'release.tar.gz'));
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function serving(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1.0/release.tar.gz`;
}
const archive = (url: string, hash = sha256(bytes)) => ({ url, sha256: hash, member: 'server_1.0/server' });

describe('a download', () => {
  it('is the server of an archive whose hash is known, also where its host leads elsewhere', async () => {
    const url = await serving((request, response) => {
      if (request.url === '/elsewhere') response.end(bytes);
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const file = path.join(into, 'server_1.0', 'server');
    expect(await download(archive(url), into, { note })).toEqual({ file });
    expect(readFileSync(file, 'utf8')).toContain('was-run');
    // Nothing else of it, and it was not run.
    expect(readdirSync(into)).toEqual(['server_1.0']);
    expect(readdirSync(path.dirname(file))).toEqual(['server']);
    expect(existsSync(path.join(folder, 'was-run'))).toBe(false);
  });

  it.each([
    ['one byte of it is another', () => Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])])],
    ['something is behind it', () => Buffer.concat([bytes, Buffer.from('x')])],
    ['it is cut short', () => bytes.subarray(0, 20)],
    ['there is nothing', () => Buffer.alloc(0)],
  ])('is refused where %s, and nothing of it is unpacked', async (_, changed) => {
    const url = await serving((__, response) => response.end(changed()));
    expect(await download(archive(url), into, { note })).toEqual({
      problem: 'release.tar.gz is not the file it should be (SHA-256)',
    });
    expect(readdirSync(into)).toEqual([]);
  });

  it('says that it is not there, or that the server is not in it', async () => {
    const url = await serving((request, response) =>
      request.url?.includes('gone') ? response.writeHead(404).end() : response.end(bytes),
    );
    const gone = await download(archive(`${url}?gone`), into, { note });
    expect(gone).toEqual({ problem: expect.stringContaining('HTTP 404') });
    const other = { ...archive(url), member: 'server_1.0/other' };
    expect(await download(other, into, { note })).toEqual({ problem: expect.stringMatching(/^tar: /) });
  });

  it('says that its host cannot be reached', async () => {
    const url = await serving((_, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    expect(await download(archive(url), into, { note })).toEqual({
      problem: '127.0.0.1 cannot be reached (ECONNREFUSED)',
    });
  });

  it('ends when it is interrupted', async () => {
    const interrupted = new AbortController();
    const url = await serving((_, response) => {
      response.write(bytes.subarray(0, 20));
      interrupted.abort();
    });
    const result = await download(archive(url), into, { note, signal: interrupted.signal });
    expect(result).toEqual({ problem: 'interrupted' });
  });
});

it('each hash that is known is one, of the release that it is said to be', () => {
  const all = Object.values(PINNED_ARCHIVES).flatMap((one) => Object.values(one));
  expect(all.length).toBe(5);
  expect(new Set(all.map((one) => one.sha256)).size).toBe(all.length);
  for (const one of all) expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
  for (const [name, version] of [
    ['cli', CLI_VERSION],
    ['test-server', TEST_SERVER_VERSION],
  ] as const)
    for (const { url } of Object.values(PINNED_ARCHIVES[name]))
      expect(url).toMatch(
        new RegExp(`^https://github\\.com/temporalio/.*/v${version}/[^/]*_${version}_[^/]*\\.tar\\.gz$`),
      );
  expect(CLI_MODULE.sum).toMatch(/^h1:[\w+/]{43}=$/);
});

it('Java archives are held against their hashes, whoever brought them', async () => {
  const jars = [
    ['org.example', 'one', '1.0', sha256('one')],
    ['org.example', 'two', '2.0', sha256('two')],
  ] as const;
  writeFileSync(path.join(into, 'one-1.0.jar'), 'one');
  expect(await wrongJars(into, jars)).toBe('brought no two-2.0.jar');
  writeFileSync(path.join(into, 'two-2.0.jar'), 'changed');
  expect(await wrongJars(into, jars)).toBe('two-2.0.jar is not the file it should be (SHA-256)');
  writeFileSync(path.join(into, 'two-2.0.jar'), 'two');
  writeFileSync(path.join(into, 'more-1.0.jar'), 'of somebody');
  expect(await wrongJars(into, jars)).toBe('');
  expect(readdirSync(into).sort()).toEqual(['one-1.0.jar', 'two-2.0.jar']);
});
