import { speaker } from '../words/speaker.ts';
import {
  commonData,
  labelsOf,
  renderStarting,
  type StartingDocument,
  type StartingInput,
  sessionWhen,
  sortedSessions,
} from './startingDocument.ts';
import { line, paragraphs } from './text.ts';
import { asTexts } from './word.ts';

/** The sections follow point 4 of the methodology: the experience, areas of opportunity, and what can be transferred. */
const EXPERIENCE = ['context', 'components', 'framework', 'results'] as const;
const CONDITIONS = ['requirements', 'lessons'] as const;

/** The systematization sheet to start from, in Word and in the cooperation's language. */
export async function renderSheetTemplate(input: StartingInput): Promise<StartingDocument> {
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
  const data = {
    ...commonData(input, say('name'), author),
    note: say('note'),
    backgroundHeading: say('background'),
    description: asTexts(programme.description.flatMap(paragraphs)),
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
    sourcesHeading: say('sources-heading'),
    sessionsHeading: say('sources-sessions'),
    sessions: sortedSessions(input).map((session) => {
      const { name, when } = sessionWhen(session, programme);
      return { name: name + label('colon'), when, outputs: asTexts((session.outputs ?? []).map(line)) };
    }),
    documentsHeading: say('sources-documents-heading'),
    documentsGuidance: say('sources-documents-guidance'),
    peopleHeading: say('sources-people'),
  };
  return { docx: await renderStarting('sheet.docx', data, input, say('name')), fileName: say('fileName') };
}
