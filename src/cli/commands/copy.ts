import type { Command } from 'commander';
import { copiedProgramme, copiedProgrammeText } from '../../domain/programme/programmeCopy.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { printable } from '../terminal.ts';

/** `rial copy ID`: a cooperation as the beginning of another one's programme file. */
export function copy(program: Command): void {
  program
    .command('copy')
    .summary('begin a new programme file with a cooperation that there is')
    .description(
      'Prints a programme file with the texts, institutions, people and sessions of a cooperation; code, call, dates, guests and consultant are to be written. With --json its content.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .action(
      acting<object, [string]>(async (context, _, id) => {
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        const now = context.now().toISOString();
        if (context.json) context.printJson(copiedProgramme(view, now));
        else
          context.print([
            `# ${context.say('copyLacks', { id })}`,
            ...copiedProgrammeText(printable(view), now).trimEnd().split('\n'),
          ]);
        return EXIT.done;
      }),
    );
}
