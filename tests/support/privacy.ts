import type { CaseView } from '../../src/domain/caseView.ts';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { STEPS } from '../../src/domain/methodology.ts';
import type { Party } from '../../src/domain/people/party.ts';
import { requestLabel, sessionTitle, stepLabel } from '../../src/words/labels.ts';
import { NOUN_FORMS } from '../../src/words/names/noun.ts';
import { nameOfParty } from '../../src/words/names/parties.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';

/** Looks for people and texts of a case in what Temporal holds of it. */

/** A text is told from others by this many of its characters. */
const SLICE = 25;
const SHORTEST_TEXT = 12;
const SHORTEST_NAME = 4;

/** Everything in a JSON value that can be read: its strings, and what its Temporal payloads hold once decoded. */
export function readable(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(readable);
  const { metadata, data, ...rest } = value as Record<string, unknown>;
  const isPayload = typeof metadata === 'object' && metadata !== null && 'encoding' in metadata;
  if (!isPayload) return Object.entries(value).flatMap(([key, inner]) => [key, ...readable(inner)]);
  return [
    ...Object.values(metadata).map((text) => decoded(String(text))),
    ...(typeof data === 'string' ? content(decoded(data)) : []),
    ...readable(rest),
  ];
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** What a payload says: JSON is read, so that nothing hides behind its escapes. */
function content(text: string): string[] {
  try {
    return [text, ...readable(JSON.parse(text))];
  } catch {
    return [text];
  }
}

/** The people, addresses and texts of a case that occur in `texts`, each with what gives it away. */
export function leaksOf(view: CaseView, parties: readonly Party[], texts: readonly string[]): string[] {
  const known = [
    TASK_QUEUE,
    view.pairing,
    ...parties.flatMap((party): string[] => [
      ...Object.values(party).map(String),
      ...NOUN_FORMS.map((form) => nameOfParty(party, view.language, form)),
    ]),
    ...LANGUAGES.flatMap((language) => STEPS.map((step) => stepLabel(step, language))),
    ...LANGUAGES.flatMap((language) => [1, 2, 3].map((n) => sessionTitle(n, language))),
    ...LANGUAGES.flatMap((language) =>
      REQUEST_KINDS.flatMap((kind) => [1, 2, 3].map((item) => requestLabel({ kind, item }, language))),
    ),
  ].map(folded);
  const held = [...new Set(texts.map(folded))];
  const words = new Set(held.flatMap(wordsOf));
  const common = new Set(known.flatMap(wordsOf));

  const names = view.people.flatMap(({ name }) => wordsOf(folded(name)));
  const named = [...new Set(names)].filter(
    (word) => word.length >= SHORTEST_NAME && words.has(word) && !common.has(word),
  );
  const addresses = view.people
    .flatMap(({ email }) => (email === null ? [] : folded(email)))
    .filter((email) => held.some((text) => text.includes(email)));

  const innocent = new Set(known.flatMap((text) => [...slicesOf(` ${text} `)]));
  const all = held.join('\n');
  const written: { slice: string; text: string }[] = [];
  const telling = new Map<string, string>();
  for (const text of writtenIn(view).map(folded)) {
    if (known.includes(text)) continue;
    if (text.length < SLICE && all.includes(text)) written.push({ slice: text, text });
    for (const slice of slicesOf(text)) if (!innocent.has(slice)) telling.set(slice, text);
  }
  for (const slice of new Set(held.flatMap((text) => [...slicesOf(text)]))) {
    const text = telling.get(slice);
    if (text) written.push({ slice, text });
  }
  return [
    ...named.map((word) => `the name "${word}"`),
    ...addresses.map((email) => `the address "${email}"`),
    ...written.map(({ slice, text }) => `"${slice}" of "${text.slice(0, 60)}"`),
  ];
}

/** All that people wrote in a case or its programme. */
function writtenIn(view: CaseView): string[] {
  const { programme, sessions, contents, questions, documents, people } = view;
  const { id: _, institutions, ...texts } = programme;
  const all = [
    stringsIn(texts),
    institutions.map(({ name }) => name),
    sessions.flatMap(({ contents, minutes, attendance, outputs, link, place }) =>
      stringsIn([contents, minutes, attendance, outputs, link, place]),
    ),
    contents.flatMap(({ value }) => stringsIn(value)),
    questions.flatMap(({ text, answer }) => stringsIn([text, answer])),
    documents.flatMap(({ title, file }) => [title, file.replace(/^documents\/[^-]*-v\d+-/, '')]),
    people.flatMap(({ name, post, email }) => stringsIn([name, post, email])),
  ].flat();
  return [...new Set(all)].filter((text) => text.length >= SHORTEST_TEXT);
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value !== null && typeof value === 'object'
      ? Object.values(value).flatMap(stringsIn)
      : [];

const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

const wordsOf = (text: string): string[] => text.match(/\p{L}+/gu) ?? [];

function* slicesOf(text: string): Generator<string> {
  for (let at = 0; at + SLICE <= text.length; at++) yield text.slice(at, at + SLICE);
}
