import type { Command } from 'commander';
import { numberInTurn } from '../../domain/programme/numbering.ts';
import { lastSaidAt } from '../../domain/results/consent.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { publishTyped, RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';

type Options = RecordedOptions & { by: string; sheet: string; seen?: string };

/** `rial consent ID yes|no`: what a ministry says of people outside reading its published sheet. */
export function consent(program: Command): void {
  program
    .command('consent')
    .summary('say for a ministry whether people outside may read the published sheet')
    .description(
      'Says, in the name of a ministry’s focal point, whether people outside may read the systematization sheet that was published, or takes back what was said. Anybody reads it once every ministry says yes, and nobody outside any more as soon as one says no. Of a sheet that was withdrawn it can only be taken back. Nothing waits on it, and nobody gets a mail.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<publish>', 'yes or no')
    .requiredOption('--by <person>', 'the focal point, by the code that rial show tells, such as per-mtpe-1')
    .requiredOption('--sheet <version>', 'the version of the sheet that was published, such as 1')
    .option(
      '--seen <instant>',
      'when the last was said that you had before you, as rial show --json tells (default: what is said now)',
    )
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<Options, [string, string]>(async (context, { by, sheet, seen: last, ...options }, id, typed) => {
        const recorded = recordedTyped(options, context);
        const publish = publishTyped(typed, context);
        const version = numberInTurn.safeParse(Number(sheet));
        if (!version.success) throw new UsageError(context.say('badSheet'));
        const api = await context.connect();
        const said = await (async () => {
          const seen = last ?? (await lastSaid(api, id));
          return api.consent({ id, body: { by, publish, version: version.data, seen, ...recorded } });
        })().catch(throwAbout({ id }));
        if (context.json) context.printJson(said);
        else context.print(context.say('consented', said));
        return EXIT.done;
      }),
    );
}

async function lastSaid(api: Awaited<ReturnType<Context['connect']>>, id: string): Promise<string | null> {
  const view = await api.show({ id });
  return lastSaidAt(view, view.sheet?.sha256 ?? '');
}
