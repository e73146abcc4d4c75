import type { Command } from 'commander';
import type { Answer } from '../../api/routes.ts';
import { type CaseView, lastChangeOf, partyZone } from '../../domain/caseView.ts';
import type { Change, ChangeKind } from '../../domain/change.ts';
import type { Follow } from '../../domain/follows.ts';
import type { AddressedTelling } from '../../domain/mails/notice.ts';
import { CONSULTANT } from '../../domain/methodology.ts';
import type { Difference } from '../../domain/programme/programmeDifferences.ts';
import { shellWord } from '../../process/commandFlags.ts';
import { alterationItems } from '../../words/alterations.ts';
import { changeWords, noticeWords } from '../../words/changes.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { differenceItems } from '../../words/differences.ts';
import { followText } from '../../words/follows.ts';
import { partyNamed, personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { blockLines } from '../blocks.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { knownPerson } from '../optionValues.ts';
import { type Cell, entry, type Line, printable, table, width, wrapped } from '../terminal.ts';
import { warningLines } from '../warnings.ts';

/** What all commands have in common that change a cooperation under way. */

export type ChangeOptions = { reason?: string; by?: string; dryRun?: boolean; seen?: string };

/** The command of each kind of change. */
export type ChangeCommands = Record<ChangeKind, (program: Command) => Command>;

/** The options of every change. */
export const changeCommand = (
  command: Command,
  by = 'who at the Secretariat asks for it, by the code that rial show tells',
): Command =>
  command
    .option('--reason <text>', 'why; it is kept in the case file and told to those concerned (required)')
    .option('--by <person>', by)
    .option(
      '--seen <number>',
      'the number of the last change that you know of: what was changed since is refused; of itself, the last there is now',
    )
    .option('--dry-run', 'show who would be told, and change nothing');

/** A heading and what stands beside it. */
export type Fact = [heading: string, cell: Cell];

export type Making = {
  /** The change, made of what was typed and the case as it is. @throws what is told in place of making it */
  change(view: CaseView): Change;
  /** What is new by it and worth knowing. Under `--dry-run` the case is still as it was. */
  facts?(view: CaseView, change: Change, made: boolean): Fact[];
};

/** Makes a change, or under `--dry-run` shows what it would do, and says who is told of it. */
export async function runChange(
  context: Context,
  { reason, by, dryRun = false, seen: last }: ChangeOptions,
  id: string,
  making: Making,
): Promise<number> {
  const { say } = context;
  if (!reason?.trim()) throw new UsageError(say('reasonNeeded'));
  const api = await context.connect();
  let seen: CaseView | undefined;
  try {
    const view = await api.show({ id });
    seen = view;
    if (by !== undefined) knownPerson(view, by);
    const what = making.change(view);
    const given = {
      ...{ what, reason: reason.trim() },
      ...(by !== undefined && { by }),
      seen: last === undefined ? lastChangeOf(view) : Number(last),
    };
    const answer = await api.change({ id, ...(dryRun && { 'dry-run': '1' }), body: given });
    if (context.json) {
      context.printJson(answer);
      return EXIT.done;
    }
    // The change is made; that the case cannot be read now is no failure.
    const after = dryRun ? view : await api.show({ id }).catch(() => view);
    context.print(
      lines(
        context,
        printable(answer),
        printable(what),
        { before: printable(view), after: printable(after) },
        making,
        dryRun,
      ),
    );
    if (dryRun) context.print(confirmLines(given.seen, context));
    return EXIT.done;
  } catch (error) {
    throw aboutCase(error, { id, ...(seen && { view: seen }) });
  }
}

/** How what was tried is made: by the same command, unless the same was changed since. */
function confirmLines(seen: number, { say, typed, terminal }: Context): string[] {
  const kept = typed.args.filter(
    (one, at, all) =>
      one !== '--dry-run' && one !== '--seen' && all[at - 1] !== '--seen' && !one.startsWith('--seen='),
  );
  const command = [typed.rial, ...kept.map(shellWord), '--seen', String(seen)].join(' ');
  return ['', ...wrapped(say('confirmDryRun', { seen }), terminal.columns), `  ${printable(command)}`];
}

function lines(
  context: Context,
  { told, programmeChanges, approval, warnings, follows, differences }: Answer<'change'>,
  change: Change,
  { before, after }: { before: CaseView; after: CaseView },
  { facts }: Making,
  dryRun: boolean,
): string[] {
  const { say, language, terminal } = context;
  const { columns, paint } = terminal;
  const known: Fact[] = [
    ...(facts?.(after, change, !dryRun) ?? []),
    ...(programmeChanges.length > 0
      ? [[say('programme'), programmeLine(programmeChanges, context)] satisfies Fact]
      : []),
    ...(approval ? [[say('programme'), say('approvedAgain')] satisfies Fact] : []),
  ];
  const lead = Math.max(0, ...known.map(([heading]) => width(heading))) + 2;
  // Names are those from before: whoever is replaced is still called by the own name.
  const what = changeWords(change, before, { language, now: context.now() });
  // "10:00 a.m." has its point already.
  const done = what.endsWith('.') ? what : `${what}.`;
  return [
    ...(dryRun ? wrapped(say('nothingDone'), columns).map((line) => paint.yellow(line)) : []),
    ...wrapped(done, columns).map((line) => paint.bold(line)),
    ...known.flatMap(([heading, cell]) => entry(heading, cell, lead, terminal)),
    ...alterationLines(change, before, context),
    ...differenceLines(differences, after, context),
    ...warningLines(warnings, after.programme, context),
    '',
    // Who is written to by what follows is not nobody.
    ...((approval || follows.length > 0) && told.length === 0 ? [] : toldLines(told, before, after, context)),
    ...followLines(follows, after, context),
  ];
}

/** What the workflows do next. */
function followLines(follows: readonly Follow[], view: CaseView, context: Context): string[] {
  if (follows.length === 0) return [];
  const { language } = context;
  const clock = clockOf(view, context);
  const items = follows.map((one) => ({ text: followText(one, view, clock) }));
  return [
    '',
    ...blockLines({ block: 'heading', text: speaker('changes.follows', language)('heading') }, context),
    ...blockLines({ block: 'list', items }, context),
  ];
}

const clockOf = (view: CaseView, { language, now }: Context): Clock => {
  const [timeZone, ...others] = clocks(view, partyZone(view, undefined));
  return { language, timeZone: timeZone ?? 'UTC', others, now: now().toISOString() };
};

/** What the change alters: what stood before it beside what it comes to. */
function alterationLines(change: Change, before: CaseView, context: Context): string[] {
  const { language } = context;
  const items = alterationItems(change, before, { language, now: context.now() });
  if (items.length === 0) return [];
  return [
    '',
    ...blockLines({ block: 'heading', text: speaker('changes.preview', language)('altered') }, context),
    ...blockLines({ block: 'list', items }, context),
  ];
}

/** In what the programme file differs, with what stands there and what stood there before. */
function differenceLines(differences: readonly Difference[], view: CaseView, context: Context): string[] {
  if (differences.length === 0) return [];
  const { language } = context;
  const { institutions } = view.programme;
  const clock = clockOf(view, context);
  return [
    '',
    ...blockLines({ block: 'heading', text: speaker('changes.preview', language)('differences') }, context),
    ...blockLines(
      { block: 'list', items: differenceItems(differences, { language, clock, institutions }) },
      context,
    ),
  ];
}

/** Each person once, with all that is told to them. */
function toldLines(
  told: readonly AddressedTelling[],
  before: CaseView,
  after: CaseView,
  context: Context,
): string[] {
  const { say, language, terminal } = context;
  if (told.length === 0) return wrapped(say('nobodyTold'), terminal.columns);
  const reader = { language, now: context.now() };
  const names = new Map(told.map(({ person, name }) => [person, name]));
  const nameOf = (person: string) =>
    names.get(person) ??
    [before, after].map((view) => personName(view, person)).find((name) => name !== person) ??
    person;
  const people = new Map<string, { name: string; party: string; notices: Line[] }>();
  for (const { person, name, party, about: what } of told) {
    const known = people.get(person) ?? { name, party, notices: [] };
    people.set(person, known);
    known.notices.push({ text: noticeWords({ person, about: what }, after, nameOf, reader) });
  }
  const order = [...after.programme.institutions.map(({ id }) => id), CONSULTANT];
  const place = (party: string) => (order.includes(party) ? order.indexOf(party) : order.length);
  return [
    say('told'),
    ...table(
      [say('person'), say('institution'), say('notice')],
      [...people.values()]
        .sort((a, b) => place(a.party) - place(b.party))
        .map(({ name, party, notices }) => ({
          cells: [
            name,
            partyNamed(after.programme, party, language),
            notices.length > 1 ? notices.map(dotted) : notices,
          ],
        })),
      terminal,
    ),
  ];
}

/** One of several, each of which may take more than a line. */
const dotted = ({ text }: Line): Line => ({ text: `· ${text}` });

const PARTS = {
  texts: 'in-texts',
  contents: 'in-contents',
  institutions: 'in-institutions',
  consultant: 'in-consultant',
  'session-added': 'in-session-added',
  'session-moved': 'in-session-moved',
  'session-details': 'in-session-details',
  'session-cancelled': 'in-session-cancelled',
  guests: 'in-guests',
} as const;

function programmeLine(changes: readonly string[], { say }: Context): string {
  const parts = changes.map((change) =>
    Object.hasOwn(PARTS, change) ? say(PARTS[change as keyof typeof PARTS]) : change,
  );
  return say('newVersion', { changes: parts.join(', ') });
}

/** The zones of all institutions, the given one first. */
export const clocks = (view: CaseView, first: string): string[] => [
  first,
  ...view.programme.institutions.map(({ id }) => partyZone(view, id)),
];
