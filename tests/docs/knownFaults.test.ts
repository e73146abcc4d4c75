import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../support/sources.ts';

/** What `.ci/run` makes of what a registry tells of faults: npm as it is, and a registry of our own. */

type Answer = { status: number; told?: Record<string, unknown[]> };

/** A registry that tells this of faults; what it was asked about. */
async function registry({ status, told = {} }: Answer) {
  const asked: Record<string, string[]>[] = [];
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    if (request.method === 'GET')
      return response.end(JSON.stringify({ name, versions: {}, 'dist-tags': {} }));
    const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    asked.push((await json(body)) as Record<string, string[]>);
    response.writeHead(status).end(JSON.stringify(told));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  onTestFinished(async () => {
    await close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, close };
}

/** What the check says of these packages, and how it ends. */
async function check(url: string, lock?: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-faults-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  if (lock === undefined)
    await cp(path.join(root, 'package-lock.json'), path.join(folder, 'package-lock.json'));
  else await writeFile(path.join(folder, 'package-lock.json'), lock);
  const run = spawn(
    process.execPath,
    [path.join(root, 'bin/known-faults.mjs'), `--registry=${url}`, `--cache=${folder}/cache`],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let said = '';
  run.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const code = await new Promise((resolve) => run.once('close', resolve));
  return { code, said };
}

const fault = (severity: string) => ({
  nodemailer: [
    {
      id: 1,
      url: 'https://faults.example/1',
      title: 'A fault',
      severity,
      vulnerable_versions: '>=0.0.0',
      cwe: [],
      cvss: { score: 0, vectorString: null },
    },
  ],
});

/** The versions of a package that are installed, by the lockfile. */
const installed = (name: string): string[] => {
  const { packages }: { packages: Record<string, { version?: string }> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const versions = Object.entries(packages).flatMap(([at, { version }]) =>
    at.endsWith(`node_modules/${name}`) && version ? [version] : [],
  );
  return [...new Set(versions)].sort();
};

describe('known faults of packages', () => {
  it.each(['high', 'critical'])('a %s one fails, and is named', async (severity) => {
    const { url, asked } = await registry({ status: 200, told: fault(severity) });
    const { code, said } = await check(url);
    expect(said).toContain(`nodemailer: ${severity}, https://faults.example/1\n`);
    expect(code).toBe(1);
    // All that is installed is asked about, by name and version.
    expect(asked[0]?.nodemailer?.sort()).toEqual(installed('nodemailer'));
    expect(Object.keys(asked[0] ?? {}).length).toBeGreaterThan(250);
  });

  it('a small one is named, and does not fail', async () => {
    const { url } = await registry({ status: 200, told: fault('low') });
    const { code, said } = await check(url);
    expect(said).toContain('nodemailer: low, https://faults.example/1\n');
    expect(code).toBe(0);
  });

  it('none is said', async () => {
    const { url } = await registry({ status: 200 });
    expect(await check(url)).toEqual({
      code: 0,
      said: 'Known faults of packages: 0, of them high or critical 0.\n',
    });
  });

  it('a registry that tells nothing, or cannot be reached, is said', async () => {
    const { url, close } = await registry({ status: 405 });
    const silent = await check(url);
    expect(silent.said).toContain('not checked, for the registry does not tell (405');
    expect(silent.code).toBe(0);
    await close();
    const away = await check(url);
    expect(away.said).toContain('not checked, for the registry does not tell (');
    expect(away.code).toBe(0);
  });

  it('a list of packages that npm cannot read fails', async () => {
    const { url } = await registry({ status: 200 });
    expect((await check(url, '{')).code).toBe(1);
  });
});
