/** Tables as CSV (RFC 4180), as spreadsheets open them, and so that no cell of them is a formula. */

/** What a spreadsheet would take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** The same after what some take for the end of a cell or row, whatever stands around it: a semicolon, a line. */
const WITHIN = /([;\t\r\n][^\S\t\r\n]*)(?=[=+\-@＝＋－＠])/gu;
/** As which it is text; the spreadsheet does not show it. */
const TEXT = "'";

const cell = (value: string): string => {
  const within = value.replace(WITHIN, `$1${TEXT}`);
  const safe = FORMULA.test(value.trimStart()) || FORMULA.test(value) ? TEXT + within : within;
  return /["\n\r,;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With a byte order mark, without which Excel reads letters with accents wrongly. */
export const csvOf = (
  heads: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string =>
  `\ufeff${[heads, ...rows].map((cells) => `${cells.map((one) => cell(String(one ?? ''))).join(',')}\r\n`).join('')}`;
