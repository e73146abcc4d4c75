import type { Command } from 'commander';
import { checkProgrammeFile } from '../../domain/programmeFile.ts';
import { acting } from '../command.ts';
import { EXIT, FileMistaken } from '../errors.ts';
import { fileMistaken } from '../failures.ts';
import { readText } from '../files.ts';

/** `rial start FILE`: files a programme and starts its cooperation. */
export function start(program: Command): void {
  program
    .command('start')
    .summary('start the cooperation of a programme file')
    .description(
      'Checks a programme file, files it, and starts its cooperation: the first mails go out. The same file again changes nothing.',
    )
    .argument('<file>', 'the programme, in YAML; - is the standard input')
    .action(
      acting<object, [string]>(async (context, _, file) => {
        const name = file === '-' ? '<stdin>' : file;
        const source = await readText(file, context);
        // Mistakes are told whether or not the server is there.
        const checked = checkProgrammeFile(source);
        if ('mistakes' in checked) throw new FileMistaken(name, checked.mistakes);
        const api = await context.connect();
        const started = await api.start({ body: source }).catch((error: unknown) => {
          throw fileMistaken(error, name);
        });
        if (context.json) context.printJson(started);
        else context.print(context.say(started.state, { id: started.id }));
        return EXIT.done;
      }),
    );
}
