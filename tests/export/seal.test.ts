import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSeal } from '../../src/evidence/seal.ts';
import { newSealKey, sealerWith } from '../../src/evidence/sealing.ts';
import { verifyBundle } from '../../src/evidence/verify.ts';
import { bench, bundleScene, filesOf, ID, NOW } from './bundleScene.ts';

const NAME = `${ID}/data/case.pdf`;
let scene: Awaited<ReturnType<typeof bundleScene>>;
let place: Awaited<ReturnType<typeof bench>>;
let files: Map<string, Buffer>;
let pdf: Buffer;
beforeAll(async () => {
  [scene, place] = await Promise.all([bundleScene(), bench()]);
  files = await filesOf(await scene.bundle());
  pdf = files.get(NAME) ?? Buffer.alloc(0);
});
afterAll(async () => {
  await place.remove();
  await scene.drop();
});

/** Places in a seal: what nothing signs of it, its certificate, its signature, and the room after. */
const SEAL = [4, 15, 28, 45, 64, 77, 102, 283, 1_275, 2_150, 2_203, 2_241, 2_824, 2_839, 4_000, 20_000];

/** What is found where the bundle has another PDF, whoever wrote its lists anew. */
async function codesWith(other: Uint8Array, known = {}): Promise<string[]> {
  const { findings } = await verifyBundle(
    await place.folder(new Map([...files, [NAME, Buffer.from(other)]])),
    known,
  );
  return findings.map(({ code }) => code);
}
const alone = async (bytes: Uint8Array) =>
  verifyBundle(
    await place.folder(new Map([['case.pdf', Buffer.from(bytes)]])).then((at) => `${at}/case.pdf`),
  );
/** What was there before the seal. */
const unsealed = () => pdf.subarray(0, pdf.lastIndexOf('%%EOF', pdf.lastIndexOf('/ByteRange')) + 6);

describe('the seal of a case’s PDF', () => {
  test('is over the whole file, of the system’s certificate, and has the case in it', async () => {
    const { seal, faults, attached } = await checkSeal(pdf);
    expect(faults).toEqual([]);
    expect(seal).toMatchObject({ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(seal?.subject).toContain('rial.example');
    expect(Buffer.from(attached ?? []).equals(files.get(`${ID}/data/case.json`) as Buffer)).toBe(true);
    expect(await alone(pdf)).toMatchObject({ ok: true, of: 'paper', seal, findings: [] });
    expect(pdf.toString('latin1')).toContain('<pdfaid:part>3</pdfaid:part>');
  });

  test('tells one byte that is another, wherever it is', async () => {
    const from = pdf.lastIndexOf('/Contents <') + 11;
    const steps = Array.from({ length: 60 }, (_, n) => Math.floor((n * (pdf.length - 1)) / 59));
    for (const at of [...steps, ...SEAL.map((n) => from + n)]) {
      const altered = Buffer.from(pdf);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const { faults } = await checkSeal(altered);
      expect(faults, `at ${at}`).not.toEqual([]);
    }
  });

  test('tells what was cut off, added after, or never sealed', async () => {
    expect((await checkSeal(unsealed())).faults).toEqual(['seal-missing']);
    expect((await checkSeal(pdf.subarray(0, -40))).faults).toEqual(['seal-partial']);
    expect((await checkSeal(Buffer.concat([pdf, Buffer.from('%\n')]))).faults).toEqual(['seal-partial']);
    expect((await alone(unsealed())).findings).toMatchObject([{ code: 'seal-missing', file: 'case.pdf' }]);
  });

  test('tells another certificate than the one that is known, and another case', async () => {
    const other = sealerWith(await newSealKey('other.example', new Date(NOW)));
    const { pdf: forged } = await other(unsealed(), NOW);
    const certificate = (await checkSeal(pdf)).seal?.fingerprint;
    expect((await checkSeal(Buffer.from(forged))).seal?.fingerprint).toBe(other.fingerprint);
    expect(await codesWith(forged, { certificate })).toContain('seal-other');
    const document = await PDF.load(new Uint8Array(unsealed()));
    document.attachments.add('case.json', Buffer.from('{}'), { overwrite: true });
    const exchanged = await codesWith((await other(await document.save(), NOW)).pdf);
    expect(exchanged).toContain('seal-case');
    expect(exchanged).not.toContain('seal-broken');
  });

  test('is made with a key and certificate of an institution, and with no key that is another’s', async () => {
    const [one, two] = await Promise.all(['a', 'b'].map((name) => newSealKey(name, new Date(NOW))));
    const mixed = `${one?.split('-----BEGIN CERT')[0]}-----BEGIN CERT${two?.split('-----BEGIN CERT')[1]}`;
    expect(() => sealerWith(mixed)).toThrow('not of the key');
    const hash = createHash('sha256')
      .update((await sealerWith(String(one))(unsealed(), NOW)).pdf)
      .digest('hex');
    expect(hash).toBe(
      createHash('sha256')
        .update((await sealerWith(String(one))(unsealed(), NOW)).pdf)
        .digest('hex'),
    );
  });
});
