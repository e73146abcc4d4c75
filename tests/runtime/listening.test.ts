import { once } from 'node:events';
import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { generate } from 'selfsigned';
import { expect, it } from 'vitest';
import { listening } from '../../src/runtime/listening.ts';

it('with a key and its certificate all is encrypted, and as it is recommended', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const app = new Hono().get('/', (c) => c.text('here'));
  const server = await listening(app, { port: 0, ip: '127.0.0.1', pem: { key, cert } });
  const { port } = server.address() as AddressInfo;
  const place = { host: '127.0.0.1', port, servername: 'localhost', ca: cert, agent: false } as const;
  try {
    const [answer] = await once(get(place), 'response');
    expect(answer.statusCode).toBe(200);
    expect(answer.socket.getProtocol()).toBe('TLSv1.3');
    answer.destroy();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const weak = { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA:@SECLEVEL=0' } as const;
    for (const offered of [old, weak])
      await expect(once(get({ ...place, ...offered }), 'response')).rejects.toThrow();
    await expect(once(getPlain({ host: '127.0.0.1', port, agent: false }), 'response')).rejects.toThrow();
  } finally {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
});
