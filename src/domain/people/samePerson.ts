/**
 * Who is behind a mail address. Several entries of one name are one person in several parts, such as a delegate who is a
 * session's guest, too; several names are people who share a mailbox.
 */

/** A name as it is compared: without accents, capitals and spaces that come and go. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s.,]+/g, ' ')
    .trim();

export const isSameName = (a: string, b: string): boolean => plainName(a) === plainName(b);

/** The parts that each person has, of entries with one address in one cooperation; in the order in which they come. */
export const personsAmong = <T extends { name: string }>(entries: readonly T[]): T[][] => [
  ...Map.groupBy(entries, ({ name }) => plainName(name)).values(),
];
