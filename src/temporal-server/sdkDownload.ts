import { readdir, stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

/** Which of the two servers that the Temporal SDK knows how to download. */
export type SdkArtifact = 'cli' | 'test-server';

/** The outcome of a download: the file, or in a few words why there is none. */
export type DownloadResult = { file: string } | { problem: string };

export type SdkDownload = (
  artifact: SdkArtifact,
  folder: string,
  options: { note: (detail: string) => void; signal?: AbortSignal | undefined },
) => Promise<DownloadResult>;

const HOST = 'temporal.download';
const CONNECT_MS = 3000;
const FIRST_BYTE_MS = 20_000;
const STALLED_MS = 40_000;

/** Failures of this process: asking again would only cost the same seconds again. */
const failures = new Map<SdkArtifact, string>();

/**
 * Has the Temporal SDK download a server into `folder`, which must be empty. Gives up within seconds where the
 * download host cannot be reached, and does not try again in this process. Never rejects.
 */
export const sdkDownload: SdkDownload = async (artifact, folder, options) => {
  const before = failures.get(artifact);
  if (before) return { problem: before };
  const unreachable = await whyUnreachable(HOST);
  const result = unreachable ? { problem: unreachable } : await download(artifact, folder, options);
  if ('problem' in result && !options.signal?.aborted) failures.set(artifact, result.problem);
  return result;
};

async function download(
  artifact: SdkArtifact,
  folder: string,
  { note, signal }: Parameters<SdkDownload>[2],
): Promise<DownloadResult> {
  const stalled = new AbortController();
  const watch = setInterval(async () => {
    const growth = await sizeOf(folder);
    if (growth.bytes !== last.bytes) {
      last = { bytes: growth.bytes, at: Date.now() };
      note(`${Math.round(growth.bytes / 1e6)} MB`);
    }
    if (Date.now() - last.at > (last.bytes ? STALLED_MS : FIRST_BYTE_MS)) stalled.abort();
  }, 1000);
  let last = { bytes: 0, at: Date.now() };
  try {
    // Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
    const here = fileURLToPath(import.meta.url);
    const child = path.join(path.dirname(here), `sdkDownloadChild${path.extname(here)}`);
    const result = await run(process.execPath, [child, artifact, folder], {
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    const file = (await sizeOf(folder)).complete;
    // The SDK also starts what it downloaded. For the test server, which has no --version to ask, that is the proof
    // that it runs here; the CLI's port may have been taken, or its start slow.
    if (file && (artifact === 'cli' || result.ok)) return { file };
    if (stalled.signal.aborted) return { problem: `the download from ${HOST} made no progress` };
    return { problem: result.problem || 'the SDK downloaded nothing' };
  } finally {
    clearInterval(watch);
  }
}

async function sizeOf(folder: string): Promise<{ bytes: number; complete?: string }> {
  let bytes = 0;
  let complete: string | undefined;
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    bytes += await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    // The SDK downloads to NAME.downloading and renames it when all of it is there.
    if (!name.endsWith('.downloading')) complete = file;
  }
  return complete ? { bytes, complete } : { bytes };
}

/** Why `host` does not take HTTPS connections, or undefined when it does or when a proxy stands in between. */
function whyUnreachable(host: string): Promise<string | undefined> {
  const { HTTPS_PROXY, https_proxy, ALL_PROXY, all_proxy } = process.env;
  if (HTTPS_PROXY || https_proxy || ALL_PROXY || all_proxy) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: 443 });
    const settle = (problem: string | undefined) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(problem);
    };
    // A socket's own timeout does not cover looking the name up.
    const limit = setTimeout(() => settle(`${host} does not answer`), CONNECT_MS);
    socket.once('connect', () => settle(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle(`${host} cannot be reached (${error.code ?? error.message})`),
    );
  });
}
