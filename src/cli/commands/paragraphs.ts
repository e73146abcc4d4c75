import type { Command } from 'commander';
import { stringify } from 'yaml';
import { acting } from '../command.ts';
import { EXIT, NotDone } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { knownRequest } from '../optionValues.ts';
import { printable } from '../terminal.ts';

/** `rial paragraphs ID REQUEST`: what a request asks to be translated, as the file to fill in. */
export function paragraphs(program: Command): void {
  program
    .command('paragraphs')
    .summary('what a request asks to be translated, as a file to fill in')
    .description(
      'Prints the paragraphs of the programme that a request is about in YAML, each with its number: fill in every translation, and hand the file in with rial answer … --submit FILE. With --json the same as data.',
    )
    .argument('<id>', 'the cooperation, such as 18-per-brb')
    .argument('<request>', 'the request, such as coordination/translate-programme.1')
    .action(
      acting<object, [string, string]>(async (context, _, id, name) => {
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        const { translation, id: request } = knownRequest(view, name);
        if (!translation) throw new NotDone('NoParagraphs', context.say('noParagraphs', { request }));
        if (context.json) context.printJson(translation);
        else {
          const { into, paragraphs } = printable(translation);
          const filled = paragraphs.map((one) => ({ ...one, translation: one.translation ?? '' }));
          context.print(stringify({ into, paragraphs: filled }).trimEnd().split('\n'));
        }
        return EXIT.done;
      }),
    );
}
