import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SIGN_IN_WAYS } from '../../src/domain/securityEvent.ts';
import { root } from '../support/sources.ts';

it('docs/operations.md tells of all ways to sign in, each once, with what it opens, takes and is bounded by', () => {
  const page = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
  const [section = ''] = /\n## Signing in\n.*?(?=\n## )/s.exec(page) ?? [];
  const [table = ''] = /\n\| way \|.*?\n\n/s.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `([\w-]+)` \| (.+) \| (.+) \| (.+) \|$/gm)].map(([, way]) => way);
  expect(rows.toSorted()).toEqual([...SIGN_IN_WAYS].sort());
});
