import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { oneAtATime } from '../domain/oneAtATime.ts';

/**
 * Has papers set by a process of its own, so that pages are answered meanwhile and what it took is free after: one after
 * another, for each takes some hundred megabytes while it lasts.
 *
 * @param script reads an order as JSON, and writes what it made
 * @param what is said to have failed, with how the process ended
 * @returns sets what an order asks for. It throws an Error where the process fails.
 */
export function childPrinter(script: string, longestMs: number, what: string) {
  const inTurn = oneAtATime();
  return (order: unknown): Promise<Buffer> => inTurn(() => madeBy(script, { order, longestMs, what }));
}

async function madeBy(
  script: string,
  { order, longestMs, what }: { order: unknown; longestMs: number; what: string },
): Promise<Buffer> {
  const child = spawn(process.execPath, ['--no-warnings', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { TZ: 'UTC' },
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // What is told is how it ended.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(order));
  const [made, [code]] = await Promise.all([buffer(child.stdout), ended]);
  if (code !== 0) throw new Error(`${what}: ${code}`);
  return made;
}
