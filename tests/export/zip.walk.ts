import { expect, test } from 'vitest';
import { zipOf } from '../../src/export/zip.ts';

test('a ZIP is more than four gigabytes, where that is what there is', async () => {
  const size = 1_500_000_000;
  const CHUNK = Buffer.alloc(1_000_000);
  const zeros = async function* () {
    for (let at = 0; at < size; at += CHUNK.byteLength) yield CHUNK;
  };
  const entries = [1, 2, 3].map((n) => ({ name: `${n}.bin`, size, packs: false, open: zeros }));
  let whole = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of zipOf(entries, new Date('2021-07-01T12:00:00Z'))) {
    whole += chunk.byteLength;
    tail = Buffer.concat([tail, chunk]).subarray(-1_000);
  }
  expect(whole).toBeGreaterThan(3 * size);
  // The directory as ZIP64 has it, and its end.
  expect(tail.includes(Buffer.from([0x50, 0x4b, 6, 6]))).toBe(true);
  expect(tail.includes(Buffer.from([0x50, 0x4b, 6, 7]))).toBe(true);
}, 300_000);
