import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { type CaseSummary, isWaivable, openRequests, waitsOnDecision } from '../../domain/caseView.ts';
import { STEPS } from '../../domain/methodology.ts';
import { caseState } from '../../domain/standing.ts';
import { ago } from '../../words/dates/shortDates.ts';
import { directionOf, partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { type Line, printable, type Row, table } from '../terminal.ts';

/** `rial list`: every cooperation, its step, and whom it waits on. */
export function list(program: Command): void {
  program
    .command('list')
    .summary('list the cooperations')
    .description('Lists the cooperations: the step each is at, and whom it waits on.')
    .action(
      acting(async (context) => {
        const api = await context.connect();
        const summaries = await everyPage(api);
        if (context.json) context.printJson(summaries);
        else context.print(lines(printable(summaries), context));
        return EXIT.done;
      }),
    );
}

const PAGE = 100;

/** Summaries of all cooperations. */
export async function everyPage(api: ApiClient): Promise<CaseSummary[]> {
  const summaries: CaseSummary[] = [];
  for (;;) {
    const page = await api.list({ after: summaries.at(-1)?.id, most: `${PAGE}` });
    summaries.push(...page);
    if (page.length < PAGE) return summaries;
  }
}

function lines(summaries: readonly CaseSummary[], context: Context): string[] {
  const { say, terminal, typed } = context;
  if (summaries.length === 0) return [say('noCooperations', typed)];
  return table(
    [say('cooperation'), say('pair'), say('step'), say('waitsOn')],
    summaries.map((summary) => row(summary, context)),
    terminal,
  );
}

function row(summary: CaseSummary, context: Context): Row {
  const { say, language, now } = context;
  const { paint } = context.terminal;
  const { id, institutions, call, subject, steps, pausedAt } = summary;
  const state = caseState(summary);
  const next = state === 'followedUp' && summary.followUps.find(({ at }) => Date.parse(at) > now().getTime());
  // Documents are exchanged beside the other steps: the step it is at is the last that has begun.
  const at = steps.findLast(({ state }) => state === 'current');
  const step = at
    ? `${STEPS.indexOf(at.step) + 1} ${speaker('labels.step', language)(at.step)}${at.sessions ? ` (${at.sessions.held}/${at.sessions.planned})` : ''}`
    : '';
  return {
    cells: [
      id,
      directionOf(institutions, language),
      state === 'running' || state === 'paused'
        ? [
            { text: step },
            ...(pausedAt
              ? [{ text: say('paused', { when: ago(pausedAt, language, now()) }), style: paint.yellow }]
              : []),
          ]
        : {
            text: next
              ? say('followUpAt', { when: next.at.slice(0, 10) })
              : speaker('labels.state', language)(state),
            style: paint.dim,
          },
      waiting(summary, context),
    ],
    below: [{ text: `${say('call', call)} · ${subject}`, style: paint.dim }],
  };
}

/**
 * Who has to move: each party once, those that are overdue first and marked. What every reminder was in vain for is the
 * Secretariat's to decide, and so is how a cooperation that is paused goes on.
 */
function waiting(summary: CaseSummary, { say, language, terminal: { paint } }: Context): Line[] {
  const { open, pausedAt } = summary;
  if (['closed', 'cancelled'].includes(caseState(summary))) return [];
  const owing = new Map<string, Line>();
  if (pausedAt) owing.set('resume', { text: say('waitsToResume'), style: paint.yellow });
  for (const request of openRequests(open)) {
    const silent = request.asked.filter(({ party }) => request.owing.includes(party));
    if (waitsOnDecision(request) && !pausedAt) {
      const what = say(isWaivable(request) ? 'waitsToDecide' : 'waitsToDecideWithin');
      const who = say('silent', {
        parties: silent.map(({ party }) => partyNamed(summary, party, language)).join(', '),
      });
      const text = `! ${what} (${who})`;
      owing.set(text, { text, style: paint.red });
      continue;
    }
    for (const { party } of silent) {
      const label = partyNamed(summary, party, language);
      if (!owing.has(party))
        owing.set(
          party,
          pausedAt
            ? { text: label, style: paint.dim }
            : request.overdue
              ? { text: `! ${label} (${say('overdue')})`, style: paint.red }
              : { text: label },
        );
    }
  }
  return owing.size > 0 ? [...owing.values()] : [{ text: say('nobody'), style: paint.dim }];
}
