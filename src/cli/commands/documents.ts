import { acting } from '../command.ts';
import { type ChangeCommands, type ChangeOptions, changeCommand, runChange } from './change.ts';

/** What concerns one version of a document. */
export const documents = {
  withhold: (program) =>
    changeCommand(program.command('withhold'))
      .summary('withhold a version of a document that was sent by mistake')
      .description(
        'Withholds a version of a document that was sent by mistake: nobody can have it any more, and those who know of it are told. That it was there stays on record. The newest sheet or report is not withheld: ask for changes to it.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<document>', 'the document and its version, such as doc-1@2, as rial show tells it')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, document) =>
          runChange(context, options, id, { change: () => ({ change: 'withhold', document }) }),
        ),
      ),

  release: (program) =>
    changeCommand(program.command('release'))
      .summary('let a version that was withheld be had again')
      .description('Lets a version of a document that was withheld be had again, and tells so.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<document>', 'the document and its version, such as doc-1@2, as rial show tells it')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, document) =>
          runChange(context, options, id, { change: () => ({ change: 'release', document }) }),
        ),
      ),
} satisfies Partial<ChangeCommands>;
