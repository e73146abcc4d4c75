import fc from 'fast-check';

const LAST = 0x10ffff;
const SURROGATES = { from: 0xd800, to: 0xdfff };

/** Whatever Unicode holds. What fast-check has for it takes a second to be made, with a place for each character. */
export const anyCharacter = fc
  .nat({ max: LAST - (SURROGATES.to - SURROGATES.from + 1) })
  .map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.to - SURROGATES.from + 1));
