import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addToRecord } from '../../../src/casefile/record.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/record`;

describe('the record’s page', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    // Nothing else is written any more while a cooperation is paused.
    await system.change(ID, { change: 'pause' }, '<script>alert(1)</script> "Q"');
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const rows = (text: string): string[] => text.split('<tbody')[1]?.match(/<tr/g) ?? [];

  it('says what happened, on the reader’s clock, as inert text', async () => {
    const text = await browsers.peru.text(PAGE);
    expect(text).toContain('Programa, versión 1: enviado a las delegaciones');
    expect(text).toMatch(/<time datetime="[^"]+Z">[^<]+\(Lima\)<\/time>/);
    expect(text).not.toMatch(/<time[^>]*>[^<]+\(Santiago\)<\/time>/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;Q&quot;');
    expect(text).not.toContain('<script>alert');
  });

  it('has all of it, the newest first, a hundred a page', async () => {
    const at = new Date().toISOString();
    await addToRecord(
      system.caseFile,
      Array.from({ length: 150 }, (_, index) => ({
        cooperation: ID,
        key: `test:${index}`,
        at,
        kind: 'agenda-sent' as const,
        data: { session: 100 + index },
      })),
    );
    const { record } = await system.view(ID);
    const sizes: number[] = [];
    let path: string | undefined = PAGE;
    let all = '';
    while (path) {
      const text = await browsers.peru.text(path);
      sizes.push(rows(text).length);
      all += text;
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1];
    }
    expect(sizes.slice(0, -1).every((size) => size === 100)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(record.length);
    expect(all.indexOf('249.ª sesión')).toBeLessThan(all.indexOf('100.ª sesión'));
    expect(all.indexOf('100.ª sesión')).toBeLessThan(all.indexOf('Programa, versión 1: enviado'));
  });

  it('takes no nonsense for a page', async () => {
    for (const before of ['x', '-1', '9'.repeat(40), '"><script>alert(1)</script>']) {
      const response = await browsers.peru.get(`${PAGE}?before=${encodeURIComponent(before)}`);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('<script>alert');
    }
  });

  it('is for those who take part, and who look on', async () => {
    expect((await browsers.observer.text(PAGE)).split('<main')[1]).not.toContain('<form');
    expect((await browsers.observer.post(PAGE)).status).toBe(404);
    for (const who of ['guest', 'other'] as const) expect((await browsers[who].get(PAGE)).status).toBe(404);
  });
});
