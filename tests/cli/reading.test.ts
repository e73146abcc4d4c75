import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { width } from '../../src/cli/terminal.ts';
import type { CaseSummary, CaseView, RequestView } from '../../src/domain/caseView.ts';
import { STEPS } from '../../src/domain/methodology.ts';
import { callReport } from '../../src/domain/results/callReport.ts';
import { SURVEY_QUESTIONS } from '../../src/domain/results/survey.ts';
import {
  approveProgramme,
  asked,
  caseOf,
  change,
  chooseDate,
  document,
  inDays,
  mail,
  overdueQuestion,
  request,
  sha256,
} from './cases.ts';
import { folder, jsonOf, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

/** A table's rows by the text they begin with. */
const line = (out: string, text: string): string =>
  out.split('\n').find((one) => one.includes(text)) ?? `no line with "${text}" in:\n${out}`;

describe('search', () => {
  const { programme } = caseOf({});
  const hit = { cooperation: '14-per-chl', name: null, text: 'Se financia con un fondo público.' };
  const found = {
    words: ['fondo'],
    hits: [
      { ...hit, kind: 'question', ref: '2' },
      { ...hit, kind: 'minutes', ref: '1', text: 'El fondo.' },
    ],
    more: ['minutes'],
    cooperations: [{ id: '14-per-chl', subject: 'Diálogo', institutions: programme.institutions }],
  };

  test('tells by what it is where the words stand', async () => {
    const server = await testServer();
    server.replies.set('GET /search', () => Response.json(found));
    const { code, out, err } = await rial(server.url, ['search', 'fondo', 'público']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(server.seen.map(({ query }) => query)).toEqual([{ q: 'fondo público' }]);
    expect(out).toMatch(
      /^Cooperación\s+Preguntas\n14-per-chl\s+Pregunta 2\n\s+Se financia con un fondo público\./,
    );
    expect(out).toMatch(/Sesiones y reuniones\n14-per-chl\s+1\.ª sesión\n\s+El fondo\.\nHay más/);
    expect(jsonOf(await rial(server.url, ['search', 'fondo', '--json']))).toEqual(found);
  });

  test('says so where there is nothing, or too little was written', async () => {
    const server = await testServer();
    for (const [words, told] of [
      [['x'], /^No se encontró nada/],
      [[], /^Escriba al menos dos letras/],
    ] as const) {
      const nothing = { words, hits: [], more: [], cooperations: [] };
      server.replies.set('GET /search', () => Response.json(nothing));
      expect((await rial(server.url, ['search', 'x'])).out).toMatch(told);
    }
  });
});

describe('library', () => {
  const { programme } = caseOf({});
  const sheet = {
    ...{ cooperation: '14-per-chl', subject: 'Diálogo', call: { number: 14, year: 2021 }, language: 'es' },
    ...{ institutions: programme.institutions, publishedAt: '2021-11-05T15:00:00.000Z', themes: ['Diálogo'] },
    ...{ read: true, file: { sha256: 'a', fileName: 'ficha.pdf', mediaType: 'application/pdf', size: 4 } },
    passage: [
      { text: 'Un fondo ', found: false },
      { text: 'público', found: true },
    ],
  };
  const answer = { total: 11, page: 1, pages: 2, sheets: [sheet], countries: [], themes: [], years: [] };

  test('tells sheets with where the words stand, and has them read anew', async () => {
    const server = await testServer();
    server.replies.set('GET /library', () => Response.json(answer));
    const { code, out, err } = await rial(server.url, [
      'library',
      'público',
      '--country',
      'PE',
      '--year',
      '2021',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(server.seen.map(({ query }) => query)).toEqual([{ q: 'público', country: 'PE', year: '2021' }]);
    expect(out).toMatch(
      /^11 fichas, página 1 de 2\n\nCooperación\s+Experiencia\n14-per-chl\s+Diálogo \(Perú ← Chile, 2021\)\n\s+Un fondo público/,
    );
    expect(jsonOf(await rial(server.url, ['library', '--json']))).toEqual(answer);
    server.replies.set('GET /library', () => Response.json({ ...answer, total: 0, sheets: [] }));
    expect((await rial(server.url, ['library', 'x'])).out).toMatch(/^Ninguna ficha publicada/);
    server.replies.set('POST /library/renew', () => Response.json({ sheets: 2 }));
    expect((await rial(server.url, ['library', '--renew'])).out).toMatch(/^Se volverán a leer 2 fichas/);
  });

  test('tells the nearest to a file, and by which words', async () => {
    const server = await testServer();
    const near = [{ ...sheet, shared: ['fondo', 'escuelas'], likeness: 0.4 }];
    server.replies.set('POST /library/nearest', () => Response.json(near));
    const file = 'examples/peru-chile-2021.yaml';
    expect((await rial(server.url, ['nearest', file])).out).toMatch(
      /Diálogo.*\n\s+En común: fondo y escuelas/,
    );
    expect(jsonOf(await rial(server.url, ['nearest', file, '--json']))).toEqual(near);
    server.replies.set('POST /library/nearest', () => Response.json([]));
    expect((await rial(server.url, ['nearest', file])).out).toMatch(/^No hay ninguna ficha publicada/);
    expect((await rial(server.url, ['nearest', 'nowhere.yaml'])).code).not.toBe(0);
  });
});

describe('list', () => {
  test('tells each cooperation, its step and whom it waits on, the overdue first and marked', async () => {
    const { url } = await testServer({
      cases: [
        caseOf({ requests: [chooseDate, overdueQuestion] }),
        caseOf({
          id: '14-brb',
          closedAt: inDays(-1),
          steps: STEPS.map((step) => ({ step, state: 'done' as const })),
        }),
      ],
    });
    const { code, out, err } = await rial(url, ['list']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')[0]).toMatch(/^Cooperación\s+Países\s+Paso\s+Espera a$/);
    expect(line(out, '14-per-chl')).toMatch(
      /^14-per-chl\s+Perú ← Chile\s+1 Reunión de coordinación\s+! MTPE del Perú \(vencida\)$/,
    );
    expect(out).toContain('MTPS de Chile');
    expect(line(out, '14-brb')).toMatch(/Concluida$/);
  });

  test('tells who has to move: the Secretariat where reminders were in vain, or where it is paused', async () => {
    const silent = request({ ...overdueQuestion, forSecretariat: true });
    const { url } = await testServer({
      cases: [
        caseOf({ requests: [silent, chooseDate] }),
        caseOf({ id: '14-brb', pausedAt: inDays(-3), requests: [silent] }),
        caseOf({ id: '14-pry', closedAt: inDays(-1), cancelledAt: inDays(-1) }),
      ],
    });
    const { out } = await rial(url, ['list']);
    expect(line(out, '14-per-chl')).toMatch(
      / {2}! OEA: ampliar, reasignar o dispensar \(sin respuesta: MTPE del Perú\)$/,
    );
    expect(line(out, 'MTPS de Chile')).toMatch(/^ +MTPS de Chile$/);
    const [, first = '', second = ''] = /^(14-brb.*)\n(.*)$/m.exec(out) ?? [];
    expect(first).toMatch(/OEA: reanudar$/);
    // While time stands still nobody is late.
    expect(second).toMatch(/^ +en pausa, hace 3 d +MTPE del Perú$/);
    expect(line(out, '14-pry')).toMatch(/Cancelada$/);
  });

  test('says what to do where there is none', async () => {
    const { url } = await testServer();
    const { code, out } = await rial(url, ['list']);
    expect(code).toBe(0);
    expect(out).toContain('rial start');
  });

  test('--json is what the API returns', async () => {
    const view = caseOf({ requests: [chooseDate] });
    const { url } = await testServer({ cases: [view] });
    const [summary] = jsonOf<CaseSummary[]>(await rial(url, ['list', '--json']));
    expect(summary).toMatchObject({ id: view.id, call: { number: 14, year: 2021 }, open: [chooseDate] });
  });
});

test('copy prints a programme file that lacks what is of one cooperation alone', async () => {
  const view = caseOf();
  const { url } = await testServer({ cases: [view] });
  const { code, out, err } = await rial(url, ['copy', '14-per-chl']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [head, ...lines] = out.split('\n');
  expect(head).toMatch(/^# Copia de 14-per-chl\. Complete el código/);
  const copied = parse(lines.join('\n')) as Record<string, unknown>;
  const { title, institutions } = view.programme;
  expect(copied).toMatchObject({ title, institutions });
  expect(Object.keys(copied)).not.toContain('id');
  expect(jsonOf(await rial(url, ['copy', '14-per-chl', '--json']))).toEqual(copied);
});

test('paragraphs prints what is to be translated as the file that is handed in', async () => {
  const translation = {
    into: 'en' as const,
    paragraphs: [
      { number: 1, part: 'title' as const, text: 'Cooperación', translation: null },
      { number: 2, part: 'contents' as const, text: 'La norma.', translation: 'The rules.' },
    ],
  };
  const asks = request({
    ...{ id: 'coordination/translate-programme.1', kind: 'translate-programme', translation },
    label: 'Traducir el programa',
  });
  const { url } = await testServer({ cases: [caseOf({ requests: [asks, chooseDate] })] });
  const { code, out } = await rial(url, ['paragraphs', '14-per-chl', asks.id]);
  expect(code).toBe(0);
  expect(parse(out)).toEqual({
    into: 'en',
    paragraphs: [
      { number: 1, part: 'title', text: 'Cooperación', translation: '' },
      { number: 2, part: 'contents', text: 'La norma.', translation: 'The rules.' },
    ],
  });
  expect(jsonOf(await rial(url, ['paragraphs', '14-per-chl', asks.id, '--json']))).toEqual(translation);
  const other = await rial(url, ['paragraphs', '14-per-chl', chooseDate.id]);
  expect(other.code).toBe(1);
  expect(other.err).toContain('translate-programme');
});

test('attendance proposes who was there, and changes nothing', async () => {
  const fake = await testServer({ cases: [caseOf()] });
  const file = path.join(await folder(), 'participantes.csv');
  await writeFile(
    file,
    '\uFEFFName;User Email;Guest\nJorge Larrea (Zoom);;No\nRosa Quispe;rosa@sence.example;Yes\n',
    'utf16le',
  );
  const { code, out, err } = await rial(fake.url, ['attendance', '14-per-chl', file]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(parse(out)).toEqual({
    attendance: [{ name: 'Jorge Larrea', party: 'per-mtpe', person: 'per-mtpe-1' }, { name: 'Rosa Quispe' }],
  });
  await writeFile(file, 'hola');
  const none = await rial(fake.url, ['attendance', '14-per-chl', file]);
  expect(none.code).toBe(2);
  expect(none.err).toContain('no es una lista de participantes');
});

describe('open', () => {
  const cases = () => [caseOf({ requests: [approveProgramme, chooseDate, overdueQuestion] })];

  test('is the table of who, since when, until when and what', async () => {
    const { url } = await testServer({ cases: cases() });
    const { code, out, err } = await rial(url, ['open', '14-per-chl']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [heading, first, second] = out.split('\n');
    expect(heading).toMatch(/^Espera a\s+Desde\s+Vence\s+Solicitud$/);
    expect(first).toMatch(
      /^! MTPE del Perú\s+hace 12 d\s+(lun|mar|mié|jue|vie|sáb|dom) \d+ \S+( \d{4})? \d\d:\d\d Lima\s+Responder la pregunta 2$/,
    );
    // Below it that it is overdue, in words too, and the id that `answer` takes.
    expect(second).toMatch(/^\s+documents\/answer-question\.2 {2}vencida$/);
  });

  test('has a row for each party that owes an answer, on the clock of its capital', async () => {
    const { url } = await testServer({ cases: cases() });
    const { out } = await rial(url, ['open', '14-per-chl']);
    const rows = out.split('\n').filter((one) => one.includes('Aprobar los contenidos'));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^MTPE del Perú .* Lima /);
    expect(rows[1]).toMatch(/^MTPS de Chile .* Santiago /);
  });

  test('leaves out who has answered, and what is closed', async () => {
    const answered = request({ ...approveProgramme, owing: ['chl-mtps'] });
    const closed = request({
      ...chooseDate,
      id: 'session-1/choose-date.1',
      closedAt: inDays(-1),
      owing: [],
    });
    const { url } = await testServer({ cases: [caseOf({ requests: [answered, closed] })] });
    const { out } = await rial(url, ['open', '14-per-chl']);
    expect(out).not.toContain('MTPE del Perú');
    expect(out).not.toContain('session-1/choose-date.1');
    expect(out).toContain('MTPS de Chile');
  });

  test('lists the proposed dates with the ids that --marks and --date take, on every clock', async () => {
    const { url } = await testServer({ cases: cases() });
    const { out } = await rial(url, ['open', '14-per-chl']);
    expect(line(out, '2031-08-18-1000')).toMatch(/lun 18 ago 2031 10:00 Lima · 11:00 Santiago, Washington$/);
  });

  test('waits on the Secretariat where every reminder was in vain, and tells who is silent', async () => {
    const silent = request({ ...overdueQuestion, forSecretariat: true });
    const needed = request({
      ...chooseDate,
      id: 'final-report/draft-report.1',
      kind: 'draft-report',
      label: 'x',
      slots: [],
      forSecretariat: true,
    });
    const { url } = await testServer({ cases: [caseOf({ requests: [silent, needed] })] });
    const { out } = await rial(url, ['open', '14-per-chl']);
    const lines = out.split('\n');
    expect(lines[1]).toMatch(/^! OEA +hace 12 d .* Lima +Responder la pregunta 2$/);
    expect(lines[3]?.trim()).toBe('OEA: ampliar, reasignar o dispensar (sin respuesta: MTPE del Perú)');
    // The one who drafts the report cannot be done without.
    expect(out).toContain('OEA: ampliar o reasignar (sin respuesta: MTPS de Chile)');
  });

  test('tells whose answer is done without, and who answers in whose place', async () => {
    const passed = request({
      ...approveProgramme,
      owing: ['per-mtpe'],
      waived: ['chl-mtps'],
      handedOver: [
        { from: 'per-mtpe-1', to: 'per-mtpe-2', absent: false },
        { from: 'per-mtpe-2', to: 'per-mtpe-3', absent: true },
      ],
    });
    const { url } = await testServer({ cases: [caseOf({ requests: [passed] })] });
    const { out } = await rial(url, ['open', '14-per-chl']);
    expect(out).toMatch(/^ +Respuesta dispensada: MTPS de Chile$/m);
    expect(out).toMatch(/^ +Solicitud trasladada: Jorge Larrea → Renzo Cárdenas$/m);
    expect(out).toMatch(/^ +Solicitud trasladada: Renzo Cárdenas → Enrique Árias \(por ausencia\)$/m);
  });

  test('says that it is paused, and how to go on; nobody is late then', async () => {
    const { url } = await testServer({
      cases: [
        caseOf({ pausedAt: inDays(-3), requests: [overdueQuestion] }),
        caseOf({ id: 'gone', closedAt: inDays(-2), cancelledAt: inDays(-2) }),
      ],
    });
    const { out } = await rial(url, ['open', '14-per-chl']);
    expect(out.split('\n')[0]).toMatch(/^En pausa \(hace 3 d\): .* rial resume 14-per-chl --reason …$/);
    expect(out).not.toContain('vencida');
    expect((await rial(url, ['open', 'gone'])).out).toMatch(/^gone: la cooperación fue cancelada \(/);
  });

  test('speaks the language asked for, request and party too', async () => {
    const { url } = await testServer({ cases: cases() });
    const { out } = await rial(url, ['open', '14-per-chl', '--language', 'en']);
    expect(out).toMatch(/^Waits on\s+Since\s+Due\s+Request$/m);
    expect(out).toMatch(/^! MTPE of Peru\s+12 d ago\s+.*Answer question 2$/m);
    expect(out).toContain('overdue');
  });

  test('says so when nothing is open, and when it is over', async () => {
    const { url } = await testServer({ cases: [caseOf(), caseOf({ id: 'over', closedAt: inDays(-2) })] });
    expect((await rial(url, ['open', '14-per-chl'])).out).toContain('no se espera ninguna respuesta');
    expect((await rial(url, ['open', 'over'])).out).toContain('terminó');
  });

  test('--json has the open requests, the overdue first', async () => {
    const { url } = await testServer({ cases: cases() });
    const ids = jsonOf<RequestView[]>(await rial(url, ['open', '14-per-chl', '--json'])).map(({ id }) => id);
    expect(ids[0]).toBe(overdueQuestion.id);
    expect(ids.toSorted()).toEqual([approveProgramme.id, overdueQuestion.id, chooseDate.id].toSorted());
  });

  test.each([80, 50, 34])('fits %i columns of a terminal, and is in colour there', async (columns) => {
    const { url } = await testServer({ cases: cases() });
    const { out } = await rial(url, ['open', '14-per-chl'], { columns });
    expect(out).not.toBe(stripVTControlCharacters(out));
    for (const one of stripVTControlCharacters(out).split('\n'))
      expect(width(one), one).toBeLessThanOrEqual(columns);
  });

  test('has no colours under NO_COLOR, nor in a pipe', async () => {
    const { url } = await testServer({ cases: cases() });
    const quiet = await rial(url, ['open', '14-per-chl'], { columns: 80, env: { NO_COLOR: '1' } });
    const piped = await rial(url, ['open', '14-per-chl'], { env: { FORCE_COLOR: '1', CI: 'true' } });
    expect(quiet.out).toBe(stripVTControlCharacters(quiet.out));
    expect(piped.out).toBe(stripVTControlCharacters(piped.out));
  });

  test('a name that holds escape sequences does not reach the terminal with them', async () => {
    const hostile = request({ ...overdueQuestion, trouble: '\u001b]0;owned\u0007\u001b[2J trouble' });
    const { url } = await testServer({ cases: [caseOf({ requests: [hostile] })] });
    const { out } = await rial(url, ['open', '14-per-chl']);
    expect(out).toContain('trouble');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(out).not.toMatch(/[\u0007\u001b]/);
  });

  test('a cooperation that is not there is refused with what to do', async () => {
    const { url } = await testServer({ cases: cases() });
    const { code, out, err } = await rial(url, ['open', '14-bra-arg']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trim()).toBe('No existe la cooperación «14-bra-arg».\nLas que hay: rial list');
  });

  test.each(['..', '.', ''])('"%s" is no cooperation, and asks nothing else of the server', async (id) => {
    const { url } = await testServer({ cases: cases() });
    expect((await rial(url, ['open', id])).code).toBe(1);
  });
});

describe('show', () => {
  const full = (): CaseView =>
    caseOf({
      steps: STEPS.map((step, index) => ({
        step,
        state: index === 0 ? 'done' : index < 3 ? 'current' : 'ahead',
        ...(step === 'sessions' && { sessions: { held: 1, planned: 3 } }),
      })),
      requests: [chooseDate, overdueQuestion],
      programmeVersions: [1, 2].map((version) => ({
        version,
        cause: `coordination.${version}`,
        madeAt: inDays(-30 + version),
        issuedAt: version === 2 ? inDays(-20) : null,
        hash: sha256(`p${version}`),
        pdf: { file: `documents/programa-v${version}.pdf`, sha256: sha256(`pdf${version}`) },
        docx: { file: `documents/programa-v${version}.docx`, sha256: sha256(`docx${version}`) },
        differences: [],
        ...(version === 1 && { annulledAt: inDays(-28) }),
      })),
      documents: [document('a'), document('b', { version: 2, file: 'documents/doc-1-v2-marco-legal.pdf' })],
      questions: [
        {
          number: 2,
          from: 'chl-mtps',
          by: 'chl-mtps-1',
          to: 'per-mtpe',
          session: 2,
          text: '¿Cuántas escuelas hay?',
          askedAt: inDays(-12),
          answer: null,
          answeredBy: null,
          answeredAt: null,
        },
      ],
      mails: [
        mail('1'),
        mail('2', { file: 'mail/0002-a.eml' }),
        mail('3', {
          file: 'mail/0003-a.eml',
          state: 'refused',
          address: 'pedro.silva@mtps-chile.example',
          response: '550 5.1.1 no such user',
          sentAt: null,
        }),
        mail('4', { file: 'mail/0004-a.eml', state: 'pending', attempts: 0, response: null, sentAt: null }),
      ],
    });

  test('is a summary of everything staff ask about', async () => {
    const { url } = await testServer({ cases: [full()] });
    const { code, out, err } = await rial(url, ['show', '14-per-chl']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Perú ← Chile · 14-per-chl$/m);
    expect(out).toContain('Diálogo social y relaciones laborales: Escuelas de Formación Sindical');
    expect(out).toContain('14.ª convocatoria, 2021 · iniciada hace 40 d');
    expect(out).toMatch(/^● 1 Reunión de coordinación$/m);
    expect(out).toMatch(/^◐ 3 Sesiones de cooperación \(1 de 3\)$/m);
    expect(out).toMatch(/^○ 5 Informe Final$/m);
    expect(line(out, 'Espera a')).toMatch(/! MTPE del Perú — Responder la pregunta 2 \(.* Lima\), vencida$/);
    expect(line(out, 'Próxima sesión')).toMatch(/1\.ª sesión: lun 14 jul 2031 10:00 Lima · 11:00 Santiago$/);
    expect(line(out, 'Programa ')).toMatch(/versión 2, .* Washington, enviada a las delegaciones$/);
    expect(out).toMatch(/versión 1, .* Washington, sin efecto$/m);
    expect(line(out, 'Documentos')).toMatch(
      /doc-1: Marco legal de las escuelas \(versión 2, MTPS de Chile\)$/,
    );
    expect(line(out, 'Preguntas')).toMatch(/1, 1 abierta$/);
    expect(out).toContain('pregunta 2, dirigida al MTPE del Perú (hace 12 d): ¿Cuántas escuelas hay?');
  });

  test('does not count a meeting that was called off as held', async () => {
    const view = full();
    const meeting = { ...view.meeting, recordedAt: null, cancelledAt: inDays(-2) };
    const { url } = await testServer({ cases: [{ ...view, meeting }] });
    expect((await rial(url, ['show', '14-per-chl'])).out).toMatch(
      /^● 1 Reunión de coordinación \(no se realizó\)$/m,
    );
  });

  test('says of a refused mail the address and the server’s reason', async () => {
    const { url } = await testServer({ cases: [full()] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(line(out, 'Correos')).toMatch(/2 enviados, 1 por enviar, 1 rechazado$/);
    expect(line(out, '✖')).toContain('pedro.silva@mtps-chile.example: 550 5.1.1 no such user');
  });

  test('tells the codes of people that --by takes', async () => {
    const { url } = await testServer({ cases: [full()] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(line(out, 'MTPS de Chile: ')).toContain('Cristóbal Auger [chl-mtps-2]');
  });

  test('tells guests too, by session: withdraw and correct take their codes', async () => {
    const view = full();
    const [first] = view.people;
    const guest = { ...(first as CaseView['people'][number]), id: 'guest-2-1', name: 'Gerentes' };
    const people = [...view.people, { ...guest, role: 'guest' as const, session: 2 }];
    const { url } = await testServer({ cases: [{ ...view, people }] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(out).toMatch(/^ +2\.ª sesión, personas invitadas: Gerentes \[guest-2-1\]$/m);
  });

  test('says how many come to the next session, by what their calendars answered', async () => {
    const view = full();
    const sequence = view.sessions[0]?.sequence ?? 0;
    const reply = { session: 1, person: 'per-mtpe-1', sequence, comment: '', at: inDays(-1) };
    const said = { ...view, calendarReplies: [{ ...reply, attending: 'declined' as const }] };
    const { url } = await testServer({ cases: [said] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(out).toMatch(/^ +No asistirá: 1 de \d+ · Sin respuesta: \d+ de \d+$/m);
  });

  test('says whose mailbox answered of late that they are away, of those it waits on', async () => {
    const said = (days: number, person = 'per-mtpe-1') => ({
      ...full(),
      awayReplies: [{ person, at: inDays(days) }],
    });
    const shown = async (view: CaseView) =>
      (await rial((await testServer({ cases: [view] })).url, ['show', '14-per-chl'])).out;
    const away = /: respuesta automática de ausencia \(\p{L}+ \d+ de \p{L}+/u;
    expect(await shown(said(-6))).toMatch(away);
    expect(await shown(said(-8))).not.toMatch(away);
    expect(await shown(said(-6, 'oas-1'))).not.toMatch(away);
  });

  test('says a window that has no date yet', async () => {
    const view = full();
    const [first, ...others] = view.sessions;
    const sessions = [{ ...(first as CaseView['sessions'][number]), recordedAt: inDays(-1) }, ...others];
    const { url } = await testServer({ cases: [{ ...view, sessions }] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(line(out, 'Próxima sesión')).toMatch(/2\.ª sesión: por definir, 16–31 ago 2021$/);
  });

  test('waits on nobody where nothing is open', async () => {
    const { url } = await testServer({ cases: [caseOf()] });
    expect(line((await rial(url, ['show', '14-per-chl'])).out, 'Espera a')).toMatch(/nadie$/);
  });

  describe('where the Secretariat has intervened', () => {
    const changed = () => {
      const view = full();
      const away = { person: 'per-mtpe-1', standIn: 'per-mtpe-2' };
      return caseOf({
        ...view,
        sessions: view.sessions.map((one) => (one.number === 1 ? { ...one, cancelledAt: inDays(-2) } : one)),
        absences: [
          { ...away, from: '2031-08-16', to: '2031-08-20' },
          { ...away, from: '2021-08-16', to: '2021-08-20' },
        ],
        changes: [
          change(1, { change: 'pause' }, { reason: 'Elecciones' }),
          change(2, { change: 'resume' }),
          change(3, { change: 'extend', request: overdueQuestion.id, due: '2031-08-27' }),
          change(4, { change: 'cancel-session', session: 1 }, { reason: 'Bastan dos', madeAt: inDays(-2) }),
        ],
      });
    };

    test('tells sessions that are not held, absences ahead, and the latest changes with their reasons', async () => {
      const { url } = await testServer({ cases: [changed()] });
      const { out } = await rial(url, ['show', '14-per-chl']);
      expect(line(out, 'No se realizan')).toMatch(/1\.ª sesión \(hace 2 d\)$/);
      expect(line(out, 'Próxima sesión')).toContain('2.ª sesión');
      expect(line(out, 'Ausencias')).toMatch(/Jorge Larrea, 16–20 ago 2031: responde Renzo Cárdenas$/);
      expect(out).not.toContain('ago 2021: responde');
      expect(line(out, 'Cambios')).toMatch(/hace 2 d · Sesión cancelada: 1\.ª sesión \(Bastan dos\)$/);
      expect(out).toContain(
        'Plazo ampliado: Responder la pregunta 2, hasta el mié 27 ago 2031 (Así se acordó)',
      );
      expect(out).toContain('… y 1 más');
      expect(out).not.toContain('Elecciones');
    });

    test('says first that it is paused, and why; the Secretariat has to go on', async () => {
      const { url } = await testServer({ cases: [{ ...changed(), pausedAt: inDays(-3) }] });
      const { out } = await rial(url, ['show', '14-per-chl']);
      expect(line(out, 'Estado')).toMatch(/en pausa, hace 3 d \(Elecciones\)$/);
      expect(line(out, 'Espera a')).toMatch(/OEA: reanudar$/);
      expect(out).not.toContain('vencida');
    });

    test('says that it was cancelled, and why', async () => {
      const reason = 'El ministerio se retiró';
      const changes = [change(1, { change: 'cancel' }, { reason })];
      const view = caseOf({ closedAt: inDays(-1), cancelledAt: inDays(-1), changes });
      const { url } = await testServer({ cases: [view] });
      const { out } = await rial(url, ['show', '14-per-chl']);
      expect(line(out, 'Concluyó')).toMatch(/cancelada, .* Washington \(El ministerio se retiró\)$/);
      expect(out).not.toContain('Próxima sesión');
    });

    test('a change of a kind that is written otherwise is told by its kind', async () => {
      const newer = { ...change(1, { change: 'pause' }), kind: 'extend' as const, what: { change: 'new' } };
      const { url } = await testServer({ cases: [caseOf({ changes: [newer] })] });
      const { out } = await rial(url, ['show', '14-per-chl']);
      expect(line(out, 'Cambios')).toMatch(/hace 1 d · Plazo ampliado \(Así se acordó\)$/);
    });

    test.each([80, 50])('fits %i columns', async (columns) => {
      const silent = request({ ...overdueQuestion, forSecretariat: true, waived: ['chl-mtps'] });
      const { url } = await testServer({
        cases: [
          { ...changed(), requests: [silent] },
          { ...changed(), id: 'b', pausedAt: inDays(-3) },
        ],
      });
      for (const args of [
        ['list'],
        ['open', '14-per-chl'],
        ['open', 'b'],
        ['show', '14-per-chl'],
        ['show', 'b'],
      ]) {
        const { out } = await rial(url, args, { columns });
        for (const one of stripVTControlCharacters(out).split('\n'))
          expect(width(one), one).toBeLessThanOrEqual(columns);
      }
    });
  });

  test('says how it ended', async () => {
    const received = request({
      id: 'final-report/receive-report.2',
      kind: 'receive-report',
      label: 'Recibir el Informe Final (versión 2)',
      step: 'final-report',
      asked: asked('oas'),
      owing: [],
      closedAt: inDays(-1),
      outcome: 'approve',
      answers: [
        {
          party: 'oas',
          by: 'oas-1',
          name: 'María Claudia Camacho',
          decision: 'approve',
          content: null,
          door: { door: 'site' },
          at: inDays(-1),
        },
      ],
    });
    const { url } = await testServer({ cases: [caseOf({ closedAt: inDays(-1), requests: [received] })] });
    const { out } = await rial(url, ['show', '14-per-chl']);
    expect(line(out, 'Concluyó')).toMatch(/OEA recibió el Informe Final \(María Claudia Camacho\)$/);
  });

  test('fits 24 lines of 80 columns without the people, and 50 columns at all', async () => {
    const { url } = await testServer({ cases: [full()] });
    const wide = stripVTControlCharacters((await rial(url, ['show', '14-per-chl'], { columns: 80 })).out);
    expect(wide.slice(0, wide.indexOf('Personas')).split('\n').length).toBeLessThanOrEqual(26);
    const narrow = (await rial(url, ['show', '14-per-chl'], { columns: 50 })).out;
    for (const one of stripVTControlCharacters(narrow).split('\n'))
      expect(width(one), one).toBeLessThanOrEqual(50);
  });

  test.each([
    ['en', 'Peru ← Chile', /^◐ 3 Cooperation sessions \(1 of 3\)$/m, 'sent to the delegations'],
    ['pt', 'Peru ← Chile', /^◐ 3 Sessões de cooperação \(1 de 3\)$/m, 'enviada às delegações'],
    ['fr', 'Pérou ← Chili', /^◐ 3 Séances de coopération \(1 sur 3\)$/m, 'envoyée aux délégations'],
  ])('speaks %s', async (language, pair, step, issued) => {
    const { url } = await testServer({ cases: [full()] });
    const { out } = await rial(url, ['show', '14-per-chl'], { env: { RIAL_LANGUAGE: language } });
    expect(out).toContain(pair);
    expect(out).toMatch(step);
    expect(out).toContain(issued);
  });

  test('--json is the whole case as it was served', async () => {
    const view = full();
    const { url } = await testServer({ cases: [view] });
    expect(jsonOf(await rial(url, ['show', '14-per-chl', '--json']))).toEqual(view);
  });
});

describe('report-call', () => {
  const { programme } = caseOf({});
  const figures = {
    ...{
      sessions: 3,
      hours: 4.5,
      documents: 7,
      questions: 2,
      answered: 1,
      reached: 4,
      sheets: 1,
      reports: 1,
      ...{ commitments: 3, kept: 2, lessons: 1 },
    },
  };
  const funding = [{ currency: 'PEN', amount: 1500 }];
  const survey = {
    ...{ answered: 6, shown: 5 },
    counts: Object.fromEntries(SURVEY_QUESTIONS.map((question) => [question, [0, 1, 0, 1, 3]])),
  };
  const report = callReport.parse({
    ...{ call: 14, years: [2021], days: 60, totals: figures, funding },
    states: { running: 0, paused: 0, followedUp: 0, closed: 1, cancelled: 0 },
    requesting: [{ acronym: 'MTPE', country: 'PE', cooperations: 1 }],
    providing: [{ acronym: 'MTPS', country: 'CL', cooperations: 1 }],
    reachedBy: [{ institution: null, woman: 1, man: 2, unstated: 1 }],
    outcomes: { products: 0, processes: 0, training: 1, legislation: 0, 'nothing-yet': 0 },
    survey,
    ...{ expected: 2, changes: { brought: 0, 'in-part': 1, 'not-yet': 0, not: 0 } },
    told: [
      ...[
        {
          ...{ cooperation: '14-per-chl', months: 6, institution: 'MTPE', came: ['training'] },
          ...{ text: 'Un curso.', changes: [{ change: 'Otra malla', seen: 'in-part', said: '' }] },
        },
      ],
    ],
    cooperations: [
      {
        ...{ ...figures, id: '14-per-chl', year: 2021, subject: 'Diálogo', state: 'closed', days: 60 },
        ...{ institutions: programme.institutions, objectives: ['Conocer.'] },
        ...{ startedAt: '2021-06-01T12:00:00.000Z', acceptedAt: '2021-07-31T12:00:00.000Z' },
        waited: { requesting: 5, providing: 12, secretariat: 1, consultant: 0 },
        ...{ survey, funding, learned: ['Que las regiones se coordinen antes.'] },
      },
    ],
  });

  test('tells figures, ministries, people and the same of each cooperation', async () => {
    const { url } = await testServer({
      replies: new Map([['GET /calls/14/report', () => Response.json(report)]]),
    });
    const { code, out } = await rial(url, ['report-call', '14']);
    expect(code).toBe(0);
    expect(line(out, 'Horas de sesión')).toMatch(/4.5$/);
    expect(line(out, 'MTPE, ')).toMatch(/1$/);
    expect(line(out, 'Sin institución conocida')).toMatch(/1 +2 +1$/);
    expect(line(out, 'Días de espera, ministerio que brinda su experiencia')).toMatch(/12$/);
    expect(out).toMatch(/Capacitación[^\n]* 1\n/);
    expect(line(out, 'Encuesta: utilidad')).toMatch(/4.2$/);
    expect(out).toContain('¿Fue útil la cooperación para su institución? 1: 0 · 2: 1 · 3: 0 · 4: 1 · 5: 3');
    expect(out).toMatch(
      /^MTPE, a los 6 meses \(14-per-chl\): [^\n]*\nOtra malla: Se dio en parte\nUn curso\.$/m,
    );
    expect(out).toContain('2 cambios esperados; se informó sobre 1: se dio 0, en parte 1,');
    expect(jsonOf(await rial(url, ['report-call', '14', '--json']))).toEqual(report);
  });

  test('writes it into a file by the ending of its name, in the language of the terminal, and over none', async () => {
    const { url, seen } = await testServer({
      replies: new Map([['GET /calls/14/report/file', () => new Response('%PDF')]]),
    });
    const file = path.join(await folder(), 'informe.PDF');
    const { code, out } = await rial(url, ['report-call', '14', '--out', file]);
    expect([code, out.trim()]).toEqual([0, `Informe de la convocatoria en ${file}.`]);
    expect(seen.map(({ query }) => query)).toEqual([{ format: 'pdf', language: 'es' }]);
    expect(await readFile(file, 'utf8')).toBe('%PDF');
    expect((await rial(url, ['report-call', '14', '--out', file])).code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('%PDF');
    const { code: none, err } = await rial(url, ['report-call', '14', '--out', 'informe.odt']);
    expect([none, err.includes('.pdf, .docx, .csv, .xlsx')]).toEqual([2, true]);
  });

  test('refuses a call that there is none of, with those that there are', async () => {
    const { url } = await testServer({
      replies: new Map([
        ['GET /calls/99/report', refusing(404, { code: 'CallUnknown', call: '99', calls: [14] })],
      ]),
    });
    const { code, err } = await rial(url, ['report-call', '99']);
    expect(code).toBe(1);
    expect(err).toContain('Indique el número de una de estas: 14.');
  });
});

describe('show of one request', () => {
  const again = request({ ...chooseDate, round: 2, again: 'none-suited' });

  test('tells what its mail and its page say, to whoever looks on', async () => {
    const { url } = await testServer({ cases: [caseOf({ requests: [again] })] });
    const { code, out } = await rial(url, ['show', '14-per-chl', again.id]);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual(['Indicar fechas para la 2.ª sesión', again.id]);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'Ninguna de las fechas propuestas anteriormente resultó posible',
    );
    expect(out).toContain('Destinatario: el MTPS de Chile');
    expect(out).not.toContain('Le pedimos');
    const { out: json } = await rial(url, ['show', '14-per-chl', again.id, '--json']);
    expect(JSON.parse(json)).toMatchObject({ id: again.id, again: 'none-suited' });
  });

  test('refuses one that there is none of', async () => {
    const { url } = await testServer({ cases: [caseOf({ requests: [again] })] });
    const { code, err } = await rial(url, ['show', '14-per-chl', 'session-9/choose-date.1']);
    expect(code).toBe(1);
    expect(err).toContain('session-9/choose-date.1');
  });
});
