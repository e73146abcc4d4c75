import { Hono } from 'hono';
import type { Site } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';

export function newCooperationPages(_outside: SiteOutside): Hono<Site> {
  return new Hono<Site>();
}
