import { z } from 'zod';
import { numberInTurn } from '../../domain/programme/numbering.ts';
import { COMMITMENT_OUTCOMES } from '../../domain/results/commitments.ts';
import { acting } from '../command.ts';
import { UsageError } from '../errors.ts';
import { dateTyped } from '../optionValues.ts';
import { type ChangeCommands, type ChangeOptions, changeCommand, runChange } from './change.ts';

/** What people took upon themselves: one more, one corrected or withdrawn. */
export const commitments = {
  'add-commitment': (program) =>
    changeCommand(program.command('add-commitment'))
      .summary('enter what somebody took upon themselves')
      .description(
        'Enters a commitment: what will be done, by whom and by when. It stands on the page of the cooperation, for both sides to see.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<owner>', 'an institution, such as chl-mtps, or one of its people, such as chl-mtps-2')
      .argument('<what>', 'what will be done')
      .requiredOption('--until <date>', 'by when, such as 2021-09-30')
      .action(
        acting<{ until: string } & ChangeOptions, [string, string, string]>(
          async (context, options, id, owner, what) => {
            const due = dateTyped(options.until, '--until', context);
            return runChange(context, options, id, {
              change: () => ({ change: 'add-commitment', what, owner, due }),
            });
          },
        ),
      ),

  'correct-commitment': (program) =>
    changeCommand(program.command('correct-commitment'))
      .summary('say what became of a commitment, correct it or withdraw it')
      .description(
        'Says what became of a commitment, which rial show tells with its number, or corrects it: what is left out stays. Or withdraws it.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<commitment>', 'its number')
      .option('--what <text>', 'what will be done')
      .option('--owner <code>', 'an institution, or one of its people')
      .option('--until <date>', 'by when, such as 2021-09-30')
      .option(
        '--became <outcome>',
        `what became of it: ${COMMITMENT_OUTCOMES.join(', ')}; later goes with --until`,
      )
      .option('--text <text>', 'beside what became of it')
      .option('--withdraw', 'it does not stand any more')
      .action(
        acting<Correction & ChangeOptions, [string, string]>(async (context, options, id, number) => {
          const { what, owner, until, became, text, withdraw } = options;
          const commitment = z.coerce.number().pipe(numberInTurn).safeParse(number);
          if (!commitment.success) throw new UsageError(context.say('badNumber', { number }));
          const outcome = COMMITMENT_OUTCOMES.find((one) => one === became);
          if (became !== undefined && !outcome)
            throw new UsageError(
              context.say('badOutcome', { outcome: became, known: COMMITMENT_OUTCOMES.join(', ') }),
            );
          if ([what, owner, until, outcome, text, withdraw].every((one) => one === undefined))
            throw new UsageError(context.say('nothingOfCommitment'));
          return runChange(context, options, id, {
            change: () => ({
              ...{ change: 'correct-commitment', commitment: commitment.data },
              ...(what !== undefined && { what }),
              ...(owner !== undefined && { owner }),
              ...(until !== undefined && { due: dateTyped(until, '--until', context) }),
              ...(outcome && { outcome }),
              ...(text !== undefined && { text }),
              ...(withdraw && { withdrawn: true }),
            }),
          });
        }),
      ),
} satisfies Partial<ChangeCommands>;

type Correction = { what?: string; owner?: string; until?: string } & {
  became?: string;
  text?: string;
  withdraw?: boolean;
};
