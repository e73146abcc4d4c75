import { describe, expect, test } from 'vitest';
import { jsonOf, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

/** `rial rebuild`. */

const LOST = [
  { cooperation: '14-per-chl', was: 'terminated', workflows: ['', 'documents', 'session-2', 'amendment-7'] },
  { cooperation: '16-brb-jam-tto', was: 'missing', workflows: [''] },
];

async function server(lost: readonly object[] = LOST) {
  const fake = await testServer();
  fake.replies.set('POST /rebuild', () => Response.json(lost));
  return fake;
}

describe('rebuild', () => {
  test('has all go on whose workflows are gone, and tells which steps', async () => {
    const fake = await server();
    const { code, out } = await rial(fake.url, ['rebuild']);
    expect(code).toBe(0);
    expect(out).toBe(
      '14-per-chl continúa desde el expediente: Intercambio de documentos e información, 2.ª sesión y Programa corregido.\n' +
        '16-brb-jam-tto continúa desde el expediente.\n',
    );
    expect(fake.seen.at(-1)).toMatchObject({ path: '/rebuild', query: {} });
    expect(JSON.parse(String(fake.seen.at(-1)?.body))).toEqual({});
  });

  test('lists under --dry-run which would, and how each ended', async () => {
    const fake = await server();
    const { out } = await rial(fake.url, ['rebuild', '--dry-run', '--language', 'en']);
    expect(out).toContain('14-per-chl: its process ended in Temporal (terminated). It would go on: ');
    expect(out).toContain('16-brb-jam-tto: Temporal does not know its process. It would go on.\n');
    expect(fake.seen.at(-1)?.query).toEqual({ 'dry-run': '1' });
  });

  test('names those it is for, and who has it done', async () => {
    const fake = await server();
    expect(jsonOf(await rial(fake.url, ['rebuild', '14-per-chl', '--by', 'oas-1', '--json']))).toEqual(LOST);
    expect(JSON.parse(String(fake.seen.at(-1)?.body))).toEqual({ cooperations: ['14-per-chl'], by: 'oas-1' });
  });

  test('says when there is nothing to do; of one that was named, as a refusal', async () => {
    const none = await server([]);
    expect(await rial(none.url, ['rebuild'])).toMatchObject({
      code: 0,
      out: 'Ninguna cooperación perdió su proceso: no hay nada que reconstruir.\n',
    });
    const runs = await testServer();
    runs.replies.set('POST /rebuild', refusing(409, { code: 'NothingToRebuild', cooperation: '14-per-chl' }));
    const { code, err } = await rial(runs.url, ['rebuild', '14-per-chl']);
    expect(code).toBe(1);
    expect(err).toContain('La cooperación «14-per-chl» está en marcha: no hay nada que reconstruir.');
  });
});
