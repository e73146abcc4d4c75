import { html } from 'hono/html';
import { expect, it } from 'vitest';
import type { HealthCheck } from '../../src/domain/health.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { siteApp } from '../../src/site/context.ts';
import { page } from '../../src/site/frame.ts';
import type { Viewer } from '../../src/site/viewer.ts';

/** Any page of the site as somebody sees it while something is ill. */
async function seenBy(role: Viewer['role'], ill: HealthCheck[], language: Language = 'es'): Promise<string> {
  const app = siteApp();
  app.get('/', (c) => {
    c.set('viewer', {
      role,
      name: 'Ana',
      people: [] as Viewer['people'],
      mailbox: [] as Viewer['mailbox'],
    } as Viewer);
    c.set('language', language);
    c.set('ill', ill);
    return page(c, { title: 'Una página', body: html`` });
  });
  return (await app.request('http://site.example/')).text();
}

const line = /<p class="rial-ill" role="status">(.*?)<\/p>/;

it('staff are told in one line what is ill, and nobody else is', async () => {
  const ill: HealthCheck[] = ['mail-server', 'disk'];
  expect(line.exec(await seenBy('staff', ill))?.[1]).toBe(
    'Atención: El servidor de correo no responde, o no admite al sistema; Queda poco espacio en el disco.',
  );
  for (const role of ['observer', 'participant'] as const) expect(await seenBy(role, ill)).not.toMatch(line);
  expect(await seenBy('staff', [])).not.toMatch(line);
});

it('in each language', async () => {
  const lines = await Promise.all(
    LANGUAGES.map(async (language) => line.exec(await seenBy('staff', ['disk'], language))?.[1]),
  );
  expect(new Set(lines).size).toBe(4);
  expect(lines).not.toContain(undefined);
});
