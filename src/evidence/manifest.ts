/** The lists of a bag: a file a line, with its SHA-256. */

/** As BagIt writes a name, on a line of its own. */
const escaped = (name: string): string =>
  name.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
const plain = (name: string): string =>
  name.replaceAll(/%0A/gi, '\n').replaceAll(/%0D/gi, '\r').replaceAll('%25', '%');

export type ListedFile = { file: string; sha256: string };

export const manifestText = (files: readonly ListedFile[]): string =>
  files.map(({ file, sha256 }) => `${sha256}  ${escaped(file)}\n`).join('');

/** The files of a list, by their names; nothing where a line is none, or two name one file. */
export function readListing(text: string): Map<string, string> | undefined {
  if (!text.endsWith('\n')) return undefined;
  const files = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [, sha256 = '', name = ''] = /^([0-9a-f]{64}) {2}([^ ].*)$/u.exec(line) ?? [];
    const file = plain(name).normalize('NFC');
    if (!sha256 || files.has(file)) return undefined;
    files.set(file, sha256);
  }
  return files;
}

/** The lines of `bag-info.txt`; nothing where one is none. */
export function readInfo(text: string): Map<string, string> | undefined {
  if (!text.endsWith('\n')) return undefined;
  const lines = text.slice(0, -1).split('\n');
  const pairs = lines.map((line) => /^([A-Za-z0-9-]+): (.*)$/u.exec(line));
  if (pairs.some((pair) => pair === null)) return undefined;
  return new Map(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

export const infoText = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${name}: ${value}\n`).join('');
