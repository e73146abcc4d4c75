import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentsReached } from '../../src/documents/opening.ts';
import { s3Store } from '../../src/documents/s3.ts';
import {
  type DocumentStore,
  NotStored,
  readAll,
  StoreFull,
  StoreUnavailable,
  TooLarge,
} from '../../src/documents/store.ts';
import { checksOf } from '../../src/health/checks.ts';
import { healthOf } from '../../src/health/health.ts';

/** Documents in a bucket: of a real server where there is one (`.ci/s3`), and of one that is away, silent or full. */

const GATEWAY = 'versitygw';
const isThere = spawnSync(GATEWAY, ['--version'], { stdio: 'ignore' }).status === 0;
const KEYS = {
  AWS_ACCESS_KEY_ID: 'rial',
  AWS_SECRET_ACCESS_KEY: 'rial-secret-rial',
  AWS_REGION: 'us-east-1',
};
const BUCKET = 'rial-documents';

const bytes = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));
const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const kept = async (store: DocumentStore) => (await Readable.from(store.list()).toArray()).sort();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rial-s3-'));
  Object.assign(process.env, KEYS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const storeAt = (url: string, prefix = '', limits = { connectionTimeout: 2_000, socketTimeout: 10_000 }) =>
  s3Store({ bucket: BUCKET, prefix }, path.join(folder, 'incoming'), {
    env: { AWS_ENDPOINT_URL_S3: url },
    limits,
  });
const leftovers = () => readdir(path.join(folder, 'incoming')).catch(() => []);

describe.runIf(isThere)('a bucket of a real S3 server', () => {
  let gateway: ChildProcess;
  let url: string;
  let store: DocumentStore;
  let files: string;
  beforeAll(async () => {
    files = path.join(folder, 'buckets');
    await mkdir(path.join(files, BUCKET), { recursive: true });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    gateway = spawn(
      GATEWAY,
      [
        '--access',
        KEYS.AWS_ACCESS_KEY_ID,
        '--secret',
        KEYS.AWS_SECRET_ACCESS_KEY,
        '--port',
        `127.0.0.1:${port}`,
      ].concat(['--health', '/health', '--quiet', 'posix', '--sidecar', path.join(folder, 'sidecar'), files]),
      { stdio: 'ignore' },
    );
    await mkdir(path.join(folder, 'sidecar'), { recursive: true });
    await answered(`${url}/health`);
  });
  afterAll(async () => {
    gateway.kill();
    await once(gateway, 'exit');
  });
  let nth = 0;
  beforeEach(() => {
    store = storeAt(url, `test-${nth++}/`);
  });

  it('gives back what was put in, by its SHA-256, in the place that it says', async () => {
    const stored = await store.put(bytes('malla ', 'curricular'));
    const hash = sha256('malla curricular');
    expect(stored).toEqual({ sha256: hash, size: 16 });
    expect((await readAll(store, hash)).toString()).toBe('malla curricular');
    expect(await store.size(hash)).toBe(16);
    const file = path.join(files, BUCKET, `test-${nth - 1}`, hash.slice(0, 2), hash);
    expect(await readFile(file, 'utf8')).toBe('malla curricular');
    expect(await leftovers()).toEqual([]);
  });

  it('keeps the same bytes once, and lists what it keeps, page by page', async () => {
    const texts = Array.from({ length: 12 }, (_, n) => `text ${n % 10}`);
    await Promise.all(texts.map((text) => store.put(bytes(text))));
    expect(await kept(store)).toEqual([...new Set(texts)].map(sha256).sort());
  });

  it('deletes what was put before an instant, and nothing that was put again since', async () => {
    const { sha256: hash } = await store.put(bytes('malla'));
    const file = path.join(files, BUCKET, `test-${nth - 1}`, hash.slice(0, 2), hash);
    const now = Date.now();
    const [before, after] = [new Date(now - 60_000), new Date(now + 60_000)];
    expect(await store.delete(hash, before)).toBe(false);
    // Two days later it is put once more: that is when it was put last.
    await utimes(file, now / 1000 - 2 * 86_400, now / 1000 - 2 * 86_400);
    await store.put(bytes('malla'));
    expect(await store.delete(hash, before)).toBe(false);
    expect((await readAll(store, hash)).toString()).toBe('malla');
    // It lies aside for as long once more, and is had from there.
    expect(await store.delete(hash, after)).toBe(false);
    expect((await readAll(store, hash)).toString()).toBe('malla');
    expect([await kept(store), await store.size(hash)]).toEqual([[hash], 5]);
    expect(await store.delete(hash, before)).toBe(false);
    expect(await store.delete(hash, after)).toBe(true);
    expect([await kept(store), await store.size(hash)]).toEqual([[], undefined]);
    expect(await store.delete(hash, after)).toBe(true);
    await expect(store.delete('../secret', after)).rejects.toBeInstanceOf(NotStored);
  });

  it('keeps nothing of what is too large, cut off, or refused by who looks at it', async () => {
    await expect(store.put(bytes('four', 'more'), { limit: 7 })).rejects.toBeInstanceOf(TooLarge);
    async function* cut() {
      yield Buffer.from('a');
      throw new Error('the line was cut');
    }
    await expect(store.put(cut())).rejects.toThrow('the line was cut');
    const inspect = async ({ read }: { read: () => Readable }) => {
      expect((await read().toArray()).join('')).toBe('bad');
      throw new Error('it is bad');
    };
    await expect(store.put(bytes('bad'), { inspect })).rejects.toThrow('it is bad');
    expect([await kept(store), await leftovers()]).toEqual([[], []]);
  });

  it('does not hold what was not put in, nor what has another name than a hash', async () => {
    expect(await store.size(sha256('other'))).toBeUndefined();
    await expect(store.get(sha256('other'))).rejects.toBeInstanceOf(NotStored);
    for (const name of ['../secret', 'a'.repeat(63), `${'a'.repeat(64)}/..`])
      await expect(store.get(name), name).rejects.toBeInstanceOf(NotStored);
  });

  it('streams: 20 MB arrive in pieces and leave in pieces', async () => {
    const piece = Buffer.alloc(64 * 1024, 7);
    const whole = Buffer.concat(Array.from({ length: 320 }, () => piece));
    const stored = await store.put(Readable.from(Array.from({ length: 320 }, () => piece)));
    expect(stored).toEqual({ sha256: sha256(whole), size: whole.length });
    let [largest, size] = [0, 0];
    for await (const chunk of await store.get(stored.sha256)) {
      largest = Math.max(largest, chunk.length);
      size += chunk.length;
    }
    expect(size).toBe(whole.length);
    expect(largest).toBeLessThan(2 * 1024 * 1024);
  });

  it('can be read and written, and keeps nothing of the try', async () => {
    await store.readable();
    await store.writable();
    expect(await kept(store)).toEqual([]);
  });

  it('says so where the bucket is not there, or the key is wrong', async () => {
    const other = s3Store({ bucket: 'no-such-bucket', prefix: '' }, path.join(folder, 'incoming'), {
      env: { AWS_ENDPOINT_URL_S3: url },
    });
    await expect(other.readable()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(other.put(bytes('x'))).rejects.toBeInstanceOf(StoreUnavailable);
    process.env.AWS_SECRET_ACCESS_KEY = 'wrong-secret';
    try {
      await expect(storeAt(url).readable()).rejects.toBeInstanceOf(StoreUnavailable);
    } finally {
      Object.assign(process.env, KEYS);
    }
    expect(await leftovers()).toEqual([]);
  });
});

describe('a bucket whose server', () => {
  const servers: Server[] = [];
  const odd = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is away says so, and loses nothing that it was given', async () => {
    const store = storeAt(`http://127.0.0.1:${await freePort()}`);
    await expect(store.readable()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.get(sha256('x'))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.put(bytes('x'))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await leftovers()).toEqual([]);
  });

  it('deletes what it was told to loses nothing that is put in again at that moment', async () => {
    const objects = new Map<string, { body: Buffer; at: number }>();
    let beforeDeletion = async () => {};
    const store = storeAt(
      await odd(async (request, answer) => {
        const key = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname).slice(
          BUCKET.length + 2,
        );
        const found = objects.get(key);
        const source = request.headers['x-amz-copy-source'];
        const body = Buffer.concat(await request.toArray());
        if (request.method === 'PUT' && source) {
          const copied = objects.get(String(source).slice(BUCKET.length + 1));
          if (copied) objects.set(key, { ...copied, at: Date.now() });
          answer.end('<CopyObjectResult></CopyObjectResult>');
        } else if (request.method === 'PUT') {
          objects.set(key, { body, at: Date.now() });
          answer.end();
        } else if (request.method === 'DELETE') {
          await beforeDeletion();
          objects.delete(key);
          answer.writeHead(204).end();
        } else if (found) {
          const at = new Date(found.at).toUTCString();
          answer.writeHead(200, { 'content-length': found.body.length, 'last-modified': at });
          answer.end(request.method === 'HEAD' ? undefined : found.body);
        } else answer.writeHead(404).end();
      }),
    );
    const { sha256: hash } = await store.put(bytes('malla'));
    const key = `${hash.slice(0, 2)}/${hash}`;
    const agesBy = (days: number) => {
      for (const one of objects.values()) one.at -= days * 86_400_000;
    };
    const weekAgo = () => new Date(Date.now() - 7 * 86_400_000);
    agesBy(8);
    beforeDeletion = async () => {
      beforeDeletion = async () => {};
      await store.put(bytes('malla'));
    };
    expect(await store.delete(hash, weekAgo())).toBe(false);
    // The object that was put in since is gone with the one before, and is had all the same.
    expect(objects.has(key)).toBe(false);
    expect((await readAll(store, hash)).toString()).toBe('malla');
    expect(await store.size(hash)).toBe(5);
    // Put in after that it is there by itself; and whatever nobody put in again goes once it has lain aside as long.
    agesBy(3);
    await store.put(bytes('malla'));
    agesBy(5);
    expect(await store.delete(hash, weekAgo())).toBe(false);
    expect(objects.has(key)).toBe(true);
    agesBy(3);
    expect(await store.delete(hash, weekAgo())).toBe(false);
    expect(await store.delete(hash, weekAgo())).toBe(false);
    agesBy(8);
    expect(await store.delete(hash, weekAgo())).toBe(true);
    expect(objects.size).toBe(0);
    await expect(store.get(hash)).rejects.toBeInstanceOf(NotStored);
  });

  it('is away at a start holds up nothing, which is said; once it is there all can be read again', async () => {
    const port = await freePort();
    const said = Promise.withResolvers<string>();
    process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${port}`;
    try {
      const waiting = { seconds: 0, say: said.resolve, stopping: new AbortController().signal };
      const documents = await documentsReached({ folder, s3: { bucket: BUCKET, prefix: '' } }, waiting);
      expect(await said.promise).toMatch(
        /^The store of documents \(--documents\) does not answer: .*ECONNREFUSED/,
      );
      const checks = checksOf({ documents, temporal: {} } as Parameters<typeof checksOf>[0]).filter(
        ({ name }) => name.startsWith('documents-'),
      );
      const health = healthOf(checks.map((check) => ({ ...check, restMs: 0 })));
      expect((await health.look()).map(({ check, ok }) => [check, ok])).toEqual([
        ['documents-read', false],
        ['documents-write', false],
      ]);
      const back = createServer((_, answer) => {
        answer
          .writeHead(200, { 'content-type': 'application/xml' })
          .end('<ListBucketResult></ListBucketResult>');
      }).listen(port, '127.0.0.1');
      servers.push(back);
      await once(back, 'listening');
      expect((await health.look()).filter(({ ok }) => !ok)).toEqual([]);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_S3;
    }
  });

  it('says nothing is not waited for without end', async () => {
    const store = storeAt(await odd(() => {}), '', { connectionTimeout: 200, socketTimeout: 200 });
    await expect(store.readable()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('is full says so', async () => {
    const store = storeAt(
      await odd(({ method }, answer) => {
        answer.writeHead(method === 'HEAD' ? 404 : 507, { 'content-type': 'application/xml' });
        answer.end(method === 'HEAD' ? '' : '<Error><Code>InsufficientStorage</Code></Error>');
      }),
    );
    await expect(store.put(bytes('x'))).rejects.toBeInstanceOf(StoreFull);
    await expect(store.writable()).rejects.toBeInstanceOf(StoreFull);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answered(url: string): Promise<void> {
  for (;;) {
    const well = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (well) return;
    await delay(50);
  }
}
