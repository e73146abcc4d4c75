import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { connectionFlags } from '../../src/process/commandFlags.ts';
import { REFUSED } from '../support/refusals.ts';
import { PROGRAMME_FILE, PROGRAMME_TEXT } from './cases.ts';
import { apart, folder, jsonOf, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

const GOOD = fileURLToPath(PROGRAMME_FILE);
const BAD = PROGRAMME_TEXT.replace('language: es', 'language: de').replace('country: PE', 'country: Peru');
/** A port on which nothing listens. */
const NOWHERE = 'http://127.0.0.1:1';

const badFile = async () => {
  const file = path.join(await folder(), 'programa.yaml');
  await writeFile(file, BAD);
  return file;
};
const lineOf = (text: string) => BAD.split('\n').findIndex((line) => line.includes(text)) + 1;

describe('check', () => {
  test('needs no server and no token', async () => {
    const { code, out, err } = await rial(NOWHERE, ['check', GOOD], { env: { RIAL_TOKEN: undefined } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('sin errores');
  });

  test('tells every mistake with its file, line and column', async () => {
    const file = await badFile();
    const { code, out, err } = await rial(NOWHERE, ['check', file]);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain(`${file}:${lineOf('language: de')}:`);
    expect(err).toContain(`${file}:${lineOf('country: Peru')}:`);
    expect(err).toContain('"de" no es una de las palabras previstas; escriba una de estas: es, en, pt, fr');
    expect(err).toContain('2 errores');
    const { err: english } = await rial(NOWHERE, ['check', file, '--language', 'en']);
    expect(english).toContain('"de" is not one of the words for this; write one of: es, en, pt, fr');
  });

  test('prints what README shows', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = readme.split('$ npx rial check mi-programa.yaml\n')[1]?.split('$')[0];
    const cwd = await folder();
    const mistaken = PROGRAMME_TEXT.replace('country: PE', 'country: Perú').replace(
      '  - date: 2021-07-14',
      '  - date: 14/07/2021',
    );
    await writeFile(path.join(cwd, 'mi-programa.yaml'), mistaken);
    expect((await apart(NOWHERE, ['check', 'mi-programa.yaml'], { cwd })).err).toBe(shown);
  });

  test('reads the standard input', async () => {
    expect((await rial(NOWHERE, ['check', '-'], { stdin: PROGRAMME_TEXT })).code).toBe(0);
    const { code, err } = await rial(NOWHERE, ['check', '-'], { stdin: BAD });
    expect(code).toBe(4);
    expect(err).toMatch(/^<stdin>:\d+:\d+ /);
  });

  test('--json has the mistakes, and none for a file without', async () => {
    const bad = await rial(NOWHERE, ['check', await badFile(), '--json']);
    expect(bad.code).toBe(4);
    expect(jsonOf<{ mistakes: object[] }>(bad).mistakes).toEqual([
      expect.objectContaining({
        path: 'language',
        line: lineOf('language: de'),
        code: 'WordUnknown',
        value: 'de',
        words: ['es', 'en', 'pt', 'fr'],
        message: expect.stringContaining('"de" no es una de las palabras previstas'),
      }),
      expect.objectContaining({
        code: 'CountryUnknown',
        value: 'Peru',
        path: 'institutions[0].country',
      }),
    ]);
    expect(jsonOf(await rial(NOWHERE, ['check', GOOD, '--json']))).toEqual({
      mistakes: [],
      warnings: [1, 2, 3].map((session) => expect.objectContaining({ code: 'SessionPast', session })),
    });
  });

  test('a file that is not there is a mistake in typing', async () => {
    const { code, err } = await rial(NOWHERE, ['check', 'no-such-file.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('no-such-file.yaml');
    expect(err).toContain('no existe');
  });
});

describe('start', () => {
  test('sends the file as it is, and says how to go on', async () => {
    const fake = await testServer();
    const { code, out } = await rial(fake.url, ['start', GOOD]);
    expect(code).toBe(0);
    expect(fake.seen[0]?.body.toString()).toBe(PROGRAMME_TEXT);
    expect(out).toContain('rial open 14-per-chl');
  });

  test('the next command is told as it has to be typed: by npx, with the flags that were given', async () => {
    const { url } = await testServer();
    const flags = ['--url', url, '--token-file', '/tmp/una carpeta/staff-token'];
    const asNpx = { env: { npm_command: 'exec' } };
    expect((await rial(url, ['start', GOOD, '--url', url], asNpx)).out).toContain(
      `npx rial open 14-per-chl --url ${url}\n`,
    );
    expect((await rial(url, ['open', 'no-such', '--url', url], asNpx)).err).toContain(
      `npx rial list --url ${url}\n`,
    );
    expect(connectionFlags({ url: flags[1], tokenFile: flags[3] })).toBe(
      ` --url ${url} --token-file '/tmp/una carpeta/staff-token'`,
    );
    expect(connectionFlags({ tokenFile: "d'agosto/t" })).toBe(` --token-file 'd'\\''agosto/t'`);
  });

  test('--json is what the API returns', async () => {
    const fake = await testServer();
    expect(jsonOf(await rial(fake.url, ['start', '-', '--json'], { stdin: PROGRAMME_TEXT }))).toEqual({
      id: '14-per-chl',
      state: 'started',
      warnings: [],
    });
  });

  test('tells what has passed already; --dry-run tells it alone', async () => {
    const fake = await testServer();
    const warnings = [{ code: 'SessionPast', session: 1, date: '2021-07-14' }];
    fake.replies.set('POST /cooperations', () => Response.json({ id: '14-per-chl', warnings }));
    const { code, out } = await rial(fake.url, ['start', GOOD, '--dry-run']);
    expect(code).toBe(0);
    expect(fake.seen[0]?.query['dry-run']).toBe('yes');
    expect(out).toContain('No se inició nada.');
    expect(out).toContain('1.ª sesión: el 14 de julio de 2021 ya pasó');
  });

  test('tells mistakes without asking the server', async () => {
    const fake = await testServer();
    const { code, err } = await rial(fake.url, ['start', await badFile()]);
    expect(code).toBe(4);
    expect(err).toContain(`:${lineOf('language: de')}:`);
    expect(fake.seen).toEqual([]);
  });

  test('tells the mistakes that only the server finds', async () => {
    const fake = await testServer();
    fake.replies.set(
      'POST /cooperations',
      refusing(422, {
        code: 'ProgrammeMistaken',
        mistakes: [{ code: 'CountryUnknown', value: 'QQ', line: 3, column: 1, path: 'country' }],
      }),
    );
    const { code, err } = await rial(fake.url, ['start', GOOD]);
    expect(code).toBe(4);
    expect(err).toContain(`${GOOD}:3:1  country: "QQ" no es un país; `);
  });

  test('an id that is taken is refused, with what to do', async () => {
    const fake = await testServer();
    fake.replies.set('POST /cooperations', refusing(409, REFUSED.CooperationTaken));
    const { code, err } = await rial(fake.url, ['start', GOOD]);
    expect(code).toBe(1);
    expect(err).toContain('Dele a esta uno propio');
  });
});
