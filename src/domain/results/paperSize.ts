import type { Programme } from '../programme/programme.ts';

/** The sheet that a cooperation's papers are set on. */
export type PaperSize = 'a4' | 'letter';

/** Where offices print on US Letter, as Unicode's CLDR (`territoryInfo`, `paperSize`) has it; everywhere else on A4. */
const LETTER_COUNTRIES = new Set([
  ...['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE'],
]);

/** Whose papers they are prints them: what the institution that asks for the cooperation has in its country. */
export function paperSizeOf({ institutions }: Pick<Programme, 'institutions'>): PaperSize {
  const requesting = institutions.find(({ role }) => role === 'requesting');
  return requesting && !LETTER_COUNTRIES.has(requesting.country) ? 'a4' : 'letter';
}
