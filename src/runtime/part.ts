import { spawn } from 'node:child_process';
import { endProcess } from '../process/leftOver.ts';
import { StartError } from '../process/startError.ts';

/** A part of the system in a process of its own. */
export type Part = {
  /** Resolves when the process is gone, whoever ended it. Never rejects. */
  exited: Promise<unknown>;
  /** Ends it in good order, after a time by force. May be called again. */
  stop(): Promise<void>;
};

/**
 * Starts a program of ours and waits until it does its work. It leads a process group of its own: a Ctrl-C in the
 * terminal reaches this process alone, which ends its parts in order. It ends by itself when this process is killed.
 *
 * @throws Error when it ends before it does its work
 */
export async function startPart(
  name: string,
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Part> {
  const child = spawn(process.execPath, [script, ...args], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
    child.once('error', ({ message }) => resolve(message));
  });
  const stop = async () => {
    await endProcess(
      ['SIGTERM', 'SIGTERM', 'SIGKILL'],
      (signal) => child.kill(signal),
      () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    );
    await exited;
  };
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  void exited.then(() => process.off('exit', killOnExit));
  const how = await Promise.race([
    new Promise<undefined>((resolve) => child.once('message', () => resolve(undefined))),
    exited,
  ]);
  if (how !== undefined) throw new StartError(`${name} could not be started (${how}).`);
  return { exited, stop };
}
