import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../domain/language.ts';
import {
  isAt,
  TEMPLATES,
  type TemplateName,
  type TemplateVersion,
} from '../../domain/results/wordTemplate.ts';
import { shortDate } from '../../words/dates/shortDates.ts';
import { speaker } from '../../words/speaker.ts';
import { placeText, templateFaultText } from '../../words/templateFaults.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { openDocument, writeNew } from '../files.ts';
import { choiceIn } from '../optionValues.ts';
import { printable, table } from '../terminal.ts';

/** `rial template`: the Word templates of papers. */

export function template(program: Command): void {
  const group = program
    .command('template')
    .summary('list, fetch, put in and take back the Word templates of papers')
    .description(`The Word templates of papers: ${TEMPLATES.join(', ')}.`);
  group
    .command('list')
    .summary('list what was put in')
    .action(
      acting(async (context) => {
        const versions = await (await context.connect()).templates();
        if (context.json) context.printJson(versions);
        else context.print(linesOf(printable(versions), context));
        return EXIT.done;
      }),
    );
  group
    .command('get')
    .summary('write one into a file: the one of the system, or one that was put in')
    .argument('<paper>', TEMPLATES.join(', '))
    .requiredOption('--out <file>', 'the Word file')
    .option('--number <number>', 'of one that was put in, as rial template list tells it')
    .option('--filled', 'filled with the example')
    .action(
      acting<{ out: string; number?: string; filled?: true }, [string]>(
        async (context, { out, number, filled }, paper) => {
          const named = paperIn(paper, context);
          const api = await context.connect();
          const given = { ...(number !== undefined && { number }), ...(filled && { filled: '' }) };
          await writeNew(await api.templateFile({ template: named, ...given }), out, context);
          if (context.json) context.printJson({ template: named, file: out });
          else context.print(speaker('site.templates', context.language)('written', { file: out }));
          return EXIT.done;
        },
      ),
    );
  putting(group);
}

/** Part of `rial template`. */
function putting(group: Command): void {
  const seenOption = [
    '--seen <number>',
    'the number of the last that was seen, so that what somebody put in since is not replaced (default: the present one)',
  ] as const;
  const forOption = [
    '--for <language>',
    `of the papers in a language alone: ${LANGUAGES.join(', ')} (default: those of every language that has none of its own)`,
  ] as const;
  group
    .command('put')
    .summary('put another in the place of the present one')
    .argument('<paper>', TEMPLATES.join(', '))
    .argument('<file>', 'the Word file')
    .option(...forOption)
    .option(...seenOption)
    .action(
      acting<{ for?: string; seen?: string }, [string, string]>(async (context, given, paper, file) => {
        const { seen } = given;
        const place = { template: paperIn(paper, context), language: languageIn(given.for, context) };
        const { fileName: name, bytes: body } = await openDocument(file, context);
        const api = await context.connect();
        const put = await api.putTemplate({
          ...{ template: place.template, ...(place.language && { language: place.language }) },
          ...{ name, seen: String(seen ?? (await lastOf(api))), body },
        });
        const say = speaker('site.templates', context.language);
        if (context.json) context.printJson(put);
        else if ('number' in put)
          context.print(say('number', { number: put.number, template: placeText(place, context.language) }));
        else
          context.print([
            say('faulty'),
            ...printable(put.faults).map((fault) => `- ${templateFaultText(fault, context.language)}`),
          ]);
        return 'number' in put ? EXIT.done : EXIT.mistaken;
      }),
    );
  group
    .command('reset')
    .summary('take one back: papers are made with the one for all, or that of the system')
    .argument('<paper>', TEMPLATES.join(', '))
    .option(...forOption)
    .option(...seenOption)
    .action(
      acting<{ for?: string; seen?: string }, [string]>(async (context, given, paper) => {
        const { seen } = given;
        const place = { template: paperIn(paper, context), language: languageIn(given.for, context) };
        const api = await context.connect();
        const last = seen === undefined ? await lastOf(api) : Number(seen);
        const { template: named, language } = place;
        const done = await api.resetTemplate({
          body: { template: named, ...(language && { language }), seen: last },
        });
        const say = speaker('site.templates', context.language);
        if (context.json) context.printJson(done);
        else
          context.print(
            say(
              done.reset ? (language ? 'wasTakenBack' : 'wasReset') : language ? 'notTakenBack' : 'notReset',
              {
                template: placeText(place, context.language),
              },
            ),
          );
        return EXIT.done;
      }),
    );
}

/** @throws UsageError */
const paperIn = (paper: string, context: Context): TemplateName =>
  choiceIn(TEMPLATES, paper, '<paper>', context) as TemplateName;

/** @throws UsageError */
const languageIn = (given: string | undefined, context: Context): Language | null =>
  given === undefined ? null : (choiceIn(LANGUAGES, given, '--for', context) as Language);

/** The number of the last that was put in, of any paper; 0 for none. */
const lastOf = async (api: ApiClient): Promise<number> => (await api.templates())[0]?.number ?? 0;

function linesOf(versions: readonly TemplateVersion[], { language, terminal, now }: Context): string[] {
  const say = speaker('site.templates', language);
  if (versions.length === 0) return [say('none')];
  const present = new Set(versions.filter((one) => one.file && versions.find(isAt(one)) === one));
  return table(
    ['', say('which'), say('for'), say('version'), say('putAt'), '', say('use')],
    versions.map((one) => ({
      cells: [
        ...[String(one.number), say(one.template), one.language ? LANGUAGE_NAMES[one.language] : say('all')],
        one.file?.name ?? say('backToShipped'),
        ...[shortDate(one.putAt.slice(0, 10), language, 'UTC', now()), one.putBy ?? say('terminal')],
        present.has(one) ? say('present') : '',
      ],
    })),
    terminal,
  );
}
