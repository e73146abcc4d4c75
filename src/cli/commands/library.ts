import type { Command } from 'commander';
import type { Experience, LibraryAnswer, NearExperience } from '../../domain/results/library.ts';
import { joined } from '../../words/lists.ts';
import { directionOf } from '../../words/names/parties.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { readText } from '../files.ts';
import { printable, table } from '../terminal.ts';

type Options = { country?: string; theme?: string; year?: string; page?: string; renew?: true };

/** `rial library WORD…`: published sheets of all calls that have these words. */
export function library(program: Command): void {
  program
    .command('library')
    .summary('find published systematization sheets of all calls')
    .description(
      'Finds published systematization sheets that have all the words, in any of their forms, with or without accents, in the language of the sheet; without words, the newest. With --renew, has all sheets read anew instead.',
    )
    .argument('[words...]', 'what is searched for')
    .option('--country <code>', 'of either side, by its two letters, such as PE')
    .option('--theme <theme>', 'a theme or keyword of the sheet')
    .option('--year <year>', 'in which the sheet was published')
    .option('--page <number>', 'of ten sheets each (default: 1)')
    .option('--renew', 'have all sheets read anew in the minutes that follow')
    .action(
      acting<Options, [string[]]>(async (context, { renew, ...narrowed }, words) => {
        const api = await context.connect();
        if (renew) {
          const renewed = await api.renewLibrary();
          if (context.json) context.printJson(renewed);
          else context.print(context.say('libraryRenewed', { count: renewed.sheets }));
          return EXIT.done;
        }
        const q = words.join(' ');
        const answer = await api.library({ ...narrowed, ...(q && { q }) });
        if (context.json) context.printJson(answer);
        else context.print(lines(printable(answer), context));
        return EXIT.done;
      }),
    );
}

/** `rial nearest FILE`: the published experiences nearest to a request, and by which words. */
export function nearest(program: Command): void {
  program
    .command('nearest')
    .summary('find the published experiences nearest to a request')
    .description(
      'Finds the published experiences nearest to a request: those whose sheets have most of the words that set it apart, which are told.',
    )
    .argument('<file>', 'a programme, in YAML, or any text; - is the standard input')
    .action(
      acting<object, [string]>(async (context, _, file) => {
        const body = await readText(file, context);
        const api = await context.connect();
        const found = await api.nearest({ body });
        if (context.json) context.printJson(found);
        else if (found.length === 0) context.print(context.say('nothingNear'));
        else context.print(sheetTable(printable(found), context));
        return EXIT.done;
      }),
    );
}

function lines(answer: LibraryAnswer, context: Context): string[] {
  const { sheets, total, page, pages } = answer;
  const { say } = context;
  if (total === 0) return [say('nothingInLibrary')];
  return [
    say('sheetsFound', { count: total, page, pages }),
    ...(sheets.length > 0 ? ['', ...sheetTable(sheets, context)] : []),
  ];
}

const sheetTable = (
  sheets: readonly (Experience & Partial<Pick<NearExperience, 'shared'>>)[],
  { say, language, terminal }: Context,
): string[] =>
  table(
    [say('cooperation'), say('experience')],
    sheets.map(({ cooperation, subject, institutions, call, passage, shared = [] }) => ({
      cells: [cooperation, `${subject} (${directionOf(institutions, language)}, ${call.year})`],
      below: [
        ...(shared.length > 0 ? [{ text: say('sharedWords', { words: joined(shared, language) }) }] : []),
        ...(passage.length > 0
          ? [{ text: passage.map(({ text }) => text).join(''), style: terminal.paint.dim }]
          : []),
      ],
    })),
    terminal,
  );
