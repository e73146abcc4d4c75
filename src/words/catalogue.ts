import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../domain/language.ts';

/**
 * The message catalogues: one folder a language under `locales/`, one file an area, each FormatJS JSON with messages in
 * ICU MessageFormat. They are read when they are first asked for.
 */

/** A file of a catalogue; the description stands in the Spanish one, from which the others are translated. */
export type CatalogueFile = Record<string, { defaultMessage: string; description?: string }>;

const files = new Map<string, CatalogueFile>();

/** The messages of one area, such as `mail`, in one language, by `<thing>.<key>`. */
export function catalogueOf(area: string, language: Language): CatalogueFile {
  const name = `${language}/${area}.json`;
  const known = files.get(name);
  if (known) return known;
  const file: CatalogueFile = JSON.parse(readFileSync(new URL(`./locales/${name}`, import.meta.url), 'utf8'));
  files.set(name, file);
  return file;
}

/** Where a message's id is cut: the area, and its id within. */
function cut(id: string): [area: string, within: string] {
  const dot = id.indexOf('.');
  return [id.slice(0, dot), id.slice(dot + 1)];
}

export function hasMessage(id: string): boolean {
  const [area, within] = cut(id);
  return Object.hasOwn(catalogueOf(area, 'es'), within);
}

const compiled = new Map<string, IntlMessageFormat>();

/**
 * The message with an id such as `mail.request.subject`, ready to be filled.
 *
 * @throws when no such message is in the catalogue
 */
export function messageOf(id: string, language: Language): IntlMessageFormat {
  const name = `${language} ${id}`;
  const known = compiled.get(name);
  if (known) return known;
  const [area, within] = cut(id);
  const entry = catalogueOf(area, language)[within];
  if (!entry) throw new Error(`no message "${id}" in ${language}`);
  // Tags are plain text here: what a text looks like is decided by where it stands, never by its translation.
  const format = new IntlMessageFormat(entry.defaultMessage, language, undefined, { ignoreTag: true });
  compiled.set(name, format);
  return format;
}
