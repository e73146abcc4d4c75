import type { Command } from 'commander';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';

type Options = { by?: string; dryRun?: boolean };

/** `rial resend [ID…]`: sends the mails again that were refused. */
export function resend(program: Command): void {
  program
    .command('resend')
    .summary('send the mails again that the mail server refused')
    .description(
      'Sends the mails again, all at once, that the mail server refused for good and that are still of use: after it has been mended. Each goes to the address that its reader has now, as on the page of a mail.',
    )
    .argument('[id...]', 'the cooperations (default: all)')
    .option('--by <person>', 'who has it done, by the code that rial show tells, for the record')
    .option('--dry-run', 'list which would be sent, without doing it')
    .action(
      acting<Options, [string[]]>(async (context, { by, dryRun }, ids) => {
        const { say } = context;
        const api = await context.connect();
        const body = { ...(ids.length > 0 && { cooperations: ids }), ...(by !== undefined && { by }) };
        const found = await api
          .resend({ body, ...(dryRun && { 'dry-run': '1' }) })
          .catch(throwAbout({ id: ids[0] ?? '' }));
        if (context.json) context.printJson(found);
        else if (found.length === 0) context.print(say('noneRefused'));
        else
          context.print([
            ...found.map(({ cooperation, person }) => `${cooperation}  ${person}`),
            say(dryRun ? 'wouldResend' : 'wasResent', { count: found.length }),
          ]);
        return EXIT.done;
      }),
    );
}
