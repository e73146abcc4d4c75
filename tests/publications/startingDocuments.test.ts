import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { renderReportTemplate } from '../../src/publications/report.ts';
import { renderSheetTemplate } from '../../src/publications/sheet.ts';
import type { StartingInput } from '../../src/publications/startingDocument.ts';
import { asFiled, peruChile } from './fixtures/versions.ts';
import { HOSTILE, hostileVersion } from './hostile.ts';
import { readDocx, readPdf, squeezed } from './reading.ts';

const input = (language: StartingInput['programme']['language'] = 'es'): StartingInput => {
  const { programme, people, sessions } = asFiled({ ...peruChile(), language });
  const [first, second, third] = sessions;
  if (!first || !second || !third) throw new Error('the example has three sessions');
  return {
    programme,
    people,
    meeting: {
      startsAt: '2021-06-10T15:00:00.000Z',
      timeZone: 'America/Lima',
      minutes: 'Tres sesiones.\n\nLa primera, en julio.',
    },
    sessions: [
      third,
      {
        ...first,
        minutes: 'Chile presentó la Escuela.\n\nSe respondieron once preguntas.',
        attendance: ['Jorge Larrea (MTPE)', 'Margarita Spoerer (MTPS)'],
        outputs: ['Ruta inicial del proyecto'],
      },
      second,
    ],
    documents: [
      { title: 'Malla curricular', party: 'chl-mtps', version: 2, on: '2021-06-21' },
      { title: 'Proyecto de Escuelas', party: 'per-mtpe', version: 1, on: '2021-06-22' },
      {
        ...{ title: 'Grabación', party: 'oas', version: 1, on: '2021-07-15' },
        ...{ session: 1, link: 'https://zoom.us/rec/1' },
      },
    ],
    questions: [
      { from: 'per-mtpe', to: 'chl-mtps', text: '¿Quién la financia?', answer: 'El Fondo.\n\nPor concurso.' },
      { from: 'chl-mtps', to: 'per-mtpe', text: '¿Desde cuándo?' },
    ],
  };
};

describe('the systematization sheet', () => {
  it('starts with the cooperation’s data and says what each section is to hold', async () => {
    const { docx, fileName } = await renderSheetTemplate({ ...input(), consultant: { name: 'Julia Ríos' } });
    const { text, paragraphs, header, core } = await readDocx(docx);
    expect(fileName).toBe('ficha-de-sistematizacion.docx');
    expect(header).toMatch(/14-per-chl · Ficha de sistematización$/);
    expect(core).toContain('<dc:language>es-MX</dc:language>');
    expect(paragraphs.filter(({ style }) => style === 'Heading1').map((heading) => heading.text)).toEqual([
      'Antecedentes y objetivos de la cooperación',
      'Desarrollo de la cooperación',
      'Experiencia compartida (MTPS de Chile)',
      'Principales áreas de oportunidad de la cooperación',
      'Elementos útiles y transferibles para la institución solicitante (MTPE del Perú)',
      'Condiciones para la transferencia y lecciones',
      'Tema, palabras clave y contacto',
      'Fuentes consultadas',
      'Personas que participaron en la cooperación',
      'Revisión',
    ]);
    expect(paragraphs.filter(({ style }) => style === 'Heading2').map((heading) => heading.text)).toEqual([
      'Primera sesión – 14 de julio de 2021',
      'Segunda sesión – segunda quincena de agosto de 2021 (por definir)',
      'Tercera sesión – primera quincena de octubre de 2021 (por definir)',
      ...['Documentos intercambiados', 'Preguntas y respuestas'],
      ...['Contexto y propósito', 'Hitos', 'Componentes y funcionamiento'],
      ...[
        'Marco normativo y articulación',
        'Costo y equipo',
        'Resultados de la experiencia',
        'Lo que no conviene transferir',
      ],
      ...['Condiciones', 'Lecciones', 'Lo que no funcionó'],
      ...paragraphs
        .filter(
          ({ style, text: heading }) =>
            style === 'Heading2' && /^(Ministerio|Organización|Consultor)/i.test(heading),
        )
        .map((heading) => heading.text),
    ]);
    for (const known of [
      'Convocatoria\n14.ª Convocatoria de la RIAL (2021)',
      'Institución solicitante\nMinisterio de Trabajo y Promoción del Empleo de Perú',
      'Secretaría Técnica\nOrganización de los Estados Americanos (OEA)',
      'Consultor o consultora\nJulia Ríos',
      'Primera sesión: 14 de julio de 2021\nSegunda sesión: segunda quincena de agosto de 2021 (por definir)',
      'Asistencia\nJorge Larrea (MTPE)\nMargarita Spoerer (MTPS)\nProductos\nRuta inicial del proyecto\nSegunda sesión',
      'Asistencia\nIndique quiénes asistieron, por institución.\nProductos\nIndique lo que la sesión produjo.',
      'Malla curricular (versión 2)\nMTPS de Chile\n21 de junio de 2021',
      'El MTPE del Perú preguntó al MTPS de Chile: ¿Quién la financia?\nEl Fondo.\nPor concurso.',
      'El MTPS de Chile preguntó al MTPE del Perú: ¿Desde cuándo?\nSin respuesta en el sitio.',
      'Palabras clave\nDe tres a seis',
      'Pedro Pablo Silva, Jefe de Asuntos Internacionales',
    ])
      expect(text).toContain(known);
    expect(paragraphs.filter(({ style }) => style === 'Guidance').length).toBeGreaterThanOrEqual(9);
  });
});

const attended = (): StartingInput => {
  const given = input();
  const larrea = { name: 'Jorge Larrea', party: 'per-mtpe', person: 'per-mtpe-1' };
  const sessions = given.sessions.map((session) => ({
    ...session,
    attendance: [
      larrea,
      { ...larrea, name: 'Ana Pérez', person: 'per-mtpe-2', sex: 'woman' as const },
      { name: 'Rosa', institution: 'SENCE' },
      'Luis',
    ],
  }));
  return { ...given, sessions };
};

it('attendance is by institution, and says nothing of anybody’s sex', async () => {
  const { text } = await readDocx((await renderSheetTemplate(attended())).docx);
  expect(text).toContain('Asistencia\nMTPE del Perú: Jorge Larrea y Ana Pérez\nSENCE: Rosa\nLuis\nProductos');
  expect(text).not.toContain('mujer');
});

describe('the Final Report', () => {
  it('counts the people reached by institution and sex, each once', async () => {
    const { text } = await readDocx((await renderReportTemplate(attended())).docx);
    expect(text).toContain(
      'MTPE del Perú\n1\n0\n1\n2\nSENCE\n0\n0\n1\n1\nSin institución indicada\n0\n0\n1\n1\nMTPS de Chile',
    );
  });

  it('lists what was approved on the way above the place for signatures, and nothing where nothing was', async () => {
    const approvals = [
      { paper: 'programme', version: 2, party: 'per-mtpe', name: 'Ana Pérez', on: '2021-07-12' },
      { paper: 'sheet', version: 1, party: 'chl-mtps', name: 'Julia Ríos', on: '2021-12-02' },
    ] as const;
    const { text } = await readDocx((await renderReportTemplate({ ...input(), approvals })).docx);
    expect(text).toContain(
      'Aprobaciones que constan en el sitio de la cooperación:\nPrograma, versión 2: Ana Pérez (MTPE del Perú), 12 de julio de 2021\nFicha de sistematización, versión 1: Julia Ríos (MTPS de Chile), 2 de diciembre de 2021\nEl informe se entrega',
    );
    expect((await readDocx((await renderReportTemplate(input())).docx)).text).toContain(
      'Firmas\nEl informe se entrega',
    );
  });

  it('fills in what is on record, session by session, and asks for the rest', async () => {
    const { docx, fileName } = await renderReportTemplate(input());
    const { text, paragraphs } = await readDocx(docx);
    expect(fileName).toBe('informe-final.docx');
    expect(paragraphs.filter(({ style }) => style === 'Heading1').map((heading) => heading.text)).toEqual([
      'Resumen ejecutivo',
      'Objetivos de la cooperación',
      'Actividades realizadas',
      'Resultados respecto de cada objetivo',
      'Cambios respecto del programa y dificultades',
      'Compromisos y próximos pasos',
      'Lecciones y sostenibilidad',
      'Recomendaciones',
      'Personas alcanzadas',
      'Recursos',
      'Complemento de la institución que brinda su experiencia (MTPS de Chile)',
      'Participantes',
      'Anexos',
      'Firmas',
    ]);
    expect(text).toContain('Proyecto de Escuelas\nMTPE del Perú\n22 de junio de 2021');
    expect(text).toContain('OEA\nLo que conviene cambiar en la metodología');
    expect(text).toContain('Reunión de coordinación – 10 de junio de 2021\nRealizada el 9 de junio');
    expect(text).toContain('En la reunión se acordó lo siguiente:\nTres sesiones.\nLa primera, en julio.');
    expect(text).toContain(
      [
        'Desarrollo',
        'Chile presentó la Escuela.',
        'Se respondieron once preguntas.',
        'Asistencia',
        'Jorge Larrea (MTPE)',
        'Margarita Spoerer (MTPS)',
        'Productos',
        'Ruta inicial del proyecto',
        'Segunda sesión – segunda quincena de agosto de 2021 (por definir)',
      ].join('\n'),
    );
    expect(text).toContain('Desarrollo\nResuma lo tratado en la sesión.');
    expect(text).toContain('Conocer: los alcances del programa de Escuelas de Formación Sindical de Chile');
    for (const role of [
      'Elabora\nMinisterio de Trabajo y Promoción',
      'Complementa\nMinisterio de Trabajo y Previsión',
      'Recibe\nOrganización',
    ])
      expect(text).toContain(role);
  });
});

describe.each([
  [
    'sheet',
    renderSheetTemplate,
    [
      'ficha-de-sistematizacion',
      'systematization-sheet',
      'ficha-de-sistematizacao',
      'fiche-de-systematisation',
    ],
  ],
  ['report', renderReportTemplate, ['informe-final', 'final-report', 'relatorio-final', 'rapport-final']],
] as const)('the %s', (_, render, names) => {
  it('exists in each language, of the same build and with no gaps', async () => {
    const built = await Promise.all(
      LANGUAGES.map(async (language) => ({ language, ...(await render(input(language))) })),
    );
    expect(built.map(({ fileName }) => fileName)).toEqual(names.map((name) => `${name}.docx`));
    const read = await Promise.all(built.map(({ docx }) => readDocx(docx)));
    const styles = read.map(({ paragraphs }) => paragraphs.map(({ style }) => style).join());
    expect(new Set(styles).size).toBe(1);
    for (const { text, paragraphs } of read) {
      expect(text).not.toMatch(/undefined|\[object|[{}]/);
      expect(paragraphs.filter((one) => one.text === '' && !one.style.startsWith('Table'))).toEqual([]);
    }
  });

  it('is the same bytes for the same input, and inert', async () => {
    const [once, again] = [await render(input()), await render(input())];
    expect(Buffer.compare(once.docx, again.docx)).toBe(0);
    const { version } = hostileVersion();
    const sessions = version.sessions.map((session) => ({
      ...session,
      minutes: session.contents,
      attendance: Object.values(HOSTILE).map(({ written }) => written),
      outputs: Object.values(HOSTILE).map(({ written }) => written),
    }));
    const all = Object.values(HOSTILE).map(({ written }) => written);
    const documents = all.map((title) => ({ title, party: 'chl-mtps', version: 1, on: '2021-06-21' }));
    const questions = all.map((text) => ({ from: 'per-mtpe', to: 'chl-mtps', text, answer: text }));
    const { text, links } = await readDocx(
      (await render({ ...version, sessions, documents, questions })).docx,
    );
    for (const [name, { shown }] of Object.entries(HOSTILE))
      expect(squeezed(text), name).toContain(squeezed(shown));
    expect(links).toEqual([]);
  });
});

it('the change that an objective is to bring stands in the programme, the report and the sheet’s table', async () => {
  const change = 'Los inspectores se forman con la malla nueva.';
  const base = input();
  const { objectives } = base.programme;
  const items = objectives.items.map((one, n) => (n === 1 ? { ...one, change } : one));
  const given = { ...base, programme: { ...base.programme, objectives: { ...objectives, items } } };
  const programme = await renderProgramme({ ...asFiled(peruChile()), programme: given.programme });
  const [printed, docx, report, sheet] = await Promise.all([
    readPdf(programme.pdf),
    readDocx(programme.docx),
    readDocx((await renderReportTemplate(given)).docx),
    readDocx((await renderSheetTemplate(given)).docx),
  ]);
  for (const { text } of [printed, docx, report])
    expect(squeezed(text)).toContain(squeezed(`Cambio esperado: ${change}`));
  expect(squeezed(sheet.text)).toContain(squeezed(`${items[1]?.text}${change}`));
  expect(squeezed(sheet.text).split(squeezed(change))).toHaveLength(2);
});
