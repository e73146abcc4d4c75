import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { root } from '../support/sources.ts';

type Package = {
  version?: string;
  dev?: boolean;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
};
const { packages }: { packages: Record<string, Package> } = JSON.parse(
  readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
);
const installed = Object.entries(packages).filter(([name, { link }]) => name !== '' && !link);

it('every package that is installed is pinned by the hash of its bytes, and bound to no registry', () => {
  expect(installed.length).toBeGreaterThan(300);
  const unpinned = installed.filter(
    ([, { integrity, inBundle }]) => !inBundle && !/^sha512-[\w+/]{86}==/.test(integrity ?? ''),
  );
  expect(unpinned.map(([name]) => name)).toEqual([]);
  // Each comes from the registry that whoever installs has set.
  const bound = installed.filter(([, { resolved }]) => resolved !== undefined);
  expect(bound.map(([name]) => name)).toEqual([]);
});

it('a release has a bill of materials and a list of licences, of every package that is installed with it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-release-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await promisify(execFile)(process.execPath, ['bin/release.ts', folder], { cwd: root });
  const bill = JSON.parse(readFileSync(path.join(folder, 'sbom.cdx.json'), 'utf8'));
  expect(bill.bomFormat).toBe('CycloneDX');
  const told = new Set(bill.components.map(({ purl }: { purl: string }) => decodeURIComponent(purl)));
  const licences = readFileSync(path.join(folder, 'licences.txt'), 'utf8').trim().split('\n');
  const shipped = installed
    .filter(([, { dev }]) => !dev)
    .map(([name, { version }]) => [name.replace(/^.*node_modules\//, ''), version]);
  expect(shipped.length).toBeGreaterThan(200);
  expect(shipped.filter(([name, version]) => !told.has(`pkg:npm/${name}@${version}`))).toEqual([]);
  expect(told.size).toBe(new Set(shipped.map(String)).size);
  const named = new Set(licences.map((line) => line.split(' ').slice(0, 2).join(' ')));
  expect(shipped.filter((one) => !named.has(one.join(' ')))).toEqual([]);
});
