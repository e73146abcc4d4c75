import type { Command } from 'commander';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';

/** `rial digest ADDRESS`: how an officer gets their mails. */
export function digest(program: Command): void {
  program
    .command('digest')
    .summary('have an officer get one mail a morning, or each as it comes')
    .description(
      'Has an officer get one mail each morning of their working days, with all that waits on them in all cooperations; with --off each mail as it comes. What cannot wait comes at once either way.',
    )
    .argument('<address>', 'the mail address of somebody of the Secretariat in a cooperation')
    .option('--off', 'each mail as it comes')
    .action(
      acting<{ off?: true }, [string]>(async (context, { off }, address) => {
        const api = await context.connect();
        const set = await api.setDigest({ body: { address, on: off !== true } });
        if (context.json) context.printJson(set);
        else context.print(context.say(set.on ? 'digestOn' : 'digestOff', { address: set.address }));
        return EXIT.done;
      }),
    );
}
