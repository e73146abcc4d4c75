import type { Contribution } from '../domain/content.ts';
import type { Language } from '../domain/language.ts';
import type { Sum } from '../domain/results/funding.ts';
import { joined } from './lists.ts';
import { GRAMMAR } from './names/grammar.ts';
import { speaker } from './speaker.ts';

/** Money as papers, pages and the terminal say it. */

const NBSP = '\u00a0';

/** "USD 1.200,5": by the letters of its currency, which are the same everywhere. */
const sumText = ({ currency, amount }: Sum, language: Language): string =>
  `${currency}${NBSP}${new Intl.NumberFormat(GRAMMAR[language].formats, { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 }).format(amount)}`;

/** "USD 1.200 (pasajes)". */
export const contributionText = (one: Contribution, language: Language): string =>
  sumText(one, language) + (one.what ? ` (${one.what})` : '');

/** "USD 1.200 y PEN 300"; nothing where nothing is on record. */
export const sumsText = (sums: readonly Sum[], language: Language): string =>
  joined(
    sums.map((one) => sumText(one, language)),
    language,
  );

/** What was put in in all cooperations of a call; that nothing is on record, where nothing is. */
export const fundedText = ({ funding }: { funding: readonly Sum[] }, language: Language): string[] => {
  const say = speaker('papers.callReport', language);
  return [funding.length > 0 ? say('funded', { sums: sumsText(funding, language) }) : say('notFunded')];
};
