import type { Command } from 'commander';
import type { CaseView, RequestView } from '../../casefile/caseView.ts';
import { requestLabel } from '../../domain/vocabulary.ts';
import { acting, type Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { about } from '../failures.ts';
import { openRequests, partyName, partyZone } from '../labels.ts';
import { clean, type Row, table, wrapped } from '../terminal.ts';
import { ago, moment, moments } from '../times.ts';

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
        const view = await api.show(id).catch((error: unknown) => {
          throw about(error, { id });
        });
        if (context.json) context.printJson(openRequests(view.requests));
        else context.print(lines(clean(view), context));
        return EXIT.done;
      }),
    );
}

function lines(view: CaseView, context: Context): string[] {
  const { say, language, terminal } = context;
  const { columns, paint } = terminal;
  const open = openRequests(view.requests);
  if (open.length === 0) {
    const when = view.closedAt && moment(view.closedAt, partyZone(view, undefined), language, context.now());
    return wrapped(
      when ? say('overAt', { id: view.id, when }) : say('nothingOpen', { id: view.id }),
      columns,
    );
  }
  return [
    ...table(
      [say('waitsOn'), say('since'), say('due'), say('request')],
      open.flatMap((request) => rowsOf(request, view, context)),
      terminal,
    ),
    ...open.flatMap((request) => slotLines(request, view, context)),
    '',
    ...wrapped(say('answerWith', { id: view.id }), columns).map((line) => paint.dim(line)),
  ];
}

/** One row for each party that owes an answer, with the due time on the clock of its capital. */
function rowsOf(request: RequestView, view: CaseView, context: Context): Row[] {
  const { say, language, terminal } = context;
  const { paint } = terminal;
  const { overdue, trouble } = request;
  const style = overdue ? paint.red : undefined;
  return request.asked
    .filter(({ party }) => request.owing.includes(party))
    .map(({ party, timeZone }) => ({
      cells: [
        marked(`${overdue ? '! ' : ''}${partyName(view, party, language)}`, style),
        ago(request.openedAt, language, context.now()),
        marked(moment(request.dueAt, timeZone, language, context.now()), style),
        requestLabel(request, language),
      ],
      below: [
        overdue
          ? { text: `${request.id}  ${say('overdue')}`, style: paint.red }
          : { text: request.id, style: paint.dim },
        ...(trouble ? [{ text: trouble, style: paint.yellow }] : []),
      ],
    }));
}

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
