import { describe, expect, it } from 'vitest';
import { cleanPicture } from '../../src/documents/picture.ts';
import { Refused } from '../../src/domain/refusal.ts';
import { chunk, JPEG, PRESS_JPEG, png, REMARKED_JPEG } from '../support/pictures.ts';

const why = (bytes: Buffer): string => {
  try {
    cleanPicture(bytes);
    return 'taken';
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'DocumentRefused') return error.refusal.why;
    throw error;
  }
};
/** A JPEG with a segment right after its beginning. */
const withSegment = (marker: number, data: string) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  const segment = [Buffer.from([0xff, marker]), length, Buffer.from(data, 'latin1')];
  return Buffer.concat([JPEG.subarray(0, 2), ...segment, JPEG.subarray(2)]);
};
const SCAN = JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xda])), -2);

describe('a picture is written anew with what it shows alone', () => {
  it('a PNG without remarks, places, second pictures and what is behind its end', () => {
    const more = ['tEXt', 'eXIf', 'iCCP', 'acTL', 'fdAT'].map((type) =>
      chunk(type, Buffer.from('PRIVATE PLACE')),
    );
    const clean = cleanPicture(Buffer.concat([png({ more }), Buffer.from('<script>PK')]));
    expect(clean).toMatchObject({ mediaType: 'image/png', width: 60, height: 20 });
    expect(clean.bytes).toEqual(cleanPicture(png()).bytes);
    expect(clean.bytes.includes('PRIVATE')).toBe(false);
    expect(cleanPicture(clean.bytes)).toEqual(clean);
  });

  it('an interlaced PNG with all its passes', () => {
    // Of 3 × 3 pixels the passes have 1, 0, 0, 1, 2, 2 and 1 lines or pixels.
    const lines = Buffer.from([0, 9, 0, 9, 0, 9, 9, 0, 9, 0, 9, 0, 9, 9, 9]);
    expect(cleanPicture(png({ width: 3, height: 3, lines, interlaced: true }))).toMatchObject({ width: 3 });
    expect(why(png({ width: 3, height: 3, lines: lines.subarray(1), interlaced: true }))).toBe('damaged');
  });

  it('a JPEG without remarks, places and profiles', () => {
    expect(REMARKED_JPEG.includes('PRIVATE')).toBe(true);
    const clean = cleanPicture(REMARKED_JPEG);
    expect(clean).toMatchObject({ mediaType: 'image/jpeg', width: 48, height: 16 });
    expect(clean.bytes.includes('PRIVATE')).toBe(false);
    for (const [marker, data] of [
      [0xe1, 'Exif\0\0PRIVATE'],
      [0xe2, 'ICC_PROFILE\0PRIVATE'],
      [0xed, 'Photoshop PRIVATE'],
      [0xee, 'PRIVATE'],
      [0xe0, 'JFXX\0PRIVATE'],
    ] as const)
      expect(cleanPicture(withSegment(marker, data)).bytes).toEqual(cleanPicture(JPEG).bytes);
    const behind = Buffer.concat([JPEG, Buffer.from('PRIVATE'), JPEG]);
    expect(cleanPicture(behind).bytes).toEqual(cleanPicture(JPEG).bytes);
  });
});

describe('what is no logo is refused', () => {
  it.each([
    ['another kind', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo'],
    ['nothing', Buffer.alloc(0), 'logo'],
    ['one byte', Buffer.from([0xff]), 'logo'],
    [
      'too many pixels, said and not there',
      png({ width: 40_000, height: 40_000, lines: Buffer.alloc(9) }),
      'logo',
    ],
    ['no pixels', png({ width: 0, height: 5, lines: Buffer.alloc(5) }), 'damaged'],
    ['more packed than it says', png({ lines: Buffer.alloc(50_000_000) }), 'damaged'],
    ['less packed than it says', png({ lines: Buffer.alloc(61) }), 'damaged'],
    ['a line of no kind', png({ width: 1, height: 1, lines: Buffer.from([9, 0]) }), 'damaged'],
    ['a PNG cut off', png().subarray(0, -14), 'damaged'],
    [
      'a PNG with one bit turned',
      Buffer.from(png().map((one, at) => (at === 45 ? one ^ 1 : one))),
      'damaged',
    ],
    ['a JPEG of a press', PRESS_JPEG, 'logo'],
    ['a JPEG cut off', JPEG.subarray(0, -2), 'damaged'],
    ['a JPEG of its beginning alone', JPEG.subarray(0, 2), 'damaged'],
    ['a JPEG whose segment is longer than it', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]), 'damaged'],
    [
      'a JPEG that takes a hundred turns',
      Buffer.concat([JPEG.subarray(0, -2), ...Array.from({ length: 100 }, () => SCAN), JPEG.subarray(-2)]),
      'damaged',
    ],
  ])('%s', (_, bytes, code) => {
    expect(why(bytes)).toBe(code);
  });

  it('a JPEG of more pixels than are printed', () => {
    const wide = Buffer.from(JPEG);
    wide.writeUInt16BE(2001, wide.indexOf(Buffer.from([0xff, 0xc0])) + 7);
    expect(why(wide)).toBe('logo');
  });
});
