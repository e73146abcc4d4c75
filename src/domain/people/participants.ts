import type { NamedAttendee } from './attendance.ts';
import { plainName } from './samePerson.ts';

/**
 * The list of participants that Zoom exports after a meeting, in whatever language and shape, and who of a cooperation its
 * lines are. What is read of it is a proposal. Times are not read: who was there at all was there, so neither the zone of
 * an export nor a connection that was lost and taken up again makes a difference.
 */

export type Participant = { name: string; email?: string };

/** Somebody of the cooperation who may have been there. */
type Candidate = { id: string; name: string; email: string | null; party: string };

const NAME_HEAD =
  /^(?:(?:user|full|participant) )?name$|^nombre(?: completo| de usuario)?$|^nome(?: completo| do usuario)?$|^nom(?: complet| d.utilisateur)?$/;
const ADDRESS_HEAD = /mail|correo|courriel/;
const WAITING_HEAD = /waiting room|sala de espera|salle d.attente/;
const OTHER_HEAD = /durat|duracion|duracao|duree|join|unir|entrada|guest|invit|convidad|hora|heure/;
const YES = /^(?:yes|si|sim|oui|true)$/;
/** Mailboxes that say nothing of an institution. */
const COMMON = /^(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|proton(?:mail)?|aol)\./;

/** The text of an exported table, whatever its program wrote it in: UTF-8 or UTF-16, or what Windows had before. */
export function tableText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Without a mark, every second byte of Western text is zero.
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Those whom such a list names, each once; nothing where the text is no such list. */
export function participantsIn(text: string): Participant[] | undefined {
  const rows = rowsOf(text.replace(/^\uFEFF/, ''));
  const at = rows.findIndex((row) => {
    const heads = row.map(headOf);
    return (
      heads.some((head) => NAME_HEAD.test(head)) &&
      heads.some((head) => ADDRESS_HEAD.test(head) || OTHER_HEAD.test(head))
    );
  });
  if (at < 0) return undefined;
  const heads = (rows[at] as string[]).map(headOf);
  const nameAt = heads.findIndex((head) => NAME_HEAD.test(head));
  const addressAt = heads.findIndex((head) => ADDRESS_HEAD.test(head));
  const waitingAt = heads.findIndex((head) => WAITING_HEAD.test(head));
  const found: Participant[] = [];
  for (const row of rows.slice(at + 1)) {
    const name = (row[nameAt] ?? '')
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim();
    const email = (row[addressAt] ?? '').trim().toLowerCase();
    // Who never left the waiting room was not there.
    if (name === '' || name.length > 300 || YES.test(headOf(row[waitingAt] ?? ''))) continue;
    const known = found.find((one) => isSamePersonAs(one, { name, email }));
    if (!known) found.push({ name, ...(email.includes('@') && { email }) });
    else if (!known.email && email.includes('@')) known.email = email;
  }
  return found;
}

/** The same name with the same address, or without one. An address alone may be of a room with several people. */
const isSamePersonAs = (a: Participant, b: Participant): boolean =>
  plainName(shownName(a.name)) === plainName(shownName(b.name)) &&
  (!a.email || !b.email || a.email === b.email);

/** A head of a column or a word in a cell, without accents, capitals, and what stands in brackets after it. */
const headOf = (cell: string): string =>
  plainName(cell.replace(/(?<!\s)\s*\([^()]*\)/gu, '')).replace(/’/gu, "'");

/** "Ana (Ana Pérez)": what somebody called themself in the meeting, without what the program calls them. */
const shownName = (name: string): string =>
  name
    .trim()
    .replace(/(?<!\s)\s*\([^()]*\)$/u, '')
    .trim() || name;

/** The lines of a table whose cells are parted by commas, semicolons or tabs, in quotes or not. */
function rowsOf(text: string): string[][] {
  const head = text.slice(0, 5000);
  const parting = [',', ';', '\t'].toSorted(
    (a, b) => head.split(b).length - head.split(a).length,
  )[0] as string;
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (char === parting || char === '\n' || char === '\r') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (char !== parting) rows.push([]);
    } else cell += char;
  }
  rows.at(-1)?.push(cell);
  return rows;
}

/** Who of the people a cooperation knows took part, by their ids, and whom it does not know, with their institution where their address tells it. */
export function matchedTo(
  participants: readonly Participant[],
  people: readonly Candidate[],
): { present: string[]; others: NamedAttendee[] } {
  const present = new Set<string>();
  const others: NamedAttendee[] = [];
  for (const one of participants) {
    const known = knownAs(one, people);
    if (known) {
      present.add(known.id);
      continue;
    }
    const party = partyByAddress(one.email, people);
    const name = shownName(one.name);
    if (!others.some((other) => plainName(other.name) === plainName(name) && other.party === party))
      others.push({ name, ...(party && { party }) });
  }
  return { present: [...present], others };
}

function knownAs(one: Participant, people: readonly Candidate[]): Candidate | undefined {
  const byAddress = people.filter(({ email }) => email && email.toLowerCase() === one.email);
  // Entries of one name are one person in several parts: the first is theirs.
  const [first] = byAddress;
  if (first && byAddress.every(({ name }) => plainName(name) === plainName(first.name))) return first;
  const among = byAddress.length > 0 ? byAddress : people;
  const named = among.filter(({ name }) => isLike(one.name, name));
  const [likely] = named;
  return likely && named.every(({ name }) => plainName(name) === plainName(likely.name)) ? likely : undefined;
}

const wordsOf = (name: string): Set<string> =>
  new Set(
    plainName(name)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );

/** Two words at least of a name, and no word that is not the other's: "Ana Pérez", "Ana María Pérez", "Ana Pérez - MTPS". */
function isLike(shown: string, name: string): boolean {
  const [a, b] = [wordsOf(shown), wordsOf(name)];
  const [less, more] = a.size < b.size ? [a, b] : [b, a];
  return plainName(shown) === plainName(name) || (less.size > 1 && [...less].every((word) => more.has(word)));
}

function partyByAddress(address: string | undefined, people: readonly Candidate[]): string | undefined {
  const domain = address?.split('@')[1];
  if (!domain || COMMON.test(domain)) return undefined;
  const parties = new Set(
    people.filter(({ email }) => email?.toLowerCase().endsWith(`@${domain}`)).map(({ party }) => party),
  );
  return parties.size === 1 ? [...parties][0] : undefined;
}
