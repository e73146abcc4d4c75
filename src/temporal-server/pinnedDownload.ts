import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { PINNED_ARCHIVES, type PinnedArchive, type ServerName } from './pinnedArchives.ts';
import { run } from './run.ts';
import { notItself } from './testServerJars.ts';

/** The outcome of a download: the file, or in a few words why there is none. */
export type DownloadResult = { file: string } | { problem: string };
type DownloadOptions = { note: (detail: string) => void; signal?: AbortSignal | undefined };

export type PinnedDownload = (
  server: ServerName,
  folder: string,
  options: DownloadOptions,
) => Promise<DownloadResult>;

const CONNECT_MS = 3000;
const FIRST_BYTE_MS = 20_000;
const STALLED_MS = 40_000;

/** Failures of this process: asking again would only cost the same seconds again. */
const failures = new Map<ServerName, string>();

/**
 * Downloads a server as it was published into `folder`, which must be empty. It is run by nobody before its archive was
 * found to be the one whose hash is known. Gives up within seconds where the host cannot be reached, and does not try
 * again in this process. Never rejects.
 */
export const pinnedDownload: PinnedDownload = async (server, folder, options) => {
  const before = failures.get(server);
  if (before) return { problem: before };
  const platform = `${process.platform}-${process.arch}`;
  const archives: Record<string, PinnedArchive> = PINNED_ARCHIVES[server];
  const archive = archives[platform];
  const result = archive
    ? await download(archive, folder, options)
    : { problem: `no archive for ${platform} has a hash that is known` };
  if ('problem' in result && !options.signal?.aborted) failures.set(server, result.problem);
  return result;
};

/** The same of one archive; of others than the pinned ones for tests. */
export async function download(
  { url, sha256, member }: PinnedArchive,
  folder: string,
  { note, signal }: DownloadOptions,
): Promise<DownloadResult> {
  const unreachable = await whyUnreachable(new URL(url));
  if (unreachable) return { problem: unreachable };
  const archive = path.join(folder, 'archive');
  const fetched = await fetchInto(archive, url, { note, signal });
  if (fetched !== '') return { problem: fetched };
  if ((await hashOf(archive)) !== sha256) {
    await rm(archive);
    return { problem: notItself(path.posix.basename(new URL(url).pathname)) };
  }
  const unpacked = await run('tar', ['-xzf', archive, '-C', folder, member], { signal, timeoutMs: 120_000 });
  await rm(archive);
  return unpacked.ok ? { file: path.join(folder, member) } : { problem: `tar: ${unpacked.problem}` };
}

/** Gives the problem, or '' when all of it is there. */
async function fetchInto(file: string, url: string, { note, signal }: DownloadOptions): Promise<string> {
  const stalled = new AbortController();
  let last = { bytes: 0, at: Date.now() };
  const watch = setInterval(async () => {
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes !== last.bytes) {
      last = { bytes, at: Date.now() };
      note(`${Math.round(bytes / 1e6)} MB`);
    }
    if (Date.now() - last.at > (last.bytes ? STALLED_MS : FIRST_BYTE_MS)) stalled.abort();
  }, 1000);
  try {
    // Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
    const here = fileURLToPath(import.meta.url);
    const child = path.join(path.dirname(here), `downloadChild${path.extname(here)}`);
    const result = await run(process.execPath, [child, url, file], {
      env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    if (stalled.signal.aborted) return `the download from ${new URL(url).host} made no progress`;
    return result.problem;
  } finally {
    clearInterval(watch);
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Why a host takes no connections, or undefined when it does or when a proxy stands in between. */
function whyUnreachable({ protocol, hostname, port }: URL): Promise<string | undefined> {
  const { HTTPS_PROXY, https_proxy, ALL_PROXY, all_proxy } = process.env;
  if (HTTPS_PROXY || https_proxy || ALL_PROXY || all_proxy) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
    const settle = (problem: string | undefined) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(problem);
    };
    // A socket's own timeout does not cover looking the name up.
    const limit = setTimeout(() => settle(`${hostname} does not answer`), CONNECT_MS);
    socket.once('connect', () => settle(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle(`${hostname} cannot be reached (${error.code ?? error.message})`),
    );
  });
}
