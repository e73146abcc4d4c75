import { checkCorrectedFile } from '../../domain/programme/programmeFile.ts';
import { Refused } from '../../domain/refusal.ts';
import { acting } from '../command.ts';
import { FileMistaken } from '../errors.ts';
import { fileMistaken } from '../failures.ts';
import { readText } from '../files.ts';
import { type ChangeCommands, type ChangeOptions, changeCommand, runChange } from './change.ts';
import { nextSessionFact, waiting } from './show.ts';

/** What concerns a cooperation as a whole: its course, and its programme. */
export const courses = {
  pause: (program) =>
    changeCommand(program.command('pause'))
      .summary('let a cooperation rest: no reminders, no periods')
      .description(
        'Pauses a cooperation: nobody is reminded and no period runs until it is resumed. Sessions that have a date keep it.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>(async (context, options, id) =>
          runChange(context, options, id, {
            change: () => ({ change: 'pause' }),
            facts: (view) => {
              const session = nextSessionFact(view, context);
              return session ? [session] : [];
            },
          }),
        ),
      ),

  resume: (program) =>
    changeCommand(program.command('resume'))
      .summary('go on with a cooperation that is paused')
      .description('Goes on with a cooperation that is paused: what is asked for gets new due dates.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>(async (context, options, id) =>
          runChange(context, options, id, {
            change: () => ({ change: 'resume' }),
            // The new due dates are the server's to work out.
            facts: (view, _, made) => (made ? [[context.say('waitsOn'), waiting(view, context)]] : []),
          }),
        ),
      ),

  cancel: (program) =>
    changeCommand(program.command('cancel'))
      .summary('end a cooperation before its time')
      .description(
        'Ends a cooperation before its time, for good: nothing more is asked of anybody, and sessions ahead are cancelled. It is not asked again whether it is meant: look with --dry-run first.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>(async (context, options, id) =>
          runChange(context, options, id, { change: () => ({ change: 'cancel' }) }),
        ),
      ),

  amend: (program) =>
    changeCommand(program.command('amend'))
      .summary('correct the programme by its file')
      .description(
        'Corrects the programme of a cooperation under way: texts, contents, the consultant, further institutions with their people. What concerns one session or person has its own command.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<file>', 'the corrected programme, in YAML; - is the standard input')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, file) => {
          const name = file === '-' ? '<stdin>' : file;
          const source = await readText(file, context);
          const checked = checkCorrectedFile(source);
          if ('mistakes' in checked) throw new FileMistaken(name, checked.mistakes);
          const other = checked.programme.id;
          return runChange(context, options, id, {
            change: (view) => {
              if (other !== view.id) throw new Refused({ code: 'NotAmendable', part: 'id', id: other });
              return { change: 'amend', programme: source };
            },
          }).catch((error: unknown) => {
            throw fileMistaken(error, name);
          });
        }),
      ),
} satisfies Partial<ChangeCommands>;
