import { Hono } from 'hono';
import { reportOf } from '../domain/health.ts';
import type { Health } from './health.ts';

/**
 * What those who watch over the system ask, without a token: `/livez`, whether this process answers; `/readyz`, whether
 * all that it depends on is well, each by its name, within a second.
 */
export function healthApp({ health, now }: { health: Health; now: () => string }): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  app.get('/livez', (c) => c.json({ ok: true, time: now() }));
  app.get('/readyz', async (c) => {
    const report = reportOf(await health.look(), now());
    return c.json(report, report.ok ? 200 : 503);
  });
  return app;
}
