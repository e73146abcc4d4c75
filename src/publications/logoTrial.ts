import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logo } from '../domain/results/logo.ts';
import { childPrinter } from './childPrinter.ts';

/** Whether a logo can be set on a paper: tried by a process of its own, before papers depend on it. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `logoTrialChild${path.extname(HERE)}`);
const LONGEST_MS = 30_000;
const tried = childPrinter(SCRIPT, LONGEST_MS, 'a logo could not be set');

export const triedLogo = (logo: Logo): Promise<boolean> =>
  tried(logo).then(
    () => true,
    () => false,
  );
