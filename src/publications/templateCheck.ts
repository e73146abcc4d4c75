import JSZip from 'jszip';
import sax, { type QualifiedTag } from 'sax';
import { nearest } from '../domain/programme/spelling.ts';
import type { Placeholder, TemplateFault, TemplateName } from '../domain/results/wordTemplate.ts';
import { filledWithExample, templatePlaceholders } from './templateSample.ts';

/** What is wrong with a Word template, told by name and place before anything is made with it. */

const LONGEST_SHOWN = 120;
const MOST_FAULTS = 100;
/** Characters of markup in all that is filled: each entry of a list has its part of it once more. */
const MOST_MARKUP = 2_000_000;

/** Nothing where it can be filled. The file is a Word file that nothing speaks against. */
export async function templateFaults(name: TemplateName, file: Uint8Array): Promise<TemplateFault[]> {
  const known = await templatePlaceholders(name);
  const faults: TemplateFault[] = [];
  const parts = await partsOf(file);
  if (!parts) return [{ code: 'not-filled', name: '', part: 'body', paragraph: '' }];
  for (const paragraphs of parts) faults.push(...faultsIn(paragraphs, known));
  // Some other Word file, by mistake: every paper made with it would say the same.
  if (!parts.flat().some(({ text }) => tagsIn(text).length > 0))
    return [{ code: 'none', name: '', part: 'body', paragraph: '' }];
  if (faults.length > 0) return faults.slice(0, MOST_FAULTS);
  try {
    await filledWithExample(name, file);
    return [];
  } catch {
    return [{ code: 'not-filled', name: '', part: 'body', paragraph: '' }];
  }
}

type Paragraph = Pick<TemplateFault, 'part'> & { text: string };

/** Where Word has what is filled. */
const FILLED = /^word\/(?:(?<part>document|header|footer)\d*|charts\/chart\d*)\.xml$/;

/**
 * The paragraphs of each part that is filled: the body, each header, each footer, each chart. `undefined` where the file has
 * them elsewhere than Word does, so that others would be filled than were looked at, or more than any paper has.
 */
async function partsOf(file: Uint8Array): Promise<Paragraph[][] | undefined> {
  const zip = await JSZip.loadAsync(file);
  const named = [
    ...relatedIn((await zip.file('_rels/.rels')?.async('string')) ?? '', ''),
    ...relatedIn((await zip.file('word/_rels/document.xml.rels')?.async('string')) ?? '', 'word/'),
  ];
  if (!named.every((one) => FILLED.test(one))) return undefined;
  const parts: Paragraph[][] = [];
  let size = 0;
  for (const [name, entry] of Object.entries(zip.files)) {
    const found = FILLED.exec(name);
    if (!found) continue;
    const markup = await entry.async('string');
    size += markup.length;
    if (size > MOST_MARKUP) return undefined;
    const { part = 'document' } = found.groups ?? {};
    parts.push(paragraphsIn(markup, part === 'document' ? 'body' : (part as 'header' | 'footer')));
  }
  return parts;
}

/** The names of what a list of relationships has to be filled, from the folder that its part is in. */
function relatedIn(rels: string, folder: string): string[] {
  const parser = new sax.SAXParser(true, { xmlns: true, position: false });
  const found: string[] = [];
  parser.onopentag = (tag) => {
    const { local, attributes } = tag as QualifiedTag;
    const { Type: type, Target: target } = attributes;
    if (local !== 'Relationship' || !type || !target) return;
    if (!/\/relationships\/(officeDocument|header|footer|chart)$/.test(type.value)) return;
    const name = target.value.replace(/^\//, '');
    found.push(target.value.startsWith('/') || name.startsWith(folder) ? name : folder + name);
  };
  parser.write(rels).close();
  return found;
}

function paragraphsIn(markup: string, part: 'body' | 'header' | 'footer'): Paragraph[] {
  const parser = new sax.SAXParser(true, { xmlns: true, position: false });
  const found: Paragraph[] = [];
  const open: Paragraph[] = [];
  let tables = 0;
  let inText = false;
  parser.onopentag = (tag) => {
    const { local, attributes } = tag as QualifiedTag;
    if (local === 'tbl') tables++;
    if (local === 'p') {
      const paragraph: Paragraph = { part: tables > 0 && part === 'body' ? 'table' : part, text: '' };
      open.push(paragraph);
      found.push(paragraph);
    }
    // What a picture is said to show is filled in, too.
    const shown = local === 'docPr' ? attributes.descr?.value : undefined;
    const paragraph = open.at(-1);
    if (shown && paragraph) paragraph.text += shown;
    inText = local === 't';
  };
  parser.ontext = (text) => {
    const paragraph = open.at(-1);
    if (inText && paragraph) paragraph.text += text;
  };
  parser.onclosetag = (name) => {
    const local = name.slice(name.indexOf(':') + 1);
    if (local === 't') inText = false;
    if (local === 'tbl') tables--;
    if (local === 'p') open.pop();
  };
  parser.write(markup).close();
  return found;
}

function faultsIn(paragraphs: readonly Paragraph[], known: readonly Placeholder[]): TemplateFault[] {
  const faults: TemplateFault[] = [];
  /** The lists that are open, each with its entries' names; of one that is not known, its name alone is told. */
  type Open = { name: string; entries: readonly Placeholder[] | undefined; paragraph: Paragraph };
  /** `others`: the lists within it that are none of its entries. */
  const lists: (Open & { others: Open[] })[] = [];
  const blame = (code: TemplateFault['code'], name: string, { part, text }: Paragraph, meant?: string) =>
    faults.push({
      ...{ code, name: name.slice(0, LONGEST_SHOWN), part },
      ...(meant !== undefined && { meant }),
      paragraph: text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text,
    });
  /** What a name is where it stands: of the innermost list that has it. */
  const within = () => [...lists.toReversed().flatMap(({ entries = [] }) => entries), ...known];

  /** Closes a list and those within it that were not: of these nobody knows what was to stand in them. */
  function close(at: number): void {
    const [closed, ...left] = lists.splice(at);
    // A list would be there once for each entry of the other: as often as all that it stands in are long.
    for (const { name, paragraph } of closed?.others ?? []) blame('nested', name, paragraph);
    for (const { name, paragraph } of left) blame('not-closed', name, paragraph);
  }

  for (const paragraph of paragraphs)
    for (const tag of tagsIn(paragraph.text)) {
      if (tag.brace) {
        blame('brace', tag.name, paragraph);
        continue;
      }
      const { name, kind } = tag;
      const found = within().find((one) => one.name === name);
      if (kind === 'close') {
        const at = lists.findLastIndex((one) => one.name === name);
        if (at < 0)
          blame(
            'not-opened',
            name,
            paragraph,
            nearest(
              name,
              lists.map((one) => one.name),
            ),
          );
        else close(at);
        continue;
      }
      if (!found && lists.some(({ entries }) => !entries)) {
        if (kind === 'open') lists.push({ name, entries: undefined, paragraph, others: [] });
        continue;
      }
      if (!found)
        blame('unknown', name, paragraph, nearest(name, [...new Set(within().map((one) => one.name))]));
      else if (kind === 'text' && found.entries) blame('list', name, paragraph);
      else if (kind === 'open' && !found.entries) blame('no-list', name, paragraph);
      if (kind !== 'open') continue;
      const around = lists.at(-1);
      const one = { name, entries: found?.entries, paragraph, others: [] };
      if (one.entries && around?.entries && !around.entries.some((own) => own.name === name))
        around.others.push(one);
      lists.push(one);
    }
  for (const { name, paragraph } of lists) blame('not-closed', name, paragraph);
  return faults;
}

type Tag = { name: string; kind: 'text' | 'open' | 'close'; brace?: false } | { brace: true; name: string };

/** Without the options that may end it: `name [width: 3]`. */
function withoutOptions(inner: string): string {
  const kept = inner.trimEnd();
  return kept.endsWith(']') && kept.includes('[') ? kept.slice(0, kept.lastIndexOf('[')) : inner;
}

/** What stands in braces in a paragraph, in its order. */
function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  for (const [piece] of text.matchAll(/\{[^{}]*\}|[{}]/g)) {
    if (piece.length === 1) {
      tags.push({ brace: true, name: piece });
      continue;
    }
    const inner = withoutOptions(piece.slice(1, -1)).trim();
    const kind = inner.startsWith('#') ? 'open' : inner.startsWith('/') ? 'close' : 'text';
    const name = kind === 'text' ? inner : inner.slice(1).trim();
    if (name !== '') tags.push({ name, kind });
  }
  return tags;
}
