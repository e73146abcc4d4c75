import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { workflowId } from '../../domain/ids.ts';
import { checkCorrectedFile, checkProgrammeFile } from '../../domain/programme/programmeFile.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Entry, RehearsalResult } from '../../domain/rehearsal.ts';
import { hasClosingPaper } from '../../domain/results/closingPaper.ts';
import { warningsOf } from '../../domain/warning.ts';
import type { Scenario } from '../../rehearsal/scenario.ts';
import type { Stage } from '../../rehearsal/stage.ts';
import { numberText } from '../../words/dates/clock.ts';
import { fullDayOf } from '../../words/dates/fullDates.ts';
import { directionOf } from '../../words/names/parties.ts';
import { timelineText } from '../../words/rehearsal.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, FileMistaken, NotDone } from '../errors.ts';
import { readText } from '../files.ts';
import { printable, terminalOf, wrapped } from '../terminal.ts';
import { sumUp, timelineLines } from '../timeline.ts';
import { warningLines } from '../warnings.ts';
import { type CaseSource, type ExportReport, refuseOccupied, writeCase } from './export.ts';

type Options = { scenario?: string; out?: string };

/** `rial rehearse FILE`: the whole cooperation in seconds, without a server. */
export function rehearse(program: Command): void {
  program
    .command('rehearse')
    .summary('see a whole cooperation in seconds, before it is started; needs no server')
    .description(
      'Rehearses the cooperation of a programme file on virtual time, in its own year: every mail, deadline and reminder, and the day it ends. Everybody answers on the next working day, unless a scenario says otherwise. No mail leaves this computer, and nothing is kept but what --out writes.',
    )
    .argument('<file>', 'the programme, in YAML; - is the standard input')
    .option('--scenario <file>', 'who answers late or otherwise, and what is changed, in YAML')
    .option('--out <dir>', 'write the case, its mails and its timeline into this new folder')
    .action(
      acting<Options, [string]>(async (context, { scenario: scenarioFile, out }, file) => {
        const began = performance.now();
        const name = file === '-' ? '<stdin>' : file;
        const source = await readText(file, context);
        const checked = checkProgrammeFile(source);
        if ('mistakes' in checked) throw new FileMistaken(name, checked.mistakes);
        const scenario =
          scenarioFile === undefined
            ? undefined
            : await readScenario(scenarioFile, checked.programme, context);
        if (out !== undefined) await refuseOccupied(out, context);

        const progress = progressLine(context);
        const interrupted = new AbortController();
        const interrupt = () => interrupted.abort(new Error('interrupted'));
        // Not once: a listener that is gone when another module looks makes that one end the process.
        process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
        let entries: Entry[] = [];
        let exported: ExportReport | undefined;
        try {
          const [{ rehearse }, { timelineOf }, { sumsOf }] = await Promise.all([
            import('../../rehearsal/rehearse.ts'),
            import('../../rehearsal/timeline.ts'),
            import('../../rehearsal/sums.ts'),
          ]);
          const rehearsed = await rehearse({
            programme: source,
            scenario,
            read: (named) => readFileSync(beside(scenarioFile, named), 'utf8'),
            onTime: progress.at,
            onProgress: progress.note,
            signal: interrupted.signal,
            atEnd: async (stage, rehearsed) => {
              entries = timelineOf(rehearsed);
              progress.clear();
              if (out === undefined) return;
              const timeline = entries.map((entry) => JSON.stringify(lineOf(entry, rehearsed, context)));
              const { id } = rehearsed.view;
              if (hasClosingPaper(rehearsed.view)) await stage.cooperations.closingPaper(id);
              exported = await writeCase(sourceOf(stage), await stage.view(id), out, context, {
                'timeline.jsonl': `${timeline.join('\n')}\n`,
              });
            },
          });
          const seconds = (performance.now() - began) / 1000;
          if (context.json) {
            context.printJson(resultOf(rehearsed, entries, sumsOf(rehearsed), context));
            return EXIT.done;
          }
          print(rehearsed, scenario, { entries, sums: sumsOf(rehearsed), exported, seconds }, context);
          return EXIT.done;
        } catch (error) {
          if (interrupted.signal.aborted) return EXIT.interrupted;
          const { name, message } = error as Error;
          if (name === 'TestServerNotFoundError') throw new NotDone('TestServerNotFound', message);
          throw error;
        } finally {
          progress.clear();
          process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
        }
      }),
    );
}

/** A file that a scenario names stands beside it. */
const beside = (scenarioFile: string | undefined, named: string): string =>
  path.resolve(path.dirname(scenarioFile ?? '.'), named);

async function readScenario(
  file: string,
  programme: Parameters<typeof import('../../rehearsal/scenarioFile.ts').checkScenarioFile>[1],
  context: Context,
): Promise<Scenario> {
  const { checkScenarioFile } = await import('../../rehearsal/scenarioFile.ts');
  const checked = checkScenarioFile(await readText(file, context), programme);
  if ('mistakes' in checked) throw new FileMistaken(file, checked.mistakes);
  for (const { amend } of checked.scenario.changes ?? [])
    if (amend) {
      const named = beside(file, amend.programme);
      const amended = checkCorrectedFile(await readText(named, context));
      if ('mistakes' in amended) throw new FileMistaken(named, amended.mistakes);
    }
  return checked.scenario;
}

/** An entry as programs read it. */
function lineOf(entry: Entry, rehearsed: RehearsalResult, { language }: Context) {
  const { of: _, timeZone, ...rest } = entry;
  return { ...rest, timeZone, text: timelineText(entry, rehearsed, language) };
}

function resultOf(rehearsed: RehearsalResult, entries: readonly Entry[], sums: object, context: Context) {
  const { view, from, to, end, refusals } = rehearsed;
  return {
    id: view.id,
    pairing: view.pairing,
    from,
    to,
    end,
    ...sums,
    sessions: view.sessions.map(({ number, startsAt, endsAt, recordedAt }) => ({
      number,
      startsAt,
      endsAt,
      recordedAt,
    })),
    waitingOn: view.requests
      .filter(({ closedAt }) => closedAt === null)
      .map(({ id, owing, openedAt, dueAt }) => ({ request: id, owing, openedAt, dueAt })),
    refusals: refusals.map(({ refusal, ...attempt }) => ({ ...attempt, code: refusal.code, refusal })),
    timeline: entries.map((entry) => lineOf(entry, rehearsed, context)),
  };
}

function print(
  rehearsed: RehearsalResult,
  scenario: Scenario | undefined,
  {
    entries,
    sums,
    exported,
    seconds,
  }: {
    entries: readonly Entry[];
    sums: Parameters<typeof sumUp>[1];
    exported: ExportReport | undefined;
    seconds: number;
  },
  context: Context,
): void {
  const { language, terminal } = context;
  const { columns, paint } = terminal;
  const say = speaker('terminal.rehearsal', language);
  const { programme } = rehearsed.view;
  // Names and subjects come from other people.
  const seen = printable(rehearsed);
  context.print([
    ...wrapped(`${directionOf(programme.institutions, language)} · ${programme.id}`, columns).map(paint.bold),
    ...wrapped(programme.subject, columns),
    ...wrapped(
      say('rehearsal', { scenario: scenario?.title ?? speaker('rehearsal.calendar', language)('punctual') }),
      columns,
    ).map(paint.dim),
    ...warningLines(warningsOf(programme, rehearsed.from), programme, context),
    '',
    ...timelineLines(printable(entries), seen, language, terminal),
    '',
    ...sumUp(seen, sums, language, terminal),
  ]);
  if (exported)
    context.note(wrapped(say('exported', { dir: exported.dir, count: exported.files.length }), columns));
  context.note(paint.dim(say('took', { seconds: numberText(seconds, language) })));
}

/** What an export reads, from the stage itself. */
const sourceOf = (stage: Stage): CaseSource => ({
  url: 'rehearsal',
  rehearsed: true,
  bytes: ({ sha256 }) => stage.documents.get(sha256),
  history: async ({ id, scope }) => {
    const history = await stage.history(workflowId(id, scope === 'cooperation' ? undefined : scope));
    if (history === undefined) throw new Refused({ code: 'HistoryUnknown', scope });
    return Readable.from([JSON.stringify(history)]);
  },
});

const BAR = 24;
const REDRAWN_MS = 100;

/** Where the rehearsal is, on a terminal alone: one line that is written anew. */
function progressLine({ language, env, note }: Context) {
  const shown = process.stderr.isTTY === true && env.TERM !== 'dumb';
  const { paint } = terminalOf(process.stderr, env);
  const say = speaker('terminal.rehearsal', language);
  let last = 0;
  let drawn = false;
  const draw = (text: string) => {
    process.stderr.write(`\r\u001b[2K${text}`);
    drawn = true;
  };
  const clear = () => {
    if (drawn) process.stderr.write('\r\u001b[2K');
    drawn = false;
  };
  if (shown) draw(paint.dim(say('preparing')));
  return {
    at(instant: string, share: number): void {
      if (!shown || performance.now() - last < REDRAWN_MS) return;
      last = performance.now();
      const done = Math.round(share * BAR);
      const day = fullDayOf(instant, 'UTC', language);
      draw(
        `${paint.cyan('━'.repeat(done))}${paint.dim('━'.repeat(BAR - done))} ${Math.round(share * 100)} %  ${day}`,
      );
    },
    note(line: string): void {
      clear();
      note(line);
    },
    clear,
  };
}
