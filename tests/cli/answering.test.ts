import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GivenAnswer } from '../../src/client/index.ts';
import { REFUSED } from '../support/refusals.ts';
import {
  approveProgramme,
  asked,
  caseOf,
  chooseDate,
  document,
  inDays,
  overdueQuestion,
  PROGRAMME_TEXT,
  request,
  SLOTS,
  sha256,
} from './cases.ts';
import { folder, jsonOf, rial } from './rial.ts';
import { refusing, type TestServer, testServer } from './server.ts';

const ID = '14-per-chl';
const draftReport = request({
  id: 'final-report/draft-report.1',
  kind: 'draft-report',
  label: 'Elaborar el Informe Final',
  step: 'final-report',
  asked: asked('per-mtpe'),
  decisions: ['submit'],
});
const requests = [
  request({
    ...draftReport,
    id: 'final-report/complement-report.1',
    kind: 'complement-report',
    asked: asked('chl-mtps'),
    decisions: ['submit', 'nothing-to-add'],
  }),
  approveProgramme,
  overdueQuestion,
  chooseDate,
  draftReport,
  request({ ...draftReport, id: 'systematization/draft-sheet.1', kind: 'draft-sheet', asked: asked('oas') }),
  request({
    id: 'coordination/translate-programme.1',
    kind: 'translate-programme',
    label: 'Traducir el programa',
    asked: asked('oas'),
    decisions: ['submit'],
  }),
  request({
    id: 'coordination/revise-programme.1',
    kind: 'revise-programme',
    label: 'Preparar una nueva versión del programa',
    asked: asked('oas'),
    decisions: ['submit'],
  }),
  request({
    id: 'session-1/record-session.1',
    kind: 'record-session',
    label: 'Registrar la 1.ª sesión: acta, asistencia y productos',
    asked: asked('oas'),
    decisions: ['done', 'not-held'],
  }),
  request({
    id: 'systematization/name-consultant.1',
    kind: 'name-consultant',
    label: 'Nombrar al consultor o a la consultora',
    asked: asked('oas'),
    decisions: ['done'],
  }),
];
const server = (given: Partial<TestServer> = {}) => testServer({ cases: [caseOf({ requests })], ...given });

/** The answers that reached the server. */
const answers = ({ seen }: TestServer): GivenAnswer[] =>
  seen
    .filter(({ path }) => path === `/cooperations/${ID}/answers`)
    .map(({ body }) => JSON.parse(body.toString()));

describe('answer', () => {
  const approve = ['answer', ID, approveProgramme.id, '--by', 'chl-mtps-2'];

  test('--approve sends the decision about what is open now', async () => {
    const fake = await server();
    const { code, out, err } = await rial(fake.url, [...approve, '--approve']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answers(fake)).toEqual([
      {
        request: approveProgramme.id,
        by: 'chl-mtps-2',
        decision: 'approve',
        subject: approveProgramme.subject.hash,
      },
    ]);
    expect(out).toContain('Aprobar los contenidos del programa (versión 1) — aprobado (Cristóbal Auger)');
    expect(out).toContain('No falta ninguna respuesta.');
  });

  test('that accepts the Final Report tells what is closed with it, and what goes on', async () => {
    const open = { kind: 'send-documents' as const, item: null, owing: ['chl-mtps'] };
    const receive = request({
      ...{
        id: 'final-report/receive-report.1',
        kind: 'receive-report',
        label: 'Recibir el informe',
        item: 1,
      },
      ...{ asked: asked('oas'), decisions: ['approve', 'changes'] },
      atTheEnd: [
        { ...open, request: 'documents/send-documents.1', how: 'closes' },
        { ...open, kind: 'draft-sheet', item: 2, request: 'sheet-4/draft-sheet.1', how: 'continues' },
      ],
    });
    const fake = await server({ cases: [caseOf({ requests: [receive] })] });
    const { out: shown } = await rial(fake.url, ['show', ID, receive.id]);
    expect(shown).toContain(
      'Si se acepta el Informe Final, concluye la cooperación y se cierra sin respuesta:',
    );
    const { out } = await rial(fake.url, ['answer', ID, receive.id, '--by', 'oas-1', '--approve']);
    expect(out).toMatch(/Informe Final se cerró sin respuesta:\n- .*\n {2}MTPS de Chile/);
    expect(out).toContain('No se cerró con la cooperación y sigue su curso:');
    const back = ['answer', ID, receive.id, '--by', 'oas-1', '--changes', 'Falta el anexo.'];
    expect((await rial(fake.url, back)).out).not.toContain('sin respuesta');
  });

  test('tells who still has to answer', async () => {
    const fake = await server();
    fake.replies.set(`POST /cooperations/${ID}/answers`, () =>
      Response.json({ at: inDays(0), stillOwing: ['per-mtpe'] }),
    );
    const { out } = await rial(fake.url, [...approve, '--approve']);
    expect(out).toContain('Falta la respuesta del MTPE del Perú.');
  });

  test('--json is what the API returns', async () => {
    const fake = await server();
    const at = inDays(0);
    fake.replies.set(`POST /cooperations/${ID}/answers`, () =>
      Response.json({ at, stillOwing: ['per-mtpe'] }),
    );
    expect(jsonOf(await rial(fake.url, [...approve, '--approve', '--json']))).toEqual({
      at,
      stillOwing: ['per-mtpe'],
    });
  });

  test('--changes sends its reason', async () => {
    const fake = await server();
    await rial(fake.url, [...approve, '--changes', 'Falta la tercera sesión']);
    expect(answers(fake)[0]).toMatchObject({ decision: 'changes', reason: 'Falta la tercera sesión' });
  });

  test('--subject answers about another version, which the server may refuse', async () => {
    const fake = await server();
    fake.replies.set(`POST /cooperations/${ID}/answers`, refusing(409, REFUSED.SubjectSuperseded));
    const { code, err } = await rial(fake.url, [...approve, '--approve', '--subject', '0'.repeat(64)]);
    expect(code).toBe(1);
    expect(answers(fake)[0]?.subject).toBe('0'.repeat(64));
    expect(err).toContain('se presentó una nueva versión');
    expect(err).toContain(`rial open ${ID}`);
  });

  test('one in the name of whoever has answered already is told so, and not that one of each delegation is enough', async () => {
    const fake = await server();
    const by = 'chl-mtps-2';
    fake.replies.set(
      `POST /cooperations/${ID}/answers`,
      refusing(409, { ...REFUSED.AlreadyAnswered, request: approveProgramme.id, by }),
    );
    const { err } = await rial(fake.url, [...approve, '--approve']);
    expect(err.replaceAll(/\s+/g, ' ')).toMatch(
      /^Cristóbal Auger \(MTPS de Chile\) ya respondió: .+ Esta otra respuesta en su nombre no se registró; sigue vigente la primera\./,
    );
    expect(err).not.toContain('cada delegación');
  });

  test('one that comes second is told who was first, and when on their clock', async () => {
    const fake = await server();
    fake.replies.set(
      `POST /cooperations/${ID}/answers`,
      refusing(409, { ...REFUSED.AlreadyAnswered, at: '2031-08-10T22:00:00.000Z' }),
    );
    const { code, out, err } = await rial(fake.url, [...approve, '--approve']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trim()).toBe(
      'Margarita Spoerer (MTPS de Chile) ya respondió: aprobado — dom 10 ago 2031 18:00 Santiago. Esta respuesta no se registró; basta la de una persona de cada delegación.',
    );
    const inJson = await rial(fake.url, [...approve, '--approve', '--json', '--language', 'en']);
    expect(JSON.parse(inJson.err)).toMatchObject({
      error: { code: 'AlreadyAnswered', by: 'chl-mtps-1', at: '2031-08-10T22:00:00.000Z' },
    });
  });

  test('--done --text answers a question', async () => {
    const fake = await server();
    await rial(fake.url, [
      'answer',
      ID,
      overdueQuestion.id,
      '--by',
      'per-mtpe-1',
      '--done',
      '--text',
      'Doce.',
    ]);
    expect(answers(fake)[0]).toMatchObject({ decision: 'done', text: 'Doce.' });
  });

  test('--marks sends a mark for each slot', async () => {
    const fake = await server();
    const marks = `${SLOTS[0]}=yes, ${SLOTS[1]}=if-need-be,${SLOTS[2]}=no`;
    await rial(fake.url, ['answer', ID, chooseDate.id, '--by', 'chl-mtps-1', '--marks', marks]);
    expect(answers(fake)[0]).toMatchObject({
      decision: 'marks',
      marks: { [SLOTS[0] as string]: 'yes', [SLOTS[1] as string]: 'if-need-be', [SLOTS[2] as string]: 'no' },
    });
  });

  test('a slot that is unknown or missing is told with those there are', async () => {
    const fake = await server();
    fake.replies.set(
      `POST /cooperations/${ID}/answers`,
      refusing(422, { ...REFUSED.MarkMissing, slots: ['2031-08-20-1000'] }),
    );
    const { code, err } = await rial(fake.url, [
      'answer',
      ID,
      chooseDate.id,
      '--by',
      'chl-mtps-1',
      '--marks',
      `${SLOTS[0]}=yes`,
    ]);
    expect(code).toBe(1);
    for (const slot of SLOTS) expect(err).toContain(slot);
    expect(err).toContain('mié 20 ago 2031 10:00 Lima');
  });

  test('--date sends a slot or an instant as it was typed', async () => {
    const fake = await server();
    await rial(fake.url, ['answer', ID, chooseDate.id, '--by', 'oas-1', '--date', '2031-08-18T15:00:00Z']);
    expect(answers(fake)[0]).toMatchObject({ decision: 'date', date: '2031-08-18T15:00:00Z' });
  });

  test('--changes asks for other dates, where a date is to be confirmed', async () => {
    const confirm = request({
      ...chooseDate,
      id: 'session-2/confirm-date.1',
      kind: 'confirm-date',
      label: 'Confirmar la fecha de la 2.ª sesión',
      asked: asked('oas'),
      decisions: ['date', 'changes'],
    });
    const fake = await testServer({ cases: [caseOf({ requests: [confirm] })] });
    const { code, out } = await rial(fake.url, [
      'answer',
      ID,
      confirm.id,
      '--by',
      'oas-1',
      '--changes',
      'Coincide con la conferencia',
    ]);
    expect(code).toBe(0);
    expect(answers(fake)[0]).toMatchObject({ decision: 'changes', reason: 'Coincide con la conferencia' });
    expect(out).toContain('Confirmar la fecha de la 2.ª sesión — nuevas fechas pedidas');
  });

  test('--not-held says that a session was not held', async () => {
    const fake = await server();
    await rial(fake.url, ['answer', ID, 'session-1/record-session.1', '--by', 'oas-1', '--not-held']);
    expect(answers(fake)[0]).toMatchObject({ decision: 'not-held' });
    await rial(fake.url, [
      ...['answer', ID, 'session-1/record-session.1', '--by', 'oas-1', '--not-held', 'Se cortó la luz'],
    ]);
    expect(answers(fake)[1]).toMatchObject({ decision: 'not-held', reason: 'Se cortó la luz' });
  });

  test('--recorded-by and --how go together, and with the answer', async () => {
    const fake = await server();
    const record = ['answer', ID, 'session-1/record-session.1', '--by', 'oas-1', '--not-held'];
    await rial(fake.url, [...record, '--recorded-by', 'oas-2', '--how', 'Por teléfono']);
    expect(answers(fake)[0]).toMatchObject({ recorded: { by: 'oas-2', how: 'Por teléfono' } });
    const alone = await rial(fake.url, [...record, '--how', 'Por teléfono']);
    expect(alone.code).toBe(2);
    expect(alone.err).toContain('--recorded-by');
    expect(answers(fake)).toHaveLength(1);
  });

  describe('--minutes', () => {
    const record = ['answer', ID, 'session-1/record-session.1', '--by', 'oas-1', '--done', '--minutes'];
    const file = async (name: string, text: string) => {
      const at = path.join(await folder(), name);
      await writeFile(at, text);
      return at;
    };

    test('takes minutes, attendance and outputs in YAML', async () => {
      const fake = await server();
      const yaml =
        'minutes: >-\n  Se presentó el programa.\nattendance:\n  - Jorge Larrea, MTPE\n  - { name: Rosa, institution: SENCE, sex: woman }\noutputs:\n  - Guía';
      const { code, err } = await rial(fake.url, [...record, await file('acta.yaml', yaml)]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(answers(fake)[0]).toMatchObject({
        minutes: {
          minutes: 'Se presentó el programa.',
          attendance: ['Jorge Larrea, MTPE', { name: 'Rosa', institution: 'SENCE', sex: 'woman' }],
          outputs: ['Guía'],
        },
      });
    });

    test('takes a text file as the minutes alone', async () => {
      const fake = await server();
      await rial(fake.url, [...record, await file('acta.txt', '\uFEFFActa: se acordó todo.\n\nFin.\n')]);
      expect(answers(fake)[0]).toMatchObject({ decision: 'done' });
      expect(answers(fake)[0]).toHaveProperty('minutes', { minutes: 'Acta: se acordó todo.\n\nFin.' });
    });

    test.each([
      [
        'acta.yaml',
        'minutos: hola\nattendance: Jorge\n',
        [
          /:1:1 .*"minutos".*quiso decir minutes.*minutes, attendance, outputs/,

          /:2:13 .*attendance: .*\["Jorge/,
        ],
      ],
      [
        'acta.yaml',
        'minutes: "hola"\nattendance:\n  - Jorge: MTPE\n',
        [
          /:3:5 .*attendance\[0\]\.Jorge: .*name.*party.*institution/,
          /attendance\[0\]\.name: .*Jorge Larrea/,
        ],
      ],
      ['acta.yaml', 'minutes: "hola\n', [/acta\.yaml:1:10 .*comilla .*no se cierra/]],
      ['acta.yaml', 'solo texto\n', [/:1:1 .*claves/]],
      ['acta.yaml', '# nada\n', [/:1:1 .*vacío/]],
      ['acta.txt', '  \n', [/:1:1 .*vacío/]],
      ['acta.txt', 'PK\u0003\u0004\0\0', [/:1:1 .*no es de texto/]],
    ])('tells the mistakes of %s: %j', async (name, text, told) => {
      const fake = await server();
      const { code, out, err } = await rial(fake.url, [...record, await file(name, text)]);
      expect({ code, out }).toEqual({ code: 4, out: '' });
      for (const one of told) expect(err).toMatch(one);
      expect(fake.seen).toEqual([]);
    });
  });

  describe('a person', () => {
    const name = ['answer', ID, 'systematization/name-consultant.1', '--by', 'oas-1', '--done'];

    test('is given by --name, --email and --post', async () => {
      const fake = await server();
      const person = ['--name', 'Ana Pérez', '--email', 'ana@example.org', '--post', 'Consultora'];
      await rial(fake.url, [...name, ...person]);
      expect(answers(fake)[0]).toMatchObject({
        person: { name: 'Ana Pérez', email: 'ana@example.org', post: 'Consultora' },
      });
    });

    test('is given in a file, whose mistakes are told', async () => {
      const fake = await server();
      const dir = await folder();
      await writeFile(path.join(dir, 'good.yaml'), 'name: Ana Pérez\nemail: ana@example.org\nlanguage: pt\n');
      await writeFile(path.join(dir, 'bad.yaml'), 'name: Ana\nemail: ana at example\nlanguage: de\n');
      expect((await rial(fake.url, [...name, '--person', path.join(dir, 'good.yaml')])).code).toBe(0);
      expect(answers(fake)[0]).toMatchObject({ person: { email: 'ana@example.org', language: 'pt' } });
      const { code, err } = await rial(fake.url, [...name, '--person', path.join(dir, 'bad.yaml')]);
      expect(code).toBe(4);
      expect(err).toMatch(/bad\.yaml:2:8 {2}email: /);
      expect(err).toMatch(/bad\.yaml:3:11 {2}language: /);
    });
  });

  describe('--submit', () => {
    const draft = ['answer', ID, draftReport.id, '--by', 'per-mtpe-1', '--submit'];
    const pdf = async (bytes = '%PDF-1.7 informe') => {
      const file = path.join(await folder(), 'informe final.pdf');
      await writeFile(file, bytes);
      return file;
    };

    test('uploads the document first, and answers with its SHA-256', async () => {
      const fake = await server();
      const { code, err } = await rial(fake.url, [...draft, await pdf()]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const upload = fake.seen.find(({ path }) => path.endsWith('/documents'));
      expect(upload?.query).toEqual({ by: 'per-mtpe-1', name: 'informe final.pdf', kind: 'report' });
      expect(upload?.body.toString()).toBe('%PDF-1.7 informe');
      expect(answers(fake)).toMatchObject([{ decision: 'submit', document: sha256('%PDF-1.7 informe') }]);
    });

    test('asks about what is nothing new, and says how it is confirmed', async () => {
      const same = { what: 'report', same: 'version', version: 1 } as const;
      const fake = await server();
      const question = { code: 'NothingNew', request: draftReport.id, ...same } as const;
      fake.replies.set(`POST /cooperations/${ID}/answers`, refusing(409, question));
      const { code, err } = await rial(fake.url, [...draft, await pdf()]);
      expect(code).toBe(1);
      expect(err).toContain('El archivo es igual a la versión 1. ¿Entregarlo de todos modos?');
      expect(err).toContain('--confirmed');
      const taking = await server();
      await rial(taking.url, [...draft, await pdf(), '--confirmed']);
      expect(answers(taking)).toMatchObject([{ decision: 'submit', confirmed: true }]);
    });

    test('nothing to add is an answer without a file', async () => {
      const fake = await server();
      const complement = ['answer', ID, 'final-report/complement-report.1', '--by', 'chl-mtps-1'];
      const { code, err } = await rial(fake.url, [...complement, '--nothing-to-add']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(answers(fake)).toMatchObject([{ decision: 'nothing-to-add' }]);
      expect(fake.seen.some(({ path }) => path.endsWith('/documents'))).toBe(false);
    });

    test('a sheet goes in as a sheet', async () => {
      const fake = await server();
      await rial(fake.url, [
        'answer',
        ID,
        'systematization/draft-sheet.1',
        '--by',
        'oas-1',
        '--submit',
        await pdf(),
      ]);
      expect(fake.seen.find(({ path }) => path.endsWith('/documents'))?.query.kind).toBe('sheet');
    });

    test('a translation is read from its file, as rial paragraphs prints it, or as JSON', async () => {
      const fake = await server();
      const dir = await folder();
      const translate = async (name: string, text: string) => {
        await writeFile(path.join(dir, name), text);
        const command = ['answer', ID, 'coordination/translate-programme.1', '--by', 'oas-1', '--submit'];
        return rial(fake.url, [...command, path.join(dir, name)]);
      };
      const filled = 'into: en\nparagraphs:\n  - { number: 1, part: title, text: Uno, translation: One }\n';
      expect((await translate('traduccion.yaml', filled)).code).toBe(0);
      const json = JSON.stringify({ paragraphs: [{ number: 1, translation: 'One' }] });
      expect((await translate('traduccion.json', json)).code).toBe(0);
      for (const sent of answers(fake).slice(0, 2))
        expect(sent).toMatchObject({ decision: 'submit', translation: [{ paragraph: 1, text: 'One' }] });

      // What is not filled in is told with its place, and nothing is sent.
      const { code, err } = await translate(
        'vacia.yaml',
        filled.replace('translation: One', 'translation: ""'),
      );
      expect(code).toBe(4);
      expect(err).toContain('vacia.yaml:3');
      expect(answers(fake)).toHaveLength(2);
    });

    test('a revised programme is sent as the text of its file', async () => {
      const fake = await server();
      const file = path.join(await folder(), 'programa.yaml');
      await writeFile(file, PROGRAMME_TEXT);
      const revise = ['answer', ID, 'coordination/revise-programme.1', '--by', 'oas-1', '--submit', file];
      expect((await rial(fake.url, revise)).code).toBe(0);
      expect(answers(fake)[0]).toMatchObject({ programme: PROGRAMME_TEXT });
      expect((await rial(fake.url, [...revise, '--seen', '3'])).code).toBe(0);
      expect(answers(fake)[1]).toMatchObject({ programme: PROGRAMME_TEXT, seen: 3 });

      fake.replies.set(
        `POST /cooperations/${ID}/answers`,
        refusing(422, {
          code: 'ProgrammeMistaken',
          mistakes: [
            {
              code: 'KeyMissing',
              key: 'title',
              advice: { as: 'value', key: 'title' },
              line: 12,
              column: 3,
              path: 'title',
            },
          ],
        }),
      );
      const { code, err } = await rial(fake.url, revise);
      expect(code).toBe(4);
      expect(err).toContain(`${file}:12:3  title: falta title; escriba title: y su valor`);
    });

    test.each([
      [
        'somebody answered already',
        request({
          ...draftReport,
          owing: [],
          closedAt: '2031-08-10T23:00:00.000Z',
          answers: [
            {
              party: 'per-mtpe',
              by: 'per-mtpe-2',
              name: 'Renzo Cárdenas',
              decision: 'submit',
              content: null,
              door: { door: 'site' },
              at: '2031-08-10T23:00:00.000Z',
            },
          ],
        }),
        'per-mtpe-1',
        /Renzo Cárdenas \(MTPE del Perú\) ya respondió: entregado — dom 10 ago 2031 18:00 Lima/,
      ],
      [
        'it is no longer asked for',
        request({ ...draftReport, closedAt: inDays(-1), waived: ['per-mtpe'] }),
        'per-mtpe-1',
        /prescindió de la respuesta/,
      ],
      [
        'another party is asked',
        draftReport,
        'chl-mtps-1',
        /no se le pide al MTPS de Chile, sino al MTPE del Perú/,
      ],
      ['there is no such person', draftReport, 'per-mtpe-77', /per-mtpe-77[\s\S]*rial show/],
    ])('uploads nothing where %s', async (_, standing, by, told) => {
      const fake = await testServer({ cases: [caseOf({ requests: [standing] })] });
      const { code, err } = await rial(fake.url, [
        'answer',
        ID,
        draftReport.id,
        '--by',
        by,
        '--submit',
        await pdf(),
      ]);
      expect(code).toBe(1);
      expect(err).toMatch(told);
      expect(fake.seen.filter(({ method }) => method === 'POST')).toEqual([]);
    });

    test('a request that takes no file says what it takes', async () => {
      const fake = await server();
      const { code, err } = await rial(fake.url, [
        'answer',
        ID,
        approveProgramme.id,
        '--by',
        'chl-mtps-1',
        '--submit',
        await pdf(),
      ]);
      expect(code).toBe(1);
      expect(err).toContain('--approve, --changes "…"');
    });

    test('a file that is missing or a folder is the typist’s to mend', async () => {
      const fake = await server();
      const dir = await folder();
      await mkdir(path.join(dir, 'carpeta'));
      const missing = await rial(fake.url, [...draft, path.join(dir, 'no.pdf')]);
      expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('no existe') });
      const aFolder = await rial(fake.url, [...draft, path.join(dir, 'carpeta')]);
      expect(aFolder).toMatchObject({ code: 2, err: expect.stringContaining('es una carpeta') });
    });

    test('a document that the server refuses early is told with its reason', async () => {
      const fake = await server();
      fake.replies.set(`POST /cooperations/${ID}/documents`, refusing(422, REFUSED.DocumentRefused));
      const { code, err } = await rial(fake.url, [...draft, await pdf('no pdf')]);
      expect(code).toBe(1);
      expect(err).toContain('El contenido del archivo no corresponde a su nombre.');
      expect(answers(fake)).toEqual([]);
    });
  });

  test.each([
    [['--approve', '--done'], /exactamente una respuesta/],
    [[], /exactamente una respuesta/],
    [['--approve', '--text', 'x'], /--text solo va junto con --done/],
    [['--done', '--text', 'x', '--name', 'Ana', '--email', 'a@b.org'], /solo uno de/],
    [['--done', '--name', 'Ana'], /--name y --email/],
    [['--marks', 'a=maybe'], /«a=maybe» no se entiende/],
    [['--marks', 'a=yes,a=no'], /marcado dos veces/],
    [['--approve', '--subject', 'abc'], /64 cifras/],
  ])('%j is a mistake in typing, and nothing is sent', async (options, told) => {
    const fake = await server();
    const { code, err } = await rial(fake.url, [...approve, ...options]);
    expect(code).toBe(2);
    expect(err).toMatch(told);
    expect(fake.seen).toEqual([]);
  });

  test('a request that is not there is told with how to find those there are', async () => {
    const fake = await server();
    const { code, err } = await rial(fake.url, ['answer', ID, 'x/y.1', '--by', 'oas-1', '--approve']);
    expect(code).toBe(1);
    expect(err).toContain('«x/y.1»');
    expect(err).toContain(`rial open ${ID}`);
  });

  test('an answer of the wrong kind is told what the request takes', async () => {
    const fake = await server();
    fake.replies.set(
      `POST /cooperations/${ID}/answers`,
      refusing(422, {
        ...REFUSED.DecisionNotTaken,
        ...{ kind: 'choose-date', decision: 'approve', takes: ['marks'] },
      }),
    );
    const { code, err } = await rial(fake.url, [
      'answer',
      ID,
      chooseDate.id,
      '--by',
      'chl-mtps-1',
      '--approve',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('--marks …');
  });
});

describe('ask', () => {
  const ask = ['ask', ID, '¿Cuántas escuelas hay?', '--by', 'per-mtpe-1', '--to', 'chl-mtps'];

  test('puts a question, of a session or of none', async () => {
    const fake = await server();
    const { code, out } = await rial(fake.url, [...ask, '--session', '2']);
    expect(code).toBe(0);
    expect(JSON.parse(fake.seen[0]?.body.toString() ?? '')).toEqual({
      by: 'per-mtpe-1',
      to: 'chl-mtps',
      text: '¿Cuántas escuelas hay?',
      session: 2,
    });
    expect(out.trim()).toBe('Pregunta 3 enviada al MTPS de Chile: documents/answer-question.3');
  });

  test('says who records what came another way, and how, for all that is sent in somebody’s name', async () => {
    const fake = await server();
    const typed = ['--recorded-by', 'oas-1', '--how', 'por teléfono'];
    const recorded = { by: 'oas-1', how: 'por teléfono' };
    await rial(fake.url, [...ask, ...typed]);
    await rial(fake.url, ['enquire', ID, '¿Quién?', '--by', 'per-mtpe-1', ...typed]);
    await rial(fake.url, ['comment', ID, 'doc-1', 'Bien.', '--by', 'per-mtpe-1', ...typed]);
    const posted = fake.seen.filter(({ method }) => method === 'POST');
    expect(posted.map(({ body }) => JSON.parse(body.toString()).recorded)).toEqual([
      recorded,
      recorded,
      recorded,
    ]);
    const half = await rial(fake.url, [...ask, '--how', 'por teléfono']);
    expect([half.code, half.err]).toEqual([2, expect.stringContaining('--recorded-by')]);
  });

  test('--json is what the API returns', async () => {
    const fake = await server();
    expect(jsonOf(await rial(fake.url, [...ask, '--json']))).toEqual({
      number: 3,
      request: 'documents/answer-question.3',
    });
  });

  test.each([['0'], ['two'], ['1.5']])('--session %s is a mistake in typing', async (session) => {
    const fake = await server();
    expect(await rial(fake.url, [...ask, '--session', session])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--session'),
    });
    expect(fake.seen).toEqual([]);
  });

  test('a refusal is told in the language, with what there is to choose from', async () => {
    const fake = await server();
    fake.replies.set(
      `POST /cooperations/${ID}/questions`,
      refusing(422, { ...REFUSED.PartyUnknown, party: 'oas' }),
    );
    const { code, err } = await rial(fake.url, [...ask, '--language', 'pt']);
    expect(code).toBe(1);
    expect(err).toContain('“oas” não é uma instituição à qual isto possa ser dirigido');
    expect(err).toContain('per-mtpe ou chl-mtps');
  });
});

describe('share', () => {
  const standing = () => server({ cases: [caseOf({ documents: [document('a')] })] });
  const share = async (...more: string[]) => {
    const file = path.join(await folder(), 'Guía (ñ).pdf');
    await writeFile(file, '%PDF guía');
    return ['share', ID, file, '--by', 'chl-mtps-1', ...more];
  };

  test('streams the document in under its own name', async () => {
    const fake = await standing();
    const { code, out } = await rial(fake.url, await share());
    expect(code).toBe(0);
    expect(fake.seen[0]).toMatchObject({
      path: `/cooperations/${ID}/documents`,
      query: { by: 'chl-mtps-1', name: 'Guía (ñ).pdf', kind: 'shared' },
    });
    expect(fake.seen[0]?.body.toString()).toBe('%PDF guía');
    expect(out).toContain('Guía (ñ).pdf (doc-1, versión 1)');
  });

  test('takes a title, and a document it is a version of', async () => {
    const fake = await standing();
    await rial(fake.url, await share('--title', 'Guía práctica', '--document', 'doc-1'));
    expect(fake.seen.at(-1)?.query).toMatchObject({ title: 'Guía práctica', document: 'doc-1' });
  });

  test('puts a file or a link in as a material of a session', async () => {
    const fake = await standing();
    await rial(fake.url, await share('--session', '2'));
    expect(fake.seen.at(-1)?.query).toMatchObject({ session: '2', kind: 'presentation' });
    const link = 'https://zoom.us/rec/share/1234';
    await rial(fake.url, ['share', ID, link, '--session', '1', '--as', 'recording', '--by', 'oas-1']);
    expect(fake.seen.at(-1)?.query).toMatchObject({ session: '1', kind: 'recording', name: 'link.txt' });
    expect(fake.seen.at(-1)?.body.toString()).toBe(`${link}\n`);
    const { code, err } = await rial(fake.url, await share('--session', 'segunda'));
    expect(code).toBe(2);
    expect(err).toContain('«segunda» no es el número');
  });

  test('does not make a new document of a slip in --document', async () => {
    const fake = await standing();
    const { code, err } = await rial(fake.url, await share('--document', 'doc-11'));
    expect(code).toBe(1);
    expect(err).toContain('doc-11');
    expect(err).toContain(`rial show ${ID}`);
    expect(fake.seen.some(({ method }) => method === 'POST')).toBe(false);
  });

  test('--json is what the API returns', async () => {
    const fake = await standing();
    expect(jsonOf(await rial(fake.url, await share('--json')))).toMatchObject({
      document: 'doc-1',
      sha256: sha256('%PDF guía'),
    });
  });
});

describe('write, enquire and reply', () => {
  const write = ['write', ID, 'Será en la sala 4.', '--to', 'per-mtpe', '--subject', 'Cambio de sala'];

  test('write for the Secretariat, or show who would get it, and the mail', async () => {
    const fake = await server();
    const { code, out } = await rial(fake.url, [...write, '--by', 'oas-1']);
    expect([code, out]).toEqual([0, 'Comunicación 4 enviada a 5 personas.\n']);
    const sent = fake.seen.find(({ method }) => method === 'POST');
    expect(sent?.path).toBe(`/cooperations/${ID}/communications`);
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual({
      ...{ addressed: { to: 'party', party: 'per-mtpe' }, by: 'oas-1', subject: 'Cambio de sala' },
      text: 'Será en la sala 4.',
    });
    const shown = await rial(fake.url, [...write, '--dry-run']);
    expect(shown.out).toContain('Nada se ha enviado. La recibirían 5 personas:');
    expect(shown.out).toContain('Perú–Chile: Cambio de sala');
    expect(shown.out).toContain('Será en la sala 4.');
  });

  test('comment', async () => {
    const fake = await server();
    const made = await rial(fake.url, ['comment', ID, 'doc-1', 'Bien.', '--by', 'per-mtpe-1']);
    expect([made.code, made.out]).toEqual([0, 'Comentario 7 escrito.\n']);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toEqual({
      ...{ by: 'per-mtpe-1', about: 'doc-1', text: 'Bien.' },
    });
  });

  test('say for a ministry whether anybody may read the sheet, with the approval and later', async () => {
    const fake = await server();
    const by = ['--by', 'per-mtpe-4'];
    const made = await rial(fake.url, ['consent', ID, 'yes', ...by, '--sheet', '1']);
    expect([made.code, made.out]).toEqual([
      ...[0, 'Registrado: la institución consiente que cualquier persona lea la ficha (versión 1).\n'],
    ]);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toEqual({
      ...{ by: 'per-mtpe-4', version: 1, publish: 'yes', seen: null },
    });
    const seen = '2031-08-10T12:00:00.000Z';
    await rial(fake.url, ['consent', ID, 'no', ...by, '--sheet', '1', '--seen', seen]);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toMatchObject({ publish: 'no', seen });
    const [maybe, sheet] = [
      await rial(fake.url, ['consent', ID, 'maybe', ...by, '--sheet', '1']),
      await rial(fake.url, ['consent', ID, 'no', ...by, '--sheet', 'ficha']),
    ];
    expect([maybe.code, maybe.err]).toEqual([2, expect.stringContaining('«maybe»')]);
    expect([sheet.code, sheet.err]).toEqual([2, expect.stringContaining('--sheet')]);
    const answer = ['answer', ID, 'coordination/approve-programme.1', '--by', 'per-mtpe-1'];
    const approved = await rial(fake.url, [...answer, '--approve', '--publish', 'no']);
    expect(approved.code).toBe(0);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toMatchObject({ publish: 'no' });
    const other = await rial(fake.url, [...answer, '--changes', 'Falta.', '--publish', 'no']);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('--publish')]);
  });

  test('ask the Secretariat, and answer', async () => {
    const fake = await server();
    const asked = await rial(fake.url, ['enquire', ID, '¿Quién?', '--by', 'per-mtpe-1']);
    expect([asked.code, asked.out]).toEqual([0, 'Consulta 5 enviada a la Secretaría.\n']);
    const answered = await rial(fake.url, ['reply', ID, '5', 'La Secretaría.', '--share']);
    expect([answered.code, answered.out]).toEqual([0, 'Consulta 5 respondida.\n']);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toEqual({
      enquiry: 5,
      text: 'La Secretaría.',
      shared: true,
    });
    fake.replies.set(`POST /cooperations/${ID}/communications/files`, () =>
      Response.json({ document: 'doc-7', version: 1 }, { status: 201 }),
    );
    const taken = await rial(fake.url, ['take-in', ID, '5', '2', '--by', 'oas-1']);
    expect([taken.code, taken.out]).toEqual([0, 'Incorporado a los documentos: doc-7, versión 1.\n']);
    const body = { communication: 5, file: 1, by: 'oas-1' };
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toEqual(body);
    fake.replies.set(`POST /cooperations/${ID}/communications/seen`, () =>
      Response.json({ by: 'oas-1', at: '2031-08-10T15:00:00.000Z' }),
    );
    const seen = await rial(fake.url, ['see-to', ID, '5', '--by', 'oas-1']);
    expect([seen.code, seen.out]).toEqual([0, 'Correo 5 atendido.\n']);
    expect(JSON.parse(fake.seen.at(-1)?.body.toString() ?? '')).toEqual({ communication: 5, by: 'oas-1' });
    const wrong = await rial(fake.url, ['reply', ID, 'cinco', 'x']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('«cinco» no es un número')]);
  });
});

describe('an answer that was a mistake', () => {
  const answered = request({
    ...approveProgramme,
    asked: asked('per-mtpe', 'chl-mtps'),
    owing: ['per-mtpe'],
    answers: [
      {
        ...{ party: 'chl-mtps', by: 'chl-mtps-2', name: 'Cristóbal Auger', decision: 'approve' },
        ...{ content: null, door: { door: 'site' }, at: '2031-08-10T15:00:00.000Z' },
      },
    ],
  });
  const served = async () => {
    const fake = await server({ cases: [caseOf({ requests: [answered] })] });
    fake.replies.set(`POST /cooperations/${ID}/answers/take-back`, () =>
      Response.json({ at: inDays(0), stillOwing: ['per-mtpe', 'chl-mtps'] }),
    );
    return fake;
  };
  const words = ['--by', 'chl-mtps-1', '--recorded-by', 'oas-1', '--how', 'Por teléfono.'];

  test('is taken back, and who owes an answer is told', async () => {
    const fake = await served();
    const { code, out } = await rial(fake.url, ['take-back', ID, answered.id, ...words]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('La respuesta se retiró') });
    const sent = fake.seen.find(({ path }) => path.endsWith('/take-back'))?.body.toString();
    expect(JSON.parse(sent ?? '')).toEqual({
      ...{ request: answered.id, by: 'chl-mtps-1', recorded: { by: 'oas-1', how: 'Por teléfono.' } },
    });
  });

  test('is corrected by the next of its institution, where one stands', async () => {
    const fake = await served();
    const correct = ['answer', ID, answered.id, '--changes', 'Falta el sitio.', '--corrects', ...words];
    expect((await rial(fake.url, correct)).code).toBe(0);
    expect(answers(fake)[0]).toMatchObject({ decision: 'changes', revision: 2 });
    const none = await rial(fake.url, [
      ...correct.map((word) => (word === 'chl-mtps-1' ? 'per-mtpe-1' : word)),
    ]);
    expect(none.code).toBe(1);
    expect(none.err).toContain('no está vigente');
  });
});
