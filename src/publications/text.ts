/** What people wrote, made fit to be set as text and as nothing else. */

/**
 * Text without what a page cannot show and an XML part must not hold: control characters, halves of
 * surrogate pairs, and the invisible marks that turn the writing direction of whatever follows.
 * Line ends become `\n`, tabs become spaces, accents one character with their letter.
 */
export const printableText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu, (c) => (c === '\n' ? c : ''))
    .trim();

/** {@link printableText} text on one line. */
export const line = (text: string): string =>
  printableText(text).replaceAll(/\s+/gu, (space) => (space.includes('\n') ? ' ' : space));

/** The paragraphs of a text: what empty lines part. A single line end stays in its paragraph. */
export const paragraphs = (text: string): string[] =>
  printableText(text)
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);

/** The first paragraph, which stands beside a number or a heading, and those that follow it. */
export function runIn(text: string): { text: string; more: { text: string }[] } {
  const [first = '', ...more] = paragraphs(text);
  return { text: first, more: more.map((paragraph) => ({ text: paragraph })) };
}
