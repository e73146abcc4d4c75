import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { PDF } from '@libpdf/core';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSeal } from '../../src/evidence/seal.ts';
import { newSealKey, sealerWith } from '../../src/evidence/sealing.ts';
import { stampIn } from '../../src/evidence/stamp.ts';
import { verifyBundle } from '../../src/evidence/verify.ts';
import { bundleOf } from '../../src/export/bundle.ts';
import { timestampAuthorityAt } from '../../src/runtime/timestampAuthority.ts';
import { bundleLines } from '../../src/words/bundle.ts';
import { type TestAuthority, timestampAuthority } from '../support/timestampAuthority.ts';
import { bench, bundleScene, filesOf, ID, NOW } from './bundleScene.ts';

/** Time stamps on seals, by `openssl ts` as the authority, and looked at by other people's programs as well. */

const run = promisify(execFile);
const NAME = `${ID}/data/case.pdf`;
const silent = pino({ level: 'silent' });

let authority: TestAuthority;
let place: Awaited<ReturnType<typeof bench>>;
let key: string;
beforeAll(async () => {
  [authority, place, key] = await Promise.all([
    timestampAuthority(),
    bench(),
    newSealKey('rial.example', new Date(NOW)),
  ]);
});
afterAll(async () => {
  await place.remove();
  await authority[Symbol.asyncDispose]();
});

const sealer = (patienceMs?: number) =>
  sealerWith(key, timestampAuthorityAt(authority.url, silent, patienceMs));

async function paper(): Promise<Uint8Array> {
  const document = PDF.create();
  document.addPage();
  document.attachments.add('case.json', Buffer.from('{}'));
  return document.save();
}

/** The first bytes of a token, each that nothing is said in, and some of the others. */
function placesIn(token: Uint8Array): number[] {
  const hasNothing = (at: number) => token[at] === 5 && token[at + 1] === 0;
  return [...token.keys()].filter((at) => at < 60 || at % 11 === 0 || hasNothing(at) || hasNothing(at - 1));
}

/** A token, and the SHA-256 that it is over. */
async function tokenOf(given: TestAuthority) {
  const sha256 = createHash('sha256').update('a signature').digest();
  return { sha256, token: await timestampAuthorityAt(given.url, silent)(sha256) };
}

describe('a time stamp', () => {
  it('is on the seal, of now and by the authority, and other programs find it there', async () => {
    const before = Date.now();
    const { pdf, stamp } = await sealer()(await paper(), NOW);
    expect(stamp).toBe('given');
    const { seal, faults } = await checkSeal(Buffer.from(pdf));
    expect(faults).toEqual([]);
    expect(seal?.stamp?.authority).toContain('tsa.example');
    expect(Math.abs(Date.parse(seal?.stamp?.at ?? '') - before)).toBeLessThan(60_000);
    const { stdout } = await run('openssl', [
      'x509',
      '-in',
      authority.certificate,
      '-noout',
      '-fingerprint',
      '-sha256',
    ]);
    expect(stdout.trim().split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(seal?.stamp?.fingerprint);

    // By openssl: the token, over the value of the signature.
    const at = (name: string) => path.join(authority.folder, name);
    const text = Buffer.from(pdf).toString('latin1');
    const from = text.lastIndexOf('/Contents <') + 11;
    const cms = Buffer.from(text.slice(from, text.indexOf('>', from)), 'hex');
    await writeFile(at('cms.der'), cms);
    const { stdout: parsed } = await run('openssl', ['asn1parse', '-inform', 'DER', '-in', at('cms.der')]);
    const lines = parsed.split('\n');
    const stampLine = lines.findIndex((line) => line.includes('id-smime-aa-timeStampToken'));
    expect(stampLine).toBeGreaterThan(0);
    const [, offset = '', header = '', length = ''] =
      /^\s*(\d+):d=\s*\d+\s+hl=(\d+) l=\s*(\d+)/.exec(lines[stampLine + 2] ?? '') ?? [];
    const token = cms.subarray(Number(offset), Number(offset) + Number(header) + Number(length));
    await writeFile(at('token.der'), token);
    const value = lines.slice(0, stampLine).findLast((line) => line.includes('OCTET STRING')) ?? '';
    const [, valueAt = '', valueHeader = '', valueLength = ''] =
      /^\s*(\d+):d=\s*\d+\s+hl=(\d+) l=\s*(\d+)/.exec(value) ?? [];
    const start = Number(valueAt) + Number(valueHeader);
    await writeFile(at('value'), cms.subarray(start, start + Number(valueLength)));
    const verify = ['ts', '-verify', '-token_in', '-in', at('token.der'), '-CAfile', authority.certificate];
    const verified = await run('openssl', [...verify, '-data', at('value')]);
    expect(verified.stdout + verified.stderr).toContain('Verification: OK');
    await expect(run('openssl', [...verify, '-data', at('cms.der')])).rejects.toThrow(/FAILED|mismatch/i);
  });

  it.each([['rsa:2048'], ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']])(
    'by a key that is %s tells each bit that is another',
    async (...kind) => {
      await using other = await timestampAuthority(kind);
      const { sha256, token } = await tokenOf(other);
      expect(stampIn(token, sha256)?.authority).toContain('tsa.example');
      expect(stampIn(token, createHash('sha256').update('another').digest())).toBeUndefined();
      const unnoticed = [];
      for (const at of placesIn(token)) {
        const altered = Buffer.from(token);
        altered[at] = (altered[at] ?? 0) ^ 1;
        if (stampIn(altered, sha256)) unnoticed.push(at);
      }
      expect(unnoticed).toEqual([]);
    },
  );

  it('that is of another seal, or altered, is told beside a seal that is good', async () => {
    const [one, two] = [await sealer()(await paper(), NOW), await sealer()(await paper(), NOW)];
    const pdf = Buffer.from(one.pdf);
    const from = pdf.lastIndexOf('/Contents <') + 11;
    const hex = pdf.toString('latin1', from, pdf.indexOf('>', from));
    const tokenAt = hex.indexOf('060B2A864886F70D010910020E'.toLowerCase());
    const at = tokenAt < 0 ? hex.indexOf('060B2A864886F70D010910020E') : tokenAt;
    expect(at).toBeGreaterThan(0);
    const altered = Buffer.from(pdf);
    // A digit of the hash that was stamped.
    const middle = from + at + 2 * 200;
    altered.write(altered.toString('latin1', middle, middle + 1) === '0' ? '1' : '0', middle, 'latin1');
    expect(await checkSeal(altered)).toMatchObject({
      faults: [expect.stringMatching(/^(stamp|seal)-broken$/)],
    });
    expect((await checkSeal(Buffer.from(two.pdf))).faults).toEqual([]);
    const swapped = Buffer.from(pdf);
    const other = Buffer.from(two.pdf);
    const otherFrom = other.lastIndexOf('/Contents <') + 11;
    const tail = other.toString('latin1', otherFrom + at, other.indexOf('>', otherFrom));
    swapped.write(tail, from + at, 'latin1');
    const { seal, faults } = await checkSeal(swapped);
    expect(faults).toEqual(['stamp-broken']);
    expect(seal).toMatchObject({ subject: expect.stringContaining('rial.example'), stamp: null });
  });
});

describe('an authority that gives no good stamp', () => {
  it.each(['silence', 'refusal', 'rubbish', 'flood', 'redirect', 'another'] as const)(
    'by %s holds nobody up: the seal has none, and says so',
    async (otherwise) => {
      const asked = sealer(otherwise === 'silence' ? 300 : 5_000);
      if (otherwise === 'another') await asked(await paper(), NOW);
      authority.answers(otherwise);
      try {
        const { pdf, stamp } = await asked(await paper(), NOW);
        expect(stamp).toBe('away');
        const { seal, faults } = await checkSeal(Buffer.from(pdf));
        expect(faults).toEqual([]);
        expect(seal?.stamp).toBeNull();
        expect(await timestampAuthorityAt(authority.url, silent, 300).isThere()).toBe(false);
      } finally {
        authority.answers();
      }
      expect((await asked(await paper(), NOW)).stamp).toBe('given');
    },
  );
});

it('a stamp that was given before, of the same hash, is not taken again', async () => {
  const { sha256 } = await tokenOf(authority);
  authority.answers('another');
  const again = timestampAuthorityAt(authority.url, silent)(sha256).finally(() => authority.answers());
  await expect(again).rejects.toThrow('answers another question');
});

describe('a bundle', () => {
  let scene: Awaited<ReturnType<typeof bundleScene>>;
  beforeAll(async () => {
    scene = await bundleScene();
  });
  afterAll(() => scene.drop());
  const filesWith = async (seal = sealer()) =>
    filesOf(await buffer(await bundleOf(await scene.view(), { of: 'all' }, { ...scene.source, seal }, NOW)));
  const reportOn = async (files: ReadonlyMap<string, Buffer>) => verifyBundle(await place.folder(files));

  it('is told with when and by whom it was stamped', async () => {
    const report = await reportOn(await filesWith());
    expect(report).toMatchObject({ ok: true, findings: [], notice: { stamp: 'given' } });
    const lines = bundleLines(report, 'en');
    const told = lines.find((line) => line.includes('time stamp'));
    expect(told).toContain('tsa.example');
    expect(told).toContain(report.seal?.stamp?.fingerprint);
    expect(told).toContain('UTC');
  });

  it('is told as without one where the authority was away, or where none is asked', async () => {
    authority.answers('refusal');
    const away = await reportOn(await filesWith().finally(() => authority.answers()));
    expect(away).toMatchObject({ ok: true, notice: { stamp: 'away' }, seal: { stamp: null } });
    expect(bundleLines(away, 'en').join('\n')).toContain('authority did not answer');
    const none = await reportOn(await filesWith(sealerWith(key) as ReturnType<typeof sealer>));
    expect(none.notice).not.toHaveProperty('stamp');
    expect(bundleLines(none, 'en').join('\n')).toContain('has no time stamp');
  });

  it('whose stamp was taken away is told', async () => {
    const files = await filesWith();
    const bare = await filesWith(sealerWith(key) as ReturnType<typeof sealer>);
    files.set(NAME, bare.get(NAME) as Buffer);
    const { findings } = await reportOn(files);
    expect(findings).toContainEqual({ code: 'stamp-missing', file: 'data/case.pdf' });
  });
});
