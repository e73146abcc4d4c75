import { expect, test } from 'vitest';
import { sent } from './letters.ts';
import { played, type Run } from './stage.ts';

/** The coordination meeting: convened, moved, given another link, not held, held on another date, called off. */

const CONVOCATION = { notice: 'convocation', to: 'chl-mtps-1' };

/** What a person's calendar is told of the meeting: the instant, SEQUENCE and METHOD, and how to be there. */
const calendar = (run: Run) =>
  sent(run, CONVOCATION).map(({ appointment }) => {
    const { uid, sequence, method, startsAt, endsAt, where } = appointment ?? {};
    return [uid?.split('@')[0], sequence, method, startsAt?.slice(0, 16), endsAt?.slice(11, 16), where].join(
      ' ',
    );
  });

test('it is convened first, and those convened hear of each change, and of the date after one that was not held', async () => {
  const run = await played('meeting.yaml');
  expect(calendar(run)).toEqual([
    '14-per-chl.coordination 0 REQUEST 2021-06-09T15:00 16:30 ',
    '14-per-chl.coordination 1 REQUEST 2021-06-10T14:00 15:30 ',
    '14-per-chl.coordination 2 REQUEST 2021-06-10T14:00 15:30 https://meet.oas.example/14',
    '14-per-chl.coordination 3 REQUEST 2021-06-18T14:00 15:30 https://meet.oas.example/14',
  ]);
  const [first, moved, details, anew] = sent(run, CONVOCATION);
  // The first mail of all introduces the cooperation: who, what for, and in which five steps.
  expect(sent(run, { to: 'chl-mtps-1' })[0]).toBe(first);
  expect(first?.text).toMatch(/Quiénes participan[\s\S]*Para qué[\s\S]*los cinco pasos/);
  expect(first?.text).toContain('Escuela');
  expect(moved?.subject).toMatch(/^\[Cambio de fecha\] Reunión de coordinación/);
  expect(moved?.text).toContain('La delegación de Chile lo pidió.');
  expect(moved?.text).not.toContain('Quiénes participan');
  expect(details?.subject).toMatch(/^\[Datos actualizados\]/);
  expect(anew?.text).toContain('Se cortó la luz en Lima.');
  expect(anew?.text).toContain('https://meet.oas.example/14');

  // Whoever it convened has it: all delegates, and the Secretariat.
  expect(sent(run, { notice: 'convocation' }).filter(({ at }) => at === first?.at)).toHaveLength(11);
  expect(run.view.meeting).toMatchObject({
    startsAt: '2021-06-18T14:00:00.000Z',
    notHeldAt: null,
    sequence: 3,
  });
  // What it agreed on is read with the programme that is to be approved.
  const { minutes, recordedAt } = run.view.meeting;
  expect(recordedAt?.slice(0, 10)).toBe('2021-06-21');
  const answered = run.view.requests
    .filter(({ kind }) => kind === 'confirm-coordination')
    .flatMap(({ answers }) => answers)
    .find(({ decision }) => decision === 'done');
  const written = run.view.contents.find(({ hash }) => hash === answered?.content)?.value;
  const { minutes: agreed } = written as { minutes: string };
  const [asked] = sent(run, {
    notice: 'request',
    request: 'coordination/approve-programme',
    to: 'chl-mtps-1',
  });
  const plain = (text = '') => text.replaceAll(/\s*\n>?\s*/g, ' ');
  expect(plain(asked?.text)).toContain(`Lo acordado en la reunión de coordinación ${plain(agreed)}`);

  // Corrected the day after, it goes to all who had it, with the reason; the first stays on record.
  const corrected = sent(run, { notice: 'meeting-corrected' });
  expect(corrected).toHaveLength(11);
  expect(new Set(corrected.map(({ at }) => at.slice(0, 10)))).toEqual(new Set(['2021-06-22']));
  const [mail] = sent(run, { notice: 'meeting-corrected', to: 'chl-mtps-1' });
  expect(mail?.subject).toMatch(/^\[Acta corregida\] Reunión de coordinación/);
  for (const text of ['Faltaba el acuerdo sobre el idioma.', 'Las sesiones serán en español.'])
    expect(plain(mail?.text)).toContain(text);
  expect(minutes).toMatch(/^Las sesiones serán en español\./);
  expect(run.view.record.filter(({ kind }) => kind === 'meeting-corrected')).toHaveLength(1);
});

test('one that is called off leaves the calendars, and the programme goes out without it', async () => {
  const run = await played(`
title: Reunión desconvocada
from: "2021-05-24 09:00"
until: "2021-06-08 18:00"
changes:
  - at: "2021-05-31 10:00"
    reason: Los contenidos se acordaron por correo.
    cancel-meeting: true
`);
  expect(calendar(run)).toEqual([
    '14-per-chl.coordination 0 REQUEST 2021-06-09T15:00 16:30 ',
    '14-per-chl.coordination 1 CANCEL 2021-06-09T15:00 16:30 ',
  ]);
  expect(sent(run, CONVOCATION)[1]?.text).toContain('Los contenidos se acordaron por correo.');
  expect(run.view.requests.some(({ kind }) => kind === 'confirm-coordination')).toBe(false);
  const approval = run.view.requests.find(({ kind }) => kind === 'approve-programme');
  expect(approval?.openedAt.slice(0, 10)).toBe('2021-05-31');
  expect(approval?.meeting).toBeNull();
  expect(run.view.meeting.cancelledAt).not.toBeNull();
  expect(run.refusals).toEqual([]);
});
