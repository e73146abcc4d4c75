import { createHash } from 'node:crypto';

/**
 * The record of a cooperation as a chain: each entry has the hash of its content with a salt, and a link that is the
 * hash of the link before and that hash. So an entry can be withheld, its hash told, and the rest still holds together.
 * All are SHA-256 in hex, of texts in UTF-8. `docs/bundle.md` says it for whoever checks it by themselves.
 */

/** What the first entry is linked to. */
export const CHAIN_START = '0'.repeat(64);

/** What an entry says, and where it stands. */
export type EntryContent = {
  cooperation: string;
  number: number;
  key: string;
  /** ISO 8601 in UTC, with milliseconds. */
  at: string;
  kind: string;
  party: string | null;
  person: string | null;
  data: unknown;
};

/** The text that is hashed. */
export const chainedText = ({
  cooperation,
  number,
  key,
  at,
  kind,
  party,
  person,
  data,
}: EntryContent): string => canonicalText({ cooperation, number, key, at, kind, party, person, data });

/** JSON without spaces, the keys of each object in order: the same for the same value. */
export const canonicalText = (value: unknown): string => JSON.stringify(value, sortedKeys);

/** SHA-256 of a value's JSON, in hex: what texts and answers are bound to. */
export const hashOf = (value: unknown): string => sha256(canonicalText(value));

const sortedKeys = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export const entryHash = (salt: string, content: string): string => sha256(salt + content);

export const linkOf = (before: string, hash: string): string => sha256(before + hash);

/** An entry as it stands in a chain; what it says is there, or why it is not. */
export type ChainedEntry = { number: number; hash: string; chain: string } & (
  | { salt: string; content: string }
  | { withheld: string }
);

/** What is wrong with an entry: it says something else than was written, or does not follow the one before. */
export type ChainFault = { number: number; fault: 'content' | 'link' };

/** The faults of a chain, first things first; each entry is held against the one before as that stands. */
export function chainFaults(entries: readonly ChainedEntry[]): ChainFault[] {
  const faults: ChainFault[] = [];
  let before = CHAIN_START;
  entries.forEach((entry, index) => {
    const { number, hash, chain } = entry;
    if ('content' in entry && entryHash(entry.salt, entry.content) !== hash)
      faults.push({ number, fault: 'content' });
    if (number !== index + 1 || linkOf(before, hash) !== chain) faults.push({ number, fault: 'link' });
    before = chain;
  });
  return faults;
}

/** What a whole chain is known by: the link of its last entry. */
export const headOf = (entries: readonly ChainedEntry[]): string => entries.at(-1)?.chain ?? CHAIN_START;
