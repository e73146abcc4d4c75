import { Hono } from 'hono';
import type { SiteOutside } from '../outside.ts';
import type { SeenSite } from '../seen.ts';

export function peoplePage(_outside: SiteOutside): Hono<SeenSite> {
  return new Hono<SeenSite>();
}
