import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PDF, type Signer } from '@libpdf/core';
import JSZip from 'jszip';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewOf } from '../../src/casefile/view.ts';
import { closingPaper, keepClosingPapers, signPaper } from '../../src/client/closingPaper.ts';
import type { CooperationClient } from '../../src/client/cooperationClient.ts';
import { readAll } from '../../src/documents/store.ts';
import { type Refusal, Refused, refused } from '../../src/domain/refusal.ts';
import type { ClosingPaperView, Stamping } from '../../src/domain/results/closingPaper.ts';
import { infoText, manifestText } from '../../src/evidence/manifest.ts';
import { checkSeal } from '../../src/evidence/seal.ts';
import { verifyBundle } from '../../src/evidence/verify.ts';
import { closingPaperMaker } from '../../src/export/closingPaper.ts';
import { bundleLines } from '../../src/words/bundle.ts';
import { ministrySigner } from '../support/ministrySigner.ts';
import { testSeal } from '../support/seal.ts';
import { bench, bundleScene, filesOf, ID, NOW } from './bundleScene.ts';

/** The sealed case file of a cooperation that is over: made once, the same for all, and signed by one ministry after the other. */

const quiet = { warn: () => {} };
let place: Awaited<ReturnType<typeof bench>>;
let peru: Signer;
let chile: Signer;
beforeAll(async () => {
  [place, peru, chile] = await Promise.all([
    bench(),
    ministrySigner('Ministerio de Trabajo'),
    ministrySigner('Ministerio del Empleo'),
  ]);
});
afterAll(() => place.remove());

/** The paper is set once for all tests: it takes seconds. */
let paperMade: ReturnType<NonNullable<CooperationClient['paperMaker']>> | undefined;
const made: NonNullable<CooperationClient['paperMaker']> = (view, at) => {
  paperMade ??= closingPaperMaker({ caseFile: scene.caseFile, seal: testSeal })(view, at);
  return paperMade;
};

let scene: Awaited<ReturnType<typeof bundleScene>>;
let client: CooperationClient;
let told: number[];
let stamp: Stamping;
let now: string;
beforeEach(async () => {
  scene = await bundleScene();
  [told, stamp, now] = [[], 'none', NOW];
  const { caseFile, documents } = scene;
  client = {
    ...{ caseFile, documents, now: () => now },
    workflows: {
      tellSignature: async (_: unknown, number: number) => void told.push(number),
    } as unknown as CooperationClient['workflows'],
    paperMaker: async (view, at) => ({ ...(await made(view, at)), stamp }),
  };
});
afterEach(() => scene.drop());

const close = (cancelledAt: string | null = null) =>
  scene.caseFile.updateTable('cooperation').set({ closedAt: NOW, cancelledAt }).execute();
const bytesOf = ({ sha256 }: { sha256: string }) => readAll(scene.documents, sha256);
const signedBy = async (pdf: Buffer, signer: Signer, change: (document: PDF) => void = () => {}) => {
  const document = await PDF.load(new Uint8Array(pdf));
  change(document);
  return Buffer.from((await document.sign({ signer, reason: 'Conforme' })).bytes);
};
const putIn = (bytes: Buffer, by = 'per-mtpe-1', token?: Parameters<typeof signPaper>[3]) =>
  signPaper(client, ID, { by, bytes: Readable.from([bytes]) }, token);
async function refusal(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
  throw new Error('it was done');
}
const recorded = async () =>
  ((await viewOf(scene.caseFile, ID, NOW))?.record ?? []).filter(({ kind }) => kind.startsWith('paper-'));

describe('the sealed case file of a cooperation', () => {
  it('is there once it is over, and not where it was cancelled', async () => {
    expect(await refusal(closingPaper(client, ID))).toEqual({ code: 'PaperNotYet' });
    await close(NOW);
    expect(await refusal(closingPaper(client, ID))).toEqual({ code: 'PaperNotYet' });
    expect(await keepClosingPapers(client, quiet)).toBe(0);
  });

  it('is made once, whoever asks first: PDF/A-3a with the case as all may have it, and PDF/UA to be read', async () => {
    await close();
    const [paper, other] = await Promise.all([closingPaper(client, ID), closingPaper(client, ID)]);
    expect(other).toEqual(paper);
    now = '2021-08-01T00:00:00.000Z';
    expect(await closingPaper(client, ID)).toEqual(paper);
    expect(await keepClosingPapers(client, quiet)).toBe(0);
    const sealed = await bytesOf(paper);
    const { seal, faults, attached } = await checkSeal(sealed);
    expect(faults).toEqual([]);
    expect(seal?.subject).toContain('rial.example');
    expect(sealed.toString('latin1')).toContain('<pdfaid:part>3</pdfaid:part>');
    const own = JSON.parse(Buffer.from(attached ?? []).toString('utf8'));
    // Nobody's mails and certificates, and all documents.
    expect(own).toMatchObject({ id: ID, mails: [], certificates: [], closingPaper: null });
    expect(own.documents).toHaveLength(3);
    const reading = (await bytesOf(paper.reading)).toString('latin1');
    expect(reading).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(reading).not.toContain('/ByteRange');
    expect(await recorded()).toMatchObject([{ kind: 'paper-sealed', data: { sha256: paper.sha256 } }]);
  });

  it('is made by itself, and without a stamp only where the authority was away for a day, or somebody asks', async () => {
    await close();
    stamp = 'away';
    expect(await keepClosingPapers(client, quiet)).toBe(0);
    now = '2021-07-02T12:00:00.000Z';
    expect(await keepClosingPapers(client, quiet)).toBe(1);
    expect((await closingPaper(client, ID)).stamp).toBe('away');
  });

  it('is made without a stamp where somebody asks', async () => {
    await close();
    stamp = 'away';
    expect((await closingPaper(client, ID)).stamp).toBe('away');
  });
});

describe('a ministry that signs it', () => {
  let paper: ClosingPaperView;
  let sealed: Buffer;
  beforeEach(async () => {
    await close();
    paper = await closingPaper(client, ID);
    sealed = await bytesOf(paper);
  });

  it('puts it in, and then the other signs that; each is told of once, and is on record', async () => {
    const first = await signedBy(sealed, peru);
    expect(await putIn(first)).toMatchObject({
      number: 1,
      signatures: [{ subject: 'CN=Ministerio de Trabajo', stampedAt: null }],
    });
    const both = await signedBy(first, chile);
    expect(await putIn(both, 'chl-mtps-1')).toMatchObject({
      number: 2,
      signatures: [{ subject: 'CN=Ministerio del Empleo' }],
    });
    expect(told).toEqual([1, 2]);
    // The same file again is that one.
    expect(await putIn(first)).toMatchObject({
      number: 1,
      signatures: [{ subject: 'CN=Ministerio de Trabajo' }],
    });
    const { signed } = await closingPaper(client, ID);
    expect(signed.map(({ party, by }) => [party, by])).toEqual([
      ['per-mtpe', 'per-mtpe-1'],
      ['chl-mtps', 'chl-mtps-1'],
    ]);
    expect(await recorded()).toMatchObject([
      { kind: 'paper-sealed' },
      { kind: 'paper-signed', party: 'per-mtpe', person: 'per-mtpe-1', data: { number: 1 } },
      { kind: 'paper-signed', party: 'chl-mtps', data: { number: 2 } },
    ]);
  });

  it('is refused where it signed an older one than the newest, also where both are put in at once', async () => {
    const [one, two] = await Promise.all([signedBy(sealed, peru), signedBy(sealed, chile)]);
    const results = await Promise.allSettled([putIn(one), putIn(two, 'chl-mtps-1')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const late = results[0]?.status === 'rejected' ? putIn(one) : putIn(two, 'chl-mtps-1');
    expect(await refusal(late)).toEqual({ code: 'PaperOutdated', number: 1 });
    expect((await closingPaper(client, ID)).signed).toHaveLength(1);
  });

  it('is refused what is not the file, has no signature, one that is not good, or more than that', async () => {
    expect(await refusal(putIn(Buffer.from('%PDF-1.7\n')))).toEqual({ code: 'PaperForeign' });
    expect(await refusal(putIn(sealed))).toEqual({ code: 'PaperUnsigned' });
    const anew = await PDF.load(new Uint8Array(sealed));
    anew.setProducer('otro');
    const saved = Buffer.from(await anew.save({ incremental: false }));
    expect(await refusal(putIn(await signedBy(saved, peru)))).toEqual({ code: 'PaperForeign' });
    expect(await refusal(putIn(await signedBy(sealed, peru, (one) => void one.addPage())))).toEqual({
      ...{ code: 'PaperUnsound', why: 'signed-altered' },
    });
    const good = await signedBy(sealed, peru);
    expect(await refusal(putIn(Buffer.concat([good, Buffer.from('%\n')])))).toEqual({
      ...{ code: 'PaperUnsound', why: 'signed-partial' },
    });
    expect(await refusal(putIn(Buffer.concat([sealed, Buffer.alloc(9 * 1024 * 1024)])))).toEqual({
      ...{ code: 'DocumentRefused', why: 'size' },
    });
    expect((await closingPaper(client, ID)).signed).toEqual([]);
    expect(await recorded()).toHaveLength(1);
  });

  it('is refused more than a check of the bundle reads, of all that was put in together', async () => {
    const first = await signedBy(sealed, peru);
    await putIn(first);
    await scene.caseFile
      .updateTable('closingSignature')
      .set({ size: 192 * 1024 * 1024 })
      .execute();
    expect(await refusal(putIn(await signedBy(first, chile), 'chl-mtps-1'))).toEqual({
      ...{ code: 'DocumentRefused', why: 'size' },
    });
  });

  it('is refused a file in which one byte is another', async () => {
    const good = await signedBy(sealed, peru);
    const added = good.length - sealed.length;
    const places = [
      ...Array.from({ length: 5 }, (_, n) => Math.floor((n * sealed.length) / 5)),
      ...Array.from({ length: 8 }, (_, n) => sealed.length + Math.floor((n * (added - 1)) / 7)),
    ];
    for (const at of places) {
      const altered = Buffer.from(good);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const { code } = await refusal(putIn(altered));
      expect(code, `at ${at}`).toMatch(/^Paper(Foreign|Unsound)$/);
    }
    expect((await closingPaper(client, ID)).signed).toEqual([]);
  });

  it('does it by a delegate, or by the Secretariat, which says how it came', async () => {
    const good = await signedBy(sealed, peru);
    const staff = { door: { door: 'staff', by: 'oas-1' } } as const;
    const token = { door: { door: 'machine' }, holder: null } as const;
    for (const door of [staff, token])
      expect(await refusal(putIn(good, 'per-mtpe-1', door))).toMatchObject({ code: 'RecordedMissing' });
    const bytes = Readable.from([good]);
    const given = { by: 'per-mtpe-1', bytes, recorded: { by: 'oas-1', how: 'Por valija' } };
    expect(await signPaper(client, ID, given, token)).toMatchObject({ number: 1 });
    const { signed } = await closingPaper(client, ID);
    expect(signed).toMatchObject([{ by: 'per-mtpe-1', recorded: { by: 'oas-1' } }]);
    await scene.caseFile
      .updateTable('person')
      .set({ role: 'consultant' })
      .where('id', '=', 'chl-mtps-2')
      .execute();
    expect(await refusal(putIn(await signedBy(good, chile), 'chl-mtps-2'))).toEqual({
      ...{ code: 'PaperNotTheirs', person: 'chl-mtps-2' },
    });
  });

  it('has it taken while Temporal is away, and the others told after that', async () => {
    const away = { tellSignature: async () => refused({ code: 'Unavailable' }) };
    const workflows = client.workflows;
    client.workflows = away as unknown as CooperationClient['workflows'];
    expect(await putIn(await signedBy(sealed, peru))).toMatchObject({ number: 1 });
    client.workflows = workflows;
    expect(await keepClosingPapers(client, quiet)).toBe(1);
    expect(told).toEqual([1]);
  });
});

describe('a bundle of a case that was sealed and signed', () => {
  let files: Map<string, Buffer>;
  const NAMES = ['sealed', 'reading', 'signed-1', 'signed-2'].map((name) => `${ID}/data/paper/${name}.pdf`);
  beforeEach(async () => {
    await close();
    const first = await signedBy(await bytesOf(await closingPaper(client, ID)), peru);
    await putIn(first);
    await putIn(await signedBy(first, chile), 'chl-mtps-1');
    files = await filesOf(await scene.bundle());
  });
  const found = async (other: ReadonlyMap<string, Buffer>) => {
    const { findings } = await verifyBundle(await place.folder(other));
    return findings.map((one) => `${one.code} ${'file' in one ? one.file : ''}`);
  };
  /** With other files in it, by whoever writes all its lists anew. */
  const rewritten = (others: Readonly<Record<string, Buffer>>): Map<string, Buffer> => {
    const all = new Map(files);
    for (const [name, bytes] of Object.entries(others)) all.set(`${ID}/${name}`, bytes);
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const text = (name: string, value: string) => all.set(`${ID}/${name}`, Buffer.from(value));
    const view = JSON.parse(String(all.get(`${ID}/data/case.json`)));
    const { closingPaper: paper } = view as { closingPaper: ClosingPaperView };
    for (const one of [paper, ...paper.signed]) {
      const bytes = all.get(`${ID}/data/${one.file}`) as Buffer;
      [one.sha256, one.size] = [hash(bytes), bytes.length];
    }
    text('data/case.json', `${JSON.stringify(view)}\n`);
    const payload = [...all].flatMap(([name, bytes]) => {
      const file = name.slice(ID.length + 1);
      return file.startsWith('data/') ? [{ file, sha256: hash(bytes), size: bytes.length }] : [];
    });
    text('manifest-sha256.txt', manifestText(payload));
    const said = String(all.get(`${ID}/bag-info.txt`))
      .trim()
      .split('\n');
    const info = new Map(said.map((line) => line.split(': ', 2) as [string, string]));
    info.set('Payload-Oxum', `${payload.reduce((sum, { size }) => sum + size, 0)}.${payload.length}`);
    info.set('Rial-Manifest-SHA256', hash(all.get(`${ID}/manifest-sha256.txt`) as Buffer));
    text('bag-info.txt', infoText([...info]));
    const tags = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'];
    text(
      'tagmanifest-sha256.txt',
      manifestText(tags.map((file) => ({ file, sha256: hash(all.get(`${ID}/${file}`) as Buffer) }))),
    );
    return all;
  };
  const python = async (all: ReadonlyMap<string, Buffer>): Promise<string> => {
    const zip = new JSZip();
    for (const [name, bytes] of all) zip.file(name, bytes);
    const at = await place.zip(await zip.generateAsync({ type: 'nodebuffer' }));
    const script = fileURLToPath(new URL('../../docs/verify_bundle.py', import.meta.url));
    const run = promisify(execFile)('python3', [script, at]);
    return run.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
  };

  it('has each file of it, and tells who signed', async () => {
    expect([...files.keys()].filter((name) => name.includes('/paper/')).sort()).toEqual([...NAMES].sort());
    const report = await verifyBundle(await place.folder(files));
    expect(report.findings).toEqual([]);
    expect(report.paper?.signatures.map(({ subject }) => subject)).toEqual([
      'CN=Ministerio de Trabajo',
      'CN=Ministerio del Empleo',
    ]);
    const lines = bundleLines(report, 'es').filter((line) => line.startsWith('Después del sello firmó'));
    expect(lines).toHaveLength(2);
    expect(await python(files)).toContain(' 0 not as written');
  });

  it('tells each file of it in which one byte is another, and each that is not there', async () => {
    for (const name of NAMES) {
      const own = name.slice(ID.length + 1);
      const bytes = files.get(name) as Buffer;
      const altered = Buffer.from(bytes);
      const at = Math.floor(bytes.length / 3);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(await found(new Map([...files, [name, altered]])), own).toContain(`file-altered ${own}`);
      const left = new Map([...files].filter(([one]) => one !== name));
      expect(await found(left)).toContain(`file-missing ${own}`);
    }
  });

  it('tells a signature that is none of what was signed, whoever wrote its lists anew', async () => {
    const bytes = (name: string) => files.get(`${ID}/data/paper/${name}.pdf`) as Buffer;
    // The PDF of this bundle has the case as it was.
    expect(await found(rewritten({}))).toEqual(['seal-case data/case.pdf']);
    const altered = Buffer.from(bytes('signed-2'));
    const at = bytes('signed-1').length + 2_000;
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(await found(rewritten({ 'data/paper/signed-2.pdf': altered }))).toContainEqual(
      expect.stringMatching(/^(signed|seal)-\w+ data\/paper\/signed-2\.pdf$/),
    );
    const alone = await signedBy(bytes('sealed'), chile);
    const other = rewritten({ 'data/paper/signed-2.pdf': alone });
    const told = await found(other);
    expect(told).toContain('signed-other data/paper/signed-2.pdf');
    expect(told).toContain('signed-foreign data/paper/signed-2.pdf');
    expect(await python(other)).toContain('data/paper/signed-2.pdf: does not begin with paper/signed-1.pdf');
  });
});
