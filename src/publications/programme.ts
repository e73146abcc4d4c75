import type { Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { Logo } from '../domain/results/logo.ts';
import { type PaperSize, paperSizeOf } from '../domain/results/paperSize.ts';
import { inOrder } from '../domain/sessionOrder.ts';
import { capitalized, inCapitals } from '../words/names/capitals.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { headDate, printedDate, printedSessionName } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { placedLogos, typstLogos, wordLogos } from './logos.ts';
import {
  daysOfSession,
  guestGroups,
  hoursText,
  type PersonLine,
  type PrintedPerson,
  type PrintedSession,
  participantGroups,
  spansYears,
  whenText,
} from './sessions.ts';
import { type Approval, type SignatureLine, signatureColumns, signatureLines } from './signatures.ts';
import { runInObjective } from './startingDocument.ts';
import { line, paragraphs, runIn } from './text.ts';
import { asTexts, type PlacedPicture, renderWord, type WordData, wordLink } from './word.ts';

/** One version of a programme: the file as filed, and sessions and people as they stand when it is made. */
export type ProgrammeVersion = {
  programme: Programme;
  /** 1 for the first. */
  version: number;
  /** The day it was made. Version 1 prints the programme's own date instead. */
  madeOn: string;
  sessions: PrintedSession[];
  people: PrintedPerson[];
  consultant?: { name: string; post?: string | undefined };
  /** Of earlier versions, as far as they are on record. */
  approvals?: readonly Approval[];
  /** Of its institutions, as far as they have one. */
  logos?: readonly Logo[];
};

export type PublishedProgramme = {
  pdf: Uint8Array;
  docx: Uint8Array;
  fileNames: { pdf: string; docx: string };
};

/**
 * The programme as ministries receive it: a PDF/UA-1 document, and the same in Word.
 * The same version gives the same bytes.
 */
export async function renderProgramme(
  version: ProgrammeVersion,
  template: Uint8Array | undefined = undefined,
): Promise<PublishedProgramme> {
  const view = programmeView(version);
  // Native code, which whoever has the Word file filled alone may not load.
  const { renderPdf } = await import('./typst.ts');
  const { logos: placed, ...data } = view;
  const { logos, files } = typstLogos(placed);
  const pdf = renderPdf('programme.typ', { ...data, logos }, { files });
  const docx = await programmeWord(version, template);
  const name = `${speaker('papers.programme', version.programme.language)('fileName')}-v${version.version}`;
  return { pdf, docx, fileNames: { pdf: `${name}.pdf`, docx: `${name}.docx` } };
}

/** The programme in Word alone. */
export function programmeWord(version: ProgrammeVersion, template?: Uint8Array): Promise<Uint8Array> {
  const view = programmeView(version);
  return renderWord(template ?? 'programme', wordData(view), {
    title: view.title,
    subject: view.subject,
    language: version.programme.language,
    createdOn: version.madeOn,
    paper: view.paper,
  });
}

/** What the programme's template is filled with. */
export const programmeData = (version: ProgrammeVersion): WordData => wordData(programmeView(version));

/** A labelled line of the programme's head. */
type Fact = { label: string; value: string; link?: string };
type SessionLine = { name: string; when: string; details: Fact[] };
type RunIn = { title: string; text: string; more: { text: string }[] };

/** Everything a programme prints, in its language and order; PDF and Word are set from this alone. */
export type ProgrammeView = {
  language: Language;
  locale: string;
  paper: PaperSize;
  colon: string;
  logos: PlacedPicture[];
  madeOn: string;
  title: string;
  frame: string;
  subject: string;
  code: string;
  version: string;
  page: string;
  ofPages: string;
  facts: Fact[];
  versionLine: string;
  description: { heading: string; paragraphs: string[]; introduction: string[]; objectives: RunIn[] };
  methodology: { heading: string; introduction: string[]; points: (RunIn & { sessions: SessionLine[] })[] };
  contents: {
    heading: string;
    introduction: string[];
    sessions: (RunIn & { guests: { label: string; people: PersonLine[] }[] })[];
  };
  participants: { heading: string; groups: { heading: string; people: PersonLine[] }[] };
  signatures: { heading: string; columns: string[]; rows: SignatureLine[] };
};

/** @see ProgrammeView */
function programmeView(version: ProgrammeVersion): ProgrammeView {
  const { programme, people, consultant } = version;
  const { language, methodology } = programme;
  const label = speaker('papers.labels', language);
  const madeOn = version.version === 1 ? programme.dated : version.madeOn;
  const sessions = version.sessions.toSorted((a, b) => a.number - b.number);
  const upper = (text: string) => inCapitals(text, language);
  const withYear = spansYears(sessions, programme, madeOn);
  const point = (
    { title, text }: { title?: string | undefined; text: string },
    separator: string,
    lines: SessionLine[] = [],
  ) => ({ title: title ? line(title) + separator : '', ...runIn(text), sessions: lines });

  return {
    language,
    locale: GRAMMAR[language].spelling,
    paper: paperSizeOf(programme),
    colon: label('colon'),
    logos: placedLogos(version.logos ?? [], programme.institutions, language),
    madeOn: version.madeOn,
    title: line(programme.title),
    frame: line(programme.frame),
    subject: line(programme.subject),
    code: programme.id,
    version: label('version', { number: version.version }),
    page: label('page'),
    ofPages: label('ofPages'),
    facts: headFacts(programme, sessions, madeOn),
    versionLine: label('versionOf', { number: version.version, date: printedDate(madeOn, language, true) }),
    description: {
      heading: upper(label('description')),
      paragraphs: programme.description.flatMap(paragraphs),
      introduction: paragraphs(programme.objectives.introduction),
      objectives: programme.objectives.items.map((item) => ({
        ...point(item, label('colon')),
        ...runInObjective(item, language),
      })),
    },
    methodology: {
      heading: upper(label('methodology')),
      introduction: paragraphs(methodology.introduction),
      points: [
        point(methodology.coordination, ' – '),
        point(methodology.documents, label('colon')),
        point(
          methodology.sessions,
          label('colon'),
          sessions.map((session) => sessionLine(session, programme, withYear)),
        ),
        point(methodology.systematization, label('colon')),
        point(methodology.finalReport, label('colon')),
      ],
    },
    contents: {
      heading: upper(label('contents')),
      introduction: paragraphs(programme.contents.introduction),
      sessions: sessions.map((session) => {
        const when = whenText(session, programme, withYear);
        const name = upper(printedSessionName(session.number, language));
        const title = session.startsAt ? `${name} – ${when}` : when ? `${name} (${when})` : name;
        return {
          title: title + label('colon'),
          ...runIn(session.contents),
          guests: guestGroups(session, programme),
        };
      }),
    },
    participants: {
      heading: upper(label('participants')),
      groups: participantGroups(programme, people, consultant),
    },
    signatures: {
      heading: upper(speaker('papers.signatures', language)('heading')),
      columns: signatureColumns(language),
      rows: signatureLines(
        programme,
        programme.institutions.filter(({ role }) => role !== 'secretariat'),
        version.approvals,
      ),
    },
  };
}

/** Modality, the session that is next, and where the sessions meet. */
function headFacts(programme: Programme, sessions: readonly PrintedSession[], madeOn: string): Fact[] {
  const { language, meeting, modality } = programme;
  const label = speaker('papers.labels', language);
  const facts: Fact[] = [{ label: label('modality'), value: label(`modalities-${modality}`) }];
  const first = (session: PrintedSession) => daysOfSession(session, programme)?.first ?? '';
  const next =
    sessions
      .filter((session) => (daysOfSession(session, programme)?.last ?? madeOn) >= madeOn)
      .sort((a, b) => inOrder(first(a), first(b)))[0] ?? sessions.at(-1);
  if (next) {
    const days = daysOfSession(next, programme);
    const value = next.startsAt && days ? headDate(days.first, language) : pending(next, programme, true);
    facts.push({ label: printedSessionName(next.number, language), value });
    const hours = hoursText(next, programme);
    if (hours) facts.push({ label: label('time'), value: hours });
  }
  if (meeting?.link)
    facts.push(linkFact(label('link', { platform: line(meeting.platform ?? '') || 'none' }), meeting.link));
  if (meeting?.place) facts.push({ label: label('place'), value: line(meeting.place) });
  if (next)
    facts.push(
      ...ownPlace(
        next,
        programme,
        label('linkOf', { session: printedSessionName(next.number, language).toLowerCase() }),
      ),
    );
  return facts;
}

/** "Segunda quincena de agosto (por definir)". */
const pending = (session: PrintedSession, programme: Programme, withYear: boolean): string =>
  [
    capitalized(whenText(session, programme, withYear), programme.language),
    speaker('papers.labels', programme.language)('toBeDefined'),
  ]
    .filter(Boolean)
    .join(' ');

/** An address; only one of the web's can be clicked. */
function linkFact(label: string, url: string): Fact {
  const value = line(url);
  return /^https?:\/\//i.test(value) ? { label, value, link: value } : { label, value };
}

/** Where a session meets if that is not where all of them do. */
function ownPlace(
  { link, place }: PrintedSession,
  { language, meeting }: Programme,
  linkLabel: string,
): Fact[] {
  const label = speaker('papers.labels', language);
  const facts: Fact[] = [];
  if (link && link !== meeting?.link) facts.push(linkFact(linkLabel, link));
  if (place && place !== meeting?.place) facts.push({ label: label('place'), value: line(place) });
  return facts;
}

function sessionLine(session: PrintedSession, programme: Programme, withYear: boolean): SessionLine {
  const { language } = programme;
  const hours = hoursText(session, programme);
  return {
    name: printedSessionName(session.number, language),
    when: hours
      ? `${whenText(session, programme, withYear)}, ${hours}`
      : pending(session, programme, withYear),
    details: ownPlace(session, programme, speaker('papers.labels', language)('ownLink')),
  };
}

/** The view under the names that the Word template knows. */
function wordData(view: ProgrammeView): WordData {
  const { description, methodology, contents, participants, signatures, colon } = view;
  const [institution = '', signatory = '', approval = '', signature = ''] = signatures.columns;
  const fact = ({ label, value, link }: Fact) => ({
    label: label + colon,
    value: link ? '' : value,
    url: link ? wordLink(link) : '',
  });
  return {
    logoRow: wordLogos(view.logos),
    title: view.title,
    frame: view.frame,
    subject: view.subject,
    code: view.code,
    version: view.version,
    page: view.page,
    ofPages: view.ofPages,
    facts: view.facts.map(fact),
    versionLine: view.versionLine,
    descriptionHeading: description.heading,
    description: asTexts(description.paragraphs),
    objectivesIntroduction: asTexts(description.introduction),
    objectives: description.objectives,
    methodologyHeading: methodology.heading,
    methodologyIntroduction: asTexts(methodology.introduction),
    points: methodology.points.map((point) => ({
      ...point,
      sessions: point.sessions.map(({ name, when, details }) => ({
        name: name + colon,
        when,
        details: details.map(fact),
      })),
    })),
    contentsHeading: contents.heading,
    contentsIntroduction: asTexts(contents.introduction),
    contents: contents.sessions,
    participantsHeading: participants.heading,
    participants: participants.groups,
    signaturesHeading: signatures.heading,
    ...{ institution, signatory, approval, signature },
    signatures: signatures.rows,
  };
}
