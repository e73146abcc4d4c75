import { describe, expect, it } from 'vitest';
import { enterChange, makeChange, tryChange } from '../../../src/casefile/changes/index.ts';
import { findCooperation } from '../../../src/casefile/cooperations.ts';
import { findPerson, invitedTo } from '../../../src/casefile/people.ts';
import { addToRecord } from '../../../src/casefile/record.ts';
import { findRequest } from '../../../src/casefile/requests.ts';
import { nextSequence, nextSession, sessionOf, sessionsOf } from '../../../src/casefile/sessions.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import type { Change, ChangeOf } from '../../../src/domain/change.ts';
import { sessionsIn } from './sessionsIn.ts';
import {
  asked,
  CHILE,
  DELEGATIONS,
  file,
  invited,
  issued,
  LATER,
  lines,
  made,
  mailStates,
  NOW,
  OAS,
  PERU,
  pending,
  refused,
  setting,
  the,
} from './setting.ts';

setting();

const reschedule = (session: number, what: Omit<ChangeOf<'reschedule'>, 'change' | 'session'>): Change => ({
  change: 'reschedule',
  session,
  ...what,
});
const session = (number: number) => sessionOf(the().db, the().id, number);
const planned = async (number: number) =>
  (await findCooperation(the().db, the().id))?.plan.sessions.find((one) => one.number === number);
const held = async (number: number) =>
  the()
    .db.updateTable('session')
    .set({ recordedAt: NOW })
    .where('cooperation', '=', the().id)
    .where('number', '=', number)
    .execute();

describe('what follows', () => {
  const follows = async (what: Change) => {
    const foreseen = await tryChange(the().db, the().id, { what, reason: 'x' }, NOW);
    return 'follows' in foreseen ? foreseen.follows : foreseen;
  };
  const dated = { startsAt: '2021-08-25T16:00:00.000Z' };

  it('is the invitation where nobody is invited yet, with the next version where a date was being looked for', async () => {
    const invitation = { follows: 'invitation', session: 2, version: false };
    expect(await follows(reschedule(2, dated))).toEqual([{ ...invitation, approved: false }]);
    await issued();
    expect(await follows(reschedule(2, dated))).toEqual([{ ...invitation, approved: true }]);
    await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
    expect(await follows(reschedule(2, dated))).toEqual([{ ...invitation, approved: true, version: true }]);
    expect(await follows(reschedule(2, { link: 'https://meet.example/2' }))).toEqual([]);
    // Of another date of one that people are invited to they are told with it.
    await invited(1);
    expect(await follows(reschedule(1, dated))).toEqual([]);
  });

  it('is the sheet where no session is left to be held', async () => {
    await issued();
    await held(1);
    expect(await follows({ change: 'cancel-session', session: 2 })).toEqual([]);
    await held(2);
    expect(await follows({ change: 'cancel-session', session: 3 })).toEqual([{ follows: 'systematization' }]);
  });
});

describe('another date', () => {
  const MOVED = '2021-07-21T15:00:00.000Z';

  it('on a weekend, or soon, is told before it is made, and not refused', async () => {
    await issued();
    const given = { what: reschedule(2, { startsAt: '2021-08-21T16:00:00Z' }), reason: 'x' };
    expect(await tryChange(the().db, the().id, given, '2021-08-16T12:00:00Z')).toMatchObject({
      warnings: [
        { code: 'MeetsOnWeekend', session: 2, date: '2021-08-21' },
        { code: 'NoticeShort', session: 2, date: '2021-08-21', days: 4 },
      ],
    });
    const link = { what: reschedule(1, { link: 'https://meet.example/1' }), reason: 'x' };
    expect(await tryChange(the().db, the().id, link, NOW)).toMatchObject({ warnings: [] });
  });

  it('reaches everyone who was invited, with the date before and a higher SEQUENCE', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    const { told, programmeChanges, effects, recorded } = await made(
      reschedule(2, { startsAt: '2021-08-19T16:00:00Z' }),
    );
    expect(told).toEqual(
      lines(
        [...DELEGATIONS, 'guest-2-1', 'guest-2-2'],
        'invitation 2 1 REQUEST moved 2021-08-17T15:00:00.000Z',
      ),
    );
    expect(programmeChanges).toEqual(['session-moved']);
    expect(recorded).toEqual(['session-changed']);
    expect(effects).toEqual({
      session: {
        number: 2,
        startsAt: '2021-08-19T16:00:00.000Z',
        endsAt: '2021-08-19T18:30:00.000Z',
        // Four weeks before, at 09:00 in Washington.
        opensAt: '2021-07-22T13:00:00.000Z',
        settlesAt: '2021-08-12T13:00:00.000Z',
        // 09:00 in Washington, two working days before.
        agendaAt: '2021-08-17T13:00:00.000Z',
      },
    });
    expect(await session(2)).toMatchObject({
      startsAt: '2021-08-19T16:00:00.000Z',
      endsAt: '2021-08-19T18:30:00.000Z',
      sequence: 1,
    });
    expect((await planned(2))?.date?.startsAt).toBe('2021-08-19T16:00:00.000Z');
  });

  it('can be told an hour before the session was to start', async () => {
    await issued();
    await invited(1);
    const { told, effects } = await made(reschedule(1, { startsAt: '2021-07-15T15:00:00.000Z' }), {
      at: '2021-07-14T14:00:00.000Z',
    });
    expect(told).toHaveLength(DELEGATIONS.length);
    // Its agenda is due already: it goes with the invitation.
    expect(effects.session).toEqual({
      number: 1,
      startsAt: '2021-07-15T15:00:00.000Z',
      endsAt: '2021-07-15T17:30:00.000Z',
      opensAt: '2021-06-17T13:00:00.000Z',
      settlesAt: '2021-07-08T13:00:00.000Z',
    });
  });

  it('of a session nobody was invited to yet goes with the programme, to the delegations', async () => {
    await issued();
    const { told, programmeChanges } = await made(reschedule(1, { startsAt: MOVED, hours: 2 }));
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 1'));
    expect(programmeChanges).toEqual(['session-moved', 'session-details']);
    expect(await session(1)).toMatchObject({ endsAt: '2021-07-21T17:00:00.000Z', sequence: -1 });
    // The programme has it: the invitation to come makes no other version.
    expect((await planned(1))?.date?.startsAt).toBe(MOVED);
    expect(await planned(1)).toHaveProperty('opensAt');
  });

  it('of a session that had a window gives it a date', async () => {
    await issued();
    const { told } = await made(reschedule(3, { startsAt: '2021-10-06T15:00:00.000Z' }));
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 3'));
    expect(await planned(3)).not.toHaveProperty('window');
  });

  it('leaves it to the first draft while there is none, and asks for a new one while one is with the ministries', async () => {
    expect(await made(reschedule(1, { startsAt: MOVED }))).toMatchObject({ told: [], programmeChanges: [] });
    await issued('coordination', false);
    expect(await made(reschedule(1, { startsAt: '2021-07-22T15:00:00.000Z' }))).toMatchObject({
      told: [],
      programmeChanges: [],
      effects: { approval: true },
    });
    // The date that is filed still stands in the plan: whoever is invited gets the programme with the new one.
    expect((await planned(1))?.date?.startsAt).toBe('2021-07-14T15:00:00.000Z');
    await asked('coordination/revise-programme.1', ['oas']);
    const { effects } = await made(reschedule(1, { startsAt: '2021-07-23T15:00:00.000Z' }));
    expect(effects).not.toHaveProperty('approval');
  });

  it('sets an end to the search for one: its workflow invites', async () => {
    await issued();
    await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
    await asked('session-3/choose-date.1', ['per-mtpe', 'chl-mtps']);
    await the()
      .db.insertInto('answer')
      .values({
        cooperation: the().id,
        request: 'session-2/choose-date.1',
        party: 'chl-mtps',
        by: 'chl-mtps-1',
        decision: 'marks',
        content: null,
        data: '{}',
        at: NOW,
      })
      .execute();
    await pending('session-2/choose-date.1', 'per-mtpe-1');
    const { told, programmeChanges, recorded, effects } = await made(
      reschedule(2, { startsAt: '2021-08-19T16:00:00.000Z' }),
      { at: LATER },
    );
    expect(told).toEqual(lines(PERU, 'request-released session-2/choose-date.1 superseded'));
    expect(programmeChanges).toEqual([]);
    expect(recorded).toEqual(['session-changed', 'request-lapsed']);
    expect(effects.session?.startsAt).toBe('2021-08-19T16:00:00.000Z');
    expect(await findRequest(the().db, the().id, 'session-2/choose-date.1')).toMatchObject({
      closedAt: LATER,
      lapse: 'superseded',
    });
    expect((await findRequest(the().db, the().id, 'session-3/choose-date.1'))?.closedAt).toBeNull();
    expect(await mailStates()).toEqual(['session-2/choose-date.1 per-mtpe-1 withdrawn']);
    expect(await planned(2)).toHaveProperty('window');
  });

  it('takes the place of a record that is asked for, and invites anew', async () => {
    await issued();
    await invited(1, '2021-06-29T15:00:00.000Z');
    await asked('session-1/record-session.1', ['oas']);
    const { told } = await made(reschedule(1, { startsAt: MOVED }));
    expect(told).toEqual([
      ...lines(OAS, 'request-released session-1/record-session.1 superseded'),
      ...lines(DELEGATIONS, 'invitation 1 1 REQUEST moved 2021-06-29T15:00:00.000Z'),
    ]);
    expect((await findRequest(the().db, the().id, 'session-1/record-session.1'))?.lapse).toBe('superseded');
  });

  it('is refused where it is past, the same, or there is no such session', async () => {
    expect(await refused(reschedule(1, { startsAt: '2021-06-30T15:00:00.000Z' }))).toMatch(/^DatePast/);
    expect(await refused(reschedule(1, { startsAt: NOW }))).toMatch(/^DatePast/);
    expect(await refused(reschedule(1, { startsAt: '2021-07-14T15:00:00Z' }))).toMatch(/^SessionSame/);
    expect(await refused(reschedule(1, {}))).toMatch(/^SessionSame/);
    expect(await refused(reschedule(7, { startsAt: MOVED }))).toMatch(/^SessionUnknown .*\[1,2,3\]/);
    await held(1);
    expect(await refused(reschedule(1, { startsAt: MOVED }))).toMatch(/^SessionRecorded/);
    await made({ change: 'cancel-session', session: 2 });
    expect(await refused(reschedule(2, { startsAt: MOVED }))).toMatch(/^SessionCancelled/);
  });
});

describe('other details', () => {
  const details = { link: 'https://zoom.us/j/1', place: 'Ministerio, Lima' };

  it('go to everyone who was invited', async () => {
    await issued();
    await invited(1);
    const { told, programmeChanges } = await made(reschedule(1, { ...details, hours: 1.5 }));
    expect(told).toEqual(lines(DELEGATIONS, 'invitation 1 1 REQUEST details'));
    expect(programmeChanges).toEqual(['session-details']);
    expect(await session(1)).toMatchObject({ ...details, endsAt: '2021-07-14T16:30:00.000Z' });
  });

  it('of a session without a date go with the programme’s next version', async () => {
    await issued();
    const { told, programmeChanges, effects } = await made(reschedule(2, details));
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 2'));
    expect(programmeChanges).toEqual(['session-details']);
    expect(effects).toEqual({ session: { number: 2 } });
    expect(await session(2)).toMatchObject({ ...details, startsAt: null, hours: 2.5 });
  });

  it('of one whose date is being looked for come with the invitation, and end nothing', async () => {
    await issued();
    await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
    expect(await made(reschedule(2, details))).toMatchObject({ told: [], programmeChanges: [] });
    expect((await findRequest(the().db, the().id, 'session-2/choose-date.1'))?.closedAt).toBeNull();
  });

  it('of one that is over are told to nobody', async () => {
    await issued();
    await invited(1, '2021-06-29T15:00:00.000Z');
    expect(await made(reschedule(1, details))).toMatchObject({ told: [], programmeChanges: [] });
  });
});

describe('one more session', () => {
  const contents = 'Seguimiento de la propuesta.';
  const add = (as: object): Change => ({ change: 'add-session', as: { contents, ...as } });
  const dated = { date: '2021-11-10', starts: '10:00' };

  it('has the next number, its guests, and goes with the programme to the delegations', async () => {
    await issued();
    const guests = [{ name: 'Nueva Persona', email: 'nueva@example.org', invitedBy: 'chl-mtps' }];
    const { effects, told, programmeChanges, recorded } = await made(add({ ...dated, guests }));
    expect(effects.added).toEqual({
      number: 4,
      opensAt: '2021-10-13T13:00:00.000Z',
      settlesAt: '2021-11-03T13:00:00.000Z',
      date: { startsAt: '2021-11-10T15:00:00.000Z', endsAt: '2021-11-10T17:30:00.000Z' },
    });
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 4'));
    expect(programmeChanges).toEqual(['session-added']);
    expect(recorded).toEqual(['session-added']);
    expect(await session(4)).toMatchObject({
      contents,
      startsAt: '2021-11-10T15:00:00.000Z',
      link: 'https://zoom.us/j/6458868936',
      sequence: -1,
    });
    expect(await findPerson(the().db, the().id, 'guest-4-1')).toMatchObject({
      role: 'guest',
      party: 'chl-mtps',
      session: 4,
      timeZone: 'America/Santiago',
    });
    const cooperation = await findCooperation(the().db, the().id);
    expect(cooperation?.plan.sessions.at(-1)).toEqual(effects.added);
    expect(cooperation?.programme.sessions.at(-1)).toMatchObject({ ...dated, contents });
    expect((await viewOf(the().db, the().id, NOW))?.workflows.map(({ id }) => id)).toContain(
      `cooperation/${the().id}/session-4`,
    );
  });

  it('may have a window, also before other sessions, which is told', async () => {
    await issued();
    const early = { window: { from: '2021-08-02', to: '2021-08-13' } };
    const order = async (what: Change) => {
      const foreseen = await tryChange(the().db, the().id, { what, reason: 'x' }, NOW);
      return 'warnings' in foreseen && foreseen.warnings.filter(({ code }) => /First$/.test(code));
    };
    // That is told, and not refused; whichever of the two is moved.
    expect(await order(add(early))).toEqual([{ code: 'ComesFirst', session: 4, other: 2 }]);
    expect(await order(reschedule(1, { startsAt: '2021-09-02T15:00:00.000Z' }))).toEqual([
      { code: 'ComesFirst', session: 2, other: 1 },
    ]);
    expect(await refused(add({ window: { from: '2021-06-01', to: '2021-06-04' } }))).toMatch(
      /^SessionMistaken .*"SessionBeforeMeeting","session":4/,
    );
    const { effects } = await made(add(early));
    expect(effects.added).toMatchObject({ number: 4, window: early.window });
    expect((await sessionsOf(the().db, the().id)).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect((await nextSession(the().db, the().id, '2021-07-20T12:00:00.000Z'))?.number).toBe(4);
  });

  it('is refused where it is past, there already, one too many, or not well written', async () => {
    expect(await refused(add({ ...dated, window: { from: '2021-11-10', to: '2021-11-11' } }))).toMatch(
      /^SessionMistaken/,
    );
    expect(await refused(add({}))).toMatch(/^SessionMistaken/);
    const taken = { name: 'Otra', email: 'jorge.larrea@mtpe-peru.example', invitedBy: 'chl-mtps' };
    expect(await refused(add({ ...dated, guests: [taken] }))).toMatch(/^SessionMistaken .*guests/);
    expect(await refused(add({ ...dated, guests: [{ ...taken, invitedBy: 'bra-mte' }] }))).toMatch(
      /^SessionMistaken .*guests/,
    );
    expect(await refused(add(dated), { at: '2021-11-10T15:00:00.000Z' })).toMatch(/^DatePast/);
    await made(add(dated));
    expect(await refused(add({ ...dated, hours: 2 }))).toMatch(/^SessionThere session=4/);
    await file((programme) => {
      programme.sessions = sessionsIn(programme, 12);
    });
    expect(await refused(add(dated))).toMatch(/^TooManySessions most=12/);
  });

  it('has no guest with the address of somebody who joined later', async () => {
    await made({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Nueva Persona', email: 'nueva@example.org' },
    });
    const guests = [{ name: 'Otra', email: 'NUEVA@example.org', invitedBy: 'per-mtpe' }];
    expect(await refused(add({ ...dated, guests }))).toMatch(/^AddressTaken .*chl-mtps-5/);
  });
});

describe('cancelling a session', () => {
  it('reaches everyone who was invited, and lapses what it asked', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    await asked('session-2/record-session.1', ['oas']);
    await asked('session-2/resolve-trouble.1', ['oas']);
    await asked('documents/send-documents.1', ['per-mtpe']);
    await pending('session-2/record-session.1', 'oas-1');
    const { told, programmeChanges, effects, recorded } = await made({
      change: 'cancel-session',
      session: 2,
    });
    expect(told).toEqual(
      lines([...DELEGATIONS, 'guest-2-1', 'guest-2-2'], 'invitation 2 1 CANCEL cancelled'),
    );
    expect(programmeChanges).toEqual(['session-cancelled']);
    expect(effects).toEqual({ session: { number: 2 } });
    expect(recorded).toEqual(['session-cancelled', 'request-lapsed', 'request-lapsed']);
    expect(await session(2)).toMatchObject({ cancelledAt: NOW, sequence: 1 });
    expect((await findRequest(the().db, the().id, 'session-2/record-session.1'))?.lapse).toBe(
      'session-cancelled',
    );
    expect((await findRequest(the().db, the().id, 'documents/send-documents.1'))?.closedAt).toBeNull();
    expect(await mailStates()).toEqual(['session-2/record-session.1 oas-1 withdrawn']);
  });

  it('goes with the programme where nobody was invited; the one after it is next', async () => {
    await issued();
    await asked('session-1/choose-date.1', ['per-mtpe']);
    const { told } = await made({ change: 'cancel-session', session: 1 });
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 1'));
    expect((await nextSession(the().db, the().id, NOW))?.number).toBe(2);
  });

  it('is refused for the last one, and for one that is over', async () => {
    const cancel = (number: number): Change => ({ change: 'cancel-session', session: number });
    expect(await refused(cancel(9))).toMatch(/^SessionUnknown/);
    await made(cancel(1));
    await made(cancel(2));
    expect(await refused(cancel(1))).toMatch(/^SessionCancelled/);
    expect(await refused(cancel(3))).toMatch(/^LastSession/);
    await file();
    await held(1);
    await made(cancel(2));
    await made(cancel(3));
    expect(await refused(cancel(1))).toMatch(/^SessionRecorded/);
    const steps = (await viewOf(the().db, the().id, NOW))?.steps;
    expect(steps?.find(({ step }) => step === 'sessions')).toMatchObject({
      state: 'done',
      sessions: { held: 1, planned: 1 },
    });
  });
});

describe('a guest', () => {
  const guest = { name: 'Nueva Persona', email: 'nueva@example.org', invitedBy: 'chl-mtps' };
  const add = (number: number, more: object = {}): Change => ({
    change: 'add-guest',
    session: number,
    guest: { ...guest, ...more },
  });
  const withdraw = (person: string): Change => ({ change: 'withdraw-guest', person });

  it('who comes late is invited, and the delegations hear of it', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    const { told, programmeChanges, recorded, entries } = await made(add(2));
    expect(told).toEqual([
      'guest-2-3 invitation 2 1 REQUEST new',
      ...lines(DELEGATIONS, 'programme-changed 2'),
    ]);
    expect(programmeChanges).toEqual(['guests']);
    expect(recorded).toEqual(['guest-added']);
    expect(entries[0]?.data).toEqual({ change: 1, guest: 'guest-2-3', session: 2, invitedBy: 'chl-mtps' });
    expect((await invitedTo(the().db, the().id, 2)).at(-1)).toMatchObject({
      id: 'guest-2-3',
      timeZone: 'America/Santiago',
      language: 'es',
      party: 'chl-mtps',
    });
  });

  it('of a session nobody was invited to yet is told with the programme alone', async () => {
    await issued();
    expect((await made(add(1, { language: 'en' }))).told).toEqual(lines(DELEGATIONS, 'programme-changed 1'));
    expect(await findPerson(the().db, the().id, 'guest-1-1')).toMatchObject({ language: 'en' });
  });

  it('who is withdrawn gets a cancellation; the number is not given again', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    await pending(null, 'guest-2-2');
    const { told, recorded } = await made(withdraw('guest-2-2'));
    expect(told).toEqual([
      'guest-2-2 invitation 2 1 CANCEL withdrawn',
      ...lines(DELEGATIONS, 'programme-changed 2'),
    ]);
    expect(recorded).toEqual(['guest-withdrawn']);
    expect(await mailStates()).toEqual(['null guest-2-2 withdrawn']);
    expect((await invitedTo(the().db, the().id, 2)).map(({ id }) => id)).not.toContain('guest-2-2');
    expect((await made(add(2))).told[0]).toBe('guest-2-3 invitation 2 2 REQUEST new');
  });

  it('is refused by no institution, for an address that is invited, and for a session that is over', async () => {
    expect(await refused(add(2, { invitedBy: 'bra-mte' }))).toMatch(
      /^PartyUnknown .*\["per-mtpe","chl-mtps","oas"/,
    );
    const delegate = { name: 'Jorge Larrea', email: 'Jorge.Larrea@mtpe-peru.example' };
    expect(await refused(add(2, delegate))).toMatch(/^GuestInvited/);
    const group = await findPerson(the().db, the().id, 'guest-2-1');
    expect(await refused(add(2, { name: group?.name, email: group?.email }))).toMatch(/^GuestInvited/);
    const other = { ...delegate, name: 'Otra Persona', invitedBy: 'chl-mtps' };
    expect(await refused(add(2, other))).toMatch(/^AddressTaken/);
    expect(await refused(withdraw(CHILE[0] as string))).toMatch(/^NotGuest/);
    expect(await refused(withdraw('guest-2-9'))).toMatch(/^PersonUnknown/);
    await made(add(1, { name: group?.name, email: group?.email }));
    await held(2);
    expect(await refused(add(2))).toMatch(/^SessionRecorded/);
    expect(await refused(withdraw('guest-2-1'))).toMatch(/^SessionRecorded/);
  });
});

describe('guests whom an institution names itself', () => {
  const ROSA = { name: 'Nueva Persona', email: 'nueva@cusco.example', post: 'Gerente' };
  const LUIS = { name: 'Otra Nueva Persona', email: 'otra.nueva@puno.example' };
  const name = (number: number, more: object = {}): Change => ({
    ...({ change: 'name-guests', session: number, invitedBy: 'per-mtpe', guests: [ROSA, LUIS] } as const),
    ...more,
  });
  const withdraw = (person: string): Change => ({ change: 'withdraw-guest', person });
  const own = { by: 'per-mtpe-2' };

  it('are invited in one, and the delegations hear of them once', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    const { told, programmeChanges, entries } = await made(name(2), own);
    expect(told).toEqual([
      'guest-2-3 invitation 2 1 REQUEST new',
      'guest-2-4 invitation 2 1 REQUEST new',
      ...lines(DELEGATIONS, 'programme-changed 2'),
    ]);
    expect(programmeChanges).toEqual(['guests']);
    expect(entries).toMatchObject([
      {
        ...{ kind: 'guests-named', party: 'per-mtpe', person: 'per-mtpe-2' },
        data: { change: 1, guests: ['guest-2-3', 'guest-2-4'], session: 2, invitedBy: 'per-mtpe' },
      },
    ]);
    expect(await findPerson(the().db, the().id, 'guest-2-3')).toMatchObject({
      ...{ role: 'guest', party: 'per-mtpe', session: 2, post: 'Gerente', timeZone: 'America/Lima' },
    });
  });

  it('who have no address are listed, and written to by nobody', async () => {
    await issued();
    await invited(2, '2021-08-17T15:00:00.000Z');
    const guests = [{ name: 'Gerentes regionales', count: 12 }, { name: 'Eva Sol' }];
    const { told } = await made(name(2, { guests }), own);
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed 2'));
    expect(await findPerson(the().db, the().id, 'guest-2-3')).toMatchObject({ email: null, count: 12 });
    expect(await findPerson(the().db, the().id, 'guest-2-4')).toMatchObject({ email: null, count: null });
    expect(await refused(name(2, { guests: [{ name: 'eva sol' }] }), own)).toMatch(/^GuestInvited/);
    expect((await made(withdraw('guest-2-4'), own)).recorded).toEqual(['guest-withdrawn']);
  });

  it('before there is a programme, are told to the Secretariat in one mail, unless it named them', async () => {
    expect((await made(name(1), own)).told).toEqual(lines(OAS, 'guests-named 1 named guest-1-1,guest-1-2'));
    expect((await made(withdraw('guest-1-2'), own)).told).toEqual(
      lines(OAS, 'guests-named 1 withdrawn guest-1-2'),
    );
    expect((await made(withdraw('guest-1-1'), { by: 'oas-1' })).told).toEqual([]);
    expect((await made(name(1))).told).toEqual([]);
  });

  it('are its own alone: another delegation neither names nor withdraws them', async () => {
    const chile = { by: 'chl-mtps-1' };
    expect(await refused(name(1), chile)).toMatch(/^NotOfParty .*chl-mtps-1.*per-mtpe/);
    expect(await refused(withdraw('guest-2-1'), chile)).toMatch(/^NotOfParty/);
    expect((await made(withdraw('guest-2-1'), own)).recorded).toEqual(['guest-withdrawn']);
    expect(await refused(name(1), { by: 'guest-2-2' })).toMatch(/^IsGuest/);
  });

  it('are none where one of them is invited, and once the session is over', async () => {
    expect(await refused(name(1, { guests: [ROSA, ROSA] }), own)).toMatch(/^GuestInvited .*guest-1-1/);
    await invited(2, '2021-08-17T15:00:00.000Z');
    expect(await refused(name(2), { ...own, at: '2021-08-17T17:30:00.000Z' })).toMatch(/^SessionOver/);
    expect((await made(name(2), { ...own, at: '2021-08-17T17:29:59.000Z' })).recorded).toEqual([
      'guests-named',
    ]);
  });

  it('are on record with the door that they came by', async () => {
    const given = { what: name(1), reason: 'x', by: 'per-mtpe-1' };
    const number = await enterChange(the().db, the().id, given, NOW, { door: 'site' });
    await makeChange(the().db, the().id, number, NOW);
    const view = await viewOf(the().db, the().id, NOW);
    expect(view?.changes.at(-1)).toMatchObject({ kind: 'name-guests', by: 'per-mtpe-1' });
    expect(view?.record.at(-1)?.data).toMatchObject({ change: number, door: { door: 'site' } });
  });
});

describe('minutes that are corrected', () => {
  const correct = (given: Partial<ChangeOf<'correct-minutes'>> = {}): ChangeOf<'correct-minutes'> => ({
    ...{ change: 'correct-minutes', session: 1, minutes: 'Se acordó otra cosa.' },
    ...given,
  });
  const recorded = async () => {
    await held(1);
    await the()
      .db.updateTable('session')
      .set({ minutes: 'Se acordó.', attendance: JSON.stringify(['Ana']), outputs: JSON.stringify(['Ruta']) })
      .where('cooperation', '=', the().id)
      .where('number', '=', 1)
      .execute();
  };
  const sent = () =>
    addToRecord(the().db, {
      ...{ cooperation: the().id, key: 'minutes-sent:1', at: NOW, kind: 'minutes-sent' },
      data: { session: 1 },
    });

  it('take the place of those that stood, in what is given; those who have had them are told', async () => {
    await recorded();
    await sent();
    const { told, recorded: entries } = await made(correct());
    expect(told).toEqual(lines(DELEGATIONS, 'minutes-corrected 1'));
    expect(entries).toEqual(['minutes-corrected']);
    expect(await session(1)).toMatchObject({
      ...{ minutes: 'Se acordó otra cosa.', attendance: ['Ana'], outputs: ['Ruta'] },
    });
    await made(correct({ minutes: undefined, attendance: ['Ana', 'Luis'], outputs: [] }));
    expect(await session(1)).toMatchObject({
      ...{ minutes: 'Se acordó otra cosa.', attendance: ['Ana', 'Luis'], outputs: [] },
    });
  });

  it('go to nobody who has had none yet', async () => {
    await recorded();
    expect((await made(correct())).told).toEqual([]);
  });

  it('are none of a session that is not recorded or not there, and none where they are the same', async () => {
    expect(await refused(correct())).toMatch(/^SessionNotRecorded/);
    expect(await refused(correct({ session: 9 }))).toMatch(/^SessionUnknown/);
    await recorded();
    expect(await refused(correct({ minutes: 'Se acordó.' }))).toMatch(/^MinutesTheSame/);
    expect(await refused(correct({ minutes: undefined }))).toMatch(/^MinutesTheSame/);
  });
});

describe('iCalendar’s SEQUENCE', () => {
  it('is taken once for each cause, whoever asks and at whatever pace', async () => {
    const { db, id } = the();
    const causes = ['session-1.1', 'change-1', 'session-1.1', 'change-2', 'change-1'];
    const taken = await Promise.all(causes.map((cause) => nextSequence(db, id, 1, cause)));
    // Who comes first is anybody's guess; each has one, and the same one each time it asks.
    const [first, second, again, third, secondAgain] = taken;
    expect([...new Set([first, second, third])].sort()).toEqual([0, 1, 2]);
    expect([again, secondAgain]).toEqual([first, second]);
    expect(await nextSequence(db, id, 2, 'session-1.1')).toBe(0);
    expect((await session(1)).sequence).toBe(2);
  });
});
