import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BundleReport } from '../../src/domain/results/bundle.ts';
import { bundleScene, ID } from '../export/bundleScene.ts';
import { caseOf } from './cases.ts';
import { folder, jsonOf, rial } from './rial.ts';
import { type TestServer, testServer } from './server.ts';

let scene: Awaited<ReturnType<typeof bundleScene>>;
let bundle: Buffer;
beforeAll(async () => {
  scene = await bundleScene();
  bundle = await scene.bundle();
});
afterAll(() => scene.drop());
/** What needs no server asks none. */
const NOWHERE = 'http://127.0.0.1:9';
const server = (given: Partial<TestServer> = {}) => testServer({ cases: [caseOf()], bundle, ...given });

test('export writes a ZIP, checks it, and puts it over nothing', async () => {
  const { url } = await server();
  const out = path.join(await folder(), 'case.zip');
  const result = await rial(url, ['export', ID, '--out', out, '--json']);
  expect(result.code).toBe(0);
  expect(jsonOf(result)).toMatchObject({ id: ID, file: out, ok: true, entries: 6, findings: [] });
  expect((await readFile(out)).equals(bundle)).toBe(true);
  expect(await readdir(path.dirname(out))).toEqual(['case.zip']);
  const again = await rial(url, ['export', ID, '--out', out]);
  expect(again.code).toBe(1);
  expect(again.err).toContain('ya existe');
});

test('export leaves nothing behind where the line breaks, and tells what came wrongly', async () => {
  const replies: TestServer['replies'] = new Map([
    [
      `GET /cooperations/${ID}/bundle`,
      (outgoing) => {
        outgoing.writeHead(200, { 'content-length': String(bundle.length) });
        outgoing.write(bundle.subarray(0, 1_000), () => outgoing.destroy());
        return RESPONSE_ALREADY_SENT;
      },
    ],
  ]);
  const dir = await folder();
  const broken = await rial((await server({ replies })).url, [
    'export',
    ID,
    '--out',
    path.join(dir, 'case.zip'),
  ]);
  expect(broken.code).toBe(3);
  expect(await readdir(dir)).toEqual([]);
  const altered = Buffer.from(bundle);
  const at = altered.indexOf('%PDF marco');
  altered[at] = 0x26;
  const out = path.join(dir, 'other.zip');
  const wrong = await rial((await server({ bundle: altered })).url, ['export', ID, '--out', out]);
  expect(wrong.code).toBe(4);
  expect(wrong.out).toContain('data/documents/doc-1-v1-marco 100%.pdf: alterado');
  expect(await readdir(dir)).toEqual(['other.zip']);
});

test('verify needs no server, tells each thing in the reader’s language, and as codes', async () => {
  const file = path.join(await folder(), 'case.zip');
  await writeFile(file, bundle);
  const well = await rial(NOWHERE, ['verify', file]);
  expect(well.code).toBe(0);
  expect(well.out).toContain('Todo está como se escribió');
  const report = jsonOf<BundleReport>(await rial(NOWHERE, ['verify', file, '--json']));
  expect(report).toMatchObject({ ok: true, entries: 6, files: 11, findings: [] });
  expect((await rial(NOWHERE, ['verify', file, '--head', String(report.head)])).code).toBe(0);
  const head = 'a'.repeat(64);
  const other = await rial(NOWHERE, ['verify', file, '--head', head, '--json']);
  expect(other.code).toBe(4);
  expect(jsonOf(other)).toMatchObject({ ok: false, findings: [{ code: 'head-absent', head }] });
  expect((await rial(NOWHERE, ['verify', file, '--head', 'x'])).code).toBe(2);
  const none = await rial(NOWHERE, ['verify', `${file}x`, '--language', 'en']);
  expect(none.code).toBe(4);
  expect(none.out).toContain('neither a ZIP nor a folder');
});
