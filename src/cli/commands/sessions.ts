import type { Command } from 'commander';
import type { CaseView } from '../../domain/caseView.ts';
import type { SessionPlan } from '../../domain/programme/programme.ts';
import { moments, period } from '../../words/dates/shortDates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { readMinutes, readSession } from '../files.ts';
import {
  contentsTyped,
  dateTyped,
  hoursTyped,
  knownSession,
  linkTyped,
  periodTyped,
  placeTyped,
  sessionTyped,
  startTyped,
  timeTyped,
  zoneTyped,
} from '../optionValues.ts';
import {
  type ChangeCommands,
  type ChangeOptions,
  changeCommand,
  clocks,
  type Fact,
  runChange,
} from './change.ts';

type Details = { hours?: string; link?: string; place?: string };
type AddOptions = Details & {
  file?: string;
  contents?: string;
  date?: string;
  starts?: string;
  windowFrom?: string;
  windowTo?: string;
  timezone?: string;
};

/** Sessions that are moved, added or not held. */
export const sessions = {
  reschedule: (program) =>
    detailed(changeCommand(program.command('reschedule')))
      .summary('move a session, or change its length, link or place')
      .description(
        'Gives a session another date, length, link or place. Everyone invited gets the new invitation in place of the one before.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<session>', 'the number of the session')
      .option(
        '--date <date>',
        'when it starts: "2021-08-17 10:00" in the session’s own time zone, or 2021-08-17T15:00:00Z',
      )
      .action(
        acting<Details & { date?: string } & ChangeOptions, [string, string]>(
          async (context, options, id, session) => {
            const number = sessionTyped(session, context);
            const starts = options.date === undefined ? undefined : startTyped(options.date, context);
            const details = detailsTyped(options, context);
            if (!starts && Object.keys(details).length === 0)
              throw new UsageError(context.say('nothingToReschedule'));
            const { instantOf } = await dates();
            return runChange(context, options, id, {
              change: (view) => {
                const { timeZone } = knownSession(view, number);
                const startsAt =
                  starts &&
                  ('instant' in starts ? starts.instant : instantOf(starts.date, starts.time, timeZone));
                return { change: 'reschedule', session: number, ...(startsAt && { startsAt }), ...details };
              },
              facts: (view, change) => {
                const { startsAt, timeZone } = knownSession(view, number);
                const at = (change.change === 'reschedule' && change.startsAt) || startsAt;
                return at ? [dateFact(view, at, timeZone, context)] : [];
              },
            });
          },
        ),
      ),

  'reschedule-meeting': (program) =>
    detailed(changeCommand(program.command('reschedule-meeting')))
      .summary('move the coordination meeting, or change its length, link or place')
      .description(
        'Gives the coordination meeting another date, length, link or place. Everyone convened gets the new convocation in place of the one before.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .option(
        '--date <date>',
        'when it starts: "2021-06-11 10:00" in the meeting’s own time zone, or 2021-06-11T15:00:00Z',
      )
      .action(
        acting<Details & { date?: string } & ChangeOptions, [string]>(async (context, options, id) => {
          const starts = options.date === undefined ? undefined : startTyped(options.date, context);
          const details = detailsTyped(options, context);
          if (!starts && Object.keys(details).length === 0)
            throw new UsageError(context.say('nothingToReschedule'));
          const { instantOf } = await dates();
          return runChange(context, options, id, {
            change: ({ meeting: { timeZone } }) => {
              const startsAt =
                starts &&
                ('instant' in starts ? starts.instant : instantOf(starts.date, starts.time, timeZone));
              return { change: 'reschedule-meeting', ...(startsAt && { startsAt }), ...details };
            },
            facts: (view, change) => {
              const { startsAt, timeZone } = view.meeting;
              const at = (change.change === 'reschedule-meeting' && change.startsAt) || startsAt;
              return [dateFact(view, at, timeZone, context)];
            },
          });
        }),
      ),

  'cancel-meeting': (program) =>
    changeCommand(program.command('cancel-meeting'))
      .summary('call the coordination meeting off')
      .description(
        'Calls the coordination meeting off: everyone convened gets a cancellation, and the programme goes to the ministries for approval without it.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .action(
        acting<ChangeOptions, [string]>((context, options, id) =>
          runChange(context, options, id, { change: () => ({ change: 'cancel-meeting' }) }),
        ),
      ),

  'add-session': (program) =>
    detailed(changeCommand(program.command('add-session')))
      .summary('add a session to the programme')
      .description(
        'Adds a session, from a file that holds one entry of a programme file’s sessions, or from options: --contents, and --date with --starts or --window-from with --window-to.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .option('--file <file>', 'the session in YAML, as under sessions: of a programme file')
      .option('--contents <text>', 'what it is about')
      .option('--date <date>', 'its date, such as 2021-08-17')
      .option('--starts <time>', 'when it starts on its date, such as 10:00')
      .option('--window-from <date>', 'in place of a date: the first day on which it may be held')
      .option('--window-to <date>', 'the last day on which it may be held')
      .option('--timezone <zone>', 'the time zone of --starts (default: that of the coordination meeting)')
      .action(
        acting<AddOptions & ChangeOptions, [string]>(async (context, options, id) => {
          const session = await sessionGiven(options, context);
          const { instantOf } = await dates();
          const { date, starts } = session;
          const at = (view: CaseView) =>
            date && starts ? instantOf(date, starts, zoneOf(session, view)) : undefined;
          return runChange(context, options, id, {
            change: () => ({ change: 'add-session', as: session }),
            facts: (view, _, made) => addedFacts(view, session, at(view), made, context),
          });
        }),
      ),

  'cancel-session': (program) =>
    changeCommand(program.command('cancel-session'))
      .summary('cancel a session, which is not held')
      .description('Cancels a session: it is not held, and everyone invited gets a cancellation.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<session>', 'the number of the session')
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, session) => {
          const number = sessionTyped(session, context);
          return runChange(context, options, id, {
            change: (view) => ({ change: 'cancel-session', session: knownSession(view, number).number }),
          });
        }),
      ),

  'correct-minutes': (program) =>
    changeCommand(program.command('correct-minutes'))
      .summary('correct the minutes of a session that was recorded')
      .description(
        'Corrects what is on record of a session: minutes, attendance, outputs, commitments. What was recorded first is kept, and the delegations, where they have had it, get the corrected minutes with the reason.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<session>', 'the number of the session')
      .argument(
        '<file>',
        'minutes, attendance, outputs and commitments in YAML, which take the place of what there was; or the minutes as text',
      )
      .action(
        acting<ChangeOptions, [string, string, string]>(async (context, options, id, session, file) => {
          const number = sessionTyped(session, context);
          const corrected = await readMinutes(file, context);
          return runChange(context, options, id, {
            change: () => ({ change: 'correct-minutes', session: number, ...corrected }),
          });
        }),
      ),

  'correct-meeting': (program) =>
    changeCommand(program.command('correct-meeting'))
      .summary('correct what the coordination meeting agreed on')
      .description(
        'Corrects what is on record of the coordination meeting: minutes, attendance, outputs, commitments. What was recorded first is kept, and the delegations, where they have had it, get it anew with the reason.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument(
        '<file>',
        'minutes, attendance, outputs and commitments in YAML, which take the place of what there was; or the minutes as text',
      )
      .action(
        acting<ChangeOptions, [string, string]>(async (context, options, id, file) => {
          const corrected = await readMinutes(file, context);
          return runChange(context, options, id, {
            change: () => ({ change: 'correct-meeting', ...corrected }),
          });
        }),
      ),
} satisfies Partial<ChangeCommands>;

/** The calendars that come with it take a moment to load, which other commands need not wait for. */
const dates = () => import('../../domain/dates/dates.ts');

const zoneOf = ({ timezone }: SessionPlan, { programme }: CaseView): string =>
  timezone ?? programme.coordination.timezone;

const detailed = (command: Command): Command =>
  command
    .option('--hours <hours>', 'how long it lasts, in hours, such as 2')
    .option('--link <url>', 'where it meets, such as https://zoom.us/j/1234567890')
    .option('--place <text>', 'where it meets in person');

const detailsTyped = ({ hours, link, place }: Details, context: Context) => ({
  ...(hours !== undefined && { hours: hoursTyped(hours, context) }),
  ...(link !== undefined && { link: linkTyped(link, context) }),
  ...(place !== undefined && { place: placeTyped(place, context) }),
});

async function sessionGiven(options: AddOptions, context: Context): Promise<SessionPlan> {
  const { say } = context;
  const { file, contents, date, starts, windowFrom, windowTo, timezone } = options;
  const { hours, link, place } = options;
  const flags = [contents, date, starts, windowFrom, windowTo, timezone, hours, link, place];
  if (file !== undefined) {
    if (flags.some((one) => one !== undefined)) throw new UsageError(say('sessionFileOrOptions'));
    return readSession(file, context);
  }
  if (contents === undefined) throw new UsageError(say('contentsNeeded'));
  const rest = {
    contents: contentsTyped(contents, context),
    ...(timezone !== undefined && { timezone: zoneTyped(timezone, '--timezone', context) }),
    ...detailsTyped(options, context),
  };
  const dated = date !== undefined && starts !== undefined;
  const windowed = windowFrom !== undefined && windowTo !== undefined;
  const some = (...given: (string | undefined)[]) => given.some((one) => one !== undefined);
  if (dated && !some(windowFrom, windowTo))
    return {
      date: dateTyped(date, '--date', context),
      starts: timeTyped(starts, '--starts', context),
      ...rest,
    };
  if (windowed && !some(date, starts))
    return { window: periodTyped(windowFrom, windowTo, ['--window-from', '--window-to'], context), ...rest };
  throw new UsageError(say('dateOrWindow'));
}

const dateFact = (view: CaseView, at: string, timeZone: string, { say, language, now }: Context): Fact => [
  say('date'),
  moments(at, clocks(view, timeZone), language, now()),
];

function addedFacts(
  view: CaseView,
  session: SessionPlan,
  startsAt: string | undefined,
  made: boolean,
  context: Context,
): Fact[] {
  const { say, language, now } = context;
  const { window } = session;
  const timeZone = zoneOf(session, view);
  const added = made ? view.sessions.toSorted((a, b) => a.number - b.number).at(-1) : undefined;
  return [
    ...(added ? [[say('session'), sessionTitle(added.number, language)] satisfies Fact] : []),
    ...(startsAt ? [dateFact(view, startsAt, timeZone, context)] : []),
    ...(window
      ? [
          [
            say('date'),
            say('undefinedDate', { period: period(window, language, timeZone, now()) }),
          ] satisfies Fact,
        ]
      : []),
  ];
}
