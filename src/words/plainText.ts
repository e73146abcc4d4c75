/**
 * Text as people wrote it, without what would let it pose as something else: control characters, and the
 * marks that turn the direction of what follows.
 */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');

/** The same on one line: for subjects, names, and everything that stands within a sentence. */
export const oneLine = (text: string): string =>
  clean(text)
    .replace(/[\n ]+/g, ' ')
    .trim();

/** A link that may be followed: `https:`, or `http:` for the embedded system on this machine. */
export const followable = (url: string): boolean => /^https?:\/\/[^\s"'<>]+$/i.test(url);
