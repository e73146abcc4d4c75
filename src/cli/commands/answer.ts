import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import type { Enclosures, GivenAnswer, GivenDecision } from '../../client/index.ts';
import { MARKS, type Mark } from '../../domain/answer.ts';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import { CHANGES_SEEN, OUTCOMES, type Outcome } from '../../domain/content.ts';
import { kinds, neededBy } from '../../domain/kinds/index.ts';
import { Refused } from '../../domain/refusal.ts';
import { endingOf, nextRevision, refuse } from '../../domain/request.ts';
import { COMMITMENT_OUTCOMES } from '../../domain/results/commitments.ts';
import { decisionLabel } from '../../words/kinds.ts';
import { requestLabel } from '../../words/labels.ts';
import { partyForms } from '../../words/names/parties.ts';
import { endLines } from '../brief.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { aboutCase, fileMistaken } from '../failures.ts';
import {
  openDocument,
  readCommitments,
  readMinutes,
  readPerson,
  readText,
  readTranslation,
} from '../files.ts';
import {
  knownPerson,
  knownRequest,
  publishTyped,
  RECORDED_OPTIONS,
  type RecordedOptions,
  recordedTyped,
  stateIn,
} from '../optionValues.ts';
import { printable } from '../terminal.ts';
import { slotLines } from './open.ts';

type Options = RecordedOptions & {
  by: string;
  approve?: boolean;
  changes?: string;
  done?: boolean;
  notHeld?: true | string;
  submit?: string;
  nothingToAdd?: boolean;
  marks?: string;
  date?: string;
  text?: string;
  came?: string;
  changed?: string;
  became?: string;
  minutes?: string;
  commitments?: string;
  person?: string;
  name?: string;
  email?: string;
  post?: string;
  publish?: string;
  subject?: string;
  corrects?: boolean;
  confirmed?: boolean;
  seen?: string;
};

/** `rial answer ID REQUEST`: an answer in a person's name. */
export function answer(program: Command): void {
  program
    .command('answer')
    .summary('answer a request, in a person’s name')
    .description(
      'Answers a request in a person’s name. Give exactly one of --approve, --changes, --done, --not-held, --submit, --nothing-to-add, --marks and --date; rial open tells the requests and rial show the people.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<request>', 'the request, such as coordination/approve-programme.1')
    .requiredOption('--by <person>', 'who answers, by the code that rial show tells, such as chl-mtps-1')
    .option('--approve', 'approves it as it is')
    .option('--changes <reason>', 'asks for changes, and says which and why')
    .option('--done', 'says that it is done; with --text, --minutes or a person where it needs one')
    .option('--not-held [reason]', 'says that the session was not held, and may say why')
    .option('--submit <file>', 'hands in a document; for a revised programme, or a translation, its file')
    .option(
      '--commitments <file>',
      'with --submit of a report: commitments, lessons and funding in YAML, which take the place of those that came with it before',
    )
    .option('--nothing-to-add', 'says that there is nothing to add to the report')
    .option('--marks <marks>', 'marks every date: SLOT=yes,SLOT=if-need-be,SLOT=no')
    .option('--date <date>', 'confirms a date: a slot, or an instant such as 2021-08-17T15:00:00Z')
    .option('--text <text>', 'with --done: the answer to a question; with --came, what it consists of')
    .option(
      '--came <kinds>',
      `with --done: what came of the cooperation, ${OUTCOMES.join(', ')}; several with commas`,
    )
    .option(
      '--changed <objectives>',
      `with --came: whether what each objective was to change did, by its number, ${CHANGES_SEEN.join(', ')}, as 1=brought,2=in-part`,
    )
    .option(
      '--became <commitments>',
      `with --done: what became of each commitment by its number, ${COMMITMENT_OUTCOMES.join(', ')}, as 1=kept,2=later:2022-03-31; --text stands beside each`,
    )
    .option(
      '--minutes <file>',
      'with --done: minutes, attendance, outputs and commitments in YAML, or the minutes as text',
    )
    .option('--person <file>', 'with --done: the consultant in YAML (name, email, post)')
    .option('--name <name>', 'with --done: the consultant’s name')
    .option('--email <email>', 'with --done: the consultant’s mail address')
    .option('--post <post>', 'with --done: the consultant’s post')
    .option(
      '--publish <publish>',
      'with --approve of a systematization sheet: whether people outside may read it, yes or no (default: not said)',
    )
    .option(
      '--subject <hash>',
      'the SHA-256 of what the answer is about (default: of what is asked about now)',
    )
    .option('--corrects', 'takes the place of the answer that stands of the person’s institution')
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .option(
      '--seen <number>',
      'with a revised programme: the number of the last change that you know of; one that was changed since is refused',
    )
    .option('--confirmed', 'hands in even what is the same as before, or as it was sent to begin with')
    .action(
      acting<Options, [string, string]>(async (context, options, id, request) => {
        const typed = await read(options, context);
        const api = await context.connect();
        try {
          return await give(api, context, typed, { ...options, id, request });
        } catch (error) {
          throw aboutCase(error, { id });
        }
      }),
    );
}

/** The decision that was typed, with what comes with it; a file is put in later. */
type TypedDecision = GivenDecision & Pick<GivenAnswer, 'recorded' | 'confirmed' | 'seen'>;

/** What was typed and stands in files, before anything is sent. @throws UsageError, FileMistaken */
async function read(options: Options, context: Context): Promise<TypedDecision> {
  const { confirmed, seen } = options;
  const { recorded } = recordedTyped(options, context);
  return {
    ...(await decided(options, context)),
    ...(recorded && { recorded }),
    ...(confirmed && { confirmed }),
    ...(seen !== undefined && { seen: Number(seen) }),
  };
}

async function decided(options: Options, context: Context): Promise<GivenDecision> {
  const { say } = context;
  const { approve, changes, done, notHeld, submit, nothingToAdd, marks, date } = options;
  const { came, changed, became, text, minutes, person } = options;
  const given: (GivenDecision | false | undefined)[] = [
    approve && { decision: 'approve', ...publishOf(options, context) },
    changes !== undefined && { decision: 'changes', reason: changes },
    done && { decision: 'done' },
    notHeld !== undefined && {
      decision: 'not-held',
      ...(typeof notHeld === 'string' && { reason: notHeld }),
    },
    submit !== undefined && { decision: 'submit' },
    nothingToAdd && { decision: 'nothing-to-add' },
    marks !== undefined && { decision: 'marks', marks: marksOf(marks, context) },
    date !== undefined && { decision: 'date', date },
  ];
  const [decision, ...others] = given.filter((one) => one !== false && one !== undefined);
  if (!decision || others.length > 0) throw new UsageError(say('oneDecision'));
  if (options.subject !== undefined && !/^[0-9a-f]{64}$/.test(options.subject))
    throw new UsageError(say('badSubject'));

  const contents = (
    ['came', 'changed', 'became', 'text', 'minutes', 'person', 'name', 'email', 'post'] as const
  ).filter((option) => options[option] !== undefined);
  if (!done && contents[0]) throw new UsageError(say('onlyWithDone', { option: `--${contents[0]}` }));
  const typed = contents.some((option) => option === 'name' || option === 'email' || option === 'post');
  const groups =
    [came ?? became ?? text, came && became, minutes, person].filter((one) => one !== undefined).length +
    Number(typed);
  if (groups > 1) throw new UsageError(say('oneContent'));
  if (options.publish !== undefined && !approve) throw new UsageError(say('onlyWithApprove'));
  if (decision.decision === 'submit' && options.commitments !== undefined)
    return { ...decision, ...(await readCommitments(options.commitments, context)) };
  if (options.commitments !== undefined) throw new UsageError(say('onlyWithSubmit'));
  if (decision.decision !== 'done') return decision;
  if (came !== undefined) {
    const objectives = changed === undefined ? {} : { objectives: changesOf(changed, context) };
    return { ...decision, outcomes: { came: cameOf(came, context), text: text ?? '', ...objectives } };
  }
  if (changed !== undefined) throw new UsageError(say('onlyWithCame'));
  if (became !== undefined) return { ...decision, fulfilment: fulfilmentOf(became, text, context) };
  if (text !== undefined) return { ...decision, text };
  if (minutes !== undefined) return { ...decision, minutes: await readMinutes(minutes, context) };
  if (person !== undefined) return { ...decision, person: await readPerson(person, context) };
  if (!typed) return decision;
  const { name, email, post } = options;
  if (name === undefined || email === undefined) throw new UsageError(say('nameAndEmail'));
  return { ...decision, person: { name, email, ...(post !== undefined && { post }) } };
}

const publishOf = ({ publish }: Options, context: Context) =>
  publish === undefined ? {} : { publish: publishTyped(publish, context) };

function cameOf(text: string, { say }: Context): Outcome[] {
  return text.split(',').map((part) => {
    const known = OUTCOMES.find((one) => one === part.trim());
    if (!known) throw new UsageError(say('badOutcome', { outcome: part.trim(), known: OUTCOMES.join(', ') }));
    return known;
  });
}

/** `1=brought,2=in-part`. */
function changesOf(
  typed: string,
  { say }: Context,
): NonNullable<NonNullable<Enclosures['outcomes']>['objectives']> {
  return typed.split(',').map((part) => {
    const [, number, said] = /^\s*(\d{1,4})\s*=\s*([a-z-]+)\s*$/.exec(part) ?? [];
    const seen = CHANGES_SEEN.find((one) => one === said);
    if (!seen) throw new UsageError(say('badChanged', { part: part.trim(), known: CHANGES_SEEN.join(', ') }));
    return { objective: Number(number), seen };
  });
}

/** `1=kept,2=later:2022-03-31`, with a text beside each. */
function fulfilmentOf(
  typed: string,
  text: string | undefined,
  { say }: Context,
): NonNullable<Enclosures['fulfilment']> {
  return typed.split(',').map((part) => {
    const [, number, became, until] = /^\s*(\d{1,4})\s*=\s*([a-z-]+)(?::(\S+))?\s*$/.exec(part) ?? [];
    const outcome = COMMITMENT_OUTCOMES.find((one) => one === became);
    if (!outcome)
      throw new UsageError(
        say('badFulfilment', { part: part.trim(), known: COMMITMENT_OUTCOMES.join(', ') }),
      );
    return {
      ...{ commitment: Number(number), outcome },
      ...(until !== undefined && { until }),
      ...(text !== undefined && { text }),
    };
  });
}

function marksOf(text: string, { say }: Context): Record<string, Mark> {
  const marks: Record<string, Mark> = Object.create(null);
  for (const part of text.split(',')) {
    const [, slot, mark] = /^\s*([^\s=]+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    const known = MARKS.find((one) => one === mark);
    if (!slot || !known) throw new UsageError(say('badMarks', { mark: part.trim() }));
    if (slot in marks) throw new UsageError(say('markTwice', { slot }));
    marks[slot] = known;
  }
  return { ...marks };
}

/** Refusals that are told with the dates there are. */
const ABOUT_SLOTS: readonly string[] = ['UnknownSlot', 'DateUnreadable', 'MarkMissing'];

async function give(
  api: ApiClient,
  context: Context,
  typed: TypedDecision,
  given: Pick<Options, 'by' | 'subject' | 'submit' | 'corrects'> & { id: string; request: string },
): Promise<number> {
  const { say, language } = context;
  const { id, by, submit } = given;
  const { decision } = typed;
  const view = await api.show({ id });
  const shown = printable(view);
  try {
    const request = knownRequest(view, given.request);
    const answer: GivenAnswer = {
      ...typed,
      request: request.id,
      by,
      subject: given.subject ?? request.subject.hash,
      ...(given.corrects && correcting(view, request, by)),
    };
    if (submit !== undefined)
      Object.assign(answer, await submitted(api, context, view, request, answer, submit));
    const accepted = await api.answer({ id, body: answer });
    if (context.json) {
      context.printJson(accepted);
      return EXIT.done;
    }
    const name = shown.people.find((one) => one.id === by)?.name ?? by;
    context.print([
      say('answered', {
        request: requestLabel(printable(request), language),
        decision: decisionLabel(request, decision, language),
        name,
      }),
      accepted.stillOwing.length > 0
        ? say('stillOwing', partyForms(shown.programme, accepted.stillOwing, language))
        : say('allAnswered'),
      ...(decision === kinds[request.kind].ends ? endLines(printable(request), shown, context) : []),
    ]);
    return EXIT.done;
  } catch (error) {
    if (error instanceof Refused && ABOUT_SLOTS.includes(error.code) && !context.json) {
      const request = shown.requests.find((one) => one.id === given.request);
      if (request) context.note(slotLines(request, shown, context).slice(1));
    }
    throw aboutCase(submit === undefined ? error : fileMistaken(error, submit), { view, by });
  }
}

/** The number of an answer that takes the place of the one which stands. */
function correcting(view: CaseView, request: RequestView, by: string): Pick<GivenAnswer, 'revision'> {
  const { party } = knownPerson(view, by);
  const state = stateIn(request);
  if (state.answers.every((one) => one.party !== party))
    throw new Refused({ code: 'AnswerNotStanding', request: request.id, party, revision: 1 });
  return { revision: nextRevision(state, party) };
}

/** Sends what is submitted ahead of its answer, and says how the answer names it. */
async function submitted(
  api: ApiClient,
  context: Context,
  view: CaseView,
  request: RequestView,
  answer: GivenAnswer,
  file: string,
): Promise<Enclosures> {
  if (neededBy(request.kind) === 'programme') return { programme: await readText(file, context) };
  if (neededBy(request.kind) === 'translation') return { translation: await readTranslation(file, context) };
  const kind = kinds[request.kind].brings;
  if (neededBy(request.kind) !== 'document' || !kind) {
    const { id, kind, decisions } = request;
    throw new Refused({
      ...{ code: 'DecisionNotTaken', request: id, kind },
      ...{ decision: 'submit', takes: decisions },
    });
  }
  refuseEarly(view, request, answer);
  const { fileName, bytes } = await openDocument(file, context);
  const { by, recorded } = answer;
  const { sha256 } = await api.putDocument({
    ...{ id: view.id, by, name: fileName, kind, body: bytes },
    ...(recorded && { recordedBy: recorded.by, how: recorded.how }),
  });
  return { document: sha256 };
}

/**
 * Refuses by the same rules as the workflow, and before the document is sent for nothing. Should somebody be faster
 * still, the server refuses.
 */
function refuseEarly(view: CaseView, request: RequestView, { by, subject, revision }: GivenAnswer): void {
  const { party } = knownPerson(view, by);
  const state = stateIn(request);
  const refusal = refuse(state, {
    ...{ request: request.id, subject, party, by, decision: 'submit' },
    content: createHash('sha256').digest('hex'),
    ...(revision !== undefined && { revision }),
  });
  if (refusal) throw new Refused(refusal);
  const { id, closedAt } = request;
  if (closedAt !== null)
    throw new Refused({ code: 'RequestClosed', request: id, how: endingOf(state) ?? 'answered' });
}
