import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The address a request came from. Each proxy adds the one it was asked from to a header; what stands before those of
 * our own proxies anybody may have written. Without proxies it is the connection's.
 */
export function askedFrom(c: Context, proxies: number): string | undefined {
  if (proxies > 0) {
    const added = (c.req.header('x-forwarded-for') ?? '').split(',').at(-proxies);
    const address = added && bareAddress(added);
    if (address) return address;
  }
  try {
    return bareAddress(getConnInfo(c).remote.address ?? '');
  } catch {
    return undefined;
  }
}

/**
 * An IP address as proxies write it, with a port or in brackets (`192.0.2.1:4711`, `[2001:db8::1]:4711`), by itself; an
 * IPv4 address in IPv6 as the former. Nothing where it is none.
 */
function bareAddress(written: string): string | undefined {
  const text = written.trim().replace(/^"|"$/g, '');
  const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5})$/.exec(text) ?? [];
  const [given = ''] = (bracketed ?? plain ?? text).split('%', 1);
  const address = given.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) ? address : undefined;
}

/** Of an IPv6 address the first four groups: whoever has one has all that begin so. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const between = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(between).fill('0'), ...tail].slice(0, 4).join(':');
}
