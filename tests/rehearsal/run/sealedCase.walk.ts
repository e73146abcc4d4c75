import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { caseView } from '../../../src/domain/caseView.ts';
import { verifyBundle } from '../../../src/evidence/verify.ts';
import { apart, folder } from '../../cli/rial.ts';

/** What a rehearsal that comes to its end leaves behind. */

const FILE = fileURLToPath(new URL('../../../examples/peru-chile-2021.yaml', import.meta.url));
const env = { HOME: process.env.HOME, RIAL_CACHE: process.env.RIAL_CACHE, JAVA_HOME: process.env.JAVA_HOME };

test('a rehearsal that ends writes the sealed case file, which verifies by itself', {
  timeout: 600_000,
}, async () => {
  const out = path.join(await folder(), 'out');
  const ran = await apart('http://127.0.0.1:1', ['rehearse', FILE, '--out', out], { env });
  expect(ran.code, ran.err).toBe(0);
  expect(readdirSync(path.join(out, 'paper')).sort()).toEqual(['reading.pdf', 'sealed.pdf']);
  const { findings, seal } = await verifyBundle(path.join(out, 'paper', 'sealed.pdf'));
  expect(findings).toEqual([]);
  expect(seal?.subject).toBe('CN=RIAL rehearsal');
  const view = caseView.parse(JSON.parse(readFileSync(path.join(out, 'case.json'), 'utf8')));
  expect(view.record.at(-1)?.kind).toBe('paper-sealed');
  expect(view.closingPaper).toMatchObject({ stamp: 'none', signed: [], file: 'paper/sealed.pdf' });
});
