import { writeFileSync } from 'node:fs';
import { bold, docxTemplate, paragraph, repeated, TEXT_WIDTH, textRun, wordTable } from './ooxml.ts';

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

const fact = [bold('{label}'), '{value}', textRun('{url}')];

const programme = [
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

const sheet = [
  paragraph('Title', '{documentTitle}'),
  paragraph('Subtitle', '{title}'),
  paragraph('Guidance', '{note}'),
  identification,
  paragraph('Heading1', '{backgroundHeading}'),
  texts('description'),
  texts('objectivesIntroduction'),
  repeated('objectives', runInText('Objective'), repeated('more', paragraph('ListContinue', '{text}'))),
  paragraph('Heading1', '{experienceHeading}'),
  repeated('experience', paragraph('Heading2', '{heading}'), paragraph('Guidance', '{guidance}')),
  paragraph('Heading1', '{opportunitiesHeading}'),
  paragraph('Guidance', '{opportunitiesGuidance}'),
  paragraph('Heading1', '{elementsHeading}'),
  paragraph('TableGuidance', '{elementsGuidance}'),
  wordTable({ widths: thirds, head: ['{element}', '{usefulness}', '{adaptation}'], rows: blankRows }),
  paragraph('Heading1', '{conditionsHeading}'),
  repeated('conditions', paragraph('Heading2', '{heading}'), paragraph('Guidance', '{guidance}')),
  paragraph('Heading1', '{sourcesHeading}'),
  paragraph('Heading2', '{sessionsHeading}'),
  repeated(
    'sessions',
    paragraph('ListBullet', bold('{name}'), '{when}'),
    repeated('outputs', paragraph('ListBullet2', '{text}')),
  ),
  paragraph('Heading2', '{documentsHeading}'),
  paragraph('Guidance', '{documentsGuidance}'),
  paragraph('Heading2', '{peopleHeading}'),
  repeated('participants', paragraph('Heading3', '{heading}'), repeated('people', people())),
].join('');

const report = [
  paragraph('Title', '{documentTitle}'),
  paragraph('Subtitle', '{title}'),
  paragraph('Guidance', '{note}'),
  identification,
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
  paragraph('Heading1', '{commitmentsHeading}'),
  paragraph('TableGuidance', '{commitmentsGuidance}'),
  wordTable({ widths: thirds, head: ['{commitment}', '{responsible}', '{deadline}'], rows: blankRows }),
  paragraph('Heading1', '{complementHeading}'),
  paragraph('Guidance', '{complementGuidance}'),
  paragraph('Heading1', '{participantsHeading}'),
  repeated('participants', paragraph('Heading2', '{heading}'), repeated('people', people())),
].join('');

for (const [name, body, right, numberedHeadings] of [
  ['programme', programme, '{code} · {version}', false],
  ['sheet', sheet, '{code} · {documentName}', true],
  ['report', report, '{code} · {documentName}', true],
] as const)
  writeFileSync(
    new URL(`./${name}.docx`, import.meta.url),
    await docxTemplate({ body, header: ['{subject}', right], numberedHeadings }),
  );
