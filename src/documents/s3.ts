import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { DAY_MS } from '../domain/dates/durations.ts';
import type { S3Place } from '../process/documentsPlace.ts';
import { arriving } from './arriving.ts';
import { type DocumentStore, isStoredName, NotStored, StoreFull, StoreUnavailable } from './store.ts';

/** What was put within this time (ms) is not sent once more; what was put before is, so that it is known when it was put last. */
const FRESH_MS = DAY_MS;
/** Where what was deleted lies as long once more: whoever put the same in again at that moment has it from there. */
const ASIDE = 'aside/';
/** What is written to see that something can be. */
const PROBE = 'probe';
/** Until there is a connection, and in which nothing comes over one (ms): however long a large file takes. */
const LIMITS = { connectionTimeout: 5_000, socketTimeout: 30_000 };
/** What it would print by itself: what goes wrong is thrown, and said once by whoever asked. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A store in a bucket: `PREFIX/ab/ab12…`. A file arrives in a folder on disk first, where it is hashed and looked at, and
 * goes on whole, with its SHA-256, which the server holds it against. Region, credentials and the address of an S3 that is not
 * Amazon's are read as Amazon's own programs read them.
 *
 * @param limits in milliseconds; an S3 that is not Amazon's is asked by path, since its host has no name for each bucket
 */
export function s3Store(
  { bucket, prefix }: S3Place,
  incoming: string,
  { env = process.env, limits = LIMITS }: { env?: NodeJS.ProcessEnv; limits?: typeof LIMITS } = {},
): DocumentStore {
  const elsewhere = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const client = new S3Client({
    ...(elsewhere && { endpoint: elsewhere, forcePathStyle: true }),
    requestHandler: limits,
    logger: SILENT,
    maxAttempts: 3,
  });
  const within = (place: string, sha256: string) => {
    if (!isStoredName(sha256)) throw new NotStored(`"${sha256.slice(0, 80)}" is not a SHA-256`);
    return `${prefix}${place}${sha256}`;
  };
  const keyOf = (sha256: string) => within(`${sha256.slice(0, 2)}/`, sha256);
  const asideOf = (sha256: string) => within(ASIDE, sha256);
  const headAt = (Key: string) =>
    client.send(new HeadObjectCommand({ Bucket: bucket, Key })).catch(absentAs(undefined));
  const getAt = (Key: string) =>
    client.send(new GetObjectCommand({ Bucket: bucket, Key })).catch(absentAs(undefined));
  const deleteAt = (Key: string) =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key })).catch(unavailableAs);

  return {
    put: arriving(incoming, async (file, { sha256, size }) => {
      const head = await headAt(keyOf(sha256));
      const isFresh = Date.now() - (head?.LastModified?.getTime() ?? 0) < FRESH_MS;
      if (head?.ContentLength === size && isFresh) return;
      await client
        .send(
          new PutObjectCommand({
            ...{ Bucket: bucket, Key: keyOf(sha256), Body: createReadStream(file), ContentLength: size },
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
          }),
        )
        .catch(unavailableAs);
    }),
    async get(sha256) {
      const found = (await getAt(keyOf(sha256))) ?? (await getAt(asideOf(sha256)));
      if (!found) throw new NotStored(`the store does not hold ${sha256}`);
      return found.Body as Readable;
    },
    async delete(sha256, since) {
      const isOld = ({ LastModified }: HeadObjectCommandOutput) =>
        LastModified !== undefined && LastModified.getTime() < since.getTime();
      const [key, aside] = [keyOf(sha256), asideOf(sha256)];
      const head = await headAt(key);
      if (head && isOld(head)) {
        // An S3 deletes whatever is there by then, also what was put in again since it was looked at.
        const from = `${bucket}/${key}`.split('/').map(encodeURIComponent).join('/');
        await client
          .send(new CopyObjectCommand({ Bucket: bucket, Key: aside, CopySource: from }))
          .catch(unavailableAs);
        await deleteAt(key);
      }
      if (head) return false;
      const left = await headAt(aside);
      if (left && isOld(left)) await deleteAt(aside);
      return !left || isOld(left);
    },
    size: async (sha256) => ((await headAt(keyOf(sha256))) ?? (await headAt(asideOf(sha256))))?.ContentLength,
    async readable() {
      await client
        .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }))
        .catch(unavailableAs);
    },
    async writable() {
      const probe = { Bucket: bucket, Key: `${prefix}${PROBE}` };
      await client.send(new PutObjectCommand({ ...probe, Body: 'x' })).catch(unavailableAs);
      await deleteAt(probe.Key);
    },
    async *list() {
      let ContinuationToken: string | undefined;
      do {
        const page = await client
          .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }))
          .catch(unavailableAs);
        for (const { Key = '' } of page.Contents ?? []) {
          const name = Key.slice(Key.lastIndexOf('/') + 1);
          if (!isStoredName(name)) continue;
          if (Key === keyOf(name) || !(await headAt(keyOf(name)))) yield name;
        }
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
  };
}

const FULL = new Set(['QuotaExceeded', 'QuotaExceededException', 'InsufficientStorage', 'XMinioStorageFull']);

/** @throws StoreFull where the server has no room, else StoreUnavailable with what stood against it */
function unavailableAs(error: unknown): never {
  if (error instanceof S3ServiceException) {
    if (FULL.has(error.name) || error.$metadata.httpStatusCode === 507)
      throw new StoreFull(`no room for more (${error.name})`, { cause: error });
  }
  throw new StoreUnavailable((error as Error).message || (error as Error).name, { cause: error });
}

const absentAs =
  <T>(absent: T) =>
  (error: unknown): T => {
    if (
      error instanceof S3ServiceException &&
      error.$metadata.httpStatusCode === 404 &&
      error.name !== 'NoSuchBucket'
    )
      return absent;
    return unavailableAs(error);
  };
