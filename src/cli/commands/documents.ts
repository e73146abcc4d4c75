import { acting } from '../command.ts';
import { type ChangeCommands, type ChangeOptions, changeCommand, runChange } from './change.ts';

/** What concerns one version of a document. */
export const documents = {
  withhold: (program) =>
    changeCommand(program.command('withhold'))
      .summary('withhold a version of a document that was sent by mistake')
      .description(
        'Withholds a version of a document that was sent by mistake: nobody can have it any more, and those who know of it are told. That it was there stays on record. A sheet that was published is withdrawn in this way by the Secretariat, also when the cooperation is over: it leaves the library and its page, and all who take part are told with the reason, which of any other document the Secretariat alone reads. A sheet or a report that is reviewed, or was received, is not withheld: changes to it are asked for.',
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
      .description(
        'Lets a version of a document that was withheld be had again, and tells so; of a sheet that was published with the reason.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<document>', 'the document and its version, such as doc-1@2, as rial show tells it')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, document) =>
          runChange(context, options, id, { change: () => ({ change: 'release', document }) }),
        ),
      ),

  'correct-sheet': (program) =>
    changeCommand(program.command('correct-sheet'))
      .summary('ask for a corrected version of the sheet that was published')
      .description(
        'Asks for a corrected version of the systematization sheet that was published, whether it was withdrawn or not, also when the cooperation is over. Whoever wrote it is asked, with the reason, and both ministries review the new version; once they approve it, it is published in the place of the one before, and both ministries and whoever wrote it have it that day. Without its consents it is not for people outside.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>(async (context, options, id) =>
          runChange(context, options, id, { change: () => ({ change: 'correct-sheet' }) }),
        ),
      ),

  'cancel-sheet-correction': (program) =>
    changeCommand(program.command('cancel-sheet-correction'))
      .summary('call off the corrected sheet that was asked for')
      .description(
        'Calls off the corrected version of the systematization sheet that was asked for, as long as both ministries have not approved it, also when the cooperation is over. Those who were asked for it, or to review it, are told with the reason; the sheet that was published stays as it is, and one that was withdrawn stays withdrawn.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>(async (context, options, id) =>
          runChange(context, options, id, { change: () => ({ change: 'cancel-sheet-correction' }) }),
        ),
      ),
} satisfies Partial<ChangeCommands>;
