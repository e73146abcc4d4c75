import { expect, it } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import type { Change } from '../../src/domain/change.ts';
import { alterationItems } from '../../src/words/alterations.ts';

/** The preview of a change shows what stands beside what it comes to, part by part, and nothing that it leaves. */

const own = { timeZone: 'UTC', hours: 2, link: 'https://call.example/1', place: null };
const recorded = {
  minutes: 'Se acordó el marco.\nFalta el costo.',
  attendance: [{ name: 'Ana Paz', party: 'per-mtpe' }, 'Luis Rey'],
  outputs: ['Lista de escuelas'],
};
const commitment = {
  ...{ number: 1, origin: 'session', session: 1, what: 'Enviar el manual', party: 'per-mtpe', person: null },
  ...{ due: '2026-12-15', outcome: null, text: null, withdrawnAt: null },
};
const view = {
  meeting: { ...own, ...recorded, startsAt: '2026-12-01T15:00:00.000Z' },
  sessions: [
    { ...own, ...recorded, number: 1, startsAt: '2026-12-10T15:00:00.000Z', window: null },
    { ...own, ...recorded, number: 2, startsAt: null, window: { from: '2026-12-14', to: '2026-12-18' } },
  ],
  requests: [{ id: 'documents/send-documents.1', dueAt: '2026-12-03T20:00:00.000Z' }],
  people: [
    {
      ...{ id: 'per-mtpe-1', party: 'per-mtpe', name: 'Ana Paz', email: 'ana@mtpe.example', post: null },
      ...{ language: 'es', timeZone: 'America/Lima', active: true, focalPoint: true },
    },
    {
      ...{ id: 'per-mtpe-2', party: 'per-mtpe', name: 'Luis Rey', email: 'luis@mtpe.example', post: 'Jefe' },
      ...{ language: 'es', timeZone: 'America/Lima', active: true, focalPoint: false },
    },
  ],
  commitments: [commitment],
  programme: {
    institutions: [
      { id: 'oas', role: 'secretariat', timezone: 'UTC' },
      {
        id: 'per-mtpe',
        role: 'requesting',
        timezone: 'America/Lima',
        acronym: 'MTPE',
        country: 'PE',
        name: 'X',
      },
    ],
  },
} as unknown as CaseView;
const reader = { language: 'es', now: new Date('2026-11-29T12:00:00.000Z') } as const;
const startsAt = '2026-12-20T15:00:00.000Z';
const due = { change: 'extend', request: 'documents/send-documents.1', due: '2026-12-09' } as const;
const PERSON = 'per-mtpe-2';

it.each<[string, Change, [what: string, note: RegExp][]]>([
  [
    'a date',
    { change: 'reschedule', session: 1, startsAt },
    [['Fecha', /Hasta ahora: .*10 dic.*\nNuevo: .*20 dic/]],
  ],
  [
    'a length',
    { change: 'reschedule', session: 1, hours: 3 },
    [['Duración, en horas', /Hasta ahora: 2.*\nNuevo: 3/]],
  ],
  [
    'a window',
    { change: 'reschedule', session: 2, startsAt },
    [['Fecha', /Hasta ahora: .*14.*18 dic.*\nNuevo: .*20 dic/]],
  ],
  ['a place', { change: 'reschedule-meeting', place: 'Lima' }, [['Lugar', /^Nuevo: Lima$/]]],
  ['more time', due, [['Plazo', /Hasta ahora: .*3 dic.*\nNuevo: .*9 dic/]]],
  [
    'a person',
    {
      change: 'correct-person',
      person: PERSON,
      as: { email: 'l.rey@mtpe.example', post: null, language: 'en' },
    },
    [
      ['Correo electrónico', /^Hasta ahora: luis@mtpe\.example\nNuevo: l\.rey@mtpe\.example$/],
      ['Cargo', /^Hasta ahora: Jefe\nNuevo: .+$/],
      ['Idioma de sus correos', /^Hasta ahora: Español\nNuevo: English$/],
    ],
  ],
  ['what stays', { change: 'correct-person', person: PERSON, as: { name: 'Luis Rey' } }, []],
  [
    'a focal point',
    { change: 'focal-point', person: PERSON },
    [['Punto focal', /: Ana Paz\nNuevo: Luis Rey$/]],
  ],
  [
    'minutes: the lines that are others',
    {
      ...{ change: 'correct-minutes', session: 1, minutes: 'Se acordó el marco.\nEl costo es de 40.' },
      ...{ attendance: ['Luis Rey'], outputs: ['Lista de escuelas', 'Costos'] },
      commitments: [{ what: 'Enviar el manual', owner: PERSON, due: '2026-12-16' }],
    },
    [
      ['Acta', /^Hasta ahora: Falta el costo\.\nNuevo: El costo es de 40\.$/],
      ['Asistencia', /^Hasta ahora: Ana Paz; MTPE.*$/],
      ['Productos', /^Nuevo: Costos$/],
      ['Compromisos', /^Hasta ahora: Enviar el manual — MTPE.*15.*\nNuevo: Enviar el manual — Luis Rey.*16/],
    ],
  ],
  [
    'minutes of the meeting',
    { change: 'correct-meeting', outputs: [] },
    [['Productos', /^Hasta ahora: Lista de escuelas$/]],
  ],
  [
    'a commitment',
    { change: 'correct-commitment', commitment: 1, owner: PERSON, due: '2026-12-16', outcome: 'kept' },
    [
      ['Responsable', /^Hasta ahora: MTPE.*\nNuevo: Luis Rey/],
      ['Fecha', /^Hasta ahora: .*15 dic.*\nNuevo: .*16 dic/],
      ['Qué pasó', /^Hasta ahora: .+\nNuevo: .+/],
    ],
  ],
  ['nothing', { change: 'pause' }, []],
])('%s', (_, change, expected) => {
  const items = alterationItems(change, view, reader);
  expect(items.map(({ text }) => text)).toEqual(expected.map(([what]) => what));
  for (const [n, [, note]] of expected.entries()) expect(items[n]?.note).toMatch(note);
});
