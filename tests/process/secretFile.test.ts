import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretGivenIn, secretIn } from '../../src/process/secretFile.ts';

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

describe('who else has it', () => {
  const SECRET = 'a-secret-that-is-long-enough-to-keep-anybody-out';
  const ways = [
    ['that is made here', (at: string) => secretIn(at, '--sign-in-key')],
    ['that is given', (at: string) => secretGivenIn(at, '--oidc-client-secret-file')],
  ] as const;

  it.each(ways)('a secret %s is its owner’s, or its group’s to read', async (_, read) => {
    writeFileSync(file, `${SECRET}\n`);
    for (const mode of [0o600, 0o400, 0o640, 0o440]) {
      chmodSync(file, mode);
      expect(await read(file)).toBe(SECRET);
    }
    for (const mode of [0o644, 0o604, 0o606, 0o602, 0o620, 0o660, 0o666]) {
      chmodSync(file, mode);
      await expect(read(file), mode.toString(8)).rejects.toThrow(
        /staff-token \(--[\w-]+\) .*other users.*chmod 600/,
      );
    }
  });

  it('says of one that is given when it is not there, or empty', async () => {
    await expect(secretGivenIn(file, '--x')).rejects.toThrow(`--x ${file} cannot be read: ENOENT`);
    await expect(secretGivenIn(folder, '--x')).rejects.toThrow(`--x ${folder} cannot be read: EISDIR`);
    writeFileSync(file, '\n', { mode: 0o600 });
    await expect(secretGivenIn(file, '--x')).rejects.toThrow(`--x ${file} is empty`);
  });
});
