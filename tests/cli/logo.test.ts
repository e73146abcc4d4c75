import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, jsonOf, rial } from './rial.ts';
import { testServer } from './server.ts';

const version = (number: number, institution: string, name: string | null) => ({
  ...{ number, institution, putAt: '2021-06-01T12:00:00.000Z', putBy: number > 1 ? 'ana@oas.example' : null },
  file:
    name === null ? null : { sha256: 'a'.repeat(64), name, mediaType: 'image/png', width: 60, height: 20 },
});

describe('logo', () => {
  test('lists what was put in, and which is used', async () => {
    const server = await testServer();
    const all = [
      version(3, 'chl-mtps', null),
      version(2, 'per-mtpe', 'nuevo.png'),
      version(1, 'chl-mtps', 'viejo.png'),
    ];
    server.replies.set('GET /logos', () => Response.json(all));
    const { code, out } = await rial(server.url, ['logo', 'list']);
    expect(code).toBe(0);
    expect(out).toMatch(/2 +per-mtpe +nuevo\.png +mar 1 jun 2021 +ana@oas\.example +En uso/);
    expect(out).toMatch(/3 +chl-mtps +Se retiró +mar 1 jun 2021 +ana@oas\.example *\n/);
    expect(out).toMatch(/1 +chl-mtps +viejo\.png .*desde la terminal *$/m);
    expect(jsonOf(await rial(server.url, ['logo', 'list', '--json']))).toEqual(all);
    server.replies.set('GET /logos', () => Response.json([]));
    expect((await rial(server.url, ['logo', 'list'])).out).toContain('Ninguna institución tiene logotipo.');
  });

  test('puts one in after the last that there is, and takes one away', async () => {
    const server = await testServer();
    server.replies.set('GET /logos', () => Response.json([version(2, 'per-mtpe', 'a.png')]));
    server.replies.set('POST /logos', () => Response.json({ number: 3 }));
    const file = path.join(await folder(), 'logo.png');
    await writeFile(file, 'PNG');
    const { code, out } = await rial(server.url, ['logo', 'put', 'secretariat', file]);
    expect([code, out.trim()]).toEqual([0, 'Logotipo n.º 3 en uso desde ahora: secretariat.']);
    expect(server.seen.at(-1)?.query).toEqual({ institution: 'secretariat', name: 'logo.png', seen: '2' });
    await rial(server.url, ['logo', 'put', 'per-mtpe', file, '--seen', '1']);
    expect(server.seen.at(-1)?.query).toMatchObject({ seen: '1' });
    const mistyped = await rial(server.url, ['logo', 'put', 'MTPE Perú', file]);
    expect([mistyped.code, mistyped.err]).toEqual([2, expect.stringContaining('Indique de qué institución')]);
    server.replies.set('POST /logos/remove', () => Response.json({ removed: true }));
    const removed = await rial(server.url, ['logo', 'remove', 'per-mtpe']);
    expect([removed.code, removed.out]).toEqual([0, expect.stringContaining('no llevan el logotipo')]);
    expect(JSON.parse(String(server.seen.at(-1)?.body))).toEqual({ institution: 'per-mtpe', seen: 2 });
    server.replies.set('POST /logos/remove', () => Response.json({ removed: false }));
    expect((await rial(server.url, ['logo', 'remove', 'per-mtpe'])).out).toContain('no tenía logotipo');
  });

  test('fetches one into a file', async () => {
    const server = await testServer();
    server.replies.set('GET /logos/file', () => new Response('PNG'));
    const file = path.join(await folder(), 'logo.png');
    const got = await rial(server.url, ['logo', 'get', '2', '--out', file]);
    expect([got.code, got.out.trim()]).toEqual([0, `Logotipo en ${file}.`]);
    expect(server.seen.at(-1)?.query).toEqual({ number: '2' });
    expect(await readFile(file, 'utf8')).toBe('PNG');
  });
});
