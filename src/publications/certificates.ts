import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CertificatePaper, CertificatePrinter } from '../domain/certificate.ts';
import { renderCertificate } from './certificate.ts';

/** Certificates as PDF: here, or by a process of its own, so that pages are answered meanwhile. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `certificatesChild${path.extname(HERE)}`);
/** Some thousand take a few minutes. */
const LONGEST_MS = 600_000;

/** @param site the origin at which codes are asked about */
export const printerFor =
  (site: string): CertificatePrinter =>
  async (papers) => {
    const printed: Uint8Array[] = [];
    for (const paper of papers) printed.push(await renderCertificate(paper, site));
    return printed;
  };

/** What the process reads. */
export type PrintingOrder = { papers: readonly CertificatePaper[]; site: string };

/**
 * {@link printerFor}, apart, one after another.
 * @throws Error where the process fails
 */
export function printerApart(site: string): CertificatePrinter {
  let before: Promise<unknown> = Promise.resolve();
  return (papers) => {
    const printed = before.then(() => printedApart({ papers, site }));
    before = printed.catch(() => {});
    return printed;
  };
}

async function printedApart(order: PrintingOrder): Promise<Uint8Array[]> {
  const child = spawn(process.execPath, ['--no-warnings', SCRIPT], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { TZ: 'UTC' },
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // What is told is how it ended.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(order));
  const [printed, [code]] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`certificates could not be set as PDF: ${code}`);
  return (JSON.parse(printed) as string[]).map((one) => new Uint8Array(Buffer.from(one, 'base64')));
}
