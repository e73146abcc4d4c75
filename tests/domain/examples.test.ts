import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planOf, sessionOpensAt } from '../../src/domain/programme/planOf.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';

function example(name: string): Programme {
  const source = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
  const checked = checkProgrammeFile(source);
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes, null, 2));
  return checked.programme;
}

describe('the programme of Perú and Chile', () => {
  const programme = example('peru-chile-2021.yaml');
  const original = readFileSync(new URL('programa-peru-chile-2021.txt', import.meta.url), 'utf8');

  /** What is not text of the file: headings, and what is printed from dates and names. */
  const PRINTED = new Set([
    'Modalidad: Virtual',
    'Primera sesión: 14 de julio, 2021',
    '(Versión: 9 de julio)',
    'DESCRIPCIÓN Y OBJETIVOS:',
    'METODOLOGÍA',
    'CONTENIDOS PROPUESTOS',
    'PARTICIPANTES',
    '· Primera sesión: 14 de julio',
    'MINISTERIO DE TRABAJO Y PREVISION SOCIAL DE CHILE:',
    'MINISTERIO DE TRABAJO Y PROMOCIÓN DEL EMPLEO DE PERÚ:',
    'ORGANIZACION DE LOS ESTADOS AMERICANOS (OEA)',
  ]);
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  const paragraphs = original
    .split('\n')
    .map(plain)
    .filter((paragraph) => paragraph !== '' && !PRINTED.has(paragraph))
    .map((paragraph) =>
      paragraph
        .replace(/^(?:i{1,3}\)|\d\.|·) /, '')
        .replace(/^(?:PRIMERA|SEGUNDA|TERCERA) SESION .*?: /, '')
        .replace(/^(?:Segunda|Tercera) sesión: (.*) \(por definir\)$/, (_, window: string) =>
          window.toLowerCase(),
        ),
    );
  const { objectives, methodology, meeting, description, contents } = programme;
  const written = [
    `${programme.title} ${programme.frame}`,
    `Link de conexión para sesiones ${meeting?.platform}: ${meeting?.link}`,
    ...description,
    objectives.introduction,
    ...objectives.items.map(({ title, text }) => (title ? `${title}: ${text}` : text)),
    methodology.introduction,
    `${methodology.coordination.title} - ${methodology.coordination.text}`,
    ...[
      methodology.documents,
      methodology.sessions,
      methodology.systematization,
      methodology.finalReport,
    ].map(({ title, text }) => `${title}: ${text}`),
    contents.introduction,
    ...programme.sessions.flatMap((session) => [session.contents, session.window?.label ?? '']),
    ...programme.participants.map(({ name, post }) => `${name}, ${post}`),
  ];

  it('has the paragraphs of the original', () => {
    expect(paragraphs).toHaveLength(33);
  });

  it.each(paragraphs.map((paragraph) => [paragraph] as const))('holds: %.60s', (paragraph) => {
    expect(written.some((text) => text.includes(paragraph))).toBe(true);
  });

  it('has its people in the order of the original', () => {
    const places = programme.participants.map(({ name }) => original.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(programme.participants).toHaveLength(11);
  });

  it('has its dates', () => {
    expect(programme.dated).toBe('2021-07-09');
    expect(programme.coordination.date).toBe('2021-06-09');
    expect(programme.sessions.map(({ date, window, hours }) => ({ date, window, hours }))).toEqual([
      { date: '2021-07-14', window: undefined, hours: 2.5 },
      {
        date: undefined,
        window: { from: '2021-08-16', to: '2021-08-31', label: 'segunda quincena de agosto' },
        hours: 2.5,
      },
      {
        date: undefined,
        window: { from: '2021-10-01', to: '2021-10-15', label: 'primera quincena de octubre' },
        hours: 2.5,
      },
    ]);
  });

  it('says who invites, and who drafts, complements and receives', () => {
    expect(programme.sessions[1]?.guests?.map(({ name, invitedBy }) => [name, invitedBy])).toEqual([
      ['Gerentes regionales de trabajo y promoción del empleo', 'per-mtpe'],
      ['Aliados sociolaborales representativos', 'per-mtpe'],
    ]);
    expect(programme.finalReport).toEqual({
      drafts: ['per-mtpe'],
      complements: ['chl-mtps'],
      receives: 'oas',
    });
  });

  it('makes a plan of codes and instants', () => {
    expect(planOf(programme)).toMatchObject({
      cooperation: '14-per-chl',
      call: 14,
      // 10:00 to 11:30 in Lima, which is five hours behind UTC.
      coordinationEndsAt: '2021-06-09T16:30:00.000Z',
      consultantNamed: true,
      sessions: [
        {
          number: 1,
          opensAt: '2021-06-16T13:00:00.000Z',
          settlesAt: '2021-07-07T13:00:00.000Z',
          date: { startsAt: '2021-07-14T15:00:00.000Z', endsAt: '2021-07-14T17:30:00.000Z' },
        },
        // 09:00 in Washington, in summer.
        {
          number: 2,
          opensAt: '2021-07-19T13:00:00.000Z',
          window: { from: '2021-08-16', to: '2021-08-31' },
        },
        {
          number: 3,
          opensAt: '2021-09-03T13:00:00.000Z',
          window: { from: '2021-10-01', to: '2021-10-15' },
        },
      ],
    });
  });

  it('puts nobody and no text into the plan', () => {
    const plan = JSON.stringify(planOf(programme));
    const texts = [
      ...programme.participants.flatMap(({ name, email = name }) => [name, email]),
      ...programme.sessions.flatMap(({ contents, guests = [] }) => [
        contents,
        ...guests.flatMap(({ name, email = name }) => [name, email]),
      ]),
      'consultoria@',
      'zoom',
    ];
    expect(texts.filter((text) => plan.includes(text))).toEqual([]);
  });
});

describe('the other examples', () => {
  it('are of other shapes: two that ask, no consultant, a session in a place', () => {
    const barbados = example('barbados-jamaica.yaml');
    expect(planOf(barbados)).toMatchObject({
      consultantNamed: false,
      report: { drafts: ['brb-mlsp', 'jam-mlss'] },
      // A window of May opens in April: not on Easter Monday, nor on Good Friday.
      sessions: [{ number: 1 }, { number: 2, opensAt: '2023-04-06T13:00:00.000Z' }],
    });
    const brasil = example('brasil-paraguai.yaml');
    expect(brasil.sessions[1]).toMatchObject({ place: 'Agência do Trabalhador, Foz do Iguaçu' });
    expect(brasil.sessions[1]?.link ?? brasil.meeting?.link).toBeUndefined();
  });

  it('opens a session with a date on a working morning of everybody, by the clock of that day', () => {
    const barbados = example('barbados-jamaica.yaml');
    const [first] = barbados.sessions;
    const session = {
      ...first,
      date: '2023-03-14',
      starts: '10:00',
      timezone: 'America/New_York',
    } as NonNullable<typeof first>;
    expect(planOf({ ...barbados, sessions: [session] }).sessions).toMatchObject([
      // 09:00 in winter is 14:00 UTC; summer time began on 12 March.
      { opensAt: '2023-02-14T14:00:00.000Z', date: { startsAt: '2023-03-14T14:00:00.000Z' } },
    ]);
  });
});

describe('when what leads to a session goes out', () => {
  const opensOn = (first: string) => sessionOpensAt(first, planOf(example('peru-chile-2021.yaml')).parties);

  it.each([
    ['2021-08-16', '2021-07-19T13:00:00.000Z', 'four weeks before, on a Monday'],
    [
      '2021-08-15',
      '2021-07-15T13:00:00.000Z',
      'not on a Sunday, but the Friday before, a holiday in Chile: Thursday',
    ],
    [
      '2021-07-27',
      '2021-06-25T13:00:00.000Z',
      'not on San Pedro y San Pablo, nor on the Monday that Chile moves it to',
    ],
    ['2021-08-02T02:00:00.000Z', '2021-07-02T13:00:00.000Z', 'by the day on the clock of the Secretariat'],
  ])('%s: %s (%s)', (first, opensAt) => {
    expect(opensOn(first)).toBe(opensAt);
  });
});
