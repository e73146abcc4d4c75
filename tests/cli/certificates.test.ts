import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { codeInGroups } from '../../src/domain/results/certificateCode.ts';
import { caseOf, sha256 } from './cases.ts';
import { folder, jsonOf, rial } from './rial.ts';
import { testServer } from './server.ts';

const ID = '14-per-chl';
const CODE = 'K7QX0M2PZZ41RTV9AB3C';
const AT = '2021-12-03T15:00:00.000Z';
const certificate: CaseView['certificates'][number] = {
  ...{ number: 3, code: CODE, name: 'Ana \u001b[31mPaz', institution: 'SENCE', persons: [], language: 'es' },
  ...{ sessions: [{ number: 1, date: '2021-07-14', hours: 2.5 }], givenAt: AT, givenBy: 'oas-1' },
  ...{ withdrawn: null, sha256: sha256('pdf'), file: 'certificates/0003.pdf' },
};

test('certificates lists those that were given, gives, foresees and withdraws, and writes what stands into a file', async () => {
  const server = await testServer({ cases: [caseOf({ certificates: [certificate] })] });
  const at = `/cooperations/${ID}/certificates`;
  const sentLast = (): unknown => JSON.parse(String(server.seen.at(-1)?.body));
  server.replies.set(`POST ${at}`, () => Response.json({ given: [3, 4], replaced: [1] }, { status: 201 }));
  server.replies.set(`POST ${at}/withdraw`, () => Response.json({ certificate: 3 }));
  server.replies.set(`GET ${at}`, () => new Response('a ZIP'));
  const listed = await rial(server.url, ['certificates', ID]);
  expect(listed).toMatchObject({ code: 0, err: '' });
  // The case of the test has nobody in its attendance any more.
  expect(listed.out).toMatch(new RegExp(`3 .*Paz.*${codeInGroups(CODE)}.*Sin efecto`));
  expect(listed.out).not.toContain('\u001b[31mPaz');
  const given = await rial(server.url, ['certificates', ID, '--give', '--anew', '2', '--by', 'oas-1']);
  expect(given.out.trim()).toBe('Se expidieron 2 constancias; 1 anterior quedó sin efecto.');
  expect(sentLast()).toEqual({ by: 'oas-1', anew: [2] });
  const gone = await rial(server.url, ['certificates', ID, '--withdraw', '3', '--reason', 'Se fue antes.']);
  expect(gone.out.trim()).toBe('La constancia n.º 3 quedó anulada.');
  expect(sentLast()).toEqual({ certificate: 3, reason: 'Se fue antes.' });
  const file = path.join(await folder(), 'constancias.zip');
  expect((await rial(server.url, ['certificates', ID, '--zip', file])).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe('a ZIP');
  expect((await rial(server.url, ['certificates', ID, '--zip', file])).code).toBe(1);
  const sent = server.seen.length;
  for (const wrong of [
    ['--withdraw', '3'],
    ['--withdraw', 'x', '--reason', 'y'],
    ['--give', '--zip', file],
  ])
    expect((await rial(server.url, ['certificates', ID, ...wrong])).code).toBe(2);
  expect(server.seen).toHaveLength(sent);
});

test('certificate says what one states, and ends with 1 where it does not stand', async () => {
  const server = await testServer();
  const told = {
    ...{ state: 'valid', givenOn: '2021-12-03', name: 'Ana Paz', institution: null },
    cooperation: { subject: 'Diálogo', requesting: ['MTPE'], providing: ['MTPS'], secretariat: 'OEA' },
    sessions: certificate.sessions,
  };
  server.replies.set(`GET /certificates/${CODE}`, () => Response.json(told));
  const stands = await rial(server.url, ['certificate', CODE]);
  expect(stands).toMatchObject({ code: 0, err: '' });
  expect(stands.out).toContain('Primera sesión: 14 de julio de 2021 (2,5 h)');
  expect(jsonOf(await rial(server.url, ['certificate', CODE, '--json']))).toEqual(told);
  for (const state of ['withdrawn', 'corrected'] as const) {
    server.replies.set(`GET /certificates/${CODE}`, () => Response.json({ state, givenOn: '2021-12-03' }));
    expect((await rial(server.url, ['certificate', CODE])).code).toBe(1);
  }
  server.replies.set(`GET /certificates/${CODE}`, () => Response.json({ state: 'unknown' }));
  expect(await rial(server.url, ['certificate', CODE])).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('No existe una constancia') },
  });
});
