import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, jsonOf, rial } from './rial.ts';
import { testServer } from './server.ts';

const version = (number: number, template: string, name: string | null, language: string | null = null) => ({
  ...{
    number,
    template,
    language,
    putAt: '2021-06-01T12:00:00.000Z',
    putBy: number > 1 ? 'ana@oas.example' : null,
  },
  file: name === null ? null : { sha256: 'a'.repeat(64), name },
});

describe('template', () => {
  test('lists what was put in, and which is used', async () => {
    const server = await testServer();
    const all = [
      version(4, 'sheet', 'fr.docx', 'fr'),
      version(3, 'sheet', null),
      version(2, 'programme', 'otra.docx'),
      version(1, 'sheet', 'a.docx'),
    ];
    server.replies.set('GET /templates', () => Response.json(all));
    const { code, out } = await rial(server.url, ['template', 'list']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /2 +Programa +Todos los idiomas +otra\.docx +mar 1 jun 2021 +ana@oas\.example +En uso/,
    );
    expect(out).toMatch(
      /3 +Borrador de la ficha de sistematización +Todos los idiomas +Se quitó .*example *\n/,
    );
    expect(out).toMatch(/4 +Borrador de la ficha de sistematización +Français +fr\.docx .*En uso/);
    expect(out).toMatch(
      /1 +Borrador de la ficha de sistematización +Todos los idiomas +a\.docx .*desde la terminal *\n/,
    );
    expect(jsonOf(await rial(server.url, ['template', 'list', '--json']))).toEqual(all);
  });

  test('puts one in after the last that there is, and tells what is wrong by name and place', async () => {
    const server = await testServer();
    server.replies.set('GET /templates', () => Response.json([version(2, 'sheet', 'a.docx')]));
    server.replies.set('POST /templates', () => Response.json({ number: 3 }));
    const file = path.join(await folder(), 'otra.docx');
    await writeFile(file, 'PK');
    const { code, out } = await rial(server.url, ['template', 'put', 'programme', file]);
    expect([code, out.trim()]).toEqual([0, 'Plantilla n.º 3 en uso desde ahora: Programa.']);
    expect(server.seen.at(-1)?.query).toEqual({ template: 'programme', name: 'otra.docx', seen: '2' });
    const french = await rial(server.url, ['template', 'put', 'programme', file, '--for', 'fr']);
    expect(french.out.trim()).toBe('Plantilla n.º 3 en uso desde ahora: Programa, en Français.');
    expect(server.seen.at(-1)?.query).toMatchObject({ language: 'fr' });
    expect((await rial(server.url, ['template', 'put', 'programme', file, '--for', 'de'])).code).toBe(2);
    const fault = { code: 'unknown', name: 'frme', meant: 'frame', part: 'body', paragraph: '{frme}' };
    server.replies.set('POST /templates', () => Response.json({ faults: [fault] }));
    const wrong = await rial(server.url, ['template', 'put', 'programme', file, '--seen', '1']);
    expect(server.seen.at(-1)?.query).toMatchObject({ seen: '1' });
    expect([wrong.code, wrong.out.includes('¿Quiso decir «frame»?')]).toEqual([4, true]);
    expect((await rial(server.url, ['template', 'put', 'carta', file])).code).toBe(2);
  });

  test('fetches one into a file, and puts the one of the system back', async () => {
    const server = await testServer();
    server.replies.set('GET /templates', () => Response.json([version(2, 'sheet', 'a.docx')]));
    server.replies.set('GET /templates/file', () => new Response('PK'));
    server.replies.set('POST /templates/reset', () => Response.json({ reset: true }));
    const file = path.join(await folder(), 'ficha.docx');
    const got = await rial(server.url, [
      'template',
      'get',
      'sheet',
      '--number',
      '2',
      '--filled',
      '--out',
      file,
    ]);
    expect([got.code, got.out.trim()]).toEqual([0, `Plantilla en ${file}.`]);
    expect(server.seen.at(-1)?.query).toEqual({ template: 'sheet', number: '2', filled: '' });
    expect(await readFile(file, 'utf8')).toBe('PK');
    const back = await rial(server.url, ['template', 'reset', 'sheet']);
    expect([back.code, back.out]).toEqual([0, expect.stringContaining('plantilla original')]);
    const french = await rial(server.url, ['template', 'reset', 'sheet', '--for', 'fr']);
    expect(french.out).toContain('la plantilla de todos los idiomas: Borrador de la ficha');
    expect(JSON.parse(String(server.seen.at(-1)?.body))).toMatchObject({ template: 'sheet', language: 'fr' });
    server.replies.set('POST /templates/reset', () => Response.json({ reset: false }));
    expect((await rial(server.url, ['template', 'reset', 'sheet', '--for', 'pt'])).out).toContain(
      'No había plantilla propia de ese idioma',
    );
    expect((await rial(server.url, ['template', 'reset', 'sheet'])).out).toContain('Ya se usaba');
  });
});
