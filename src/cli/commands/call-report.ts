import path from 'node:path';
import type { Command } from 'commander';
import type { Language } from '../../domain/language.ts';
import { CALL_FILES, CALL_SEXES, type CallReport } from '../../domain/results/callReport.ts';
import {
  callChanges,
  callFigures,
  callMinistry,
  callTable,
  callTold,
  figureText,
} from '../../words/callReport.ts';
import { colonIn } from '../../words/colon.ts';
import { fundedText } from '../../words/funding.ts';
import { speaker } from '../../words/speaker.ts';
import { surveyLead, surveyTable } from '../../words/survey.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { writeNew } from '../files.ts';
import { printable, table } from '../terminal.ts';

/** `rial report-call NUMBER`: what came of a call. */
export function callReport(program: Command): void {
  program
    .command('report-call')
    .summary('what came of a call')
    .description(
      'Tells what came of a call: how its cooperations stand, what was done, how long it took and on whom was waited, and the same of each cooperation. With --out, writes it as a file.',
    )
    .argument('<number>', 'of the call, such as 14')
    .option(
      '--out <file>',
      'write it into this file: the paper as .pdf or .docx, the table by cooperation as .csv or .xlsx',
    )
    .action(
      acting<{ out?: string }, [string]>(async (context, { out }, number) => {
        const format = out === undefined ? undefined : formatOf(out, context);
        const api = await context.connect();
        if (out !== undefined && format) {
          const { language } = context;
          await writeNew(await api.callReportFile({ call: number, format, language }), out, context);
          if (context.json) context.printJson({ call: Number(number), file: out });
          else context.print(context.say('reportWritten', { file: out }));
          return EXIT.done;
        }
        const report = await api.callReport({ call: number });
        if (context.json) context.printJson(report);
        else context.print(lines(printable(report), context));
        return EXIT.done;
      }),
    );
}

/** What the ending of a file's name says. @throws UsageError */
function formatOf(file: string, { say }: Context) {
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = CALL_FILES.find((one) => one === ending);
  if (!format)
    throw new UsageError(
      say('noReportFormat', { file, endings: CALL_FILES.map((one) => `.${one}`).join(', ') }),
    );
  return format;
}

function lines(report: CallReport, { language, terminal }: Context): string[] {
  const say = speaker('papers.callReport', language);
  const { states, outputs, outcomes } = callFigures(report, language);
  const figures = (heading: string, all: readonly { label: string; value: number }[]) => [
    '',
    ...table(
      [heading, ''],
      all.map(({ label, value }) => ({ cells: [label, figureText(value, language)] })),
      terminal,
    ),
  ];
  const ministries = (of: 'requesting' | 'providing') =>
    figures(
      say(of),
      report[of].map((one) => ({ label: callMinistry(one, language), value: one.cooperations })),
    );
  const { heads, rows } = callTable(report, language);
  return [
    say('title', { n: report.call }),
    ...figures(say('states'), states),
    ...ministries('requesting'),
    ...ministries('providing'),
    ...figures(say('outputs'), outputs),
    '',
    ...fundedText(report, language),
    ...(report.told.length === 0 ? ['', say('nothingTold')] : figures(say('outcomes'), outcomes)),
    ...surveyed(report, language),
    ...(report.told.length === 0 ? [] : callChanges(report, language)),
    ...callTold(report, language).flatMap(({ who, came, changes, text }) => [
      '',
      `${who}${colonIn(language)}${came.join('; ')}`,
      ...changes,
      text,
    ]),
    '',
    ...(report.reachedBy.length === 0
      ? [say('nobody')]
      : table(
          [say('institution'), ...CALL_SEXES.map((one) => say(one))],
          report.reachedBy.map((one) => ({
            cells: [one.institution ?? say('unknown'), ...CALL_SEXES.map((sex) => `${one[sex]}`)],
          })),
          terminal,
        )),
    ...rows.flatMap(({ id, name, subject, cells }, row) => [
      '',
      `${id} · ${name} · ${subject}`,
      ...table(
        ['', ''],
        heads.map((head, at) => ({ cells: [head, figureText(cells[at], language)] })),
        terminal,
      ).slice(1),
      ...learnedIn(report.cooperations[row]?.learned ?? [], language),
    ]),
  ];
}

function learnedIn(learned: readonly string[], language: Language): string[] {
  if (learned.length === 0) return [];
  const heading = speaker('papers.callReport', language)('lessonsOf');
  return [heading + colonIn(language).trimEnd(), ...learned.map((one) => `- ${one}`)];
}

/** How often each grade was given, from the lowest to the highest; that there are too few answers, where there are. */
function surveyed({ survey }: CallReport, language: Language): string[] {
  if (survey.answered === 0) return [];
  const heading = speaker('site.survey', language)('heading');
  return [
    '',
    `${heading}${colonIn(language)}${surveyLead(survey, language)}`,
    ...(survey.shown === 0
      ? []
      : surveyTable(survey, language).rows.map(
          ({ question, counts }) => `${question} ${counts.map((n, at) => `${at + 1}: ${n}`).join(' · ')}`,
        )),
  ];
}
