import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { width } from '../../src/cli/terminal.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { RECORD_KINDS } from '../../src/domain/recordKinds.ts';
import { approveProgramme, caseOf, change, chooseDate, document, entry, inDays, mail } from './cases.ts';
import { begin, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

const ID = '14-per-chl';
const sent = mail('1');
const refused = mail('2', {
  file: 'mail/0002-a.eml',
  state: 'refused',
  address: 'pedro.silva@mtps-chile.example',
  person: 'chl-mtps-3',
  response: '550 5.1.1 no such user',
});

const RECORD: CaseView['record'] = [
  entry(1, 'cooperation-filed'),
  entry(2, 'request-opened', {
    data: {
      request: approveProgramme.id,
      parties: ['per-mtpe', 'chl-mtps'],
      due: '2031-08-13T23:00:00.000Z',
    },
  }),
  entry(3, 'mail-sent', { person: 'chl-mtps-2', data: { messageId: sent.messageId } }),
  entry(4, 'mail-refused', { person: 'chl-mtps-3', data: { messageId: refused.messageId } }),
  entry(5, 'answer-received', {
    party: 'chl-mtps',
    person: 'chl-mtps-2',
    data: { request: approveProgramme.id, decision: 'approve' },
  }),
  entry(6, 'answer-received', {
    party: 'chl-mtps',
    person: 'chl-mtps-1',
    data: { request: chooseDate.id, decision: 'marks', marks: { a: 'yes', b: 'no', c: 'yes' } },
  }),
  entry(6, 'answer-taken-back', {
    party: 'chl-mtps',
    person: 'chl-mtps-1',
    data: { request: chooseDate.id, decision: 'marks', revision: 1 },
  }),
  entry(7, 'request-closed', { data: { request: approveProgramme.id, outcome: 'approve' } }),
  entry(8, 'request-lapsed', { data: { request: chooseDate.id, because: 'cooperation-closed' } }),
  entry(9, 'programme-made', { data: { version: 1 } }),
  entry(10, 'programme-issued', { data: { version: 1 } }),
  entry(11, 'date-fixed', {
    party: 'oas',
    person: 'oas-1',
    data: { session: 2, startsAt: '2031-08-18T15:00:00.000Z' },
  }),
  entry(12, 'invitation-sent', { data: { session: 2, sequence: 0 } }),
  entry(13, 'invitation-sent', { data: { session: 2, sequence: 1 } }),
  entry(14, 'agenda-sent', { data: { session: 2 } }),
  entry(15, 'session-recorded', { data: { session: 2, outputs: 2 } }),
  entry(16, 'question-asked', {
    party: 'per-mtpe',
    person: 'per-mtpe-1',
    data: { question: 1, to: 'chl-mtps' },
  }),
  entry(17, 'question-answered', { party: 'chl-mtps', data: { question: 1 } }),
  entry(18, 'document-added', { party: 'chl-mtps', data: { document: 'doc-1', version: 1 } }),
  entry(19, 'consultant-named', { party: 'oas', person: 'oas-1' }),
  entry(20, 'sheet-published', { data: { version: 1 } }),
  entry(21, 'certificates-given', { party: 'oas', data: { certificates: [1, 2], replaced: [] } }),
  entry(22, 'certificate-withdrawn', { party: 'oas', data: { certificate: 2 } }),
  entry(23, 'cooperation-closed'),
];

const view = (record = RECORD) =>
  caseOf({
    record,
    closedAt: record.some(({ kind }) => kind === 'cooperation-closed') ? inDays(-1) : null,
    requests: [approveProgramme, chooseDate],
    mails: [sent, refused],
    documents: [document('a')],
  });

test('prints one line an event, each with a time and whose clock it is in, and ends with the cooperation', async () => {
  const { url } = await testServer({ cases: [view()] });
  const { code, out, err } = await rial(url, ['watch', ID]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^dom 10 ago 2031 \d\d:\d\d (Lima|Santiago|Washington) {2,}\S/);
  expect(lines.map((line) => line.replace(/^.*(?:Lima|Santiago|Washington) {2,}/, ''))).toEqual([
    'La cooperación fue registrada',
    'Solicitud al MTPE del Perú y al MTPS de Chile: Aprobar los contenidos del programa (versión 1), hasta el mié 13 ago 2031 18:00 Lima',
    'Correo a Cristóbal Auger: [Acción requerida] Aprobar los contenidos del programa',
    '✖ Correo rechazado, Pedro Pablo Silva <pedro.silva@mtps-chile.example>: 550 5.1.1 no such user',
    'El MTPS de Chile respondió: Aprobar los contenidos del programa (versión 1) — aprobado (Cristóbal Auger)',
    'El MTPS de Chile respondió: Indicar fechas para la 2.ª sesión — disponibilidad indicada: 2 sí, 0 si es necesario, 1 no (Margarita Spoerer)',
    'El MTPS de Chile retiró su respuesta: Indicar fechas para la 2.ª sesión — disponibilidad indicada (Margarita Spoerer)',
    'Solicitud cerrada: Aprobar los contenidos del programa (versión 1) — aprobado',
    'Quedó sin efecto: Indicar fechas para la 2.ª sesión (la cooperación concluyó)',
    'Programa, versión 1: preparado',
    'Programa, versión 1: enviado a las delegaciones',
    '2.ª sesión: la fecha es lun 18 ago 2031 11:00 Washington',
    '2.ª sesión: invitación enviada',
    '2.ª sesión: invitación enviada de nuevo (cambio 1)',
    '2.ª sesión: agenda enviada',
    '2.ª sesión: realizada y registrada, con 2 productos',
    'El MTPE del Perú pregunta al MTPS de Chile (pregunta 1)',
    'El MTPS de Chile respondió la pregunta 1',
    'El MTPS de Chile entregó: Marco legal de las escuelas (versión 1)',
    'La OEA nombró al consultor o a la consultora',
    'La ficha de sistematización fue publicada (versión 1)',
    'La OEA expidió 2 constancias de participación',
    'La OEA anuló la constancia de participación n.º 2',
    'La cooperación concluyó',
  ]);
});

test.each(['en', 'pt', 'fr'])('every event can be said in %s', async (language) => {
  const { url } = await testServer({ cases: [view()] });
  const { code, out } = await rial(url, ['watch', ID, '--language', language]);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(RECORD.length);
  expect(out).not.toMatch(/undefined|NaN|Invalid/);
});

test('--json prints the entries as they are, one a line', async () => {
  const { url } = await testServer({ cases: [view()] });
  const { out } = await rial(url, ['watch', ID, '--json']);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(RECORD);
});

test('--after goes on from an event, and ends where there is nothing after the end', async () => {
  const fake = await testServer({ cases: [view()] });
  const { out } = await rial(fake.url, ['watch', ID, '--after', '22']);
  expect(out).toMatch(/La cooperación concluyó\n$/);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(await rial(fake.url, ['watch', ID, '--after', '23'])).toMatchObject({ code: 0, out: '' });
  expect((await rial(fake.url, ['watch', ID, '--after', 'x'])).code).toBe(2);
});

test('--no-mails leaves out what was sent, and still tells what was refused', async () => {
  const { url } = await testServer({ cases: [view()] });
  const { out } = await rial(url, ['watch', ID, '--no-mails']);
  expect(out).not.toContain('Correo a ');
  expect(out).toContain('✖ Correo rechazado');
});

test.each([80, 50])('fits %i columns', async (columns) => {
  const { url } = await testServer({ cases: [view()] });
  const { out } = await rial(url, ['watch', ID], { columns });
  for (const line of stripVTControlCharacters(out).split('\n'))
    expect(width(line), line).toBeLessThanOrEqual(columns);
});

test('prints what happens while it looks, and ends by Ctrl-C without a fuss', async () => {
  const fake = await testServer({ cases: [view(RECORD.slice(0, 2))] });
  const watching = begin(fake.url, ['watch', ID]);
  await watching.heard('Solicitud al');
  fake.cases = [view(RECORD.slice(0, 5))];
  await watching.heard('Cristóbal Auger');
  watching.process.kill('SIGINT');
  const { code, out, err } = await watching.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  // Nothing is told twice.
  expect(out.trimEnd().split('\n')).toHaveLength(5);
});

describe('changes', () => {
  const APPROVE = approveProgramme.id;
  const EVENTS: [CaseView['record'][number], string][] = [
    [entry(30, 'cooperation-followed-up'), 'Concluyó el seguimiento de los resultados de la cooperación'],
    // The change itself, with its reason.
    [
      entry(1, 'request-extended', { party: 'oas', data: { change: 1, request: APPROVE } }),
      'Plazo ampliado: Aprobar los contenidos del programa (versión 1), hasta el mié 27 ago 2031 (Así se acordó)',
    ],
    [
      entry(2, 'absence-noted', { data: { change: 2, person: 'per-mtpe-1' } }),
      'Ausencia anotada: Jorge Larrea, 16–20 ago 2031, responde Renzo Cárdenas (Así se acordó)',
    ],
    [entry(3, 'cooperation-paused', { data: { change: 3 } }), 'Cooperación en pausa (Así se acordó)'],
    [
      entry(9, 'workflow-ended', { data: { was: 'terminated' } }),
      'El proceso de la cooperación fue terminado en Temporal',
    ],
    [
      entry(9, 'cooperation-rebuilt', { party: 'oas', data: { was: 'gone' } }),
      'El proceso de la cooperación se reconstruyó a partir del expediente',
    ],
    // What came about by another one, and what an entry tells where its change is not there.
    [
      entry(4, 'request-handed-over', {
        person: 'per-mtpe-1',
        data: { change: 2, request: APPROVE, to: 'per-mtpe-2', absent: true },
      }),
      'Solicitud trasladada: Aprobar los contenidos del programa (versión 1), Jorge Larrea → Renzo Cárdenas (por ausencia)',
    ],
    [
      entry(5, 'request-reassigned', { data: { request: APPROVE, from: 'per-mtpe', to: 'chl-mtps' } }),
      'Solicitud reasignada: Aprobar los contenidos del programa (versión 1), MTPE del Perú → MTPS de Chile',
    ],
    [
      entry(6, 'request-waived', { data: { request: APPROVE, party: 'chl-mtps' } }),
      'Respuesta dispensada: Aprobar los contenidos del programa (versión 1), MTPS de Chile',
    ],
    [
      entry(6, 'answer-annulled', { data: { request: APPROVE, party: 'chl-mtps' } }),
      'Respuesta anulada: Aprobar los contenidos del programa (versión 1), MTPS de Chile',
    ],
    [
      entry(7, 'absence-noted', { data: { person: 'per-mtpe-1', from: '2031-08-16', to: '2031-08-20' } }),
      'Ausencia anotada: 16–20 ago 2031, Jorge Larrea',
    ],
    [
      entry(7, 'absence-ended', { data: { person: 'per-mtpe-1', from: '2031-08-16', to: '2031-08-20' } }),
      'Ausencia terminada: 16–20 ago 2031, Jorge Larrea',
    ],
    [
      entry(8, 'person-replaced', { data: { person: 'per-mtpe-1', by: 'per-mtpe-2' } }),
      'Persona reemplazada: Jorge Larrea → Renzo Cárdenas',
    ],
    [
      entry(8, 'person-joined', { data: { person: 'per-mtpe-1', of: 'per-mtpe' } }),
      'Persona incorporada: Jorge Larrea',
    ],
    [
      entry(8, 'person-left', { data: { person: 'per-mtpe-1', of: 'per-mtpe' } }),
      'Participación concluida: Jorge Larrea',
    ],
    [
      entry(8, 'focal-point-named', { data: { person: 'per-mtpe-1', of: 'per-mtpe' } }),
      'Punto focal designado: Jorge Larrea',
    ],
    [entry(9, 'person-corrected', { data: { person: 'per-mtpe-1' } }), 'Datos corregidos: Jorge Larrea'],
    [entry(10, 'session-changed', { data: { session: 2 } }), 'Sesión modificada: 2.ª sesión'],
    [entry(10, 'meeting-changed'), 'Reunión de coordinación modificada'],
    [entry(10, 'meeting-cancelled'), 'Reunión de coordinación cancelada'],
    [entry(10, 'meeting-corrected'), 'Se corrigió lo acordado en la reunión de coordinación'],
    [entry(10, 'meeting-recorded'), 'Acuerdos de la reunión de coordinación registrados'],
    [
      entry(10, 'meeting-convened', { data: { sequence: 0, startsAt: '2031-06-11T15:00:00.000Z' } }),
      'Invitación enviada: reunión de coordinación, mié 11 jun 2031 10:00 Lima',
    ],
    [
      entry(10, 'meeting-set', { data: { startsAt: '2031-06-11T15:00:00.000Z' } }),
      'Nueva fecha de la reunión de coordinación: mié 11 jun 2031 10:00 Lima',
    ],
    [entry(11, 'session-added', { data: { session: 3 } }), 'Sesión agregada: 3.ª sesión'],
    [entry(12, 'session-cancelled', { data: { session: 2 } }), 'Sesión cancelada: 2.ª sesión'],
    [
      entry(13, 'guest-added', { data: { session: 2, guest: 'per-mtpe-1' } }),
      'Invitación a una sesión: 2.ª sesión, Jorge Larrea',
    ],
    [
      entry(13, 'guests-named', { data: { session: 2, guests: ['per-mtpe-1', 'per-mtpe-2'] } }),
      'Varias invitaciones a una sesión: 2.ª sesión, Jorge Larrea, Renzo Cárdenas',
    ],
    [entry(14, 'guest-withdrawn', { data: { person: 'guest-2-9' } }), 'Invitación retirada: guest-2-9'],
    [entry(15, 'programme-amended'), 'Programa corregido'],
    [
      entry(15, 'commitments-recorded', { party: 'oas', data: { origin: 'session', session: 2, count: 3 } }),
      'Anotados 3 compromisos: 2.ª sesión',
    ],
    [
      entry(15, 'commitments-told', { party: 'per-mtpe', data: { count: 2 } }),
      'Se informó qué fue de 2 compromisos',
    ],
    [entry(15, 'commitment-added', { data: { commitment: 1 } }), 'Compromiso anotado'],
    [entry(15, 'commitment-corrected', { data: { commitment: 1 } }), 'Compromiso corregido'],
    [entry(15, 'minutes-corrected', { data: { session: 2 } }), '2.ª sesión: se corrigió el acta'],
    [
      entry(15, 'document-withheld', { party: 'per-mtpe', data: { document: 'doc-9@1' } }),
      'El MTPE del Perú retuvo un documento enviado por error: doc-9@1',
    ],
    [
      entry(15, 'document-released', { party: 'oas', data: { document: 'doc-9@1' } }),
      'La OEA puso de nuevo a disposición un documento: doc-9@1',
    ],
    [
      entry(16, 'window-ran-out', { data: { session: 2, why: 'time' } }),
      '2.ª sesión: no se fijó fecha en el período previsto; corresponde a la Secretaría Técnica fijarla',
    ],
    [
      entry(17, 'request-closed', { data: { request: APPROVE, outcome: 'waived' } }),
      'Quedó sin efecto: Aprobar los contenidos del programa (versión 1) (se prescindió de la respuesta)',
    ],
    ...(
      [
        ['superseded', 'ya no hace falta'],
        ['window-ran-out', 'el período de la sesión terminó'],
        ['session-cancelled', 'la sesión fue cancelada'],
        ['cooperation-cancelled', 'la cooperación fue cancelada'],
        ['of-a-newer-server', 'of-a-newer-server'],
      ] as const
    ).map(([because, told], at): [CaseView['record'][number], string] => [
      entry(18 + at, 'request-lapsed', { data: { request: APPROVE, because } }),
      `Quedó sin efecto: Aprobar los contenidos del programa (versión 1) (${told})`,
    ]),
    [
      entry(29, 'answer-received', {
        party: 'per-mtpe',
        person: 'per-mtpe-2',
        data: { request: APPROVE, decision: 'approve', inPlaceOf: 'per-mtpe-1' },
      }),
      'El MTPE del Perú respondió: Aprobar los contenidos del programa (versión 1) — aprobado (Renzo Cárdenas, en lugar de Jorge Larrea)',
    ],
    [
      entry(30, 'mail-sent-again', {
        person: 'chl-mtps-3',
        data: { messageId: '<first@rial.example>', again: '<again@rial.example>' },
      }),
      'secretaria@oas.example pidió enviar de nuevo a Pedro Pablo Silva <pedro.nuevo@mtps-chile.example> el correo «[Acción requerida] Aprobar los contenidos del programa», del jue 10 jul 2031 11:00 Santiago',
    ],
    [
      entry(31, 'answer-received', {
        party: 'per-mtpe',
        person: 'per-mtpe-2',
        data: { request: APPROVE, decision: 'approve', door: { door: 'token', token: 3, name: 'informe' } },
      }),
      'El MTPE del Perú respondió: Aprobar los contenidos del programa (versión 1) — aprobado (Renzo Cárdenas); llegó por la API, con la clave n.º 3 «informe»',
    ],
    [
      entry(32, 'answer-refused', {
        party: 'per-mtpe',
        person: 'per-mtpe-2',
        data: { request: APPROVE, decision: 'approve', code: 'OutsideRefused' },
      }),
      'Respuesta llegada desde fuera, no admitida: Aprobar los contenidos del programa (versión 1) — aprobado (Renzo Cárdenas)',
    ],
    [entry(33, 'cooperation-resumed'), 'Cooperación reanudada'],
    [entry(34, 'cooperation-cancelled'), 'Cooperación cancelada'],
    [
      entry(90, 'communication-written', { party: 'oas', person: 'oas-1', data: { communication: 1 } }),
      'La OEA escribió al MTPS de Chile: «Sobre la agenda»',
    ],
    [
      entry(91, 'enquiry-made', { party: 'per-mtpe', person: 'per-mtpe-1', data: { communication: 2 } }),
      'El MTPE del Perú consultó a la Secretaría (consulta 2, Jorge Larrea)',
    ],
    [
      entry(96, 'mail-received', {
        ...{ party: 'per-mtpe', person: 'per-mtpe-1', data: { communication: 3, request: APPROVE } },
      }),
      'Llegó un correo de jorge@mtpe.example, cuyo texto es la respuesta a una pregunta',
    ],
    [
      entry(97, 'sheet-correction-asked', { party: 'oas', data: { version: 1 } }),
      'La OEA pidió una versión corregida de la ficha publicada (versión 1)',
    ],
    [
      entry(98, 'sheet-correction-cancelled', { party: 'oas', data: { asked: 4 } }),
      'La OEA dejó sin efecto la corrección de la ficha publicada',
    ],
    [entry(94, 'minutes-sent', { data: { session: 1 } }), '1.ª sesión: acta enviada a las delegaciones'],
    [
      entry(92, 'enquiry-answered', { party: 'oas', person: 'oas-1', data: { answers: 2 } }),
      'La OEA respondió la consulta 2',
    ],
    [
      entry(95, 'consent-stated', {
        ...{ party: 'chl-mtps', person: 'chl-mtps-3', data: { version: 1, publish: 'no' } },
      }),
      'El MTPS de Chile no consintió que cualquier persona lea la ficha de sistematización (versión 1)',
    ],
    [
      entry(89, 'paper-sealed', { data: { sha256: 'a'.repeat(64) } }),
      'Se selló el expediente de la cooperación',
    ],
    [
      entry(88, 'paper-signed', {
        ...{ party: 'chl-mtps', person: 'chl-mtps-3', data: { number: 2, sha256: 'a'.repeat(64) } },
      }),
      'El MTPS de Chile incorporó su firma al expediente sellado (firma 2)',
    ],
    [
      entry(93, 'comment-made', { party: 'per-mtpe', person: 'per-mtpe-1', data: { about: APPROVE } }),
      'El MTPE del Perú comentó: Aprobar los contenidos del programa (versión 1) (Jorge Larrea)',
    ],
  ];
  const first = mail('1', {
    messageId: '<first@rial.example>',
    person: 'chl-mtps-3',
    preparedAt: '2031-07-10T15:00:00.000Z',
    again: [{ by: 'secretaria@oas.example', at: inDays(0), messageId: '<again@rial.example>' }],
  });
  const again = mail('2', {
    messageId: '<again@rial.example>',
    person: 'chl-mtps-3',
    address: 'pedro.nuevo@mtps-chile.example',
    file: 'mail/0002-approve-programme-chl-mtps-3.eml',
  });
  const changed = () =>
    caseOf({
      record: EVENTS.map(([one]) => one),
      requests: [approveProgramme],
      communications: [
        {
          ...{ number: 1, kind: 'written', by: 'oas-1', party: 'oas', at: '2031-07-10T15:00:00.000Z' },
          ...{ addressed: { to: 'party', party: 'chl-mtps' }, people: ['chl-mtps-3'], text: 'Gracias.' },
          ...{ subject: 'Sobre la agenda', answers: null, shared: false },
        },
        {
          ...{
            number: 3,
            kind: 'enquiry',
            by: 'per-mtpe-1',
            party: 'per-mtpe',
            at: '2031-07-10T15:00:00.000Z',
          },
          ...{
            addressed: { to: 'party', party: 'oas' },
            people: ['oas-1'],
            text: 'Sí.',
            subject: 'Re: pregunta',
          },
          ...{ answers: null, shared: false },
          mail: {
            ...{ from: 'jorge@mtpe.example', name: null, subject: 'Re: pregunta', sha256: 'a'.repeat(64) },
            ...{ essence: 'b'.repeat(64), attachments: [], shortened: false, request: APPROVE },
          },
        },
      ],
      mails: [first, again],
      changes: [
        change(1, { change: 'extend', request: APPROVE, due: '2031-08-27' }),
        change(2, {
          change: 'absence',
          person: 'per-mtpe-1',
          from: '2031-08-16',
          to: '2031-08-20',
          standIn: 'per-mtpe-2',
        }),
        change(3, { change: 'pause' }),
      ],
    });

  test('are told in words, with names and reasons, and a cancellation ends it', async () => {
    const { url } = await testServer({ cases: [changed()] });
    const { code, out, err } = await rial(url, ['watch', ID]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((one) => one.replace(/^.*?(?:Lima|Santiago|Washington) {2,}/, '')),
    ).toEqual(EVENTS.map(([, told]) => told));
  });

  test.each(['en', 'pt', 'fr'])('can be said in %s', async (language) => {
    const { url } = await testServer({ cases: [changed()] });
    const { code, out } = await rial(url, ['watch', ID, '--language', language]);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(EVENTS.length);
    expect(out).not.toMatch(/undefined|NaN|Invalid/);
  });

  test('every kind of entry is among those tested', () => {
    const kinds = [...RECORD, ...EVENTS.map(([one]) => one)].map(({ kind }) => kind);
    expect([...new Set(kinds)].toSorted()).toEqual([...RECORD_KINDS].toSorted());
  });
});

describe('when the server is away', () => {
  test('says so once, goes on when it is back, and loses nothing', async () => {
    const fake = await testServer({ cases: [view(RECORD.slice(0, 2))] });
    const watching = begin(fake.url, ['watch', ID]);
    await watching.heard('Solicitud al');
    let calls = 0;
    fake.replies.set(`GET /cooperations/${ID}/record`, () => {
      if (++calls === 2) {
        fake.cases = [view()];
        fake.replies.clear();
      }
      return refusing(503, { code: 'Unavailable' })();
    });
    const { code, out, err } = await watching.ended;
    expect(code).toBe(0);
    expect(err.match(/no responde/g)).toHaveLength(1);
    expect(err).toContain('responde de nuevo');
    expect(out.trimEnd().split('\n')).toHaveLength(RECORD.length);
  });

  test('from the beginning, it is an error', async () => {
    const { code, err } = await rial('http://127.0.0.1:1', ['watch', ID]);
    expect(code).toBe(3);
    expect(err).toContain('npm start');
  });
});

test('a cooperation that is not there is refused', async () => {
  const { url } = await testServer();
  expect(await rial(url, ['watch', ID])).toMatchObject({
    code: 1,
    err: expect.stringContaining('rial list'),
  });
});
