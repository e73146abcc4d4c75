import type { Command } from 'commander';
import { checkProgrammeFile } from '../../domain/programme/programmeFile.ts';
import { warningsOf } from '../../domain/warning.ts';
import { acting } from '../command.ts';
import { EXIT, FileMistaken } from '../errors.ts';
import { withWords } from '../failures.ts';
import { readText } from '../files.ts';
import { warningLines, warningsWithWords } from '../warnings.ts';

/** `rial check FILE`: the mistakes of a programme file, without a server. */
export function check(program: Command): void {
  program
    .command('check')
    .summary('tell every mistake of a programme file; needs no server')
    .description(
      'Tells every mistake of a programme file at once, with its line and column, and what is worth a second look: holidays, weekends, nights, short notice, days that have passed. Needs no server.',
    )
    .argument('<file>', 'the programme, in YAML; - is the standard input')
    .action(
      acting<object, [string]>(async (context, _, file) => {
        const name = file === '-' ? '<stdin>' : file;
        const checked = checkProgrammeFile(await readText(file, context));
        const mistakes = 'mistakes' in checked ? checked.mistakes : [];
        if (context.json) {
          const warnings = 'programme' in checked ? warningsWithWords(checked.programme, context) : [];
          context.printJson({ mistakes: withWords(mistakes, context), warnings });
          return mistakes.length > 0 ? EXIT.mistaken : EXIT.done;
        }
        if ('mistakes' in checked) throw new FileMistaken(name, mistakes);
        context.print(context.say('noMistakes', { file: name }));
        const { programme } = checked;
        context.print(warningLines(warningsOf(programme, context.now().toISOString()), programme, context));
        return EXIT.done;
      }),
    );
}
