import type { Language } from '../domain/language.ts';
import { countryName } from '../domain/party.ts';
import { joined } from './lists.ts';

/** "Barbados y Jamaica": countries given by their ISO 3166 letters. */
export const countryNames = (countries: readonly string[], language: Language): string =>
  joined(
    countries.map((country) => countryName(country, language)),
    language,
  );

/** "Perú–Chile", and "Barbados y Jamaica – Chile" where a side has more than one country. */
export function pairingOf(
  { requesting, providing }: { requesting: readonly string[]; providing: readonly string[] },
  language: Language,
): string {
  const sides = [countryNames(requesting, language), countryNames(providing, language)];
  return sides.join(sides.some((names) => names.includes(' ')) ? ' – ' : '–');
}
