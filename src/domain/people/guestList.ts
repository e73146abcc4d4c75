import { type ListedGuest, listedGuest } from '../content.ts';
import { cleanAddress } from './address.ts';
import { isSameName } from './samePerson.ts';

/**
 * A list of people as somebody writes or pastes it: a line each of a name, a post and an address, in whatever order; lines
 * of a spreadsheet; the recipients of a mail. A group is its name and how many they are. Who has no address may be listed,
 * too. What is read of it is shown before anything is made of it.
 */

/** What is wrong with a line: it is no line of a list; it has an address that cannot be; it names nobody. */
export const LIST_FAULTS = ['line-too-long', 'address-malformed', 'name-missing'] as const;
export type ListFault = { line: number; what: (typeof LIST_FAULTS)[number]; text: string };

type ListEntry = Pick<ListedGuest, 'name' | 'email' | 'post' | 'count'>;

/** Characters that nobody sees, but for the tabs and breaks of lists. */
const UNSEEN = /\p{Cf}/gu;
/** What an address is made of, and stands apart from what is around it. */
const WORD = /[^\s<>()[\]"'“”«»,;:|]+/gu;
/** What closes an address. */
const CLOSED = /[>)\]"'”»]*/uy;
/** What stands between the parts of a line; a dash does with spaces on both sides. */
const BETWEEN = /[\t;,|<>()[\]]|\s[-–—]\s|mailto:/giu;
/** Around a part; a point stays where it ends an abbreviation. */
const AROUND = /^[\s"'“”«»:.]+|(?<![\s"'“”«»:])[\s"'“”«»:]+$/gu;
/** How many a group is: "12", "12 personas". */
const COUNT = /^(\d{1,3})(?:\s+(?:personas|people|persons|pessoas|personnes))?$/iu;
/** What a column of addresses is headed with: its line names nobody. */
const HEADED =
  /^(?:correo(?: electr[oó]nico)?|e-?mail|mail|e-mail address|courriel|adresse(?: électronique)?)$/iu;
/** An address that was written so that no program reads it. */
const DISGUISED = /[([]\s*(?:at|arroba|arobase)\s*[)\]]/iu;
/** The longest that is looked at as a whole. */
const LONGEST_LINE = 2000;

/** The people in a text, in its order, and what is wrong in it. */
export function listedPeople(text: string): { people: ListEntry[]; faults: ListFault[] } {
  const people: ListEntry[] = [];
  const faults: ListFault[] = [];
  const lines = text.replace(UNSEEN, '').split(/\r\n?|\n/u);
  for (const [index, line] of lines.entries()) {
    if (line.replace(BETWEEN, '').trim() === '') continue;
    const wrong = (what: ListFault['what'], of = line) =>
      faults.push({ line: index + 1, what, text: of.trim().slice(0, 120) });
    if (line.length > LONGEST_LINE) {
      wrong('line-too-long');
      continue;
    }
    for (const entry of entriesOf(line)) {
      if (isHeading(entry)) continue;
      const read = personIn(entry);
      if (typeof read === 'string') wrong(read, entry);
      else if (!people.some((one) => isSame(one, read))) people.push(read);
    }
  }
  return { people, faults };
}

/** Several people on a line end each with an address; what follows the last one belongs to it. Without one, it is one. */
function entriesOf(line: string): string[] {
  const ends = addressesIn(line).map(({ index, 0: address }) => {
    CLOSED.lastIndex = index + address.length;
    return CLOSED.lastIndex + (CLOSED.exec(line)?.[0].length ?? 0);
  });
  return ends.length === 0
    ? [line]
    : ends.map((end, at) => line.slice(ends[at - 1] ?? 0, at === ends.length - 1 ? line.length : end));
}

/** The addresses on a line: words with an @ that is neither their beginning nor their end. */
const addressesIn = (line: string) => [...line.matchAll(WORD)].filter(([word]) => /.@./su.test(word));

const partsOf = (text: string): string[] =>
  text
    .split(BETWEEN)
    .map((one) => one.replace(AROUND, '').replace(/\s+/gu, ' '))
    .filter(Boolean);

const isHeading = (entry: string): boolean => partsOf(entry).some((one) => HEADED.test(one));

function personIn(entry: string): ListEntry | ListFault['what'] {
  const written = addressesIn(entry)[0]?.[0];
  if (written === undefined && (entry.includes('@') || DISGUISED.test(entry))) return 'address-malformed';
  const parts = partsOf(written === undefined ? entry : entry.replace(written, ';'));
  const counted = parts.find((one) => COUNT.test(one));
  const [name, ...others] = parts.filter((one) => one !== counted);
  if (name === undefined) return 'name-missing';
  const post = others.join(', ');
  const count = Number(COUNT.exec(counted ?? '')?.[1] ?? 1);
  const read = listedGuest.safeParse({
    ...{ name, ...(post && { post }), ...(written !== undefined && { email: cleanAddress(written) }) },
    ...(count > 1 && { count }),
  });
  if (read.success) return read.data;
  return written === undefined ? 'line-too-long' : 'address-malformed';
}

/** Several people may have one mailbox. */
const isSame = (a: ListEntry, b: ListEntry): boolean =>
  isSameName(a.name, b.name) && a.email?.toLowerCase() === b.email?.toLowerCase();
