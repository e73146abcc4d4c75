import { dateIn } from '../domain/dates/dates.ts';
import { peopleReached } from '../domain/people/attendance.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { attendeeFrom } from '../words/attendance.ts';
import { ownerText } from '../words/commitments.ts';
import { contributionText } from '../words/funding.ts';
import { capitalized } from '../words/names/capitals.ts';
import { institutionNamed } from '../words/names/institutions.ts';
import { partyNamed } from '../words/names/parties.ts';
import { printedDate } from '../words/papers.ts';
import { type Speak, speaker } from '../words/speaker.ts';
import { hoursText } from './sessions.ts';
import { approvalLines } from './signatures.ts';
import {
  commonData,
  labelsOf,
  objectiveLine,
  type RecordedSession,
  renderStarting,
  type StartingDocument,
  type StartingInput,
  sessionData,
  sortedSessions,
  stillMissing,
  titlesOf,
} from './startingDocument.ts';
import { line, paragraphs } from './text.ts';
import { asTexts, type WordData } from './word.ts';

const LEARNED = ['lessons', 'sustainability'] as const;

/** The Final Report to start from, in Word and in the cooperation's language, with what is on record filled in. */
export async function renderReportTemplate(
  input: StartingInput,
  template: Uint8Array | undefined = undefined,
): Promise<StartingDocument> {
  const say = speaker('papers.report', input.programme.language);
  const docx = await renderStarting(template ?? 'report', reportData(input), input, say('name'));
  return { docx, fileName: say('fileName') };
}

/** What the report's template is filled with. */
export function reportData(input: StartingInput): WordData {
  const { programme, meeting } = input;
  const { language, finalReport } = programme;
  const say = speaker('papers.report', language);
  return {
    ...commonData(input, say('name'), [
      { label: say('drafts'), value: titlesOf(programme, finalReport.drafts) },
      { label: say('complements'), value: titlesOf(programme, finalReport.complements) },
      { label: say('receives'), value: titlesOf(programme, [finalReport.receives]) },
    ]),
    note: say('note'),
    summaryHeading: say('summary-heading'),
    summaryGuidance: say('summary-guidance'),
    objectivesHeading: say('objectives'),
    activitiesHeading: say('activities'),
    coordinationHeading: [
      say('coordination'),
      meeting && printedDate(dateIn(meeting.startsAt, meeting.timeZone), language, true),
    ]
      .filter(Boolean)
      .join(' – '),
    coordination: asTexts([
      ...paragraphs(programme.methodology.coordination.text),
      ...(meeting?.minutes ? [say('agreed'), ...paragraphs(meeting.minutes)] : []),
    ]),
    sessions: sortedSessions(input).map((session) => recordData(session, programme, say)),
    resultsHeading: say('results-heading'),
    resultsGuidance: say('results-guidance'),
    objective: say('objective'),
    result: say('result'),
    evidence: say('evidence'),
    results: programme.objectives.items.map((item) => ({ objectiveText: objectiveLine(item, language) })),
    deviationsHeading: say('deviations-heading'),
    deviationsGuidance: say('deviations-guidance'),
    learnedHeading: say('learned-heading'),
    learned: LEARNED.map((name) => ({
      ...{ heading: say(`${name}-heading`), guidance: say(`${name}-guidance`) },
      known: asTexts(name === 'lessons' ? (input.lessons ?? []).map(line) : []),
    })),
    recommendationsHeading: say('recommendations-heading'),
    recommendations: programme.institutions.map((institution) => ({
      heading: line(institutionNamed(institution, language)),
      guidance: say(`recommendations-${institution.role}`),
    })),
    reachedHeading: say('reached-heading'),
    reachedGuidance: say('reached-guidance'),
    women: say('women'),
    men: say('men'),
    unstated: say('unstated'),
    total: say('total'),
    reached: reachedRows(input, say('elsewhere')),
    resourcesHeading: say('resources-heading'),
    resourcesGuidance: say('resources-guidance'),
    hoursHead: say('hours'),
    money: say('money'),
    inKind: say('in-kind'),
    ofInstitutions: programme.institutions.map((institution) => ({
      party: line(institutionNamed(institution, language)),
      paid: (input.funding ?? [])
        .flatMap((one) => (one.party === institution.id ? [line(contributionText(one, language))] : []))
        .join('\n'),
    })),
    annexesHeading: say('annexes-heading'),
    annexesGuidance: say('annexes-guidance'),
    ...approvalData(input),
    signaturesHeading: say('signatures-heading'),
    signaturesGuidance: say('signatures-guidance'),
    commitmentsHeading: say('commitments-heading'),
    commitmentsGuidance: say('commitments-guidance'),
    commitment: say('commitment'),
    commitments: commitmentRows(input),
    responsible: say('responsible'),
    deadline: say('deadline'),
    complementHeading: say('complement-heading', { providing: labelsOf(programme, 'providing') }),
    complementGuidance: say('complement-guidance'),
  };
}

/**
 * How many people the sessions reached, by institution and sex, each counted once; empty cells for an institution of which
 * nobody is on record.
 */
function reachedRows({ programme, sessions }: StartingInput, elsewhere: string) {
  const { language } = programme;
  const reached = peopleReached(sessions.map(({ attendance = [] }) => attendance));
  const absent = programme.institutions.filter(({ id }) => !reached.some(({ from }) => from.party === id));
  // As the programme lists them, then other parties, then who is of none.
  const order = programme.institutions.map(({ id }) => id);
  const place = ({ from: { party } }: (typeof reached)[number]) =>
    party === undefined ? order.length + 1 : order.includes(party) ? order.indexOf(party) : order.length;
  return [
    ...reached
      .toSorted((a, b) => place(a) - place(b))
      .map(({ from, woman, man, unstated }) => ({
        party: line(attendeeFrom(from, programme, language) || elsewhere),
        ...{ ofWomen: String(woman), ofMen: String(man), ofOthers: String(unstated) },
        inAll: String(woman + man + unstated),
      })),
    ...absent.map((institution) => ({
      party: line(institutionNamed(institution, language)),
      ...{ ofWomen: '', ofMen: '', ofOthers: '', inAll: '' },
    })),
  ];
}

/** What has been approved on the way, as far as anything has. */
function approvalData({ programme, approvals = [] }: StartingInput) {
  const lead = speaker('papers.signatures', programme.language)('lead');
  return {
    approvalsLead: asTexts(approvals.length > 0 ? [lead] : []),
    approvals: asTexts(approvalLines(programme, approvals)),
  };
}

/** What people took upon themselves so far; then blank rows for more. */
const commitmentRows = ({ programme, commitments = [] }: StartingInput) => [
  ...commitments.map(({ what, party, name, due }) => ({
    what: line(what),
    who: line(ownerText(partyNamed(programme, party, programme.language), name, programme.language)),
    when: printedDate(due, programme.language, true),
  })),
  ...Array.from({ length: BLANK_COMMITMENTS }, () => ({ what: '', who: '', when: '' })),
];
const BLANK_COMMITMENTS = 4;

/** A session with its minutes and how long it took. */
function recordData(session: RecordedSession, programme: Programme, say: Speak<'papers.report'>) {
  const hours = hoursText(session, programme);
  const minutes = paragraphs(session.minutes ?? '');
  return {
    ...sessionData(session, programme, {
      attendanceHeading: say('attendance-heading'),
      attendanceGuidance: say('attendance-guidance'),
      outputsHeading: say('outputs-heading'),
      outputsGuidance: say('outputs-guidance'),
    }),
    hours: hours ? [{ text: `${capitalized(hours, programme.language)}.` }] : [],
    minutesHeading: say('minutes-heading'),
    minutes: asTexts(minutes),
    minutesMissing: stillMissing(minutes, say('minutes-guidance')),
  };
}
