import type { Command } from 'commander';
import { checkProgrammeFile } from '../../domain/programmeFile.ts';
import { acting } from '../command.ts';
import { EXIT, FileMistaken } from '../errors.ts';
import { withWords } from '../failures.ts';
import { readText } from '../files.ts';

/** `rial check FILE`: the mistakes of a programme file, without a server. */
export function check(program: Command): void {
  program
    .command('check')
    .summary('tell every mistake of a programme file; needs no server')
    .description(
      'Tells every mistake of a programme file at once, with its line and column. Needs no server.',
    )
    .argument('<file>', 'the programme, in YAML; - is the standard input')
    .action(
      acting<object, [string]>(async (context, _, file) => {
        const name = file === '-' ? '<stdin>' : file;
        const checked = checkProgrammeFile(await readText(file, context));
        const mistakes = 'mistakes' in checked ? checked.mistakes : [];
        if (context.json) {
          context.printJson({ mistakes: withWords(mistakes, context) });
          return mistakes.length > 0 ? EXIT.mistaken : EXIT.done;
        }
        if (mistakes.length > 0) throw new FileMistaken(name, mistakes);
        context.print(context.say('noMistakes', { file: name }));
        return EXIT.done;
      }),
    );
}
