/** The code of a certificate: it tells nothing of anybody, and cannot be guessed. */

/** No letter is mistaken for a figure or another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A hundred bits. */
export const CODE_LENGTH = 20;

/** @param random bytes that nobody can foresee, {@link CODE_LENGTH} of them */
export const certificateCode = (random: Uint8Array): string =>
  Array.from(random.subarray(0, CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');

/** `K7QX-…`, as it is printed. */
export const codeInGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** The code that somebody typed, with or without hyphens, or one letter for another; nothing where it is none. */
export function codeTyped(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === CODE_LENGTH && [...code].every((one) => ALPHABET.includes(one)) ? code : undefined;
}
