import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString, rgb } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSeal } from '../../src/evidence/seal.ts';
import { newSealKey, sealerWith } from '../../src/evidence/sealing.ts';
import { verifyBundle } from '../../src/evidence/verify.ts';
import { bundleLines } from '../../src/words/bundle.ts';
import { ministrySigner } from '../support/ministrySigner.ts';
import { bench, bundleScene, filesOf, ID, NOW } from './bundleScene.ts';

/** What others add to a sealed PDF: signatures by keys of their own, and what is none. */

let scene: Awaited<ReturnType<typeof bundleScene>>;
let place: Awaited<ReturnType<typeof bench>>;
let sealed: Buffer;
let signed: Buffer;
beforeAll(async () => {
  [scene, place] = await Promise.all([bundleScene(), bench()]);
  sealed = (await filesOf(await scene.bundle())).get(`${ID}/data/case.pdf`) as Buffer;
  signed = await signedBy(sealed, 'Ministerio de Trabajo');
});
afterAll(async () => {
  await place.remove();
  await scene.drop();
});

/** Signed by a ministry, after what `change` does to it in the same increment. */
async function signedBy(
  pdf: Buffer,
  name: string,
  change: (document: PDF) => void = () => {},
): Promise<Buffer> {
  const document = await PDF.load(new Uint8Array(pdf));
  change(document);
  const signer = await ministrySigner(name);
  const { bytes } = await document.sign({ signer, reason: 'Conforme', fieldName: `${name} ${pdf.length}` });
  return Buffer.from(bytes);
}
/** A mark on the first page that says of itself that it is a signature, and has something else besides. */
const markedAs =
  (subtype: string, besides: Record<string, PdfDict | PdfString> = {}) =>
  (document: PDF): void => {
    const page = document.getObject(document.getPages()[0]?.ref as PdfRef) as PdfDict;
    const had = page.get('Annots');
    const marks = had instanceof PdfRef ? document.getObject(had) : had;
    const mark = PdfDict.of({
      Type: PdfName.of('Annot'),
      Subtype: PdfName.of(subtype),
      FT: PdfName.of('Sig'),
      Rect: PdfArray.of(...[0, 0, 20, 20].map((at) => PdfNumber.of(at))),
      ...besides,
    });
    page.set('Annots', PdfArray.of(...(marks instanceof PdfArray ? marks : []), document.register(mark)));
  };
const FILE = PdfDict.of({ Type: PdfName.of('Filespec'), F: PdfString.fromString('otro.exe') });
const faultsOf = async (pdf: Buffer) => (await checkSeal(pdf)).faults;
const changed = async (change: (document: PDF) => void) =>
  faultsOf(await signedBy(sealed, 'Ministerio de Trabajo', change));

describe('a sealed PDF that a ministry signed', () => {
  it('is ours and its signature, by the name in its certificate', async () => {
    expect(signed.subarray(0, sealed.length).equals(sealed)).toBe(true);
    const { seal, faults, attached } = await checkSeal(signed);
    expect(faults).toEqual([]);
    expect(seal?.subject).toContain('rial.example');
    expect(seal?.signatures).toMatchObject([
      { subject: 'CN=Ministerio de Trabajo', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(Buffer.from(attached ?? []).length).toBeGreaterThan(1_000);
    expect((await checkSeal(sealed)).seal?.signatures).toEqual([]);
  });

  it('is told so, and may be signed by both', async () => {
    const both = await signedBy(signed, 'Ministerio del Empleo');
    const at = await place.folder(new Map([['case.pdf', both]]));
    const report = await verifyBundle(`${at}/case.pdf`);
    expect(report).toMatchObject({ ok: true, of: 'paper', findings: [] });
    const told = bundleLines(report, 'en').filter((line) => line.startsWith('Signed after the seal'));
    expect(told.map((line) => line.includes('Trabajo'))).toEqual([true, false]);
    expect(told[1]).toContain('CN=Ministerio del Empleo');
  });

  it('tells one byte that is another, in what was sealed and in what was added', async () => {
    const from = signed.indexOf('/Contents <', sealed.length) + 11;
    const added = signed.length - sealed.length;
    const places = [
      ...Array.from({ length: 12 }, (_, n) => Math.floor((n * sealed.length) / 12)),
      ...Array.from({ length: 12 }, (_, n) => sealed.length + Math.floor((n * (added - 1)) / 11)),
      ...[300, 700, 1_500].map((n) => from + n),
    ];
    for (const at of places) {
      const altered = Buffer.from(signed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(await faultsOf(altered), `at ${at}`).not.toEqual([]);
    }
  });

  it('names the pages on which a signature that is seen stands over text, of whoever put it there', async () => {
    /** Something to be seen on the first page, from this height on. */
    const shown = (from: number, to: number) => (document: PDF) => {
      const page = document.getPages()[0];
      const field = document.getOrCreateForm().createSignatureField(`Vista ${from}`).getDict();
      field.delete('Kids');
      field.set('Type', PdfName.of('Annot'));
      field.set('Subtype', PdfName.of('Widget'));
      field.set('Rect', new PdfArray([80, to, 300, from].map((one) => PdfNumber.of(one))));
      page?.dict.set('Annots', new PdfArray([document.context.registry.register(field)]));
    };
    const beside = await signedBy(sealed, 'Ministerio de Trabajo', shown(2, 12));
    expect((await checkSeal(beside)).seal?.signatures).toMatchObject([{ covers: [] }]);
    const over = await signedBy(sealed, 'Ministerio de Trabajo', shown(400, 720));
    const both = await signedBy(over, 'Ministerio del Empleo');
    const { seal, faults } = await checkSeal(both);
    expect(faults).toEqual([]);
    expect(seal?.signatures).toMatchObject([{ covers: [1] }, { covers: [] }]);
    const at = await place.folder(new Map([['case.pdf', both]]));
    const lines = bundleLines(await verifyBundle(`${at}/case.pdf`), 'en');
    expect(lines.filter((line) => line.includes('over text of page 1'))).toHaveLength(1);
  });

  it('that was saved anew, cut or gone on with is none any more', async () => {
    const anew = await PDF.load(new Uint8Array(sealed));
    anew.setProducer('otro');
    const saved = Buffer.from(await anew.save({ incremental: false }));
    // Sealed by another key, then, as who knows ours is told.
    const at = await place.folder(new Map([['case.pdf', await signedBy(saved, 'Ministerio de Trabajo')]]));
    const certificate = (await checkSeal(sealed)).seal?.fingerprint;
    const { findings } = await verifyBundle(`${at}/case.pdf`, { certificate });
    expect(findings).toMatchObject([{ code: 'seal-other' }]);
    expect(await faultsOf(signed.subarray(0, -30))).not.toEqual([]);
    expect(await faultsOf(Buffer.concat([signed, Buffer.from('%\n')]))).toEqual(['signed-partial']);
    const gone = await PDF.load(new Uint8Array(signed));
    gone.addPage();
    expect(await faultsOf(Buffer.from(await gone.save({ incremental: true })))).toEqual(['signed-partial']);
  });

  it.each<[string, (document: PDF) => void]>([
    ['a page', (document) => void document.addPage()],
    [
      'what stands on a page',
      (document) =>
        document.getPages()[0]?.drawRectangle({ x: 0, y: 0, width: 400, height: 400, color: rgb(1, 1, 1) }),
    ],
    [
      'the attached case',
      (document) => document.attachments.add('case.json', Buffer.from('{}'), { overwrite: true }),
    ],
    ['another attached file', (document) => document.attachments.add('otro.json', Buffer.from('{}'))],
    ['a title', (document) => document.setTitle('Otro')],
    [
      'what it does when it is opened',
      (document) => document.getCatalog().set('OpenAction', PdfString.fromString('x')),
    ],
    ['its language', (document) => document.getCatalog().set(PdfName.of('Lang'), PdfString.fromString('xx'))],
    ['a file that passes for a signature', markedAs('FileAttachment', { FS: FILE })],
    ['what plays on a page and passes for a signature', markedAs('RichMedia')],
    ['a file that goes with a signature', markedAs('Widget', { AF: FILE })],
    ['a field', (document) => void document.getOrCreateForm().createTextField('nota')],
  ])('and changed %s in one go is told as altered', async (_what, change) => {
    expect(await changed(change)).toEqual(['signed-altered']);
  });

  it('after somebody else’s file is not sealed', async () => {
    const other = PDF.create();
    other.addPage();
    const theirs = await signedBy(Buffer.from(await other.save()), 'Ministerio de Trabajo');
    const at = await place.folder(new Map([['otro.pdf', theirs]]));
    expect((await verifyBundle(`${at}/otro.pdf`)).findings).toContainEqual({
      code: 'seal-case',
      file: 'otro.pdf',
    });
    // Sealed by another key: it is told whose, and known by the fingerprint that one has.
    const key = sealerWith(await newSealKey('other.example', new Date(NOW)));
    const { pdf } = await key(
      sealed.subarray(0, sealed.lastIndexOf('%%EOF', sealed.lastIndexOf('/ByteRange')) + 6),
      NOW,
    );
    const { seal } = await checkSeal(await signedBy(Buffer.from(pdf), 'Ministerio de Trabajo'));
    expect(seal?.fingerprint).toBe(key.fingerprint);
    expect(seal?.fingerprint).not.toBe((await checkSeal(sealed)).seal?.fingerprint);
  });
});
