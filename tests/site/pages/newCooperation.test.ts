import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, exampleSource } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const OBSERVER = 'observa@oas.example';
const STAFF = 'secretaria@oas.example';

describe('a new cooperation', () => {
  let system: InProcess;
  let staff: Browser;
  let observer: Browser;
  beforeAll(async () => {
    system = await inProcess();
    const site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
    staff = await site.as(STAFF);
    observer = await site.as(OBSERVER);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('begins with an example', async () => {
    expect(await staff.text('/new')).toContain('/new?example=peru-chile-2021');
    expect(await staff.text('/new?example=peru-chile-2021')).toContain('id: 14-per-chl');
    expect(await staff.text('/new?example=../package')).not.toContain('devDependencies');
  });

  it('shows each mistake in its line, and keeps the text', async () => {
    const source = exampleSource().replace('language: es', 'language: "<script>x</script>"');
    const answer = await staff.post('/new/check', { source });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    const line = source.split('\n').findIndex((one) => one.includes('<script>')) + 1;
    expect(text).toContain(`href="#line-${line}"`);
    expect(text).toContain(`id="line-${line}"`);
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(text).not.toContain('<script>x');
    expect(text).toContain('14-per-chl');
    expect((await staff.post('/new/check', { source: ' ' })).status).toBe(422);
  });

  it('previews what is right, from a file too, and starts it', async () => {
    const form = new FormData();
    form.set('file', new File([exampleSource()], 'programa.yaml'));
    form.set('source', 'something else');
    const text = await (await staff.upload('/new/check', form)).text();
    expect(text).toContain('Cooperación Perú–Chile');
    expect(text).toContain('action="/new/start"');
    expect(text).toContain('A quién se escribirá primero');
    const started = await staff.post('/new/start', { source: exampleSource().replaceAll('\n', '\r\n') });
    expect([started.status, started.headers.get('location')]).toEqual([303, '/c/14-per-chl']);
    expect((await system.view('14-per-chl')).programme.subject).toBeTruthy();
  });

  it('says whose code is taken, and keeps the text', async () => {
    const source = changedSource((file) => {
      file.id = '99-per-chl';
    });
    expect((await staff.post('/new/start', { source })).status).toBe(303);
    const other = source.replace('language: es', 'language: en');
    const answer = await staff.post('/new/start', { source: other });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('Ya hay otra cooperación con el código 99-per-chl');
    expect(text).toContain('href="/c/99-per-chl"');
    expect(text).toContain('language: en');
  });

  it('refuses what is too large', async () => {
    const answer = await staff.post('/new/check', { source: 'x'.repeat(5_000_000) });
    expect(answer.status).toBe(422);
  });

  it('is for staff alone', async () => {
    expect((await observer.get('/new')).status).toBe(404);
    expect((await observer.post('/new/check', { source: exampleSource() })).status).toBe(404);
    expect((await observer.post('/new/start', { source: exampleSource() })).status).toBe(404);
  });
});
