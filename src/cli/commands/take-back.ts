import type { Command } from 'commander';
import { requestLabel } from '../../words/labels.ts';
import { partyForms } from '../../words/names/parties.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { aboutCase, throwAbout } from '../failures.ts';
import { knownRequest, RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';
import { printable } from '../terminal.ts';

type Options = RecordedOptions & { by: string };

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
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<Options, [string, string]>(async (context, { by, ...options }, id, given) => {
        const { say, language } = context;
        const recorded = recordedTyped(options, context);
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        try {
          const request = knownRequest(view, given);
          const done = await api.takeBack({
            id,
            body: { request: request.id, by, ...recorded },
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
