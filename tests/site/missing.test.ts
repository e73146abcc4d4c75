import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionOf, siteOver } from '../support/site.ts';
import { ID, type Underway, underway } from './pages/underway.ts';

/** What no page has, as the site answers it where it is part of a server with more, as it is where it runs. */

let there: Underway;
let server: Hono;
beforeAll(async () => {
  there = await underway();
  server = new Hono();
  server.get('/livez', (c) => c.text('ok'));
  server.route('/', siteOver(there.system).app);
});
afterAll(() => there.system[Symbol.asyncDispose]());

it.each([
  ['/nope', 'es', 'Esta página no existe'],
  ['/nope', 'fr', 'Cette page n’existe pas'],
  [`/c/${ID}/nope`, 'es', 'Esta página no existe'],
  [`/c/${ID}/sessions/1/nope`, 'es', 'Esta página no existe'],
])('%s is a page in %s', async (path, language, title) => {
  const { people } = await there.system.view(ID);
  const address = people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
  // Whoever is signed in reads in their own.
  const session = language === 'es' ? `; rial=${await sessionOf(there.system.caseFile, address)}` : '';
  const cookie = `rial-language=${language}${session}`;
  const response = await server.request(`http://site.example${path}`, { headers: { cookie } });
  const text = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
  expect(text).toContain(`<html lang="${language}"`);
  expect(text).toContain(title);
  expect(await (await server.request('http://site.example/livez')).text()).toBe('ok');
});
