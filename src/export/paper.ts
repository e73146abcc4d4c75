import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CasePaper } from '../publications/casePaper.ts';
import { childPrinter } from '../publications/childPrinter.ts';

/** The case as a PDF to be read, made by a process of its own. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `paperChild${path.extname(HERE)}`);
/** A long case takes a few seconds. */
const LONGEST_MS = 120_000;

/** @throws Error where the process fails */
export const paperApart: (paper: CasePaper) => Promise<Uint8Array> = childPrinter(
  SCRIPT,
  LONGEST_MS,
  'the case could not be set as a PDF',
);
