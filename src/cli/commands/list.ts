import type { Command } from 'commander';
import type { CaseSummary } from '../../casefile/caseView.ts';
import { STEPS } from '../../domain/methodology.ts';
import { STEP_LABELS } from '../../domain/vocabulary.ts';
import { acting, type Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { openRequests } from '../labels.ts';
import { clean, type Line, type Row, table } from '../terminal.ts';

/** `rial list`: every cooperation, its step, and whom it waits on. */
export function list(program: Command): void {
  program
    .command('list')
    .summary('list the cooperations')
    .description('Lists the cooperations: the step each is at, and whom it waits on.')
    .action(
      acting(async (context) => {
        const api = await context.connect();
        const summaries = await api.list();
        if (context.json) context.printJson(summaries);
        else context.print(lines(clean(summaries), context));
        return EXIT.done;
      }),
    );
}

function lines(summaries: readonly CaseSummary[], context: Context): string[] {
  const { say, terminal } = context;
  if (summaries.length === 0) return [say('noCooperations')];
  return table(
    [say('cooperation'), say('pair'), say('step'), say('waitsOn')],
    summaries.map((summary) => row(summary, context)),
    terminal,
  );
}

function row(summary: CaseSummary, { say, language, terminal: { paint } }: Context): Row {
  const { id, pairing, call, subject, steps, closedAt } = summary;
  // Documents are exchanged beside the other steps: the step it is at is the last that has begun.
  const at = steps.findLast(({ state }) => state === 'current');
  const step = at
    ? `${STEPS.indexOf(at.step) + 1} ${STEP_LABELS[at.step][language]}${at.sessions ? ` (${at.sessions.held}/${at.sessions.planned})` : ''}`
    : '';
  return {
    cells: [
      id,
      pairing,
      closedAt ? { text: say('over'), style: paint.dim } : step,
      waiting(summary, { say, paint }),
    ],
    below: [{ text: `${say('call', call)} · ${subject}`, style: paint.dim }],
  };
}

/** Each party once, those that are overdue first and marked. */
function waiting(
  { open, closedAt }: CaseSummary,
  { say, paint }: Pick<Context, 'say'> & { paint: Context['terminal']['paint'] },
): Line[] {
  const owing = new Map<string, Line>();
  for (const request of openRequests(open))
    for (const { party, label } of request.asked)
      if (request.owing.includes(party) && !owing.has(party))
        owing.set(
          party,
          request.overdue ? { text: `! ${label} (${say('overdue')})`, style: paint.red } : { text: label },
        );
  return owing.size > 0 || closedAt ? [...owing.values()] : [{ text: say('nobody'), style: paint.dim }];
}
