import { describe, expect, it, test } from 'vitest';
import { meetingOf } from '../../../src/casefile/meetings.ts';
import { nextSequence } from '../../../src/casefile/sessions.ts';
import { COORDINATION_MEETING } from '../../../src/domain/methodology.ts';
import { answers, asked, DELEGATIONS, file, lines, made, NOW, refused, setting, the } from './setting.ts';

setting({ written: true });

/** A meeting that is ahead on 9 July, to which everyone was convened. */
async function ahead(convened = true): Promise<void> {
  await file((programme) => {
    programme.coordination.date = '2021-07-09';
  });
  const { db, id } = the();
  if (convened) await nextSequence(db, id, COORDINATION_MEETING, 'coordination.1');
}

const STARTS = '2021-07-09T15:00:00.000Z';
const LATER = '2021-07-12T15:00:00.000Z';

test('moved, it is told to all who were convened, under the next SEQUENCE', async () => {
  await ahead();
  const { effects, told, recorded, programmeChanges } = await made({
    change: 'reschedule-meeting',
    startsAt: LATER,
  });
  expect(effects).toEqual({ meeting: { endsAt: '2021-07-12T16:30:00.000Z' } });
  expect(told).toEqual(lines(DELEGATIONS, `convocation 1 REQUEST moved ${STARTS}`));
  expect(recorded).toEqual(['meeting-changed']);
  // The programme prints no date of the meeting's.
  expect(programmeChanges).toEqual([]);
  const { db, id } = the();
  expect(await meetingOf(db, id)).toMatchObject({ startsAt: LATER, sequence: 1 });
});

test('another link or place is told as that; nobody hears of it who was not convened', async () => {
  await ahead();
  const link = 'https://meet.oas.example/14';
  expect((await made({ change: 'reschedule-meeting', link })).told).toEqual(
    lines(DELEGATIONS, 'convocation 1 REQUEST details'),
  );
  await ahead(false);
  expect((await made({ change: 'reschedule-meeting', link, place: 'Lima' })).told).toEqual([]);
});

test('a new date closes what is asked about the one before, and makes it ahead again', async () => {
  await ahead();
  await asked('coordination/confirm-coordination.1', ['oas']);
  await answers('coordination/confirm-coordination.1', 'oas-1', { decision: 'not-held' });
  const { db, id } = the();
  expect((await meetingOf(db, id)).notHeldAt).not.toBeNull();
  await asked('coordination/set-meeting.1', ['oas']);
  const { recorded } = await made({ change: 'reschedule-meeting', startsAt: LATER });
  expect(recorded).toEqual(['meeting-changed', 'request-lapsed']);
  expect(await meetingOf(db, id)).toMatchObject({ startsAt: LATER, notHeldAt: null });
});

test('called off, it leaves the calendars of those convened, and can be changed no more', async () => {
  await ahead();
  const { told, recorded } = await made({ change: 'cancel-meeting' });
  expect(told).toEqual(lines(DELEGATIONS, 'convocation 1 CANCEL cancelled'));
  expect(recorded).toEqual(['meeting-cancelled']);
  expect(await refused({ change: 'cancel-meeting' })).toMatch(/^MeetingOver.*cancelled/);
  expect(await refused({ change: 'reschedule-meeting', startsAt: LATER })).toMatch(/^MeetingOver/);
});

test('what is past, the same, too long or recorded is refused', async () => {
  await ahead();
  expect(await refused({ change: 'reschedule-meeting', startsAt: STARTS })).toMatch(/^MeetingSame/);
  expect(await refused({ change: 'reschedule-meeting', startsAt: '2021-06-30T15:00:00.000Z' })).toMatch(
    /^DatePast/,
  );
  const { db, id } = the();
  await db.updateTable('meeting').set({ recordedAt: STARTS }).where('cooperation', '=', id).execute();
  expect(await refused({ change: 'reschedule-meeting', startsAt: LATER })).toMatch(/^MeetingOver.*recorded/);
});

describe('what it agreed, corrected', () => {
  const AGREED = 'Se acordó.';
  const recorded = async () => {
    await ahead();
    const set = { minutes: AGREED, attendance: JSON.stringify(['Ana']), outputs: JSON.stringify(['Ruta']) };
    const { db, id } = the();
    await db
      .updateTable('meeting')
      .set({ ...set, recordedAt: '2021-07-01T12:00:00.000Z' })
      .where('cooperation', '=', id)
      .execute();
  };
  const meeting = () => meetingOf(the().db, the().id);

  it('takes the place of what stood, in what is given; those who had it with the programme are told', async () => {
    await recorded();
    await asked('coordination/approve-programme.1', ['per-mtpe', 'chl-mtps'], { openedAt: NOW });
    const { told, recorded: entries } = await made({
      change: 'correct-meeting',
      minutes: 'Se acordó otra cosa.',
    });
    expect(told).toEqual(lines(DELEGATIONS, 'meeting-corrected'));
    expect(entries).toEqual(['meeting-corrected']);
    expect(await meeting()).toMatchObject({
      ...{ minutes: 'Se acordó otra cosa.', attendance: ['Ana'], outputs: ['Ruta'] },
    });
    await made({ change: 'correct-meeting', attendance: ['Ana', 'Luis'], outputs: [] });
    expect(await meeting()).toMatchObject({
      ...{ minutes: 'Se acordó otra cosa.', attendance: ['Ana', 'Luis'], outputs: [] },
    });
  });

  it('goes to nobody who has had nothing of it yet', async () => {
    await recorded();
    // What was asked before was of a record that was annulled.
    await asked('coordination/approve-programme.1', ['per-mtpe', 'chl-mtps']);
    expect((await made({ change: 'correct-meeting', outputs: [] })).told).toEqual([]);
  });

  it('is nothing where nothing is recorded, and where it is the same', async () => {
    await ahead();
    expect(await refused({ change: 'correct-meeting', minutes: AGREED })).toMatch(/^MeetingNotRecorded/);
    await recorded();
    expect(await refused({ change: 'correct-meeting', minutes: AGREED })).toMatch(/^AgreedTheSame/);
    expect(await refused({ change: 'correct-meeting' })).toMatch(/^AgreedTheSame/);
  });
});

test('whoever takes another’s place is convened, and the other no more; a corrected address gets it again', async () => {
  await ahead();
  const replaced = await made({
    change: 'replace',
    person: 'chl-mtps-2',
    with: { name: 'Nueva Persona', email: 'nueva@mtps.example' },
  });
  expect(replaced.told.filter((line) => line.includes('convocation'))).toEqual([
    'chl-mtps-2 convocation 1 CANCEL withdrawn',
    'chl-mtps-5 convocation 1 REQUEST new',
  ]);
  const corrected = await made({
    change: 'correct-person',
    person: 'per-mtpe-1',
    as: { email: 'otra@mtpe.example' },
  });
  expect(corrected.told).toEqual(['per-mtpe-1 convocation 2 REQUEST new']);
});

test('a cooperation that is cancelled before it takes it off the calendars', async () => {
  await ahead();
  const { told } = await made({ change: 'cancel' });
  expect(told.filter((line) => line.includes('convocation'))).toEqual(
    lines(DELEGATIONS, 'convocation 1 CANCEL cancelled'),
  );
});
