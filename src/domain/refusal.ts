import { z } from 'zod';
import { ENDINGS } from './endings.ts';
import { REQUEST_KINDS } from './kinds/index.ts';
import { DECISIONS, ENCLOSURES, LASTING } from './kinds/kind.ts';
import { mistake } from './mistake.ts';
import { STAFF_ROLES } from './people/staffRole.ts';
import { refusalLine } from './refusalLine.ts';

/**
 * Why something that was asked for is not done: a closed list of codes, each with the values that its words need.
 * Nothing here is put into words; `src/words/refusals.ts` says a refusal in a language. Values are codes, ids, counts,
 * hashes (SHA-256 in hex), instants (ISO 8601 in UTC) and days (`2021-08-27`), so that a refusal may travel through
 * Temporal: no name and no text. Refusing changes nothing.
 */

const text = z.string();
const texts = z.array(z.string());
const number = z.number();
const instant = z.string();
const day = z.string();
const request = z.string();
const party = z.string();
const person = z.string();
const kind = z.enum(REQUEST_KINDS);
const decision = z.enum(DECISIONS);
const enclosure = z.enum(ENCLOSURES);
const mistakes = z.array(mistake);

/** What a corrected programme file leaves as it is; each has a way of its own by which it is changed. */
export const FIXED_PARTS = [
  'id',
  'language',
  'modality',
  'call',
  'coordination',
  'meeting',
  'sessions',
  'session',
  'guests',
  'institution',
  'participants',
  'finalReport',
  'followUp',
  'translation',
  'consultant',
] as const;
export type FixedPart = (typeof FIXED_PARTS)[number];

/** What carries the state that its author had before them, beside changes of a cooperation. */
const WRITTEN = ['staff', 'second-factor', 'template', 'logo', 'consent'] as const;

/** Why a document is not taken. */
export const DOCUMENT_FAULTS = [
  'kind',
  'empty',
  'size',
  'disguised',
  'neither-word-nor-pdf',
  'macros',
  'external',
  'dde',
  'embedded',
  'formula',
  'malware',
  'bomb',
  'damaged',
  'active',
  'protected',
  'exhausting',
  'logo',
] as const;
export type DocumentFault = (typeof DOCUMENT_FAULTS)[number];

/**
 * What a thing that is handed in is the same as: an earlier version; the document that the system made to begin with; the
 * published sheet.
 */
const NOTHING_NEW = ['version', 'template', 'sheet'] as const;

/**
 * Why a mail is not sent again: there is none; it was never sent, or will be; it is itself one sent again, and the first
 * one is the one to send; its reader takes no part any more; the session it invites to has a newer invitation; its bytes
 * are no longer kept; somebody else has just had it sent.
 */
export const MAIL_FAULTS = ['unknown', 'unsent', 'copy', 'left', 'outdated', 'not-kept', 'turn'] as const;
export type MailFault = (typeof MAIL_FAULTS)[number];

/**
 * Why an answer cannot be annulled: what came of answers to its kind lasts; its step is over; the session, or the
 * coordination meeting, was moved since, has begun, or has another date since it was not held; the programme was
 * corrected since; all that it was about is asked about anew.
 */
export const ANSWER_LASTS = [
  ...LASTING,
  'over-coordination',
  'over-sessions',
  'over-systematization',
  'over-final-report',
  'date-moved',
  'date-begun',
  'date-since',
  'meeting-moved',
  'meeting-begun',
  'programme-since',
  'asked-since',
] as const;

/** Of what was sent. */
const OF_FORM = {
  /** Not of the shape that is taken, at a path such as `what.session`; empty for the whole. */
  Malformed: { path: text, mistakes: mistakes.optional() },
  /** A control character that is no break of a line stands there. */
  TextUnreadable: { path: text },
  NotJson: {},
  /** `most` in bytes. */
  TooLarge: { most: number },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of what it names. */
const OF_NAMES = {
  CooperationUnknown: { cooperation: text },
  /** `calls` are the numbers of those that there are. */
  CallUnknown: { call: text, calls: z.array(number) },
  RequestUnknown: { request },
  SessionUnknown: { session: number, sessions: z.array(number) },
  PersonUnknown: { person },
  /** Takes no part any more. */
  PersonLeft: { person },
  PartyUnknown: { party, parties: z.array(party) },
  DocumentUnknown: { documents: texts },
  HistoryUnknown: { scope: text },
  ChangeUnknown: { change: number },
  /** What was written is not in the case file under its hash. */
  ContentUnknown: { content: text },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of cooperations as a whole. */
const OF_COOPERATIONS = {
  CooperationTaken: { cooperation: text },
  /** Its workflow was ended from outside; `status` is Temporal's, `missing` where it knows of none any more. */
  CooperationEnded: { cooperation: text, status: text },
  /** Its workflows run. */
  NothingToRebuild: { cooperation: text },
  CooperationOver: { cooperation: text, how: z.enum(['cancelled', 'accepted']), at: instant.optional() },
  Paused: { since: instant },
  NotPaused: {},
  /** The step that this goes to has not begun, or is over. */
  NotUnderWay: {},
  /** Documents and questions are exchanged from the programme's approval to the report's acceptance. */
  ExchangeNotOpen: { why: z.enum(['ahead', 'over']) },
  Unavailable: {},
  /** So much a person may write within an hour, or send within a day; some of it is free again then. */
  QuotaReached: { of: z.enum(['messages', 'megabytes']), most: number, freeAt: instant },
  /** Files cannot be looked at now; nothing of it was kept. */
  InspectionUnavailable: {},
  /** The database does not answer, and nothing was recorded; or what was sent may have been. */
  DatabaseAway: {},
  DatabaseAwayMidway: {},
  /** There is no room for a document, and nothing was recorded. */
  StoreFull: {},
  ProgrammeMistaken: { mistakes },
} as const satisfies Record<string, z.ZodRawShape>;

/** A date that lies behind is neither set nor given as a new one. */
const DatePast = { at: instant };

/** A person is not of the party that they would speak for. */
const NotOfParty = { person, party };

const OF_ANSWERS = {
  RequestClosed: { request, how: z.enum(ENDINGS) },
  NotAsked: { request, party, of: z.array(party) },
  NotOfParty,
  /** Who records what came another way is not of the Secretariat. */
  NotSecretariat: { person },
  AlreadyAnswered: { request, party, by: person, at: instant, decision },
  /** It was taken back or corrected since, or never given: there is no answer of the party with this number. */
  AnswerNotStanding: { request, party, revision: number },
  /** What follows from it has begun. */
  AnswerUsed: { request, how: z.enum(ENDINGS) },
  /** The answer is about another version than is asked about now. */
  SubjectSuperseded: { request, seen: text, now: text, ref: text },
  DecisionNotTaken: { request, kind, decision, takes: z.array(decision) },
  /** What does not come with this decision, and what does. */
  EnclosureNotTaken: { request, decision, enclosure, takes: z.array(enclosure) },
  /** What is to be changed, and why. */
  ReasonMissing: { request },
  /** How something came that is recorded for somebody else. */
  HowMissing: { request: request.optional() },
  /** A token answers or sends for somebody else than its holder, and nobody says who records that and how it came. */
  RecordedMissing: { request: request.optional(), person },
  /** An answer of the party is not waited for any more: what is told to whoever may not know who gave it. */
  AnswerNotAwaited: { request, party },
  /** The answer was sent by neither site nor API, and this installation takes none from outside. */
  OutsideRefused: { request },
  ContentMissing: { request, kind, needs: enclosure },
  ContentMistaken: { mistakes },
  /**
   * What is handed in is there already: it is asked about, and taken where whoever gives it says so (`confirmed`).
   * `version`: of what it is the same as.
   */
  NothingNew: {
    request,
    what: z.enum(['programme', 'sheet', 'report']),
    same: z.enum(NOTHING_NEW),
    version: number.optional(),
  },
  /** A revised programme changes texts alone; these keys differ, too. */
  RevisionTooWide: { parts: texts },
  UnknownSlot: { request, slot: text, slots: texts },
  /** Neither a slot nor an instant. */
  DateUnreadable: { request, slots: texts },
  /** Slots without a mark. */
  MarkMissing: { request, slots: texts },
  DateOutsideWindow: { request, startsAt: instant, from: instant, to: instant },
  DatePast,
} as const satisfies Record<string, z.ZodRawShape>;

/** Of questions, documents, mails and communications. */
const OF_EXCHANGE = {
  DocumentRefused: { why: z.enum(DOCUMENT_FAULTS) },
  DocumentOfOther: { document: text, party },
  MailNotSendable: { why: z.enum(MAIL_FAULTS) },
  /** Nobody takes part whom it would go to. */
  NobodyToWriteTo: {},
  /** It would go to others than was shown: to these. */
  ReadersChanged: { people: z.array(person) },
  /** No version of this number is the one that was published. */
  SheetNotPublished: { version: number },
  /** It was published, and is withdrawn. */
  SheetWithdrawn: { version: number, at: instant },
  /** For its ministry these say whether people outside may read the sheet. */
  NotFocalPoint: { person, focalPoints: z.array(person) },
  /** Sessions are still to be held or recorded. */
  CertificatesTooEarly: {},
  CertificateUnknown: { certificate: number },
  /** Withdrawn or replaced, since then. */
  CertificateWithdrawn: { certificate: number, at: instant },
  // --- Of the sealed case file
  /** The cooperation is not over, or was cancelled. */
  PaperNotYet: {},
  /** Whoever is of no institution of the cooperation puts in no signature. */
  PaperNotTheirs: { person },
  /** It does not begin with the sealed file, byte for byte. */
  PaperForeign: {},
  /** It does not begin with the newest one, which has so many signatures. */
  PaperOutdated: { number },
  PaperUnsigned: {},
  /** As `rial verify` says of it. */
  PaperUnsound: { why: z.enum(['signed-broken', 'signed-partial', 'signed-altered']) },
  EnquiryUnknown: { enquiry: number },
  /** None that came by mail and is in nobody's name. */
  UnfiledMailUnknown: { communication: number },
  /** No approval was read in that mail, or it is none that could be recorded. */
  MailAnswerUnknown: { communication: number },
  /** Otherwise than is now given. */
  EnquiryAnswered: { enquiry: number, at: instant },
} as const satisfies Record<string, z.ZodRawShape>;

const OF_CHANGES = {
  /** It cannot be had any more, or can be had. */
  AlreadyWithheld: { document: text },
  /** There is none to be corrected. */
  SheetUnpublished: {},
  /** Before, by a change, and what it asked for is not published yet. */
  SheetAsked: { change: number },
  /** No corrected sheet is asked for, or both ministries have approved it and it is published. */
  SheetNotAsked: {},
  NotWithheld: { document: text },
  /** The newest version of a sheet or a report, which is asked about, published or received. */
  DocumentStands: { document: text },
  // --- Of requests
  /** It was sent to the workflow of a request in place of the cooperation's, or the other way round. */
  ChangeElsewhere: { change: text, goesTo: z.enum(['request', 'cooperation']) },
  /** What it alters has been altered since whoever asks for it looked, by these. */
  /** Somebody wrote the same after its author had last looked. */
  WrittenSince: { of: z.enum(WRITTEN), at: instant },
  ChangedSince: { changes: z.array(z.object({ number, kind: text })) },
  /** No answer of the party stands. */
  NothingToAnnul: { request, party },
  /** What came of the answer cannot be undone, or is changed another way. */
  AnswerLasts: { request, why: z.enum(ANSWER_LASTS) },
  NotOwing: { request, party, owing: z.array(party) },
  AlreadyAsked: { request, party },
  /** What follows needs it. */
  NotWaivable: { request, kind },
  /** Of several that are asked, one has to answer. */
  LastToAnswer: { request, party },
  DateNotLater: { at: instant, dueAt: instant },
  DatePast,
  DayPast: { day },
  /** The programme's translation is vouched for by others than those who made it. */
  VouchesForItself: { party },
  /** Nobody answers for the party; these have people. */
  NobodyAnswers: { party, parties: z.array(party) },

  // --- Of people
  /** Nobody else of the institution is there to stand in. */
  NoColleague: { person, party },
  /** Of another institution, or whoever it is handed over by; these are colleagues. */
  NotColleague: { person, of: person, colleagues: z.array(person) },
  HasItAlready: { person, request },
  HandedOverAlready: { request, from: person, to: person },
  Away: { person, from: day, to: day },
  AwayAlready: { person, from: day, to: day },
  /** No absence of the person that begins on the day is going on or ahead. */
  NotAway: { person, from: day },
  PeriodReversed: { from: day, to: day },
  /** A guest answers for nobody, and is withdrawn rather than replaced. */
  IsGuest: { person, why: z.enum(['answers', 'replaced', 'removed']) },
  /** An observer answers for nobody. */
  IsObserver: { person },
  /** Nobody else answers for the party. */
  LastOfParty: { person, party },
  /** Who leaves is the focal point; these may be it instead. */
  FocalPointLeaves: { person, colleagues: z.array(person) },
  FocalPointAlready: { person },
  /** Who leaves answers for this one while they are away, and nobody else of the institution is there to. */
  StandInLeaves: { person, absent: person, from: day, to: day },
  NotGuest: { person },
  NotOfParty,
  /** The mail address is that of somebody who takes part. */
  AddressTaken: { holder: person },
  /** Nothing can be sent to them: they can be asked for nothing. */
  NoAddress: { person },
  /** Invited to the session with this address. */
  GuestInvited: { person, session: number },
  PersonSame: { person },

  // --- Of the coordination meeting
  MeetingOver: { how: z.enum(['recorded', 'cancelled']) },
  MeetingSame: {},
  /** Nothing is on record of it that could be corrected. */
  MeetingNotRecorded: {},
  /** What is on record of it says so already. */
  AgreedTheSame: {},

  // --- Of sessions
  SessionRecorded: { session: number },
  /** Nothing is on record of it that could be corrected. */
  SessionNotRecorded: { session: number },
  /** What is on record of it says so already. */
  MinutesTheSame: { session: number },
  CommitmentTheSame: { commitment: number },
  CommitmentNotLater: { commitment: number, due: day },
  CommitmentUnknown: { commitment: number },
  CommitmentUntold: { commitment: number },
  ObjectiveUnknown: { objective: number },
  ObjectiveUntold: { objective: number },
  /** Of a translation, whose paragraphs are numbered up to `most`. */
  ParagraphUnknown: { paragraph: number, most: number },
  ParagraphUntranslated: { paragraph: number, most: number },
  SessionCancelled: { session: number },
  /** Its time is over, and nobody is invited to it any more. */
  SessionOver: { session: number },
  SessionTooLong: { hours: number, most: number },
  SessionSame: { session: number },
  /** One that is to be added is there. */
  SessionThere: { session: number },
  TooManySessions: { most: number },
  /** One that is to be added breaks a rule, at a path such as `window.to`. */
  SessionMistaken: { path: text, mistake: mistake.optional() },
  /** The last one is not cancelled: the cooperation is. */
  LastSession: { session: number },

  // --- Of a corrected programme
  ProgrammeSame: {},
  /** Its file has mistakes at these places; they may hold names, and are told where nothing is kept. */
  CorrectionMistaken: { places: z.array(z.object({ path: text, line: z.int().optional() })), count: number },
  /** Of which session or institution, and of another `id` which it is. */
  NotAmendable: {
    part: z.enum(FIXED_PARTS),
    session: number.optional(),
    party: party.optional(),
    id: text.optional(),
  },
  /** There is a consultant. */
  ConsultantNamed: { person },
  /** The Secretariat is asked to name one. */
  ConsultantAsked: { request },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of who may use the system. */
const OF_STAFF = {
  /** Nobody who is staff or an observer has the address. */
  StaffUnknown: {},
  /** Nobody has the mail address, in any cooperation or of the staff. */
  AddressUnknown: {},
  StaffAlready: { role: z.enum(STAFF_ROLES) },
  /** The last of the staff is put out from the terminal alone. */
  LastStaff: {},
  TokenUnknown: { number },
  /** No Word template has this number. */
  TemplateUnknown: { number },
  /** No logo has this number. */
  LogoUnknown: { number },
} as const satisfies Record<string, z.ZodRawShape>;

const VALUES = {
  ...OF_FORM,
  ...OF_NAMES,
  ...OF_COOPERATIONS,
  ...OF_ANSWERS,
  ...OF_EXCHANGE,
  ...OF_CHANGES,
  ...OF_STAFF,
};

export type RefusalCode = keyof typeof VALUES;
const codesOf = (values: Partial<Record<RefusalCode, z.ZodRawShape>>) => Object.keys(values) as RefusalCode[];
export const REFUSAL_CODES = codesOf(VALUES);
export const REFUSALS_OF_ANSWERS = codesOf(OF_ANSWERS);
export const REFUSALS_OF_CHANGES = codesOf(OF_CHANGES);

/** What is asked about rather than refused: the same answer, `confirmed`, is taken. A Signal cannot confirm. */
export const CONFIRMABLE: readonly RefusalCode[] = ['NothingNew'];

/** A refusal of one code, with its values. */
export type RefusalOf<C extends RefusalCode> = keyof (typeof VALUES)[C] extends never
  ? { code: C }
  : { code: C } & z.infer<z.ZodObject<(typeof VALUES)[C]>>;
export type Refusal = { [C in RefusalCode]: RefusalOf<C> }[RefusalCode];

/** The shape of a refusal of one code. */
export const shapeOfRefusal = (code: RefusalCode) => z.object({ code: z.literal(code), ...VALUES[code] });
const SHAPES = REFUSAL_CODES.map(shapeOfRefusal);

/** The shape of a refusal where it comes from elsewhere. */
export const refusal = z.discriminatedUnion(
  'code',
  SHAPES as [(typeof SHAPES)[number]],
) as unknown as z.ZodType<Refusal>;

/** Thrown where something is refused: what was wrong, as a code with values. */
export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusalLine(refusal), options);
    this.refusal = refusal;
  }
  get code(): RefusalCode {
    return this.refusal.code;
  }
}

/** A refusal for whoever may not know who has answered, and what. */
export const discreet = (refusal: Refusal): Refusal =>
  refusal.code === 'AlreadyAnswered'
    ? { code: 'AnswerNotAwaited', request: refusal.request, party: refusal.party }
    : refusal;

/** @throws Refused */
export function refused(refusal: Refusal): never {
  throw new Refused(refusal);
}
