import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { SecurityLog } from '../casefile/access/securityLog.ts';
import type { Actor, SecurityEvent } from '../domain/securityEvent.ts';
import { askedFrom } from './askedFrom.ts';

/** What every request to the site and the API knows of who asks, and where it notes what the security log is to hold. */
export type NotingSite = {
  Variables: {
    /** Whoever a session or a token said it is; set by who reads them. */
    who: Actor | undefined;
    /** The address it came from, proxies of ours aside. */
    from: string | undefined;
    /** Notes an event of this request: of whoever asks, where nobody else is named. */
    note: (event: SecurityEvent, who?: Actor) => Promise<void>;
  };
};

/** What nobody known does is written down so often from one address in a quarter of an hour, by its code; what is malformed of anybody. */
const MOST_OF_STRANGERS = 100;

export function noting(log: SecurityLog, proxies = 0): MiddlewareHandler<NotingSite> {
  const strangers = new RateLimiterMemory({ points: MOST_OF_STRANGERS, duration: 15 * 60 });
  return async (c, next) => {
    const from = askedFrom(c, proxies);
    c.set('from', from);
    c.set('note', async (event, given) => {
      const who = given ?? c.get('who');
      const counted = !who || event.code === 'malformed';
      const over = counted ? await countOver(strangers, `${event.code} ${who?.id ?? from}`) : 0;
      if (over === 0) await log.note(event, { who, from });
      else if (over === 1) await log.note({ code: 'events-dropped', of: event.code }, { from });
    });
    await next();
  };
}

/** How many over what is counted this one is; 0 within it. */
const countOver = (limiter: RateLimiterMemory, key: string): Promise<number> =>
  limiter.consume(key).then(
    () => 0,
    ({ consumedPoints }: RateLimiterRes) => consumedPoints - limiter.points,
  );

/** The route of a request as it is written in the program: in an address stand secrets and names. */
export const writtenRoute = (c: Pick<Context, 'req'>): { method: string; route: string } => ({
  method: c.req.method,
  route: matchedRoutes(c as Context).findLast(({ method }) => method !== 'ALL')?.path ?? '*',
});
