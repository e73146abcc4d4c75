import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretIn } from '../../src/process/secretFile.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial-secret-'));
  file = path.join(folder, 'staff-token');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes a secret of its owner alone, and leaves nothing beside it', async () => {
  const secret = await secretIn(file, '--data');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(file, 'utf8')).toBe(`${secret}\n`);
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect(readdirSync(folder)).toEqual(['staff-token']);
});

it('is the same for all who come at once, and for who comes later', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => secretIn(file, '--data')));
  expect(new Set([...secrets, await secretIn(file, '--data')]).size).toBe(1);
});

it.each([
  ['an empty file', ''],
  ['a line without anything', '\n'],
  ['one that was cut short', 'xJ5cA0b\n'],
  ['more than one word', `${'a'.repeat(20)} ${'b'.repeat(20)}\n`],
])('%s lets nobody in: it is refused with its setting, and left as it is', async (_, content) => {
  writeFileSync(file, content);
  await expect(secretIn(file, '--data')).rejects.toThrow(
    /staff-token \(in the folder of --data\).*Delete it/,
  );
  expect(readFileSync(file, 'utf8')).toBe(content);
});
