import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import JSZip from 'jszip';
import pino from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import { cleanPicture } from '../../src/documents/picture.ts';
import { type InspectionApart, inspectionApart } from '../../src/inspection/apart.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { shippedTemplate } from '../../src/publications/word.ts';
import { asFiled, peruChile } from '../publications/fixtures/versions.ts';
import { templateWith } from '../publications/templateWith.ts';
import { wordFile } from '../support/library.ts';
import { JPEG } from '../support/pictures.ts';
import { exampleSource } from '../support/programme.ts';

/** Files are looked at in processes of their own: what one of them may take, and what this process has of it. */

vi.setConfig({ testTimeout: 60_000 });

let inspection: InspectionApart | undefined;
afterEach(() => inspection?.stop());
type Options = Omit<Parameters<typeof inspectionApart>[0], 'log'>;
const apart = (options: Options = {}) => {
  inspection = inspectionApart({ log: pino({ level: 'silent' }), ...options });
  return inspection;
};
const held = (bytes: string | Uint8Array) => ({ read: () => Readable.from([Buffer.from(bytes)]) });
/** A megabyte in which every character is a mistake: half a minute of work. */
const ENDLESS = '}'.repeat(980_000);
const childrenOf = (pid: number) =>
  execFileSync('ps', ['--ppid', String(pid), '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('inspection'));

it('takes a file, refuses one with its reason, and asks the same process again', async () => {
  const { document, programme } = apart();
  await document('a.txt', held('hola'));
  const [first] = childrenOf(process.pid);
  expect(first).toBeDefined();
  await expect(document('a.csv', held('=1+1'))).rejects.toMatchObject({
    refusal: { code: 'DocumentRefused', why: 'formula' },
  });
  expect(await programme(exampleSource())).toHaveProperty('programme.id', '14-per-chl');
  expect(await programme('id: 1', 'correction')).toHaveProperty('mistakes');
  expect(childrenOf(process.pid)).toEqual([first]);
});

it('writes a picture anew, and refuses one with its reason', async () => {
  const { picture } = apart();
  expect(await picture(held(JPEG))).toEqual(cleanPicture(JPEG));
  for (const [bytes, why] of [
    ['<svg/>', 'logo'],
    [JPEG.subarray(0, -2), 'damaged'],
  ] as const)
    await expect(picture(held(bytes))).rejects.toMatchObject({ refusal: { code: 'DocumentRefused', why } });
});

it('fills a template with the example, and tells what is wrong in one', async () => {
  const { template } = apart();
  expect(await template('programme', held(await shippedTemplate('programme')))).toEqual([]);
  expect(await template('programme', held(await templateWith('{frame}', '{frme}')))).toMatchObject([
    { code: 'unknown', name: 'frme', meant: 'frame' },
  ]);
  // Not a Word file, which `document` has refused before.
  await expect(template('programme', held('no'))).rejects.toMatchObject({
    refusal: { code: 'InspectionUnavailable' },
  });
});

it('refuses a template that took much processor, though it came through', async () => {
  const { template } = apart({ limits: { templateUsedMs: 1 } });
  await expect(template('programme', held(await shippedTemplate('programme')))).rejects.toMatchObject({
    refusal: { code: 'DocumentRefused', why: 'exhausting' },
  });
});

it('ends one that takes too long, refuses its file, and takes the next', async () => {
  const { programme, document } = apart({ limits: { programmeMs: 1_000, programmeUsedMs: 600_000 } });
  await programme(exampleSource());
  expect(await programme(ENDLESS)).toEqual({
    mistakes: [expect.objectContaining({ code: 'FileExhausting' })],
  });
  expect(childrenOf(process.pid)).toEqual([]);
  await expect(document('a.txt', held('hola'))).resolves.toBeUndefined();
});

it('compares two Word files, and says nothing of one that takes too long or is none', async () => {
  const word = async (text: string) => {
    const zip = new JSZip();
    const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    zip.file(
      'word/document.xml',
      `<w:document ${space}><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
    );
    return held(await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
  };
  const { wordChanges } = apart({ limits: { documentMs: 1_500 } });
  expect(await wordChanges(await word('Uno'), await word('Dos'))).toEqual({
    removed: ['Uno'],
    added: ['Dos'],
    more: 0,
  });
  expect(await wordChanges(held('hola'), await word('Dos'))).toBeUndefined();
  const never = { read: () => Readable.from([]), file: '/dev/zero' };
  expect(await wordChanges(never, await word('Dos'))).toBeUndefined();
});

it('reads Word files and PDF, and says nothing of what takes too long or has no text', async () => {
  const { text } = apart({ limits: { documentMs: 20_000 } });
  const word = await wordFile(['Diálogo social', 'Con un fondo']);
  const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  expect(await text(WORD, held(word))).toEqual(['Diálogo social', 'Con un fondo']);
  const { pdf } = await renderProgramme(asFiled(peruChile()));
  expect((await text('application/pdf', held(pdf)))?.join('\n')).toContain('Escuelas de Formación Sindical');
  for (const broken of ['%PDF-1.7 nothing', 'hola', ''])
    for (const mediaType of [WORD, 'application/pdf'])
      expect(await text(mediaType, held(broken))).toBeUndefined();
  const hasty = apart({ limits: { documentMs: 500 } });
  expect(await hasty.text(WORD, { read: () => Readable.from([]), file: '/dev/zero' })).toBeUndefined();
});

it('refuses a programme file that took much processor, though it came through', async () => {
  const { programme } = apart({ limits: { programmeUsedMs: 1 } });
  expect(await programme(exampleSource())).toEqual({
    mistakes: [expect.objectContaining({ code: 'FileExhausting' })],
  });
});

it('holds a process to its memory', async () => {
  const { programme } = apart({ limits: { memoryMB: 80, programmeMs: 55_000, programmeUsedMs: 600_000 } });
  const keys = Array.from({ length: 90_000 }, (_, i) => `k${i}: &x${i} [${i}]`)
    .join('\n')
    .slice(0, 999_000);
  expect(await programme(keys)).toEqual({ mistakes: [expect.objectContaining({ code: 'FileExhausting' })] });
});

it('leaves this process its time', async () => {
  const { programme } = apart({ limits: { programmeMs: 1_000 } });
  await programme(exampleSource());
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await programme(ENDLESS);
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(500);
});

it('lets so many in at a time, and so many wait', async () => {
  const { programme } = apart({ most: 1, mostWaiting: 1, limits: { programmeMs: 1_000 } });
  const looks = [programme(ENDLESS), programme(exampleSource())];
  await expect(programme(exampleSource())).rejects.toMatchObject({
    refusal: { code: 'InspectionUnavailable' },
  });
  expect((await Promise.all(looks))[1]).toHaveProperty('programme');
});

it('gives its processes nothing of the environment, and lets them write nothing and start nothing', async () => {
  const zip = new JSZip();
  zip.file('a', 'b');
  const { document } = apart();
  await expect(document('a.docx', held(await zip.generateAsync({ type: 'uint8array' })))).rejects.toThrow();
  const [line = ''] = childrenOf(process.pid);
  expect(line).toContain('--permission');
  expect(line).not.toMatch(/allow-(fs-write|child-process|worker|addons)/);
  const pid = line.trim().split(' ')[0];
  const environment = execFileSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8' }).split('\0');
  expect(environment.filter((one) => !/^(TZ|PWD|OLDPWD|SHLVL|_|NODE_CHANNEL_\w+)=|^$/.test(one))).toEqual([]);
});

it('lets nobody wait for ever where no process can be started', async () => {
  const { stop } = apart();
  await stop();
  const broken = inspectionApart({ log: pino({ level: 'silent' }), limits: { memoryMB: -500 } });
  await expect(broken.document('a.txt', held('hola'))).rejects.toMatchObject({
    refusal: { code: 'InspectionUnavailable' },
  });
});

it('checks a bundle, and gives up one that takes too long', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-apart-'));
  const file = path.join(folder, 'none.zip');
  await writeFile(file, 'no ZIP');
  const { bundle } = apart();
  expect((await bundle(file)).findings).toEqual([{ code: 'unreadable' }]);
  await mkdir(path.join(folder, 'data'));
  await symlink('/etc/passwd', path.join(folder, 'data', 'link'));
  await writeFile(path.join(folder, 'bagit.txt'), '');
  expect((await bundle(folder)).findings).toContainEqual({ code: 'name-link', file: 'data/link' });
  // A file without an end, where it is looked for by its hash.
  await truncate(file, 40_000_000_000);
  await rename(file, path.join(folder, 'data', 'endless'));
  const hasty = apart({ limits: { documentMs: 1_000 } });
  expect((await hasty.bundle(folder)).findings).toEqual([{ code: 'exhausting' }]);
  await rm(folder, { recursive: true });
});
