import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TooLarge } from '../documents/store.ts';
import { oneAtATime } from '../domain/oneAtATime.ts';
import { refused } from '../domain/refusal.ts';
import type { BundleReport } from '../domain/results/bundle.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** What is larger is checked where it lies: `rial verify` has no limit. */
export const MOST_BUNDLE_BYTES = 512 * 1024 * 1024;
/** So many lie on the disk at a time, for as long as they are looked at: one of each person. */
const MOST_AT_ONCE = 4;
const under = new Set<string>();
/** They are looked at one after another: the place beside is for what people send to a cooperation. */
const inTurn = oneAtATime();

/**
 * Checks a bundle that somebody sends: it is kept for as long as that takes, and nothing of it is. `whose`: their address.
 * @throws TooLarge; Refused `InspectionUnavailable`
 */
export async function checkBundle(
  { inspection = inspectionHere }: Pick<CooperationClient, 'inspection'>,
  bytes: AsyncIterable<Uint8Array>,
  whose: string,
): Promise<BundleReport> {
  if (under.has(whose) || under.size >= MOST_AT_ONCE) return refused({ code: 'InspectionUnavailable' });
  under.add(whose);
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-bundle-'));
  try {
    // What a PDF is called in what is found of it.
    const file = path.join(folder, 'case.pdf');
    await pipeline(bytes, limited, createWriteStream(file, { mode: 0o600 }));
    return await inTurn(() => inspection.bundle(file));
  } finally {
    under.delete(whose);
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > MOST_BUNDLE_BYTES) throw new TooLarge(`more than ${MOST_BUNDLE_BYTES} bytes`);
    yield chunk;
  }
}
