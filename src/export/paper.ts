import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CasePaper } from '../publications/casePaper.ts';

/** The case as a PDF to be read, made by a process of its own: pages are answered meanwhile, and what it took is free after. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `paperChild${path.extname(HERE)}`);
/** A long case takes a few seconds. */
const LONGEST_MS = 120_000;

/** One after another: each takes some hundred megabytes while it lasts. */
let before: Promise<unknown> = Promise.resolve();

/** @throws Error where the process fails */
export function paperApart(paper: CasePaper): Promise<Uint8Array> {
  const made = before.then(() => madeApart(paper));
  before = made.catch(() => {});
  return made;
}

async function madeApart(paper: CasePaper): Promise<Uint8Array> {
  const child = spawn(process.execPath, ['--no-warnings', SCRIPT], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { TZ: 'UTC' },
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // What is told is how it ended.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(paper));
  const [pdf, [code]] = await Promise.all([buffer(child.stdout), ended]);
  if (code !== 0) throw new Error(`the case could not be set as a PDF: ${code}`);
  return pdf;
}
