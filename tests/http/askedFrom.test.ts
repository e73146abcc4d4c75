import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { askedFrom, networkOf } from '../../src/http/askedFrom.ts';

const seen = async (proxies: number, header?: string, remoteAddress = '198.51.100.9') => {
  const app = new Hono();
  app.get('/', (c) => c.text(askedFrom(c, proxies) ?? 'unknown'));
  const env = { incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } } };
  const response = await app.request(
    '/',
    header === undefined ? {} : { headers: { 'x-forwarded-for': header } },
    env,
  );
  return response.text();
};

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['203.0.113.7, 192.0.2.1:80', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:4711"', '2001:db8::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['not an address', '198.51.100.9'],
  ['<script>', '198.51.100.9'],
  ['', '198.51.100.9'],
])('the address in %j is %s', async (header, address) => {
  expect(await seen(1, header)).toBe(address);
});

it('is the connection’s without proxies, and that of the outermost of ours with them', async () => {
  expect(await seen(0, '192.0.2.1')).toBe('198.51.100.9');
  expect(await seen(2, '203.0.113.7, 192.0.2.1, 192.0.2.2')).toBe('192.0.2.1');
  expect(await seen(0, undefined, '::ffff:192.0.2.1')).toBe('192.0.2.1');
});

it('whoever has an IPv6 address has all of its network', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::9'));
  expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0');
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
});
