import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CertificatePaper, CertificatePrinter } from '../domain/results/certificate.ts';
import type { Logo } from '../domain/results/logo.ts';
import { renderCertificate } from './certificate.ts';
import { childPrinter } from './childPrinter.ts';

/** Certificates as PDF: here, or by a process of its own, so that pages are answered meanwhile. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `certificatesChild${path.extname(HERE)}`);
/** Some thousand take a few minutes. */
const LONGEST_MS = 600_000;

/** @param site the origin at which codes are asked about */
export const printerFor =
  (site: string): CertificatePrinter =>
  async (papers, logos) => {
    const printed: Uint8Array[] = [];
    for (const paper of papers) printed.push(await renderCertificate(paper, site, logos));
    return printed;
  };

/** What the process reads. */
export type PrintingOrder = {
  papers: readonly CertificatePaper[];
  site: string;
  logos: readonly Logo[];
};

/**
 * {@link printerFor}, apart, one after another.
 * @throws Error where the process fails
 */
export function printerApart(site: string): CertificatePrinter {
  const print = childPrinter(SCRIPT, LONGEST_MS, 'certificates could not be set as PDF');
  return async (papers, logos) => {
    const order: PrintingOrder = { papers, site, logos };
    const printed = JSON.parse(`${await print(order)}`) as string[];
    return printed.map((one) => new Uint8Array(Buffer.from(one, 'base64')));
  };
}
