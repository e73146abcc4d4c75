import { partyZone, type RequestView } from '../../domain/caseView.ts';
import { Refused } from '../../domain/refusal.ts';
import { endingOf } from '../../domain/request.ts';
import { moments } from '../../words/dates/shortDates.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { dateTyped, knownParty, knownPerson, knownRequest, stateIn } from '../optionValues.ts';
import { type ChangeCommands, type ChangeOptions, changeCommand, type Fact, runChange } from './change.ts';

/** What the Secretariat decides about one request: more time, another addressee, or none. */
export const periods = {
  extend: (program) =>
    changeCommand(program.command('extend'))
      .summary('give those who still owe an answer more time')
      .description(
        'Gives more time to those who still owe an answer to a request: until 18:00 on a date, on the clock of each one’s capital. Reminders are planned anew.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<request>', 'the request, such as coordination/approve-programme.1')
      .requiredOption('--until <date>', 'the new last day, such as 2021-08-27')
      .action(
        acting<{ until: string } & ChangeOptions, [string, string]>(async (context, options, id, request) => {
          const due = dateTyped(options.until, '--until', context);
          const { instantOf } = await import('../../domain/dates/dates.ts');
          return runChange(context, options, id, {
            change: (view) => ({ change: 'extend', request: knownRequest(view, request).id, due }),
            facts: (view, _, made) => {
              const { owing, dueAt } = knownRequest(view, request);
              const zones = owing.map((party) => partyZone(view, party));
              if (zones.length === 0) return [];
              // Asked of several, it is due when the last of their offices closes.
              const [latest = dueAt] = zones
                .map((zone) => instantOf(due, '18:00', zone))
                .sort()
                .reverse();
              return [dueFact(made ? dueAt : latest, zones, context)];
            },
          });
        }),
      ),

  reassign: (program) =>
    changeCommand(program.command('reassign'))
      .summary('ask another party in place of one that owes an answer')
      .description('Asks another party for an answer in place of one that owes it.')
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<request>', 'the request, such as documents/answer-question-2.1')
      .requiredOption('--from <party>', 'who owes the answer, such as chl-mtps')
      .requiredOption('--to <party>', 'who is asked in its place')
      .action(
        acting<{ from: string; to: string } & ChangeOptions, [string, string]>(
          async (context, options, id, request) =>
            runChange(context, options, id, {
              change: (view) => ({
                change: 'reassign',
                request: knownRequest(view, request).id,
                from: knownParty(view, options.from),
                to: knownParty(view, options.to),
              }),
              facts: (view, _, made) =>
                made
                  ? [dueFact(knownRequest(view, request).dueAt, [partyZone(view, options.to)], context)]
                  : [],
            }),
        ),
      ),

  waive: (program) =>
    changeCommand(program.command('waive'))
      .summary('do without a party’s answer')
      .description(
        'Does without a party’s answer to a request. Answers that what follows cannot do without are not waived: extend or reassign them.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<request>', 'the request, such as documents/send-documents.1')
      .option('--party <party>', 'whose answer; may be left out where one party alone owes it')
      .action(
        acting<{ party?: string } & ChangeOptions, [string, string]>(async (context, options, id, request) =>
          runChange(context, options, id, {
            change: (view) => {
              const found = knownRequest(view, request);
              const party =
                options.party === undefined ? theOneOwing(found, context) : knownParty(view, options.party);
              return { change: 'waive', request, party };
            },
            facts: (view, change) => {
              const waived = change.change === 'waive' ? change.party : '';
              const left = knownRequest(view, request).owing.filter((party) => party !== waived);
              const names = left
                .map((party) => partyNamed(view.programme, party, context.language))
                .join(', ');
              return [[context.say('waitsOn'), names || context.say('nobody')]];
            },
          }),
        ),
      ),

  annul: (program) =>
    changeCommand(program.command('annul'))
      .summary('annul an answer, although it was used')
      .description(
        'Annuls an answer to a request, as long as its step is under way: what followed from it is undone, a date that was fixed is cancelled, and the answer is asked for again.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<request>', 'the request, such as coordination/approve-programme.1')
      .option('--party <party>', 'whose answer; may be left out where one party alone has answered')
      .action(
        acting<{ party?: string } & ChangeOptions, [string, string]>(async (context, options, id, request) =>
          runChange(context, options, id, {
            change: (view) => {
              const found = knownRequest(view, request);
              const party =
                options.party === undefined
                  ? theOneAnswering(found, context)
                  : knownParty(view, options.party);
              return { change: 'annul', request: found.id, party };
            },
            facts: (view, change, made) => {
              if (change.change !== 'annul' || !made) return [];
              const { renewedBy, id: same } = knownRequest(view, change.request);
              const now = knownRequest(view, renewedBy ?? same);
              return [
                [context.say('askedAgain'), now.id],
                dueFact(now.dueAt, [partyZone(view, change.party)], context),
              ];
            },
          }),
        ),
      ),

  'hand-over': (program) =>
    changeCommand(program.command('hand-over'))
      .summary('pass a request from a person to a colleague')
      .description(
        'Passes a request from a person to a colleague of the same institution. Both are on record.',
      )
      .argument('<id>', 'the cooperation, such as 14-per-chl')
      .argument('<request>', 'the request, such as coordination/approve-programme.1')
      .requiredOption('--from <person>', 'who passes it on, by the code that rial show tells')
      .requiredOption('--to <person>', 'the colleague')
      .action(
        acting<{ from: string; to: string } & ChangeOptions, [string, string]>(
          async (context, options, id, request) =>
            runChange(context, options, id, {
              change: (view) => ({
                change: 'hand-over',
                request: knownRequest(view, request).id,
                from: knownPerson(view, options.from).id,
                to: knownPerson(view, options.to).id,
              }),
            }),
        ),
      ),
} satisfies Partial<ChangeCommands>;

const dueFact = (dueAt: string, zones: readonly string[], { say, language, now }: Context): Fact => [
  say('due'),
  moments(dueAt, zones, language, now()),
];

function theOneOwing(request: RequestView, { say }: Context): string {
  const { id, owing } = request;
  const [party, ...others] = owing;
  if (party === undefined)
    throw new Refused({ code: 'RequestClosed', request: id, how: endingOf(stateIn(request)) ?? 'answered' });
  if (others.length > 0) throw new UsageError(say('whichParty', { parties: owing.join(', ') }));
  return party;
}

function theOneAnswering({ id, answers }: RequestView, { say }: Context): string {
  const [party, ...others] = answers.map((answer) => answer.party);
  if (party === undefined) throw new UsageError(say('nobodyAnswered', { request: id }));
  if (others.length > 0) throw new UsageError(say('whoseAnswer', { parties: [party, ...others].join(', ') }));
  return party;
}
