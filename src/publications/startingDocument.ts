import type { Attendee, Contribution } from '../domain/content.ts';
import { attendeesByInstitution } from '../domain/people/attendance.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { Logo } from '../domain/results/logo.ts';
import { paperSizeOf } from '../domain/results/paperSize.ts';
import type { TemplateName } from '../domain/results/wordTemplate.ts';
import { attendeeFrom } from '../words/attendance.ts';
import { groupName } from '../words/guestList.ts';
import { joined } from '../words/lists.ts';
import { inCapitals } from '../words/names/capitals.ts';
import { institutionNamed, institutionTitle } from '../words/names/institutions.ts';
import { partyNamed } from '../words/names/parties.ts';
import { printedDate, printedSessionName } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { placedLogos, wordLogos } from './logos.ts';
import {
  daysOfSession,
  type PrintedPerson,
  type PrintedSession,
  participantGroups,
  whenText,
} from './sessions.ts';
import type { Approval } from './signatures.ts';
import { line, paragraphs, runIn } from './text.ts';
import { asTexts, renderWord, type WordData } from './word.ts';

/** A session with what it left behind, as far as it is on record. */
export type RecordedSession = PrintedSession & {
  minutes?: string;
  attendance?: readonly Attendee[];
  /** What it produced, one entry each. */
  outputs?: string[];
};

/** What a document that somebody goes on writing is begun with: the cooperation as it stands. */
export type StartingInput = {
  programme: Programme;
  /** The coordination meeting, with what it agreed on as far as that is on record; not where it was called off. */
  meeting?: { startsAt: string; timeZone: string; minutes?: string };
  sessions: RecordedSession[];
  people: PrintedPerson[];
  consultant?: { name: string; post?: string | undefined };
  /** What was exchanged, each by its newest version; `party` is an institution's id, `on` a calendar date. */
  documents: { title: string; party: string; version: number; on: string; session?: number; link?: string }[];
  /** What people took upon themselves: whose it is, by an institution's id and the name of somebody of it, and until when. */
  commitments?: readonly { what: string; party: string; name?: string; due: string }[];
  /** What came with the report before: what was learned, and what institutions, by their ids, put in in money. */
  lessons?: readonly string[];
  funding?: readonly Contribution[];
  /** What was asked of whom, by institutions' ids, and the answer where there is one. */
  questions: { from: string; to: string; text: string; answer?: string }[];
  /** What was approved on the way. */
  approvals?: readonly Approval[];
  /** Of its institutions, as far as they have one. */
  logos?: readonly Logo[];
};

/** A Word document to start from. */
export type StartingDocument = { docx: Uint8Array; fileName: string };

/** "MTPE Perú": the institutions of a role in one line. */
export const labelsOf = ({ institutions, language }: Programme, role: 'requesting' | 'providing'): string =>
  joined(
    institutions
      .filter((institution) => institution.role === role)
      .map((institution) => line(institutionNamed(institution, language))),
    language,
  );

/** The institutions with these ids, with country, in one cell of a table. */
export const titlesOf = ({ institutions, language }: Programme, ids: readonly string[]): string =>
  ids
    .flatMap((id) => institutions.filter((institution) => institution.id === id))
    .map((institution) => line(institutionTitle(institution, language)))
    .join('\n');

/** "Primera sesión" and when it is, or that this is not known yet. */
function sessionWhen(session: PrintedSession, programme: Programme): { name: string; when: string } {
  const { language } = programme;
  const when = daysOfSession(session, programme) ? whenText(session, programme, true) : '';
  const open = session.startsAt ? '' : speaker('papers.labels', language)('toBeDefined');
  return { name: printedSessionName(session.number, language), when: [when, open].filter(Boolean).join(' ') };
}

/** What the sheet and the report each say of a session in their own words: headings, and what is to be written there. */
type SessionWords = Record<
  'attendanceHeading' | 'attendanceGuidance' | 'outputsHeading' | 'outputsGuidance',
  string
>;

/** A session as it was held: when, what about, who was there, what it produced; what is not on record is asked for. */
export function sessionData(session: RecordedSession, programme: Programme, words: SessionWords) {
  const { name, when } = sessionWhen(session, programme);
  const attendance = attendanceLines(session.attendance ?? [], programme).map(line);
  const outputs = (session.outputs ?? []).map(line);
  return {
    heading: `${name} – ${when}`,
    contents: asTexts(paragraphs(session.contents)),
    attendanceHeading: words.attendanceHeading,
    attendance: asTexts(attendance),
    attendanceMissing: stillMissing(attendance, words.attendanceGuidance),
    outputsHeading: words.outputsHeading,
    outputs: asTexts(outputs),
    outputsMissing: stillMissing(outputs, words.outputsGuidance),
  };
}

/** "MTPS de Chile: Ana Pérez y Luis Soto": who attended, by institution; of whom none is known, each by themself. */
const attendanceLines = (attendance: readonly Attendee[], programme: Programme): string[] =>
  attendeesByInstitution(attendance).flatMap(({ from, people }) => {
    const { language } = programme;
    const names = people.map(({ name, count = null }) => groupName({ name, count }, language));
    const institution = attendeeFrom(from, programme, language);
    return institution
      ? [institution + speaker('papers.labels', language)('colon') + joined(names, language)]
      : names;
  });

/** What every starting document prints: whose cooperation it is, its objectives and its people. */
export function commonData(
  input: StartingInput,
  documentName: string,
  rows: { label: string; value: string }[],
): WordData {
  const { programme, people, consultant } = input;
  const { language, call } = programme;
  const label = speaker('papers.labels', language);
  const say = speaker('papers.starting', language);
  const ids = (role: string) => programme.institutions.filter((one) => one.role === role).map(({ id }) => id);
  const sessions = sortedSessions(input).map((session) => {
    const { name, when } = sessionWhen(session, programme);
    return name + label('colon') + when;
  });
  return {
    logoRow: wordLogos(placedLogos(input.logos ?? [], programme.institutions, language)),
    title: line(programme.title),
    subject: line(programme.subject),
    code: programme.id,
    page: label('page'),
    ofPages: label('ofPages'),
    documentName,
    documentTitle: inCapitals(documentName, language),
    identification: [
      { label: say('cooperation'), value: line(programme.subject) },
      { label: say('callLabel'), value: say('call', { n: call.number, year: String(call.year) }) },
      { label: say('requesting'), value: titlesOf(programme, ids('requesting')) },
      { label: say('providing'), value: titlesOf(programme, ids('providing')) },
      { label: say('secretariat'), value: titlesOf(programme, ids('secretariat')) },
      { label: label('modality'), value: label(`modalities-${programme.modality}`) },
      { label: say('sessions'), value: sessions.join('\n') },
      ...rows,
    ],
    objectivesIntroduction: asTexts(paragraphs(programme.objectives.introduction)),
    objectives: programme.objectives.items.map((one) => ({
      title: one.title ? line(one.title) + label('colon') : '',
      ...runInObjective(one, language),
    })),
    participantsHeading: label('participants'),
    participants: participantGroups(programme, people, consultant),
    document: say('document'),
    institution: say('institution'),
    date: say('date'),
    documents: documentRows(input),
    documentsMissing: stillMissing(input.documents, say('documents-none')),
    signatory: say('signatory'),
    signature: say('signature'),
    signatures: programme.institutions.map((institution) => ({
      party: line(institutionNamed(institution, language)),
    })),
  };
}

/** What was exchanged, a row each: what, whose, when. */
function documentRows({ documents, programme }: StartingInput) {
  const { language } = programme;
  const say = speaker('papers.starting', language);
  return documents.map(({ title, party, version, on, session, link }) => ({
    title: [
      version > 1 ? say('documentVersion', { title: line(title), version }) : line(title),
      // What nobody gave a title is called by its link.
      ...(link && link !== title ? [link] : []),
      ...(session === undefined ? [] : [printedSessionName(session, language)]),
    ].join('\n'),
    party: partyNamed(programme, party, language),
    on: printedDate(on, language, true),
  }));
}

/** What is expected under a heading, as far as it is not known. */
export const stillMissing = (known: readonly unknown[], guidance: string): { text: string }[] =>
  known.length > 0 ? [] : [{ text: guidance }];

/** An objective with the change that it is to bring, in paragraphs. */
export const runInObjective = (
  { text, change }: Programme['objectives']['items'][number],
  language: Programme['language'],
): ReturnType<typeof runIn> => {
  const whole = runIn(text);
  if (change === undefined) return whole;
  const expected = speaker('papers.labels', language)('expectedChange', { change: line(change) });
  return { ...whole, more: [...whole.more, { text: expected }] };
};

/** An objective in one line, as a cell of a table has it. */
export const objectiveLine = (
  { title, text }: Programme['objectives']['items'][number],
  language: Programme['language'],
): string =>
  [title && line(title), line(text)].filter(Boolean).join(speaker('papers.labels', language)('colon'));

/** The sessions in their order. */
export const sortedSessions = ({ sessions }: StartingInput): RecordedSession[] =>
  sessions.toSorted((a, b) => a.number - b.number);

/**
 * Fills a template with a cooperation. The properties bear the programme's own date, so that the same input
 * gives the same bytes.
 */
export const renderStarting = (
  template: TemplateName | Uint8Array,
  data: WordData,
  { programme }: StartingInput,
  documentName: string,
): Promise<Uint8Array> =>
  renderWord(template, data, {
    title: `${documentName} – ${line(programme.subject)}`,
    subject: line(programme.title),
    language: programme.language,
    createdOn: programme.dated,
    paper: paperSizeOf(programme),
  });
