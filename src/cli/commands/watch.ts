import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { ApiError, Unreachable } from '../../api/errors.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { RECORD_GROUPS } from '../../domain/recordGroups.ts';
import { isLookedFor } from '../../domain/recordKinds.ts';
import { Refused } from '../../domain/refusal.ts';
import { whenParentIsGone } from '../../process/parent.ts';
import { eventOf } from '../../words/record.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { padded, printable, width, wrapped } from '../terminal.ts';

type Options = { after?: string; mails: boolean; group?: string; person?: string };
type RecordEntry = CaseView['record'][number];

const POLL_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** On a terminal narrower than this what happened stands below its time. */
const NARROW = 64;

/** `rial watch ID`: what happens, as it happens. */
export function watch(program: Command): void {
  program
    .command('watch')
    .summary('follow what happens, until the cooperation is over')
    .description(
      'Prints what happened in a cooperation, and what happens, one line an event, until the cooperation is over or Ctrl-C. Goes on when the server was away.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .option('--after <number>', 'only what comes after this event (its "seq" in --json)')
    .option('--no-mails', 'leave out the mails that were sent; those refused are told')
    .option('--group <group>', `only what is of this: ${RECORD_GROUPS.join(', ')}`)
    .option('--person <person>', 'only what was done by, sent to or about this person')
    .action(
      acting<Options, [string]>(async (context, { after = '0', mails, person, ...given }, id) => {
        if (!/^\d{1,15}$/.test(after)) throw new UsageError(context.say('badAfter'));
        const group = RECORD_GROUPS.find((one) => one === given.group);
        if (given.group !== undefined && !group)
          throw new UsageError(context.say('badGroup', { groups: RECORD_GROUPS.join(', ') }));
        const stop = new AbortController();
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
        whenParentIsGone(() => stop.abort());
        const api = await context.connect();
        try {
          const shown = (entry: RecordEntry) =>
            (mails || entry.kind !== 'mail-sent') && isLookedFor(entry, { group, person });
          await follow(api, id, Number(after), shown, context, stop.signal);
        } catch (error) {
          if (!stop.signal.aborted) throw aboutCase(error, { id });
        }
        return EXIT.done;
      }),
    );
}

async function follow(
  api: ApiClient,
  id: string,
  after: number,
  shown: (entry: RecordEntry) => boolean,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const print = printer(context);
  // At the beginning a server that is not there, or has no such cooperation, is a mistake to be told.
  let view = await api.show({ id });
  let seen = after;
  let away = 0;
  while (!signal.aborted) {
    try {
      const entries = await api.record({ id, after: String(seen) });
      if (entries.length > 0 && !context.json) view = await api.show({ id });
      if (away > 0 && !context.json) context.note(context.terminal.paint.dim(context.say('back')));
      away = 0;
      if (signal.aborted) return;
      print(entries.filter(shown), view);
      seen = entries.at(-1)?.seq ?? seen;
      if (entries.some(({ kind }) => kind === 'cooperation-closed' || kind === 'cooperation-cancelled'))
        return;
      // It was over before the first entry that was asked for.
      if (view.closedAt !== null && entries.length === 0) return;
      await delay(POLL_MS, undefined, { signal });
    } catch (error) {
      const passing =
        error instanceof Unreachable ||
        (error instanceof ApiError && error.status >= 500) ||
        (error instanceof Refused && error.code === 'Unavailable');
      if (!passing) throw error;
      if (away === 0 && !context.json) context.note(context.terminal.paint.dim(context.say('away')));
      await delay(Math.min(POLL_MS * 2 ** away++, LONGEST_WAIT_MS), undefined, { signal });
    }
  }
}

function printer(context: Context): (entries: readonly RecordEntry[], view: CaseView) => void {
  if (context.json)
    return (entries) => {
      for (const entry of entries) context.printJson(entry, 0);
    };
  let lead = 0;
  return (entries, view) => {
    const { columns, paint } = context.terminal;
    const shown = printable(view);
    const events = printable(entries).map((entry) => eventOf(entry, shown, context.language, context.now()));
    // What follows stays in line with what was printed, as far as it can be known.
    lead = Math.max(lead, ...events.map(({ when }) => width(when) + 2));
    for (const { when, what, bad } of events) {
      const narrow = columns < NARROW;
      const text = wrapped(what.replaceAll('\n', ' '), narrow ? columns - 2 : columns - lead).map((line) =>
        bad ? paint.red(line) : line,
      );
      if (narrow) context.print([paint.dim(when), ...text.map((line) => `  ${line}`)]);
      else
        context.print(
          text.map((line, at) => (at === 0 ? paint.dim(padded(when, lead)) : ' '.repeat(lead)) + line),
        );
    }
  };
}
