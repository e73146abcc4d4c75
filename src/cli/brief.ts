import { type CaseView, partyZone, type RequestView } from '../domain/caseView.ts';
import { allBlocks, type BriefReader, briefBlocks, briefTitle, endBlocks } from '../words/brief.ts';
import { blockLines } from './blocks.ts';
import type { Context } from './context.ts';
import { wrapped } from './terminal.ts';

/** One request in the terminal: what its mail and its page say of it, to somebody who looks on. */
export function briefLines(request: RequestView, view: CaseView, context: Context): string[] {
  const { columns, paint } = context.terminal;
  const reader = readerOf(view, context);
  const title = wrapped(briefTitle(request, reader), columns).map((line) => paint.bold(line));
  const blocks = allBlocks(briefBlocks(request, reader)).flatMap((block) => [
    ...(block.block === 'heading' ? [''] : []),
    ...blockLines(block, context),
  ]);
  return [...title, paint.dim(request.id), '', ...blocks];
}

/** What the end of the cooperation meant to what was asked beside the request that was just answered. */
export const endLines = (request: RequestView, view: CaseView, context: Context): string[] =>
  endBlocks({ ...request, closed: true }, readerOf(view, context)).flatMap((block) =>
    blockLines(block, context),
  );

const readerOf = (view: CaseView, { language, now }: Context): BriefReader => ({
  language,
  clock: {
    language,
    timeZone: partyZone(view, undefined),
    others: [...new Set(view.programme.institutions.map(({ timezone }) => timezone))],
    now: now().toISOString(),
  },
  institutions: view.programme.institutions,
});
