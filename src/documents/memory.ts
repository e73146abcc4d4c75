import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type DocumentStore, NotStored, TooLarge } from './store.ts';

/** A store that ends with its process: for what is rehearsed. */
export function memoryStore(): DocumentStore {
  const held = new Map<string, Buffer>();
  const putAt = new Map<string, number>();
  return {
    async put(bytes, { limit = Number.POSITIVE_INFINITY, inspect } = {}) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of bytes) {
        size += chunk.byteLength;
        if (size > limit) throw new TooLarge(`more than ${limit} bytes`);
        chunks.push(chunk);
      }
      const whole = Buffer.concat(chunks);
      await inspect?.({ read: () => Readable.from([whole]) });
      const sha256 = createHash('sha256').update(whole).digest('hex');
      held.set(sha256, whole);
      putAt.set(sha256, Date.now());
      return { sha256, size };
    },
    async get(sha256) {
      const whole = held.get(sha256);
      if (!whole) throw new NotStored(`the store does not hold ${sha256}`);
      return Readable.from([whole]);
    },
    async delete(sha256, since) {
      if ((putAt.get(sha256) ?? 0) >= since.getTime()) return false;
      held.delete(sha256);
      return true;
    },
    async size(sha256) {
      return held.get(sha256)?.byteLength;
    },
    async readable() {},
    async writable() {},
    async *list() {
      yield* held.keys();
    },
  };
}
