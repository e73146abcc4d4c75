import { type CaseView, partyZone, type RequestView } from '../domain/caseView.ts';
import { allBlocks, type BriefReader, briefBlocks, briefTitle } from '../words/brief.ts';
import { blockLines } from './blocks.ts';
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
