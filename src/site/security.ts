import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { sameOrigins } from '../domain/thisMachine.ts';
import { networkOf } from '../http/askedFrom.ts';
import type { SiteContext } from './context.ts';

/**
 * What every response says to the browser: nothing runs, loads or frames the site but what it serves itself. A response
 * with a stricter policy of its own, such as a document's, keeps it.
 */
export const headers = (url: string): MiddlewareHandler => {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // The address of a page names a cooperation, and a link's is a secret: neither leaves the site.
    referrerPolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    strictTransportSecurity: url.startsWith('https:') ? 'max-age=31536000' : false,
    xXssProtection: false,
  });
  return async (c, next) => {
    let own: string | null = null;
    await secure(c, async () => {
      await next();
      own = c.res.headers.get('content-security-policy');
    });
    const policy = c.res.headers.get('content-security-policy');
    if (own) c.res.headers.set('content-security-policy', own);
    else if (policy)
      c.res.headers.set(
        'content-security-policy',
        policy.replace(
          "form-action 'self'",
          ['form-action', "'self'", ...(c.get('formsTo') ?? [])].join(' '),
        ) + (c.get('frames') ? "; frame-src 'self'" : ''),
      );
  };
};

/** Lets the forms of one page lead on to other origins, too: browsers look at where a form is redirected to. */
export function formsTo(c: SiteContext, origins: readonly string[]): void {
  c.set('formsTo', origins);
}

/** Lets a page have frames with something of the site itself. */
export function framesOwn(c: SiteContext): void {
  c.set('frames', true);
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page sends in somebody's name. Browsers say where a form stands in `Origin`, the old
 * ones among them in `Referer`; what says neither is refused.
 */
export const ownOrigin = (
  url: string,
  refuse: (c: SiteContext) => Response | Promise<Response>,
): MiddlewareHandler => {
  const own = new Set(sameOrigins(url));
  return async (c, next) => {
    if (!SAFE.has(c.req.method)) {
      const origin = c.req.header('origin') ?? originOf(c.req.header('referer'));
      if (!own.has(origin ?? '')) return refuse(c as SiteContext);
    }
    return next();
  };
};

const originOf = (url: string | undefined): string | undefined =>
  url && URL.canParse(url) ? new URL(url).origin : undefined;

/** Whether an address is text: no control character stands in it, encoded or not. */
export function isReadable(url: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(url.replaceAll('+', ' ')));
  } catch {
    return false;
  }
}

/** What is asked for in a browser that is signed in belongs to nobody else's cache. */
export const notStored: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'private, no-store');
};

/**
 * Counts in memory how often a network opens links and types codes. A whole ministry comes from one address, and so does
 * its mail scanner.
 */
export function limits() {
  const opened = new RateLimiterMemory({ points: 600, duration: 15 * 60 });
  return {
    /** Whether a network may try one more: six hundred in a quarter of an hour. */
    allow: (c: SiteContext): Promise<boolean> =>
      opened.consume(networkIn(c)).then(
        () => true,
        ({ msBeforeNext }: RateLimiterRes) => {
          c.header('Retry-After', String(Math.ceil(msBeforeNext / 1000)));
          return false;
        },
      ),
  };
}
export type Limits = ReturnType<typeof limits>;

/** Where a request came from, as it is counted: an IPv4 address, or the network of an IPv6 one. */
export const networkIn = (c: SiteContext): string => networkOf(c.get('from') ?? 'unknown');
