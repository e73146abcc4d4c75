import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { width } from '../../src/cli/terminal.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { CHANGE_KINDS, givenChange } from '../../src/domain/change.ts';
import type { AddressedTelling } from '../../src/domain/mails/notice.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../src/domain/refusal.ts';
import { REFUSED } from '../support/refusals.ts';
import { walk } from '../support/walk.ts';
import {
  approveProgramme,
  caseOf,
  chooseDate,
  document,
  overdueQuestion,
  PROGRAMME_TEXT,
  request,
} from './cases.ts';
import { folder, jsonOf, rial } from './rial.ts';
import { refusing, type TestServer, testServer } from './server.ts';

const ID = '14-per-chl';
const PATH = `/cooperations/${ID}/changes`;
const REASON = ['--reason', 'Feriado en Lima'];

const guest: CaseView['people'][number] = {
  id: 'guest-2-1',
  party: 'guest',
  role: 'guest',
  name: 'Gerentes regionales',
  post: null,
  email: 'gerentes@mtpe.example',
  count: null,
  language: 'es',
  timeZone: 'America/Lima',
  session: 2,
  focalPoint: false,
  active: true,
};
const base = caseOf();
const view = caseOf({
  people: [...base.people, guest],
  requests: [approveProgramme, overdueQuestion, chooseDate],
  documents: [document('Marco legal')],
});
const server = (given: Partial<TestServer> = {}) => testServer({ cases: [view], ...given });

const personOf = (code: string) => {
  const { id, name, party } = view.people.find((one) => one.id === code) as CaseView['people'][number];
  return { person: id, name, party };
};
const tell = (code: string, about: AddressedTelling['about']): AddressedTelling => ({
  ...personOf(code),
  about,
});

const sent = ({ seen }: TestServer) =>
  seen
    .filter(({ method, path }) => method === 'POST' && path === PATH)
    .map(({ body, query }) => ({ body: JSON.parse(body.toString()), query }));

/** Writes a file for the time of a test, and returns where it is. */
async function file(name: string, text: string): Promise<string> {
  const at = path.join(await folder(), name);
  await writeFile(at, text);
  return at;
}

const MINUTES_FILE = path.join(mkdtempSync(path.join(tmpdir(), 'rial-minutes-')), 'acta.txt');
writeFileSync(MINUTES_FILE, 'Se acordó otra cosa.\n');
const LIST_FILE = path.join(path.dirname(MINUTES_FILE), 'gerentes.txt');
writeFileSync(LIST_FILE, 'Rosa Quispe\tGerente\trosa@cusco.example\nLuis Paz <luis@puno.example>;\n');
const BAD_LIST_FILE = path.join(path.dirname(MINUTES_FILE), 'nombres.txt');
writeFileSync(BAD_LIST_FILE, 'Rosa Quispe, rosa@\n');
afterAll(() => rmSync(path.dirname(MINUTES_FILE), { recursive: true }));

const GUEST = { name: 'Ana Pérez', email: 'ana.perez@mtpe.example' };
const QUESTION = overdueQuestion.id;

/** What is typed, what is sent for it, and what is said that was done. */
const COMMANDS: [string[], object, string][] = [
  [
    ['extend', ID, QUESTION, '--until', '2031-08-27'],
    { change: 'extend', request: QUESTION, due: '2031-08-27' },
    'Plazo ampliado: Responder la pregunta 2, hasta el mié 27 ago 2031.',
  ],
  [
    ['reassign', ID, QUESTION, '--from', 'per-mtpe', '--to', 'chl-mtps'],
    { change: 'reassign', request: QUESTION, from: 'per-mtpe', to: 'chl-mtps' },
    'Solicitud reasignada: Responder la pregunta 2, MTPE del Perú → MTPS de Chile.',
  ],
  [
    ['waive', ID, approveProgramme.id, '--party', 'chl-mtps'],
    { change: 'waive', request: approveProgramme.id, party: 'chl-mtps' },
    'Respuesta dispensada: Aprobar los contenidos del programa (versión 1), MTPS de Chile.',
  ],
  [
    ['waive', ID, QUESTION],
    { change: 'waive', request: QUESTION, party: 'per-mtpe' },
    'Respuesta dispensada: Responder la pregunta 2, MTPE del Perú.',
  ],
  [
    ['annul', ID, approveProgramme.id, '--party', 'chl-mtps'],
    { change: 'annul', request: approveProgramme.id, party: 'chl-mtps' },
    'Respuesta anulada: Aprobar los contenidos del programa (versión 1), MTPS de Chile.',
  ],
  [
    ['hand-over', ID, QUESTION, '--from', 'per-mtpe-1', '--to', 'per-mtpe-2'],
    { change: 'hand-over', request: QUESTION, from: 'per-mtpe-1', to: 'per-mtpe-2' },
    'Solicitud trasladada: Responder la pregunta 2, Jorge Larrea → Renzo Cárdenas.',
  ],
  [
    ['absence', ID, 'per-mtpe-1', '--from', '2031-08-16', '--to', '2031-08-20', '--stand-in', 'per-mtpe-2'],
    { change: 'absence', person: 'per-mtpe-1', from: '2031-08-16', to: '2031-08-20', standIn: 'per-mtpe-2' },
    'Ausencia anotada: Jorge Larrea, 16–20 ago 2031, responde Renzo Cárdenas.',
  ],
  [
    ['return', ID, 'per-mtpe-1', '--from', '2031-08-16'],
    { change: 'end-absence', person: 'per-mtpe-1', from: '2031-08-16' },
    'Ausencia terminada: Jorge Larrea, anotada desde el sáb 16 ago 2031.',
  ],
  [
    ['replace', ID, 'per-mtpe-1', '--name', GUEST.name, '--email', GUEST.email, '--post', 'Directora'],
    { change: 'replace', person: 'per-mtpe-1', with: { ...GUEST, post: 'Directora' } },
    'Persona reemplazada: Jorge Larrea → Ana Pérez.',
  ],
  [
    ['replace', ID, 'per-mtpe-1', '--with', 'per-mtpe-2'],
    { change: 'replace', person: 'per-mtpe-1', with: 'per-mtpe-2' },
    'Persona reemplazada: Jorge Larrea → Renzo Cárdenas.',
  ],
  [
    ['join', ID, 'per-mtpe', '--name', GUEST.name, '--email', GUEST.email, '--focal-point'],
    { change: 'add-person', party: 'per-mtpe', person: GUEST, focalPoint: true },
    'Persona incorporada: Ana Pérez, MTPE del Perú.',
  ],
  [
    ['join', ID, 'observer', '--name', GUEST.name, '--email', GUEST.email],
    { change: 'add-person', party: 'observer', person: GUEST },
    'Persona incorporada: Ana Pérez, persona observadora.',
  ],
  [
    ['leave', ID, 'per-mtpe-2'],
    { change: 'remove-person', person: 'per-mtpe-2' },
    'Participación concluida: Renzo Cárdenas, MTPE del Perú.',
  ],
  [
    ['focal-point', ID, 'per-mtpe-2'],
    { change: 'focal-point', person: 'per-mtpe-2' },
    'Punto focal designado: Renzo Cárdenas, MTPE del Perú.',
  ],
  [
    [
      'correct',
      ID,
      'per-mtpe-1',
      '--email',
      GUEST.email,
      '--person-language',
      'fr',
      '--timezone',
      'America/Bogota',
    ],
    {
      change: 'correct-person',
      person: 'per-mtpe-1',
      as: { email: GUEST.email, language: 'fr', timezone: 'America/Bogota' },
    },
    'Datos corregidos: Jorge Larrea, ana.perez@mtpe.example, fr, America/Bogota.',
  ],
  [
    ['reschedule', ID, '1', '--date', '2031-08-17T15:00:00Z'],
    { change: 'reschedule', session: 1, startsAt: '2031-08-17T15:00:00.000Z' },
    'Sesión modificada: 1.ª sesión, dom 17 ago 2031 10:00 Lima.',
  ],
  [
    ['reschedule', ID, '1', '--date', '2031-08-17 10:00', '--hours', '2', '--place', 'Lima'],
    { change: 'reschedule', session: 1, startsAt: '2031-08-17T15:00:00.000Z', hours: 2, place: 'Lima' },
    'Sesión modificada: 1.ª sesión, dom 17 ago 2031 10:00 Lima, 2\u00a0h, Lima.',
  ],
  [
    ['reschedule', ID, '1', '--link', 'https://zoom.us/j/1'],
    { change: 'reschedule', session: 1, link: 'https://zoom.us/j/1' },
    'Sesión modificada: 1.ª sesión, https://zoom.us/j/1.',
  ],
  [
    ['reschedule-meeting', ID, '--date', '2031-06-11 10:00', '--hours', '1', '--place', 'Lima'],
    { change: 'reschedule-meeting', startsAt: '2031-06-11T15:00:00.000Z', hours: 1, place: 'Lima' },
    'Reunión de coordinación modificada: mié 11 jun 2031 10:00 Lima, 1\u00a0h, Lima.',
  ],
  [['cancel-meeting', ID], { change: 'cancel-meeting' }, 'Reunión de coordinación cancelada.'],
  [
    [
      'add-session',
      ID,
      '--contents',
      'Cierre',
      '--date',
      '2031-09-01',
      '--starts',
      '10:00',
      '--hours',
      '1.5',
    ],
    { change: 'add-session', as: { date: '2031-09-01', starts: '10:00', contents: 'Cierre', hours: 1.5 } },
    'Sesión agregada: lun 1 sept 2031 10:00.',
  ],
  [
    ['add-session', ID, '--contents', 'Cierre', '--window-from', '2031-09-01', '--window-to', '2031-09-15'],
    { change: 'add-session', as: { window: { from: '2031-09-01', to: '2031-09-15' }, contents: 'Cierre' } },
    'Sesión agregada: 1–15 sept 2031.',
  ],
  [['cancel-session', ID, '3'], { change: 'cancel-session', session: 3 }, 'Sesión cancelada: 3.ª sesión.'],
  [
    ['invite', ID, '2', '--name', GUEST.name, '--email', GUEST.email, '--invited-by', 'per-mtpe'],
    { change: 'add-guest', session: 2, guest: { ...GUEST, invitedBy: 'per-mtpe' } },
    'Invitación a una sesión: Ana Pérez, 2.ª sesión.',
  ],
  [
    ['invite', ID, '2', '--name', 'Gerentes regionales', '--count', '12', '--invited-by', 'per-mtpe'],
    {
      ...{ change: 'add-guest', session: 2 },
      guest: { name: 'Gerentes regionales', count: 12, invitedBy: 'per-mtpe' },
    },
    'Invitación a una sesión: Gerentes regionales (12 personas), 2.ª sesión.',
  ],
  [
    ['name-guests', ID, '2', LIST_FILE, '--invited-by', 'per-mtpe'],
    {
      ...{ change: 'name-guests', session: 2, invitedBy: 'per-mtpe' },
      guests: [
        { name: 'Rosa Quispe', email: 'rosa@cusco.example', post: 'Gerente' },
        { name: 'Luis Paz', email: 'luis@puno.example' },
      ],
    },
    'Varias invitaciones a una sesión: Rosa Quispe, Luis Paz, MTPE del Perú, 2.ª sesión.',
  ],
  [
    ['withdraw', ID, 'guest-2-1'],
    { change: 'withdraw-guest', person: 'guest-2-1' },
    'Invitación retirada: Gerentes regionales, 2.ª sesión.',
  ],
  [
    ['correct-minutes', ID, '1', MINUTES_FILE],
    { change: 'correct-minutes', session: 1, minutes: 'Se acordó otra cosa.' },
    'Acta corregida: 1.ª sesión.',
  ],
  [
    ['correct-meeting', ID, MINUTES_FILE],
    { change: 'correct-meeting', minutes: 'Se acordó otra cosa.' },
    'Registro de la reunión de coordinación corregido.',
  ],
  [
    ['add-commitment', ID, 'chl-mtps', 'Enviar el manual', '--until', '2031-09-30'],
    { change: 'add-commitment', what: 'Enviar el manual', owner: 'chl-mtps', due: '2031-09-30' },
    'Compromiso anotado: Enviar el manual, MTPS de Chile, hasta el mar 30 sept 2031.',
  ],
  [
    ['correct-commitment', ID, '2', '--owner', 'chl-mtps-1', '--withdraw'],
    { change: 'correct-commitment', commitment: 2, owner: 'chl-mtps-1', withdrawn: true },
    `Compromiso retirado: ${personOf('chl-mtps-1').name} (MTPS de Chile).`,
  ],
  [
    ['withhold', ID, 'doc-1@1'],
    { change: 'withhold', document: 'doc-1@1' },
    'Documento retenido: Marco legal de las escuelas (versión 1).',
  ],
  [
    ['release', ID, 'doc-1@1'],
    { change: 'release', document: 'doc-1@1' },
    'Documento disponible de nuevo: Marco legal de las escuelas (versión 1).',
  ],
  [['correct-sheet', ID], { change: 'correct-sheet' }, 'Versión corregida de la ficha publicada.'],
  [
    ['cancel-sheet-correction', ID],
    { change: 'cancel-sheet-correction' },
    'Corrección de la ficha publicada sin efecto.',
  ],
  [['pause', ID], { change: 'pause' }, 'Cooperación en pausa.'],
  [['resume', ID], { change: 'resume' }, 'Cooperación reanudada.'],
  [['cancel', ID], { change: 'cancel' }, 'Cooperación cancelada.'],
];

describe('each change', () => {
  test.each(COMMANDS)('%j is sent whole, and told in a line', async (args, what, done) => {
    const fake = await server();
    const { code, out, err } = await rial(fake.url, [...args, ...REASON]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(sent(fake)).toEqual([{ body: { what, reason: 'Feriado en Lima', seen: 0 }, query: {} }]);
    expect(givenChange.safeParse(sent(fake)[0]?.body).success).toBe(true);
    expect(out.split('\n')[0]).toBe(done);
    expect(out).toContain('No se avisa a nadie.');
  });

  test('has a command', async () => {
    const kinds = COMMANDS.map(([, what]) => (what as { change: string }).change);
    expect([...new Set([...kinds, 'amend'])].toSorted()).toEqual([...CHANGE_KINDS].toSorted());
  });

  const EACH = COMMANDS.filter(([args], at) => COMMANDS.findIndex(([[name]]) => name === args[0]) === at);
  test.each(walk(EACH, 4))('%j needs a reason, and says so before it looks for the server', async (args) => {
    const { code, out, err } = await rial('http://127.0.0.1:1', args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Falta el motivo: --reason');
  });

  test.each([
    ['en', 'The reason is missing'],
    ['pt', 'Falta o motivo'],
    ['fr', 'Le motif manque'],
  ])('says in %s that the reason is missing', async (language, told) => {
    // One that is blank is none.
    const args = ['cancel', ID, '--reason', ' ', '--language', language];
    const { err } = await rial('http://127.0.0.1:1', args);
    expect(err).toContain(told);
  });
});

describe('the last change that was known', () => {
  test('is the last that the terminal read, or the one that --seen says', async () => {
    const made = { kind: 'pause', what: { change: 'pause' }, reason: 'x', by: null } as const;
    const changes = [{ ...made, number: 3, madeAt: '2031-08-01T12:00:00.000Z' }];
    const fake = await server({ cases: [{ ...view, changes }] });
    await rial(fake.url, ['resume', ID, ...REASON]);
    await rial(fake.url, ['resume', ID, ...REASON, '--seen', '2']);
    expect(sent(fake).map(({ body }) => body.seen)).toEqual([3, 2]);
  });
});

describe('--by', () => {
  test('says who asks for it', async () => {
    const fake = await server();
    await rial(fake.url, ['pause', ID, ...REASON, '--by', 'oas-1']);
    expect(sent(fake)[0]?.body).toEqual({
      what: { change: 'pause' },
      reason: 'Feriado en Lima',
      by: 'oas-1',
      seen: 0,
    });
  });

  test('of nobody is refused, and nothing is sent', async () => {
    const fake = await server();
    const { code, err } = await rial(fake.url, ['pause', ID, ...REASON, '--by', 'oas-77']);
    expect(code).toBe(1);
    expect(err).toContain('«oas-77»');
    expect(sent(fake)).toEqual([]);
  });
});

describe('--dry-run', () => {
  const told = [tell('per-mtpe-1', { notice: 'paused' })];

  test('asks what would be, says first that nothing has been done, and shows the same table', async () => {
    const fake = await server({ told });
    const dry = await rial(fake.url, ['pause', ID, ...REASON, '--dry-run']);
    const real = await rial(fake.url, ['pause', ID, ...REASON]);
    expect(sent(fake).map(({ query }) => query)).toEqual([{ 'dry-run': '1' }, {}]);
    expect(sent(fake)[0]?.body).toEqual(sent(fake)[1]?.body);
    expect(dry.out.split('\n')[0]).toBe('No se ha hecho nada (--dry-run). Quedaría así:');
    expect(dry.out.split('\n').slice(1, -4).join('\n')).toBe(real.out.trimEnd());
  });

  test('shows what stands until then beside what it comes to', async () => {
    const fake = await server();
    const args = ['correct', ID, 'per-mtpe-1', '--email', GUEST.email];
    const { out } = await rial(fake.url, [...args, ...REASON, '--dry-run']);
    const before = view.people.find(({ id }) => id === 'per-mtpe-1')?.email;
    expect(out.replaceAll(/ +/g, ' ')).toContain(
      `Qué cambia\n- Correo electrónico\n Hasta ahora: ${before}\n Nuevo: ${GUEST.email}\n`,
    );
  });

  test('tells the command that makes what was shown, bound to the last change that it was made from', async () => {
    const made = { kind: 'pause', what: { change: 'pause' }, reason: 'x', by: null } as const;
    const changes = [{ ...made, number: 3, madeAt: '2031-08-01T12:00:00.000Z' }];
    const fake = await server({ cases: [{ ...view, changes }] });
    const typed = ['pause', ID, '--reason', "Lima, feriado: «d’accord» y 'más'"];
    const dry = await rial(fake.url, [...typed, '--dry-run']);
    const [lead, command] = dry.out.trimEnd().split('\n').slice(-2);
    expect(lead).toBe('Lo mostrado corresponde al caso hasta su cambio 3. Para hacerlo así:');
    expect(command).toBe(`  rial pause ${ID} --reason 'Lima, feriado: «d’accord» y '\\''más'\\''' --seen 3`);
    expect(jsonOf(await rial(fake.url, [...typed, '--dry-run', '--json']))).toMatchObject({ seen: 3 });
    // Whoever says what they had seen is told that number again.
    for (const said of [['--seen', '2'], ['--seen=2']])
      expect((await rial(fake.url, [...typed, ...said, '--dry-run'])).out).toMatch(/'más'\\''' --seen 2$/m);
    // What a colleague has changed by then is told in place of making it.
    fake.replies.set(`POST ${PATH}`, refusing(409, REFUSED.ChangedSince));
    const { code, err } = await rial(fake.url, [...typed, '--seen', '3']);
    expect(code).toBe(1);
    expect(err).toContain('se hizo otro cambio: Plazo ampliado (4)');
  });

  test('foresees the due date on the clock of each who owes', async () => {
    const fake = await server();
    const { out } = await rial(fake.url, [
      'extend',
      ID,
      approveProgramme.id,
      '--until',
      '2031-07-18',
      ...REASON,
      '--dry-run',
    ]);
    // In July it is an hour later in Santiago: the request is due when the last office closes.
    expect(out).toMatch(/^Vence +vie 18 jul 2031 18:00 Lima · 19:00 Santiago$/m);
  });
});

describe('what is told', () => {
  test('the new due date is the server’s, in the addressee’s capital', async () => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, () => {
      fake.cases = [
        caseOf({ ...view, requests: [request({ ...overdueQuestion, dueAt: '2031-08-27T23:00:00.000Z' })] }),
      ];
      return Response.json({
        change: 7,
        at: '2031-08-10T12:00:00.000Z',
        told: [],
        programmeChanges: [],
        approval: false,
        warnings: [],
        follows: [],
        differences: [],
      });
    });
    const { out } = await rial(fake.url, ['extend', ID, QUESTION, '--until', '2031-08-27', ...REASON]);
    expect(out).toMatch(/^Vence +mié 27 ago 2031 18:00 Lima$/m);
  });

  test('the new time of a session is told in each capital, and what of the programme is new', async () => {
    const fake = await server({ programmeChanges: ['session-moved'] });
    const { out } = await rial(fake.url, ['reschedule', ID, '1', '--date', '2031-08-17 10:00', ...REASON]);
    expect(out).toMatch(/^Fecha +dom 17 ago 2031 10:00 Lima · 11:00 Santiago, Washington$/m);
    expect(out).toMatch(/^Programa +nueva versión: fecha de una sesión$/m);
  });

  test('a person who is new is told by the code that other commands take', async () => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, () => {
      const [first] = view.people;
      const ana = { ...(first as CaseView['people'][number]), ...GUEST, id: 'per-mtpe-6' };
      fake.cases = [caseOf({ ...view, people: [...view.people, ana] })];
      return Response.json({
        change: 7,
        at: '2031-08-10T12:00:00.000Z',
        told: [],
        programmeChanges: [],
        approval: false,
        warnings: [],
        follows: [],
        differences: [],
      });
    });
    const { out } = await rial(fake.url, [
      'replace',
      ID,
      'per-mtpe-1',
      '--name',
      GUEST.name,
      '--email',
      GUEST.email,
      ...REASON,
    ]);
    expect(out).toMatch(/^Código +per-mtpe-6$/m);
  });

  const told: AddressedTelling[] = [
    tell('chl-mtps-1', { notice: 'request', request: QUESTION, how: 'reassigned', from: 'per-mtpe' }),
    tell('per-mtpe-1', { notice: 'request-released', request: QUESTION, how: 'reassigned', to: 'chl-mtps' }),
    tell('per-mtpe-1', { notice: 'paused' }),
    tell('guest-2-1', { notice: 'invitation', session: 2, sequence: 1, method: 'REQUEST', kind: 'moved' }),
  ];

  test('the table has each person once, institutions together, with every notice in words', async () => {
    const fake = await server({ told });
    const { out } = await rial(fake.url, ['pause', ID, ...REASON]);
    const lines = out.trimEnd().split('\n');
    expect(lines.slice(lines.indexOf('Se avisa a:'))).toEqual([
      'Se avisa a:',
      'Persona              Institución       Aviso',
      'Jorge Larrea         MTPE del Perú     · ya no se le pide, pasa al MTPS de Chile: Responder la pregunta 2',
      '                                       · la cooperación queda en pausa',
      'Margarita Spoerer    MTPS de Chile     se le pide: Responder la pregunta 2',
      'Gerentes regionales  persona invitada  invitación con la nueva fecha: 2.ª sesión',
    ]);
  });

  const NOTICES: [AddressedTelling['about'], string][] = [
    [
      { notice: 'request', request: QUESTION, how: 'handed-over', from: 'per-mtpe-2' },
      'se le pide en lugar de Renzo Cárdenas: Responder la pregunta 2',
    ],
    [
      { notice: 'request', request: QUESTION, how: 'absent', from: 'per-mtpe-2' },
      'se le pide durante la ausencia de Renzo Cárdenas: Responder la pregunta 2',
    ],
    [
      { notice: 'request', request: QUESTION, how: 'replaced', from: 'per-mtpe-2' },
      'se le pide al ocupar el lugar de Renzo Cárdenas: Responder la pregunta 2',
    ],
    [{ notice: 'request', request: 'a/b.1', how: 'corrected' }, 'se le pide: a/b.1'],
    [
      { notice: 'deadline-extended', request: QUESTION, previousDueAt: '2031-08-10T12:00:00.000Z' },
      'plazo ampliado: Responder la pregunta 2',
    ],
    [
      { notice: 'request-released', request: QUESTION, how: 'waived' },
      'ya no se le pide: Responder la pregunta 2',
    ],
    [
      { notice: 'request-released', request: QUESTION, how: 'handed-over', to: 'per-mtpe-2' },
      'ya no se le pide, pasa a Renzo Cárdenas: Responder la pregunta 2',
    ],
    [{ notice: 'joined' }, 'se incorpora a la cooperación'],
    [{ notice: 'joined', replaces: 'per-mtpe-2' }, 'se incorpora en lugar de Renzo Cárdenas'],
    [{ notice: 'replaced', by: 'per-mtpe-2' }, 'deja su lugar a Renzo Cárdenas'],
    [{ notice: 'left' }, 'deja de participar'],
    [
      { notice: 'people-changed', how: 'joined', who: 'per-mtpe-2' },
      'se le informa que Renzo Cárdenas se incorpora',
    ],
    [
      { notice: 'people-changed', how: 'left', who: 'per-mtpe-2' },
      'se le informa que Renzo Cárdenas deja de participar',
    ],
    [
      { notice: 'people-changed', how: 'replaced', who: 'per-mtpe-2', by: 'per-mtpe-3' },
      'se le informa que Enrique Árias participa en lugar de Renzo Cárdenas',
    ],
    [
      { notice: 'people-changed', how: 'focal-point', who: 'per-mtpe-2' },
      'se le informa que Renzo Cárdenas es el punto focal',
    ],
    [
      { notice: 'stands-in', absent: 'per-mtpe-2', from: '2031-08-16', to: '2031-08-20' },
      'responde por Renzo Cárdenas, 16–20 ago 2031',
    ],
    [
      {
        notice: 'stands-in',
        absent: 'per-mtpe-2',
        from: '2031-08-16',
        to: '2031-08-20',
        standIn: 'per-mtpe-3',
      },
      'su ausencia, 16–20 ago 2031',
    ],
    [
      { notice: 'invitation', session: 1, sequence: 2, method: 'CANCEL', kind: 'cancelled' },
      'cancelación: 1.ª sesión',
    ],
    [
      { notice: 'invitation', session: 1, sequence: 2, method: 'CANCEL', kind: 'withdrawn' },
      'ya no está en la invitación: 1.ª sesión',
    ],
    [
      { notice: 'invitation', session: 1, sequence: 2, method: 'REQUEST', kind: 'details' },
      'invitación con los nuevos detalles: 1.ª sesión',
    ],
    [
      { notice: 'invitation', session: 1, sequence: 0, method: 'REQUEST', kind: 'new' },
      'invitación: 1.ª sesión',
    ],
    [{ notice: 'programme-changed' }, 'nueva versión del programa'],
    [{ notice: 'programme-changed', session: 1 }, 'nueva versión del programa: 1.ª sesión'],
    [{ notice: 'resumed' }, 'la cooperación se reanuda'],
    [{ notice: 'cooperation-cancelled' }, 'la cooperación queda cancelada'],
  ];

  test('every notice is said in words', async () => {
    const fake = await server({ told: NOTICES.map(([about]) => tell('per-mtpe-1', about)) });
    const { out } = await rial(fake.url, ['pause', ID, ...REASON]);
    expect(out.slice(out.indexOf('Se avisa a:')).match(/(?<=· ).*/g)).toEqual(
      NOTICES.map(([, said]) => said),
    );
  });

  test('somebody who is only to come is called by the name that the server tells', async () => {
    const ana: AddressedTelling = {
      person: 'per-mtpe-6',
      name: 'Ana Pérez',
      party: 'per-mtpe',
      about: { notice: 'joined', replaces: 'per-mtpe-1' },
    };
    const fake = await server({ told: [tell('per-mtpe-1', { notice: 'replaced', by: 'per-mtpe-6' }), ana] });
    const { out } = await rial(fake.url, [
      'replace',
      ID,
      'per-mtpe-1',
      '--name',
      'Ana Pérez',
      '--email',
      GUEST.email,
      ...REASON,
      '--dry-run',
    ]);
    expect(out).toContain('deja su lugar a Ana Pérez');
    expect(out).toContain('se incorpora en lugar de Jorge Larrea');
  });

  test.each([80, 50])('fits %i columns', async (columns) => {
    const fake = await server({ told, programmeChanges: ['session-moved', 'guests', 'texts'] });
    for (const args of [
      ['pause', ID],
      ['reschedule', ID, '1', '--date', '2031-08-17 10:00'],
      ['resume', ID],
    ]) {
      const { out } = await rial(fake.url, [...args, ...REASON], { columns });
      for (const line of stripVTControlCharacters(out).split('\n'))
        expect(width(line), line).toBeLessThanOrEqual(columns);
    }
  });

  test.each([
    ['en', 'Who is told:', 'is no longer asked, the MTPS of Chile is: Answer question 2'],
    ['pt', 'São avisados:', 'não se pede mais, passa ao MTPS do Chile: Responder à pergunta 2'],
    [
      'fr',
      'Sont avisés\u00a0:',
      'réponse plus demandée, passe au MTPS du Chili\u00a0: Répondre à la question 2',
    ],
  ])('is told in %s', async (language, heading, notice) => {
    const fake = await server({ told });
    const { out } = await rial(fake.url, ['pause', ID, ...REASON, '--language', language]);
    expect(out).toContain(heading);
    expect(out).toContain(notice);
  });

  test('names that hold escape sequences do not reach the terminal with them', async () => {
    const fake = await server({
      told: [{ ...tell('per-mtpe-1', { notice: 'paused' }), name: '\u001b]0;owned\u0007Jorge' }],
    });
    const { out } = await rial(fake.url, ['pause', ID, ...REASON]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(out).not.toMatch(/[\u0007\u001b]/);
  });

  test('--json prints what the API answers, dry or not', async () => {
    const fake = await server({ told, programmeChanges: ['session-moved'] });
    const answer = {
      told,
      programmeChanges: ['session-moved'],
      approval: false,
      warnings: [],
      follows: [],
      differences: [],
    };
    expect(jsonOf(await rial(fake.url, ['pause', ID, ...REASON, '--dry-run', '--json']))).toEqual({
      ...answer,
      seen: 0,
    });
    expect(jsonOf(await rial(fake.url, ['pause', ID, ...REASON, '--json']))).toEqual({
      change: 7,
      at: expect.any(String),
      ...answer,
    });
  });

  test('where the ministries are asked again, that is said in place of whom it is told to', async () => {
    const fake = await server({ told: [], programmeChanges: [], approval: true });
    const { out } = await rial(fake.url, ['pause', ID, ...REASON, '--language', 'en']);
    expect(out).toContain('asked to approve it again');
    expect(out).not.toContain('Nobody is told');
  });

  test('a case that cannot be read after the change does not make it a failure', async () => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, () => {
      fake.replies.set(`GET /cooperations/${ID}`, refusing(500, { code: 'Internal' }));
      return Response.json({
        change: 7,
        at: '2031-08-10T12:00:00.000Z',
        told: [],
        programmeChanges: [],
        approval: false,
        warnings: [],
        follows: [],
        differences: [],
      });
    });
    expect(await rial(fake.url, ['pause', ID, ...REASON])).toMatchObject({ code: 0, err: '' });
  });
});

describe('what is typed wrongly is told before anything is sent', () => {
  const extend = ['extend', ID, QUESTION];
  const absence = ['absence', ID, 'per-mtpe-1', '--stand-in', 'per-mtpe-2'];
  const replace = ['replace', ID, 'per-mtpe-1'];
  const invite = ['invite', ID, '1', '--invited-by', 'per-mtpe'];
  const add = ['add-session', ID, '--contents', 'Cierre'];

  const TYPED: [string[], RegExp][] = [
    [[...extend, '--until', '27-08-2031'], /«27-08-2031» no sirve para --until; .*2021-08-27/],
    [[...extend, '--until', '2031-02-30'], /--until/],
    [[...absence, '--from', 'mañana', '--to', '2031-08-20'], /--from/],
    [
      [...absence, '--from', '2031-08-20', '--to', '2031-08-19'],
      /El último día \(2031-08-19\) es anterior al primero \(2031-08-20\)/,
    ],
    [[...replace, '--name', 'Ana'], /--name y --email/],
    [[...replace, '--name', 'Ana', '--email', 'ana'], /«ana» no sirve para --email/],
    [[...replace, '--name', 'Ana', '--email', GUEST.email, '--person', 'ana.yaml'], /no con ambos/],
    [['correct', ID, 'per-mtpe-1'], /qué se corrige/],
    [['correct', ID, 'per-mtpe-1', '--person-language', 'de'], /--person-language; .*es, en, pt, fr/],
    [['correct', ID, 'per-mtpe-1', '--timezone', 'Lima'], /--timezone; .*America\/Lima/],
    [['correct', ID, 'per-mtpe-1', '--name', ' '], /--name/],
    // Somebody may have no address, but has a name.
    [[...invite, '--email', GUEST.email], /--name/],
    [invite, /Indique el nombre con --name. La dirección \(--email\) puede faltar/],
    [[...invite, '--name', 'Gerentes', '--count', '1'], /«1» no sirve para --count; .*12/],
    [
      ['name-guests', ID, '1', BAD_LIST_FILE, '--invited-by', 'per-mtpe'],
      /Línea 1: el correo no está completo .*«Rosa Quispe, rosa@»/,
    ],
    [['reschedule', ID, '1'], /qué cambia/],
    [['reschedule', ID, 'primera', '--hours', '2'], /«primera» no es el número/],
    [['reschedule', ID, '0', '--hours', '2'], /«0» no es el número/],
    [['reschedule', ID, '1', '--date', '2031-08-17'], /«2031-08-17» no sirve para --date/],
    [['reschedule', ID, '1', '--date', '2031-02-30 10:00'], /--date/],
    [['reschedule', ID, '1', '--date', '2031-02-30T10:00:00Z'], /--date/],
    [['reschedule', ID, '1', '--date', '2031-08-17 25:00'], /--date/],
    [['reschedule', ID, '1', '--hours', '3'], /2\.5 a lo más/],
    [['reschedule', ID, '1', '--hours', 'dos'], /--hours/],
    [['reschedule', ID, '1', '--link', 'http://zoom.us/j/1'], /--link/],
    [['add-session', ID], /--contents/],
    [add, /--date con --starts/],
    [[...add, '--date', '2031-09-01'], /--date con --starts/],
    [[...add, '--date', '2031-09-01', '--starts', '10:00', '--window-from', '2031-09-01'], /uno de los dos/],
    [[...add, '--date', '2031-09-01', '--starts', '10h'], /--starts/],
    [
      [...add, '--window-from', '2031-09-02', '--window-to', '2031-09-01'],
      /El último día \(2031-09-01\) es anterior al primero \(2031-09-02\)/,
    ],
    [[...add, '--file', 'sesion.yaml'], /no con ambos/],
    [['cancel-session', ID, '1.5'], /no es el número/],
    [['amend', ID, 'no-such-file.yaml'], /no existe/],
  ];
  test.each(walk(TYPED, 8))('%j', async (args, told) => {
    // Nobody answers there: what is wrong is found without a server.
    const { code, out, err } = await rial('http://127.0.0.1:1', [...args, ...REASON]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(told);
  });

  const MISSING: [string[], RegExp][] = [
    [['extend', ID, 'documents/none.1', '--until', '2031-08-27'], /solicitud «documents\/none\.1» no existe/],
    [
      ['reassign', ID, QUESTION, '--from', 'per-mtpe', '--to', 'chile'],
      /«chile» no es una institución.*chl-mtps \(MTPS de Chile\)/,
    ],
    [
      ['reassign', ID, QUESTION, '--from', 'per-mtpe', '--to', 'consultant'],
      /«consultant» no es una institución/,
    ],
    [
      ['hand-over', ID, QUESTION, '--from', 'per-mtpe-1', '--to', 'per-mtpe-77'],
      /«per-mtpe-77»[\s\S]*rial show/,
    ],
    [
      ['absence', ID, 'x-1', '--from', '2031-08-16', '--to', '2031-08-20', '--stand-in', 'per-mtpe-2'],
      /«x-1»/,
    ],
    [['replace', ID, 'x-1', '--name', 'Ana', '--email', GUEST.email], /«x-1»/],
    [['correct', ID, 'x-1', '--name', 'Ana'], /«x-1»/],
    [['reschedule', ID, '9', '--hours', '2'], /No hay 9\.ª sesión/],
    [['cancel-session', ID, '9'], /No hay 9\.ª sesión/],
    [['invite', ID, '9', '--name', 'Ana', '--email', GUEST.email, '--invited-by', 'per-mtpe'], /9\.ª sesión/],
    [
      ['invite', ID, '1', '--name', 'Ana', '--email', GUEST.email, '--invited-by', 'per'],
      /«per» no es una institución/,
    ],
    [['withdraw', ID, 'per-mtpe-1'], /no es una persona invitada[\s\S]*rial show/],
    [['pause', 'nowhere'], /No existe la cooperación «nowhere»/],
  ];
  test.each(walk(MISSING, 4))('%j names what is not there', async (args, told) => {
    const fake = await server();
    const { code, out, err } = await rial(fake.url, [...args, ...REASON]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(told);
    expect(sent(fake)).toEqual([]);
  });

  test('waive asks for the party where several owe, and is refused where none does', async () => {
    const closed = request({ ...approveProgramme, id: 'coordination/approve-programme.0', owing: [] });
    const fake = await testServer({ cases: [caseOf({ requests: [approveProgramme, closed] })] });
    const several = await rial(fake.url, ['waive', ID, approveProgramme.id, ...REASON]);
    expect(several).toMatchObject({ code: 2, err: expect.stringContaining('per-mtpe, chl-mtps') });
    const none = await rial(fake.url, ['waive', ID, closed.id, ...REASON]);
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('ya fue respondida por todos') });
    expect(sent(fake)).toEqual([]);
  });
});

describe('a file', () => {
  test('of a person is sent as it stands', async () => {
    const fake = await server();
    const yaml = await file('ana.yaml', `name: Ana Pérez\nemail: ${GUEST.email}\nlanguage: en\n`);
    await rial(fake.url, ['replace', ID, 'per-mtpe-1', '--person', yaml, ...REASON]);
    expect(sent(fake)[0]?.body.what.with).toEqual({ ...GUEST, language: 'en' });
  });

  const SESSION = 'date: 2031-09-01\nstarts: "10:00"\ncontents: Cierre\nhours: 2\n';
  test.each([
    ['as keys', SESSION],
    ['with its dash', `  - ${SESSION.trimEnd().replaceAll('\n', '\n    ')}\n`],
  ])('of a session is sent, written %s', async (_, text) => {
    const fake = await server();
    const { code, err } = await rial(fake.url, [
      'add-session',
      ID,
      '--file',
      await file('s.yaml', text),
      ...REASON,
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(sent(fake)[0]?.body.what).toEqual({
      change: 'add-session',
      as: { date: '2031-09-01', starts: '10:00', contents: 'Cierre', hours: 2 },
    });
  });

  test.each([
    [
      'hours: 3\ncontents: x\ndate: 2031-09-01\nstarts: "10:00"',
      /s\.yaml:1:8 {2}hours: .*escriba 2\.5 o menos/,
    ],
    ['- contents: x\n  hour: 2', /s\.yaml:2:3 {2}hour: "hour" no es una clave .*quiso decir hours/],
    ['date: 2031-09-01\nstarts: "10:00"', /s\.yaml:1:1 {2}contents: falta contents/],
    ['date: 2031-09-01\ncontents: x', /s\.yaml:1:7 {2}date: .*escriba al lado starts:/],
    [
      'window: { from: 2031-09-02, to: 2031-09-01 }\ncontents: x',
      /s\.yaml:1:33 {2}window\.to: .*antes de empezar \(2031-09-02\)/,
    ],
    ['window: { from: 2031-09-02, till: 2031-09-05 }\ncontents: x', /s\.yaml:1:29 {2}window\.till: "till"/],
  ])('of a session that is wrong is told with its place: %j', async (text, told) => {
    const { code, err } = await rial('http://127.0.0.1:1', [
      'add-session',
      ID,
      '--file',
      await file('s.yaml', text),
      ...REASON,
    ]);
    expect(code).toBe(4);
    expect(err).toMatch(told);
  });

  test('of the programme is sent as its text', async () => {
    const fake = await server({ programmeChanges: ['contents', 'consultant'] });
    const yaml = await file('programa.yaml', PROGRAMME_TEXT);
    const { code, out } = await rial(fake.url, ['amend', ID, yaml, ...REASON]);
    expect(code).toBe(0);
    expect(sent(fake)[0]?.body.what).toEqual({ change: 'amend', programme: PROGRAMME_TEXT });
    expect(out.split('\n')[0]).toBe('Programa corregido.');
    expect(out).toMatch(/^Programa +nueva versión: contenidos, consultor o consultora$/m);
  });

  test('of the programme with mistakes ends with 4, found here or by the server', async () => {
    const fake = await server();
    const wrong = await file('programa.yaml', PROGRAMME_TEXT.replace('country: PE', 'country: Perú'));
    const here = await rial(fake.url, ['amend', ID, wrong, ...REASON]);
    expect(here).toMatchObject({
      code: 4,
      err: expect.stringMatching(/programa\.yaml:\d+:\d+ {2}institutions/),
    });
    expect(sent(fake)).toEqual([]);
    fake.replies.set(
      `POST ${PATH}`,
      refusing(422, {
        code: 'ProgrammeMistaken',
        mistakes: [{ code: 'LineBroken', line: 3, column: 4, path: 'x' }],
      }),
    );
    const there = await rial(fake.url, ['amend', ID, await file('p.yaml', PROGRAMME_TEXT), ...REASON]);
    expect(there).toMatchObject({
      code: 4,
      err: expect.stringContaining('p.yaml:3:4  x: esto debe ocupar una sola línea'),
    });
  });

  test('of another cooperation’s programme is refused', async () => {
    const fake = await server();
    const other = await file('p.yaml', PROGRAMME_TEXT.replace(/^id: .*$/m, 'id: 15-per-chl'));
    const { code, err } = await rial(fake.url, ['amend', ID, other, ...REASON]);
    expect(code).toBe(1);
    expect(err).toContain('15-per-chl');
    expect(sent(fake)).toEqual([]);
  });
});

/** What a refusal ends with that is not simply one. */
const EXITS_OF: Partial<Record<RefusalCode, number>> = {
  ...{ Unavailable: 3, DatabaseAway: 3, DatabaseAwayMidway: 3 },
  ProgrammeMistaken: 4,
};

describe('a refusal', () => {
  test.each(walk(REFUSAL_CODES, 6))('%s is told in the reader’s language', async (code) => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, refusing(409, REFUSED[code]));
    const told = await rial(fake.url, ['cancel-session', ID, '3', ...REASON, '--dry-run']);
    expect(told).toMatchObject({ code: EXITS_OF[code] ?? 1, out: '' });
    // What it is filled with is there.
    expect(told.err).not.toMatch(/\{|undefined/);
    expect(told.err.trim().length).toBeGreaterThan(10);
  });

  test('is its code with its values under --json', async () => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, refusing(409, REFUSED.NotColleague));
    const { code, err } = await rial(fake.url, ['cancel-session', ID, '3', ...REASON, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(err).error).toMatchObject(REFUSED.NotColleague);
  });

  test.each<[RefusalCode, string[], RegExp]>([
    ['NotWaivable', ['waive', ID, QUESTION], /rial extend.*rial reassign/],
    [
      'AlreadyAsked',
      ['reassign', ID, QUESTION, '--from', 'per-mtpe', '--to', 'chl-mtps'],
      /rial open 14-per-chl/,
    ],
    ['Paused', ['pause', ID], /rial resume/],
    ['DateNotLater', ['extend', ID, QUESTION, '--until', '2031-08-27'], /rial open 14-per-chl/],
    [
      'NotColleague',
      ['hand-over', ID, QUESTION, '--from', 'per-mtpe-1', '--to', 'chl-mtps-1'],
      /rial show 14-per-chl/,
    ],
  ])('%s says what to do next', async (code, args, told) => {
    const fake = await server();
    fake.replies.set(`POST ${PATH}`, refusing(409, REFUSED[code]));
    expect((await rial(fake.url, [...args, ...REASON])).err).toMatch(told);
  });
});
