import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import pg from 'pg';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { s3Store } from '../../src/documents/s3.ts';
import { greet } from '../../src/mail/transport.ts';
import { encryptAsRecommended, encryptionAt, RECOMMENDED } from '../../src/process/encryption.ts';

/** What is encrypted as nobody recommends it any more: we hand it nothing, and say so where our own address is. */

let pem: { key: string; cert: string };
const closing: (() => void)[] = [];
beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }]);
  pem = { key: made.private, cert: made.cert };
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Something that speaks TLS so, also as a Postgres does, and what came of those who came. */
async function speaking(options: tls.SecureContextOptions): Promise<{ port: number; came: string[] }> {
  const came: string[] = [];
  const sockets: Socket[] = [];
  const secureContext = tls.createSecureContext({ ...pem, ...options });
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    const encrypted = () => {
      const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
      secure
        .on('secure', () => came.push('in'))
        .on('error', ({ code }: NodeJS.ErrnoException) => came.push(`${code}`));
      secure.resume();
    };
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (first?.[0] === 0) {
        socket.write('S');
        return encrypted();
      }
      if (first) socket.unshift(first);
      encrypted();
    });
  }).listen(0, 'localhost');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, came };
}

const OLD = [
  ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }, /PROTOCOL|VERSION/],
  [
    'a cipher without keys of the moment',
    { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA:AES128-GCM-SHA256:@SECLEVEL=0' },
    /NO_SHARED_CIPHER/,
  ],
] as const;

describe('a server that offers nothing but', () => {
  const had = { min: tls.DEFAULT_MIN_VERSION, ciphers: tls.DEFAULT_CIPHERS };
  beforeAll(() => {
    encryptAsRecommended();
    Object.assign(process.env, {
      ...{ AWS_ACCESS_KEY_ID: 'rial', AWS_SECRET_ACCESS_KEY: 'rial-secret-rial', AWS_REGION: 'us-east-1' },
    });
  });
  afterAll(() => {
    tls.DEFAULT_MIN_VERSION = had.min;
    tls.DEFAULT_CIPHERS = had.ciphers;
  });
  const reaching: [string, (port: number) => Promise<unknown>][] = [
    [
      'a database',
      (port) => new pg.Client(`postgres://rial@localhost:${port}/rial?sslmode=require`).connect(),
    ],
    ['a mail server', (port) => greet({ host: 'localhost', port, secure: true, requireTLS: false })],
    [
      'a bucket',
      (port) =>
        s3Store({ bucket: 'rial-documents', prefix: '' }, '/nonexistent', {
          env: { AWS_ENDPOINT_URL_S3: `https://localhost:${port}` },
        }).readable(),
    ],
    ['a provider', (port) => fetch(`https://localhost:${port}`)],
    [
      'Temporal',
      (port) => Connection.connect({ address: `localhost:${port}`, tls: true, connectTimeout: 2_000 }),
    ],
    [
      'Temporal, of the worker',
      (port) => NativeConnection.connect({ address: `localhost:${port}`, tls: true }),
    ],
  ];
  it.each(
    OLD.flatMap(([what, options, why]) =>
      reaching.map(([whom, reach]) => [what, whom, options, why, reach] as const),
    ),
  )('%s is not spoken to, be it %s', async (_, __, options, why, reach) => {
    const { port, came } = await speaking(options);
    await expect(reach(port)).rejects.toThrow();
    expect(came.length).toBeGreaterThan(0);
    for (const one of came) expect(one).toMatch(why);
  });
});

describe('our own address', () => {
  const look = async (
    options: tls.SecureContextOptions,
    given: Parameters<typeof encryptionAt>[1] = { ca: pem.cert },
  ) => encryptionAt(`https://localhost:${(await speaking(options)).port}`, given);

  it('is well as it is recommended', async () => {
    expect(await look(RECOMMENDED)).toBeUndefined();
  });

  it('is ill with a certificate that nobody vouches for, is another’s, or is soon over', async () => {
    expect(await look(RECOMMENDED, {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    const later = Date.now() + 360 * 24 * 60 * 60 * 1000;
    expect(await look(RECOMMENDED, { ca: pem.cert, now: () => later })).toBe('expires-soon');
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'another.example' }]);
    expect(await look({ ...RECOMMENDED, key, cert }, { ca: cert })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is ill where what is old is taken, too, or the newest is not', async () => {
    expect(await look({ maxVersion: 'TLSv1.2' })).toBe('old-tls');
    expect(await look({ minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' })).toBe('old-tls');
    expect(await look({ minVersion: 'TLSv1.2', ciphers: `${RECOMMENDED.ciphers}:AES256-SHA` })).toBe(
      'weak-ciphers',
    );
  });

  it('is not judged where it cannot be reached from here', async () => {
    const { port } = await speaking(RECOMMENDED);
    for (const close of closing.splice(0)) close();
    expect(await encryptionAt(`https://localhost:${port}`)).toBeUndefined();
  });
});
