import type { Command } from 'commander';
import type { CaseView } from '../../domain/caseView.ts';
import { OBSERVER } from '../../domain/methodology.ts';
import { Refused } from '../../domain/refusal.ts';
import { moments } from '../../words/dates/shortDates.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { readPeople, readPerson } from '../files.ts';
import {
  dateTyped,
  groupCountTyped,
  knownParty,
  knownPerson,
  knownSession,
  listedPersonTyped,
  type PersonOptions,
  periodTyped,
  personTyped,
  sessionTyped,
  wholePersonTyped,
} from '../optionValues.ts';
import {
  type ChangeCommands,
  type ChangeOptions,
  changeCommand,
  clocks,
  type Fact,
  runChange,
} from './change.ts';

/** Who takes part: absences, people who come and go, guests of a session. */
export const persons = {
  absence: (program) =>
    changeCommand(program.command('absence'))
      .summary('let a colleague answer for a person who is away')
      .description(
        'A colleague of the same institution answers for a person from one day to another, both included; what the person is asked passes on.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'who is away, by the code that rial show tells')
      .requiredOption('--from <date>', 'the first day, such as 2021-08-16')
      .requiredOption('--to <date>', 'the last day')
      .requiredOption('--stand-in <person>', 'the colleague who answers')
      .action(
        acting<{ from: string; to: string; standIn: string } & ChangeOptions, [string, string]>(
          async (context, options, id, person) => {
            const days = periodTyped(options.from, options.to, ['--from', '--to'], context);
            return runChange(context, options, id, {
              change: (view) => ({
                change: 'absence',
                person: knownPerson(view, person).id,
                ...days,
                standIn: knownPerson(view, options.standIn).id,
              }),
            });
          },
        ),
      ),

  'end-absence': (program) =>
    changeCommand(program.command('return'))
      .summary('note that a person is not away, or not any more')
      .description('A person is not away, or not any more: what they are asked comes to them again.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'who is there again, by the code that rial show tells')
      .requiredOption('--from <date>', 'the first day of the absence as it was noted, such as 2021-08-16')
      .action(
        acting<{ from: string } & ChangeOptions, [string, string]>(async (context, options, id, person) => {
          const from = dateTyped(options.from, '--from', context);
          return runChange(context, options, id, {
            change: (view) => ({ change: 'end-absence', person: knownPerson(view, person).id, from }),
          });
        }),
      ),

  replace: (program) =>
    described(changeCommand(program.command('replace')), 'the new person’s')
      .summary('put somebody else in a person’s place for good')
      .description(
        'Somebody else takes a person’s place for good: what is asked passes on, and the invitations too.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'who leaves, by the code that rial show tells')
      .option('--person <file>', 'the new person in YAML: name, email, post, language, timezone')
      .option('--with <person>', 'in place of somebody new: a colleague who takes part already, by the code')
      .action(
        acting<PersonOptions & { person?: string; with?: string } & ChangeOptions, [string, string]>(
          async (context, { person: file, ...options }, id, person) => {
            const given = [anyTyped(options), file !== undefined, options.with !== undefined];
            if (given.filter(Boolean).length > 1) throw new UsageError(context.say('personFileOrOptions'));
            if (options.with !== undefined) {
              const colleague = options.with;
              return runChange(context, options, id, {
                change: (view) => ({
                  change: 'replace',
                  person: knownPerson(view, person).id,
                  with: knownPerson(view, colleague).id,
                }),
              });
            }
            const successor =
              file === undefined ? wholePersonTyped(options, context) : await readPerson(file, context);
            return runChange(context, options, id, {
              change: (view) => ({
                change: 'replace',
                person: knownPerson(view, person).id,
                with: successor,
              }),
              facts: (view, _, made) => (made ? codeFact(view, successor, context) : []),
            });
          },
        ),
      ),

  'add-person': (program) =>
    described(changeCommand(program.command('join')), 'their')
      .summary('have somebody more take part')
      .description(
        'Somebody more takes part: for an institution of the cooperation, or as its observer, who sees everything and is asked nothing.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<party>', 'the institution they join, such as per-mtpe; or: observer')
      .option('--focal-point', 'they are the focal point of the institution from now on')
      .action(
        acting<PersonOptions & { focalPoint?: boolean } & ChangeOptions, [string, string]>(
          async (context, options, id, party) => {
            const person = listedPersonTyped(options, context);
            return runChange(context, options, id, {
              change: (view) => ({
                change: 'add-person',
                party: party === OBSERVER ? OBSERVER : knownParty(view, party),
                person,
                ...(options.focalPoint && { focalPoint: true }),
              }),
              facts: (view, _, made) => (made ? codeFact(view, person, context) : []),
            });
          },
        ),
      ),

  'remove-person': (program) =>
    changeCommand(program.command('leave'))
      .summary('have a person take part no more')
      .description(
        'A person takes part no more, and nobody takes their place: their access ends, their invitations are cancelled.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'who leaves, by the code that rial show tells')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, person) =>
          runChange(context, options, id, {
            change: (view) => ({ change: 'remove-person', person: knownPerson(view, person).id }),
          }),
        ),
      ),

  'focal-point': (program) =>
    changeCommand(program.command('focal-point'))
      .summary('name another focal point of an institution')
      .description('Another person of the same institution is its focal point.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'who is the focal point from now on, by the code that rial show tells')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, person) =>
          runChange(context, options, id, {
            change: (view) => ({ change: 'focal-point', person: knownPerson(view, person).id }),
          }),
        ),
      ),

  'correct-person': (program) =>
    described(changeCommand(program.command('correct')), 'the right')
      .summary('correct what is known of a person')
      .description('Corrects what is known of a person, who stays the same.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'whose, by the code that rial show tells')
      .action(
        acting<PersonOptions & ChangeOptions, [string, string]>(async (context, options, id, person) => {
          if (!anyTyped(options)) throw new UsageError(context.say('nothingToCorrect'));
          const as = personTyped(options, context);
          return runChange(context, options, id, {
            change: (view) => ({ change: 'correct-person', person: knownPerson(view, person).id, as }),
          });
        }),
      ),

  'add-guest': (program) =>
    described(changeCommand(program.command('invite')), 'the guest’s')
      .summary('invite a guest, or a group, to one session')
      .description(
        'Invites a guest to one session: a person, or with --count a group under its name. Without --email they are listed and printed, and nobody writes to them.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<session>', 'the number of the session')
      .requiredOption('--invited-by <party>', 'the institution that invites, such as per-mtpe')
      .option('--count <number>', 'how many they are, where --name names a group')
      .action(
        acting<PersonOptions & { invitedBy: string; count?: string } & ChangeOptions, [string, string]>(
          async (context, options, id, session) => {
            const number = sessionTyped(session, context);
            const guest = {
              ...listedPersonTyped(options, context),
              ...(options.count !== undefined && { count: groupCountTyped(options.count, context) }),
            };
            return runChange(context, options, id, {
              change: (view) => ({
                change: 'add-guest',
                session: knownSession(view, number).number,
                guest: { ...guest, invitedBy: knownParty(view, options.invitedBy) },
              }),
              facts: (view, _, made) => [
                ...dateFact(view, number, context),
                ...(made ? codeFact(view, guest, context) : []),
              ],
            });
          },
        ),
      ),

  'name-guests': (program) =>
    changeCommand(program.command('name-guests'), 'who asks for it, by the code that rial show tells')
      .summary('name several guests of one session at once')
      .description(
        'An institution’s own guests of one session, all at once. --by is whoever of that institution names them, or of the Secretariat.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<session>', 'the number of the session')
      .argument(
        '<file>',
        'a text with one person a line (name, post, mail address), or - for the standard input',
      )
      .requiredOption('--invited-by <party>', 'the institution that invites, such as per-mtpe')
      .action(
        acting<{ invitedBy: string } & ChangeOptions, [string, string, string]>(
          async (context, options, id, session, file) => {
            const number = sessionTyped(session, context);
            const guests = await readPeople(file, context);
            return runChange(context, options, id, {
              change: (view) => ({
                change: 'name-guests',
                session: knownSession(view, number).number,
                invitedBy: knownParty(view, options.invitedBy),
                guests,
              }),
              facts: (view, _, made) => [
                ...dateFact(view, number, context),
                ...(made ? guests.flatMap((guest) => codeFact(view, guest, context)) : []),
              ],
            });
          },
        ),
      ),

  'withdraw-guest': (program) =>
    changeCommand(program.command('withdraw'))
      .summary('withdraw a guest’s invitation')
      .description('Withdraws the invitation of a session’s guest.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<person>', 'the guest, by the code that rial show tells')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, person) =>
          runChange(context, options, id, {
            change: (view) => ({ change: 'withdraw-guest', person: guestOf(view, person) }),
          }),
        ),
      ),
} satisfies Partial<ChangeCommands>;

const described = (command: Command, whose: string): Command =>
  command
    .option('--name <name>', `${whose} name`)
    .option('--email <email>', `${whose} mail address`)
    .option('--post <post>', `${whose} post`)
    .option('--person-language <language>', `${whose} language for mails: es, en, pt, fr`)
    .option('--timezone <zone>', `${whose} time zone, such as America/Lima`);

const anyTyped = ({ name, email, post, personLanguage, timezone }: PersonOptions): boolean =>
  [name, email, post, personLanguage, timezone].some((one) => one !== undefined);

/** The code by which the new person is called from now on. */
function codeFact(
  view: CaseView,
  { name, email }: { name: string; email?: string | undefined },
  { say }: Context,
): Fact[] {
  const found = view.people.findLast(
    (one) => one.active && one.name === name && one.email?.toLowerCase() === email?.toLowerCase(),
  );
  return found ? [[say('code'), found.id]] : [];
}

function dateFact(view: CaseView, number: number, { say, language, now }: Context): Fact[] {
  const { startsAt, timeZone } = knownSession(view, number);
  return startsAt ? [[say('date'), moments(startsAt, clocks(view, timeZone), language, now())]] : [];
}

function guestOf(view: CaseView, code: string): string {
  const { id, role } = knownPerson(view, code);
  if (role === 'guest') return id;
  throw aboutCase(new Refused({ code: 'NotGuest', person: id }), { view });
}
