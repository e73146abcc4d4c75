import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink } from '../../../src/casefile/access/access.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { ID, OTHER, underway, type Who } from './underway.ts';

describe('the page of what was searched for', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    const text = '¿Cómo se financia? <script>alert(1)</script>';
    await system.cooperations.ask(ID, { by: 'per-mtpe-1', to: 'chl-mtps', text });
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const questions = (text: string) =>
    [...text.matchAll(/href="(\/c\/[^"]+\/questions#q\d+)"/g)].map(([, path]) => path);

  it('leads to what its reader may see, marked and inert', async () => {
    const text = await browsers.peru.text('/search?q=FINANCÍA');
    expect(questions(text)).toEqual([`/c/${ID}/questions#q1`]);
    expect(text).toContain('¿Cómo se <mark>financia</mark>? &lt;script&gt;');
    expect(await browsers.peru.text(`/c/${ID}/questions`)).toContain('id="q1"');
    expect(questions(await browsers.staff.text('/search?q=financia'))).toContain(`/c/${ID}/questions#q1`);
    for (const who of ['guest', 'other'] as const)
      expect(questions(await browsers[who].text('/search?q=financia')), who).not.toContain(
        `/c/${ID}/questions#q1`,
      );
    const attribute = await browsers.peru.text('/search?q=%22%3E%3Cscript%3E');
    expect(attribute).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it('says what to do where nothing is found, and stands where people begin', async () => {
    expect(await browsers.peru.text('/search?q=nadasemejante')).toContain('No se encontró nada');
    for (const path of ['/search', '/search?q=+', '/search?q=a'])
      expect(await browsers.peru.text(path)).toContain('Escriba al menos dos letras');
    for (const [who, path] of [
      ['staff', '/board'],
      ['observer', '/board'],
      ['peru', `/c/${ID}`],
    ] as const)
      expect(await browsers[who].text(path), path).toContain('action="/search"');
    expect((await siteOver(system).browser().get('/search?q=a')).headers.get('location')).toBe(
      '/sign-in?next=%2Fsearch',
    );
  });

  it('finds by the link of a mail in its cooperation alone', async () => {
    const address = (await system.view(ID)).people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    const token = await mintLink(
      system.caseFile,
      { address, path: '/', cooperation: ID, person: 'per-mtpe-1' },
      new Date().toISOString(),
    );
    const browser = siteOver(system).browser();
    await browser.post(`/r/${token}`);
    const found = await browser.text('/search?q=chile');
    expect(found).toContain(`href="/c/${ID}"`);
    expect(found).not.toContain(OTHER);
  });
});
