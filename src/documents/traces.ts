/** What speaks against bytes wherever they stand. */

/** What every scanner of malware is tried with, in two pieces, lest one finds it here. */
const EICAR = Buffer.from(
  [String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}`, '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
);

/** Looks through bytes as they come, and tells whether what is known to do harm has come whole. */
export function watchedForMalware(): (chunk: Uint8Array) => boolean {
  let before = Buffer.alloc(0);
  return (chunk) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // What begins in one piece may end in the next.
    const seam = Buffer.concat([before, bytes.subarray(0, EICAR.length)]);
    before = Buffer.from(Buffer.concat([before, bytes.subarray(-EICAR.length)]).subarray(-EICAR.length));
    return seam.includes(EICAR) || bytes.includes(EICAR);
  };
}

/** The end of a ZIP archive's directory, and the longest remark that may follow it. */
export const END_BYTES = 22;
export const TAIL_BYTES = END_BYTES + 0xffff;
const END = Buffer.from('PK\u0005\u0006', 'latin1');

/** Whether the end of a file is that of a ZIP archive, with whatever remark. */
export function endsAsArchive(tail: Buffer): boolean {
  for (let at = tail.indexOf(END); at >= 0; at = tail.indexOf(END, at + 1)) {
    if (at + END_BYTES <= tail.length && at + END_BYTES + tail.readUInt16LE(at + 20) >= tail.length)
      return true;
  }
  return false;
}

/** What begins a program, an archive that is no ZIP, a file of an older Office, a help file, a link, rich text. */
const BEGINNINGS: readonly Buffer[] = [
  'MZ',
  '\u007fELF',
  'Rar!\u001a\u0007',
  '7z\u00bc\u00af\u0027\u001c',
  '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
  'ITSF',
  'L\0\0\0\u0001\u0014\u0002\0',
  '{\\rtf',
].map((text) => Buffer.from(text, 'latin1'));

/** What a file is that stands within another, by how it begins: eight bytes tell. */
export function nestedKind(head: Buffer): 'archive' | 'pdf' | 'other' | undefined {
  const begins = (start: Buffer) => head.subarray(0, start.length).equals(start);
  if (begins(Buffer.from('PK\u0003\u0004', 'latin1'))) return 'archive';
  if (begins(Buffer.from('%PDF-', 'latin1'))) return 'pdf';
  return BEGINNINGS.some(begins) ? 'other' : undefined;
}
