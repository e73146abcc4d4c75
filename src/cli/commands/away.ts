import type { Command } from 'commander';
import { cleanAddress } from '../../domain/address.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { periodTyped } from '../optionValues.ts';
import { everyPage } from './list.ts';

type Options = { from: string; to: string; standIn: string; reason: string; dryRun?: true };

/** What came of it in one cooperation: the change's number; none where it was only tried, or where nobody stands in. */
type AwayIn = { cooperation: string; standIn: string | null; change?: number | undefined };

/** `rial away ADDRESS`: an officer hands their cases over while they are away. */
export function away(program: Command): void {
  program
    .command('away')
    .summary('have a colleague stand in for an officer in all their cooperations')
    .description(
      'An officer is away from one day to another, both included: in each of their cooperations that is not over and that the colleague takes part in, the colleague answers and is turned to meanwhile. Where it would be refused in one, it is noted in none.',
    )
    .argument('<address>', 'the mail address of somebody of the Secretariat in cooperations')
    .requiredOption('--from <date>', 'the first day, such as 2021-08-16')
    .requiredOption('--to <date>', 'the last day')
    .requiredOption('--stand-in <address>', 'the mail address of the colleague who answers')
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--dry-run', 'only tell in which cooperations it would be noted')
    .action(
      acting<Options, [string]>(async (context, options, address) => {
        const { say } = context;
        const days = periodTyped(options.from, options.to, ['--from', '--to'], context);
        const api = await context.connect();
        const views: CaseView[] = [];
        for (const { id, closedAt } of await everyPage(api))
          if (closedAt === null) views.push(await api.show({ id }));
        const parts = views.flatMap((view) => {
          const person = officerIn(view, address);
          return person ? [{ view, person, standIn: officerIn(view, options.standIn) }] : [];
        });
        if (parts.length === 0) throw new UsageError(say('noOffices', { address }));
        const asked = async (dryRun: boolean): Promise<AwayIn[]> => {
          const noted: AwayIn[] = [];
          for (const { view, person, standIn } of parts) {
            const { id: cooperation } = view;
            if (!standIn) {
              noted.push({ cooperation, standIn: null });
              continue;
            }
            const what = { change: 'absence', person: person.id, ...days, standIn: standIn.id } as const;
            const body = { what, reason: options.reason };
            const answer = await api
              .change({ id: cooperation, ...(dryRun && { 'dry-run': '1' }), body })
              .catch((error: unknown) => {
                throw aboutCase(error, { view });
              });
            noted.push({
              cooperation,
              standIn: standIn.id,
              ...('change' in answer && { change: answer.change }),
            });
          }
          return noted;
        };
        const tried = await asked(true);
        const noted = options.dryRun ? tried : await asked(false);
        if (context.json) context.printJson(noted);
        else
          context.print(
            noted.map(({ cooperation: id, standIn }) =>
              standIn === null
                ? say('awayNowhere', { id, address: options.standIn })
                : say(options.dryRun ? 'awayTried' : 'awayNoted', { id }),
            ),
          );
        return EXIT.done;
      }),
    );
}

const officerIn = ({ people }: CaseView, address: string): CaseView['people'][number] | undefined =>
  people.find(
    ({ active, role, email }) =>
      active && role === 'staff' && email?.toLowerCase() === cleanAddress(address).toLowerCase(),
  );
