import { type CaseView, partyZone } from '../domain/caseView.ts';
import { CHANGE_KINDS, CHANGES, type ChangeKind, type ChangeRecord } from '../domain/change.ts';
import { isPublishedSheet } from '../domain/document.ts';
import { type Door, door } from '../domain/door.ts';
import type { Lapse } from '../domain/endings.ts';
import type { RequestKind } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import { COMMITMENT_ORIGINS } from '../domain/results/commitments.ts';
import { documentTitle } from './brief.ts';
import { documentName, labelled, recordedWords } from './changes.ts';
import { colonIn } from './colon.ts';
import { commitmentOrigin } from './commitments.ts';
import { readersNamed } from './communications.ts';
import { moment, period } from './dates/shortDates.ts';
import { scopeTitle } from './disagreements.ts';
import { doorWords } from './doors.ts';
import { decisionLabel } from './kinds.ts';
import { requestLabel, sessionTitle } from './labels.ts';
import type { Form } from './names/noun.ts';
import { partyForms, partyNamed, personName, recorderName } from './names/parties.ts';
import { type Key, speaker } from './speaker.ts';

type RecordEntry = CaseView['record'][number];

/** What an entry of the record says: when, on the clock of the party concerned, and what happened. */
export type Event = { when: string; what: string; bad: boolean };

/**
 * An entry of the record in words.
 *
 * @param view the case as it is after the entry: names, subjects and titles are taken from it
 */
export function eventOf(entry: RecordEntry, view: CaseView, language: Language, now: Date): Event {
  const data = (typeof entry.data === 'object' && entry.data !== null ? entry.data : {}) as Record<
    string,
    unknown
  >;
  const parties = Array.isArray(data.parties) ? data.parties.map(String) : [];
  const person = view.people.find(({ id }) => id === entry.person);
  const zone = partyZone(view, entry.party ?? person?.party ?? parties[0]);
  return {
    when: moment(entry.at, zone, language, now),
    what: isSent(entry.kind)
      ? withSender(words(entry, data, view, language, now), data, view, language)
      : words(entry, data, view, language, now),
    bad: ['mail-refused', 'answer-refused'].includes(entry.kind) || cameBy(data)?.door === 'outside',
  };
}

const cameBy = ({ door: came }: Record<string, unknown>): Door | undefined => door.safeParse(came).data;

function words(
  { kind, party, person }: RecordEntry,
  data: Record<string, unknown>,
  view: CaseView,
  language: Language,
  now: Date,
): string {
  const say = speaker('case.lines', language);
  const text = (key: string) => (data[key] === undefined || data[key] === null ? '' : String(data[key]));
  const number = (key: string) => Number(data[key] ?? 0);
  const who = (code: string | null, form: Form) =>
    code === null ? '' : partyNamed(view.programme, code, language, form);
  const TheParty = who(party, 'The');
  const name = view.people.find(({ id }) => id === person)?.name ?? person ?? '';
  const starts = (zone: string) => text('startsAt') && moment(text('startsAt'), zone, language, now);
  const session = () => sessionTitle(number('session'), language);
  const request = () => {
    const found = view.requests.find(({ id }) => id === data.request);
    return found ? requestLabel(found, language) : text('request') || (text('kind') as RequestKind);
  };

  switch (kind) {
    case 'request-opened': {
      const parties = Array.isArray(data.parties) ? data.parties.map(String) : [];
      const due = text('due') && moment(text('due'), partyZone(view, parties[0]), language, now);
      return say(kind, { ...partyForms(view.programme, parties, language), request: request(), due });
    }
    case 'answer-refused':
      return say(kind, {
        request: request(),
        decision: decisionLabel(askedIn(view, text('request')), text('decision'), language),
        name,
      });
    case 'answer-received':
    case 'answer-taken-back':
      return answerWords({ kind, party, name }, data, request(), view, language, now);
    case 'request-closed':
      if (data.outcome === 'waived')
        return say('request-lapsed', { request: request(), because: say('becauseWaived') });
      return say(kind, {
        request: request(),
        decision: decisionLabel(askedIn(view, text('request')), text('outcome'), language),
      });
    case 'request-lapsed': {
      const because = text('because');
      const words = Object.hasOwn(LAPSED, because) ? LAPSED[because as Lapse] : undefined;
      return say(kind, { request: request(), because: words ? say(words) : because });
    }
    case 'programme-made':
    case 'programme-issued':
    case 'sheet-published':
      return say(kind, { version: text('version') });
    case 'meeting-convened':
    case 'meeting-set':
      return say(kind, { starts: starts(view.meeting.timeZone) });
    case 'date-fixed':
      return say(kind, { session: session(), starts: starts(partyZone(view, party)) });
    case 'invitation-sent':
      return say(kind, { session: session(), sequence: number('sequence') });
    case 'agenda-sent':
    case 'minutes-sent':
    case 'minutes-corrected':
    case 'window-ran-out':
      return say(kind, { session: session() });
    case 'commitments-recorded':
      return committed(data, language);
    case 'session-recorded':
      return say(kind, { session: session(), outputs: number('outputs') });
    case 'question-asked':
      return say(kind, {
        TheParty,
        theOther: who(text('to'), 'the'),
        toOther: who(text('to'), 'to'),
        number: text('question'),
      });
    case 'question-answered':
      return say(kind, { TheParty, number: text('question') });
    case 'document-added': {
      const document = view.documents.find((one) => one.document === data.document);
      const title = document ? documentTitle(document, { language }) : '';
      return say(kind, { TheParty, title, version: text('version') });
    }
    case 'document-withheld':
    case 'document-released':
      return withholdingLine(kind, text('document'), TheParty, view, language);
    case 'mail-sent':
    case 'mail-refused': {
      const mail = view.mails.find(({ messageId }) => messageId === data.messageId);
      return say(kind, {
        name,
        subject: mail?.subject ?? text('notice'),
        address: mail?.address ?? '',
        response: mail?.response ?? say('noReason'),
      });
    }
    case 'mail-sent-again':
      return sentAgain(data, { person, name }, view, language, now);
    case 'meeting-recorded':
    case 'meeting-corrected':
    case 'cooperation-filed':
    case 'cooperation-rebuilt':
    case 'cooperation-closed':
    case 'cooperation-followed-up':
      return say(kind);
    case 'workflow-ended':
      return say(kind, { was: String(data.was), step: scopeTitle(String(data.scope ?? ''), language) });
    default:
      if (isResult(kind)) return resultLine(kind, data, TheParty, language);
      return isTalk(kind)
        ? talkLine(kind, data, { TheParty, name }, view, language)
        : changed(kind, data, { party, person }, view, language, now);
  }
}

const RESULTS = [
  ...(['certificates-given', 'certificate-withdrawn', 'consultant-named'] as const),
  ...(['commitments-told', 'sheet-correction-asked', 'sheet-correction-cancelled'] as const),
  ...(['consent-stated', 'paper-sealed', 'paper-signed'] as const),
] as const;
type Result = (typeof RESULTS)[number];
const isResult = (kind: RecordEntry['kind']): kind is Result => RESULTS.some((one) => one === kind);

/** What is there once the sessions are over. */
function resultLine(
  kind: Result,
  data: Record<string, unknown>,
  TheParty: string,
  language: Language,
): string {
  const say = speaker('case.lines', language);
  switch (kind) {
    case 'certificates-given':
      return say(kind, {
        TheParty,
        count: counted(data.certificates),
        replaced: counted(data.replaced),
      });
    case 'certificate-withdrawn':
      return say(kind, { TheParty, number: String(data.certificate) });
    case 'consent-stated':
      return say(kind, { TheParty, version: String(data.version), publish: String(data.publish) });
    case 'commitments-told':
      return say(kind, { count: Number(data.count ?? 0) });
    case 'sheet-correction-asked':
      return say(kind, { TheParty, version: String(data.version) });
    case 'consultant-named':
    case 'sheet-correction-cancelled':
      return say(kind, { TheParty });
    case 'paper-sealed':
      return say(kind);
    case 'paper-signed':
      return say(kind, { TheParty, number: String(data.number) });
  }
}

/** How many commitments came, and where from. */
function committed(data: Record<string, unknown>, language: Language): string {
  const origin = COMMITMENT_ORIGINS.find((one) => one === data.origin) ?? 'staff';
  const session = data.session === undefined ? null : Number(data.session);
  return speaker('case.lines', language)('commitments-recorded', {
    count: Number(data.count ?? 0),
    origin: commitmentOrigin({ origin, session }, language),
  });
}

const counted = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Who answered, in whose place, and who recorded it. */
function answererIn(
  { inPlaceOf, recorded }: Record<string, unknown>,
  name: string,
  view: CaseView,
  language: Language,
): string {
  const say = speaker('case.lines', language);
  const answered =
    typeof inPlaceOf === 'string' ? say('inPlaceOf', { name, other: personName(view, inPlaceOf) }) : name;
  const { by } = (recorded ?? {}) as { by?: string };
  if (!by) return answered;
  return say('recordedBy', {
    name: answered,
    other: recorderName(view, by, language),
    byOther: recorderName(view, by, language, 'by'),
  });
}

/** One's own session is how answers come: what is told is another door. */
function withDoor(answer: string, data: Record<string, unknown>, view: CaseView, language: Language): string {
  const came = cameBy(data);
  if (!came || came.door === 'site') return answer;
  return speaker('case.lines', language)('through', { answer, door: doorWords(came, view, language) });
}

/** What people send beside their answers: over the API it may be for another, and is told with who records it. */
const SENT = [
  'question-asked',
  'document-added',
  'communication-written',
  'enquiry-made',
  'enquiry-answered',
  'mail-received',
  'comment-made',
  'consent-stated',
  'paper-signed',
];
const isSent = (kind: RecordEntry['kind']): boolean => SENT.includes(kind);

function withSender(line: string, data: Record<string, unknown>, view: CaseView, language: Language): string {
  const { by } = (data.recorded ?? {}) as { by?: string };
  const entry = by
    ? speaker('case.lines', language)('enteredBy', {
        entry: line,
        other: recorderName(view, by, language),
        byOther: recorderName(view, by, language, 'by'),
      })
    : line;
  return withDoor(entry, data, view, language);
}

/** A mail that staff had sent once more. */
function sentAgain(
  data: Record<string, unknown>,
  { person, name }: { person: string | null; name: string },
  view: CaseView,
  language: Language,
  now: Date,
): string {
  const first = view.mails.find(({ messageId }) => messageId === data.messageId);
  const again = view.mails.find(({ messageId }) => messageId === data.again);
  const by = first?.again?.find(({ messageId }) => messageId === data.again)?.by;
  return speaker('case.lines', language)('mail-sent-again', {
    by: by ? personName(view, by) : '',
    name,
    address: again?.address ?? '',
    subject: first?.subject ?? String(data.notice ?? ''),
    day: first ? moment(first.preparedAt, zoneOf(person, view), language, now) : '',
  });
}

const TALK = [
  'communication-written',
  'enquiry-made',
  'enquiry-answered',
  'mail-received',
  'comment-made',
] as const;
type Talk = (typeof TALK)[number];
const isTalk = (kind: RecordEntry['kind']): kind is Talk => TALK.some((one) => one === kind);

/** The document or the poll that a comment stands beside. */
function aboutNamed(about: string, view: CaseView, language: Language): string {
  const request = view.requests.find(({ id }) => id === about);
  if (request) return requestLabel(request, language);
  const document = view.documents.findLast((one) => one.document === about);
  return document ? documentTitle(document, { language }) : about;
}

/** What was written beside the process: by whom and to whom, and none of its text. */
function talkLine(
  kind: Talk,
  data: Record<string, unknown>,
  by: { TheParty: string; name: string },
  view: CaseView,
  language: Language,
): string {
  const say = speaker('case.lines', language);
  if (kind === 'comment-made')
    return say(kind, { ...by, about: aboutNamed(String(data.about ?? ''), view, language) });
  if (kind === 'enquiry-made') return say(kind, { ...by, number: Number(data.communication ?? 0) });
  if (kind === 'enquiry-answered') return say(kind, { ...by, number: Number(data.answers ?? 0) });
  const written = view.communications.find(({ number }) => number === data.communication);
  if (kind === 'mail-received') {
    const { from, unfiled, request, answer } = written?.mail ?? {};
    const why = unfiled ?? (request === undefined ? 'other' : answer ? answer.says : 'answer');
    return say(kind, { from: from || 'none', why });
  }
  const toReaders = written ? readersNamed(written, view, language, 'to') : '';
  return say(kind, { ...by, toReaders, subject: written?.subject ?? '' });
}

/** An answer that was given, corrected or taken back. */
/** The request of an id; the id where the case has none of it. */
const askedIn = ({ requests }: CaseView, request: string) =>
  requests.find(({ id }) => id === request) ?? request;

function answerWords(
  {
    kind,
    party,
    name,
  }: Pick<RecordEntry, 'party'> & {
    kind: 'answer-received' | 'answer-taken-back';
    name: string;
  },
  data: Record<string, unknown>,
  request: string,
  view: CaseView,
  language: Language,
  now: Date,
): string {
  const say = speaker('case.lines', language);
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : '');
  const TheParty = party === null ? '' : partyNamed(view.programme, party, language, 'The');
  const given = decisionLabel(askedIn(view, text('request')), text('decision'), language);
  if (kind === 'answer-taken-back')
    return withDoor(
      say(kind, {
        ...{ TheParty, request, decision: given },
        name: answererIn(data, name, view, language),
      }),
      data,
      view,
      language,
    );
  const confirmed = data.confirmed === true ? say('confirmed') : '';
  const publish = text('publish');
  const outside = publish ? say('publish', { publish }) : '';
  const decision = [given, particulars(data, view, party, language, now), outside, confirmed]
    .filter(Boolean)
    .join(colonIn(language));
  const told = say(data.corrects === undefined ? kind : 'answer-corrected', {
    ...{ TheParty, request, decision },
    name: answererIn(data, name, view, language),
  });
  return withDoor(told, data, view, language);
}

/** Of the capital of a person's institution. */
const zoneOf = (id: string | null, view: CaseView): string =>
  partyZone(view, view.people.find((one) => one.id === id)?.party);

const LAPSED = {
  'cooperation-closed': 'becauseClosed',
  'cooperation-cancelled': 'becauseCancelled',
  'session-cancelled': 'becauseSession',
  'window-ran-out': 'becauseWindow',
  superseded: 'becauseSuperseded',
  annulled: 'becauseAnnulled',
} as const satisfies Record<Lapse, Key<'case.lines'>>;

const CHANGED = Object.fromEntries(CHANGE_KINDS.map((kind) => [CHANGES[kind].recorded, kind])) as Record<
  ChangeRecord,
  ChangeKind
>;

/** Whether what happened is a change that staff made. */
export const isChange = (kind: string): boolean => Object.hasOwn(CHANGED, kind);

/**
 * A change: as it was asked for and why, where the entry is that change itself; what the entry tells of it, where it
 * came about by another one, as a request passes on because somebody is away.
 */
function changed(
  kind: ChangeRecord,
  data: Record<string, unknown>,
  { party, person }: Pick<RecordEntry, 'party' | 'person'>,
  view: CaseView,
  language: Language,
  now: Date,
): string {
  const say = speaker('case.lines', language);
  const made = view.changes.find((one) => one.number === data.change && one.kind === CHANGED[kind]);
  if (made) {
    // Of a reason that is not for the reader there is none.
    const reason = made.reason === '' ? '' : ` (${made.reason.replaceAll('\n', ' ')})`;
    const words = `${recordedWords(made, view, { language, now })}${reason}`;
    return withDoor(words, data, view, language);
  }
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : undefined);
  const request = view.requests.find(({ id }) => id === data.request);
  // Ids of people and codes of parties alike.
  const called = (code: string) => {
    const name = personName(view, code);
    return name === code ? partyNamed(view.programme, code, language) : name;
  };
  // A person who passes a request on, or whose place another takes, is the one the entry is about.
  const to = text('to') ?? text('by');
  const from = text('from') ?? (to === undefined ? undefined : (text('person') ?? person ?? undefined));
  const dates = from && to && /^\d{4}-/.test(from) ? period({ from, to }, language, 'UTC', now) : undefined;
  const parties = Array.isArray(data.parties) ? data.parties.map(String) : [];
  const guests = Array.isArray(data.guests) ? data.guests.map(String) : [];
  return labelled(
    CHANGED[kind],
    [
      request ? requestLabel(request, language) : text('request'),
      typeof data.session === 'number' ? sessionTitle(data.session, language) : undefined,
      dates,
      from && to && !dates
        ? say('passed', { from: called(from), to: called(to), absent: data.absent === true ? 'yes' : 'no' })
        : undefined,
      ...[text('party') ?? party, ...parties, ...guests, text('guest') ?? text('person') ?? person]
        .filter((code): code is string => typeof code === 'string' && code !== from && code !== to)
        .map(called),
    ],
    say,
  );
}

/** What an answer about dates says beyond its decision. */
function particulars(
  { marks, startsAt }: Record<string, unknown>,
  view: CaseView,
  party: string | null,
  language: Language,
  now: Date,
): string {
  if (typeof startsAt === 'string') return moment(startsAt, partyZone(view, party), language, now);
  if (typeof marks !== 'object' || marks === null) return '';
  const count = (mark: string) => Object.values(marks).filter((one) => one === mark).length;
  return speaker('case.lines', language)('marks', {
    yes: count('yes'),
    maybe: count('if-need-be'),
    no: count('no'),
  });
}

/** A document was sent by mistake; the published sheet is withdrawn. */
function withholdingLine(
  kind: 'document-withheld' | 'document-released',
  document: string,
  TheParty: string,
  view: CaseView,
  language: Language,
): string {
  const ofSheet = kind === 'document-withheld' ? 'sheet-withdrawn' : 'sheet-released';
  return speaker('case.lines', language)(isPublishedSheet(view, document) ? ofSheet : kind, {
    TheParty,
    document: documentName(view, document, language),
  });
}
