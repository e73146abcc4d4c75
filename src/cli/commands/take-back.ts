import type { Command } from 'commander';
import { requestLabel } from '../../words/labels.ts';
import { partyForms } from '../../words/parties.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { knownRequest } from '../optionValues.ts';
import { printable } from '../terminal.ts';

type Options = { by: string; recordedBy?: string; how?: string };

/** `rial take-back ID REQUEST`: takes an answer back, in a person's name. */
export function takeBack(program: Command): void {
  program
    .command('take-back')
    .summary('take an answer back, in a person’s name')
    .description(
      'Takes back the answer of a person’s institution, as long as another still owes theirs; rial answer --corrects gives another one in its place. Once all have answered, neither is possible.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<request>', 'the request, such as coordination/approve-programme.1')
    .requiredOption(
      '--by <person>',
      'who takes it back, by the code that rial show tells, such as chl-mtps-1',
    )
    .option('--recorded-by <person>', 'who of the Secretariat records what came another way; with --how')
    .option('--how <text>', 'how it came, such as "by telephone on 12 June"')
    .action(
      acting<Options, [string, string]>(async (context, { by, recordedBy, how }, id, given) => {
        const { say, language } = context;
        if ((recordedBy === undefined) !== (how === undefined)) throw new UsageError(say('recordedWithHow'));
        const recorded = recordedBy !== undefined && how !== undefined && { by: recordedBy, how };
        const api = await context.connect();
        const view = await api.show({ id }).catch((error: unknown) => {
          throw aboutCase(error, { id });
        });
        try {
          const request = knownRequest(view, given);
          const done = await api.takeBack({
            id,
            body: { request: request.id, by, ...(recorded && { recorded }) },
          });
          if (context.json) context.printJson(done);
          else
            context.print([
              say('tookBack', { request: requestLabel(printable(request), language) }),
              say('stillOwing', partyForms(printable(view).programme, done.stillOwing, language)),
            ]);
          return EXIT.done;
        } catch (error) {
          throw aboutCase(error, { view });
        }
      }),
    );
}
