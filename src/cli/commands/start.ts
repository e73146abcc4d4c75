import type { Command } from 'commander';
import { checkProgrammeFile } from '../../domain/programme/programmeFile.ts';
import { acting } from '../command.ts';
import { EXIT, FileMistaken } from '../errors.ts';
import { fileMistaken } from '../failures.ts';
import { readText } from '../files.ts';
import { warningLines } from '../warnings.ts';

type Options = { demonstration?: true; dryRun?: true };

/** `rial start FILE`: files a programme and starts its cooperation. */
export function start(program: Command): void {
  program
    .command('start')
    .summary('start the cooperation of a programme file')
    .description(
      'Checks a programme file, files it, and starts its cooperation: the first mails go out. The same file again changes nothing.',
    )
    .argument('<file>', 'the programme, in YAML; - is the standard input')
    .option(
      '--demonstration',
      'take days that have passed as if they lay ahead: dates are proposed and invited to, and nothing is waited for',
    )
    .option('--dry-run', 'start nothing: only tell what is worth a second look')
    .action(
      acting<Options, [string]>(async (context, { demonstration, dryRun }, file) => {
        const name = file === '-' ? '<stdin>' : file;
        const source = await readText(file, context);
        // Mistakes are told whether or not the server is there.
        const checked = checkProgrammeFile(source);
        if ('mistakes' in checked) throw new FileMistaken(name, checked.mistakes);
        const api = await context.connect();
        const given = {
          body: source,
          ...(demonstration && { demonstration: 'yes' }),
          ...(dryRun && { 'dry-run': 'yes' }),
        };
        const started = await api.start(given).catch((error: unknown) => {
          throw fileMistaken(error, name);
        });
        if (context.json) context.printJson(started);
        else {
          context.print(context.say(started.state ?? 'wouldStart', { id: started.id, ...context.typed }));
          context.print(warningLines(started.warnings, checked.programme, context));
        }
        return EXIT.done;
      }),
    );
}
