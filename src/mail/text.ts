import { type Block, type Fact, glued, type Letter } from '../words/blocks.ts';
import { colonIn } from '../words/colon.ts';
import { clean, oneLine } from '../words/plainText.ts';

/** Columns of a plain-text mail, below the 78 at which clients break lines on their own. */
const WIDTH = 76;

/** Holds two words together while lines are broken; a private character that no text of ours has. */
const GLUE = '\ue000';
/** Breaks at spaces; a no-break space holds, and a word or link longer than the line stays whole. */
function wrap(text: string, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of glued(text.replaceAll(GLUE, ''), GLUE).split(' ').filter(Boolean)) {
    if (!empty && [...line].length + 1 + [...word].length > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].map((each) => each.trimEnd().replaceAll(GLUE, ' '));
}

const paragraphs = (text: string, indent: string): string[] =>
  clean(text)
    .trim()
    .split('\n')
    .flatMap((line) => wrap(line, indent));

function facts(rows: readonly Fact[], colon: string): string[] {
  const width = Math.max(...rows.map(({ label }) => oneLine(label).length)) + colon.length;
  return rows.flatMap(({ label, value, url }) => {
    const first = `   ${`${oneLine(label)}${colon}`.padEnd(width)} `;
    const indent = ' '.repeat(first.length);
    const lines = wrap(oneLine(value), first, indent);
    return url && url !== value ? [...lines, indent + url] : lines;
  });
}

function render(block: Block, colon: string): string[] {
  switch (block.block) {
    case 'paragraph':
      return paragraphs(block.text, '');
    case 'heading':
      return wrap(oneLine(block.text));
    case 'facts':
      return facts(block.rows, colon);
    case 'list':
      return block.items.flatMap(({ text, note }, i) => {
        const mark = block.numbered ? `   ${i + 1}. ` : '   - ';
        const indent = ' '.repeat(mark.length);
        return [...wrap(oneLine(text), mark, indent), ...(note ? paragraphs(note, indent) : [])];
      });
    case 'button':
      return [`   [ ${oneLine(block.label)} ]`, `   ${block.url}`];
    case 'link':
      // On a line of its own: mail programs take a link that is broken for a shorter one.
      return [...wrap(oneLine(block.label) + colon), block.url];
    case 'quote':
      return paragraphs(block.text, '> ');
  }
}

/** A link stands on a line of its own: mail programs take one that is broken for a shorter one. */
const footerLines = (one: Letter['footer'][number]): string[] =>
  typeof one === 'string' ? wrap(oneLine(one)) : [...wrap(oneLine(one.text)), one.url];

/** The letter as plain text, lines ending in `\n`. */
export function renderText({ language, greeting, blocks, signature, footer }: Letter): string {
  const colon = colonIn(language).trimEnd();
  const wrapped = (lines: readonly string[]) => lines.flatMap((line) => wrap(oneLine(line)));
  const body = blocks.map((block) => {
    // A heading belongs to what follows it.
    const gap = block.block === 'heading' ? '\n' : '\n\n';
    return render(block, colon).join('\n') + gap;
  });
  return [
    `${wrapped(greeting).join('\n')}\n\n`,
    ...body,
    `${wrapped(signature).join('\n')}\n`,
    ...(footer.length > 0 ? [`\n${footer.flatMap(footerLines).join('\n')}\n`] : []),
  ].join('');
}
