import type { Command } from 'commander';
import { type CaseView, lastChangeOf } from '../../domain/caseView.ts';
import { cleanAddress } from '../../domain/people/address.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { type PersonOptions, periodTyped, wholePersonTyped } from '../optionValues.ts';
import { everyPage } from './list.ts';

type Options = {
  from: string;
  to: string;
  standIn: string;
  standInName?: string;
  reason: string;
  dryRun?: true;
};

/**
 * What came of it in one cooperation: the change's number; none where it was only tried, or where nobody stands in. Whoever
 * joins by it is told by their address.
 */
type AwayIn = { cooperation: string; standIn: string | null; change?: number | undefined };

/** `rial away ADDRESS`: an officer hands their cases over while they are away. */
export function away(program: Command): void {
  program
    .command('away')
    .summary('have a colleague stand in for an officer in all their cooperations')
    .description(
      'An officer is away from one day to another, both included: in each of their cooperations that is not over, the colleague answers and is turned to meanwhile. Where the colleague is not of the Secretariat yet they join with it, as they are known from another of these cooperations or by --stand-in-name. Where it would be refused in one, it is noted in none.',
    )
    .argument('<address>', 'the mail address of somebody of the Secretariat in cooperations')
    .requiredOption('--from <date>', 'the first day, such as 2021-08-16')
    .requiredOption('--to <date>', 'the last day')
    .requiredOption('--stand-in <address>', 'the mail address of the colleague who answers')
    .option('--stand-in-name <name>', 'their name, where none of these cooperations knows them')
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
        const known = parts.find(({ standIn }) => standIn)?.standIn;
        const name = known?.name ?? options.standInName;
        // Who takes no part in one of them yet joins it.
        const joining =
          name === undefined
            ? undefined
            : wholePersonTyped({ ...described(known), name, email: options.standIn }, context);
        if (parts.length === 0) throw new UsageError(say('noOffices', { address }));
        const asked = async (dryRun: boolean): Promise<AwayIn[]> => {
          const noted: AwayIn[] = [];
          for (const { view, person, standIn } of parts) {
            const { id: cooperation } = view;
            const by = standIn?.id ?? joining;
            if (by === undefined) {
              noted.push({ cooperation, standIn: null });
              continue;
            }
            const what = { change: 'absence', person: person.id, ...days, standIn: by } as const;
            const body = { what, reason: options.reason, seen: lastChangeOf(view) };
            const answer = await api
              .change({ id: cooperation, ...(dryRun && { 'dry-run': '1' }), body })
              .catch(throwAbout({ view }));
            noted.push({
              cooperation,
              standIn: typeof by === 'string' ? by : by.email,
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

/** What is known of a colleague, as it is typed. */
const described = (known: CaseView['people'][number] | undefined): PersonOptions =>
  known
    ? {
        ...(known.post && { post: known.post }),
        ...{ personLanguage: known.language, timezone: known.timeZone },
      }
    : {};

const officerIn = ({ people }: CaseView, address: string): CaseView['people'][number] | undefined =>
  people.find(
    ({ active, role, email }) =>
      active && role === 'staff' && email?.toLowerCase() === cleanAddress(address).toLowerCase(),
  );
