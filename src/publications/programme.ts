import type { Programme } from '../domain/programme/programme.ts';
import { paperSizeOf } from '../domain/results/paperSize.ts';
import { inOrder } from '../domain/sessionOrder.ts';
import { capitalized, inCapitals } from '../words/names/capitals.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { headDate, printedDate, printedSessionName } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { placedLogos, typstLogos, wordLogos } from './logos.ts';
import {
  type Fact,
  type ProgrammeVersion,
  type ProgrammeView,
  programmeTemplate,
  type SessionLine,
} from './programmeView.ts';
import {
  daysOfSession,
  guestGroups,
  hoursText,
  type PrintedSession,
  participantGroups,
  spansYears,
  whenText,
} from './sessions.ts';
import { signatureColumns, signatureLines } from './signatures.ts';
import { runInObjective } from './startingDocument.ts';
import { line, paragraphs, runIn } from './text.ts';
import { besideEachOther, type Row, secondVersion, type TwoLanguages } from './twoLanguages.ts';
import { asTexts, renderWord, type WordData, wordLink } from './word.ts';

type WholeView = ProgrammeView & { two?: TwoLanguages };

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
  const view = wholeView(version);
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
  const view = wholeView(version);
  return renderWord(template ?? programmeTemplate(version), wordData(view), {
    title: view.title,
    subject: view.subject,
    language: version.programme.language,
    ...(view.two && { second: view.two.language }),
    createdOn: version.madeOn,
    paper: view.paper,
  });
}

/** What the programme's template is filled with. */
export const programmeData = (version: ProgrammeVersion): WordData => wordData(wholeView(version));

/** The view; where it is printed in two languages, with what stands side by side. */
function wholeView(version: ProgrammeVersion): WholeView {
  const view = programmeView(version);
  const { translation, programme } = version;
  if (!translation) return view;
  const second = programmeView(secondVersion(version, translation));
  return { ...view, two: besideEachOther(view, second, programme, translation) };
}

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
function wordData(view: WholeView): WordData {
  if (view.two) return twoLanguagesData(view, view.two);
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

/** The same in two languages. */
function twoLanguagesData(view: ProgrammeView, two: TwoLanguages): WordData {
  const { participants, signatures } = view;
  const [institution = '', signatory = '', approval = '', signature = ''] = signatures.columns;
  const cells = ({ left, right }: Row) => ({
    ...{ title: left.title, text: left.text },
    ...{ secondTitle: right.title, secondText: right.text },
  });
  return {
    logoRow: wordLogos(view.logos),
    title: view.title,
    secondTitle: two.title,
    frame: view.frame,
    secondFrame: two.frame,
    subject: view.subject,
    code: view.code,
    version: view.version,
    page: view.page,
    ofPages: view.ofPages,
    language: two.columns.left,
    secondLanguage: two.columns.right,
    facts: two.facts.map(cells),
    sections: two.sections.map(({ heading, second, rows }) => ({
      ...{ heading, secondHeading: second },
      rows: rows.map(cells),
    })),
    participantsHeading: participants.heading,
    secondParticipantsHeading: two.participants,
    participants: participants.groups,
    signaturesHeading: signatures.heading,
    secondSignaturesHeading: two.signatures,
    ...{ institution, signatory, approval, signature },
    signatures: signatures.rows,
  };
}
