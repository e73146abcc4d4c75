import type { Command } from 'commander';
import {
  type CaseView,
  isWaivable,
  openRequests,
  partyZone,
  type RequestView,
  waitsOnDecision,
} from '../../domain/caseView.ts';
import { isRunning } from '../../words/brief.ts';
import { labelled } from '../../words/changes.ts';
import { ago, moment, moments } from '../../words/dates/shortDates.ts';
import { requestLabel } from '../../words/labels.ts';
import { partyNamed, personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { type Line, printable, type Row, table, wrapped } from '../terminal.ts';

/** `rial open ID`: what a cooperation waits for, and from whom. */
export function open(program: Command): void {
  program
    .command('open')
    .summary('what waits on whom')
    .description(
      'Shows what a cooperation waits for: from whom, since when and until when, overdue first. Below each request is its id, for rial answer.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .action(
      acting<object, [string]>(async (context, _, id) => {
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        if (context.json) context.printJson(openRequests(view.requests));
        else context.print(lines(printable(view), context));
        return EXIT.done;
      }),
    );
}

function lines(view: CaseView, context: Context): string[] {
  const { say, language, terminal, typed } = context;
  const { columns, paint } = terminal;
  const open = openRequests(view.requests);
  if (open.length === 0) {
    const when = view.closedAt && moment(view.closedAt, partyZone(view, undefined), language, context.now());
    const over = view.cancelledAt ? 'cancelledAt' : 'overAt';
    return [
      ...pausedLines(view, context),
      ...wrapped(when ? say(over, { id: view.id, when }) : say('nothingOpen', { id: view.id }), columns),
    ];
  }
  return [
    ...pausedLines(view, context),
    ...table(
      [say('waitsOn'), say('since'), say('due'), say('request')],
      open.flatMap((request) => rowsOf(request, view, context)),
      terminal,
    ),
    ...open.flatMap((request) => slotLines(request, view, context)),
    '',
    ...wrapped(say('answerWith', { id: view.id, ...typed }), columns).map((line) => paint.dim(line)),
  ];
}

function pausedLines({ id, pausedAt }: CaseView, { say, language, now, terminal, typed }: Context): string[] {
  if (!pausedAt) return [];
  const { columns, paint } = terminal;
  const said = say('pausedNote', { id, when: ago(pausedAt, language, now()), ...typed });
  return [...wrapped(said, columns).map((line) => paint.yellow(line)), ''];
}

/**
 * One row for each party that owes an answer, with the due time on the clock of its capital. Where every reminder was
 * in vain the row is the Secretariat's, and tells who is silent.
 */
function rowsOf(request: RequestView, view: CaseView, context: Context): Row[] {
  const { say, language, terminal } = context;
  const { paint } = terminal;
  // While time stands still nothing is late.
  const overdue = request.overdue && !view.pausedAt;
  const style = overdue ? paint.red : undefined;
  const silent = request.asked.filter(({ party }) => request.owing.includes(party));
  const decide = waitsOnDecision(request) && !view.pausedAt;
  const whose = decide ? silent.slice(0, 1) : silent;
  return whose.map(({ party, timeZone }) => ({
    cells: [
      marked(
        `${overdue ? '! ' : ''}${decide ? say('secretariat') : partyNamed(view.programme, party, language)}`,
        style,
      ),
      ago(request.openedAt, language, context.now()),
      // While the cooperation is paused no period runs.
      isRunning(request) ? marked(moment(request.dueAt, timeZone, language, context.now()), style) : '—',
      requestLabel(request, language),
    ],
    below: [
      overdue
        ? { text: `${request.id}  ${say('overdue')}`, style: paint.red }
        : { text: request.id, style: paint.dim },
      ...(decide ? [decision(request, silent, view, context)] : []),
      ...notes(request, view, context),
    ],
  }));
}

function decision(
  request: RequestView,
  silent: RequestView['asked'],
  view: CaseView,
  { say, language, terminal: { paint } }: Context,
): Line {
  const what = say(isWaivable(request) ? 'waitsToDecide' : 'waitsToDecideWithin');
  const parties = silent.map(({ party }) => partyNamed(view.programme, party, language)).join(', ');
  return { text: `${what} (${say('silent', { parties })})`, style: paint.red };
}

/** Who need not answer, who answers in whose place, and what went wrong. */
function notes(
  { waived, handedOver, trouble }: RequestView,
  view: CaseView,
  { say, language, terminal: { paint } }: Context,
): Line[] {
  const parties = waived.map((party) => partyNamed(view.programme, party, language)).join(', ');
  return [
    ...(parties ? [{ text: labelled('waive', [parties], say), style: paint.dim }] : []),
    ...handedOver.map(({ from, to, absent }) => ({
      text: labelled('hand-over', [passed(view, from, to, absent, say)], say),
      style: paint.dim,
    })),
    ...(trouble
      ? [{ text: speaker('brief.part', language)('troubleIs', { trouble }), style: paint.yellow }]
      : []),
  ];
}

const passed = (view: CaseView, from: string, to: string, absent: boolean, say: Context['say']): string =>
  say('passed', {
    from: personName(view, from),
    to: personName(view, to),
    absent: absent ? 'yes' : 'no',
  });

const marked = (text: string, style: ((text: string) => string) | undefined) =>
  style ? { text, style } : { text };

/** The dates that can be marked or chosen, on the clocks of all who are asked. */
export function slotLines(
  { id, slots }: RequestView,
  view: CaseView,
  { say, language, now, terminal }: Pick<Context, 'say' | 'language' | 'now' | 'terminal'>,
): string[] {
  if (slots.length === 0) return [];
  const zones = view.programme.institutions.map(({ id }) => partyZone(view, id));
  const { columns, paint } = terminal;
  return [
    '',
    ...wrapped(say('slotsOf', { request: id }), columns).map((line) => paint.bold(line)),
    ...slots.flatMap((slot) =>
      wrapped(`${slot.id}  ${moments(slot.startsAt, zones, language, now())}`, columns - 4).map(
        (line, at) => (at === 0 ? '  ' : '    ') + line,
      ),
    ),
  ];
}
