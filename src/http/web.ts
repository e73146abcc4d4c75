import { Hono, type MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import { sameOrigins } from '../domain/thisMachine.ts';

/** What stands before everything that this process serves: pages, the API, the mailbox, what watches over it. */

export type Web = {
  /** The origin that people reach it at. */
  url: string;
  /** Where it listens: a proxy may ask for that by its name. */
  ip: string;
  port: number;
  proxies: number;
  log: Pick<Logger, 'warn'>;
};

/** An empty server that refuses other hosts and methods that nothing here has, and says to browsers what its parts leave unsaid. */
export function webOf({ url, ip, port, proxies, log }: Web): Hono {
  const app = new Hono();
  app.use('*', strictHeaders(url));
  app.use('*', ownMethods);
  app.use('*', ownHost([url, `http://127.0.0.1:${port}`, ...(isName(ip) ? [`http://${ip}:${port}`] : [])]));
  if (proxies === 0) app.use('*', proxyNamed(log));
  return app;
}

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** Refuses TRACE, which would send back what a browser or a proxy had added, and whatever else nothing here has. */
const ownMethods: MiddlewareHandler = async (c, next) => {
  if (METHODS.includes(c.req.method)) return next();
  return c.text('There is no such method here.\n', 405, { allow: METHODS.join(', ') });
};

const isName = (ip: string): boolean => URL.canParse(`http://${ip}`);

/** Asked by their number from within, without a name that could be another's. */
const WATCHED = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Refuses what is asked of another host: a name that its owner points at this machine would let the page there read
 * what only this machine may.
 */
function ownHost(urls: readonly string[]): MiddlewareHandler {
  const hosts = new Set(urls.flatMap(sameOrigins).map((origin) => new URL(origin).host));
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? new URL(c.req.url).host;
    if (hosts.has(host) || hosts.has(host.replace(/:(80|443)$/, '')) || WATCHED.has(c.req.path))
      return next();
    return c.text('This server is reached at another address: see --url.\n', 421);
  };
}

/** For whatever says no more of itself: nothing runs, loads, frames, keeps or guesses anything. */
function strictHeaders(url: string): MiddlewareHandler {
  const strict = {
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(url.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(strict))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** Says once that a proxy seems to stand in front of which nothing was said: all who come would be counted as one. */
function proxyNamed(log: Web['log']): MiddlewareHandler {
  let named = false;
  return async (c, next) => {
    const header = ['x-forwarded-for', 'forwarded', 'x-real-ip'].find(
      (name) => c.req.header(name) !== undefined,
    );
    if (header && !named) {
      named = true;
      log.warn({ header }, 'a proxy’s header came, and --proxies says that there is none: it is ignored');
    }
    return next();
  };
}
