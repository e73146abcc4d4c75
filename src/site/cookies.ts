import bowser from 'bowser';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { newSecret, type Where } from '../casefile/access/access.ts';
import type { SiteContext } from './context.ts';
import { networkIn } from './security.ts';

/** What the site keeps in a browser: its session, its language, and by what it is known again. */

const DAY = 24 * 60 * 60;
const COOKIES = { session: 'rial', language: 'rial-language', browser: 'rial-browser' } as const;
type Cookie = keyof typeof COOKIES;

const isSecure = (url: string): boolean => url.startsWith('https:');
/** `__Host-` binds a cookie to this host wherever there is TLS. */
const nameOf = (cookie: Cookie, url: string): string => `${isSecure(url) ? '__Host-' : ''}${COOKIES[cookie]}`;
const optionsOf = (url: string) => ({
  httpOnly: true,
  sameSite: 'Lax' as const,
  secure: isSecure(url),
  path: '/',
});

export const readCookie = (c: SiteContext, url: string, cookie: Cookie): string | undefined =>
  getCookie(c, nameOf(cookie, url));
/** `maxAge` in seconds. */
export const writeCookie = (
  c: SiteContext,
  url: string,
  cookie: Cookie,
  value: string,
  maxAge: number,
): void => setCookie(c, nameOf(cookie, url), value, { ...optionsOf(url), maxAge });
export const dropCookie = (c: SiteContext, url: string, cookie: Cookie): void => {
  deleteCookie(c, nameOf(cookie, url), optionsOf(url));
};

/** The secret by which a browser is known again; one that has none is given one. */
export function browserOf(c: SiteContext, url: string): string {
  const known = readCookie(c, url, 'browser');
  const browser = known && /^[0-9a-f]{48}$/.test(known) ? known : newSecret();
  writeCookie(c, url, 'browser', browser, 365 * DAY);
  return browser;
}

/** In which browser and from where a session begins. */
export function whereOf(c: SiteContext, url: string): Where {
  const { name, system } = programOf(c.req.header('user-agent') ?? '');
  const program = [name, system].filter(Boolean).join(', ') || null;
  return { browser: browserOf(c, url), program, network: coarse(networkIn(c)) };
}

function programOf(agent: string): { name: string; system: string } {
  if (agent === '') return { name: '', system: '' };
  const parsed = bowser.getParser(agent.slice(0, 500));
  return { name: parsed.getBrowserName(), system: parsed.getOSName() };
}

/** "203.0.113.*": enough for its owner to tell one from another. */
const coarse = (network: string): string =>
  `${network.slice(0, Math.max(network.lastIndexOf('.'), network.lastIndexOf(':')) + 1)}*`;
