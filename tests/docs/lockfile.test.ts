import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/sources.ts';

type Package = { resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean };
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
