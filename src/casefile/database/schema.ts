import type { ColumnType, Generated, Insertable, JSONColumnType, Selectable } from 'kysely';
import type { Mark, Withdrawal } from '../../domain/answer.ts';
import type { Change, ChangeKind, ProgrammeChange, RecordedChange } from '../../domain/change.ts';
import type { Addressees, CommunicationKind } from '../../domain/communication.ts';
import type { Attendee, Content } from '../../domain/content.ts';
import type { Disagreement } from '../../domain/disagreement.ts';
import type { DocumentKind } from '../../domain/documentKinds.ts';
import type { Came, Door } from '../../domain/door.ts';
import type { Lapse } from '../../domain/endings.ts';
import type { Follow } from '../../domain/follows.ts';
import type { RequestKind } from '../../domain/kinds/index.ts';
import type { Decision, RanOut } from '../../domain/kinds/kind.ts';
import type { Language } from '../../domain/language.ts';
import type { CalendarReply } from '../../domain/mails/calendarReply.ts';
import type { ByMail, IncomingState, Purpose } from '../../domain/mails/incomingMail.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import type { Scope } from '../../domain/people/staff.ts';
import type { StaffRole } from '../../domain/people/staffRole.ts';
import type { Plan } from '../../domain/programme/plan.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import type {
  Difference,
  DocumentChange,
  PrintedVersion,
} from '../../domain/programme/programmeDifferences.ts';
import type { RecordKind } from '../../domain/recordKinds.ts';
import type { CertifiedSession } from '../../domain/results/certificate.ts';
import type { Signature, Stamping } from '../../domain/results/closingPaper.ts';
import type { CommitmentOrigin, CommitmentOutcome } from '../../domain/results/commitments.ts';
import type { FollowUp } from '../../domain/results/followUp.ts';
import type { Picture } from '../../domain/results/logo.ts';
import type { Publish } from '../../domain/results/publish.ts';
import type { SealedAnswers, SurveyAnswer } from '../../domain/results/survey.ts';
import type { TemplateName } from '../../domain/results/wordTemplate.ts';
import type { Actor, SecurityCode } from '../../domain/securityEvent.ts';

/** `by`: a person's id; null where the Secretariat did it. */
export type Withholding = { at: string; by: string | null; change: number };

/** The case file's tables. Instants are ISO 8601 strings in UTC on both sides. */

type Json<T> = JSONColumnType<T & object, string, string>;

/** What a mail tells beside what it is about: what it asks for, and which calendar object it has of which session. */
export type ToldBeside = { notice: string; request?: string; session?: number; sequence?: number };
/** Postgres counts in `bigint`, which arrives as text. */
type BigInt = ColumnType<string, number, number>;

export type CaseFileTables = {
  cooperation: {
    id: string;
    programme: Json<Programme>;
    plan: Json<Plan>;
    language: Language;
    callNumber: number;
    callYear: number;
    filedAt: string;
    /** Accepted, or cancelled. */
    closedAt: string | null;
    cancelledAt: string | null;
    pausedAt: string | null;
    /** When the ministries are asked what came of it, from its acceptance on; none where they are not. */
    followUps: ColumnType<FollowUp[], string | undefined, string>;
    /** All of that is answered, or done without. */
    followedUpAt: ColumnType<string | null, string | null | undefined, string | null>;
  };
  /** Made by the database, of the others. */
  cooperationStanding: {
    cooperation: string;
    callYear: number;
    callNumber: number;
    closed: boolean;
    cancelled: boolean;
    paused: boolean;
    followedUp: boolean;
    dueAt: string | null;
    remindedAt: string | null;
    secretariatOwes: boolean;
  };
  person: {
    cooperation: string;
    /** `<party>-<number>`; a guest's is `guest-<session>-<number>`. */
    id: string;
    party: string;
    role: 'delegate' | 'staff' | 'consultant' | 'guest' | 'observer';
    name: string;
    post: string | null;
    /** Where they are written to; who has none is listed, printed and among those present, and asked for nothing. */
    email: string | null;
    /** How many a group of guests is. */
    count: number | null;
    language: Language;
    timeZone: string;
    focalPoint: boolean;
    /** The one session a guest is invited to. */
    session: number | null;
    active: boolean;
    /** The order of the programme file. */
    position: number;
  };
  session: {
    cooperation: string;
    number: number;
    contents: string;
    hours: number;
    startsAt: string | null;
    endsAt: string | null;
    timeZone: string;
    windowFrom: string | null;
    windowTo: string | null;
    link: string | null;
    place: string | null;
    platform: string | null;
    /** iCalendar's SEQUENCE of the last invitation; -1 before the first. */
    sequence: number;
    minutes: string | null;
    attendance: Json<Attendee[]> | null;
    outputs: Json<string[]> | null;
    recordedAt: string | null;
    cancelledAt: string | null;
    /** The start of which the agenda has gone out, or did not have to. */
    agendaFor: string | null;
    /** It was recorded, and what came of it was told or is left to the next invitation. */
    doneAt: string | null;
    /** How its minutes are told, a request that they come with, an invitation, or by themselves, and since when. */
    minutesWay: string | null;
    minutesTakenAt: string | null;
  };
  /** The coordination meeting, as it stands now. */
  meeting: {
    cooperation: string;
    hours: number;
    startsAt: string;
    endsAt: string;
    timeZone: string;
    link: string | null;
    place: string | null;
    /** iCalendar's SEQUENCE of the last convocation; -1 before the first. */
    sequence: number;
    /** What it agreed. */
    minutes: string | null;
    attendance: Json<Attendee[]> | null;
    outputs: Json<string[]> | null;
    recordedAt: string | null;
    /** It was not held on the date that it has, and needs another. */
    notHeldAt: string | null;
    /** Called off: the contents are agreed without it. */
    cancelledAt: string | null;
  };
  slotProposal: {
    cooperation: string;
    session: number;
    round: number;
    slots: Json<Slot[]>;
    opensAt: string;
    closesAt: string;
    hash: string;
  };
  programmeVersion: {
    cooperation: string;
    version: number;
    /** What the version was made for, such as `coordination.1` or `session-2.1`; makes making it idempotent. */
    cause: string;
    madeAt: string;
    hash: string;
    pdfSha256: string;
    pdfName: string;
    docxSha256: string;
    docxName: string;
    issuedAt: string | null;
    /** The workflow that asks both ministries for it, by the end of its id; null where only a date or a name changed. */
    approvedIn: string | null;
    /** It has been sent to all delegations, where both ministries were asked for it. */
    doneAt: string | null;
    /** What it prints, for the version after it to be compared with. */
    printed: Json<PrintedVersion> | null;
    /** What it changes of the version before. */
    differences: ColumnType<Difference[], string | undefined, string>;
    /** What it was made after was annulled: it is kept, and another takes its place. */
    annulledAt: Generated<string | null>;
  };
  request: {
    cooperation: string;
    id: string;
    kind: RequestKind;
    round: number;
    item: number | null;
    parties: Json<string[]>;
    subjectRef: string;
    subjectHash: string;
    trouble: string | null;
    openedAt: string;
    dueAt: string;
    reminders: Json<string[]>;
    /** Parties whose answer is done without. */
    waived: Json<string[]>;
    windowRanOut: RanOut | null;
    /** After this instant nobody is asked any more. */
    until: string | null;
    /** Those asked have been written to. */
    told: Generated<boolean>;
    /** How many reminders have gone out, and the instant that the last of them was planned for. */
    reminded: Generated<number>;
    remindedUntil: string | null;
    closedAt: string | null;
    /** The request that it takes the place of, in which an answer was annulled. */
    renews: ColumnType<string | null, string | null | undefined, never>;
    /** `approve`, `changes` or another decision; `waived`; `lapsed`. */
    outcome: string | null;
    lapse: Lapse | null;
  };
  /** A change that somebody asked for: made once `madeAt` is there. */
  change: {
    cooperation: string;
    number: number;
    kind: ChangeKind;
    what: Json<Change>;
    reason: string;
    by: string | null;
    /** The last change that whoever asked for it knew of, 0 for none; null where that was not said. */
    seen: number | null;
    /** By which door it came; null where nobody noted one. */
    door: Json<Door> | null;
    askedAt: string;
    madeAt: string | null;
    /** What its workflow was told of it. */
    effects: Json<RecordedChange> | null;
    told: Json<Telling[]>;
    /** They have all been told. */
    doneAt: string | null;
    /** What the programme's next version differs in; empty where there is none. */
    programmeChanges: Json<ProgrammeChange[]>;
    /** What it had the workflows do next, by codes of people; null until it is made, and where that was not kept. */
    follows: Json<Follow[]> | null;
  };
  /** What was told to the delegations in one mail: versions of documents (`doc-3@1`), numbers of questions. */
  news: {
    cooperation: string;
    number: number;
    at: string;
    documents: Json<string[]>;
    questions: Json<number[]>;
    doneAt: string | null;
  };
  /** A request passed from a person to a colleague. */
  handOver: {
    cooperation: string;
    request: string;
    fromPerson: string;
    toPerson: string;
    /** Because the first is away: it happened by itself. */
    absent: boolean;
    at: string;
  };
  /** Days on which a colleague answers for a person, both included. */
  absence: { cooperation: string; change: number; person: string; from: string; to: string; standIn: string };
  /** iCalendar's SEQUENCE that a change or a round of a session, or of the coordination meeting, took, once. */
  invitation: { cooperation: string; session: number; cause: string; sequence: number };
  /** What people wrote beside a decision, by the SHA-256 that travels in their answer. */
  content: { cooperation: string; hash: string; value: Json<Content>; writtenAt: string };
  answer: {
    cooperation: string;
    request: string;
    party: string;
    by: string;
    decision: Decision;
    content: string | null;
    /** Of a revision: the hash of the programme that there was before it, among what was written. */
    before: Generated<string | null>;
    data: Json<{
      marks?: Record<string, Mark>;
      startsAt?: string;
      documents?: string[];
      /** Whether people outside may read the sheet that is approved: `domain/consent.ts`. */
      publish?: Publish;
      /** The person who handed the request over, or is away, and in whose place this one answered. */
      inPlaceOf?: string;
      /** Who of the Secretariat typed it in, and the hash of how it came. */
      recorded?: { by: string; how: string };
      confirmed?: boolean;
      /** With a report: the hash of what somebody took upon themselves. */
      commitments?: string;
    }>;
    door: ColumnType<Door, string | undefined, string>;
    at: string;
    /** The how-manieth of its party: one stands at most, the last; those before it were withdrawn. */
    revision: Generated<number>;
    withdrawnAt: string | null;
    /** A person's id, or the party of the Secretariat where nobody in particular did. */
    withdrawnBy: string | null;
    withdrawnHow: Withdrawal | null;
    /** Its party has been told that it owes an answer again. */
    withdrawnTold: Generated<boolean>;
  };
  /** By which door an answer came that has been sent to its workflow, by the hash of the message, until it is recorded. */
  answerOnTheWay: { cooperation: string; hash: string; door: Json<Door>; at: string };
  document: {
    cooperation: string;
    id: string;
    title: string;
    kind: DocumentKind;
    party: string;
    /** Of the materials of a session: its number. */
    session: number | null;
    createdAt: string;
  };
  documentVersion: {
    cooperation: string;
    document: string;
    version: number;
    sha256: string;
    size: BigInt;
    mediaType: string;
    fileName: string;
    by: string;
    at: string;
    /** What its text changes of the version before; null where that is not known. */
    changes: Json<DocumentChange> | null;
    /** What its text is, where it is a link and nothing else. */
    link: string | null;
    /** It was sent by mistake, and nobody can have it: since when, by whose doing, and which change. */
    withheld: Json<Withholding> | null;
  };
  /** Files that wait for the answer which names them, and are no documents until then. */
  waitingFile: {
    cooperation: string;
    /** What it will be: `doc-4`, which is kept for it; of a sheet or a report its kind. */
    document: string;
    kind: DocumentKind;
    party: string;
    by: string;
    sha256: string;
    size: BigInt;
    mediaType: string;
    fileName: string;
    title: string;
    link: string | null;
    /** What its text changes of a version, by the hash of that. */
    changes: Json<{ of: string; what: DocumentChange }> | null;
    came: Json<Came>;
    at: string;
  };
  /** What waited for an answer and is forgotten: entered by the database itself, and counted as sent for a day. */
  forgottenFile: { number: Generated<string>; cooperation: string; by: string; size: BigInt; at: string };
  /** The bytes of those that no answer handed in, by their hash, and when they were let go: `casefile/letGo.ts`. */
  letGo: { hash: string; at: string };
  /** The documents that the system made to begin a sheet or a report with: known again by their hash, their bytes are not kept. */
  startingDocument: {
    cooperation: string;
    kind: 'sheet' | 'report';
    hash: string;
    madeAt: string;
    /** The number of the template that it was made with; none of the shipped one. */
    template: number | null;
  };
  /** Word templates that staff put in: `casefile/templates.ts`. */
  wordTemplate: {
    number: Generated<number>;
    template: TemplateName;
    language: Language | null;
    sha256: string | null;
    fileName: string | null;
    putAt: string;
    putBy: string | null;
  };
  /** Logos that staff put in: `casefile/results/logos.ts`. */
  logo: {
    number: Generated<number>;
    institution: string;
    sha256: string | null;
    fileName: string | null;
    mediaType: Picture['mediaType'] | null;
    width: number | null;
    height: number | null;
    putAt: string;
    putBy: string | null;
  };
  question: {
    cooperation: string;
    number: number;
    fromParty: string;
    by: string;
    toParty: string;
    session: number | null;
    text: string;
    askedAt: string;
    answer: string | null;
    answeredBy: string | null;
    answeredAt: string | null;
  };
  mail: {
    key: string;
    cooperation: string;
    notice: string;
    request: string | null;
    person: string;
    address: string;
    subject: string;
    messageId: string;
    /** The message's bytes in the document store. */
    sha256: string;
    /**
     * `withdrawn`: not sent any more, because what it asks for was answered; `unconfirmed`: the same, when it had been
     * handed over and nobody knows whether the server took it. `held` for a digest, or `gathered` in the one that
     * `digest` names by its key.
     */
    state: 'pending' | 'held' | 'gathered' | 'sent' | 'refused' | 'withdrawn' | 'unconfirmed';
    /** It is being handed to the mail server, or was, and no word came back. */
    handedOver: boolean;
    digest: string | null;
    attempts: number;
    /** Of a mail with a calendar object: the session (0: the coordination meeting), and iCalendar's SEQUENCE and METHOD. */
    session: number | null;
    sequence: number | null;
    method: 'REQUEST' | 'CANCEL' | null;
    /** What else falls together for its reader, and is in it. */
    beside: ColumnType<ToldBeside[], string | undefined, string>;
    /** What the address has to which replies to it go, where there is one. */
    replyToken: Generated<string | null>;
    /** What the address has at which it is told what becomes of it: nobody who sees the other can make it. */
    bounceToken: Generated<string | null>;
    /** Since when it is known that it did not arrive, though a server had taken it. */
    bouncedAt: Generated<string | null>;
    response: string | null;
    preparedAt: string;
    sentAt: string | null;
  };
  /** A mail that staff had sent again: by its number in the cooperation, and as the how-manieth time of that mail. */
  resending: {
    cooperation: string;
    number: number;
    /** The key of the mail as it was first sent; the key of the one sent again has the number. */
    mail: string;
    nth: number;
    /** A person's id, or the address of staff who are nobody in the cooperation. */
    by: string;
    askedAt: string;
  };
  /** What the Secretariat wrote, what it was asked, and what it answered: `domain/communication.ts`. */
  communication: {
    cooperation: string;
    number: number;
    kind: CommunicationKind;
    /** A person's id, the Secretariat's code, or the address of staff who are nobody in the cooperation. */
    by: string;
    /** The institution of whoever wrote it. */
    party: string;
    addressed: Json<Addressees>;
    /** Ids of those it goes to. */
    people: Json<string[]>;
    /** What was written has one; enquiries and their answers do not. */
    subject: string | null;
    text: string;
    at: string;
    /** The number of the enquiry that it answers. */
    answers: number | null;
    /** All who take part may read it, and what it answers. */
    shared: boolean;
    /** The mail that it came by. */
    mail: Json<ByMail> | null;
    /** All its mails have been dealt with. */
    doneAt: string | null;
    /** Of a mail that is in nobody's name: who has seen to it, a person's id, the Secretariat's code or an address. */
    seenToBy: string | null;
    seenToAt: string | null;
  };
  /** Mails that came to a reply address: `domain/incomingMail.ts`. */
  incomingMail: {
    id: Generated<string>;
    cooperation: string;
    /** The key of the mail that is replied to. */
    mail: string;
    sha256: string;
    size: number;
    cameAt: string;
    purpose: Purpose;
    state: IncomingState;
    /** It came from nobody who can be answered, as notices of delivery do. */
    nullSender: boolean;
    essence: string | null;
    /** The communication that it has become, by its number. */
    communication: number | null;
  };
  /** The last look into the mailbox of replies: one row at most. */
  mailboxLook: {
    one: Generated<boolean>;
    at: string;
    /** Why it failed, as a code; `null` where it did not. */
    why: string | null;
    /** How many mails could not be taken, and lie where they came to. */
    leftThere: number;
    /** How many lie where those are put that somebody has to see to. */
    aside: number;
  };
  /** What people answered to invitations in their calendars: `domain/calendarReply.ts`. */
  calendarReply: CalendarReply & { cooperation: string };
  /** Beside a document or a poll: `domain/comment.ts`. */
  comment: {
    cooperation: string;
    number: number;
    /** A document's id, or a request's. */
    about: string;
    /** A person's id, or the address of staff who are nobody in the cooperation. */
    by: string;
    party: string;
    text: string;
    at: string;
  };
  /** The tagged PDF of a published Word file, or that none came of it so many times. */
  sheetPdf: {
    cooperation: string;
    /** Of the Word file. */
    sha256: string;
    pdfSha256: string | null;
    size: BigInt;
    tries: number;
    madeAt: string;
  };
  /** What a ministry said of people outside reading its sheet, otherwise than with its approval: `domain/consent.ts`. */
  sheetConsent: {
    cooperation: string;
    number: number;
    version: number;
    sha256: string;
    party: string;
    /** A person's id. */
    by: string;
    publish: Publish;
    /** Who of the Secretariat recorded it, and the hash of how it came. */
    recorded: Json<{ by: string; how: string }> | null;
    at: string;
  };
  /** What somebody took upon themselves: `domain/commitments.ts`. */
  commitment: {
    cooperation: string;
    number: number;
    origin: CommitmentOrigin;
    session: number | null;
    what: string;
    party: string;
    person: string | null;
    /** Calendar dates. */
    due: string;
    firstDue: string;
    enteredAt: string;
    outcome: CommitmentOutcome | null;
    text: string | null;
    toldBy: string | null;
    toldAt: string | null;
    /** When its owner was last asked about it, and in which round. */
    askedAt: string | null;
    askedRound: number | null;
    withdrawnAt: string | null;
  };
  /** Who has answered the survey, and apart from that what was answered: `survey.ts`. */
  surveyAnswered: { cooperation: string; persons: Json<string[]> };
  surveyGroup: { cooperation: string; group: number; answers: Json<SurveyAnswer[] | SealedAnswers> };
  /** The sealed case file of a cooperation that is over, and its copy to be read: `domain/results/closingPaper.ts`. */
  closingPaper: {
    cooperation: string;
    sha256: string;
    size: BigInt;
    readingSha256: string;
    readingSize: BigInt;
    stamp: Stamping;
    madeAt: string;
  };
  /** The same as a ministry signed it. */
  closingSignature: {
    cooperation: string;
    number: number;
    party: string;
    /** A person's id. */
    by: string;
    sha256: string;
    size: BigInt;
    signatures: Json<Signature[]>;
    /** Who of the Secretariat recorded it, and the hash of how it came. */
    recorded: Json<{ by: string; how: string }> | null;
    at: string;
    /** The others have been told. */
    doneAt: string | null;
  };
  /** That somebody attended sessions: `domain/certificate.ts`. */
  certificate: {
    cooperation: string;
    number: number;
    /** Without hyphens. */
    code: string;
    name: string;
    party: string | null;
    institution: string | null;
    /** Ids of the person it is given to, in all their parts. */
    persons: Json<string[]>;
    language: Language;
    sessions: Json<CertifiedSession[]>;
    /** Of its PDF. */
    sha256: string;
    givenAt: string;
    /** A person's id, the Secretariat's code, or the address of staff who are nobody in the cooperation. */
    givenBy: string;
    withdrawnAt: string | null;
    withdrawnBy: string | null;
    withdrawnHow: 'withdrawn' | 'replaced' | null;
    withdrawnReason: string | null;
  };
  /** In what the case file and Temporal were last found to disagree; of cooperations, too, that are not filed. */
  disagreement: {
    cooperation: string;
    found: Json<Disagreement>;
    since: string;
  };
  /** A link that a mail carries: for one person and one purpose, used once. Secrets are kept as their SHA-256. */
  accessLink: {
    tokenHash: string;
    /** In lower case. */
    address: string;
    cooperation: string;
    person: string;
    /** Where it leads on the site, such as `/c/14-per-chl`. */
    path: string;
    madeAt: string;
    expiresAt: string;
    usedAt: string | null;
    /** Its reader, or staff, ended all their access. */
    endedAt: string | null;
  };
  /** Officers who get one mail a morning. */
  digestSetting: {
    /** In lower case. */
    address: string;
    since: string;
  };
  /** The secret address of somebody's calendar: its token is an HMAC over `nonce`, with a key that is not here. */
  calendarFeed: {
    /** In lower case. */
    address: string;
    nonce: string;
    tokenHash: string;
    madeAt: string;
  };
  /** What somebody has written in a form and not sent on yet, as the form sends it. */
  draft: {
    /** In lower case. */
    address: string;
    /** `new 4f1c20ab` for a new programme, or the path that the form is of. */
    form: string;
    body: string;
    keptAt: string;
  };
  /** A code that somebody asked for in a browser; kept for a day, for how often is asked. */
  signInCode: {
    id: Generated<string>;
    /** SHA-256 of the secret of the browser that asked, in which alone it counts. */
    browserHash: string;
    /** HMAC-SHA-256 with a key that is not in the database. */
    codeHmac: string;
    address: string;
    path: string;
    /** Among what it is counted: `stranger`, or the link of a mail or known browser that it was asked with. */
    lane: string;
    network: string;
    madeAt: string;
    expiresAt: string;
    usedAt: string | null;
    /** How often a code was typed for it. */
    tries: Generated<number>;
  };
  /** Somebody who was sent to their institution's provider to sign in; kept for some minutes. */
  providerAttempt: {
    /** SHA-256 of what the provider hands back. */
    stateHash: string;
    /** SHA-256 of the secret of the browser that was sent, in which alone it counts. */
    browserHash: string;
    path: string;
    expiresAt: string;
    usedAt: string | null;
  };
  /** Somebody who is signed in, as the owner of an address. */
  siteSession: {
    idHash: string;
    address: string;
    /** Those whose links were used; `null` where a code was. */
    cooperations: Json<string[]> | null;
    /** Of an address that several people share: who is at the keyboard, by the cooperation. */
    people: ColumnType<Record<string, string>, string | undefined, string>;
    browserHash: string;
    /** What the browser calls itself: `Firefox, Windows`. */
    program: string | null;
    /** From where it began, coarsely: `203.0.113.*`. */
    network: string;
    /** The language that was chosen on the site, if one was. */
    language: Language | null;
    /** The second step was taken, without which nobody has what staff have, where one is asked for. */
    stepped: Generated<boolean>;
    beganAt: string;
    /** When it was last used, within some minutes. */
    seenAt: string;
    endedAt: string | null;
  };
  /** OAS staff and observers, those removed too: `casefile/staff.ts`. */
  staff: {
    /** In lower case. */
    address: string;
    role: StaffRole;
    name: string | null;
    language: Language;
    addedAt: string;
    /** The address of who let them in or took it away; nobody's where the settings, the setup link or the terminal did. */
    addedBy: string | null;
    removedAt: string | null;
    removedBy: string | null;
  };
  /** Who has a second step, and its app, where there is one: `casefile/secondFactor.ts`. */
  secondFactor: {
    address: string;
    /** Encrypted with a key that is not in the database. */
    secret: string | null;
    /** The half minute of the last code that was taken, counted from 1970. */
    lastPeriod: number | null;
    /** Codes of the app that were wrong, since the second step was last taken. */
    wrongCodes: Generated<number>;
    madeAt: string;
  };
  /** The passkeys of somebody's second step: `casefile/passkeys.ts`. */
  passkey: {
    number: Generated<number>;
    /** Its id, as the browser has it. */
    credential: string;
    address: string;
    name: string;
    /** COSE, in base64url. */
    publicKey: string;
    /** How often it has signed, as it said last; 0 for ever of one that does not count. */
    signCount: string;
    transports: Json<string[]>;
    madeAt: string;
    usedAt: string | null;
  };
  /** What a passkey is to sign, once. `holderHash` is of a session, or of a browser that has taken the first step. */
  passkeyChallenge: {
    holderHash: string;
    use: 'step' | 'set-up' | 'add';
    address: string;
    challenge: string;
    expiresAt: string;
  };
  /** For when the app is lost, each once; HMAC-SHA-256 with a key that is not in the database. */
  recoveryCode: { address: string; codeHmac: string; usedAt: string | null };
  /** Who has taken the first step in a browser; `secret` of an app that is set up with it. */
  secondStep: {
    browserHash: string;
    address: string;
    path: string;
    secret: string | null;
    tries: number;
    expiresAt: string;
    usedAt: string | null;
  };
  /** Whose an address is at the provider of an institution: `casefile/providerSubjects.ts`. */
  providerSubject: { provider: string; subjectHash: string; address: string; boundAt: string };
  /** Tokens for the HTTP API, those revoked too: `casefile/tokens.ts`. */
  apiToken: {
    number: Generated<number>;
    name: string;
    tokenHash: string;
    /** The address of who has it; nobody's where a program has it. */
    holder: string | null;
    scopes: Json<Scope[]>;
    madeAt: string;
    madeBy: string | null;
    expiresAt: string;
    lastUsedAt: Generated<string | null>;
    revokedAt: Generated<string | null>;
    revokedBy: Generated<string | null>;
  };
  /** The one link by which the first officer comes in. */
  setupLink: { tokenHash: string; expiresAt: string };
  /** When an address last came to a cooperation's pages, and when it came before. */
  visit: { cooperation: string; address: string; at: string; before: string | null };
  record: {
    seq: Generated<string>;
    cooperation: string;
    /** What happened, once: the same event written again changes nothing. */
    key: string;
    at: string;
    kind: RecordKind;
    party: string | null;
    person: string | null;
    data: Json<Record<string, unknown>>;
    /** Its place among those of its cooperation, from 1 on without a gap. */
    number: number;
    /** By chance, so that nobody guesses from `hash` what they may not read. */
    salt: string;
    /** Of its content with the salt; `chain` of the one before and `hash`: see `src/evidence/chain.ts`. */
    hash: string;
    chain: string;
  };
  /** The published sheet of a cooperation, as it is searched: `casefile/library.ts`. Its stems are written there alone. */
  librarySheet: {
    cooperation: string;
    version: number;
    sha256: string;
    /** The number of the program's way of reading sheets: of another, it is read anew. */
    madeBy: number;
    language: Language;
    subject: string;
    callNumber: number;
    callYear: number;
    /** In which it was published. */
    year: number;
    /** Of both sides. */
    countries: string[];
    /** As they are compared, and at the same place as they were written. */
    themes: string[];
    themeNames: string[];
    publishedAt: string;
    /** Its text could be made out. */
    read: boolean;
    text: string;
  };
  /** In how many sheets of a language a stem stands. */
  libraryWord: { language: Language; word: string; sheets: number };
  /** What the security log holds; `data` are the event's values. */
  securityEvent: {
    seq: Generated<string>;
    at: string;
    code: SecurityCode;
    whoKind: Actor['kind'] | null;
    who: string | null;
    fromAddress: string | null;
    data: Json<Record<string, unknown>>;
  };
};

export type Slot = { id: string; startsAt: string; endsAt: string };

export type CooperationRow = Selectable<CaseFileTables['cooperation']>;
export type PersonRow = Selectable<CaseFileTables['person']>;
/** Somebody who can be written to. */
export type Addressee = PersonRow & { email: string };
export type NewPerson = Insertable<CaseFileTables['person']>;
export type MeetingRow = Selectable<CaseFileTables['meeting']>;
export type SessionRow = Selectable<CaseFileTables['session']>;
export type SlotProposalRow = Selectable<CaseFileTables['slotProposal']>;
export type RequestRow = Selectable<CaseFileTables['request']>;
export type AnswerRow = Selectable<CaseFileTables['answer']>;
export type QuestionRow = Selectable<CaseFileTables['question']>;
export type WaitingFileRow = Selectable<CaseFileTables['waitingFile']>;
export type DocumentVersionRow = Selectable<CaseFileTables['documentVersion']>;
/** Without what it prints, which is large and read once. */
export type ProgrammeVersionRow = Omit<Selectable<CaseFileTables['programmeVersion']>, 'printed'>;
export type ChangeRow = Selectable<CaseFileTables['change']>;
export type NewsRow = Selectable<CaseFileTables['news']>;
export type HandOverRow = Selectable<CaseFileTables['handOver']>;
export type AbsenceRow = Selectable<CaseFileTables['absence']>;
export type MailRow = Selectable<CaseFileTables['mail']>;
export type StaffRow = Selectable<CaseFileTables['staff']>;
export type ResendingRow = Selectable<CaseFileTables['resending']>;
export type CertificateRow = Selectable<CaseFileTables['certificate']>;
export type ClosingPaperRow = Selectable<CaseFileTables['closingPaper']>;
export type ClosingSignatureRow = Selectable<CaseFileTables['closingSignature']>;
export type SheetConsentRow = Selectable<CaseFileTables['sheetConsent']>;
export type CommitmentRow = Selectable<CaseFileTables['commitment']>;
export type CommentRow = Selectable<CaseFileTables['comment']>;
export type MailboxLookRow = Selectable<CaseFileTables['mailboxLook']>;
export type IncomingMailRow = Selectable<CaseFileTables['incomingMail']>;
export type CalendarReplyRow = Selectable<CaseFileTables['calendarReply']>;
export type CommunicationRow = Selectable<CaseFileTables['communication']>;
/** Without what chains it, which is read when somebody asks for it. */
export type RecordRow = Omit<Selectable<CaseFileTables['record']>, 'number' | 'salt' | 'hash' | 'chain'>;
