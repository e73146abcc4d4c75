import type { Logger } from 'pino';
import { bytesUpTo } from '../documents/store.ts';
import type { Stamper } from '../evidence/sealing.ts';
import { NoStamp, STAMP_QUERY, STAMP_REPLY, stampQuestion } from '../evidence/stamp.ts';

/** The authority of `--timestamp-url`: RFC 3161 over HTTP. It is told a hash, and nothing of any case. */

/** How long somebody who waits for a bundle waits for it. */
const PATIENCE_MS = 5_000;
/** What it may say: a stamp with a few certificates has some thousands. */
const MOST_BYTES = 64 * 1024;

export type TimestampAuthority = Stamper & {
  /** Whether it stamps now. */
  isThere(): Promise<boolean>;
};

/** @param url https, or of this machine; where it leads elsewhere, it is not followed */
export function timestampAuthorityAt(
  url: string,
  log: Logger,
  patienceMs: number = PATIENCE_MS,
): TimestampAuthority {
  const stamp: Stamper = async (sha256) => {
    try {
      const { query, token } = stampQuestion(sha256);
      return token(await asked(url, query, patienceMs));
    } catch (error) {
      log.error(
        { err: error, setting: '--timestamp-url' },
        'the authority of --timestamp-url gave no time stamp',
      );
      throw error;
    }
  };
  const isThere = () =>
    stamp(new Uint8Array(32)).then(
      () => true,
      () => false,
    );
  return Object.assign(stamp, { isThere });
}

async function asked(url: string, query: Uint8Array, patienceMs: number): Promise<Uint8Array> {
  const response = await fetch(url, {
    ...{ method: 'POST', body: Uint8Array.from(query), redirect: 'error' },
    headers: { 'content-type': STAMP_QUERY, accept: STAMP_REPLY },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok || !response.body) throw new NoStamp(`the authority answered ${response.status}`);
  const reply = await bytesUpTo(MOST_BYTES, response.body);
  if (!reply) throw new NoStamp('the authority says too much');
  return reply;
}
