import type { Command } from 'commander';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { type ApiToken, SCOPES, type Scope, type StaffMember } from '../../domain/people/staff.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/people/staffRole.ts';
import { shortDate } from '../../words/dates/shortDates.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { choiceIn } from '../optionValues.ts';
import { printable, table } from '../terminal.ts';

/** `rial staff`, `rial sign-out` and `rial token`: who may use the system, who is in it, and by which tokens. */

type InviteOptions = { role: string; name?: string; in?: string; seen?: string };

export function staff(program: Command): void {
  const group = program
    .command('staff')
    .summary('list, let in and put out staff and observers')
    .description('Who is OAS staff and who looks on, whatever programmes say of whom.');
  group
    .command('list')
    .summary('list staff and observers')
    .action(acting(async (context) => told(context, await (await context.connect()).staff(), staffLines)));
  group
    .command('invite')
    .summary('let somebody in, and write to them')
    .argument('<address>', 'the mail address')
    .option('--role <role>', STAFF_ROLES.join(' or '), 'staff')
    .option('--name <name>', 'their name')
    .option('--in <language>', `of the invitation: ${LANGUAGES.join(', ')}`)
    .option(
      '--seen <instant>',
      'of whoever gets another role: since when they are in, as rial staff list --json tells',
    )
    .action(
      acting<InviteOptions, [string]>(async (context, options, address) => {
        const role = choiceIn(STAFF_ROLES, options.role, '--role', context) as StaffRole;
        const language = choiceIn(LANGUAGES, options.in ?? context.language, '--in', context) as Language;
        const { name, seen } = options;
        const body = { address, role, language, ...(name && { name }), ...(seen && { seen }) };
        return told(context, await (await context.connect()).inviteStaff({ body }), staffLines);
      }),
    );
  group
    .command('remove')
    .summary('put somebody out, at once')
    .argument('<address>', 'the mail address')
    .action(
      acting<object, [string]>(async (context, _, address) =>
        told(context, await (await context.connect()).removeStaff({ body: { address } }), staffLines),
      ),
    );
  reset(group);
}

/** Part of `rial staff`. */
function reset(group: Command): void {
  group
    .command('reset')
    .summary('have somebody set up their second step anew, who lost the telephone')
    .argument('<address>', 'the mail address')
    .option(
      '--seen <instant>',
      'since when they have the one that is reset, as rial staff list --json tells (default: the present one)',
    )
    .action(
      acting<{ seen?: string }, [string]>(async (context, options, address) => {
        const api = await context.connect();
        const one = (await api.staff()).find((member) => member.address === address.toLowerCase());
        const seen = options.seen ?? one?.secondFactorAt ?? null;
        return told(context, await api.resetSecondFactor({ body: { address, seen } }), staffLines);
      }),
    );
}

export function signOut(program: Command): void {
  program
    .command('sign-out')
    .summary('end all that lets somebody in: sessions, unused links, codes')
    .description(
      'Ends all sessions of whoever has an address, on all devices, with the links and codes that were not used. They come in again by a code.',
    )
    .argument('<address>', 'the mail address')
    .action(
      acting<object, [string]>(async (context, _, address) =>
        told(context, await (await context.connect()).endAccess({ body: { address } }), ({ sessions }) => [
          context.say('accessEnded', { sessions }),
        ]),
      ),
    );
}

export function token(program: Command): void {
  const group = program
    .command('token')
    .summary('list, make and revoke tokens of the HTTP API')
    .description(
      'A token for each person or program that uses the HTTP API. Its secret is told once, when it is made.',
    );
  group
    .command('list')
    .summary('list the tokens that were made')
    .action(acting(async (context) => told(context, await (await context.connect()).tokens(), tokenLines)));
  group
    .command('make')
    .summary('make a token, and print its secret')
    .argument('<name>', 'what it is for')
    .requiredOption('--may <scopes>', `what it may, with commas: ${SCOPES.join(', ')}`)
    .option('--holder <address>', 'the member of staff who has it (default: a program has it)')
    .option('--days <days>', 'for how many days it holds', '90')
    .action(
      acting<{ may: string; holder?: string; days: string }, [string]>(async (context, options, name) => {
        const scopes = options.may
          .split(',')
          .map((one) => choiceIn(SCOPES, one.trim(), '--may', context) as Scope);
        const { holder } = options;
        const body = { name, scopes, days: Number(options.days), ...(holder !== undefined && { holder }) };
        const made = await (await context.connect()).makeToken({ body });
        if (context.json) context.printJson(made);
        else context.print(made.secret);
        return EXIT.done;
      }),
    );
  group
    .command('revoke')
    .summary('take a token away, at once')
    .argument('<number>', 'as rial token list tells it')
    .action(
      acting<object, [string]>(async (context, _, number) =>
        told(
          context,
          await (await context.connect()).revokeToken({ body: { number: Number(number) } }),
          tokenLines,
        ),
      ),
    );
}

function told<T>(context: Context, answer: T, lines: (answer: T, context: Context) => string[]): number {
  if (context.json) context.printJson(answer);
  else context.print(lines(printable(answer), context));
  return EXIT.done;
}

const dayOf = (at: string, { language, now }: Context): string =>
  shortDate(at.slice(0, 10), language, 'UTC', now());

function staffLines(all: readonly StaffMember[], context: Context): string[] {
  const say = speaker('site.staff', context.language);
  return table(
    [say('address'), say('role'), say('since'), say('by'), say('secondFactor')],
    all.map(({ address, role, addedAt, addedBy, secondFactorAt }) => ({
      cells: [
        ...[address, say(role), dayOf(addedAt, context), addedBy ?? say('bySystem')],
        secondFactorAt ? dayOf(secondFactorAt, context) : '—',
      ],
    })),
    context.terminal,
  );
}

function tokenLines(all: readonly ApiToken[], context: Context): string[] {
  const say = speaker('site.staff', context.language);
  return table(
    ['', say('tokenName'), say('holder'), say('scopes'), say('lastUsed'), say('expires')],
    all.map(({ number, name, holder, scopes, lastUsedAt, expiresAt, revokedAt }) => ({
      cells: [
        ...[String(number), name, holder ?? say('program'), scopes.join(', ')],
        lastUsedAt ? dayOf(lastUsedAt, context) : '—',
        revokedAt ? say('revoked', { when: dayOf(revokedAt, context) }) : dayOf(expiresAt, context),
      ],
    })),
    context.terminal,
  );
}
