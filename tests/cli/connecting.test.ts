import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { caseOf, inDays } from './cases.ts';
import { apart, folder, jsonOf, rial } from './rial.ts';
import { refusing, TOKEN, testServer } from './server.ts';

const NOWHERE = 'http://127.0.0.1:1';

/** A data folder as `npm start` makes it. */
async function dataFolder(token = `${TOKEN}\n`, mode = 0o600): Promise<{ dir: string; file: string }> {
  const dir = path.join(await folder(), 'data');
  await mkdir(dir);
  const file = path.join(dir, 'staff-token');
  await writeFile(file, token);
  await chmod(file, mode);
  return { dir, file };
}

describe('the server', () => {
  test.each([
    [['list']],
    [['show', 'x']],
    [['open', 'x']],
    [['answer', 'x', 'y', '--by', 'z', '--approve']],
    [['ask', 'x', 'y', '--by', 'z', '--to', 'w']],
    [['export', 'x', '--out', 'no-such-folder']],
  ])('that is not there ends %j with what to do', async (args) => {
    const { code, out, err } = await rial(NOWHERE, args);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(NOWHERE);
    expect(err).toContain('npm start');
  });

  test.each([
    ['en', /^The RIAL server at .* does not answer\. Start it with "npm start"/],
    ['pt', /^O servidor RIAL não responde/],
    ['fr', /^Le serveur RIAL ne répond pas/],
  ])('that is not there is told in %s', async (language, told) => {
    expect((await rial(NOWHERE, ['list', '--language', language])).err).toMatch(told);
  });

  test('that is not there is told before a token that is not there: nothing was started yet', async () => {
    const cwd = await folder();
    const { code, err } = await apart(NOWHERE, ['list'], { env: { RIAL_TOKEN: undefined }, cwd });
    expect(code).toBe(3);
    expect(err).toContain('npm start');
  });

  test('is where --url says, before RIAL_URL', async () => {
    const { url } = await testServer();
    expect((await rial(NOWHERE, ['list', '--url', url])).code).toBe(0);
  });

  test('is understood by the API’s own address and with a slash too', async () => {
    const { url } = await testServer();
    expect((await rial(`${url}/api`, ['list'])).code).toBe(0);
    expect((await rial(`${url}/`, ['list'])).code).toBe(0);
  });

  test('that is no address is a mistake in typing', async () => {
    const { code, err } = await rial(NOWHERE, ['list', '--url', 'localhost:8080']);
    expect(code).toBe(2);
    expect(err).toContain('http://127.0.0.1:8080');
  });

  test('that is another program is told as that', async () => {
    const other = createServer((_, response) => response.end('<html>hello</html>')).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { code, err } = await rial(url, ['list']);
    expect(code).toBe(3);
    expect(err).toContain('no responde un servidor RIAL de esta versión');
  });

  test('that answers in a shape of another version is told as that, with where', async () => {
    const fake = await testServer();
    fake.replies.set('GET /cooperations/x', () => Response.json({ ...caseOf(), mails: 'none' }));
    const { code, err } = await rial(fake.url, ['show', 'x']);
    expect(code).toBe(3);
    expect(err).toContain('mails');
  });

  test('that failed inside ends with 70, and that its Temporal is away with 3', async () => {
    const fake = await testServer();
    fake.replies.set('GET /cooperations', refusing(500, { code: 'Internal' }));
    expect(await rial(fake.url, ['list'])).toMatchObject({
      code: 70,
      err: expect.stringContaining('rial.log'),
    });
    fake.replies.set('GET /cooperations', refusing(503, { code: 'Unavailable' }));
    expect(await rial(fake.url, ['list'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('El sistema no responde'),
    });
  });

  test('may refuse with a code that is new to this rial: it is told', async () => {
    const fake = await testServer();
    fake.replies.set('GET /cooperations', refusing(422, { code: 'constructor' }));
    expect(await rial(fake.url, ['list'])).toMatchObject({ code: 1, err: 'constructor\n' });
  });
});

describe('the token', () => {
  test('is RIAL_TOKEN, else a file that is named, else the one of the data folder', async () => {
    const { url } = await testServer();
    const { dir, file } = await dataFolder();
    const none = { RIAL_TOKEN: undefined };
    expect((await rial(url, ['list'])).code).toBe(0);
    expect((await rial(url, ['list', '--token-file', file], { env: none })).code).toBe(0);
    expect((await rial(url, ['list'], { env: { ...none, RIAL_TOKEN_FILE: file } })).code).toBe(0);
    expect((await rial(url, ['list'], { env: { ...none, RIAL_DATA: dir } })).code).toBe(0);
    expect((await apart(url, ['list'], { env: none, cwd: path.dirname(dir) })).code).toBe(0);
  });

  test('that is typed as a file comes before a variable that was forgotten', async () => {
    const { url } = await testServer();
    const { file } = await dataFolder();
    const env = { RIAL_TOKEN: 'an-old-one' };
    expect((await rial(url, ['list', '--token-file', file], { env })).code).toBe(0);
  });

  test('that is missing is told with where it was looked for', async () => {
    const { url } = await testServer();
    const cwd = await folder();
    const { code, err } = await apart(url, ['list'], { env: { RIAL_TOKEN: undefined }, cwd });
    expect(code).toBe(1);
    expect(err).toContain(path.join('data', 'staff-token'));
    expect(err).toContain('--token-file');
  });

  test('that is wrong is told with where it came from', async () => {
    const { url } = await testServer();
    const { code, err } = await rial(url, ['list'], { env: { RIAL_TOKEN: 'wrong' } });
    expect(code).toBe(1);
    expect(err).toContain('RIAL_TOKEN');
  });

  test.each([['two words'], ['línea'], ['']])('%j is no token, and never reaches a header', async (token) => {
    const fake = await testServer();
    const { file } = await dataFolder(token);
    const { code, err } = await rial(fake.url, ['list', '--token-file', file]);
    expect(code).toBe(1);
    expect(err).toContain(file);
  });
});

describe('doctor', () => {
  const checksOf = async (url: string, env: Record<string, string | undefined>) => {
    const ran = await rial(url, ['doctor', '--json'], { env: { RIAL_TOKEN: undefined, ...env } });
    const { ok, checks } = jsonOf<{
      ok: boolean;
      checks: { check: string; ok: boolean; found: string; todo?: string }[];
    }>(ran);
    return { ok, code: ran.code, bad: checks.filter((one) => !one.ok), checks };
  };

  test('finds everything well', async () => {
    const { url } = await testServer();
    const { dir } = await dataFolder();
    const { ok, code, bad, checks } = await checksOf(url, { RIAL_DATA: dir });
    expect({ ok, code, bad }).toEqual({ ok: true, code: 0, bad: [] });
    expect(checks.map(({ check }) => check)).toEqual([
      'versions',
      'server',
      'temporal',
      'disk',
      'clock',
      'token',
      'permissions',
      'access',
      'agreement',
      'retention',
      'data',
    ]);
  });

  test('tells in what case file and Temporal disagree, and what to do', async () => {
    const server = await testServer();
    const { dir } = await dataFolder();
    server.replies.set('GET /agreement', () =>
      Response.json({
        disagreements: [
          { code: 'workflow-ended', cooperation: '14-per-chl', was: 'terminated', run: 'r1' },
          { code: 'workflow-left', cooperation: '13-col-mex', scope: 'session-2' },
        ],
        retentionDays: 1,
      }),
    );
    const { code, bad } = await checksOf(server.url, { RIAL_DATA: dir });
    expect(code).toBe(1);
    expect(bad).toMatchObject([
      { check: 'agreement', todo: expect.stringContaining('rial rebuild 14-per-chl') },
      { check: 'agreement', todo: expect.stringContaining('cooperation/13-col-mex/session-2') },
      { check: 'retention', todo: expect.stringContaining('--retention 400d') },
    ]);
    server.replies.set('GET /agreement', refusing(503, { code: 'Unavailable' }));
    expect((await checksOf(server.url, { RIAL_DATA: dir })).bad).toMatchObject([
      { check: 'agreement', found: expect.stringContaining('Unavailable') },
    ]);
  });

  test('says what to do where nothing was started', async () => {
    const cwd = await folder();
    const { code, out } = await apart(NOWHERE, ['doctor'], { env: { RIAL_TOKEN: undefined }, cwd });
    expect(code).toBe(3);
    expect(out).toMatch(/✖ El servidor no responde en http:\/\/127\.0\.0\.1:1\n {2}Inícielo con «npm start»/);
    expect(out).toMatch(/✖ El código de acceso no se puede leer/);
    expect(out).toMatch(/✖ No hay carpeta de datos/);
    expect(out).toMatch(/✔ rial \d+\.\d+\.\d+ con Node 24/);
  });

  test('tells a token file that others can read, and how to mend it', async () => {
    const { url } = await testServer();
    const { dir, file } = await dataFolder(TOKEN, 0o644);
    const { code, bad } = await checksOf(url, { RIAL_DATA: dir });
    expect(code).toBe(1);
    expect(bad).toMatchObject([{ check: 'permissions', todo: expect.stringContaining(`chmod 600 ${file}`) }]);
  });

  test('tells a token that the server does not know', async () => {
    const { url } = await testServer();
    const { dir } = await dataFolder('another');
    const { code, bad } = await checksOf(url, { RIAL_DATA: dir });
    expect(code).toBe(1);
    expect(bad).toMatchObject([{ check: 'access', found: expect.stringContaining('Unauthorized') }]);
  });

  test('tells that Temporal is away, and that the clocks differ', async () => {
    const { url } = await testServer({ temporal: false, time: () => inDays(-1) });
    const { dir } = await dataFolder();
    const { code, bad } = await checksOf(url, { RIAL_DATA: dir });
    expect(code).toBe(1);
    expect(bad.map(({ check }) => check)).toEqual(['temporal', 'clock']);
    for (const { todo } of bad) expect(todo).toBeTruthy();
  });

  test('needs no data folder where the server is elsewhere', async () => {
    const { url } = await testServer();
    const RIAL_DATA = path.join(await folder(), 'none');
    expect(await checksOf(url, { RIAL_TOKEN: TOKEN, RIAL_DATA })).toMatchObject({ ok: true, code: 0 });
  });
});

describe('typing', () => {
  test.each([
    [[]],
    [['frobnicate']],
    [['show']],
    [['show', 'x', 'y', 'z']],
    [['list', '--frobnicate']],
    [['answer', 'x', 'y', '--approve']],
    [['export', 'x']],
    [['list', '--language', 'de']],
  ])('%j ends with 2', async (args) => {
    const { code, out, err } = await rial(NOWHERE, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  test('--help tells the commands, exit codes and variables, and ends well', async () => {
    const { code, out } = await rial(NOWHERE, ['--help']);
    expect(code).toBe(0);
    for (const told of ['start', 'watch', 'doctor', '70 ', 'RIAL_TOKEN_FILE', 'docs/cli.md'])
      expect(out).toContain(told);
    expect((await rial(NOWHERE, ['answer', '--help'])).out).toContain('--not-held');
    // Each has its row in the page that it refers to.
    const commands = out
      .split('\n')
      .flatMap((line) => /^ {2}([a-z][a-z-]+)\b.* {2,}\S/.exec(line)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(40);
    const page = await readFile('docs/cli.md', 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const described = (command: string) =>
      rows.some((row) => new RegExp(`^[^|]*\\| [^|]*\`${command}[ \`]`).test(row));
    expect(commands.filter((command) => command !== 'help' && !described(command))).toEqual([]);
  });

  test('a mistake under --json is JSON on the standard error output', async () => {
    const { code, err } = await rial(NOWHERE, ['list', '--json', '--url', 'x']);
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'Usage', message: expect.any(String) } });
  });
});
