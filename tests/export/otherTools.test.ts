import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSeal } from '../../src/evidence/seal.ts';
import { bundleScene, filesOf, ID } from './bundleScene.ts';

/** A sealed PDF as somebody else's tool signs it, where `.ci/pyhanko` has put one; nowhere else. */
const PYHANKO = process.env['RIAL_PYHANKO'] ?? '';
const run = promisify(execFile);

describe.runIf(PYHANKO !== '')('a sealed PDF that pyHanko signs', () => {
  let folder: string;
  let scene: Awaited<ReturnType<typeof bundleScene>>;
  const at = (name: string) => path.join(folder, name);
  beforeAll(async () => {
    [folder, scene] = await Promise.all([mkdtemp(path.join(tmpdir(), 'rial-tools-')), bundleScene()]);
    await writeFile(at('sealed.pdf'), (await filesOf(await scene.bundle())).get(`${ID}/data/case.pdf`) ?? '');
    for (const name of ['Trabajo', 'Empleo'])
      await run('openssl', [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${name}`],
        ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
      ]);
  }, 120_000);
  afterAll(async () => {
    await scene.drop();
    await rm(folder, { recursive: true });
  });
  const sign = (name: string, field: string, from: string, to: string) =>
    run(PYHANKO, [
      ...['sign', 'addsig', '--field', field, '--reason', 'Conforme', 'pemder', '--no-pass'],
      ...['--key', at(`${name}.key`), '--cert', at(`${name}.pem`), at(from), at(to)],
    ]);

  it('is ours and its signatures, with the page that one to be seen covers; and not where one byte is another', {
    timeout: 120_000,
  }, async () => {
    await sign('Trabajo', '1/60,380,320,700/Firma', 'sealed.pdf', 'first.pdf');
    await sign('Empleo', 'Otra', 'first.pdf', 'both.pdf');
    const both = await readFile(at('both.pdf'));
    const { seal, faults } = await checkSeal(both);
    expect(faults).toEqual([]);
    expect(seal?.signatures).toMatchObject([
      { subject: 'CN=Trabajo', covers: [1] },
      { subject: 'CN=Empleo', covers: [] },
    ]);
    const { length } = await readFile(at('first.pdf'));
    for (const place of [1_000, length - 500, length + 1_000, both.length - 200]) {
      const altered = Buffer.from(both);
      altered[place] = (altered[place] ?? 0) ^ 1;
      expect((await checkSeal(altered)).faults, `at ${place}`).not.toEqual([]);
    }
  });
});
