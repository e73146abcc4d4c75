import { cleanAddress } from './address.ts';
import { type Person, person } from './content.ts';
import { isSameName } from './samePerson.ts';

/**
 * A list of people as somebody writes or pastes it: a line each of a name, a post and an address, in whatever order; lines
 * of a spreadsheet; the recipients of a mail. What is read of it is shown before anything is made of it.
 */

/** What is wrong with a line: it names no address; none that can be; or nobody. */
export const LIST_FAULTS = ['address-missing', 'address-malformed', 'name-missing'] as const;
export type ListFault = { line: number; what: (typeof LIST_FAULTS)[number]; text: string };

type ListedPerson = Pick<Person, 'name' | 'email' | 'post'>;

/** Characters that nobody sees, but for the tabs and breaks of lists. */
const UNSEEN = /\p{Cf}/gu;
const ADDRESS = /[^\s<>()[\]"'“”«»,;:|]+@[^\s<>()[\]"'“”«»,;:|]+/u;
/** Up to an address, and what closes it. */
const ENTRIES = new RegExp(`.*?(?:${ADDRESS.source})[>)\\]"'”»]*`, 'gu');
/** What stands between the parts of a line; a dash does with spaces on both sides. */
const BETWEEN = /[\t;,|<>()[\]]|\s[-–—]\s|mailto:/giu;
/** Around a part; a point stays where it ends an abbreviation. */
const AROUND = /^[\s"'“”«»:.]+|[\s"'“”«»:]+$/gu;
/** The longest that is looked at as a whole. */
const LONGEST_LINE = 2000;

/** The people in a text, in its order, and what is wrong in it. */
export function listedPeople(text: string): { people: ListedPerson[]; faults: ListFault[] } {
  const people: ListedPerson[] = [];
  const faults: ListFault[] = [];
  const lines = text.replace(UNSEEN, '').split(/\r\n?|\n/u);
  for (const [index, line] of lines.entries()) {
    if (line.replace(BETWEEN, '').trim() === '') continue;
    const wrong = (what: ListFault['what'], of = line) =>
      faults.push({ line: index + 1, what, text: of.trim().slice(0, 120) });
    const entries = line.length > LONGEST_LINE ? [] : entriesOf(line);
    if (entries.length === 0) wrong('address-missing');
    for (const entry of entries) {
      const read = personIn(entry);
      if (typeof read === 'string') wrong(read, entry);
      else if (!people.some((one) => isSame(one, read))) people.push(read);
    }
  }
  return { people, faults };
}

/** Several people on a line end each with an address; what follows the last one belongs to it. */
function entriesOf(line: string): string[] {
  const entries = line.match(ENTRIES) ?? [];
  if (entries.length === 0) return [];
  const rest = line.slice(entries.join('').length);
  return [...entries.slice(0, -1), `${entries.at(-1)}${rest}`];
}

function personIn(entry: string): ListedPerson | ListFault['what'] {
  const written = ADDRESS.exec(entry)?.[0] ?? '';
  const parts = entry
    .replace(written, ';')
    .split(BETWEEN)
    .map((one) => one.replace(AROUND, '').replace(/\s+/gu, ' '))
    .filter(Boolean);
  const [name, ...others] = parts;
  if (name === undefined) return 'name-missing';
  const post = others.join(', ');
  const read = person.safeParse({ name, email: cleanAddress(written), ...(post && { post }) });
  return read.success ? read.data : 'address-malformed';
}

/** Several people may have one mailbox. */
const isSame = (a: ListedPerson, b: ListedPerson): boolean =>
  isSameName(a.name, b.name) && a.email.toLowerCase() === b.email.toLowerCase();
