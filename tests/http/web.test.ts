import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import { sameOrigins } from '../../src/domain/thisMachine.ts';
import { webOf } from '../../src/http/web.ts';
import { configFrom } from '../../src/process/config.ts';
import { refuseUnsafe } from '../../src/runtime/safety.ts';

const web = (url: string, given: { ip?: string; proxies?: number } = {}) => {
  const warned: unknown[] = [];
  const log = { warn: (...told: unknown[]) => void warned.push(told) };
  const app = webOf({ url, ip: '127.0.0.1', port: 8080, proxies: 0, log, ...given });
  for (const path of ['/', '/api/health', '/mailbox', '/livez']) app.get(path, (c) => c.text(path));
  app.get('/own', (c) =>
    c.body('', 200, { 'content-security-policy': "default-src 'self'", 'cache-control': 'private' }),
  );
  const ask = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
  return { ask, warned };
};

describe('the host', () => {
  it.each([
    ['http://127.0.0.1:8080', '127.0.0.1:8080', 200],
    ['http://127.0.0.1:8080', 'localhost:8080', 200],
    ['http://127.0.0.1:8080', '[::1]:8080', 200],
    ['http://127.0.0.1:8080', 'LOCALHOST:8080', 200],
    ['http://127.0.0.1:8080', 'evil.example:8080', 421],
    ['http://127.0.0.1:8080', 'localhost:9090', 421],
    ['https://coop.oas.example', 'coop.oas.example', 200],
    ['https://coop.oas.example', 'coop.oas.example:443', 200],
    // As a proxy asks that hands no name on.
    ['https://coop.oas.example', '127.0.0.1:8080', 200],
    ['https://coop.oas.example', 'coop.oas.example.evil.example', 421],
    ['https://coop.oas.example', 'not a host', 421],
  ])('of %s: %s is answered with %i, on pages, the API and the mailbox', async (url, host, status) => {
    for (const path of ['/', '/api/health', '/mailbox'])
      expect((await web(url).ask(path, { host })).status).toBe(status);
    // Probes ask by number.
    expect((await web(url).ask('/livez', { host: '10.0.0.7:8080' })).status).toBe(200);
  });

  it('of this machine has several names that are one origin; any other has one', () => {
    expect(sameOrigins('http://127.0.0.1:8080')).toContain('http://localhost:8080');
    expect(sameOrigins('http://localhost:8080')).toContain('http://127.0.0.1:8080');
    expect(sameOrigins('https://coop.oas.example')).toEqual(['https://coop.oas.example']);
  });
});

describe('the headers', () => {
  it('say all that a part leaves unsaid, and nothing that it says', async () => {
    const { headers } = await web('https://coop.oas.example').ask('/api/health', {
      host: 'coop.oas.example',
    });
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
    const own = await web('http://127.0.0.1:8080').ask('/own', { host: 'localhost:8080' });
    expect(own.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(own.headers.get('cache-control')).toBe('private');
    expect(own.headers.get('strict-transport-security')).toBeNull();
  });
});

it('answers no TRACE, nor another method that nothing here has, on no route', async () => {
  const app = webOf({
    url: 'http://127.0.0.1:8080',
    ip: '127.0.0.1',
    port: 8080,
    proxies: 0,
    log: { warn() {} },
  });
  // One that would take any.
  app.all('/any', (c) => c.text(c.req.header('x-secret') ?? ''));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;
  const ask = (method: string, path: string) =>
    new Promise<[number | undefined, string]>((resolve, reject) => {
      const headers = { host: '127.0.0.1:8080', 'x-secret': 'of-the-proxy' };
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve([response.statusCode, text]));
      });
      asked.on('error', reject).end();
    });
  try {
    expect(await ask('GET', '/any')).toEqual([200, 'of-the-proxy']);
    for (const method of ['TRACE', 'PROPFIND', 'PATCH', 'DELETE'])
      for (const path of ['/any', '/', '/api/health'])
        expect(await ask(method, path), method).toEqual([405, expect.not.stringContaining('of-the-proxy')]);
  } finally {
    server.close();
  }
});

it('a proxy that nothing was said of is named once, without what it wrote', async () => {
  const one = web('http://127.0.0.1:8080');
  for (let n = 0; n < 3; n++) await one.ask('/', { host: 'localhost:8080', 'x-forwarded-for': '192.0.2.77' });
  expect(one.warned.length).toBe(1);
  expect(JSON.stringify(one.warned)).toContain('x-forwarded-for');
  expect(JSON.stringify(one.warned)).not.toContain('192.0.2.77');
  const told = web('http://127.0.0.1:8080', { proxies: 1 });
  await told.ask('/', { host: 'localhost:8080', 'x-forwarded-for': '192.0.2.77' });
  expect(told.warned).toEqual([]);
});

describe('a start', () => {
  const start =
    (...args: string[]) =>
    () =>
      refuseUnsafe(configFrom(args, {}));
  const MAIL = ['--smtp-url', 'smtps://mail.example'];
  it.each([
    [['--url', 'http://coop.oas.example', ...MAIL], /over http/],
    [['--ip', '10.0.0.7', ...MAIL], /--ip 10.0.0.7.*read on the way.*--tls/],
    [['--ip', '10.0.0.7', ...MAIL, '--parts-tls', 'offered'], /over http/],
    [['--url', 'http://localhost:8080', '--tls', 'site.pem'], /begins with https/],
    [['--url', 'https://coop.oas.example'], /embedded mailbox/],
    [['--url', 'http://localhost:8080', '--ip', '0.0.0.0', '--parts-tls', 'offered'], /embedded mailbox/],
  ])('with %j is refused, and why', (args, why) => {
    expect(start(...args)).toThrow(why);
  });
  it.each([
    [['--database-url', 'postgres://rial@db.oas.example/rial'], /--database-url.*sslmode/],
    [['--database-url', 'postgres://rial@db.oas.example/rial?sslmode=prefer'], /--database-url/],
    [['--temporal-address', 'temporal.oas.example:7233'], /--temporal-address.*TLS/],
    [['--clamd', 'clamd.oas.example:3310'], /--clamd.*this machine/],
    [['--url', 'https://coop.oas.example', '--ip', '0.0.0.0', ...MAIL], /--ip 0.0.0.0.*--tls/],
    [['--worker-metrics', '0.0.0.0:9464'], /--worker-metrics.*this machine/],
  ])('with %j is refused, and why: it could be read on the way; not where the line is safe', (args, why) => {
    expect(start(...args)).toThrow(why);
    expect(start(...args, '--parts-tls', 'offered')).not.toThrow();
  });
  it('refuses a bucket over http, but on this machine', () => {
    const start =
      (at: string, ...more: string[]) =>
      () =>
        configFrom(['--documents', 's3://rial', ...more], { AWS_ENDPOINT_URL_S3: at });
    expect(start('http://s3.oas.example')).toThrow(/--documents.*https/);
    for (const fine of [
      start('https://s3.oas.example'),
      start('http://127.0.0.1:9000'),
      start('http://s3.oas.example', '--parts-tls', 'offered'),
    ])
      expect(fine).not.toThrow();
  });
  it.each([
    [['--database-url', 'postgres://rial@db.oas.example/rial?sslmode=verify-full']],
    [['--database-url', 'postgres://rial@127.0.0.1/rial']],
    [['--database-url', 'postgres:///rial?host=/run/postgresql']],
    [['--temporal-address', 'localhost:7233', '--clamd', '/run/clamd.sock']],
    [[]],
    [['--url', 'http://localhost:9090', '--port', '9090']],
    [['--url', 'https://coop.oas.example', '--ip', '0.0.0.0', '--tls', 'site.pem', ...MAIL]],
    [['--url', 'https://coop.oas.example', '--worker-metrics', '127.0.0.1:9464', ...MAIL]],
  ])('with %j is not', (args) => {
    expect(start(...args)).not.toThrow();
  });
});
