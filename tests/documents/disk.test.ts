import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskStore } from '../../src/documents/disk.ts';
import { type Arrival, NotStored, readAll, StoreFull, TooLarge } from '../../src/documents/store.ts';

describe('the document store on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const bytes = (text: string) => Readable.from([Buffer.from(text)]);
  const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
  const kept = async (store: ReturnType<typeof diskStore>) => {
    const hashes: string[] = [];
    for await (const hash of store.list()) hashes.push(hash);
    return hashes;
  };
  const leftovers = () => readdir(path.join(folder, 'incoming')).catch(() => []);

  it('gives back what was put in, by its SHA-256', async () => {
    const store = diskStore(folder);
    const stored = await store.put(bytes('malla curricular'));
    expect(stored).toEqual({ sha256: sha256('malla curricular'), size: 16 });
    expect((await readAll(store, stored.sha256)).toString()).toBe('malla curricular');
    expect(await store.size(stored.sha256)).toBe(16);
  });

  it.each(['ENOSPC', 'EDQUOT'])(
    'says that it is full where the disk says %s, and keeps nothing',
    async (code) => {
      const store = diskStore(folder);
      async function* cut() {
        yield Buffer.from('a');
        throw Object.assign(new Error('write'), { code });
      }
      await expect(store.put(cut())).rejects.toBeInstanceOf(StoreFull);
      expect([await kept(store), await leftovers()]).toEqual([[], []]);
    },
  );

  it('removes what was left on its way by a process that was killed, and nothing that still comes', async () => {
    const incoming = path.join(folder, 'incoming');
    await mkdir(incoming);
    for (const name of ['left', 'coming']) await writeFile(path.join(incoming, name), 'x');
    const yesterday = Date.now() / 1000 - 25 * 3600;
    await utimes(path.join(incoming, 'left'), yesterday, yesterday);
    await diskStore(folder).put(bytes('a'));
    expect(await leftovers()).toEqual(['coming']);
  });

  it('deletes what was put before an instant, and nothing that was put again since', async () => {
    const store = diskStore(folder);
    const { sha256: hash } = await store.put(bytes('a'));
    const place = path.join(folder, hash.slice(0, 2), hash);
    const now = Date.now();
    const [before, after] = [new Date(now - 60_000), new Date(now + 60_000)];
    expect(await store.delete(hash, before)).toBe(false);
    expect((await readAll(store, hash)).toString()).toBe('a');
    await utimes(place, now / 1000 - 3600, now / 1000 - 3600);
    await store.put(bytes('a'));
    expect(await store.delete(hash, before)).toBe(false);
    expect((await readAll(store, hash)).toString()).toBe('a');
    expect(await store.delete(hash, after)).toBe(true);
    expect([await kept(store), await leftovers(), await store.size(hash)]).toEqual([[], [], undefined]);
    expect(await store.delete(hash, after)).toBe(true);
    await expect(store.delete('../secret', after)).rejects.toBeInstanceOf(NotStored);
  });

  it('keeps the same bytes once', async () => {
    const store = diskStore(folder);
    await Promise.all([store.put(bytes('a')), store.put(bytes('a')), store.put(bytes('b'))]);
    expect((await kept(store)).sort()).toEqual([sha256('a'), sha256('b')].sort());
    expect(await leftovers()).toEqual([]);
  });

  it('streams: 20 MB arrive in pieces and leave in pieces', async () => {
    const store = diskStore(folder);
    const piece = Buffer.alloc(64 * 1024, 7);
    const hash = createHash('sha256');
    async function* pieces() {
      for (let n = 0; n < 320; n++) {
        hash.update(piece);
        yield piece;
      }
    }
    const stored = await store.put(pieces());
    expect(stored).toEqual({ sha256: hash.digest('hex'), size: 320 * piece.length });
    let largest = 0;
    for await (const chunk of await store.get(stored.sha256)) largest = Math.max(largest, chunk.length);
    expect(largest).toBeLessThan(1024 * 1024);
  });

  it('stops at its limit and keeps nothing', async () => {
    const store = diskStore(folder);
    let given = 0;
    async function* endless() {
      for (;;) {
        given++;
        yield Buffer.alloc(1000);
      }
    }
    await expect(store.put(endless(), { limit: 5000 })).rejects.toThrow(TooLarge);
    expect(given).toBeLessThan(10);
    expect(await kept(store)).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  it('keeps nothing of what is refused on inspection, or breaks off', async () => {
    const store = diskStore(folder);
    let seen = '';
    const inspect = async ({ read }: Arrival) => {
      for await (const chunk of read()) seen += chunk;
      throw new Error('refused');
    };
    await expect(store.put(bytes('virus'), { inspect })).rejects.toThrow('refused');
    expect(seen).toBe('virus');
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('the line broke');
    }
    await expect(store.put(broken())).rejects.toThrow('the line broke');
    expect(await kept(store)).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  it('has nothing under what is no hash, whatever it looks like', async () => {
    const store = diskStore(folder);
    await store.put(bytes('x'));
    for (const name of ['../../etc/passwd', 'f'.repeat(63), `${'f'.repeat(63)}G`, '', 'f'.repeat(64)])
      await expect(store.get(name)).rejects.toThrow(NotStored);
  });

  it('still has it all when it is opened again', async () => {
    const { sha256: hash } = await diskStore(folder).put(bytes('ficha'));
    expect(await kept(diskStore(folder))).toEqual([hash]);
  });
});
