import { Temporal as Dates } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import type { Appointment } from './letters.ts';
import { sent, told } from './letters.ts';
import { at, example, played } from './stage.ts';

/**
 * A cooperation of 2021 over every change of a clock in that year: in Washington on 14 March and 7 November, in Santiago
 * on 4 April and 5 September. Lima has none.
 */

function programme(): string {
  const document = parseDocument(example('peru-chile-2021.yaml'));
  const session = (date: object, contents: string) => ({ ...date, hours: 2.5, contents });
  document.set('dated', '2021-03-01');
  document.setIn(['coordination', 'date'], '2021-03-10');
  document.set('sessions', [
    session(
      { date: '2021-04-06', starts: '10:00', timezone: 'America/Lima' },
      'Dos días después de Santiago.',
    ),
    session({ window: { from: '2021-09-01', to: '2021-09-10' } }, 'Alrededor del cambio de Santiago.'),
    session(
      { date: '2021-11-02', starts: '10:00', timezone: 'America/Lima' },
      'Antes del cambio de Washington.',
    ),
    session({ date: '2021-11-16', starts: '12:00', timezone: 'America/Santiago' }, 'Después.'),
  ]);
  return document.toString();
}

const SCENARIO = `
title: Los cuatro cambios de hora
until: "2021-11-18 18:00"
answers:
  - { request: confirm-coordination, at: "2021-03-17 10:00" }
  - { request: documents/answer-question-1, at: "2021-04-07 10:00" }
  - { request: documents/answer-question-2, at: "2021-09-07 10:00" }
  - { request: session-2/confirm-date, date: 2021-09-08 }
  - { request: session-3/record-session, at: "2021-11-10 10:00" }
questions:
  - { at: "2021-03-26 10:00", by: per-mtpe-1, to: chl-mtps, session: 1, text: "¿Cuántas horas dura cada escuela?" }
  - { at: "2021-08-26 10:00", by: per-mtpe-1, to: chl-mtps, session: 2, text: "¿Quién la evalúa?" }
`;

test('reminders, sessions and calendars over four changes of the clock', async () => {
  const run = await played(SCENARIO, { programme: programme() });
  const { view } = run;

  // Nine o'clock is another instant before and after: 14:00 and 13:00 UTC in Washington, 12:00 and 13:00 in Santiago.
  const reminders = sent(run, { notice: 'reminder' }).map(
    (letter) => `${letter.at.slice(0, 16)}Z ${letter.party}`,
  );
  expect([...new Set(reminders)]).toEqual([
    '2021-03-12T14:00Z oas',
    '2021-03-16T13:00Z oas',
    '2021-03-30T12:00Z chl-mtps',
    '2021-04-01T12:00Z chl-mtps',
    '2021-04-06T13:00Z chl-mtps',
    '2021-09-02T13:00Z chl-mtps',
    '2021-09-06T12:00Z chl-mtps',
    '2021-11-05T13:00Z oas',
    '2021-11-09T14:00Z oas',
  ]);
  expect(told(run, { notice: 'reminder' }).every((line) => / 09:00 (Washington|Santiago) /.test(line))).toBe(
    true,
  );
  const due = (id: string) => view.requests.find((request) => request.id === id)?.dueAt;
  // At 18:00 on the clock of that day.
  expect(due('coordination/confirm-coordination.1')).toBe('2021-03-12T23:00:00.000Z');
  expect(due('documents/answer-question-1.1')).toBe('2021-04-01T21:00:00.000Z');
  expect(due('documents/answer-question-2.1')).toBe('2021-09-06T21:00:00.000Z');
  expect(due('session-3/record-session.1')).toBe('2021-11-05T22:00:00.000Z');
  // An open question makes an agenda: at nine in Washington, two of its working days before.
  expect(told(run, { notice: 'agenda', to: 'oas' })).toEqual([
    '2021-04-02 09:00 Washington agenda → oas (2)',
    '2021-09-03 09:00 Washington agenda → oas (2)',
  ]);

  // The last slot of a day is half an hour earlier in Lima once Santiago has put its clock on.
  expect(view.requests.find(({ kind }) => kind === 'choose-date')?.slots.map(({ id }) => id)).toEqual([
    '2021-09-01-1000',
    '2021-09-02-1430',
    '2021-09-03-1000',
    '2021-09-08-1330',
    '2021-09-09-1000',
    '2021-09-10-1330',
  ]);
  expect(view.sessions.map(({ startsAt, endsAt }) => `${startsAt} ${endsAt?.slice(11, 16)}`)).toEqual([
    '2021-04-06T15:00:00.000Z 17:30',
    '2021-09-08T18:30:00.000Z 21:00',
    '2021-11-02T15:00:00.000Z 17:30',
    '2021-11-16T15:00:00.000Z 17:30',
  ]);
  expect(at(run.timeline, 'session')).toEqual([
    '2021-04-06 10:00 America/Lima',
    '2021-09-08 13:30 America/Lima',
    '2021-11-02 10:00 America/Lima',
    '2021-11-16 12:00 America/Santiago',
  ]);

  // Each reads their own capital first.
  // The first invitation brings the third and the fourth session, the dates of which the programme has.
  const reads = (to: string) => {
    const [first, third, fourth, second] = sent(run, { to, notice: 'invitation' }).flatMap(({ text }) =>
      [...text.matchAll(/Fecha:\s+([\s\S]*?)\n +(?:Plataforma|Enlace)/g)].map(([, date]) =>
        date?.replaceAll(/\s+/g, ' '),
      ),
    );
    return [first, second, third, fourth];
  };
  expect(reads('chl-mtps-1')).toEqual([
    'martes 6 de abril, 11:00–13:30 (Santiago) · 10:00–12:30 (Lima) · 11:00–13:30 (Washington)',
    'miércoles 8 de septiembre, 15:30–18:00 (Santiago) · 13:30–16:00 (Lima) · 14:30–17:00 (Washington)',
    'martes 2 de noviembre, 12:00–14:30 (Santiago) · 10:00–12:30 (Lima) · 11:00–13:30 (Washington)',
    'martes 16 de noviembre, 12:00–14:30 (Santiago) · 10:00–12:30 (Lima, Washington)',
  ]);
  expect(reads('per-mtpe-1')[3]).toBe(
    'martes 16 de noviembre, 10:00–12:30 (Lima) · 12:00–14:30 (Santiago) · 10:00–12:30 (Washington)',
  );
  expect(reads('oas-1')[1]).toBe(
    'miércoles 8 de septiembre, 14:30–17:00 (Washington) · 13:30–16:00 (Lima) · 15:30–18:00 (Santiago)',
  );

  // A calendar program that knows no zones reads the same from what comes with the appointment.
  const appointments = sent(run, { notice: 'invitation' }).flatMap(({ appointment, further }) => [
    ...(appointment ? [appointment] : []),
    ...further,
  ]);
  expect(new Set(appointments.map(({ timeZone }) => timeZone))).toEqual(
    new Set(['America/Lima', 'America/Santiago']),
  );
  for (const appointment of appointments) expect(byItsOwnZone(appointment)).toBe(appointment.startsAt);
  const santiago = appointments.find(({ timeZone }) => timeZone === 'America/Santiago');
  expect(santiago?.ics.match(/TZOFFSETTO:.*/g)).toEqual(['TZOFFSETTO:-0400', 'TZOFFSETTO:-0300']);
});

/** The start of an appointment by the VTIMEZONE beside it. */
function byItsOwnZone({ ics }: Appointment): string {
  const event = ics.slice(ics.indexOf('BEGIN:VEVENT'));
  const starts = /DTSTART;TZID=[^:]*:(\d{8}T\d{6})/.exec(event)?.[1] ?? '';
  const observances = [...ics.matchAll(/BEGIN:(?:STANDARD|DAYLIGHT)([\s\S]*?)END:/g)]
    .map(([, text = '']) => ({
      onset: /DTSTART:(\w+)/.exec(text)?.[1] ?? '',
      offset: /TZOFFSETTO:([+-]\d{4})/.exec(text)?.[1] ?? '',
    }))
    .filter(({ onset }) => onset <= starts)
    .sort((a, b) => (a.onset < b.onset ? -1 : 1));
  const offset = observances.at(-1)?.offset.replace(/(\d\d)$/, ':$1') ?? '';
  return new Date(Dates.PlainDateTime.from(starts).toZonedDateTime(offset).epochMilliseconds).toISOString();
}
