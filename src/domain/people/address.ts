/**
 * Mail addresses as people paste them: with the name before it, `mailto:`, quotes, a separator after it, spaces and
 * characters that nobody sees.
 */

/** Characters without a width, and those that steer how others are written: joiners, marks of direction, soft hyphens. */
const UNSEEN = /\p{Cf}/gu;
/** What an address neither begins nor ends with. Spaces are those of Unicode, the one that does not break too. */
const AROUND = /^[\s"'“”«»‘’`()[\]{}<>;,:]+|(?<![\s"'“”«»‘’`()[\]{}<>;,:.])[\s"'“”«»‘’`()[\]{}<>;,:.]+$/gu;
/** `Ana Pérez <ana@ministry.example>`: one address, and what it is called before it. */
const NAMED = /^[^<>]*<([^<>]*)>[\s;,.]*$/u;

/** Whether somebody can be written to. */
export const hasAddress = <T extends { email: string | null }>(person: T): person is T & { email: string } =>
  person.email !== null;

/** Whatever is longer is no address with a name before it. */
const LONGEST_PASTED = 2000;

/** The address in what somebody typed or pasted. What cannot be cleaned comes back as it is, but for what nobody sees. */
export function cleanAddress(given: string): string {
  if (given.length > LONGEST_PASTED) return given;
  const seen = given.replace(UNSEEN, '').trim();
  const address = (NAMED.exec(seen)?.[1] ?? seen).trim();
  return address
    .replace(AROUND, '')
    .replace(/^mailto:([^?]*)(\?.*)?$/isu, '$1')
    .replace(AROUND, '');
}
