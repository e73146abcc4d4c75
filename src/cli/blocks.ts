import type { Block } from '../words/blocks.ts';
import { colonIn } from '../words/colon.ts';
import type { Context } from './context.ts';
import { wrapped } from './terminal.ts';

/** A block as lines of the terminal. */
export function blockLines(block: Block, { language, terminal: { columns, paint } }: Context): string[] {
  const colon = colonIn(language);
  const indented = (text: string, first: string, rest = ' '.repeat(first.length)): string[] =>
    text
      .split('\n')
      .flatMap((line) => wrapped(line, columns - first.length))
      .map((line, at) => (at === 0 ? first : rest) + line);
  switch (block.block) {
    case 'paragraph':
      return indented(block.text, '');
    case 'heading':
      return wrapped(block.text, columns).map((line) => paint.bold(line));
    case 'facts':
      return block.rows.flatMap(({ label, value }) => indented(`${label}${colon}${value}`, ''));
    case 'list':
      return block.items.flatMap(({ text, note }, at) => [
        ...indented(text, block.numbered ? `${at + 1}. ` : '- '),
        ...(note ? indented(note, '  ').map((line) => paint.dim(line)) : []),
      ]);
    case 'button':
    case 'link':
      return [...indented(`${block.label}${colon}`, ''), block.url];
    case 'quote':
      return indented(block.text, '> ', '> ');
  }
}
