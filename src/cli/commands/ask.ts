import type { Command } from 'commander';
import { partyForms } from '../../words/names/parties.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';
import { printable } from '../terminal.ts';

type Options = RecordedOptions & { by: string; to: string; session?: string };

/** `rial ask ID TEXT`: a person's question to a ministry. */
export function ask(program: Command): void {
  program
    .command('ask')
    .summary('put a question to a ministry, in a person’s name')
    .description('Puts a question to a ministry in a person’s name. It is due before the next session.')
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<text>', 'the question')
    .requiredOption('--by <person>', 'who asks, by the code that rial show tells, such as per-mtpe-1')
    .requiredOption('--to <party>', 'the ministry it is put to, such as chl-mtps')
    .option('--session <number>', 'the session it is about')
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<Options, [string, string]>(async (context, { by, to, session, ...options }, id, text) => {
        const { say, language } = context;
        if (session !== undefined && !/^[1-9]\d{0,2}$/.test(session)) throw new UsageError(say('badSession'));
        const recorded = recordedTyped(options, context);
        const api = await context.connect();
        const asked = await api
          .ask({
            id,
            body: { by, to, text, ...recorded, ...(session !== undefined && { session: Number(session) }) },
          })
          .catch(throwAbout({ id }));
        if (context.json) {
          context.printJson(asked);
          return EXIT.done;
        }
        // The question is put; that its ministry's name cannot be read now is no failure.
        const view = printable(await api.show({ id }).catch(() => undefined));
        const { programme } = view ?? { programme: { institutions: [] } };
        const values = { number: asked.number, request: asked.request };
        context.print(say('asked', { ...values, ...partyForms(programme, [to], language) }));
        return EXIT.done;
      }),
    );
}
