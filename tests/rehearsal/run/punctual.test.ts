import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../src/domain/dates/dates.ts';
import { sumsOf } from '../../../src/rehearsal/sums.ts';
import { bundled } from '../../support/workflowBundle.ts';
import { violationsOf } from './invariants.ts';
import { sent } from './letters.ts';
import { at, essence, type Run, rehearsed } from './stage.ts';

/** Peru and Chile, when everybody answers on the next working day. */

/** As far as it is played once more. */
const UNTIL = '2021-07-02 09:00';

let run: Run;
let again: Run;
const histories: { workflowId: string; history: unknown }[] = [];
beforeAll(async () => {
  [run, again] = await Promise.all([
    rehearsed(undefined, {
      atEnd: async (stage, { view }) => {
        for (const { id } of view.workflows)
          histories.push({ workflowId: id, history: await stage.history(id) });
      },
    }),
    rehearsed(`until: "${UNTIL}"`),
  ]);
});

test('it reaches the accepted report, in its own year', () => {
  const { view, end, from, to } = run;
  expect({ end, from, day: to.slice(0, 10) }).toEqual({
    end: 'closed',
    from: '2021-06-09T13:00:00.000Z',
    day: '2021-10-12',
  });
  expect(view.closedAt).toBe(to);
  expect(view.requests.find(({ kind }) => kind === 'receive-report')?.outcome).toBe('approve');
  expect(view.mails.every(({ state }) => state === 'sent')).toBe(true);
  expect(run.refusals).toEqual([]);
  expect(violationsOf(run)).toEqual([]);
});

test('two runs tell the same', () => {
  const before = again.timeline.filter(({ kind }) => kind !== 'waiting');
  expect(before.length).toBeGreaterThan(40);
  expect(essence(before)).toEqual(essence(run.timeline.slice(0, before.length)));
});

test('nobody answers but on a working day of theirs, at ten on their clock', () => {
  const country = Object.fromEntries(run.view.programme.institutions.map((one) => [one.id, one.country]));
  for (const answer of run.timeline.filter(({ kind }) => kind === 'answer-received')) {
    const [date = '', time] = answer.local.split(' ');
    expect(time).toBe('10:00');
    expect(isWorkingDay(date, country[answer.party ?? ''] ?? 'US')).toBe(true);
  }
});

test('the slots avoid the holidays of all three countries: 30 August, 8 and 11 October', () => {
  const days = run.view.requests
    .filter(({ kind }) => kind === 'choose-date')
    .flatMap(({ slots }) => slots.map(({ id }) => id.slice(0, 10)));
  expect(days).toHaveLength(12);
  for (const day of days)
    for (const country of ['PE', 'CL', 'US']) expect(isWorkingDay(day, country)).toBe(true);
  for (const holiday of ['2021-08-30', '2021-10-08', '2021-10-11']) expect(days).not.toContain(holiday);
});

test('the sessions are at the right instant before and after Chile puts its clock on', () => {
  expect(at(run.timeline, 'session')).toEqual([
    '2021-07-14 10:00 America/Lima',
    '2021-08-16 10:00 America/Lima',
    '2021-10-01 10:00 America/Lima',
  ]);
  const inSantiago = sent(run, { to: 'chl-mtps-1', notice: 'invitation' }).map(
    ({ subject }) => /\d\d:\d\d/.exec(subject)?.[0],
  );
  expect(inSantiago).toEqual(['11:00', '11:00', '12:00']);
});

test('a punctual delegate gets no reminder, and thirteen mails at most where the coordination meeting is yet to come', () => {
  const delegates = sumsOf(run).mails.filter(({ role }) => role === 'delegate');
  expect(delegates.every(({ reminders }) => reminders === 0)).toBe(true);
  expect(Math.max(...delegates.map(({ sent }) => sent))).toBeLessThanOrEqual(13);
});

test('they are these: to the one who drafts the report twelve, to the one who complements it thirteen', () => {
  expect(sent(run, { to: 'per-mtpe-2' }).map(({ subject }) => subject)).toEqual([
    '[Invitación] Reunión de coordinación, cooperación Perú–Chile — miércoles 9 de junio, 10:00 (Lima)',
    '[Acción requerida] Aprobar los contenidos del programa (versión 1) — hasta el jueves 17 de junio',
    '[Invitación y acción requerida] 1.ª sesión de cooperación — miércoles 14 de julio, 10:00 (Lima) · Documentos, hasta el viernes 9 de julio',
    '[Novedades] Cooperación Perú–Chile: 2 documentos nuevos',
    '[Acción requerida] Indicar fechas para la 2.ª sesión — hasta el viernes 23 de julio · Acta de la 1.ª sesión',
    '[Invitación] 2.ª sesión de cooperación — lunes 16 de agosto, 10:00 (Lima)',
    '[Acción requerida] Indicar fechas para la 3.ª sesión — hasta el martes 24 de agosto · Acta de la 2.ª sesión',
    '[Invitación] 3.ª sesión de cooperación — viernes 1 de octubre, 10:00 (Lima)',
    '[Acta] 3.ª sesión de cooperación — viernes 1 de octubre, 10:00 (Lima)',
    '[Acción requerida] Revisar la ficha de sistematización (versión 1) — hasta el miércoles 20 de octubre',
    '[Acción requerida] Elaborar el Informe Final — hasta el viernes 5 de noviembre · Publicación de la ficha de sistematización',
    '[Cierre] La cooperación Perú–Chile ha concluido',
  ]);
  const chile = sent(run, { to: 'chl-mtps-2' }).map(({ subject }) => subject);
  expect(chile).toHaveLength(13);
  expect(chile.slice(10)).toEqual([
    '[Publicación] Ficha de sistematización de la cooperación Perú–Chile',
    '[Acción requerida] Complementar el Informe Final — hasta el viernes 22 de octubre',
    '[Cierre] La cooperación Perú–Chile ha concluido',
  ]);
  expect(sent(run, { to: 'consultant' }).map(({ notice }) => notice)).toEqual([
    'request',
    'sheet-published',
    'cooperation-closed',
  ]);
});

test('nobody gets two mails in a minute', () => {
  const minutes = run.letters.map(({ person, at }) => `${person} ${at.slice(0, 16)}`);
  expect(minutes.filter((one, index) => minutes.indexOf(one) !== index)).toEqual([]);
});

test('the sheet is published to both ministries, the consultant and the Secretariat on the day, with the file', async () => {
  const [published] = run.view.record.filter(({ kind }) => kind === 'sheet-published');
  const [sheet] = run.view.documents.filter(({ kind }) => kind === 'sheet');
  const day = published?.at.slice(0, 10) ?? '';
  const told = run.letters.filter(
    ({ at, notice, request }) =>
      at.slice(0, 10) === day && (notice === 'sheet-published' || request === 'final-report/draft-report.1'),
  );
  expect(told.map(({ person }) => person).toSorted()).toEqual(
    run.view.people
      .filter(({ role }) => role !== 'guest')
      .map(({ id }) => id)
      .toSorted(),
  );
  for (const { attached } of told) expect(attached).toContain(sheet?.title);
});

describe('what workflows did in a year that is moved', () => {
  test('replays with their ordinary code', async () => {
    const workflowBundle = await bundled();
    expect(histories).toHaveLength(9);
    for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories))
      expect(error).toBeUndefined();
    expect(JSON.stringify(histories)).not.toMatch(/"eventTime":"20(?!21)/);
  });
});
