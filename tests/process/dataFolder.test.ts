import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataFolder } from '../../src/process/dataFolder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial data '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (): string => (statSync(folder).mode & 0o777).toString(8);

it.each([
  ['an empty folder', []],
  ['a disk of its own', ['lost+found']],
  ['one that was used before', ['staff-token', 'logs']],
])('%s is shut to other users', async (_, names) => {
  chmodSync(folder, 0o755);
  for (const name of names) mkdirSync(path.join(folder, name));
  const opened = await openDataFolder(folder);
  expect(modeOf()).toBe('700');
  opened.release();
});

it('a folder that has other things in it, which others read, is left as it is', async () => {
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, 'letter.txt'), 'Estimada Ana');
  await expect(openDataFolder(folder)).rejects.toThrow(/other things in it.*--data.*chmod 700/);
  expect(modeOf()).toBe('755');
  expect(readdirSync(folder)).toEqual(['letter.txt']);
});

it('a folder of before, with a database that is not read any more, is left as it is, with what to do', async () => {
  mkdirSync(path.join(folder, 'case-file'));
  await expect(openDataFolder(folder)).rejects.toThrow(/earlier version.*rial export.*another folder/s);
  expect(readdirSync(folder)).toEqual(['case-file']);
});

it('refuses a folder that others may have written to, and changes nothing of it', async () => {
  for (const mode of [0o770, 0o777]) {
    writeFileSync(path.join(folder, 'staff-token'), 'x');
    chmodSync(folder, mode);
    await expect(openDataFolder(folder)).rejects.toThrow(/written to by other users.*chmod 700/);
    expect(modeOf()).toBe(mode.toString(8));
  }
});

it('a process has the folder until it ends: also while it is frozen, and no longer once it was killed', async () => {
  const module = new URL('../../src/process/dataFolder.ts', import.meta.url).href;
  const holder = spawn(process.execPath, [
    ...['--input-type=module', '--eval'],
    `const { openDataFolder } = await import(${JSON.stringify(module)});
    await openDataFolder(${JSON.stringify(folder)});
    console.log('open');
    setInterval(() => {}, 1_000);`,
  ]);
  await once(holder.stdout, 'data');
  holder.kill('SIGSTOP');
  await expect(openDataFolder(folder)).rejects.toThrow(/in use by another process/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  (await openDataFolder(folder)).release();
  await expect(openDataFolder(folder)).resolves.toBeDefined();
});
