import { type CaseView, partyZone, type RequestView } from '../domain/caseView.ts';
import type { Block } from '../words/blocks.ts';
import { allBlocks, type BriefReader, briefBlocks, briefTitle } from '../words/brief.ts';
import { colonIn } from '../words/colon.ts';
import type { Context } from './context.ts';
import { wrapped } from './terminal.ts';

/** One request in the terminal: what its mail and its page say of it, to somebody who looks on. */
export function briefLines(request: RequestView, view: CaseView, context: Context): string[] {
  const { language, now, terminal } = context;
  const { columns, paint } = terminal;
  const reader: BriefReader = {
    language,
    clock: {
      language,
      timeZone: partyZone(view, undefined),
      others: [...new Set(view.programme.institutions.map(({ timezone }) => timezone))],
      now: now().toISOString(),
    },
    institutions: view.programme.institutions,
  };
  const title = wrapped(briefTitle(request, reader), columns).map((line) => paint.bold(line));
  const blocks = allBlocks(briefBlocks(request, reader)).flatMap((block) => [
    ...(block.block === 'heading' ? [''] : []),
    ...blockLines(block, context),
  ]);
  return [...title, paint.dim(request.id), '', ...blocks];
}

function blockLines(block: Block, { language, terminal: { columns, paint } }: Context): string[] {
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
