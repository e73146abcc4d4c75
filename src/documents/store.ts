import type { Readable } from 'node:stream';

/** What has arrived and is not kept yet: to be read from its beginning, as often as wanted, and where it lies if that is on disk. */
export type Arrival = { read: () => Readable; file?: string };

/** What the store knows of the bytes it holds. */
export type StoreEntry = { sha256: string; size: number };

/**
 * The documents' bytes, addressed by their SHA-256 (64 hex digits). What is in it is never changed; putting the
 * same bytes again is the same entry, put at that instant. Titles, versions and owners are the case file's.
 */
export interface DocumentStore {
  /**
   * Streams bytes in. Throws {@link TooLarge} past `limit` bytes, {@link StoreFull} where the disk or a quota is full. `inspect` reads them once they are all there and
   * refuses them by throwing; what is refused is not kept.
   */
  put(
    bytes: AsyncIterable<Uint8Array>,
    options?: { limit?: number; inspect?: (held: Arrival) => Promise<void> },
  ): Promise<StoreEntry>;
  /** Streams bytes out. Throws {@link NotStored}. */
  get(sha256: string): Promise<Readable>;
  /**
   * Deletes an entry, unless it was put, or put again, since that instant. Whether it is gone, or was not there; where it is to
   * lie aside before it goes, it is not gone yet.
   */
  delete(sha256: string, since: Date): Promise<boolean>;
  /** Size in bytes, or `undefined` when the store does not hold it. */
  size(sha256: string): Promise<number | undefined>;
  /** Tries to read. Throws what stands against it. */
  readable(): Promise<void>;
  /** Tries to write, and keeps nothing of it. Throws what stands against it. */
  writable(): Promise<void>;
  /** The hashes of all it holds. */
  list(): AsyncIterable<string>;
}

export class TooLarge extends Error {
  override name = 'TooLarge';
}
/** There is no room for more. `cause` is what the disk, or whoever keeps them, said. */
export class StoreFull extends Error {
  override name = 'StoreFull';
}
/** Whoever keeps them elsewhere did not answer, or let us do nothing. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
export class NotStored extends Error {
  override name = 'NotStored';
}

/** Whether a name is one that a store gives: 64 hex digits. */
export const isStoredName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** All that comes; `undefined` where it is more than `most` bytes, of which the rest is not waited for. */
export async function bytesUpTo(
  most: number,
  source: AsyncIterable<Uint8Array>,
): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.byteLength;
    if (size > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The whole of an entry, for what is small. */
export async function readAll(store: DocumentStore, sha256: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.get(sha256)) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
