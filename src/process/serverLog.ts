import { existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

const KEPT_BYTES = 10_000_000;

/** Opens the file that a server appends to; one that is over 10 MB is put aside first, as `FILE.1`. */
export function openServerLog(file: string): number {
  if (existsSync(file) && statSync(file).size > KEPT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** The last lines, for the message of an error. */
export function endOfServerLog(file: string): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8) : [];
  return `\nThe end of ${file}:\n${lines.map((line) => `  ${line.slice(0, 400)}`).join('\n')}`;
}
