import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { type DocumentFault, refused } from '../domain/refusal.ts';
import { MOST_LOGO_SIDE, type Picture } from '../domain/results/logo.ts';

/**
 * A PNG or a JPEG written anew with what its picture is made of and nothing else: no remarks, places, profiles, second
 * pictures, nor bytes behind its end.
 */

export type CleanPicture = Picture & { bytes: Buffer };

const fault = (why: DocumentFault): never => refused({ code: 'DocumentRefused', why });

/** @throws Refused `DocumentRefused`: `logo` where it is of another kind or size, `damaged` where it is not whole */
export function cleanPicture(bytes: Buffer): CleanPicture {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return cleanPng(bytes);
  if (bytes.subarray(0, SOI.length).equals(SOI)) return cleanJpeg(bytes);
  return fault('logo');
}

function sized(width: number, height: number): { width: number; height: number } {
  if (width < 1 || height < 1) return fault('damaged');
  return width > MOST_LOGO_SIDE || height > MOST_LOGO_SIDE ? fault('logo') : { width, height };
}

// --- PNG ------------------------------------------------------------------------------------------------------

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples of a pixel, and how many bits each may have, by the kind of colour. */
const COLOURS: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** Where each pass of an interlaced picture begins, and the steps that it takes. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function cleanPng(bytes: Buffer): CleanPicture {
  const chunks = chunksIn(bytes);
  const [head] = chunks;
  if (head?.type !== 'IHDR' || head.data.length !== 13) return fault('damaged');
  const { width, height } = sized(head.data.readUInt32BE(0), head.data.readUInt32BE(4));
  const of = (type: string) => chunks.filter((one) => one.type === type).map(({ data }) => data);
  const lines = linesOf(head.data, width, height);
  const most = lines.reduce((sum, { bytes: long, count }) => sum + long * count, 0);
  const raw = unpacked(Buffer.concat(of('IDAT')), most);
  let at = 0;
  for (const { bytes: long, count } of lines)
    for (let line = 0; line < count; line++, at += long) if ((raw[at] ?? 5) > 4) return fault('damaged');
  return {
    ...{ mediaType: 'image/png', width, height },
    bytes: Buffer.concat([
      PNG,
      chunk('IHDR', head.data),
      ...of('PLTE')
        .slice(0, 1)
        .map((data) => chunk('PLTE', data)),
      ...of('tRNS')
        .slice(0, 1)
        .map((data) => chunk('tRNS', data)),
      chunk('IDAT', deflateSync(raw, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  };
}

/** Its pieces, each as long as it says and with the sum that it says, up to its end. */
function chunksIn(bytes: Buffer): { type: string; data: Buffer }[] {
  const found: { type: string; data: Buffer }[] = [];
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) break;
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) break;
    const type = bytes.toString('latin1', at + 4, at + 8);
    found.push({ type, data: bytes.subarray(at + 8, end) });
    if (type === 'IEND') return found;
    at = end + 4;
  }
  return fault('damaged');
}

/** How long its lines are once they are unpacked, each with the byte before it, and how many there are. */
function linesOf(head: Buffer, width: number, height: number): { bytes: number; count: number }[] {
  const [depth = 0, colour = 0, packing, filter, interlace = 0] = head.subarray(8);
  const kind = COLOURS[colour];
  if (!kind?.depths.includes(depth) || packing !== 0 || filter !== 0 || interlace > 1)
    return fault('damaged');
  const long = (pixels: number) => 1 + Math.ceil((pixels * kind.samples * depth) / 8);
  if (interlace === 0) return [{ bytes: long(width), count: height }];
  return PASSES.flatMap(([left, top, right, down]) => {
    const pixels = Math.ceil((width - left) / right);
    const count = Math.ceil((height - top) / down);
    return pixels > 0 && count > 0 ? [{ bytes: long(pixels), count }] : [];
  });
}

function unpacked(packed: Buffer, most: number): Buffer {
  try {
    const raw = inflateSync(packed, { maxOutputLength: most });
    if (raw.length === most) return raw;
  } catch {
    // More than it says, or no such packing.
  }
  return fault('damaged');
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

// --- JPEG -----------------------------------------------------------------------------------------------------

const SOI = Buffer.from([0xff, 0xd8]);
const MARKERS = { end: 0xd9, scan: 0xda, jfif: 0xe0, adobe: 0xee } as const;
/** Tables, and how often it begins anew. */
const TABLES = [0xc4, 0xdb, 0xdd];
/** A picture in one piece, at eight bits, line by line or growing finer. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** In how many turns a picture grows finer; each takes as long as the picture. */
const MOST_SCANS = 40;

function cleanJpeg(bytes: Buffer): CleanPicture {
  const kept: Buffer[] = [SOI];
  let size: { width: number; height: number } | undefined;
  let scans = 0;
  for (let at = SOI.length; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return fault('damaged');
    // Before a marker may stand as many of these as there are.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === MARKERS.end) {
      if (!size || scans === 0) return fault('damaged');
      return {
        ...{ mediaType: 'image/jpeg', ...size },
        bytes: Buffer.concat([...kept, bytes.subarray(at, at + 2)]),
      };
    }
    if (at + 4 > bytes.length) break;
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) break;
    const segment = bytes.subarray(at, end);
    if (FRAMES.includes(marker)) {
      if (size) return fault('damaged');
      size = frameOf(segment);
    } else if (marker >= 0xc0 && marker <= 0xcf && !TABLES.includes(marker)) return fault('logo');
    if (marker === MARKERS.scan) {
      if (!size || ++scans > MOST_SCANS) return fault('damaged');
      end = endOfScan(bytes, end);
    }
    if (isKept(marker, segment)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return fault('damaged');
}

function frameOf(segment: Buffer): { width: number; height: number } {
  if (segment.length < 10) return fault('damaged');
  // What is printed in four inks is for a press, and comes out otherwise on a screen.
  if (segment[4] !== 8 || ![1, 3].includes(segment[9] ?? 0)) return fault('logo');
  return sized(segment.readUInt16BE(7), segment.readUInt16BE(5));
}

/** Of what programs add, what says how its colours are to be taken; a small picture of it beside is none of that. */
function isKept(marker: number, segment: Buffer): boolean {
  const named = (name: string) => segment.toString('latin1', 4, 4 + name.length) === name;
  if (marker === MARKERS.jfif) return named('JFIF\0') && segment.length === 18;
  if (marker === MARKERS.adobe) return named('Adobe') && segment.length === 16;
  return marker === MARKERS.scan || TABLES.includes(marker) || FRAMES.includes(marker);
}

/** Where the next marker begins that is none within the picture. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return fault('damaged');
}
