import { CHANGE_KINDS } from '../domain/change.ts';
import type { RequestKind } from '../domain/kinds/index.ts';
import type { Decision, Enclosure, RanOut } from '../domain/kinds/kind.ts';
import type { Language } from '../domain/language.ts';
import type { Refusal, RefusalCode, RefusalOf } from '../domain/refusal.ts';
import { decisionLabel, decisionVerb } from './kinds.ts';
import { requestLabel } from './labels.ts';
import { joined } from './lists.ts';
import { formMistakeText } from './mistakes.ts';
import type { NamedInstitution } from './names/institutions.ts';
import type { Form } from './names/noun.ts';
import { nameOf, partyOf } from './names/parties.ts';
import { type Key, type Speak, speaker } from './speaker.ts';

/** What names the people, institutions and requests of a case. */
type NamedCase = {
  programme: { institutions: readonly (NamedInstitution & { id: string })[] };
  people: readonly { id: string; name: string }[];
  requests: readonly { id: string; kind: RequestKind; item: number | null; windowRanOut?: RanOut | null }[];
};

/** What a refusal is said with, wherever it is said. */
export type RefusalReader = {
  language: Language;
  /** An instant (ISO 8601) on the reader's clock, or on a party's where the reader has none. */
  when: (instant: string, party?: string) => string;
  /** A calendar day, such as `2021-08-27`. */
  day: (day: string) => string;
  /** The case it is about, which names people, institutions and requests; codes stand for them without it. */
  view?: NamedCase | undefined;
  /** Who reads it, by all that they are in the case: what they did themselves is said to them as theirs. */
  own?: readonly string[] | undefined;
  /** In whose name the reader, who is another, did what was refused. */
  inNameOf?: string | undefined;
  /** Whether what there is to choose from is told with the codes that are typed. */
  codes?: boolean;
};

/** What was not done, why, and what to do: in the reader's language, by name, and on the reader's clock. */
export const refusalText = (refusal: Refusal, reader: RefusalReader): string =>
  (TEXTS[refusal.code] as (refusal: Refusal, telling: Telling) => string)(refusal, tellingFor(reader));

/** For a `select`: what stands for an empty list. */
const NONE = 'none';
const MB = 1024 * 1024;

type Telling = ReturnType<typeof tellingFor>;

function tellingFor({ language, when, day, view, own = [], inNameOf, codes = false }: RefusalReader) {
  const say: Speak<'refusals.reason'> = speaker('refusals.reason', language);
  const enclosureNamed = speaker('refusals.enclosure', language);

  /** "MTPE del Perú", "al MTPE del Perú"; a code that is no party's is said as it is. */
  function party(code: string, form: Form = 'plain'): string {
    return nameOf(partyOf(view?.programme ?? { institutions: [] }, code) ?? code, language, form);
  }
  const person = (id: string): string => view?.people.find((one) => one.id === id)?.name ?? id;
  const known = (request: string) => view?.requests.find(({ id }) => id === request) ?? request;
  const list = (items: readonly string[]): string => (items.length > 0 ? joined(items, language) : NONE);

  return {
    ...{ say, when, day, party, person, list, language },
    isOwn: (id: string): boolean => own.includes(id),
    isInTheirName: (id: string): boolean => id === inNameOf,
    change: (kind: string): string => {
      const known = CHANGE_KINDS.find((one) => one === kind);
      return known ? speaker('case.lines', language)(known) : kind;
    },
    /** What there is to choose from. */
    choice: (ids: readonly string[], named: (id: string) => string): string => {
      const items = ids.map((id) => (codes && named(id) !== id ? `${id} (${named(id)})` : named(id)));
      return items.length > 0 ? joined(items, language, 'or') : NONE;
    },
    parties: (codes: readonly string[], form?: Form) => list(codes.map((code) => party(code, form))),
    enclosure: (one: Enclosure) => enclosureNamed(one),
    enclosures: (some: readonly Enclosure[]) => list(some.map((one) => enclosureNamed(one))),
    /** What one may answer, as its button calls it. */
    decision: (request: string, one: Decision) => decisionVerb(known(request), one, language),
    /** What somebody has answered. */
    answered: (request: string, one: Decision) => decisionLabel(known(request), one, language),
    /** A part of the programme, as the form calls it and as the file does. */
    part: (key: string) => (PARTS[key] ? `${speaker('form.fields', language)(PARTS[key])} (${key})` : key),
    decisions: (request: string, some: readonly Decision[]) =>
      joined(
        some.map((one) => decisionVerb(known(request), one, language)),
        language,
        'or',
      ),
    request(id: string): string {
      const found = known(id);
      return typeof found === 'string' ? id : requestLabel(found, language);
    },
  };
}

/** What the form calls the parts of a programme that no revision changes, by their keys in the file. */
const PARTS: Readonly<Record<string, Key<'form.fields'>>> = {
  id: 'code',
  call: 'call',
  language: 'language',
  modality: 'modality',
  institutions: 'parties',
  participants: 'people',
  coordination: 'coordination',
  meeting: 'meeting',
  sessions: 'sessions',
  systematization: 'consultant',
  finalReport: 'finalReport',
  followUp: 'followUp',
  translation: 'translation',
  deadlines: 'deadlines',
};

/** How each code is said. Where a code has several reasons, its key ends in the reason. */
const TEXTS: { readonly [C in RefusalCode]: (refusal: RefusalOf<C>, telling: Telling) => string } = {
  Malformed: ({ path }, { say }) => (path ? say('Malformed', { path }) : say('Malformed-whole')),
  TextUnreadable: ({ path }, { say }) => say('TextUnreadable', { path }),
  NotJson: (_, { say }) => say('NotJson'),
  TooLarge: ({ most }, { say }) => say('TooLarge', { most: Math.round(most / MB) }),

  CooperationUnknown: (values, { say }) => say('CooperationUnknown', values),
  CallUnknown: ({ call, calls }, { say }) =>
    say('CallUnknown', { call, calls: calls.length > 0 ? calls.join(', ') : 'none' }),
  RequestUnknown: (values, { say }) => say('RequestUnknown', values),
  SessionUnknown: ({ session, sessions }, { say }) =>
    say('SessionUnknown', { session, sessions: sessions.length }),
  PersonUnknown: (values, { say }) => say('PersonUnknown', values),
  PersonLeft: ({ person: id }, { say, person }) => say('PersonLeft', { person: person(id) }),
  PartyUnknown: ({ party: code, parties }, { say, party, choice }) =>
    say('PartyUnknown', { party: code, parties: choice(parties, (one) => party(one)) }),
  AlreadyWithheld: ({ document }, { say }) => say('AlreadyWithheld', { document }),
  SheetUnpublished: (_, { say }) => say('SheetUnpublished'),
  SheetAsked: ({ change }, { say }) => say('SheetAsked', { change: String(change) }),
  SheetNotAsked: (_, { say }) => say('SheetNotAsked'),
  NotWithheld: ({ document }, { say }) => say('NotWithheld', { document }),
  DocumentStands: ({ document }, { say }) => say('DocumentStands', { document }),
  DocumentUnknown: ({ documents }, { say, list }) =>
    say('DocumentUnknown', { count: documents.length, documents: list(documents) }),
  HistoryUnknown: (values, { say }) => say('HistoryUnknown', values),
  ChangeUnknown: (values, { say }) => say('ChangeUnknown', values),
  ContentUnknown: (_, { say }) => say('ContentUnknown'),

  CooperationTaken: (values, { say }) => say('CooperationTaken', values),
  CooperationEnded: (values, { say }) => say('CooperationEnded', values),
  NothingToRebuild: (values, { say }) => say('NothingToRebuild', values),
  CooperationOver: ({ how, at }, { say, when }) =>
    say(`CooperationOver-${how}`, { at: at === undefined ? NONE : when(at) }),
  Paused: ({ since }, { say, when }) => say('Paused', { since: when(since) }),
  NotPaused: (_, { say }) => say('NotPaused'),
  NotUnderWay: (_, { say }) => say('NotUnderWay'),
  ExchangeNotOpen: ({ why }, { say }) => say(`ExchangeNotOpen-${why}`),
  Unavailable: (_, { say }) => say('Unavailable'),
  InspectionUnavailable: (_, { say }) => say('InspectionUnavailable'),
  QuotaReached: ({ of, most, freeAt }, { say, when }) =>
    say(`QuotaReached-${of}`, { most, at: when(freeAt) }),
  DatabaseAway: (_, { say }) => say('DatabaseAway'),
  DatabaseAwayMidway: (_, { say }) => say('DatabaseAwayMidway'),
  StoreFull: (_, { say }) => say('StoreFull'),
  ProgrammeMistaken: ({ mistakes }, { say }) => say('ProgrammeMistaken', { count: mistakes.length }),

  RequestClosed: ({ how }, { say }) => say(`RequestClosed-${how}`),
  NotAsked: ({ party: code, of }, { say, party, parties }) =>
    say('NotAsked', { party: party(code, 'to'), of: parties(of, 'to') }),
  NotOfParty: ({ person: id, party: code }, { say, person, party }) =>
    say('NotOfParty', { person: person(id), party: party(code, 'to') }),
  NotSecretariat: ({ person: id }, { say, person }) => say('NotSecretariat', { person: person(id) }),
  AlreadyAnswered: (
    { request, party: code, by, at, decision: given },
    { say, party, person, when, answered, isOwn, isInTheirName },
  ) => {
    const told = { decision: answered(request, given), when: when(at, code) };
    if (isOwn(by)) return say('AlreadyAnswered-own', told);
    const another = { ...told, name: person(by), party: party(code) };
    return say(isInTheirName(by) ? 'AlreadyAnswered-same' : 'AlreadyAnswered', another);
  },
  AnswerNotStanding: ({ party: code }, { say, party }) =>
    say('AnswerNotStanding', { ofParty: party(code, 'of') }),
  AnswerUsed: (_, { say }) => say('AnswerUsed'),
  SubjectSuperseded: (_, { say }) => say('SubjectSuperseded'),
  DecisionNotTaken: ({ request, decision: given, takes }, { say, decision, decisions }) =>
    say('DecisionNotTaken', { decision: decision(request, given), takes: decisions(request, takes) }),
  EnclosureNotTaken: (
    { request, decision: given, enclosure: brought, takes },
    { say, decision, enclosure, enclosures },
  ) =>
    given === 'approve'
      ? say('EnclosureNotTaken-approve', { enclosure: enclosure(brought) })
      : say('EnclosureNotTaken', {
          ...{ decision: decision(request, given), enclosure: enclosure(brought), takes: enclosures(takes) },
        }),
  ReasonMissing: (_, { say }) => say('ReasonMissing'),
  HowMissing: (_, { say }) => say('HowMissing'),
  RecordedMissing: ({ person: id }, { say, person }) => say('RecordedMissing', { person: person(id) }),
  AnswerNotAwaited: (_, { say }) => say('AnswerNotAwaited'),
  OutsideRefused: (_, { say }) => say('OutsideRefused'),
  ContentMissing: ({ needs }, { say, enclosure }) => say('ContentMissing', { needs: enclosure(needs) }),
  ContentMistaken: (_, { say }) => say('ContentMistaken'),
  NothingNew: ({ what, same, version }, { say }) =>
    say(`NothingNew-${same}`, { what, version: version ?? 0 }),
  RevisionTooWide: ({ parts }, { say, list, part }) =>
    say('RevisionTooWide', { parts: list(parts.map(part)) }),
  UnknownSlot: ({ slot, slots }, { say, list }) => say('UnknownSlot', { slot, slots: list(slots) }),
  DateUnreadable: (_, { say }) => say('DateUnreadable'),
  MarkMissing: ({ slots }, { say, list }) => say('MarkMissing', { count: slots.length, slots: list(slots) }),
  DateOutsideWindow: ({ from, to }, { say, when }) =>
    say('DateOutsideWindow', { from: when(from), to: when(to) }),

  DocumentRefused: ({ why }, { say }) => say(`DocumentRefused-${why}`),
  DocumentOfOther: ({ document, party: code }, { say, party }) =>
    say('DocumentOfOther', { document, party: party(code, 'of') }),
  MailNotSendable: ({ why }, { say }) => say(`MailNotSendable-${why}`),
  NobodyToWriteTo: (_, { say }) => say('NobodyToWriteTo'),
  ReadersChanged: ({ people }, { say, list, person }) =>
    say('ReadersChanged', { people: list(people.map(person)) }),
  SheetNotPublished: ({ version }, { say }) => say('SheetNotPublished', { version }),
  SheetWithdrawn: ({ version, at }, { say, when }) => say('SheetWithdrawn', { version, when: when(at) }),
  NotFocalPoint: ({ person: id, focalPoints }, { say, person, choice }) =>
    say('NotFocalPoint', { name: person(id), names: choice(focalPoints, person) }),
  CertificatesTooEarly: (_, { say }) => say('CertificatesTooEarly'),
  CertificateUnknown: ({ certificate }, { say }) => say('CertificateUnknown', { certificate }),
  CertificateWithdrawn: ({ certificate, at }, { say, when }) =>
    say('CertificateWithdrawn', { certificate, when: when(at) }),
  PaperNotYet: (_, { say }) => say('PaperNotYet'),
  PaperNotTheirs: ({ person: id }, { say, person }) => say('PaperNotTheirs', { name: person(id) }),
  PaperForeign: (_, { say }) => say('PaperForeign'),
  PaperOutdated: ({ number }, { say }) => say('PaperOutdated', { number }),
  PaperUnsigned: (_, { say }) => say('PaperUnsigned'),
  PaperUnsound: ({ why }, { say }) => say(`PaperUnsound-${why}`),
  EnquiryUnknown: ({ enquiry }, { say }) => say('EnquiryUnknown', { enquiry }),
  UnfiledMailUnknown: ({ communication }, { say }) => say('UnfiledMailUnknown', { communication }),
  MailAnswerUnknown: ({ communication }, { say }) => say('MailAnswerUnknown', { communication }),
  EnquiryAnswered: ({ enquiry, at }, { say, when }) => say('EnquiryAnswered', { enquiry, when: when(at) }),

  ChangeElsewhere: ({ goesTo }, { say }) => say(`ChangeElsewhere-${goesTo}`),
  WrittenSince: ({ of, at }, { say, when }) => say(`WrittenSince-${of}`, { when: when(at) }),
  ChangedSince: ({ changes }, { say, list, change }) =>
    say('ChangedSince', { changes: list(changes.map(({ number, kind }) => `${change(kind)} (${number})`)) }),
  NothingToAnnul: ({ party: code }, { say, party }) => say('NothingToAnnul', { ofParty: party(code, 'of') }),
  AnswerLasts: ({ why }, { say }) => say(`AnswerLasts-${why}`),
  NotOwing: ({ party: code, owing }, { say, party, parties }) =>
    say('NotOwing', { party: party(code, 'of'), owing: parties(owing, 'of') }),
  AlreadyAsked: ({ party: code }, { say, party }) => say('AlreadyAsked', { party: party(code, 'to') }),
  NotWaivable: (_, { say }) => say('NotWaivable'),
  LastToAnswer: (_, { say }) => say('LastToAnswer'),
  DateNotLater: ({ dueAt }, { say, when }) => say('DateNotLater', { dueAt: when(dueAt) }),
  DatePast: ({ at }, { say, when }) => say('DatePast', { at: when(at) }),
  DayPast: ({ day: past }, { say, day }) => say('DatePast', { at: day(past) }),
  VouchesForItself: ({ party: code }, { say, party }) => say('VouchesForItself', { party: party(code) }),
  NobodyAnswers: ({ party: code, parties }, { say, party, choice }) =>
    say('NobodyAnswers', { party: party(code), parties: choice(parties, (one) => party(one)) }),

  NoColleague: ({ person: id, party: code }, { say, person, party }) =>
    say('NoColleague', { person: person(id), party: party(code) }),
  NotColleague: ({ person: id, of, colleagues }, { say, person, choice }) =>
    say('NotColleague', { person: person(id), of: person(of), colleagues: choice(colleagues, person) }),
  HasItAlready: ({ person: id }, { say, person }) => say('HasItAlready', { person: person(id) }),
  HandedOverAlready: ({ from, to }, { say, person }) =>
    say('HandedOverAlready', { from: person(from), to: person(to) }),
  Away: ({ person: id, from, to }, { say, person, day }) =>
    say('Away', { person: person(id), from: day(from), to: day(to) }),
  AwayAlready: ({ person: id, from, to }, { say, person, day }) =>
    say('AwayAlready', { person: person(id), from: day(from), to: day(to) }),
  NotAway: ({ person: id, from }, { say, person, day }) =>
    say('NotAway', { person: person(id), from: day(from) }),
  PeriodReversed: ({ from, to }, { say, day }) => say('PeriodReversed', { from: day(from), to: day(to) }),
  IsGuest: ({ person: id, why }, { say, person }) => say(`IsGuest-${why}`, { person: person(id) }),
  IsObserver: ({ person: id }, { say, person }) => say('IsObserver', { person: person(id) }),
  LastOfParty: ({ person: id, party: code }, { say, person, party }) =>
    say('LastOfParty', { person: person(id), party: party(code) }),
  FocalPointLeaves: ({ person: id, colleagues }, { say, person, choice }) =>
    say('FocalPointLeaves', { person: person(id), colleagues: choice(colleagues, person) }),
  FocalPointAlready: ({ person: id }, { say, person }) => say('FocalPointAlready', { person: person(id) }),
  StandInLeaves: ({ person: id, absent, from, to }, { say, person, day }) =>
    say('StandInLeaves', { person: person(id), absent: person(absent), from: day(from), to: day(to) }),
  NotGuest: ({ person: id }, { say, person }) => say('NotGuest', { person: person(id) }),
  AddressTaken: ({ holder }, { say, person }) => say('AddressTaken', { holder: person(holder) }),
  NoAddress: ({ person: id }, { say, person }) => say('NoAddress', { person: person(id) }),
  GuestInvited: ({ person: id, session }, { say, person }) =>
    say('GuestInvited', { person: person(id), session }),
  PersonSame: ({ person: id }, { say, person }) => say('PersonSame', { person: person(id) }),

  SessionRecorded: (values, { say }) => say('SessionRecorded', values),
  SessionNotRecorded: (values, { say }) => say('SessionNotRecorded', values),
  MinutesTheSame: (values, { say }) => say('MinutesTheSame', values),
  CommitmentTheSame: (values, { say }) => say('CommitmentTheSame', values),
  CommitmentNotLater: ({ commitment, due }, { say, day }) =>
    say('CommitmentNotLater', { commitment, due: day(due) }),
  CommitmentUnknown: (values, { say }) => say('CommitmentUnknown', values),
  CommitmentUntold: (values, { say }) => say('CommitmentUntold', values),
  ObjectiveUnknown: (values, { say }) => say('ObjectiveUnknown', values),
  ObjectiveUntold: (values, { say }) => say('ObjectiveUntold', values),
  ParagraphUnknown: (values, { say }) => say('ParagraphUnknown', values),
  ParagraphUntranslated: (values, { say }) => say('ParagraphUntranslated', values),
  SessionCancelled: (values, { say }) => say('SessionCancelled', values),
  SessionOver: (values, { say }) => say('SessionOver', values),
  SessionTooLong: (values, { say }) => say('SessionTooLong', values),
  MeetingOver: (values, { say }) => say('MeetingOver', values),
  MeetingSame: (_, { say }) => say('MeetingSame'),
  MeetingNotRecorded: (_, { say }) => say('MeetingNotRecorded'),
  AgreedTheSame: (_, { say }) => say('AgreedTheSame'),
  SessionSame: (values, { say }) => say('SessionSame', values),
  SessionThere: (values, { say }) => say('SessionThere', values),
  TooManySessions: (values, { say }) => say('TooManySessions', values),
  SessionMistaken: ({ path, mistake }, { say, language }) =>
    mistake
      ? say('SessionMistaken-rule', { why: formMistakeText(mistake, language) })
      : say('SessionMistaken', { path }),
  LastSession: (values, { say }) => say('LastSession', values),

  ProgrammeSame: (_, { say }) => say('ProgrammeSame'),
  CorrectionMistaken: ({ places, count }, { say, list }) =>
    say('CorrectionMistaken', {
      count,
      places: list(places.map(({ path, line }) => [line, path].filter(Boolean).join(' '))),
    }),
  NotAmendable: ({ part, session, party: code, id = '' }, { say, party }) => {
    switch (part) {
      case 'id':
        return say('NotAmendable-id', { id });
      case 'session':
      case 'guests':
        return say(`NotAmendable-${part}`, { session: session ?? '' });
      case 'institution':
      case 'participants':
        return say(`NotAmendable-${part}`, { party: party(code ?? '') });
      default:
        return say(`NotAmendable-${part}`);
    }
  },
  ConsultantNamed: ({ person: id }, { say, person }) => say('ConsultantNamed', { person: person(id) }),
  ConsultantAsked: (_, { say }) => say('ConsultantAsked'),

  StaffUnknown: (_, { say }) => say('StaffUnknown'),
  AddressUnknown: (_, { say }) => say('AddressUnknown'),
  StaffAlready: ({ role }, { say }) => say('StaffAlready', { role }),
  LastStaff: (_, { say }) => say('LastStaff'),
  TokenUnknown: (values, { say }) => say('TokenUnknown', values),
  TemplateUnknown: (values, { say }) => say('TemplateUnknown', values),
  LogoUnknown: (values, { say }) => say('LogoUnknown', values),
};
