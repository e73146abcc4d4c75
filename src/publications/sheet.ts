import type { Translated } from '../domain/language.ts';
import { LABELS } from './labels.ts';
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

/** A heading, and what to write under it. */
type Part = { heading: string; guidance: string };
type SheetWords = {
  name: string;
  fileName: string;
  note: string;
  background: string;
  experience: { heading: (providing: string) => string; parts: Part[] };
  opportunities: Part;
  elements: { heading: (requesting: string) => string; guidance: string; columns: [string, string, string] };
  conditions: { heading: string; parts: Part[] };
  sources: { heading: string; sessions: string; documents: Part; people: string };
};

/** The sections follow point 4 of the methodology: the experience, areas of opportunity, and what can be transferred. */
const WORDS: Translated<SheetWords> = {
  es: {
    name: 'Ficha de sistematización',
    fileName: 'ficha-de-sistematizacion.docx',
    note: 'Documento de partida con los datos de la cooperación. Los textos en cursiva indican qué se espera en cada sección: sustitúyalos por el contenido.',
    background: 'Antecedentes y objetivos de la cooperación',
    experience: {
      heading: (providing) => `Experiencia de la institución que brinda la cooperación (${providing})`,
      parts: [
        {
          heading: 'Contexto y propósito',
          guidance:
            'Describa el problema que la experiencia atiende, cuándo y por qué se inició, a quiénes se dirige y qué se propone.',
        },
        {
          heading: 'Componentes y funcionamiento',
          guidance:
            'Describa los componentes, la metodología y el recorrido de quienes participan, con los datos de cobertura más recientes y su fuente.',
        },
        {
          heading: 'Marco normativo, financiamiento y articulación',
          guidance:
            'Indique las normas que la sustentan, cómo se financia y qué instituciones y actores sociales intervienen, con el papel de cada uno.',
        },
        {
          heading: 'Resultados y aprendizajes',
          guidance:
            'Presente los resultados comprobados, lo que funcionó, lo que hubo que corregir y lo que hoy se haría de otra manera.',
        },
      ],
    },
    opportunities: {
      heading: 'Principales áreas de oportunidad de la cooperación',
      guidance:
        'Señale las áreas en las que la experiencia responde a los objetivos de la cooperación y explique, en un párrafo cada una, la oportunidad que ofrecen.',
    },
    elements: {
      heading: (requesting) =>
        `Elementos útiles y transferibles para la institución solicitante (${requesting})`,
      guidance:
        'Identifique los elementos de la experiencia que pueden ser particularmente útiles a su proyecto; uno por fila. Agregue filas si hacen falta.',
      columns: ['Elemento de la experiencia', 'En qué es útil al proyecto', 'Qué adaptación requiere'],
    },
    conditions: {
      heading: 'Condiciones para la transferencia y lecciones',
      parts: [
        {
          heading: 'Condiciones',
          guidance:
            'Indique las condiciones normativas, institucionales, técnicas y financieras sin las cuales los elementos anteriores no podrían adoptarse, y los riesgos de hacerlo sin ellas.',
        },
        {
          heading: 'Lecciones',
          guidance: 'Resuma las lecciones que sirven también a otros ministerios de la red.',
        },
      ],
    },
    sources: {
      heading: 'Fuentes',
      sessions: 'Sesiones de cooperación y sus productos',
      documents: {
        heading: 'Documentos',
        guidance:
          'Enumere los documentos consultados con autor, título, año y, si lo hay, enlace; entre ellos, los del sitio de la cooperación.',
      },
      people: 'Personas que participaron en la cooperación',
    },
  },
  en: {
    name: 'Systematization sheet',
    fileName: 'systematization-sheet.docx',
    note: 'A document to start from, with the data of the cooperation filled in. Text in italics says what each section should hold: replace it with the content.',
    background: 'Background and objectives of the cooperation',
    experience: {
      heading: (providing) => `Experience of the providing institution (${providing})`,
      parts: [
        {
          heading: 'Context and purpose',
          guidance:
            'Describe the problem that the experience addresses, when and why it began, whom it is for and what it sets out to do.',
        },
        {
          heading: 'Components and operation',
          guidance:
            'Describe the components, the methodology and the path that participants follow, with the most recent figures on coverage and their source.',
        },
        {
          heading: 'Legal framework, funding and coordination',
          guidance:
            'State the rules it rests on, how it is funded, and which institutions and social partners take part, with the role of each.',
        },
        {
          heading: 'Results and lessons learned',
          guidance:
            'Present the results that have been established, what worked, what had to be corrected, and what would be done differently today.',
        },
      ],
    },
    opportunities: {
      heading: 'Main areas of opportunity of the cooperation',
      guidance:
        'Name the areas in which the experience meets the objectives of the cooperation, and explain in a paragraph each what opportunity they offer.',
    },
    elements: {
      heading: (requesting) =>
        `Elements that the requesting institution (${requesting}) can use and transfer`,
      guidance:
        'Identify the elements of the experience that can be particularly useful to its project, one in each row. Add rows where needed.',
      columns: [
        'Element of the experience',
        'How it is useful to the project',
        'What adaptation it requires',
      ],
    },
    conditions: {
      heading: 'Conditions for the transfer, and lessons',
      parts: [
        {
          heading: 'Conditions',
          guidance:
            'State the legal, institutional, technical and financial conditions without which these elements could not be adopted, and the risks of adopting them all the same.',
        },
        {
          heading: 'Lessons',
          guidance: 'Summarize the lessons that are of use to other ministries of the network as well.',
        },
      ],
    },
    sources: {
      heading: 'Sources',
      sessions: 'Cooperation sessions and their outputs',
      documents: {
        heading: 'Documents',
        guidance:
          'List the documents consulted with author, title, year and, where there is one, link; among them those of the cooperation site.',
      },
      people: 'People who took part in the cooperation',
    },
  },
  pt: {
    name: 'Ficha de sistematização',
    fileName: 'ficha-de-sistematizacao.docx',
    note: 'Documento inicial com os dados da cooperação. Os textos em itálico indicam o que se espera em cada seção: substitua-os pelo conteúdo.',
    background: 'Antecedentes e objetivos da cooperação',
    experience: {
      heading: (providing) => `Experiência da instituição que presta a cooperação (${providing})`,
      parts: [
        {
          heading: 'Contexto e finalidade',
          guidance:
            'Descreva o problema que a experiência enfrenta, quando e por que teve início, a quem se dirige e o que se propõe.',
        },
        {
          heading: 'Componentes e funcionamento',
          guidance:
            'Descreva os componentes, a metodologia e o percurso de quem participa, com os dados de cobertura mais recentes e sua fonte.',
        },
        {
          heading: 'Marco normativo, financiamento e articulação',
          guidance:
            'Indique as normas que a sustentam, como é financiada e quais instituições e atores sociais intervêm, com o papel de cada um.',
        },
        {
          heading: 'Resultados e aprendizados',
          guidance:
            'Apresente os resultados comprovados, o que funcionou, o que precisou ser corrigido e o que hoje se faria de outra maneira.',
        },
      ],
    },
    opportunities: {
      heading: 'Principais áreas de oportunidade da cooperação',
      guidance:
        'Aponte as áreas em que a experiência responde aos objetivos da cooperação e explique, em um parágrafo cada, a oportunidade que oferecem.',
    },
    elements: {
      heading: (requesting) =>
        `Elementos úteis e transferíveis para a instituição solicitante (${requesting})`,
      guidance:
        'Identifique os elementos da experiência que podem ser particularmente úteis ao seu projeto, um por linha. Acrescente linhas se necessário.',
      columns: ['Elemento da experiência', 'Em que é útil ao projeto', 'Que adaptação requer'],
    },
    conditions: {
      heading: 'Condições para a transferência e lições',
      parts: [
        {
          heading: 'Condições',
          guidance:
            'Indique as condições normativas, institucionais, técnicas e financeiras sem as quais os elementos anteriores não poderiam ser adotados, e os riscos de fazê-lo sem elas.',
        },
        {
          heading: 'Lições',
          guidance: 'Resuma as lições que servem também a outros ministérios da rede.',
        },
      ],
    },
    sources: {
      heading: 'Fontes',
      sessions: 'Sessões de cooperação e seus produtos',
      documents: {
        heading: 'Documentos',
        guidance:
          'Relacione os documentos consultados com autor, título, ano e, se houver, link; entre eles, os do site da cooperação.',
      },
      people: 'Pessoas que participaram da cooperação',
    },
  },
  fr: {
    name: 'Fiche de systématisation',
    fileName: 'fiche-de-systematisation.docx',
    note: 'Document de départ avec les données de la coopération. Les textes en italique indiquent ce qui est attendu dans chaque section\u00A0: remplacez-les par le contenu.',
    background: 'Contexte et objectifs de la coopération',
    experience: {
      heading: (providing) => `Expérience de l’institution qui apporte la coopération (${providing})`,
      parts: [
        {
          heading: 'Contexte et finalité',
          guidance:
            'Décrivez le problème auquel l’expérience répond, quand et pourquoi elle a commencé, à qui elle s’adresse et ce qu’elle se propose.',
        },
        {
          heading: 'Composantes et fonctionnement',
          guidance:
            'Décrivez les composantes, la méthodologie et le parcours des participants, avec les données de couverture les plus récentes et leur source.',
        },
        {
          heading: 'Cadre juridique, financement et articulation',
          guidance:
            'Indiquez les textes sur lesquels elle repose, son financement, ainsi que les institutions et les partenaires sociaux qui y participent, avec le rôle de chacun.',
        },
        {
          heading: 'Résultats et enseignements',
          guidance:
            'Présentez les résultats établis, ce qui a fonctionné, ce qu’il a fallu corriger et ce que l’on ferait autrement aujourd’hui.',
        },
      ],
    },
    opportunities: {
      heading: 'Principaux domaines d’opportunité de la coopération',
      guidance:
        'Indiquez les domaines dans lesquels l’expérience répond aux objectifs de la coopération et expliquez, en un paragraphe chacun, l’opportunité qu’ils offrent.',
    },
    elements: {
      heading: (requesting) =>
        `Éléments utiles et transférables pour l’institution demandeuse (${requesting})`,
      guidance:
        'Identifiez les éléments de l’expérience qui peuvent être particulièrement utiles à son projet, un par ligne. Ajoutez des lignes au besoin.',
      columns: ['Élément de l’expérience', 'En quoi il est utile au projet', 'Quelle adaptation il demande'],
    },
    conditions: {
      heading: 'Conditions du transfert et enseignements',
      parts: [
        {
          heading: 'Conditions',
          guidance:
            'Indiquez les conditions juridiques, institutionnelles, techniques et financières sans lesquelles ces éléments ne pourraient être adoptés, et les risques qu’il y aurait à s’en passer.',
        },
        {
          heading: 'Enseignements',
          guidance: 'Résumez les enseignements qui servent aussi aux autres ministères du réseau.',
        },
      ],
    },
    sources: {
      heading: 'Sources',
      sessions: 'Séances de coopération et leurs résultats',
      documents: {
        heading: 'Documents',
        guidance:
          'Énumérez les documents consultés avec auteur, titre, année et, le cas échéant, lien\u00A0; parmi eux, ceux du site de la coopération.',
      },
      people: 'Personnes ayant participé à la coopération',
    },
  },
};

/** The systematization sheet to start from, in Word and in the cooperation's language. */
export async function renderSheetTemplate(input: StartingInput): Promise<StartingDocument> {
  const { programme, consultant } = input;
  const { language } = programme;
  const words = WORDS[language];
  const labels = LABELS[language];
  const author = consultant ? [{ label: labels.consultant, value: line(consultant.name) }] : [];
  const [element, usefulness, adaptation] = words.elements.columns;
  const data = {
    ...commonData(input, words.name, author),
    note: words.note,
    backgroundHeading: words.background,
    description: asTexts(programme.description.flatMap(paragraphs)),
    experienceHeading: words.experience.heading(labelsOf(programme, 'providing')),
    experience: words.experience.parts,
    opportunitiesHeading: words.opportunities.heading,
    opportunitiesGuidance: words.opportunities.guidance,
    elementsHeading: words.elements.heading(labelsOf(programme, 'requesting')),
    elementsGuidance: words.elements.guidance,
    element,
    usefulness,
    adaptation,
    conditionsHeading: words.conditions.heading,
    conditions: words.conditions.parts,
    sourcesHeading: words.sources.heading,
    sessionsHeading: words.sources.sessions,
    sessions: sortedSessions(input).map((session) => {
      const { name, when } = sessionWhen(session, programme);
      return { name: name + labels.colon, when, outputs: asTexts((session.outputs ?? []).map(line)) };
    }),
    documentsHeading: words.sources.documents.heading,
    documentsGuidance: words.sources.documents.guidance,
    peopleHeading: words.sources.people,
  };
  return { docx: await renderStarting('sheet.docx', data, input, words.name), fileName: words.fileName };
}
