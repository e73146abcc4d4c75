import type { Readable } from 'node:stream';
import sax, { type QualifiedTag } from 'sax';
import { type DocumentChange, rewrittenIn } from '../domain/programme/programmeDifferences.ts';
import { officeEntry } from './office.ts';

/** What a Word file says, paragraph by paragraph, and what one says otherwise than another. */

const MB = 1024 * 1024;
/** Of the text with its markup, unpacked. */
const MAX_TEXT = 5 * MB;
/** Paragraphs that are shown of a change, and characters of each. */
const MOST_SHOWN = 40;
const LONGEST_SHOWN = 600;

/** The paragraphs of a Word file, in their order, as they stand with its tracked changes accepted. */
export async function wordParagraphs(read: () => Readable): Promise<string[] | undefined> {
  const document = await officeEntry(read, 'word/document.xml', MAX_TEXT);
  return document && paragraphsIn(document.toString('utf8'));
}

function paragraphsIn(markup: string): string[] {
  const parser = new sax.SAXParser(true, { xmlns: true, position: false });
  const found: string[] = [];
  // A text box has paragraphs within a paragraph.
  const open: string[] = [];
  let inText = false;
  const say = (text: string) => {
    if (open.length > 0) open[open.length - 1] += text;
  };
  parser.onopentag = (tag) => {
    const { local } = tag as QualifiedTag;
    if (local === 'p') open.push('');
    if (local === 'tab' || local === 'br') say(' ');
    inText = local === 't';
  };
  parser.ontext = (text) => {
    if (inText) say(text);
  };
  parser.onclosetag = (name) => {
    const local = name.slice(name.indexOf(':') + 1);
    if (local === 't') inText = false;
    if (local !== 'p') return;
    const text = open.pop()?.replace(/\s+/g, ' ').trim();
    if (text) found.push(text);
  };
  parser.write(markup).close();
  return found;
}

/** What a Word file changes of another: the first of the paragraphs, and how many more there are. */
export async function wordChanges(
  before: () => Readable,
  after: () => Readable,
): Promise<DocumentChange | undefined> {
  const [were, are] = [await wordParagraphs(before), await wordParagraphs(after)];
  if (!were || !are) return undefined;
  const { removed, added } = rewrittenIn(were, are) ?? { removed: [], added: [] };
  const shown = (texts: string[]) =>
    texts
      .slice(0, MOST_SHOWN)
      .map((text) => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text));
  const [less, more] = [shown(removed), shown(added)];
  return {
    ...{ removed: less, added: more },
    more: removed.length - less.length + added.length - more.length,
  };
}
