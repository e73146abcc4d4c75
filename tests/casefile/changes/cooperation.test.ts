import { describe, expect, it } from 'vitest';
import { changesOf, enterChange, makeChange, tryChange } from '../../../src/casefile/changes/index.ts';
import { findCooperation } from '../../../src/casefile/cooperations.ts';
import { everyoneOf } from '../../../src/casefile/people.ts';
import { findRequest } from '../../../src/casefile/requests.ts';
import { sessionsOf } from '../../../src/casefile/sessions.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import { caseView } from '../../../src/domain/caseView.ts';
import type { Change } from '../../../src/domain/change.ts';
import {
  approves,
  asked,
  DELEGATIONS,
  invited,
  issued,
  LATER,
  lines,
  made,
  mailStates,
  NOW,
  pending,
  refused,
  setting,
  the,
} from './setting.ts';

setting({ written: true });

const REQUEST = 'documents/send-documents.1';
const PAUSE: Change = { change: 'pause' };
const RESUME: Change = { change: 'resume' };
const CANCEL: Change = { change: 'cancel' };
/** The consultant is among them once the sheet is asked for. */
const WITH_CONSULTANT = [...DELEGATIONS, 'consultant-1'];
const cooperation = () => findCooperation(the().db, the().id);
const view = async (at = NOW) => {
  const found = await viewOf(the().db, the().id, at);
  if (!found) throw new Error('no such cooperation');
  return caseView.parse(found);
};

describe('pausing', () => {
  it('is told to all but guests, once', async () => {
    await invited(1);
    const { told, recorded, effects } = await made(PAUSE);
    expect(told).toEqual(lines(DELEGATIONS, 'paused'));
    expect(recorded).toEqual(['cooperation-paused']);
    expect(effects).toEqual({});
    expect((await cooperation())?.pausedAt).toBe(NOW);
    expect(await refused(PAUSE)).toMatch(/^Paused/);
  });

  it('makes nobody late, and leaves nothing to the Secretariat', async () => {
    await asked(REQUEST, ['per-mtpe']);
    const late = '2021-08-30T15:00:00.000Z';
    expect((await view(late)).requests[0]).toMatchObject({ overdue: true, forSecretariat: true });
    expect((await view(NOW)).requests[0]).toMatchObject({ overdue: false, forSecretariat: false });
    await made(PAUSE);
    expect((await view(late)).requests[0]).toMatchObject({ overdue: false, forSecretariat: false });
    expect((await view(late)).pausedAt).toBe(NOW);
  });

  it('leaves other changes possible', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await made(PAUSE);
    await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' });
    await made({ change: 'reschedule', session: 1, startsAt: '2021-07-21T15:00:00.000Z' });
  });
});

describe('resuming', () => {
  it('moves what is open by the working days that the pause took, and plans its reminders from now', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await asked('systematization/draft-sheet.1', ['consultant'], { dueAt: '2021-07-05T22:00:00.000Z' });
    await asked('coordination/approve-programme.1', ['chl-mtps']);
    await approves('coordination/approve-programme.1', 'chl-mtps-1');
    await made(PAUSE);
    // From Thursday 1 to Thursday 15 July: ten working days in Lima; Washington did not work on Monday 5.
    const { told, recorded, entries } = await made(RESUME, { at: '2021-07-15T17:00:00.000Z' });
    expect(told).toEqual(lines(WITH_CONSULTANT, 'resumed'));
    expect(recorded).toEqual(['cooperation-resumed']);
    expect((await cooperation())?.pausedAt).toBeNull();
    // Friday 9 July, ten working days later.
    const moved = await findRequest(the().db, the().id, REQUEST);
    expect(moved?.dueAt).toBe('2021-07-23T23:00:00.000Z');
    // Each ministry on its own morning: Santiago's comes first.
    expect(moved?.reminders.slice(0, 2)).toEqual(['2021-07-21T13:00:00.000Z', '2021-07-21T14:00:00.000Z']);
    expect((await findRequest(the().db, the().id, 'systematization/draft-sheet.1'))?.dueAt).toBe(
      '2021-07-16T22:00:00.000Z',
    );
    expect((await findRequest(the().db, the().id, 'coordination/approve-programme.1'))?.dueAt).toBe(
      '2021-07-09T23:00:00.000Z',
    );
    expect(entries[0]?.data).toMatchObject({ pausedAt: NOW });
  });

  it('leaves the next working day at least, and what was asked meanwhile its own time', async () => {
    await asked(REQUEST, ['per-mtpe'], { dueAt: '2021-06-29T23:00:00.000Z' });
    await made(PAUSE);
    await asked('final-report/draft-report.1', ['per-mtpe'], {
      openedAt: '2021-07-07T17:00:00.000Z',
      dueAt: '2021-07-20T23:00:00.000Z',
    });
    await made(RESUME, { at: '2021-07-08T17:00:00.000Z' });
    expect((await findRequest(the().db, the().id, REQUEST))?.dueAt).toBe('2021-07-09T23:00:00.000Z');
    expect((await findRequest(the().db, the().id, 'final-report/draft-report.1'))?.dueAt).toBe(
      '2021-07-21T23:00:00.000Z',
    );
  });

  it('within the day moves only what is due before the next', async () => {
    await asked(REQUEST, ['per-mtpe'], { dueAt: '2021-07-14T15:00:00.000Z' });
    await asked('final-report/draft-report.1', ['per-mtpe'], { dueAt: '2021-07-01T23:00:00.000Z' });
    await made(PAUSE);
    await made(RESUME, { at: LATER });
    expect((await findRequest(the().db, the().id, REQUEST))?.dueAt).toBe('2021-07-14T15:00:00.000Z');
    expect((await findRequest(the().db, the().id, 'final-report/draft-report.1'))?.dueAt).toBe(
      '2021-07-02T23:00:00.000Z',
    );
  });

  it('is refused where nothing is paused', async () => {
    expect(await refused(RESUME)).toMatch(/^NotPaused/);
  });
});

describe('cancelling', () => {
  it('ends everything that is open or ahead, tells everyone, and guests by their calendar alone', async () => {
    await issued();
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
    await pending(REQUEST, 'per-mtpe-1');
    await invited(1, '2021-06-29T15:00:00.000Z');
    await the()
      .db.updateTable('session')
      .set({ recordedAt: NOW })
      .where('cooperation', '=', the().id)
      .where('number', '=', 1)
      .execute();
    await invited(2, '2021-08-17T15:00:00.000Z');
    await made(PAUSE);
    const { told, recorded, effects } = await made(CANCEL, { at: LATER });
    expect(told).toEqual([
      ...lines(DELEGATIONS, 'cooperation-cancelled'),
      ...lines([...DELEGATIONS, 'guest-2-1', 'guest-2-2'], 'invitation 2 1 CANCEL cancelled'),
    ]);
    expect(recorded).toEqual(['request-lapsed', 'request-lapsed', 'cooperation-cancelled']);
    expect(effects).toEqual({});
    expect(await cooperation()).toMatchObject({ cancelledAt: LATER, closedAt: LATER, pausedAt: null });
    expect((await findRequest(the().db, the().id, REQUEST))?.lapse).toBe('cooperation-cancelled');
    expect(await mailStates()).toEqual([`${REQUEST} per-mtpe-1 withdrawn`]);
    expect((await sessionsOf(the().db, the().id)).map(({ cancelledAt }) => cancelledAt)).toEqual([
      null,
      LATER,
      LATER,
    ]);
    // As far as it went.
    const { steps, ...shown } = await view(LATER);
    expect(shown).toMatchObject({ cancelledAt: LATER, closedAt: LATER, pausedAt: null });
    expect(steps).toEqual([
      { step: 'coordination', state: 'done' },
      { step: 'documents', state: 'current' },
      { step: 'sessions', state: 'current', sessions: { held: 1, planned: 3 } },
      { step: 'systematization', state: 'ahead' },
      { step: 'final-report', state: 'ahead' },
    ]);
  });

  it.each<Change>([
    { change: 'extend', request: REQUEST, due: '2021-08-16' },
    { change: 'replace', person: 'chl-mtps-1', with: { name: 'Nueva Persona', email: 'nueva@example.org' } },
    { change: 'reschedule', session: 1, startsAt: '2021-07-21T15:00:00.000Z' },
    PAUSE,
    RESUME,
    CANCEL,
  ])('leaves nothing to change: $change', async (change) => {
    await asked(REQUEST, ['per-mtpe']);
    await made(CANCEL);
    expect(await refused(change)).toMatch(/^CooperationOver .*cancelled.*2021-07-01/);
  });

  it.each(['cancelled', 'closed'])('that is %s lets go whoever leaves, and nobody is told', async (how) => {
    const { db } = the();
    if (how === 'cancelled') await made(CANCEL);
    else
      await db
        .updateTable('cooperation')
        .set({ closedAt: NOW, followedUpAt: NOW })
        .where('id', '=', the().id)
        .execute();
    // Of each role; nobody has to be left of an institution.
    const active = async () =>
      (await everyoneOf(db, the().id)).filter((one) => one.active).map(({ id }) => id);
    for (const person of await active()) {
      const { told, recorded } = await made({ change: 'remove-person', person });
      expect([told, recorded]).toEqual([[], ['person-left']]);
    }
    expect(await active()).toEqual([]);
    expect(await refused({ change: 'remove-person', person: 'chl-mtps-1' })).toMatch(/^PersonLeft/);
  });

  it('is not possible once the report was accepted', async () => {
    await the()
      .db.updateTable('cooperation')
      .set({ closedAt: NOW, followedUpAt: NOW })
      .where('id', '=', the().id)
      .execute();
    expect(await refused(CANCEL)).toMatch(/^CooperationOver .*accepted/);
  });
});

describe('a change', () => {
  const extend = (due: string): Change => ({ change: 'extend', request: REQUEST, due });
  const enter = (what: Change, reason = 'Porque sí.') =>
    enterChange(the().db, the().id, { what, reason }, NOW);

  it('is entered once until it is made, and anew after that', async () => {
    await asked(REQUEST, ['per-mtpe']);
    expect(await enter(extend('2021-07-16'))).toBe(1);
    expect(await enter(extend('2021-07-16'), 'Por otra cosa.')).toBe(2);
    expect(await enter(extend('2021-07-16'))).toBe(1);
    await makeChange(the().db, the().id, 1, NOW);
    expect(await enter(extend('2021-07-16'))).toBe(3);
    expect(await makeChange(the().db, the().id, 3, NOW)).toMatchObject({ refusal: { code: 'DateNotLater' } });
    expect((await changesOf(the().db, the().id)).map(({ madeAt }) => madeAt)).toEqual([NOW, null, null]);
    expect((await view()).changes).toEqual([
      {
        number: 1,
        kind: 'extend',
        what: extend('2021-07-16'),
        reason: 'Porque sí.',
        by: null,
        madeAt: NOW,
      },
    ]);
  });

  it('that was refused stays refused, and is another when it is asked for again', async () => {
    const close = (outcome: string | null) =>
      the()
        .db.updateTable('request')
        .set({ closedAt: outcome && NOW, outcome })
        .where('cooperation', '=', the().id)
        .execute();
    await asked(REQUEST, ['per-mtpe']);
    expect(await enter(extend('2021-07-16'))).toBe(1);
    await close('lapsed');
    const refusal = { refusal: { code: 'RequestClosed' } };
    expect(await makeChange(the().db, the().id, 1, NOW)).toMatchObject(refusal);
    await close(null);
    expect(await makeChange(the().db, the().id, 1, LATER)).toMatchObject(refusal);
    expect(await enter(extend('2021-07-16'))).toBe(2);
    expect(await makeChange(the().db, the().id, 2, LATER)).toMatchObject({ tells: true });
  });

  it('that is made twice at once is made once', async () => {
    await asked(REQUEST, ['per-mtpe']);
    await enter(extend('2021-07-16'));
    const both = await Promise.all([
      makeChange(the().db, the().id, 1, NOW),
      makeChange(the().db, the().id, 1, LATER),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect((await view()).record.filter(({ kind }) => kind === 'request-extended')).toHaveLength(1);
  });

  it('that was not entered is unknown', async () => {
    expect(await makeChange(the().db, the().id, 9, NOW)).toMatchObject({
      refusal: { code: 'ChangeUnknown' },
    });
  });

  it('is told beforehand by name and party', async () => {
    await asked(REQUEST, ['oas']);
    const tried = await tryChange(the().db, the().id, { what: extend('2021-07-16'), reason: 'Por.' }, NOW);
    if ('refusal' in tried) throw new Error(tried.refusal.code);
    expect(tried.told.map(({ name, party }) => [name, party])).toEqual([
      ['María Claudia Camacho', 'oas'],
      ['Guillermo Calzada', 'oas'],
    ]);
  });
});

describe('the view', () => {
  it('shows who does without, hands over and stands in', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' });
    await made({ change: 'hand-over', request: REQUEST, from: 'per-mtpe-1', to: 'per-mtpe-2' });
    await made({
      change: 'absence',
      person: 'per-mtpe-3',
      from: '2021-07-01',
      to: '2021-07-02',
      standIn: 'per-mtpe-2',
    });
    await approves(REQUEST, 'per-mtpe-2', LATER);
    const { requests, absences } = await view(LATER);
    expect(requests[0]).toMatchObject({
      waived: ['chl-mtps'],
      owing: [],
      handedOver: [
        { from: 'per-mtpe-1', to: 'per-mtpe-2', absent: false },
        { from: 'per-mtpe-3', to: 'per-mtpe-2', absent: true },
      ],
      answers: [{ by: 'per-mtpe-2', inPlaceOf: 'per-mtpe-3' }],
    });
    expect(absences).toEqual([
      { person: 'per-mtpe-3', from: '2021-07-01', to: '2021-07-02', standIn: 'per-mtpe-2' },
    ]);
  });
});
