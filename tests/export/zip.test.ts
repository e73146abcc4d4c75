import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/documents/memory.ts';
import { type DocumentStore, NotStored } from '../../src/documents/store.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { zippedDocuments } from '../../src/export/zip.ts';
import { caseOf, document, sha256 } from '../cli/cases.ts';

const DATE = new Date('2021-07-01T12:00:00Z');

const view = (given: Partial<CaseView> = {}): CaseView =>
  caseOf({
    documents: [
      document('%PDF marco'),
      document('video', { document: 'doc-2', file: 'documents/doc-2-v1-Guía (ñ).mp4' }),
    ],
    ...given,
  });

async function stored(...texts: string[]): Promise<DocumentStore> {
  const store = memoryStore();
  for (const text of texts) await store.put(Readable.from([Buffer.from(text)]));
  return store;
}
const ALL = ['%PDF marco', 'video'];

describe('documents as a ZIP', () => {
  test('has every version under its name, the same bytes each time', async () => {
    const documents = await stored(...ALL);
    const bytes = await buffer(await zippedDocuments(view(), documents, DATE));
    const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
    expect(Object.keys(zip.files)).toEqual([
      'documents/doc-1-v1-marco-legal.pdf',
      'documents/doc-2-v1-Guía (ñ).mp4',
    ]);
    expect(await zip.file('documents/doc-2-v1-Guía (ñ).mp4')?.async('string')).toBe('video');
    expect((await buffer(await zippedDocuments(view(), documents, DATE))).equals(bytes)).toBe(true);
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
    await expect(zippedDocuments(wrong, documents, DATE)).rejects.toThrow('no place in an export');
  });

  test('is not begun where a document is not there', async () => {
    const documents = await stored(...ALL.slice(1));
    await expect(zippedDocuments(view(), documents, DATE)).rejects.toThrow(NotStored);
  });

  test('breaks off where the bytes are not those of the case file', async () => {
    const store = await stored(...ALL);
    const documents: DocumentStore = {
      ...store,
      get: async (hash) =>
        hash === sha256('video') ? Readable.from([Buffer.from('other')]) : store.get(hash),
    };
    const zip = await zippedDocuments(view(), documents, DATE);
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
      for await (const _ of await zippedDocuments(view(), documents, DATE))
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
      view: view({ documents: Array.from({ length: count }, (_, n) => entry(n)) }),
      bytes: CHUNK.byteLength * CHUNKS * count,
      open: () => ({ open, most }),
    };
  }

  test('holds one document open at a time, and none in memory', async () => {
    const { documents, view: many, bytes, open } = large(15);
    const before = process.memoryUsage().rss;
    let size = 0;
    let peak = 0;
    for await (const chunk of await zippedDocuments(many, documents, DATE)) {
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
    const zip = await zippedDocuments(many, documents, DATE);
    zip.destroy();
    await new Promise((resolve) => zip.once('close', resolve));
    expect(open()).toEqual({ open: 0, most: 0 });
  });

  test('closes what is open when its reader goes away', async () => {
    const { documents, view: many, open } = large(3);
    const zip = await zippedDocuments(many, documents, DATE);
    for await (const _ of zip) if (open().open > 0) break;
    await expect.poll(() => open().open).toBe(0);
  });
});
