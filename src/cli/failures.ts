import { ApiError, Unreachable } from '../api/errors.ts';
import { type CaseView, partyZone } from '../domain/caseView.ts';
import type { Enclosure } from '../domain/kinds/kind.ts';
import type { Language } from '../domain/language.ts';
import type { Mistake } from '../domain/mistake.ts';
import { type FixedPart, type Refusal, type RefusalCode, Refused } from '../domain/refusal.ts';
import { DEFAULT_URL } from '../process/commandFlags.ts';
import { moment, shortDate } from '../words/dates/shortDates.ts';
import { mistakeLine, mistakeText } from '../words/mistakes.ts';
import { refusalText } from '../words/refusals.ts';
import { type Key, speaker } from '../words/speaker.ts';
import { tokenFile } from './connection.ts';
import type { Context } from './context.ts';
import { exitOf } from './conventions.ts';
import { EXIT, FileMistaken, NotDone, UsageError } from './errors.ts';
import { printable, terminalOf, wrapped } from './terminal.ts';

/** The case that an error is about, where a command knows it: it names what a refusal has by codes; and in whose name it was done. */
export type About = { id?: string; view?: CaseView; by?: string };

const abouts = new WeakMap<object, About>();

/** Notes on an error what the command was about, for {@link report} to say it. Returns the error. */
export function aboutCase<E>(error: E, what: About): E {
  if (typeof error === 'object' && error !== null) abouts.set(error, { ...abouts.get(error), ...what });
  return error;
}

/** What a call fails with, the command's case noted on it: `api.show({ id }).catch(throwAbout({ id }))`. */
export const throwAbout =
  (what: About) =>
  (error: unknown): never => {
    throw aboutCase(error, what);
  };

/** A refusal for a file's mistakes as one that tells each at its place; any other error as it is. */
export const fileMistaken = (error: unknown, file: string): unknown =>
  error instanceof Refused && error.refusal.code === 'ProgrammeMistaken'
    ? new FileMistaken(file, error.refusal.mistakes)
    : error;

type Explanation = {
  exit: number;
  code: string;
  message: string;
  /** With which command, or a stack. */
  detail?: string | undefined;
  /** What the words are of. */
  values?: object;
  mistakes?: readonly Mistake[] | undefined;
  file?: string;
};

/** Says on the standard error output what was wrong and what to do; as JSON under `--json`. Returns the exit code. */
export function report(error: unknown, context: Context): number {
  const { exit, code, message, detail, values, mistakes, file } = printable(explain(error, context));
  if (context.json) {
    context.note(
      JSON.stringify({
        error: { code, ...values, message, ...(mistakes && { mistakes: withWords(mistakes, context) }) },
      }),
    );
    return exit;
  }
  const { columns, paint } = terminalOf(process.stderr, context.env);
  if (mistakes)
    context.note(
      mistakes.flatMap((mistake) =>
        wrapped(mistakeLine(mistake, file ?? '', context.language), columns - 2).map((text, at) =>
          at === 0 ? text : `  ${text}`,
        ),
      ),
    );
  context.note(wrapped(message, columns).map((line) => paint.red(line)));
  if (detail) context.note(wrapped(detail, columns).map((line) => paint.dim(line)));
  return exit;
}

/** Mistakes as programs read them, each with what it is called in the reader's language. */
export const withWords = (mistakes: readonly Mistake[], { language }: Pick<Context, 'language'>) =>
  mistakes.map((mistake) => ({ ...mistake, message: mistakeText(mistake, language) }));

function explain(error: unknown, context: Context): Explanation {
  const { say } = context;
  if (error instanceof UsageError) return { exit: EXIT.usage, code: 'Usage', message: error.message };
  if (error instanceof NotDone) return { exit: EXIT.refused, code: error.code, message: error.message };
  if (error instanceof FileMistaken)
    return {
      exit: EXIT.mistaken,
      code: 'FileMistaken',
      message: say('mistakeCount', { file: error.file, count: error.mistakes.length }),
      mistakes: error.mistakes,
      file: error.file,
    };
  if (error instanceof Unreachable)
    return {
      exit: EXIT.unreachable,
      code: 'Unreachable',
      message: say(error.late ? 'late' : 'unreachable', { url: error.url }),
    };
  if (error instanceof Refused) return refused(error, context);
  if (error instanceof ApiError) return unanswered(error, context);
  return {
    exit: EXIT.internal,
    code: 'Internal',
    message: say('internal'),
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/** How what comes with an answer is written on the command line. */
const NEEDS: Record<Enclosure, string> = {
  reason: '--changes "…"',
  minutes: '--done --minutes acta.yaml',
  text: '--done --text "…"',
  person: '--done --name "…" --email …',
  outcomes: '--done --came processes,training --changed 1=in-part --text "…"',
  fulfilment: '--done --became 1=kept --text "…"',
  programme: '--submit programa.yaml',
  translation: '--submit traduccion.yaml',
  document: '--submit documento.docx',
  documents: '--done',
  commitments: '--commitments compromisos.yaml',
  lessons: '--commitments compromisos.yaml',
  funding: '--commitments compromisos.yaml',
  marks: '--marks …',
  date: '--date …',
  publish: '--approve --publish yes',
};

/** What the server answered that is no refusal. */
function unanswered({ code, message, status }: ApiError, { say, connection, env }: Context): Explanation {
  if (code === 'UnexpectedAnswer')
    return {
      exit: EXIT.unreachable,
      code,
      message: say('notRial', { url: connection.url ?? (env.RIAL_URL || DEFAULT_URL) }),
      detail: message,
    };
  if (code === 'Unauthorized') {
    const source =
      env.RIAL_TOKEN && connection.tokenFile === undefined ? 'RIAL_TOKEN' : tokenFile(connection, env);
    return { exit: EXIT.refused, code, message: say('Unauthorized', { source }) };
  }
  if (code === 'Internal') return { exit: EXIT.internal, code, message: say('Internal') };
  return { exit: status >= 500 ? EXIT.internal : EXIT.refused, code, message };
}

/** A refusal in the reader's language, and with which command what it advises is done. */
function refused(error: Refused, { language, now, typed }: Context): Explanation {
  const { code, ...values } = error.refusal;
  const { view, by, id = view?.id ?? '' } = abouts.get(error) ?? {};
  const zone = (party?: string) => (view ? partyZone(view, party) : 'UTC');
  const message = refusalText(error.refusal, {
    ...{ language, view, inNameOf: by, codes: true },
    when: (instant, party) => moment(instant, zone(party), language, now()),
    day: (day) => shortDate(day, language, zone(), now()),
  });
  const exit = exitOf(code);
  // Each mistake has words of its own.
  const mistakes = 'mistakes' in error.refusal ? error.refusal.mistakes : undefined;
  return { exit, code, values, message, mistakes, detail: advice(error.refusal, { id, ...typed }, language) };
}

type Hint = Exclude<Key<'refusals.command'>, 'flags'>;

/** The command by which is done what a refusal advises, where it is one. */
const HINTS: { readonly [C in RefusalCode]: Hint | null } = {
  Malformed: null,
  TextUnreadable: null,
  NotJson: null,
  TooLarge: null,
  CooperationUnknown: 'list',
  CallUnknown: 'list',
  RequestUnknown: 'open',
  SessionUnknown: 'show',
  PersonUnknown: 'people',
  PersonLeft: 'people',
  PartyUnknown: null,
  DocumentUnknown: 'show',
  AlreadyWithheld: 'show',
  SheetUnpublished: 'show',
  SheetAsked: 'open',
  SheetNotAsked: 'open',
  NothingToAnnul: 'show',
  AnswerLasts: 'show',
  NotWithheld: 'show',
  DocumentStands: 'show',
  HistoryUnknown: null,
  ChangeUnknown: null,
  ContentUnknown: null,
  CooperationTaken: null,
  CooperationEnded: 'rebuild',
  NothingToRebuild: 'show',
  CooperationOver: null,
  Paused: 'resume',
  NotPaused: null,
  NotUnderWay: 'show',
  ExchangeNotOpen: 'show',
  InspectionUnavailable: null,
  QuotaReached: null,
  Unavailable: null,
  DatabaseAway: null,
  DatabaseAwayMidway: 'show',
  StoreFull: null,
  ProgrammeMistaken: 'check',
  RequestClosed: 'open',
  NotAsked: 'open',
  NotOfParty: 'people',
  NotSecretariat: 'people',
  AlreadyAnswered: null,
  AnswerNotStanding: 'open',
  AnswerUsed: 'open',
  SubjectSuperseded: 'open',
  DecisionNotTaken: null,
  EnclosureNotTaken: null,
  ReasonMissing: null,
  HowMissing: null,
  RecordedMissing: null,
  AnswerNotAwaited: 'open',
  OutsideRefused: null,
  ContentMissing: null,
  ContentMistaken: null,
  NothingNew: null,
  RevisionTooWide: 'amend',
  UnknownSlot: 'open',
  DateUnreadable: 'open',
  MarkMissing: 'open',
  DateOutsideWindow: 'open',
  DocumentRefused: null,
  DocumentOfOther: 'show',
  MailNotSendable: null,
  NobodyToWriteTo: null,
  ReadersChanged: null,
  SheetNotPublished: 'show',
  SheetWithdrawn: 'show',
  NotFocalPoint: 'people',
  CertificatesTooEarly: 'show',
  CertificateUnknown: null,
  CertificateWithdrawn: null,
  PaperNotYet: 'show',
  PaperNotTheirs: 'people',
  PaperForeign: null,
  PaperOutdated: null,
  PaperUnsigned: null,
  PaperUnsound: null,
  EnquiryUnknown: 'show',
  UnfiledMailUnknown: 'show',
  MailAnswerUnknown: 'show',
  EnquiryAnswered: 'show',
  ChangeElsewhere: null,
  WrittenSince: null,
  ChangedSince: 'show',
  NotOwing: 'open',
  AlreadyAsked: 'open',
  NotWaivable: 'request',
  LastToAnswer: 'request',
  DateNotLater: 'open',
  DatePast: null,
  DayPast: null,
  VouchesForItself: null,
  NobodyAnswers: null,
  NoColleague: 'replace',
  NotColleague: 'people',
  HasItAlready: 'people',
  HandedOverAlready: null,
  Away: 'people',
  AwayAlready: null,
  NotAway: 'show',
  PeriodReversed: null,
  IsGuest: 'people',
  IsObserver: 'people',
  LastOfParty: 'replace',
  FocalPointLeaves: 'focalPoint',
  FocalPointAlready: 'people',
  StandInLeaves: 'replace',
  NotGuest: 'people',
  AddressTaken: 'people',
  NoAddress: 'people',
  GuestInvited: null,
  PersonSame: 'show',
  MeetingOver: 'show',
  MeetingSame: 'show',
  MeetingNotRecorded: 'show',
  AgreedTheSame: 'show',
  SessionRecorded: 'show',
  SessionNotRecorded: 'show',
  MinutesTheSame: 'show',
  CommitmentTheSame: 'show',
  CommitmentNotLater: 'show',
  CommitmentUnknown: 'show',
  CommitmentUntold: 'show',
  ObjectiveUnknown: 'show',
  ObjectiveUntold: 'show',
  ParagraphUnknown: 'show',
  ParagraphUntranslated: 'show',
  SessionCancelled: 'addSession',
  SessionOver: 'reschedule',
  SessionTooLong: null,
  SessionSame: 'show',
  SessionThere: 'show',
  TooManySessions: 'reschedule',
  SessionMistaken: null,
  LastSession: 'cancel',
  ProgrammeSame: null,
  CorrectionMistaken: 'check',
  NotAmendable: null,
  ConsultantNamed: 'persons',
  ConsultantAsked: 'open',
  StaffUnknown: null,
  AddressUnknown: null,
  StaffAlready: null,
  LastStaff: null,
  TokenUnknown: null,
  TemplateUnknown: null,
  LogoUnknown: null,
};

/** By which command each part is changed that a corrected programme leaves as it is. */
const FIXED: Readonly<Record<FixedPart, Hint | null>> = {
  id: null,
  language: null,
  modality: null,
  call: null,
  coordination: 'rescheduleMeeting',
  meeting: 'reschedule',
  sessions: 'sessions',
  session: 'reschedule',
  guests: 'guests',
  institution: null,
  participants: 'persons',
  finalReport: null,
  followUp: null,
  translation: null,
  consultant: 'persons',
};

function advice(
  refusal: Refusal,
  typed: Context['typed'] & { id: string },
  language: Language,
): string | undefined {
  const say = speaker('refusals.command', language);
  const flags = flagsOf(refusal);
  if (flags) return say('flags', { flags });
  const hint = refusal.code === 'NotAmendable' ? FIXED[refusal.part] : HINTS[refusal.code];
  if (!hint) return undefined;
  return say(hint, typed);
}

/** What is typed in place of what was refused, where it is an answer's. */
function flagsOf(refusal: Refusal): string | undefined {
  switch (refusal.code) {
    case 'DecisionNotTaken':
      return refusal.takes.map(flagOf).join(', ');
    case 'ContentMissing':
      return NEEDS[refusal.needs];
    case 'ReasonMissing':
      return NEEDS.reason;
    case 'HowMissing':
      return '--how "…"';
    case 'NothingNew':
      return '--confirmed';
    case 'RecordedMissing':
      return '--recorded-by … --how "…"';
    default:
      return undefined;
  }
}

/** How a decision is written on the command line. */
const flagOf = (decision: string): string =>
  ({ changes: '--changes "…"', submit: '--submit …', marks: '--marks …', date: '--date …' })[decision] ??
  `--${decision}`;
