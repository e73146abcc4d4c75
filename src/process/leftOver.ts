import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify, type ProcessIdentity, stillRuns } from './processIdentity.ts';

/** Servers that outlived a killed application: each is remembered in a file, and ended at the next start. */

export type ServerExit = { code: number | null; signal: NodeJS.Signals | null };

type PidFile = { server: ProcessIdentity; owner: ProcessIdentity | undefined };

const PATIENCE_MS = 10_000;

/** Remembers a server as this process's own. */
export function writePidFile(file: string, pid: number): void {
  const server = identify(pid);
  // Already gone: the wait for its answer will say so.
  if (!server) return;
  const content: PidFile = { server, owner: identify(process.pid) };
  writeFileSync(file, `${JSON.stringify(content)}\n`);
}

export type Orphan = { pid: number; ownerPid?: number };

/**
 * Ends the server that `pidFile` names if its application is gone, and only if it certainly is that server; then
 * removes the file. Gives the server that is still there: another application's, or one that cannot be ended.
 */
async function endOrphan(
  pidFile: string,
  signals: readonly NodeJS.Signals[],
  onEnd: (pid: number) => void,
): Promise<Orphan | undefined> {
  const known = readPidFile(pidFile);
  if (known && stillRuns(known.server)) {
    const { pid } = known.server;
    if (known.owner && stillRuns(known.owner)) return { pid, ownerPid: known.owner.pid };
    onEnd(pid);
    const gone = await endProcess(
      signals,
      (signal) => kill(pid, signal),
      () => !stillRuns(known.server),
    );
    if (!gone) return { pid };
  }
  rmSync(pidFile, { force: true });
  return undefined;
}

/**
 * Ends the server that a killed run left behind.
 *
 * @param what names it in a sentence: "database server"
 * @returns why it cannot be had, or `undefined` where nothing is left
 */
export async function endLeftOver(
  pidFile: string,
  signals: readonly NodeJS.Signals[],
  what: string,
  onProgress: ((line: string) => void) | undefined,
): Promise<string | undefined> {
  const there = await endOrphan(pidFile, signals, (pid) =>
    onProgress?.(`Ends the ${what} that a killed run left behind (process ${pid})`),
  );
  if (!there) return undefined;
  return there.ownerPid === undefined
    ? `The ${what} of an earlier run (process ${there.pid}) cannot be ended.`
    : `A ${what} (process ${there.pid}) of a running application (process ${there.ownerPid}) uses ${path.dirname(pidFile)} already.`;
}

/** Sends one signal after another, ten seconds apart, until it is gone. Whether it is. */
export async function endProcess(
  signals: readonly NodeJS.Signals[],
  send: (signal: NodeJS.Signals) => void,
  gone: () => boolean,
): Promise<boolean> {
  for (const signal of signals) {
    if (gone()) return true;
    send(signal);
    const deadline = Date.now() + PATIENCE_MS;
    while (!gone() && Date.now() < deadline) await delay(20);
  }
  return gone();
}

function readPidFile(file: string): PidFile | undefined {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as PidFile;
    return typeof content.server?.pid === 'number' ? content : undefined;
  } catch {
    // None, or one that was cut short while it was written.
    return undefined;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
