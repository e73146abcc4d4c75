import { writeFileSync } from 'node:fs';
import {
  bold,
  boldSecond,
  docxTemplate,
  paragraph,
  repeated,
  second,
  TEXT_WIDTH,
  textRun,
  wordTable,
} from './ooxml.ts';

/**
 * Writes the Word templates beside this file anew: `node src/publications/templates/make-templates.ts`.
 * Whatever was changed in them with Word is lost by that, so take it over here first.
 *
 * One template serves all languages: what differs between them comes as data, under the names in braces.
 */

const runInText = (style: 'ListNumber' | 'Objective' | 'BodyText') =>
  paragraph(style, bold('{title}'), '{text}');
const texts = (name: string) => repeated(name, paragraph('BodyText', '{text}'));
const guidance = (name: string) => repeated(name, paragraph('Guidance', '{text}'));
const people = (style: 'ListBullet' | 'ListBullet2' = 'ListBullet') => paragraph(style, '{name}{post}');

/** In a row at the head of a paper; no line of it where there is none. */
const logos = repeated('logoRow', paragraph('Logos', '{#logos}', '{logo}', '    ', '{/logos}'));

const fact = [bold('{label}'), '{value}', textRun('{url}')];

const programme = [
  logos,
  paragraph('Title', '{title}'),
  paragraph('Subtitle', '{frame}'),
  repeated('facts', paragraph('Fact', ...fact)),
  paragraph('FactQuiet', '{versionLine}'),
  paragraph('Heading1', '{descriptionHeading}'),
  texts('description'),
  texts('objectivesIntroduction'),
  repeated('objectives', runInText('Objective'), repeated('more', paragraph('ListContinue', '{text}'))),
  paragraph('Heading1', '{methodologyHeading}'),
  texts('methodologyIntroduction'),
  repeated(
    'points',
    runInText('ListNumber'),
    repeated('more', paragraph('ListContinue', '{text}')),
    repeated(
      'sessions',
      paragraph('ListBullet2', bold('{name}'), '{when}'),
      // Paragraphs of their own: the library loses a link that is repeated within a paragraph.
      repeated('details', paragraph('ListContinue2', ...fact)),
    ),
  ),
  paragraph('Heading1', '{contentsHeading}'),
  texts('contentsIntroduction'),
  repeated(
    'contents',
    runInText('BodyText'),
    texts('more'),
    repeated('guests', paragraph('GuestsLabel', '{label}'), repeated('people', people())),
  ),
  paragraph('Heading1', '{participantsHeading}'),
  repeated('participants', paragraph('Heading2', '{heading}'), repeated('people', people())),
  paragraph('Heading1', '{signaturesHeading}'),
  wordTable({
    widths: [2700, 2500, 1800, TEXT_WIDTH - 7000],
    head: ['{institution}', '{signatory}', '{approval}', '{signature}'],
    rows: [['{#signatures}{party}', '{name}', '{approved}', '{/signatures}']],
    signed: true,
  }),
].join('');

/** Paragraphs of two languages side by side. */
const beside = (rows: string) =>
  wordTable({
    widths: [TEXT_WIDTH / 2, TEXT_WIDTH / 2],
    head: ['{language}', '{secondLanguage}'],
    rows: [
      [
        textRun(`{#${rows}}`) + bold('{title}') + textRun('{text}'),
        boldSecond('{secondTitle}') + second('{secondText}') + textRun(`{/${rows}}`),
      ],
    ],
  });
const twoLanguages = [
  logos,
  paragraph('Title', '{title}'),
  paragraph('Title', second('{secondTitle}')),
  paragraph('Subtitle', '{frame}'),
  paragraph('Subtitle', second('{secondFrame}')),
  beside('facts'),
  repeated(
    'sections',
    paragraph('Heading1', '{heading} · ', second('{secondHeading}')),
    beside('rows'),
    paragraph('TableText'),
  ),
  paragraph('Heading1', '{participantsHeading} · ', second('{secondParticipantsHeading}')),
  repeated('participants', paragraph('Heading2', '{heading}'), repeated('people', people())),
  paragraph('Heading1', '{signaturesHeading} · ', second('{secondSignaturesHeading}')),
  wordTable({
    widths: [2700, 2500, 1800, TEXT_WIDTH - 7000],
    head: ['{institution}', '{signatory}', '{approval}', '{signature}'],
    rows: [['{#signatures}{party}', '{name}', '{approved}', '{/signatures}']],
    signed: true,
  }),
].join('');

const identification = wordTable({
  widths: [2900, TEXT_WIDTH - 2900],
  rowHeads: true,
  rows: [['{#identification}{label}', '{value}{/identification}']],
});
const thirds = [
  Math.floor(TEXT_WIDTH / 3),
  Math.floor(TEXT_WIDTH / 3),
  TEXT_WIDTH - 2 * Math.floor(TEXT_WIDTH / 3),
];
const blankRows = Array.from({ length: 4 }, () => ['', '', '']);

/** Blank rows under a head, as wide as the text. */
const blankTable = (...head: string[]) => {
  const width = Math.floor(TEXT_WIDTH / head.length);
  const widths = head.map((_, i) => (i === 0 ? TEXT_WIDTH - width * (head.length - 1) : width));
  return wordTable({ widths, head, rows: Array.from({ length: 4 }, () => head.map(() => '')) });
};
const documents = [
  wordTable({
    widths: [4700, 2500, TEXT_WIDTH - 7200],
    head: ['{document}', '{institution}', '{date}'],
    rows: [['{#documents}{title}', '{party}', '{on}{/documents}']],
  }),
  guidance('documentsMissing'),
].join('');
const signatures = wordTable({
  widths: [3000, 2600, 1500, TEXT_WIDTH - 7100],
  head: ['{institution}', '{signatory}', '{date}', '{signature}'],
  rows: [['{#signatures}{party}', '', '', '{/signatures}']],
  signed: true,
});

const sheet = [
  logos,
  paragraph('Title', '{documentTitle}'),
  paragraph('Subtitle', '{title}'),
  paragraph('Guidance', '{note}'),
  identification,
  paragraph('Heading1', '{backgroundHeading}'),
  texts('description'),
  texts('objectivesIntroduction'),
  wordTable({
    widths: [5000, TEXT_WIDTH - 5000],
    head: ['{objective}', '{change}'],
    rows: [['{#changes}{objectiveText}', '{expected}{/changes}']],
  }),
  paragraph('Heading1', '{courseHeading}'),
  repeated(
    'sessions',
    paragraph('Heading2', '{heading}'),
    texts('contents'),
    paragraph('Heading3', '{attendanceHeading}'),
    repeated('attendance', paragraph('ListBullet', '{text}')),
    guidance('attendanceMissing'),
    paragraph('Heading3', '{outputsHeading}'),
    repeated('outputs', paragraph('ListBullet', '{text}')),
    guidance('outputsMissing'),
  ),
  paragraph('Heading2', '{documentsHeading}'),
  documents,
  paragraph('Heading2', '{questionsHeading}'),
  repeated(
    'questions',
    paragraph('BodyText', bold('{asked}'), '{question}'),
    texts('answer'),
    guidance('answerMissing'),
  ),
  guidance('questionsMissing'),
  paragraph('Heading1', '{experienceHeading}'),
  repeated('experience', paragraph('Heading2', '{heading}'), paragraph('Guidance', '{guidance}')),
  paragraph('Heading2', '{resultsHeading}'),
  paragraph('TableGuidance', '{resultsGuidance}'),
  blankTable('{result}', '{evidence}', '{measuredOn}'),
  paragraph('Heading1', '{opportunitiesHeading}'),
  paragraph('Guidance', '{opportunitiesGuidance}'),
  paragraph('Heading1', '{elementsHeading}'),
  paragraph('TableGuidance', '{elementsGuidance}'),
  wordTable({ widths: thirds, head: ['{element}', '{usefulness}', '{adaptation}'], rows: blankRows }),
  paragraph('Heading2', '{notTransferredHeading}'),
  paragraph('TableGuidance', '{notTransferredGuidance}'),
  blankTable('{element}', '{why}'),
  paragraph('Heading1', '{conditionsHeading}'),
  repeated('conditions', paragraph('Heading2', '{heading}'), paragraph('Guidance', '{guidance}')),
  paragraph('Heading1', '{topicHeading}'),
  wordTable({
    widths: [2900, TEXT_WIDTH - 2900],
    rowHeads: true,
    rows: [
      ['{topic}', '{topicText}'],
      ['{keywords}', '{keywordsGuidance}'],
      ['{contact}', '{contactGuidance}'],
    ],
  }),
  paragraph('Heading1', '{sourcesHeading}'),
  paragraph('Guidance', '{sourcesGuidance}'),
  paragraph('Heading1', '{peopleHeading}'),
  repeated('participants', paragraph('Heading2', '{heading}'), repeated('people', people())),
  paragraph('Heading1', '{approvalHeading}'),
  paragraph('TableGuidance', '{approvalGuidance}'),
  signatures,
].join('');

const report = [
  logos,
  paragraph('Title', '{documentTitle}'),
  paragraph('Subtitle', '{title}'),
  paragraph('Guidance', '{note}'),
  identification,
  paragraph('Heading1', '{summaryHeading}'),
  paragraph('Guidance', '{summaryGuidance}'),
  paragraph('Heading1', '{objectivesHeading}'),
  texts('objectivesIntroduction'),
  repeated('objectives', runInText('Objective'), repeated('more', paragraph('ListContinue', '{text}'))),
  paragraph('Heading1', '{activitiesHeading}'),
  paragraph('Heading2', '{coordinationHeading}'),
  texts('coordination'),
  repeated(
    'sessions',
    paragraph('Heading2', '{heading}'),
    texts('hours'),
    texts('contents'),
    paragraph('Heading3', '{minutesHeading}'),
    texts('minutes'),
    guidance('minutesMissing'),
    paragraph('Heading3', '{attendanceHeading}'),
    repeated('attendance', paragraph('ListBullet', '{text}')),
    guidance('attendanceMissing'),
    paragraph('Heading3', '{outputsHeading}'),
    repeated('outputs', paragraph('ListBullet', '{text}')),
    guidance('outputsMissing'),
  ),
  paragraph('Heading1', '{resultsHeading}'),
  paragraph('TableGuidance', '{resultsGuidance}'),
  wordTable({
    widths: [4000, 2900, TEXT_WIDTH - 6900],
    head: ['{objective}', '{result}', '{evidence}'],
    rows: [['{#results}{objectiveText}', '', '{/results}']],
  }),
  paragraph('Heading1', '{deviationsHeading}'),
  paragraph('Guidance', '{deviationsGuidance}'),
  paragraph('Heading1', '{commitmentsHeading}'),
  paragraph('TableGuidance', '{commitmentsGuidance}'),
  wordTable({
    widths: thirds,
    head: ['{commitment}', '{responsible}', '{deadline}'],
    rows: [['{#commitments}{what}', '{who}', '{when}{/commitments}']],
  }),
  paragraph('Heading1', '{learnedHeading}'),
  repeated(
    'learned',
    paragraph('Heading2', '{heading}'),
    paragraph('Guidance', '{guidance}'),
    repeated('known', paragraph('ListBullet', '{text}')),
  ),
  paragraph('Heading1', '{recommendationsHeading}'),
  repeated('recommendations', paragraph('Heading2', '{heading}'), paragraph('Guidance', '{guidance}')),
  paragraph('Heading1', '{reachedHeading}'),
  paragraph('TableGuidance', '{reachedGuidance}'),
  wordTable({
    widths: [3600, 1500, 1500, 1500, TEXT_WIDTH - 8100],
    head: ['{institution}', '{women}', '{men}', '{unstated}', '{total}'],
    rows: [['{#reached}{party}', '{ofWomen}', '{ofMen}', '{ofOthers}', '{inAll}{/reached}']],
  }),
  paragraph('Heading1', '{resourcesHeading}'),
  paragraph('TableGuidance', '{resourcesGuidance}'),
  wordTable({
    widths: [3600, 1800, 2000, TEXT_WIDTH - 7400],
    head: ['{institution}', '{hoursHead}', '{money}', '{inKind}'],
    rows: [['{#ofInstitutions}{party}', '', '{paid}', '{/ofInstitutions}']],
  }),
  paragraph('Heading1', '{complementHeading}'),
  paragraph('Guidance', '{complementGuidance}'),
  paragraph('Heading1', '{participantsHeading}'),
  repeated('participants', paragraph('Heading2', '{heading}'), repeated('people', people())),
  paragraph('Heading1', '{annexesHeading}'),
  paragraph('TableGuidance', '{annexesGuidance}'),
  documents,
  paragraph('Heading1', '{signaturesHeading}'),
  texts('approvalsLead'),
  repeated('approvals', paragraph('ListBullet', '{text}')),
  paragraph('TableGuidance', '{signaturesGuidance}'),
  signatures,
].join('');

/** A table of figures of the report of a call: what a row is of, and its columns by name. */
const figuresTable = (name: string, columns: readonly string[], width: number) => {
  const names = ['label', ...columns];
  return wordTable({
    widths: [TEXT_WIDTH - width * columns.length, ...columns.map(() => width)],
    head: names.map((_, at) => `{${name}Head${at + 1}}`),
    rows: [
      names.map(
        (one, at) => `${at === 0 ? `{#${name}}` : ''}{${one}}${at === names.length - 1 ? `{/${name}}` : ''}`,
      ),
    ],
    figures: true,
  });
};
const SIDES = ['requesting', 'providing', 'secretariat', 'consultant'];

const call = [
  logos,
  paragraph('Title', '{title}'),
  paragraph('Subtitle', '{frame}'),
  paragraph('Fact', '{asOf}'),
  paragraph('Heading1', '{summaryHeading}'),
  texts('summary'),
  paragraph('Heading1', '{statesHeading}'),
  figuresTable('states', ['value'], 2300),
  paragraph('Heading2', '{requestingHeading}'),
  figuresTable('requesting', ['value'], 2300),
  paragraph('Heading2', '{providingHeading}'),
  figuresTable('providing', ['value'], 2300),
  paragraph('Heading1', '{outputsHeading}'),
  figuresTable('outputs', ['value'], 2300),
  paragraph('Heading1', '{reachedHeading}'),
  figuresTable('reached', ['woman', 'man', 'unstated'], 1500),
  guidance('reachedNote'),
  paragraph('Heading1', '{outcomesHeading}'),
  guidance('outcomesMissing'),
  figuresTable('outcomes', ['value'], 2300),
  texts('changes'),
  repeated(
    'told',
    paragraph('Heading2', '{who}'),
    repeated('came', paragraph('ListBullet', '{text}')),
    texts('texts'),
  ),
  repeated(
    'graded',
    paragraph('Heading1', '{surveyHeading}'),
    figuresTable('grades', ['grade1', 'grade2', 'grade3', 'grade4', 'grade5'], 1150),
    paragraph('Guidance', '{surveyLead}'),
  ),
  repeated('ungraded', paragraph('Heading1', '{surveyHeading}'), paragraph('BodyText', '{surveyLead}')),
  paragraph('Heading1', '{resourcesHeading}'),
  paragraph('BodyText', '{resourcesLead}'),
  figuresTable('resources', ['hours', 'funding', 'report'], 1900),
  texts('funded'),
  paragraph('Heading1', '{cooperationsHeading}'),
  paragraph('Heading2', '{activitiesHeading}'),
  figuresTable('activities', ['sessions', 'hours', 'documents', 'questions', 'answered'], 1350),
  paragraph('Heading2', '{resultsHeading}'),
  figuresTable('results', ['reached', 'sheets', 'reports', 'lessons', 'commitments', 'kept'], 1150),
  paragraph('Heading2', '{timesHeading}'),
  figuresTable('times', ['state', 'days', ...SIDES], 1150),
  paragraph('Heading2', '{surveysHeading}'),
  figuresTable('surveys', ['surveyed', 'useful', 'expected', 'organised', 'applicable'], 1350),
  paragraph('Heading1', '{lessonsHeading}'),
  repeated(
    'learnt',
    paragraph('Heading2', '{cooperation}'),
    paragraph('BodyText', '{subject}'),
    repeated('objectives', paragraph('ListBullet', '{text}')),
    repeated(
      'learned',
      paragraph('Heading3', '{heading}'),
      repeated('texts', paragraph('ListBullet', '{text}')),
    ),
    repeated('papers', paragraph('BodyText', '{paper}')),
  ),
].join('');

writeFileSync(
  new URL('./call.docx', import.meta.url),
  await docxTemplate({ body: call, header: ['{title}', '{date}'], numberedHeadings: false }),
);
for (const [name, body, right, numberedHeadings] of [
  ['programme', programme, '{code} · {version}', false],
  ['two-languages', twoLanguages, '{code} · {version}', false],
  ['sheet', sheet, '{code} · {documentName}', true],
  ['report', report, '{code} · {documentName}', true],
] as const)
  writeFileSync(
    new URL(`./${name}.docx`, import.meta.url),
    await docxTemplate({ body, header: ['{subject}', right], numberedHeadings }),
  );
