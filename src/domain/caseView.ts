import { z } from 'zod';
import { MARKS, WITHDRAWALS } from './answer.ts';
import { brief, documentChange } from './brief.ts';
import { CHANGE_KINDS } from './change.ts';
import { addressed, COMMUNICATION_KINDS } from './communication.ts';
import {
  attendance,
  committed,
  type Fulfilment,
  fulfilment,
  type Outcomes,
  outcomes,
  translation,
} from './content.ts';
import { dateIn } from './dates/dates.ts';
import { KINDS_OF_DOCUMENT } from './documentKinds.ts';
import { door } from './door.ts';
import { kinds } from './kinds/index.ts';
import { LANGUAGES } from './language.ts';
import { awayReply } from './mails/awayReply.ts';
import { calendarReply } from './mails/calendarReply.ts';
import { byMail } from './mails/incomingMail.ts';
import { CONSULTANT, STEPS } from './methodology.ts';
import { secretariatAmong } from './people/party.ts';
import { programmeShape } from './programme/programme.ts';
import { difference } from './programme/programmeDifferences.ts';
import { RECORD_KINDS } from './recordKinds.ts';
import { isOfFollowUp, isOfSheetCorrection } from './request.ts';
import { certificateView } from './results/certificate.ts';
import { closingPaperView } from './results/closingPaper.ts';
import { commitmentView } from './results/commitments.ts';
import { isFollowedUp } from './results/followUp.ts';
import { PUBLISH } from './results/publish.ts';
import { type ReportData, reportedBy } from './results/reportData.ts';
import { sheetStanding } from './results/sheet.ts';
import { surveyResults } from './results/survey.ts';
import { isSpared } from './turns.ts';

/**
 * A whole case as it is shown and exported (`case.json`). Instants are ISO 8601 in UTC; hashes are SHA-256 in hex;
 * `file` names are those of an export folder. Its JSON Schema is `docs/case.schema.json`.
 * With it stands what is plain from it: how requests and questions stand, and on whose clock a party is.
 */

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Whatever JSON holds. */
export const anyJson = z.json();
const optionalText = z.string().nullable();

/** What the coordination meeting and sessions have in common: how to be there, and what is recorded of them. */
const meetingOfPeople = {
  link: optionalText,
  place: optionalText,
  /** iCalendar's SEQUENCE of the last invitation; -1 before the first. */
  sequence: z.int(),
  /** What it agreed on. */
  minutes: optionalText,
  attendance,
  outputs: z.array(z.string()),
  recordedAt: instant.nullable(),
};

const stepView = z.strictObject({
  step: z.enum(STEPS),
  state: z.enum(['ahead', 'current', 'done']),
  /** Sessions recorded, and planned. */
  sessions: z.strictObject({ held: z.int(), planned: z.int() }).optional(),
});

const answerView = z.strictObject({
  party: z.string(),
  by: z.string(),
  name: z.string(),
  decision: z.string(),
  content: hash.nullable(),
  marks: z.record(z.string(), z.enum(MARKS)).optional(),
  startsAt: instant.optional(),
  /** Versions that came with the answer: `doc-3@1`. */
  documents: z.array(z.string()).optional(),
  /** Whether people outside may read the sheet that was approved. */
  publish: z.enum(PUBLISH).optional(),
  /** The person in whose place this one answered. */
  inPlaceOf: z.string().optional(),
  /** Who of the Secretariat recorded an answer that came another way, and the hash of how it did. */
  recorded: z.strictObject({ by: z.string(), how: hash }).optional(),
  /** With a report: the hash of what somebody took upon themselves. */
  commitments: hash.optional(),
  /** It was confirmed, since it hands in nothing new. */
  confirmed: z.boolean().optional(),
  /** By which door it came. */
  door,
  at: instant,
  /** The how-manieth of its party it is; left out of the first. */
  revision: z.int().optional(),
});

/** What a request asks, and what was answered. */
export const requestView = brief.extend({
  /** In the case's language: "Aprobar los contenidos del programa (versión 1)". */
  label: z.string(),
  answers: z.array(answerView),
  /** Answers that do not stand any more: by whom, and how. */
  withdrawn: z.array(
    answerView.extend({
      withdrawn: z.strictObject({ at: instant, by: z.string(), how: z.enum(WITHDRAWALS) }),
    }),
  ),
});
export type RequestView = z.infer<typeof requestView>;

export const caseView = z.strictObject({
  id: z.string(),
  pairing: z.string(),
  language: z.enum(LANGUAGES),
  filedAt: instant,
  /** Accepted, or cancelled. */
  closedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  pausedAt: instant.nullable(),
  /** When the ministries are asked what came of it, so many months after its acceptance; none before, nor where they are not asked. */
  followUps: z.array(z.strictObject({ months: z.int(), at: instant })),
  /** When the last of that was answered, or done without. */
  followedUpAt: instant.nullable(),
  programme: programmeShape,
  steps: z.array(stepView),
  people: z.array(
    z.strictObject({
      id: z.string(),
      party: z.string(),
      role: z.enum(['delegate', 'staff', 'consultant', 'guest', 'observer']),
      name: z.string(),
      post: optionalText,
      /** `null` of whoever has none: nothing is sent to them. */
      email: optionalText,
      /** How many a group is; `null` of one person. */
      count: z.int().nullable(),
      language: z.enum(LANGUAGES),
      timeZone: z.string(),
      session: z.int().nullable(),
      /** Reached when the institution does not answer. */
      focalPoint: z.boolean(),
      active: z.boolean(),
    }),
  ),
  /** The coordination meeting, as it stands now. */
  meeting: z.strictObject({
    startsAt: instant,
    endsAt: instant,
    hours: z.number(),
    timeZone: z.string(),
    ...meetingOfPeople,
    /** It was not held on the date that it has, and needs another. */
    notHeldAt: instant.nullable(),
    cancelledAt: instant.nullable(),
  }),
  sessions: z.array(
    z.strictObject({
      number: z.int(),
      contents: z.string(),
      hours: z.number(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      timeZone: z.string(),
      window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      ...meetingOfPeople,
      cancelledAt: instant.nullable(),
    }),
  ),
  programmeVersions: z.array(
    z.strictObject({
      version: z.int(),
      cause: z.string(),
      madeAt: instant,
      issuedAt: instant.nullable(),
      hash,
      pdf: z.strictObject({ file: z.string(), sha256: hash }),
      docx: z.strictObject({ file: z.string(), sha256: hash }),
      /** What it changes of the version before. */
      differences: z.array(difference),
      /** Since when it does not stand any more: an answer that it was made after was annulled. */
      annulledAt: instant.optional(),
    }),
  ),
  requests: z.array(requestView),
  contents: z.array(z.strictObject({ hash, value: anyJson })),
  questions: z.array(
    z.strictObject({
      number: z.int(),
      from: z.string(),
      by: z.string(),
      to: z.string(),
      session: z.int().nullable(),
      text: z.string(),
      askedAt: instant,
      answer: optionalText,
      answeredBy: optionalText,
      answeredAt: instant.nullable(),
    }),
  ),
  documents: z.array(
    z.strictObject({
      document: z.string(),
      version: z.int(),
      title: z.string(),
      kind: z.enum(KINDS_OF_DOCUMENT),
      /** Of the materials of a session: its number. */
      session: z.int().optional(),
      /** What its text is, where it is a link and nothing else. */
      link: z.string().optional(),
      party: z.string(),
      by: z.string(),
      at: instant,
      size: z.int(),
      mediaType: z.string(),
      sha256: hash,
      file: z.string(),
      changes: documentChange.nullable(),
      /** Nobody can have it: since when, by whose doing (nobody's: the Secretariat's), and by which change. */
      withheld: z.strictObject({ at: instant, by: z.string().nullable(), change: z.int() }).nullable(),
    }),
  ),
  /** The systematization sheet that was published last, and whether it was withdrawn; `null` before it is published. */
  sheet: sheetStanding.nullable(),
  changes: z.array(
    z.strictObject({
      number: z.int(),
      kind: z.enum(CHANGE_KINDS),
      /** As it was asked for. */
      what: anyJson,
      reason: z.string(),
      by: optionalText,
      madeAt: instant,
    }),
  ),
  /** What the Secretariat wrote, what it was asked, and what it answered. */
  communications: z.array(
    z.strictObject({
      number: z.int(),
      kind: z.enum(COMMUNICATION_KINDS),
      /** A person's id, the Secretariat's code, or the address of staff who are nobody in the cooperation. */
      by: z.string(),
      party: z.string(),
      addressed,
      /** Ids of those it went to. */
      people: z.array(z.string()),
      subject: optionalText,
      text: z.string(),
      at: instant,
      /** The number of the enquiry that it answers. */
      answers: z.int().nullable(),
      /** All who take part may read it, and what it answers. */
      shared: z.boolean(),
      /** The mail that it came by. */
      mail: byMail.optional(),
      /** Who of the Secretariat has seen to a mail that is in nobody's name. */
      seenTo: z.strictObject({ by: z.string(), at: instant }).optional(),
    }),
  ),
  /** That people attended sessions, those too that do not stand any more. */
  certificates: z.array(certificateView),
  /** Once the report was accepted: the sealed case file as a PDF, and what came of it as it was signed. */
  closingPaper: closingPaperView.nullable(),
  /** What ministries said of people outside reading the sheet, in its order: what one said last of a version stands. */
  consents: z.array(
    z.strictObject({
      party: z.string(),
      /** Of the sheet: what was said is about this one alone. */
      version: z.int(),
      sha256: hash,
      publish: z.enum(PUBLISH),
      by: z.string(),
      at: instant,
      /** The request with whose answer it was said. */
      request: z.string().nullable(),
      /** Who of the Secretariat recorded what came another way, and the hash of how it did. */
      recorded: z.strictObject({ by: z.string(), how: hash }).optional(),
    }),
  ),
  /** What people took upon themselves, those too that do not stand any more. */
  commitments: z.array(commitmentView),
  /** What people answered to invitations in their calendars: of each and of each appointment the last. */
  calendarReplies: z.array(calendarReply),
  /** What delegates answered to the survey, as far as it is shown; `null` for whoever it is not shown to. */
  survey: surveyResults.nullable(),
  /** When people's mailboxes answered last, by themselves, that these are away. */
  awayReplies: z.array(awayReply),
  /** Beside documents, drafts and polls. */
  comments: z.array(
    z.strictObject({
      number: z.int(),
      /** A document's id, or a request's. */
      about: z.string(),
      /** A person's id, or the address of staff who are nobody in the cooperation. */
      by: z.string(),
      party: z.string(),
      text: z.string(),
      at: instant,
    }),
  ),
  absences: z.array(
    z.strictObject({ person: z.string(), from: z.string(), to: z.string(), standIn: z.string() }),
  ),
  mails: z.array(
    z.strictObject({
      notice: z.string(),
      request: optionalText,
      person: z.string(),
      address: z.string(),
      subject: z.string(),
      messageId: z.string(),
      /** `held` for an officer's next digest, or `gathered` in one; `unconfirmed`: no longer needed, and perhaps taken. */
      state: z.enum(['pending', 'held', 'gathered', 'sent', 'refused', 'withdrawn', 'unconfirmed']),
      attempts: z.int(),
      /** What the mail server said last. */
      response: optionalText,
      preparedAt: instant,
      sentAt: instant.nullable(),
      /** Each time staff had it sent again. */
      again: z
        .array(
          z.strictObject({
            /** A person's id, or the address of staff who are nobody in the cooperation. */
            by: z.string(),
            at: instant,
            /** Of the mail that this came to; `null` before it is made. */
            messageId: optionalText,
          }),
        )
        .optional(),
      sha256: hash,
      file: z.string(),
    }),
  ),
  record: z.array(
    z.strictObject({
      seq: z.int(),
      at: instant,
      kind: z.enum(RECORD_KINDS),
      party: optionalText,
      person: optionalText,
      data: anyJson,
    }),
  ),
  /** Ids of the cooperation's workflows, each with its history's file. */
  workflows: z.array(z.strictObject({ id: z.string(), file: z.string() })),
});
export type CaseView = z.infer<typeof caseView>;

/** One line of the board. */
export const caseSummary = caseView
  .pick({
    id: true,
    pairing: true,
    language: true,
    filedAt: true,
    closedAt: true,
    cancelledAt: true,
    pausedAt: true,
    followUps: true,
    followedUpAt: true,
    steps: true,
  })
  .extend({
    subject: z.string(),
    call: z.strictObject({ number: z.int(), year: z.int() }),
    institutions: programmeShape.shape.institutions,
    open: z.array(requestView),
  });
export type CaseSummary = z.infer<typeof caseSummary>;

/** What a cooperation is, and how far it is. */
export type CaseHead<P = CaseView['programme']> = Omit<
  CaseSummary,
  'subject' | 'call' | 'institutions' | 'open'
> & { programme: P };

/** @param requests of the cooperation, at least those that are open */
export const summaryOf = (
  {
    programme,
    id,
    pairing,
    language,
    filedAt,
    closedAt,
    cancelledAt,
    pausedAt,
    steps,
    ...followed
  }: CaseHead<Pick<CaseView['programme'], 'subject' | 'call' | 'institutions'>>,
  requests: readonly RequestView[],
): CaseSummary => ({
  ...{ id, pairing, language, filedAt, closedAt, cancelledAt, pausedAt, steps },
  ...{ followUps: followed.followUps, followedUpAt: followed.followedUpAt },
  subject: programme.subject,
  call: programme.call,
  institutions: programme.institutions,
  open: requests.filter((request) => request.closedAt === null),
});

/** The number of the last change that somebody sees who looks now; 0 for none. */
export const lastChangeOf = ({ changes }: Pick<CaseView, 'changes'>): number =>
  Math.max(0, ...changes.map(({ number }) => number));

/** The IANA zone of a party's capital; the secretariat's for whoever has none. */
export function partyZone(
  { programme, people }: Pick<CaseView, 'programme' | 'people'>,
  code: string | null | undefined,
): string {
  const own =
    programme.institutions.find(({ id }) => id === code) ?? secretariatAmong(programme.institutions);
  const consultant = code === CONSULTANT ? people.find(({ role }) => role === 'consultant') : undefined;
  return consultant?.timeZone ?? own.timezone;
}

/** Whether the Secretariat may do without an answer that is still owed. */
export function isWaivable({
  kind,
  asked,
  waived,
  turns,
}: Pick<RequestView, 'kind' | 'asked' | 'waived' | 'turns'>): boolean {
  const { waivable } = kinds[kind];
  const parties = asked.map(({ party }) => party);
  const others = parties.length - waived.length > 1 || isSpared(turns, parties);
  return waivable === 'any' || (waivable === 'others' && others);
}

/** Whether an answer stands that the Secretariat may annul, as far as its step is under way. */
export const isAnnullable = ({
  kind,
  lapse,
  answers,
}: Pick<RequestView, 'kind' | 'lapse' | 'answers'>): boolean =>
  answers.length > 0 && !kinds[kind].lasting && (lapse === null || lapse === 'annulled');

/** Whether something waits on a request, or may: its step, the follow-up of a cooperation that is over, a corrected sheet. */
export const isRequestUnderWay = (
  view: Pick<CaseView, 'closedAt' | 'cancelledAt' | 'followedUpAt'>,
  request: Pick<RequestView, 'id'>,
): boolean =>
  view.closedAt === null ||
  (isFollowedUp(view) && isOfFollowUp(request)) ||
  (view.cancelledAt === null && isOfSheetCorrection(request));

/**
 * Whether it is for the Secretariat to decide how a request goes on: others owe the answer, and every reminder has
 * gone out.
 */
export const waitsOnDecision = (request: RequestView): boolean =>
  request.forSecretariat && request.owing.length > 0;

/** Days on which somebody is away, or will be: those that are over on the person's own clock are not among them. */
export const absencesAhead = (
  { absences, people }: Pick<CaseView, 'absences' | 'people'>,
  now: string,
): CaseView['absences'] =>
  absences.filter(({ person, to }) => {
    const zone = people.find(({ id }) => id === person)?.timeZone;
    return zone !== undefined && to >= dateIn(now, zone);
  });

/** Whether a question is still waited on: not answered, and neither its request nor the cooperation is closed. */
export const awaitsAnswer = (
  { requests, closedAt }: Pick<CaseView, 'requests' | 'closedAt'>,
  { number, answer }: Pick<CaseView['questions'][number], 'number' | 'answer'>,
): boolean =>
  answer === null &&
  closedAt === null &&
  requests.findLast(({ question }) => question?.number === number)?.closedAt == null;

/** The answer that accepted the Final Report, with which a cooperation concludes; it need not be of whoever was to. */
export const acceptanceIn = ({
  requests,
}: Pick<CaseView, 'requests'>): RequestView['answers'][number] | undefined =>
  requests
    .findLast(({ kind, outcome }) => kind === 'receive-report' && outcome === 'approve')
    ?.answers.at(-1);

/** What came of the cooperation by what was written with an answer, where it says that. */
export const outcomesIn = (
  { contents }: Pick<CaseView, 'contents'>,
  hash: string | null,
): Outcomes | undefined => outcomes.safeParse(contents.find((one) => one.hash === hash)?.value).data;

/** What became of commitments by what was written with an answer, where it says that. */
export const fulfilmentIn = ({ contents }: Pick<CaseView, 'contents'>, hash: string | null): Fulfilment =>
  fulfilment.safeParse(contents.find((one) => one.hash === hash)?.value).data?.fulfilment ?? [];

/** What an answer puts paragraphs of the programme into, each beside its original; nothing where it is none of that. */
export const translationIn = (
  { contents }: Pick<CaseView, 'contents'>,
  { translation: asked }: Pick<RequestView, 'translation'>,
  hash: string | null,
): { text: string; translation: string }[] =>
  (translation.safeParse(contents.find((one) => one.hash === hash)?.value).data?.translation ?? []).flatMap(
    ({ paragraph, text: put }) => {
      const original = asked?.paragraphs.find(({ number }) => number === paragraph);
      return original ? [{ text: original.text, translation: put }] : [];
    },
  );

/** What the report says as data, by the answers that stand. */
export const reportedIn = ({ requests, contents }: Pick<CaseView, 'requests' | 'contents'>): ReportData =>
  reportedBy(
    requests
      .flatMap(({ answers }) => answers)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .flatMap(({ commitments: hash }) =>
        hash === undefined
          ? []
          : (committed.safeParse(contents.find((one) => one.hash === hash)?.value).data ?? []),
      ),
  );

/** What is open, first what is overdue, then by the date it is due. */
export const openRequests = (requests: readonly RequestView[]): RequestView[] =>
  requests
    .filter(({ closedAt }) => closedAt === null)
    .sort((a, b) => Number(b.overdue) - Number(a.overdue) || Date.parse(a.dueAt) - Date.parse(b.dueAt));

/**
 * The JSON Schema (draft 2020-12) of `case.json`. It is that of what is written (`output`): a value that the
 * programme file may leave out and that is filled in is always there.
 */
export const caseJsonSchema = (): Record<string, unknown> => {
  const schema = z.toJSONSchema(caseView, { io: 'output' });
  return {
    $schema: schema.$schema,
    title: 'Case of a RIAL cooperation',
    description:
      'Everything the case file holds of one cooperation. Instants are in UTC; hashes are SHA-256 in hex; "file" names are those of the export folder.',
    ...schema,
  };
};
