import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/documents/memory.ts';
import { type DocumentStore, NotStored } from '../../src/documents/store.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { TooMuch, zippedCase } from '../../src/export/zip.ts';
import { caseOf, document, mail, sha256 } from '../cli/cases.ts';

const DATE = new Date('2021-07-01T12:00:00Z');
const MAIL = 'Subject: uno\r\n\r\n';
const TOKEN = '0123456789abcdef'.repeat(3);
const LINKED = `Subject: dos\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhttps://site.example/r/${TOKEN}\r\n`;

const view = (given: Partial<CaseView> = {}): CaseView =>
  caseOf({
    documents: [
      document('%PDF marco'),
      document('video', { document: 'doc-2', file: 'documents/doc-2-v1-Guía (ñ).mp4' }),
    ],
    mails: [mail(MAIL), mail(LINKED, { file: 'mail/0002-agenda-oas-1.eml' })],
    workflows: [
      { id: 'cooperation/14-per-chl', file: 'histories/cooperation.json' },
      { id: 'cooperation/14-per-chl/final-report', file: 'histories/final-report.json' },
    ],
    ...given,
  });

async function stored(...texts: string[]): Promise<DocumentStore> {
  const store = memoryStore();
  for (const text of texts) await store.put(Readable.from([Buffer.from(text)]));
  return store;
}
const ALL = ['%PDF marco', 'video', MAIL, LINKED];
const history = async (scope: string) => (scope === 'cooperation' ? '{"events":[]}' : undefined);

describe('a case as a ZIP', () => {
  test('has the case, its mails without what lets people in, its documents and its histories', async () => {
    const documents = await stored(...ALL);
    const standing = view();
    const zip = await JSZip.loadAsync(
      await buffer(await zippedCase(standing, { documents, history }, DATE)),
      {
        checkCRC32: true,
      },
    );
    expect(Object.keys(zip.files).sort()).toEqual(
      [
        'case.json',
        'documents/doc-1-v1-marco-legal.pdf',
        'documents/doc-2-v1-Guía (ñ).mp4',
        'histories/cooperation.json',
        'mail/0001-approve-programme-chl-mtps-2.eml',
        'mail/0002-agenda-oas-1.eml',
      ].sort(),
    );
    const text = (name: string) => zip.file(name)?.async('string');
    expect(await text('case.json')).toBe(`${JSON.stringify(standing, null, 2)}\n`);
    expect(await text('documents/doc-2-v1-Guía (ñ).mp4')).toBe('video');
    expect(await text('mail/0001-approve-programme-chl-mtps-2.eml')).toBe(MAIL);
    const linked = (await text('mail/0002-agenda-oas-1.eml')) ?? '';
    expect(linked).toContain('https://site.example/r/');
    expect(linked).not.toContain(TOKEN.slice(0, 8));
    expect(await text('histories/cooperation.json')).toBe('{"events":[]}');
  });

  test.each([
    ['documents/../../../etc/passwd'],
    ['/etc/passwd'],
    ['documents/a\\..\\b.pdf'],
    ['documents/C:evil.pdf'],
    ['documents/\u202efdp.exe'],
  ])('takes no name like %j', async (file) => {
    const documents = await stored(...ALL);
    const wrong = view({ documents: [document('%PDF marco', { file })] });
    await expect(zippedCase(wrong, { documents, history }, DATE)).rejects.toThrow('no place in an export');
  });

  test('is not begun where a document is not there, or a history cannot be read', async () => {
    const documents = await stored(...ALL.slice(1));
    await expect(zippedCase(view(), { documents, history }, DATE)).rejects.toThrow(NotStored);
    const away = async () => {
      throw new Error('away');
    };
    await expect(
      zippedCase(view(), { documents: await stored(...ALL), history: away }, DATE),
    ).rejects.toThrow('away');
    const large = { ...(await stored(...ALL)), size: async () => 3_000_000_000 };
    await expect(zippedCase(view(), { documents: large, history }, DATE)).rejects.toThrow(TooMuch);
  });

  test('breaks off where the bytes are not those of the case file', async () => {
    const store = await stored(...ALL);
    const documents: DocumentStore = {
      ...store,
      get: async (hash) =>
        hash === sha256('video') ? Readable.from([Buffer.from('other')]) : store.get(hash),
    };
    const zip = await zippedCase(view(), { documents, history }, DATE);
    await expect(buffer(zip)).rejects.toThrow('doc-2');
  });

  test('breaks off, and does not wait for ever, where a document cannot be read to its end', async () => {
    const store = await stored(...ALL);
    const failing = async function* () {
      for (let i = 0; i < 200; i++) yield Buffer.alloc(64 * 1024);
      throw new Error('the disk is gone');
    };
    const documents: DocumentStore = { ...store, get: async () => Readable.from(failing()) };
    const slowly = async () => {
      for await (const _ of await zippedCase(view({ mails: [] }), { documents, history }, DATE))
        await new Promise((resolve) => setImmediate(resolve));
    };
    await expect(slowly()).rejects.toThrow('the disk is gone');
  });

  /** Large documents, made as they are read. */
  function large(count: number) {
    const CHUNK = Buffer.alloc(64 * 1024, 7);
    const CHUNKS = 320;
    const hash = createHash('sha256');
    for (let i = 0; i < CHUNKS; i++) hash.update(CHUNK);
    const sha = hash.digest('hex');
    let open = 0;
    let most = 0;
    const documents: DocumentStore = {
      ...memoryStore(),
      size: async () => CHUNK.byteLength * CHUNKS,
      get: async () =>
        Readable.from(
          (async function* () {
            most = Math.max(most, ++open);
            try {
              for (let i = 0; i < CHUNKS; i++) yield CHUNK;
            } finally {
              open--;
            }
          })(),
        ),
    };
    const entry = (n: number) =>
      document('x', { document: `doc-${n}`, sha256: sha, file: `documents/doc-${n}-v1-x.mp4` });
    return {
      documents,
      view: view({ mails: [], documents: Array.from({ length: count }, (_, n) => entry(n)) }),
      bytes: CHUNK.byteLength * CHUNKS * count,
      open: () => ({ open, most }),
    };
  }

  test('holds one document open at a time, and none in memory', async () => {
    const { documents, view: many, bytes, open } = large(15);
    const before = process.memoryUsage().rss;
    let size = 0;
    let peak = 0;
    for await (const chunk of await zippedCase(many, { documents, history }, DATE)) {
      size += chunk.byteLength;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(bytes).toBeGreaterThan(300_000_000);
    expect(size).toBeGreaterThan(bytes);
    expect(open()).toEqual({ open: 0, most: 1 });
    expect((peak - before) / 1e6).toBeLessThan(150);
  });

  test('opens nothing before it is read', async () => {
    const { documents, view: many, open } = large(3);
    const zip = await zippedCase(many, { documents, history }, DATE);
    zip.destroy();
    await new Promise((resolve) => zip.once('close', resolve));
    expect(open()).toEqual({ open: 0, most: 0 });
  });

  test('closes what is open when its reader goes away', async () => {
    const { documents, view: many, open } = large(3);
    const zip = await zippedCase(many, { documents, history }, DATE);
    for await (const _ of zip) if (open().open > 0) break;
    await expect.poll(() => open().open).toBe(0);
  });
});
