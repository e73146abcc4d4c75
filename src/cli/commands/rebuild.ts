import type { Command } from 'commander';
import { scopeTitle } from '../../words/disagreements.ts';
import { joined } from '../../words/lists.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';

type Options = { by?: string; dryRun?: boolean };

/** `rial rebuild [ID…]`: has cooperations go on whose workflows are gone from Temporal. */
export function rebuild(program: Command): void {
  program
    .command('rebuild')
    .summary('have cooperations go on whose workflows are gone from Temporal')
    .description(
      'Starts the workflows of cooperations again from where the case file says they stood, when Temporal has lost its data or somebody ended them there. Nothing is asked or sent twice. One that runs is left alone, unless it is named and waits on something else than the case file has.',
    )
    .argument('[id...]', 'the cooperations (default: all whose workflows are gone)')
    .option('--by <person>', 'who has it done, by the code that rial show tells, for the record')
    .option('--dry-run', 'list which would go on, and why, without doing it')
    .action(
      acting<Options, [string[]]>(async (context, { by, dryRun }, ids) => {
        const { say, language } = context;
        const api = await context.connect();
        const body = { ...(ids.length > 0 && { cooperations: ids }), ...(by !== undefined && { by }) };
        const found = await api
          .rebuild({ body, ...(dryRun && { 'dry-run': '1' }) })
          .catch(throwAbout({ id: ids[0] ?? '' }));
        if (context.json) context.printJson(found);
        else if (found.length === 0) context.print(say('noneLost'));
        else
          context.print(
            found.map(({ cooperation: id, was, workflows }) => {
              const titles = workflows.filter(Boolean).map((scope) => scopeTitle(scope, language));
              const parts = titles.length > 0 ? joined(titles, language) : 'none';
              return say(dryRun ? 'isLost' : 'wasRebuilt', { id, was, parts });
            }),
          );
        return EXIT.done;
      }),
    );
}
