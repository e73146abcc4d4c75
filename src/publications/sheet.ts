import { partyNamed } from '../words/names/parties.ts';
import { speaker } from '../words/speaker.ts';
import {
  commonData,
  labelsOf,
  objectiveLine,
  renderStarting,
  type StartingDocument,
  type StartingInput,
  sessionData,
  sortedSessions,
  stillMissing,
} from './startingDocument.ts';
import { line, paragraphs } from './text.ts';
import { asTexts, type WordData } from './word.ts';

/** The sections follow point 4 of the methodology: the experience, areas of opportunity, and what can be transferred. */
const EXPERIENCE = ['context', 'milestones', 'components', 'framework', 'resources'] as const;
const CONDITIONS = ['requirements', 'lessons', 'failures'] as const;

/** The systematization sheet to start from, in Word and in the cooperation's language. */
export async function renderSheetTemplate(
  input: StartingInput,
  template: Uint8Array | undefined = undefined,
): Promise<StartingDocument> {
  const say = speaker('papers.sheet', input.programme.language);
  const docx = await renderStarting(template ?? 'sheet', sheetData(input), input, say('name'));
  return { docx, fileName: say('fileName') };
}

/** What the sheet's template is filled with. */
export function sheetData(input: StartingInput): WordData {
  const { programme, consultant } = input;
  const { language } = programme;
  const say = speaker('papers.sheet', language);
  const label = speaker('papers.labels', language);
  /** A heading, and what to write under it. */
  const part = (name: (typeof EXPERIENCE | typeof CONDITIONS)[number]) => ({
    heading: say(`${name}-heading`),
    guidance: say(`${name}-guidance`),
  });
  const author = consultant ? [{ label: label('consultant'), value: line(consultant.name) }] : [];
  return {
    ...commonData(input, say('name'), author),
    note: say('note'),
    backgroundHeading: say('background'),
    description: asTexts(programme.description.flatMap(paragraphs)),
    objective: say('objective'),
    change: say('change'),
    changes: programme.objectives.items.map((item) => ({
      objectiveText: objectiveLine(item, language),
      expected: item.change === undefined ? '' : line(item.change),
    })),
    courseHeading: say('course-heading'),
    sessions: sortedSessions(input).map((session) =>
      sessionData(session, programme, {
        attendanceHeading: say('attendance-heading'),
        attendanceGuidance: say('attendance-guidance'),
        outputsHeading: say('outputs-heading'),
        outputsGuidance: say('outputs-guidance'),
      }),
    ),
    documentsHeading: say('documents-heading'),
    questionsHeading: say('questions-heading'),
    questions: questionData(input),
    questionsMissing: stillMissing(input.questions, say('questions-none')),
    experienceHeading: say('experience-heading', { providing: labelsOf(programme, 'providing') }),
    experience: EXPERIENCE.map(part),
    opportunitiesHeading: say('opportunities-heading'),
    opportunitiesGuidance: say('opportunities-guidance'),
    elementsHeading: say('elements-heading', { requesting: labelsOf(programme, 'requesting') }),
    elementsGuidance: say('elements-guidance'),
    element: say('element'),
    usefulness: say('usefulness'),
    adaptation: say('adaptation'),
    conditionsHeading: say('conditions-heading'),
    conditions: CONDITIONS.map(part),
    resultsHeading: say('results-heading'),
    resultsGuidance: say('results-guidance'),
    result: say('result'),
    evidence: say('evidence'),
    measuredOn: say('measured-on'),
    notTransferredHeading: say('not-transferred-heading'),
    notTransferredGuidance: say('not-transferred-guidance'),
    why: say('why'),
    topicHeading: say('topic-heading'),
    topic: say('topic'),
    topicText: line(programme.subject),
    keywords: say('keywords'),
    keywordsGuidance: say('keywords-guidance'),
    contact: say('contact'),
    contactGuidance: say('contact-guidance'),
    sourcesHeading: say('sources-heading'),
    sourcesGuidance: say('sources-guidance'),
    approvalHeading: say('approval-heading'),
    approvalGuidance: say('approval-guidance'),
    peopleHeading: say('people-heading'),
  };
}

/** What one asked the other, and the answer. */
const questionData = ({ questions, programme }: StartingInput) =>
  questions.map(({ from, to, text, answer }) => {
    const { language } = programme;
    const say = speaker('papers.sheet', language);
    return {
      asked: `${say('asked', {
        from: partyNamed(programme, from, language, 'The'),
        to: partyNamed(programme, to, language, 'to'),
      })} `,
      question: line(text),
      answer: asTexts(answer === undefined ? [] : paragraphs(answer)),
      answerMissing: answer === undefined ? [{ text: say('answer-none') }] : [],
    };
  });
