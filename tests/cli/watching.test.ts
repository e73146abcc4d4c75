import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { CaseView } from '../../src/casefile/caseView.ts';
import { width } from '../../src/cli/terminal.ts';
import { approveProgramme, caseOf, chooseDate, document, entry, inDays, mail } from './cases.ts';
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
  entry(21, 'cooperation-closed'),
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
    'Se pide a MTPE Perú y MTPS Chile: Aprobar los contenidos del programa (versión 1), hasta el mié 13 ago 2031 18:00 Lima',
    'Correo a Cristóbal Auger: [Acción requerida] Aprobar los contenidos del programa',
    '✖ Correo rechazado, Pedro Pablo Silva <pedro.silva@mtps-chile.example>: 550 5.1.1 no such user',
    'MTPS Chile respondió: Aprobar los contenidos del programa (versión 1) — aprueba (Cristóbal Auger)',
    'MTPS Chile respondió: Indicar fechas para la 2.ª sesión — fechas indicadas: 2 sí, 0 si es necesario, 1 no (Margarita Spoerer)',
    'Respondida por todos: Aprobar los contenidos del programa (versión 1) — aprueba',
    'Quedó sin efecto: Indicar fechas para la 2.ª sesión (la cooperación terminó)',
    'Programa, versión 1: preparado',
    'Programa, versión 1: enviado a las delegaciones',
    '2.ª sesión: la fecha es lun 18 ago 2031 11:00 Washington',
    '2.ª sesión: invitación enviada',
    '2.ª sesión: invitación enviada de nuevo (cambio 1)',
    '2.ª sesión: agenda enviada',
    '2.ª sesión: realizada y registrada, con 2 productos',
    'MTPE Perú pregunta a MTPS Chile (pregunta 1)',
    'MTPS Chile respondió la pregunta 1',
    'MTPS Chile entregó: Marco legal de las escuelas (doc-1, versión 1)',
    'OEA nombró a quien será consultor(a)',
    'La ficha de sistematización fue publicada (versión 1)',
    'La cooperación terminó',
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
  const { out } = await rial(fake.url, ['watch', ID, '--after', '20']);
  expect(out).toMatch(/La cooperación terminó\n$/);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(await rial(fake.url, ['watch', ID, '--after', '21'])).toMatchObject({ code: 0, out: '' });
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
  await watching.heard('Se pide a');
  fake.cases = [view(RECORD.slice(0, 5))];
  await watching.heard('Cristóbal Auger');
  watching.process.kill('SIGINT');
  const { code, out, err } = await watching.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  // Nothing is told twice.
  expect(out.trimEnd().split('\n')).toHaveLength(5);
});

describe('when the server is away', () => {
  test('says so once, goes on when it is back, and loses nothing', async () => {
    const fake = await testServer({ cases: [view(RECORD.slice(0, 2))] });
    const watching = begin(fake.url, ['watch', ID]);
    await watching.heard('Se pide a');
    let calls = 0;
    fake.replies.set(`GET /cooperations/${ID}/record`, () => {
      if (++calls === 2) {
        fake.cases = [view()];
        fake.replies.clear();
      }
      return refusing(503, 'Unavailable', 'away')();
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
