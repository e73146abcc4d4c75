import type { Translated } from '../domain/language.ts';
import { LABELS } from './labels.ts';
import { hoursText } from './sessions.ts';
import {
  commonData,
  labelsOf,
  type RecordedSession,
  renderStarting,
  type StartingDocument,
  type StartingInput,
  sessionWhen,
  sortedSessions,
  titlesOf,
} from './startingDocument.ts';
import { capitalized, line, paragraphs } from './text.ts';
import { asTexts } from './word.ts';
import { dateText } from './wording.ts';

/** A heading, and what to write under it. */
type Part = { heading: string; guidance: string };
type ReportWords = {
  name: string;
  fileName: string;
  note: string;
  drafts: string;
  complements: string;
  receives: string;
  objectives: string;
  activities: string;
  coordination: string;
  minutes: Part;
  attendance: Part;
  outputs: Part;
  results: Part & { columns: [string, string, string] };
  commitments: Part & { columns: [string, string, string] };
  complement: { heading: (providing: string) => string; guidance: string };
};

const WORDS: Translated<ReportWords> = {
  es: {
    name: 'Informe Final',
    fileName: 'informe-final.docx',
    note: 'Documento de partida con lo que consta de la cooperación. Los textos en cursiva indican lo que falta: sustitúyalos por el contenido. La institución solicitante elabora el informe, la que brinda la cooperación lo complementa y la Secretaría Técnica lo recibe.',
    drafts: 'Elabora',
    complements: 'Complementa',
    receives: 'Recibe',
    objectives: 'Objetivos de la cooperación',
    activities: 'Actividades realizadas',
    coordination: 'Reunión de coordinación',
    minutes: { heading: 'Desarrollo', guidance: 'Resuma lo tratado en la sesión.' },
    attendance: { heading: 'Asistencia', guidance: 'Indique quiénes asistieron y de qué institución.' },
    outputs: {
      heading: 'Productos',
      guidance: 'Indique lo que la sesión produjo: acuerdos, aportes, documentos.',
    },
    results: {
      heading: 'Resultados respecto de cada objetivo',
      guidance:
        'Indique para cada objetivo qué se alcanzó y qué lo demuestra. Si algo no se alcanzó, diga por qué.',
      columns: ['Objetivo', 'Resultado alcanzado', 'Evidencia'],
    },
    commitments: {
      heading: 'Compromisos y próximos pasos',
      guidance: 'Anote lo que cada institución hará con lo aprendido; un compromiso por fila.',
      columns: ['Compromiso', 'Responsable', 'Fecha prevista'],
    },
    complement: {
      heading: (providing) => `Complemento de la institución que brinda la cooperación (${providing})`,
      guidance:
        'Agregue lo que falte a lo anterior, su propia apreciación de la cooperación, lo que aprendió de ella y el seguimiento que puede ofrecer.',
    },
  },
  en: {
    name: 'Final Report',
    fileName: 'final-report.docx',
    note: 'A document to start from, with what is on record of the cooperation. Text in italics says what is missing: replace it with the content. The requesting institution drafts the report, the providing institution complements it, and the Technical Secretariat receives it.',
    drafts: 'Drafted by',
    complements: 'Complemented by',
    receives: 'Received by',
    objectives: 'Objectives of the cooperation',
    activities: 'Activities held',
    coordination: 'Coordination meeting',
    minutes: { heading: 'Proceedings', guidance: 'Summarize what the session dealt with.' },
    attendance: { heading: 'Attendance', guidance: 'State who attended, and from which institution.' },
    outputs: {
      heading: 'Outputs',
      guidance: 'State what the session produced: agreements, contributions, documents.',
    },
    results: {
      heading: 'Results against each objective',
      guidance:
        'State for each objective what was achieved and what shows it. Where something was not achieved, say why.',
      columns: ['Objective', 'Result achieved', 'Evidence'],
    },
    commitments: {
      heading: 'Commitments and next steps',
      guidance: 'Set down what each institution will do with what was learned, one commitment in each row.',
      columns: ['Commitment', 'Responsible', 'Expected date'],
    },
    complement: {
      heading: (providing) => `Complement by the providing institution (${providing})`,
      guidance:
        'Add what is missing above, your own assessment of the cooperation, what you learned from it, and the follow-up that you can offer.',
    },
  },
  pt: {
    name: 'Relatório Final',
    fileName: 'relatorio-final.docx',
    note: 'Documento inicial com o que consta da cooperação. Os textos em itálico indicam o que falta: substitua-os pelo conteúdo. A instituição solicitante elabora o relatório, a que presta a cooperação o complementa e a Secretaria Técnica o recebe.',
    drafts: 'Elabora',
    complements: 'Complementa',
    receives: 'Recebe',
    objectives: 'Objetivos da cooperação',
    activities: 'Atividades realizadas',
    coordination: 'Reunião de coordenação',
    minutes: { heading: 'Desenvolvimento', guidance: 'Resuma o que foi tratado na sessão.' },
    attendance: { heading: 'Presença', guidance: 'Indique quem esteve presente e de qual instituição.' },
    outputs: {
      heading: 'Produtos',
      guidance: 'Indique o que a sessão produziu: acordos, contribuições, documentos.',
    },
    results: {
      heading: 'Resultados em relação a cada objetivo',
      guidance:
        'Indique, para cada objetivo, o que foi alcançado e o que o demonstra. Se algo não foi alcançado, diga por quê.',
      columns: ['Objetivo', 'Resultado alcançado', 'Evidência'],
    },
    commitments: {
      heading: 'Compromissos e próximos passos',
      guidance: 'Anote o que cada instituição fará com o que aprendeu, um compromisso por linha.',
      columns: ['Compromisso', 'Responsável', 'Data prevista'],
    },
    complement: {
      heading: (providing) => `Complemento da instituição que presta a cooperação (${providing})`,
      guidance:
        'Acrescente o que falta ao que precede, sua própria avaliação da cooperação, o que aprendeu com ela e o acompanhamento que pode oferecer.',
    },
  },
  fr: {
    name: 'Rapport final',
    fileName: 'rapport-final.docx',
    note: 'Document de départ avec ce qui est consigné de la coopération. Les textes en italique indiquent ce qui manque\u00A0: remplacez-les par le contenu. L’institution demandeuse rédige le rapport, celle qui apporte la coopération le complète et le Secrétariat technique le reçoit.',
    drafts: 'Rédaction',
    complements: 'Complément',
    receives: 'Réception',
    objectives: 'Objectifs de la coopération',
    activities: 'Activités réalisées',
    coordination: 'Réunion de coordination',
    minutes: { heading: 'Déroulement', guidance: 'Résumez ce qui a été traité pendant la séance.' },
    attendance: {
      heading: 'Présences',
      guidance: 'Indiquez les personnes présentes et leur institution.',
    },
    outputs: {
      heading: 'Résultats de la séance',
      guidance: 'Indiquez ce que la séance a produit\u00A0: accords, contributions, documents.',
    },
    results: {
      heading: 'Résultats au regard de chaque objectif',
      guidance:
        'Indiquez pour chaque objectif ce qui a été atteint et ce qui le montre. Si quelque chose n’a pas été atteint, dites pourquoi.',
      columns: ['Objectif', 'Résultat atteint', 'Éléments à l’appui'],
    },
    commitments: {
      heading: 'Engagements et prochaines étapes',
      guidance: 'Notez ce que chaque institution fera de ce qu’elle a appris, un engagement par ligne.',
      columns: ['Engagement', 'Responsable', 'Date prévue'],
    },
    complement: {
      heading: (providing) => `Complément de l’institution qui apporte la coopération (${providing})`,
      guidance:
        'Ajoutez ce qui manque à ce qui précède, votre propre appréciation de la coopération, ce que vous en avez appris et le suivi que vous pouvez offrir.',
    },
  },
};

/** The Final Report to start from, in Word and in the cooperation's language, with what is on record filled in. */
export async function renderReportTemplate(input: StartingInput): Promise<StartingDocument> {
  const { programme } = input;
  const { language, finalReport } = programme;
  const words = WORDS[language];
  const [objective, result, evidence] = words.results.columns;
  const [commitment, responsible, deadline] = words.commitments.columns;
  const data = {
    ...commonData(input, words.name, [
      { label: words.drafts, value: titlesOf(programme, finalReport.drafts) },
      { label: words.complements, value: titlesOf(programme, finalReport.complements) },
      { label: words.receives, value: titlesOf(programme, [finalReport.receives]) },
    ]),
    note: words.note,
    objectivesHeading: words.objectives,
    activitiesHeading: words.activities,
    coordinationHeading: `${words.coordination} – ${dateText(programme.coordination.date, language, true)}`,
    coordination: asTexts(paragraphs(programme.methodology.coordination.text)),
    sessions: sortedSessions(input).map((session) => sessionData(session, input, words)),
    resultsHeading: words.results.heading,
    resultsGuidance: words.results.guidance,
    objective,
    result,
    evidence,
    results: programme.objectives.items.map(({ title, text }) => ({
      objectiveText: [title && line(title), line(text)].filter(Boolean).join(LABELS[language].colon),
    })),
    commitmentsHeading: words.commitments.heading,
    commitmentsGuidance: words.commitments.guidance,
    commitment,
    responsible,
    deadline,
    complementHeading: words.complement.heading(labelsOf(programme, 'providing')),
    complementGuidance: words.complement.guidance,
  };
  return { docx: await renderStarting('report.docx', data, input, words.name), fileName: words.fileName };
}

/** What is on record of a session, and under what is not, what to write there. */
function sessionData(session: RecordedSession, { programme }: StartingInput, words: ReportWords) {
  const { name, when } = sessionWhen(session, programme);
  const hours = hoursText(session, programme);
  const minutes = paragraphs(session.minutes ?? '');
  const attendance = (session.attendance ?? []).map(line);
  const outputs = (session.outputs ?? []).map(line);
  const missing = (known: readonly unknown[], part: Part) => (known.length ? [] : [{ text: part.guidance }]);
  return {
    heading: `${name} – ${when}`,
    hours: hours ? [{ text: `${capitalized(hours, programme.language)}.` }] : [],
    contents: asTexts(paragraphs(session.contents)),
    minutesHeading: words.minutes.heading,
    minutes: asTexts(minutes),
    minutesMissing: missing(minutes, words.minutes),
    attendanceHeading: words.attendance.heading,
    attendance: asTexts(attendance),
    attendanceMissing: missing(attendance, words.attendance),
    outputsHeading: words.outputs.heading,
    outputs: asTexts(outputs),
    outputsMissing: missing(outputs, words.outputs),
  };
}
