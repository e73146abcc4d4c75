import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateIn } from '../../../activities/attachments.ts';
import { securityEntries } from '../../../src/casefile/access/securityLog.ts';
import { shippedTemplate } from '../../../src/publications/word.ts';
import { readDocx } from '../../publications/reading.ts';
import { templateWith } from '../../publications/templateWith.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, mainOf } from '../../support/site.ts';
import { underway, type Who } from './underway.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('the page of templates', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const put = (
    file: Uint8Array,
    fileName = 'programa.docx',
    template = 'programme',
    language = '',
    seen = '0',
  ) => {
    const form = new FormData();
    form.set('template', template);
    form.set('for', language);
    form.set('seen', seen);
    form.set('files', new Blob([new Uint8Array(file)], { type: DOCX }), fileName);
    return browsers.staff.upload('/templates', form);
  };
  const bytes = async (path: string) => new Uint8Array(await (await browsers.staff.get(path)).arrayBuffer());

  it('has the shipped ones, as they are and filled with the example, and what each placeholder gives', async () => {
    const text = mainOf(await browsers.staff.text('/templates'));
    expect(text).toContain('Original del sistema');
    expect(text).toContain('{frame} EN EL MARCO DE LA RED');
    expect(Buffer.from(await bytes('/templates/programme/shipped/file'))).toEqual(
      await shippedTemplate('programme'),
    );
    const preview = await readDocx(await bytes('/templates/report/shipped/preview'));
    expect(preview.text).toContain('Aprobaciones que constan');
  });

  it('tells what is wrong by name and place, and changes nothing', async () => {
    const wrong = await put(await templateWith('{frame}', '{frme}'));
    expect(wrong.status).toBe(422);
    expect(mainOf(await wrong.text())).toContain(
      'En el párrafo «{frme}»: «frme» no es nada que dé el caso. ¿Quiso decir «frame»?',
    );
    for (const refused of [
      await put(Buffer.from('no es Word')),
      await put(Buffer.from('texto'), 'programa.txt'),
      await put(await shippedTemplate('programme'), 'programa.docx', 'otro'),
    ])
      expect(refused.status).toBe(422);
    expect(await templateIn(system, 'programme', 'es')).toBeUndefined();
  });

  it('takes another, with which papers are made, and puts the shipped one back; both are on record', async () => {
    const other = await templateWith('{title}', 'Ministerios amigos: {title}');
    const taken = await put(other, 'nuestra.docx');
    expect(taken.status).toBe(200);
    const [{ number }] = [await templateIn(system, 'programme', 'es')] as [{ number: number }];
    expect(mainOf(await taken.text())).toContain(`${number}. nuestra.docx`);
    expect(await bytes(`/templates/programme/${number}/file`)).toEqual(new Uint8Array(other));
    const preview = await readDocx(await bytes(`/templates/programme/${number}/preview`));
    expect(preview.text).toContain('Ministerios amigos: COOPERACIÓN BILATERAL');

    // Another officer looked at the page before it was there.
    for (const late of [
      await put(await templateWith('{title}', 'De otros: {title}')),
      await browsers.staff.post('/templates/reset', { template: 'programme', seen: '0' }),
    ])
      expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('Alguien puso otra')]);
    expect(await templateIn(system, 'programme', 'es')).toMatchObject({ number });
    const seen = /name="seen" value="(\d+)"/.exec(await browsers.staff.text('/templates'))?.[1] ?? '';
    const back = await browsers.staff.post('/templates/reset', { template: 'programme', seen });
    expect(mainOf(await back.text())).toContain('Se quitó');
    expect(await templateIn(system, 'programme', 'es')).toBeUndefined();
    // It is kept all the same.
    expect(await bytes(`/templates/programme/${number}/file`)).toEqual(new Uint8Array(other));
    const log = await securityEntries(system.caseFile, { most: 50 });
    expect(
      log.filter(({ event }) => event.code.startsWith('template-')).map(({ who, event }) => [who?.id, event]),
    ).toEqual([
      ['maria.camacho@oea.example', { code: 'template-reset', template: 'programme', language: 'all' }],
      ['maria.camacho@oea.example', { code: 'template-put', template: 'programme', language: 'all', number }],
    ]);
  });

  it('takes one for a language, which its papers are made with before the one for all', async () => {
    const seen = async () =>
      /name="seen" value="(\d+)"/.exec(await browsers.staff.text('/templates'))?.[1] ?? '';
    const own = (title: string) => templateWith('{title}', `${title}: {title}`);
    const [amis, todos] = [await own('Amis'), await own('Todos')];
    const french = await put(amis, 'ami.docx', 'programme', 'fr', await seen());
    expect(mainOf(await french.text())).toContain('plantilla nueva: Programa, en Français.');
    expect(await templateIn(system, 'programme', 'es')).toBeUndefined();
    await put(todos, 'todos.docx', 'programme', '', await seen());
    const made = async (language: 'es' | 'fr' | 'pt') =>
      (await templateIn(system, 'programme', language))?.file;
    expect(Buffer.from((await made('fr')) ?? '')).toEqual(Buffer.from(amis));
    for (const language of ['es', 'pt'] as const)
      expect(Buffer.from((await made(language)) ?? '')).toEqual(Buffer.from(todos));
    // A sheet has its own.
    expect(await templateIn(system, 'sheet', 'fr')).toBeUndefined();
    const text = mainOf(await browsers.staff.text('/templates'));
    expect(text).toMatch(/todos\.docx Todos los idiomas .*En uso .*ami\.docx Français .*En uso/);
    const { number = 0 } = (await templateIn(system, 'programme', 'fr')) ?? {};
    // Its example is in its language.
    const preview = await readDocx(await bytes(`/templates/programme/${number}/preview`));
    expect(preview.text).toContain('Amis: ');
    expect(preview.text).toContain('MÉTHODOLOGIE');

    // Another officer put one in for the same language meanwhile; one for another language is nothing to it.
    const late = await put(await own('Encore'), 'ami.docx', 'programme', 'fr', String(number - 1));
    expect(late.status).toBe(422);
    const other = await put(await own('Amigos'), 'amigo.docx', 'programme', 'pt', '0');
    expect(other.status).toBe(200);
    const reset = async (language: string) =>
      browsers.staff.post('/templates/reset', { template: 'programme', for: language, seen: await seen() });
    expect(mainOf(await (await reset('fr')).text())).toContain(
      'usan la plantilla de todos los idiomas: Programa, en Français.',
    );
    expect(Buffer.from((await made('fr')) ?? '')).toEqual(Buffer.from(todos));
    await reset('pt');
    await reset('');
    for (const language of ['es', 'fr', 'pt'] as const) expect(await made(language)).toBeUndefined();
  });

  it('is for staff alone', async () => {
    for (const who of ['observer', 'peru'] as const)
      expect((await browsers[who].get('/templates')).status, who).toBe(404);
    expect((await browsers.staff.get('/templates/programme/99/file')).status).toBe(404);
    expect((await browsers.staff.get('/templates/otro/shipped/file')).status).toBe(404);
  });
});
