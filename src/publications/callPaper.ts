import type { Language } from '../domain/language.ts';
import {
  CALL_FIGURES,
  CALL_SEXES,
  type CallCooperation,
  type CallReport,
  callAt,
  callListAt,
  callSecretariat,
  figureAt,
} from '../domain/results/callReport.ts';
import type { Logo } from '../domain/results/logo.ts';
import { SURVEY_SCALE } from '../domain/results/survey.ts';
import {
  CALL_COLUMNS,
  CALL_GROUPS,
  type CallColumn,
  callChanges,
  callColumnsOf,
  callFigures,
  callMinistry,
  callTable,
  callTold,
  figureText,
} from '../words/callReport.ts';
import { fullDayOf } from '../words/dates/fullDates.ts';
import { fundedText, sumsText } from '../words/funding.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { printedDayOf } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { surveyLead, surveyTable } from '../words/survey.ts';
import { placedLogos, typstLogos, wordLogos } from './logos.ts';
import { line, paragraphs } from './text.ts';
import { renderPdf } from './typst.ts';
import { asTexts, renderWord, type WordData, wordLink } from './word.ts';

/** The report of a call as a paper, in PDF and in Word. Each figure leads to the page that it is made of. */

export type CallPaper = {
  report: CallReport;
  language: Language;
  /** The origin of the site, to which figures lead. */
  site: string;
  madeAt: string;
  /** Of the Secretariat, which reports, where it has one. */
  logos?: readonly Logo[];
};

/** A text of the paper, and where it leads. */
type Mention = { text: string; url?: string };
/** The first of the heads and of each row names what the others are of. */
type Figures = { heads: string[]; rows: Mention[][] };

/** PDF/UA-1; the same report gives the same bytes. */
export function callPdf(paper: CallPaper): Uint8Array {
  const { logos: placed, ...data } = viewOf(paper);
  const { logos, files } = typstLogos(placed);
  return renderPdf('call.typ', { ...data, logos }, { files });
}

/** The same in Word. */
export function callWord(paper: CallPaper): Promise<Uint8Array> {
  const view = viewOf(paper);
  return renderWord('call', wordData(view), {
    ...{ title: view.title, subject: view.frame, language: paper.language, createdOn: view.madeOn },
    paper: 'letter',
  });
}

const GRADES = ['label', ...SURVEY_SCALE.map((grade) => `grade${grade}`)];

type View = ReturnType<typeof viewOf>;

function viewOf({ report, language, site, madeAt, logos = [] }: CallPaper) {
  const say = speaker('papers.callReport', language);
  const label = speaker('papers.labels', language);
  const { states, outputs, outcomes } = callFigures(report, language);
  const led = (text: string, path: string): Mention => ({ text: line(text) || '—', url: site + path });
  const figure = (value: number | string | null | undefined, path: string): Mention => {
    const text = figureText(value, language);
    return value ? led(text, path) : { text };
  };
  const byCooperation = callAt(report.call, 'cooperations');
  const zone = zoneOf(report);
  return {
    language,
    logos: placedLogos(logos, callSecretariat(report), language),
    region: GRAMMAR[language].spelling.split('-').at(1),
    madeOn: madeAt.slice(0, 10),
    title: say('title', { n: report.call }),
    frame: say('frame', { years: report.years.join(', ') }),
    date: fullDayOf(madeAt, zone, language),
    page: label('page'),
    ofPages: label('ofPages'),
    asOf: say('asOf', { date: printedDayOf(madeAt, zone, language) }),
    summary: { heading: say('summary'), texts: summary(report, language) },
    states: {
      heading: say('states'),
      heads: [say('state'), say('count')],
      rows: states.map(({ of, label: text, value }) => [{ text }, figure(value, callListAt(report, of))]),
    },
    ministries: (['requesting', 'providing'] as const).map((side) => ({
      heading: say(side),
      heads: [say('institution'), say('states')],
      rows: report[side].map((one) => [
        { text: line(callMinistry(one, language)) },
        figure(one.cooperations, byCooperation),
      ]),
    })),
    outputs: {
      heading: say('outputs'),
      heads: [say('outputs'), say('count')],
      rows: outputs.map(({ label: text, value }) => [{ text }, figure(value, byCooperation)]),
    },
    reached: {
      ...{ heading: say('reachedBy'), missing: say('nobody'), note: say('reachedNote') },
      heads: [say('institution'), ...CALL_SEXES.map((sex) => say(sex))],
      rows: report.reachedBy.map((one) => [
        { text: line(one.institution ?? '') || say('unknown') },
        ...CALL_SEXES.map((sex) => figure(one[sex], byCooperation)),
      ]),
    },
    outcomes: {
      ...{ heading: say('outcomes'), missing: say('nothingTold') },
      heads: [say('outcomes'), say('states')],
      rows: outcomes.map(({ label: text, value }) => [{ text }, figure(value, callAt(report.call, 'told'))]),
    },
    changes: report.told.length > 0 ? callChanges(report, language) : [],
    told: callTold(report, language).map(({ cooperation, who, came, changes, text }) => ({
      ...{
        who: led(who, `/c/${cooperation}#outcomes`),
        came: [...came, ...changes.map(line)],
        texts: paragraphs(text),
      },
    })),
    survey: surveyIn(report, language),
    resources: resourcesOf(report, language, led),
    cooperations: { heading: say('figures'), tables: tablesOf(report, language, { led, figure }) },
    lessons: { heading: say('objectivesAndLessons'), items: lessonsOf(report, language, led) },
  };
}

/** What delegates answered, all cooperations together; no table where too few did. */
function surveyIn({ survey }: CallReport, language: Language) {
  const heading = speaker('site.survey', language)('heading');
  const { heads, rows } = surveyTable(survey, language);
  return {
    ...{ heading, lead: surveyLead(survey, language), heads, answered: survey.answered },
    rows:
      survey.shown === 0
        ? []
        : rows.map(({ question, counts }): Mention[] => [
            { text: question },
            ...counts.map((count) => ({ text: figureText(count, language) })),
          ]),
  };
}

type Leading = (text: string, path: string) => Mention;

/** The clock on which it is made: that of the Secretariat. */
const zoneOf = (report: CallReport): string => callSecretariat(report)[0]?.timezone ?? 'UTC';

function summary({ cooperations, requesting, providing, totals }: CallReport, language: Language): string[] {
  const say = speaker('papers.callReport', language);
  const { reports, sessions, hours, reached, documents, questions, answered, sheets } = totals;
  return [
    say('summaryCooperations', {
      ...{ cooperations: cooperations.length, requesting: requesting.length, providing: providing.length },
      reports,
    }),
    say('summaryActivities', {
      ...{
        sessions,
        hours: figureText(hours, language),
        lasted: hours,
        reached,
        documents,
        questions,
        answered,
        sheets,
      },
    }),
  ];
}

/** Hours by cooperation, with the report in which its money is accounted for. */
function resourcesOf(report: CallReport, language: Language, led: Leading) {
  const say = speaker('papers.callReport', language);
  const { rows } = callTable(report, language);
  return {
    ...{ heading: say('resources'), lead: say('resourcesLead') },
    heads: [say('cooperation'), say('hours'), say('funding'), say('report')],
    funded: fundedText(report, language),
    rows: report.cooperations.map(({ id, hours, funding, reports }, at): Mention[] => [
      led(`${rows[at]?.name} (${id})`, `/c/${id}`),
      hours ? led(figureText(hours, language), `/c/${id}`) : { text: figureText(hours, language) },
      funding.length > 0
        ? led(sumsText(funding, language), figureAt(id, 'lessons'))
        : { text: figureText(null, language) },
      reports > 0 ? led(say('report'), figureAt(id, 'reports')) : { text: figureText(null, language) },
    ]),
  };
}

function tablesOf(
  report: CallReport,
  language: Language,
  {
    led,
    figure,
  }: { led: Leading; figure: (value: string | number | null | undefined, path: string) => Mention },
) {
  const say = speaker('papers.callReport', language);
  const { heads, rows } = callTable(report, language);
  const path = (id: string, column: CallColumn) => {
    const seen = CALL_FIGURES.find((one) => one === column);
    return seen ? figureAt(id, seen) : `/c/${id}`;
  };
  return CALL_GROUPS.map((group) => {
    const columns = callColumnsOf(group);
    return {
      heading: say(group),
      heads: [say('cooperation'), ...columns.map(({ at }) => heads[at] ?? '')],
      rows: rows.map(({ id, name, cells }): Mention[] => [
        led(`${name} (${id})`, `/c/${id}`),
        ...columns.map(({ column, at }) => figure(cells[at], path(id, column))),
      ]),
    };
  });
}

function lessonsOf(report: CallReport, language: Language, led: Leading) {
  const say = speaker('papers.callReport', language);
  const { rows } = callTable(report, language);
  return report.cooperations.map(
    ({ id, subject, objectives, learned, sheets, reports }: CallCooperation, at) => ({
      cooperation: led(`${rows[at]?.name} (${id})`, `/c/${id}`),
      subject: line(subject),
      objectives: objectives.map(line),
      learned:
        learned.length > 0
          ? [{ heading: led(say('lessonsOf'), figureAt(id, 'lessons')), texts: learned.map(line) }]
          : [],
      papers: [
        sheets > 0 ? led(say('sheet'), figureAt(id, 'sheets')) : { text: say('noLessons') },
        ...(reports > 0 ? [led(say('report'), figureAt(id, 'reports'))] : []),
      ],
    }),
  );
}

/** What the Word template names: a list for each table, in which a row has its columns by their names. */
function wordData(view: View): WordData {
  const text = ({ text: said, url }: Mention) => (url === undefined ? said : wordLink(url, said));
  const rowsOf = ({ rows }: Figures, names: readonly string[]): WordData[] =>
    rows.map((row) => Object.fromEntries(row.map((cell, at) => [names[at] ?? '', text(cell)])));
  const headsOf = ({ heads }: Figures, name: string) =>
    Object.fromEntries(heads.map((head, at) => [`${name}Head${at + 1}`, head]));
  const plain = ['label', 'value'];
  const [requesting, providing] = view.ministries;
  const tables = view.cooperations.tables.map((table, at) => ({ ...table, name: CALL_GROUPS[at] ?? '' }));
  const missing = (texts: readonly unknown[], said: string) => (texts.length === 0 ? asTexts([said]) : []);
  return {
    logoRow: wordLogos(view.logos),
    ...{ title: view.title, frame: view.frame, date: view.date, asOf: view.asOf },
    ...{ page: view.page, ofPages: view.ofPages },
    ...{ summaryHeading: view.summary.heading, summary: asTexts(view.summary.texts) },
    ...{ statesHeading: view.states.heading, ...headsOf(view.states, 'states') },
    states: rowsOf(view.states, plain),
    ...(requesting && {
      ...{ requestingHeading: requesting.heading, ...headsOf(requesting, 'requesting') },
      requesting: rowsOf(requesting, plain),
    }),
    ...(providing && {
      ...{ providingHeading: providing.heading, ...headsOf(providing, 'providing') },
      providing: rowsOf(providing, plain),
    }),
    ...{ outputsHeading: view.outputs.heading, ...headsOf(view.outputs, 'outputs') },
    outputs: rowsOf(view.outputs, plain),
    ...{ reachedHeading: view.reached.heading, ...headsOf(view.reached, 'reached') },
    reached: rowsOf(view.reached, ['label', ...CALL_SEXES]),
    reachedNote: asTexts([view.reached.rows.length === 0 ? view.reached.missing : view.reached.note]),
    ...{ outcomesHeading: view.outcomes.heading, ...headsOf(view.outcomes, 'outcomes') },
    outcomes: rowsOf(view.outcomes, plain),
    outcomesMissing: missing(view.told, view.outcomes.missing),
    changes: asTexts(view.changes),
    told: view.told.map(({ who, came, texts }) => ({
      ...{ who: text(who), came: asTexts(came), texts: asTexts(texts) },
    })),
    ...{ surveyHeading: view.survey.heading, surveyLead: view.survey.lead },
    ...headsOf(view.survey, 'grades'),
    // A repeated part ends with a paragraph, so what is said of the table comes after it.
    graded: view.survey.rows.length > 0 ? [{ grades: rowsOf(view.survey, GRADES) }] : [],
    ungraded: view.survey.rows.length === 0 && view.survey.answered > 0 ? [{}] : [],
    ...{ resourcesHeading: view.resources.heading, resourcesLead: view.resources.lead },
    ...headsOf(view.resources, 'resources'),
    resources: rowsOf(view.resources, ['label', 'hours', 'funding', 'report']),
    funded: asTexts(view.resources.funded),
    cooperationsHeading: view.cooperations.heading,
    ...Object.fromEntries(
      tables.flatMap((table) => [
        [`${table.name}Heading`, table.heading],
        ...Object.entries(headsOf(table, table.name)),
        [table.name, rowsOf(table, ['label', ...CALL_COLUMNS[table.name as keyof typeof CALL_COLUMNS]])],
      ]),
    ),
    lessonsHeading: view.lessons.heading,
    learnt: view.lessons.items.map(({ cooperation, subject, objectives, learned, papers }) => ({
      ...{ cooperation: text(cooperation), subject, objectives: asTexts(objectives) },
      learned: learned.map(({ heading, texts }) => ({ heading: text(heading), texts: asTexts(texts) })),
      papers: papers.map((one) => ({ paper: text(one) })),
    })),
  };
}
