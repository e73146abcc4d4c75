import type { Command } from 'commander';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';

type Options = RecordedOptions & { by: string };

/** `rial comment ID ABOUT TEXT`: a comment beside a document, a draft or a poll. */
export function comment(program: Command): void {
  program
    .command('comment')
    .summary('comment on a document, a draft or a poll, in a person’s name')
    .description(
      'Writes a comment that all who see the thing read. Nobody gets a mail, and no step waits on it.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<about>', 'doc-3, sheet, report, or a poll such as session-2/choose-date.1')
    .argument('<text>', 'the comment')
    .requiredOption('--by <person>', 'who comments, by the code that rial show tells, such as per-mtpe-1')
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<Options, [string, string, string]>(async (context, { by, ...options }, id, about, text) => {
        const recorded = recordedTyped(options, context);
        const api = await context.connect();
        const made = await api
          .comment({ id, body: { by, about, text, ...recorded } })
          .catch(throwAbout({ id }));
        if (context.json) context.printJson(made);
        else context.print(context.say('commented', { number: made.number }));
        return EXIT.done;
      }),
    );
}
