import type { Readable } from 'node:stream';
import { z } from 'zod';
import { givenAnswer, givenTakeBack, readGivenAnswer } from '../client/givenAnswer.ts';
import { givenQuestion } from '../client/givenQuestion.ts';
import { givenRebuild, lostCooperation } from '../client/givenRebuild.ts';
import { givenResend, refusedMail } from '../client/givenResend.ts';
import { caseSummary, caseView } from '../domain/caseView.ts';
import { givenChange, PROGRAMME_CHANGES } from '../domain/change.ts';
import { givenComment } from '../domain/comment.ts';
import { givenCommunication, givenEnquiry, givenEnquiryAnswer } from '../domain/communication.ts';
import { disagreement } from '../domain/disagreement.ts';
import { MATERIAL_KINDS } from '../domain/documentKinds.ts';
import { follow } from '../domain/follows.ts';
import { healthReport } from '../domain/health.ts';
import { LANGUAGES } from '../domain/language.ts';
import { givenMailFile, recordedMail, seenMail } from '../domain/mails/incomingMail.ts';
import { addressedTelling } from '../domain/mails/notice.ts';
import { mistake } from '../domain/mistake.ts';
import {
  apiToken,
  givenReset,
  givenStaff,
  givenToken,
  type Scope,
  staffMember,
} from '../domain/people/staff.ts';
import { numberInTurn } from '../domain/programme/numbering.ts';
import { LONGEST_LINE } from '../domain/programme/programme.ts';
import { difference } from '../domain/programme/programmeDifferences.ts';
import { RECORD_GROUPS } from '../domain/recordGroups.ts';
import { REFUSALS_OF_ANSWERS, REFUSALS_OF_CHANGES, type RefusalCode } from '../domain/refusal.ts';
import { CALL_FILES, callReport } from '../domain/results/callReport.ts';
import {
  checkedCertificate,
  givenCertificates,
  withdrawnCertificate,
} from '../domain/results/certificate.ts';
import { closingPaperView, PAPER_FILES } from '../domain/results/closingPaper.ts';
import { givenConsent } from '../domain/results/consent.ts';
import { libraryAnswer, libraryQuestion, nearExperience } from '../domain/results/library.ts';
import { logoOwner, logoVersion } from '../domain/results/logo.ts';
import { TEMPLATES, templateFault, templateVersion } from '../domain/results/wordTemplate.ts';
import { LONGEST_QUERY, searchResult } from '../domain/search.ts';
import { SECURITY_CODES, securityEntry } from '../domain/securityEvent.ts';
import { warningShape } from '../domain/warning.ts';

/**
 * The HTTP API, declared once: the server's handlers, the client's calls, the OpenAPI document and docs/api.md are made
 * from this table. Instants are ISO 8601 in UTC, hashes SHA-256 in hex. Nothing that is loaded from here knows Temporal
 * or the database.
 */

/** What a body or an answer holds; of what is no JSON, and of JSON that is handed through, no shape is known here. */
type Content = {
  type: 'application/json' | 'text/plain' | 'application/octet-stream';
  /** The name of its schema, such as `GivenAnswer`; without a shape, what it is. */
  holds: string;
  shape?: z.ZodType;
};

export type Route = {
  method: 'GET' | 'POST';
  /** Below `/api`; what stands in braces is a key of {@link PARAMS}. */
  path: `/${string}`;
  /** What a token has to be for. */
  may: 'anybody' | Scope;
  summary: string;
  query?: z.ZodObject;
  /** `read` in place of its shape, where more can be said of what does not fit. */
  body?: Content & { read?: (value: unknown) => unknown };
  /** What is told when it is done. */
  answer: Content;
  status: 200 | 201;
  /** The same answer with another status, where what is told is not well. */
  unwell?: 503;
  /** Refusals beside those that follow from what the route takes: {@link refusalsOf}. */
  refuses: readonly RefusalCode[];
};

export const PARAMS = {
  id: 'the cooperation, such as `14-per-chl`',
  call: 'the number of a call, such as `14`',
  sha256: 'of the bytes',
  code: 'on a certificate, with or without hyphens',
  scope: 'the end of a workflow’s id: `cooperation`, `coordination`, `session-2` …',
} as const;
type Param = keyof typeof PARAMS;

const json = <S extends z.ZodType>(holds: string, shape: S) => ({
  type: 'application/json' as const,
  holds,
  shape,
});
const programmeFile = { type: 'text/plain', holds: 'the text of a programme file' } as const;

const instant = z.iso.datetime();
const recordedInQuery = {
  recordedBy: z
    .string()
    .max(80)
    .optional()
    .describe('where the token is not the person’s: who of the Secretariat records it'),
  how: z.string().max(LONGEST_LINE).optional().describe('there: how it came'),
};
const documents = caseView.shape.documents.element;
const foreseen = z.object({
  told: z.array(addressedTelling),
  programmeChanges: z.array(z.enum(PROGRAMME_CHANGES)).describe('what is new in the programme'),
  approval: z.boolean().describe('whether the ministries are asked for the programme again'),
  warnings: z.array(warningShape).describe('what somebody would want to know of the dates that it sets'),
  follows: z.array(follow).describe('what the workflows do once it is made, beside what is told'),
  differences: z.array(difference).describe('in what the programme file differs'),
});

const reader = caseView.shape.people.element
  .pick({ ...{ id: true, party: true, name: true, email: true, language: true } })
  .extend({
    officer: z
      .object({ name: z.string(), email: z.string() })
      .optional()
      .describe('whom the mail has them turn to'),
  });
const written = z.object({
  number: z.int().describe('by which it stands among the communications'),
  people: z.array(z.string()).describe('ids of those it goes to'),
});

const templateLanguage = z
  .enum(LANGUAGES)
  .describe(
    'of the papers that it is for; for those of every language that has none of its own where it is left out',
  );
const serialNumber = z.string().regex(/^\d{1,9}$/);
const dryRun = z.string().optional();
const DRY_RUN = 'where it is there, whatever it says, nothing is done';

const NOBODY = ['PersonUnknown', 'PersonLeft'] as const;
/** Of what is sent in a person's name. */
const SENT_FOR = ['IsGuest', 'IsObserver', 'RecordedMissing', 'NotSecretariat', 'HowMissing'] as const;
/** Of what is handed to a workflow. */
const SENT = ['Unavailable', 'NotUnderWay', 'DatabaseAwayMidway'] as const;

export const ROUTES = {
  health: {
    ...{ method: 'GET', path: '/health', may: 'anybody' },
    summary: 'Whether the server and all that it depends on are well.',
    answer: json('Health', healthReport),
    ...{ status: 200, unwell: 503, refuses: [] },
  },
  openapi: {
    ...{ method: 'GET', path: '/openapi.json', may: 'anybody' },
    summary: 'This API as an OpenAPI 3.1 document.',
    answer: json('OpenApi', z.looseObject({ openapi: z.string() })),
    ...{ status: 200, refuses: [] },
  },
  check: {
    ...{ method: 'POST', path: '/check', may: 'read' },
    summary: 'The mistakes of a programme file, and what is worth a second look where there are none.',
    body: programmeFile,
    answer: json('FileCheck', z.object({ mistakes: z.array(mistake), warnings: z.array(warningShape) })),
    ...{ status: 200, refuses: ['InspectionUnavailable'] },
  },
  list: {
    ...{ method: 'GET', path: '/cooperations', may: 'read' },
    summary: 'Summaries of cooperations with their open requests, the newest call first, in pages.',
    query: z.object({
      after: z.string().max(60).optional().describe('the `id` of the cooperation after which to begin'),
      most: z
        .string()
        .regex(/^([1-9]\d?|1\d\d|200)$/)
        .default('50')
        .describe('how many at most, to 200; fewer come when there are no more'),
    }),
    answer: json('CaseSummaries', z.array(caseSummary)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  search: {
    ...{ method: 'GET', path: '/search', may: 'read' },
    summary:
      'What has all the words: cooperations, people, names of documents, published sheets, questions, sessions, commitments and communications, up to 20 of each.',
    query: z.object({
      q: z
        .string()
        .max(LONGEST_QUERY)
        .describe('beginnings of words, with or without accents; at least one of two letters'),
    }),
    answer: json('Found', searchResult),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  callReport: {
    ...{ method: 'GET', path: '/calls/{call}/report', may: 'read' },
    summary:
      'What came of a call: how its cooperations stand, what was done, how long it took and on whom was waited, with the same of each cooperation.',
    answer: json('CallReport', callReport),
    ...{ status: 200, refuses: ['CallUnknown', 'DatabaseAway'] },
  },
  callReportFile: {
    ...{ method: 'GET', path: '/calls/{call}/report/file', may: 'read' },
    summary:
      'The report of a call as a file: the paper as a tagged PDF or for Word, or the table by cooperation.',
    query: z.object({
      format: z.enum(CALL_FILES).default('pdf'),
      language: z.enum(LANGUAGES).default('es'),
    }),
    answer: { type: 'application/octet-stream', holds: 'the file' },
    ...{ status: 200, refuses: ['CallUnknown', 'DatabaseAway'] },
  },
  library: {
    ...{ method: 'GET', path: '/library', may: 'read' },
    summary:
      'Published systematization sheets of all calls, by the words of their text in the stems of its language, by country, theme and year.',
    query: libraryQuestion,
    answer: json('Library', libraryAnswer),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  librarySheet: {
    ...{ method: 'GET', path: '/library/{id}', may: 'read' },
    summary: 'The published sheet of a cooperation, as a file.',
    answer: { type: 'application/octet-stream', holds: 'the bytes of the file' },
    ...{ status: 200, refuses: ['DocumentUnknown', 'SheetWithdrawn', 'Unavailable', 'DatabaseAway'] },
  },
  nearest: {
    ...{ method: 'POST', path: '/library/nearest', may: 'read' },
    summary: 'The published experiences nearest to a request: a programme file, or any text.',
    body: { type: 'text/plain', holds: 'the text of a programme file, or any other text' },
    answer: json('NearExperiences', z.array(nearExperience)),
    ...{ status: 200, refuses: ['InspectionUnavailable', 'DatabaseAway'] },
  },
  renewLibrary: {
    ...{ method: 'POST', path: '/library/renew', may: 'change' },
    summary:
      'Has all sheets of the library read anew, in the minutes that follow; until then they are found as they are.',
    answer: json('LibraryRenewed', z.object({ sheets: z.int() })),
    ...{ status: 200, refuses: ['DatabaseAway', 'DatabaseAwayMidway'] },
  },
  start: {
    ...{ method: 'POST', path: '/cooperations', may: 'change' },
    summary: 'Files a programme and starts its cooperation. The same file again changes nothing.',
    query: z.object({
      'dry-run': dryRun.describe(`${DRY_RUN}: the answer is what somebody would want to know before`),
      demonstration: z
        .string()
        .optional()
        .describe(
          'where it is there, whatever it says, days that have passed are proposed and invited to as if they lay ahead',
        ),
    }),
    body: programmeFile,
    answer: json(
      'Started',
      z.object({
        id: z.string(),
        state: z
          .enum(['started', 'running', 'completed'])
          .optional()
          .describe('as it was found: now, already, before; not there under `dry-run`'),
        warnings: z
          .array(warningShape)
          .describe('what is worth a second look, days that have passed among it'),
      }),
    ),
    status: 201,
    refuses: [
      ...(['ProgrammeMistaken', 'InspectionUnavailable', 'CooperationTaken', 'CooperationEnded'] as const),
      ...(['Unavailable', 'DatabaseAway', 'DatabaseAwayMidway'] as const),
    ],
  },
  show: {
    ...{ method: 'GET', path: '/cooperations/{id}', may: 'read' },
    summary: 'A whole case.',
    answer: json('Case', caseView),
    ...{ status: 200, refuses: [] },
  },
  record: {
    ...{ method: 'GET', path: '/cooperations/{id}/record', may: 'read' },
    summary: 'What happened, oldest first.',
    query: z.object({
      after: z
        .string()
        .regex(/^\d{1,18}$/)
        .default('0')
        .describe('the `seq` of the entry after which to begin'),
      group: z.enum(RECORD_GROUPS).optional().describe('only what is of this'),
      person: z.string().max(80).optional().describe('only what was done by, sent to or about this person'),
    }),
    answer: json('Record', caseView.shape.record),
    ...{ status: 200, refuses: [] },
  },
  answer: {
    ...{ method: 'POST', path: '/cooperations/{id}/answers', may: 'answer' },
    summary:
      'Answers a request in a person’s name. Who is not the token’s holder is answered for with `recorded`: who of the Secretariat records it, and how it came. The same answer again stands.',
    body: { ...json('GivenAnswer', givenAnswer), read: readGivenAnswer },
    answer: json('AcceptedAnswer', z.object({ at: instant, stillOwing: z.array(z.string()) })),
    status: 200,
    refuses: [
      ...([
        'RequestUnknown',
        'DocumentUnknown',
        'ContentUnknown',
        'ProgrammeMistaken',
        'InspectionUnavailable',
      ] as const),
      ...[...NOBODY, ...REFUSALS_OF_ANSWERS, 'ChangedSince', ...SENT],
    ],
  },
  takeBack: {
    ...{ method: 'POST', path: '/cooperations/{id}/answers/take-back', may: 'answer' },
    summary: 'Takes an answer back in the name of somebody of its party, while another still owes theirs.',
    body: json('GivenTakeBack', givenTakeBack),
    answer: json('TakenBack', z.object({ at: instant, stillOwing: z.array(z.string()) })),
    status: 200,
    refuses: [
      ...(['RequestUnknown', 'IsGuest', 'NotAsked', 'NotOfParty'] as const),
      ...(['AnswerNotStanding', 'AnswerUsed', 'OutsideRefused', 'RequestClosed'] as const),
      ...(['NotSecretariat', 'HowMissing', 'RecordedMissing', 'ContentUnknown'] as const),
      ...[...NOBODY, ...SENT],
    ],
  },
  ask: {
    ...{ method: 'POST', path: '/cooperations/{id}/questions', may: 'answer' },
    summary: 'Puts a person’s question to a ministry. The same question again is that one.',
    body: json('GivenQuestion', givenQuestion),
    answer: json('AskedQuestion', z.object({ number: z.int(), request: z.string() })),
    status: 201,
    refuses: [
      ...NOBODY,
      ...SENT_FOR,
      'PartyUnknown',
      'ExchangeNotOpen',
      'ContentMistaken',
      'QuotaReached',
      ...SENT,
    ],
  },
  change: {
    ...{ method: 'POST', path: '/cooperations/{id}/changes', may: 'change' },
    summary:
      'Changes a cooperation under way, and says who is told what. `seen` is the number of the last change that its author knows of, 0 for none: where another has changed the same since, it is refused with what was.',
    query: z.object({
      'dry-run': dryRun.describe(`${DRY_RUN}: the answer is who would be told what`),
    }),
    body: json('GivenChange', givenChange.required({ seen: true })),
    answer: json(
      'Change',
      z.union([
        foreseen.extend({ change: z.int(), at: instant }).describe('made'),
        foreseen
          .extend({ seen: z.int().describe('with which the change is sent that was tried') })
          .describe('under `dry-run`'),
      ]),
    ),
    status: 200,
    refuses: [
      ...([
        'RequestUnknown',
        'SessionUnknown',
        'PartyUnknown',
        'DocumentUnknown',
        'RequestClosed',
        'ProgrammeMistaken',
        'InspectionUnavailable',
      ] as const),
      ...(['CooperationOver', 'Paused', 'NotPaused'] as const),
      ...[...NOBODY, ...REFUSALS_OF_CHANGES, ...SENT],
    ],
  },
  write: {
    ...{ method: 'POST', path: '/cooperations/{id}/communications', may: 'change' },
    summary:
      'The Secretariat writes to somebody, an institution, all who owe an answer, or everybody. The same again is that one.',
    query: z.object({ 'dry-run': dryRun.describe(`${DRY_RUN}: the answer is whom it would go to`) }),
    body: json('GivenCommunication', givenCommunication),
    answer: json(
      'Communication',
      z.union([written, z.object({ people: z.array(reader) }).describe('under `dry-run`')]),
    ),
    status: 201,
    refuses: [...NOBODY, 'PartyUnknown', 'NotSecretariat', 'NobodyToWriteTo', 'ReadersChanged', ...SENT],
  },
  enquire: {
    ...{ method: 'POST', path: '/cooperations/{id}/enquiries', may: 'answer' },
    summary: 'Asks the Secretariat something, in a person’s name. The same again is that one.',
    body: json('GivenEnquiry', givenEnquiry),
    answer: json('Written', written),
    ...{ status: 201, refuses: [...NOBODY, ...SENT_FOR, 'QuotaReached', ...SENT] },
  },
  answerEnquiry: {
    ...{ method: 'POST', path: '/cooperations/{id}/enquiries/answers', may: 'change' },
    summary: 'Answers what the Secretariat was asked.',
    body: json('GivenEnquiryAnswer', givenEnquiryAnswer),
    answer: json('Written', written),
    status: 201,
    refuses: [...NOBODY, 'NotSecretariat', 'EnquiryUnknown', 'EnquiryAnswered', ...SENT],
  },
  takeMailFile: {
    ...{ method: 'POST', path: '/cooperations/{id}/communications/files', may: 'change' },
    summary:
      'Takes a file that came by mail in among the documents, as one of whoever sent it. The same again is that document.',
    body: json('GivenMailFile', givenMailFile),
    answer: json('DocumentFromMail', z.object({ document: z.string(), version: z.int() })),
    status: 201,
    refuses: [
      ...[...NOBODY, 'NotSecretariat', 'DocumentUnknown', 'DocumentRefused', 'QuotaReached'],
      ...(['IsGuest', 'IsObserver', 'ExchangeNotOpen', 'InspectionUnavailable'] as const),
      ...SENT,
    ],
  },
  seeToMail: {
    ...{ method: 'POST', path: '/cooperations/{id}/communications/seen', may: 'change' },
    summary:
      'Notes that the Secretariat has seen to a mail that is in nobody’s name: the board counts it no more. Whoever was first stands.',
    body: json('SeenMail', seenMail),
    answer: json('SeenTo', z.object({ by: z.string(), at: z.iso.datetime() })),
    status: 200,
    refuses: [...NOBODY, 'NotSecretariat', 'UnfiledMailUnknown'],
  },
  recordMailAnswer: {
    ...{ method: 'POST', path: '/cooperations/{id}/communications/recorded', may: 'change' },
    summary:
      'Records the approval that was read in a mail as the answer of whoever it is of, whom that is told. The same again changes nothing.',
    body: json('RecordedMail', recordedMail),
    answer: json('AnswerFromMail', z.object({ request: z.string(), at: z.iso.datetime() })),
    status: 200,
    refuses: [
      ...[...NOBODY, 'NotSecretariat', 'MailAnswerUnknown', 'RequestUnknown', 'NotAsked', 'NotOfParty'],
      ...(['AlreadyAnswered', 'AnswerUsed', 'RequestClosed', 'SubjectSuperseded', 'NotUnderWay'] as const),
      ...SENT,
    ],
  },
  comment: {
    ...{ method: 'POST', path: '/cooperations/{id}/comments', may: 'answer' },
    summary: 'Comments on a document, a draft or a poll, in a person’s name. The same again is that one.',
    body: json('GivenComment', givenComment),
    answer: json('Comment', z.object({ number: z.int() })),
    status: 201,
    refuses: [
      ...NOBODY,
      ...SENT_FOR,
      'DocumentUnknown',
      'RequestUnknown',
      'QuotaReached',
      'DatabaseAwayMidway',
    ],
  },
  consent: {
    ...{ method: 'POST', path: '/cooperations/{id}/consents', may: 'answer' },
    summary:
      'Says for a ministry whether people outside may read the sheet that was published, or takes it back: its focal point, or the Secretariat with how it came. It is about that version alone, and nothing waits on it.',
    body: json('GivenConsent', givenConsent.required({ seen: true })),
    answer: json('Consent', givenConsent.pick({ version: true, publish: true })),
    status: 200,
    refuses: [
      ...NOBODY,
      ...(['RecordedMissing', 'NotSecretariat', 'HowMissing'] as const),
      ...([
        'SheetNotPublished',
        'SheetWithdrawn',
        'NotFocalPoint',
        'WrittenSince',
        'DatabaseAwayMidway',
      ] as const),
    ],
  },
  giveCertificates: {
    ...{ method: 'POST', path: '/cooperations/{id}/certificates', may: 'change' },
    summary:
      'Gives a certificate to everybody who attended a session and has none that stands, once all sessions are recorded or cancelled. Those that no longer agree with the attendance are replaced.',
    query: z.object({ 'dry-run': dryRun.describe(`${DRY_RUN}: the answer is to whom one would be given`) }),
    body: json('GivenCertificates', givenCertificates),
    answer: json(
      'Certificates',
      z.union([
        z.object({ given: z.array(z.int()), replaced: z.array(z.int()) }).describe('their numbers'),
        z
          .object({
            due: z.array(
              caseView.shape.certificates.element.pick({
                ...{ name: true, party: true, institution: true },
                ...{ sessions: true, persons: true, language: true },
              }),
            ),
            replaced: z.array(z.int()),
          })
          .describe('under `dry-run`'),
      ]),
    ),
    status: 201,
    refuses: [
      ...NOBODY,
      ...(['NotSecretariat', 'CertificatesTooEarly', 'Unavailable'] as const),
      ...(['DatabaseAwayMidway', 'StoreFull'] as const),
    ],
  },
  withdrawCertificate: {
    ...{ method: 'POST', path: '/cooperations/{id}/certificates/withdraw', may: 'change' },
    summary: 'Withdraws a certificate: whoever asks by its code is told so.',
    body: json('WithdrawnCertificate', withdrawnCertificate),
    answer: json('Withdrawn', z.object({ certificate: z.int() })),
    status: 200,
    refuses: [
      ...NOBODY,
      ...(['NotSecretariat', 'CertificateUnknown', 'CertificateWithdrawn', 'DatabaseAwayMidway'] as const),
    ],
  },
  certificates: {
    ...{ method: 'GET', path: '/cooperations/{id}/certificates', may: 'read' },
    summary: 'The certificates of a cooperation that stand, as PDFs in a ZIP.',
    answer: { type: 'application/octet-stream', holds: 'a ZIP' },
    ...{ status: 200, refuses: ['DocumentUnknown', 'Unavailable'] },
  },
  certificate: {
    ...{ method: 'GET', path: '/certificates/{code}', may: 'read' },
    summary: 'Whether a certificate stands, and what it states, by the code on it.',
    answer: json('CheckedCertificate', checkedCertificate),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  closingPaper: {
    ...{ method: 'GET', path: '/cooperations/{id}/paper', may: 'read' },
    summary:
      'The sealed case file of a cooperation that is over: its hash, and as whom its ministries signed it. It is made where it is not there yet.',
    answer: json('ClosingPaper', closingPaperView),
    ...{ status: 200, refuses: ['PaperNotYet', 'Unavailable', 'StoreFull'] },
  },
  closingPaperFile: {
    ...{ method: 'GET', path: '/cooperations/{id}/paper/file', may: 'read' },
    summary:
      'The sealed case file as a PDF/A-3a with its case.json: the same bytes for everybody, with the signatures that there are.',
    query: z.strictObject({
      as: z
        .enum(PAPER_FILES)
        .default('newest')
        .describe('with all signatures; as it was sealed; or the copy to be read (PDF/UA), without seal'),
    }),
    answer: { type: 'application/octet-stream', holds: 'a PDF' },
    ...{ status: 200, refuses: ['PaperNotYet', 'Unavailable', 'StoreFull'] },
  },
  signPaper: {
    ...{ method: 'POST', path: '/cooperations/{id}/paper/signatures', may: 'answer' },
    summary:
      'Puts in the sealed case file as a ministry signed it with a tool and a certificate of its own: it has to begin with the newest one, byte for byte, and add signatures alone. The same file again is that one.',
    query: z.strictObject({
      by: z.string().max(80).describe('whose ministry signed: a person of it, such as `chl-mtps-2`'),
      ...recordedInQuery,
    }),
    body: { type: 'application/octet-stream', holds: 'the signed PDF' },
    answer: json(
      'SignedPaper',
      z.object({ number: z.int(), signatures: closingPaperView.shape.signed.element.shape.signatures }),
    ),
    status: 201,
    refuses: [
      ...NOBODY,
      ...(['RecordedMissing', 'NotSecretariat', 'HowMissing', 'DocumentRefused'] as const),
      ...(['PaperNotYet', 'PaperNotTheirs', 'PaperForeign', 'PaperOutdated'] as const),
      ...(['PaperUnsigned', 'PaperUnsound', 'InspectionUnavailable', 'Unavailable'] as const),
      ...(['DatabaseAwayMidway', 'StoreFull'] as const),
    ],
  },
  rebuild: {
    ...{ method: 'POST', path: '/rebuild', may: 'change' },
    summary: 'Has cooperations whose workflows are gone go on from where the case file says they stood.',
    query: z.object({ 'dry-run': dryRun.describe(`${DRY_RUN}: the answer is which would go on`) }),
    body: json('GivenRebuild', givenRebuild),
    answer: json('Rebuilt', z.array(lostCooperation)),
    status: 200,
    refuses: [
      ...([...NOBODY, 'CooperationUnknown', 'NothingToRebuild', 'CooperationOver'] as const),
      ...(['Unavailable', 'DatabaseAwayMidway'] as const),
    ],
  },
  resend: {
    ...{ method: 'POST', path: '/mails/resend', may: 'change' },
    summary: 'Sends the mails again that were refused, all at once: after a mail server has been mended.',
    query: z.object({ 'dry-run': dryRun.describe(`${DRY_RUN}: the answer is which would be sent`) }),
    body: json('GivenResend', givenResend),
    answer: json('Resent', z.array(refusedMail)),
    status: 200,
    refuses: [...NOBODY, 'CooperationUnknown', 'Unavailable', 'DatabaseAwayMidway'],
  },
  agreement: {
    ...{ method: 'GET', path: '/agreement', may: 'read' },
    summary: 'In what the case file and Temporal disagree: what is open there, and what runs and waits here.',
    answer: json(
      'Agreement',
      z.object({
        disagreements: z.array(disagreement),
        retentionDays: z.number().describe('how long Temporal keeps a workflow that has ended'),
      }),
    ),
    ...{ status: 200, refuses: ['Unavailable', 'DatabaseAway'] },
  },
  putDocument: {
    ...{ method: 'POST', path: '/cooperations/{id}/documents', may: 'answer' },
    summary:
      'Puts a document in, or a version of one. A `sheet`, a `report` and what is put in as `answer` wait (`waiting`) for the answer that names them, by SHA-256 or as `doc-4@1`, and are nobody else’s to see before it is taken. The same file again is that one.',
    query: z.strictObject({
      by: z.string().max(80).describe('the person’s id, such as `chl-mtps-2`'),
      name: z.string().min(1).max(4096).describe('the file’s; its ending says what it is'),
      title: z.string().max(LONGEST_LINE).optional(),
      kind: documents.shape.kind.default('shared'),
      document: z.string().max(120).optional().describe('the document to add a version to; else a new one'),
      ...recordedInQuery,
      session: z
        .string()
        .regex(/^[1-9]\d?$/)
        .optional()
        .describe(
          `the session that a ${MATERIAL_KINDS.join(', ')} is for; a text that is a link and nothing else is shown as that`,
        ),
    }),
    body: { type: 'application/octet-stream', holds: 'the bytes' },
    answer: json(
      'DocumentVersion',
      z.object({
        ...documents.omit({ file: true }).shape,
        fileName: z.string(),
        waiting: z
          .boolean()
          .describe('no answer has handed it in yet; its version is the one that it would be'),
      }),
    ),
    status: 201,
    refuses: [
      ...([
        'DocumentRefused',
        'InspectionUnavailable',
        'QuotaReached',
        'DocumentUnknown',
        'DocumentOfOther',
        'SessionUnknown',
        'SessionCancelled',
        'ContentMistaken',
      ] as const),
      ...[...NOBODY, ...SENT_FOR, 'ExchangeNotOpen' as const, 'StoreFull' as const, ...SENT],
    ],
  },
  bytes: {
    ...{ method: 'GET', path: '/cooperations/{id}/bytes/{sha256}', may: 'read' },
    summary:
      'The bytes of a document, a certificate, a version of the programme or a mail of this case; of a mail without the links in it, but by the token of the machine.',
    answer: { type: 'application/octet-stream', holds: 'the bytes' },
    ...{ status: 200, refuses: ['DocumentUnknown', 'Unavailable'] },
  },
  'security-log': {
    ...{ method: 'GET', path: '/security-log', may: 'staff' },
    summary: 'The security log: who came, who was turned away, who took what with them; the newest first.',
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional()
        .describe('the `seq` of the entry before which to begin'),
      most: z
        .string()
        .regex(/^([1-9]\d{0,2}|1000)$/)
        .default('100')
        .describe('how many at most, to 1000'),
      code: z.enum(SECURITY_CODES).optional().describe('only events of this code'),
    }),
    answer: json('SecurityEntries', z.array(securityEntry)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  templates: {
    ...{ method: 'GET', path: '/templates', may: 'staff' },
    summary:
      'The Word templates that were put in, of all papers, the newest first. A paper is made with the first of its own in its language; with the first of its own for all where that has no file, or there is none; then with the shipped one.',
    answer: json('TemplateVersions', z.array(templateVersion)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  templateFile: {
    ...{ method: 'GET', path: '/templates/file', may: 'staff' },
    summary: 'A Word template as it is, or filled with the example: the shipped one, or one by its number.',
    query: z.object({
      template: z.enum(TEMPLATES),
      number: serialNumber.optional().describe('of the one that was put in; else the shipped one'),
      filled: z.string().optional().describe('where it is there, whatever it says, with the example'),
    }),
    answer: { type: 'application/octet-stream', holds: 'the Word file' },
    ...{ status: 200, refuses: ['TemplateUnknown', 'DatabaseAway'] },
  },
  putTemplate: {
    ...{ method: 'POST', path: '/templates', may: 'staff' },
    summary:
      'Puts another Word template in the place of the present one. Where something is wrong in it, nothing is changed, and each fault is told by name and place.',
    query: z.strictObject({
      template: z.enum(TEMPLATES),
      language: templateLanguage.optional(),
      name: z.string().min(1).max(4096).describe('the file’s, which ends in `.docx`'),
      seen: serialNumber.describe('the number of the last that was seen, of any template; 0 for none'),
    }),
    body: { type: 'application/octet-stream', holds: 'the bytes' },
    answer: json(
      'PutTemplate',
      z.union([z.object({ number: z.int() }), z.object({ faults: z.array(templateFault) })]),
    ),
    status: 200,
    refuses: ['DocumentRefused', 'InspectionUnavailable', 'WrittenSince', 'StoreFull', 'DatabaseAway'],
  },
  resetTemplate: {
    ...{ method: 'POST', path: '/templates/reset', may: 'staff' },
    summary:
      'Takes back the template of a paper in a language, or for all: papers are made as if none had been put in there. Those that were put in are kept.',
    body: json(
      'ResetTemplate',
      z.strictObject({
        template: z.enum(TEMPLATES),
        language: templateLanguage.optional(),
        seen: z.int().min(0),
      }),
    ),
    answer: json('TemplateReset', z.object({ reset: z.boolean().describe('whether one was there') })),
    ...{ status: 200, refuses: ['WrittenSince', 'DatabaseAway'] },
  },
  logos: {
    ...{ method: 'GET', path: '/logos', may: 'staff' },
    summary:
      'The logos that were put in, of all institutions, the newest first. A paper bears the first of each of its institutions; none where that has no file, or there is none.',
    answer: json('LogoVersions', z.array(logoVersion)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  logoFile: {
    ...{ method: 'GET', path: '/logos/file', may: 'staff' },
    summary: 'A logo, by its number: the picture that was put in, with what it shows alone.',
    query: z.object({ number: serialNumber }),
    answer: { type: 'application/octet-stream', holds: 'the picture' },
    ...{ status: 200, refuses: ['LogoUnknown', 'DatabaseAway'] },
  },
  putLogo: {
    ...{ method: 'POST', path: '/logos', may: 'staff' },
    summary:
      'Puts a logo in the place of the present one of an institution, for the head of papers that are made from then on.',
    query: z.strictObject({
      institution: logoOwner,
      name: z.string().min(1).max(4096).describe('the file’s, which ends in `.png`, `.jpg` or `.jpeg`'),
      seen: serialNumber.describe('the number of the last that was seen, of any institution; 0 for none'),
    }),
    body: { type: 'application/octet-stream', holds: 'the bytes' },
    answer: json('PutLogo', z.object({ number: z.int() })),
    status: 200,
    refuses: ['DocumentRefused', 'InspectionUnavailable', 'WrittenSince', 'StoreFull', 'DatabaseAway'],
  },
  removeLogo: {
    ...{ method: 'POST', path: '/logos/remove', may: 'staff' },
    summary: 'Takes the logo of an institution away; those that were put in are kept.',
    body: json('RemoveLogo', z.strictObject({ institution: logoOwner, seen: z.int().min(0) })),
    answer: json('LogoRemoved', z.object({ removed: z.boolean().describe('whether there was one') })),
    ...{ status: 200, refuses: ['WrittenSince', 'DatabaseAway'] },
  },
  staff: {
    ...{ method: 'GET', path: '/staff', may: 'staff' },
    summary: 'Who is staff and who looks on.',
    answer: json('StaffMembers', z.array(staffMember)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  inviteStaff: {
    ...{ method: 'POST', path: '/staff', may: 'staff' },
    summary:
      'Lets somebody in as staff or observer, or gives whoever is in another role, with `seen`; and writes to them.',
    body: json('GivenStaff', givenStaff),
    answer: json('StaffMembers', z.array(staffMember)),
    ...{
      status: 201,
      refuses: ['StaffAlready', 'StaffUnknown', 'WrittenSince', 'LastStaff', 'DatabaseAway'],
    },
  },
  removeStaff: {
    ...{ method: 'POST', path: '/staff/remove', may: 'staff' },
    summary: 'Puts somebody out, at once: their sessions end, and so do their tokens.',
    body: json('RemovedStaff', z.strictObject({ address: z.string().max(LONGEST_LINE) })),
    answer: json('StaffMembers', z.array(staffMember)),
    ...{ status: 200, refuses: ['StaffUnknown', 'LastStaff', 'DatabaseAway'] },
  },
  resetSecondFactor: {
    ...{ method: 'POST', path: '/staff/reset', may: 'staff' },
    summary: 'Has somebody set up their second step anew who lost what it takes, and signs them out.',
    body: json('ResetStaff', givenReset),
    answer: json('StaffMembers', z.array(staffMember)),
    ...{ status: 200, refuses: ['StaffUnknown', 'WrittenSince', 'DatabaseAway'] },
  },
  endAccess: {
    ...{ method: 'POST', path: '/access/end', may: 'staff' },
    summary: 'Ends all that lets somebody in under an address: sessions, links that were not used, codes.',
    body: json('EndedAccess', z.strictObject({ address: z.string().max(LONGEST_LINE) })),
    answer: json('EndedSessions', z.object({ sessions: z.int().describe('how many there were') })),
    ...{ status: 200, refuses: ['AddressUnknown', 'DatabaseAway'] },
  },
  setDigest: {
    ...{ method: 'POST', path: '/digest', may: 'staff' },
    summary:
      'Has an officer get one mail each morning of their working days, or each as it comes. What cannot wait comes at once either way.',
    body: json('GivenDigest', z.strictObject({ address: z.string().max(LONGEST_LINE), on: z.boolean() })),
    answer: json('Digest', z.object({ address: z.string(), on: z.boolean() })),
    ...{ status: 200, refuses: ['AddressUnknown', 'DatabaseAway'] },
  },
  tokens: {
    ...{ method: 'GET', path: '/tokens', may: 'staff' },
    summary: 'The tokens that were made, the newest first.',
    answer: json('Tokens', z.array(apiToken)),
    ...{ status: 200, refuses: ['DatabaseAway'] },
  },
  makeToken: {
    ...{ method: 'POST', path: '/tokens', may: 'staff' },
    summary: 'Makes a token. Its secret is told this once.',
    body: json('GivenToken', givenToken),
    answer: json('MadeToken', z.object({ token: apiToken, secret: z.string() })),
    ...{ status: 201, refuses: ['StaffUnknown', 'DatabaseAway'] },
  },
  revokeToken: {
    ...{ method: 'POST', path: '/tokens/revoke', may: 'staff' },
    summary: 'Takes a token away, at once.',
    body: json('RevokedToken', z.strictObject({ number: numberInTurn.positive() })),
    answer: json('Tokens', z.array(apiToken)),
    ...{ status: 200, refuses: ['TokenUnknown', 'DatabaseAway'] },
  },
  bundle: {
    ...{ method: 'GET', path: '/cooperations/{id}/bundle', may: 'read' },
    summary: 'The whole case as a BagIt bag in a ZIP, which can be checked by itself: docs/bundle.md.',
    answer: { type: 'application/octet-stream', holds: 'a ZIP' },
    ...{ status: 200, refuses: ['Unavailable'] },
  },
  history: {
    ...{ method: 'GET', path: '/cooperations/{id}/histories/{scope}', may: 'read' },
    summary: 'The Temporal history of a workflow, as Temporal’s tools replay it.',
    answer: { type: 'application/json', holds: 'a Temporal history' },
    ...{ status: 200, refuses: ['HistoryUnknown', 'NotUnderWay', 'Unavailable'] },
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

/** Whether it is passed on piece by piece, and may be large. */
export const isStream = ({ type, shape }: Content): boolean => !shape && type !== 'text/plain';

/** Everything that a route may refuse with. */
export function refusalsOf({ path, query, body, refuses }: Route): RefusalCode[] {
  const found = path.includes('{id}')
    ? (['TextUnreadable', 'CooperationUnknown', 'DatabaseAway'] as const)
    : path.includes('{')
      ? (['TextUnreadable'] as const)
      : [];
  const json = body?.shape ? (['NotJson', 'TextUnreadable', 'Malformed'] as const) : [];
  const text = body && body.type !== 'application/octet-stream' ? (['TooLarge'] as const) : [];
  const asked = query ? (['TextUnreadable', 'Malformed'] as const) : [];
  return [...new Set([...json, ...text, ...asked, ...found, ...refuses])];
}

// --- What a route takes and tells, as types -------------------------------------------------------------------

type Of<R extends RouteName> = (typeof ROUTES)[R];
type ParamsIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamsIn<Rest> : never;
type ContentOf<C> = C extends { shape: infer S extends z.ZodType }
  ? z.output<S>
  : C extends { type: 'text/plain' }
    ? string
    : Readable;

type Params<R extends RouteName> = { [P in ParamsIn<Of<R>['path']> & Param]: string };
type Body<R extends RouteName> = Of<R> extends { body: infer C } ? { body: ContentOf<C> } : unknown;
type Query<R extends RouteName> = Of<R> extends { query: infer Q extends z.ZodType } ? Q : z.ZodType<unknown>;

/** What is sent: what stands in the path and the query, and the body. */
export type Call<R extends RouteName> = Params<R> & z.input<Query<R>> & Body<R>;
/** The same, parsed. */
export type ParsedCall<R extends RouteName> = Params<R> & z.output<Query<R>> & Body<R>;
/** What is told; a stream of what has no shape. */
export type Answer<R extends RouteName> = ContentOf<Of<R>['answer']>;
