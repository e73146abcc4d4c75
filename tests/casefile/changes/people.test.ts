import { describe, expect, it } from 'vitest';
import { beginSession, findSession } from '../../../src/casefile/access/access.ts';
import { boardRows, standings } from '../../../src/casefile/board.ts';
import { tryChange } from '../../../src/casefile/changes/index.ts';
import { readersOf } from '../../../src/casefile/mails/communications.ts';
import { withdrawMailsTo } from '../../../src/casefile/mails/mails.ts';
import {
  answerersFor,
  everyoneOf,
  findPerson,
  focalPointsOf,
  staffOf,
} from '../../../src/casefile/people.ts';
import { readRecord } from '../../../src/casefile/record.ts';
import { answersTo } from '../../../src/casefile/requests.ts';
import { sessionOf } from '../../../src/casefile/sessions.ts';
import type { Change } from '../../../src/domain/change.ts';
import {
  approves,
  asked,
  invited,
  LATER,
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
const OTHER = 'coordination/approve-programme.1';
const handOver = (from: string, to: string, request = REQUEST): Change => ({
  change: 'hand-over',
  request,
  from,
  to,
});
const away = (person: string, standIn: string, from: string, to: string): Change => ({
  change: 'absence',
  person,
  from,
  to,
  standIn,
});
const back = (person: string, from: string): Change => ({ change: 'end-absence', person, from });
const corrected = (person: string, as: object): Change => ({ change: 'correct-person', person, as });
const replaced = (person: string, more: object = {}): Change => ({
  change: 'replace',
  person,
  with: { name: 'Nueva Persona', email: 'nueva@example.org', ...more },
});
const written = async (at = NOW, parties = ['chl-mtps']) =>
  (await answerersFor(the().db, { cooperation: the().id, id: REQUEST }, parties, at)).map((one) => one.id);
const handOvers = async () =>
  (await the().db.selectFrom('handOver').selectAll().where('cooperation', '=', the().id).execute())
    .map(({ request, fromPerson, toPerson, absent }) =>
      [request, fromPerson, toPerson, ...(absent ? ['absent'] : [])].join(' '),
    )
    .sort();

describe('handing a request over', () => {
  it('puts a colleague in the place of a person, and tells both where the Secretariat did it', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    const { told, recorded, effects } = await made(handOver('chl-mtps-1', 'chl-mtps-3'));
    expect(told).toEqual([
      `chl-mtps-3 request ${REQUEST} handed-over chl-mtps-1`,
      `chl-mtps-1 request-released ${REQUEST} handed-over chl-mtps-3`,
    ]);
    expect(recorded).toEqual(['request-handed-over']);
    expect(effects).toEqual({});
    expect(await handOvers()).toEqual([`${REQUEST} chl-mtps-1 chl-mtps-3`]);
    expect(await written()).toEqual(['chl-mtps-3', 'chl-mtps-2', 'chl-mtps-4']);
  });

  it('tells the colleague alone where the person did it', async () => {
    await asked(REQUEST, ['chl-mtps']);
    const { told, entries } = await made(handOver('chl-mtps-1', 'chl-mtps-3'), { by: 'chl-mtps-1' });
    expect(told).toEqual([`chl-mtps-3 request ${REQUEST} handed-over chl-mtps-1`]);
    expect(entries[0]).toMatchObject({ party: 'chl-mtps', person: 'chl-mtps-1' });
  });

  it('goes on to a third, and back, without going round in circles', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(handOver('chl-mtps-1', 'chl-mtps-2'));
    await made(handOver('chl-mtps-2', 'chl-mtps-3'));
    expect(await written()).toEqual(['chl-mtps-3', 'chl-mtps-4']);
    await made(handOver('chl-mtps-3', 'chl-mtps-1'));
    expect(await written()).toEqual(['chl-mtps-1', 'chl-mtps-4']);
  });

  it('has both names with the answer', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(handOver('chl-mtps-1', 'chl-mtps-3'));
    await approves(REQUEST, 'chl-mtps-3');
    expect(await answersTo(the().db, the().id)).toMatchObject([
      { by: 'chl-mtps-3', data: { inPlaceOf: 'chl-mtps-1' } },
    ]);
    expect(
      (await readRecord(the().db, the().id)).find(({ kind }) => kind === 'answer-received')?.data,
    ).toMatchObject({ inPlaceOf: 'chl-mtps-1' });
  });

  it('is refused for anyone but a colleague who is there, and where nothing is owed', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await made(away('chl-mtps-4', 'chl-mtps-3', '2021-07-01', '2021-07-05'));
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-1'))).toMatch(/^HasItAlready/);
    expect(await refused(handOver('chl-mtps-1', 'per-mtpe-1'))).toMatch(
      /^NotColleague .*chl-mtps-2.*chl-mtps-3/,
    );
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-9'))).toMatch(/^PersonUnknown/);
    expect(await refused(handOver('chl-mtps-1', 'guest-2-1'))).toMatch(/^IsGuest .*answers/);
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-4'))).toMatch(/^Away .*2021-07-05/);
    expect(await refused(handOver('oas-1', 'oas-2'))).toMatch(/^NotOwing/);
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-2', OTHER))).toMatch(/^RequestUnknown/);
    await made(handOver('chl-mtps-1', 'chl-mtps-2'));
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-2'))).toMatch(/^HandedOverAlready/);
    await approves(REQUEST, 'chl-mtps-2');
    expect(await refused(handOver('chl-mtps-1', 'chl-mtps-3'))).toMatch(/^NotOwing/);
  });
});

describe('days away', () => {
  it('that have begun pass what is open to the stand-in, but for what was handed over', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await asked(OTHER, ['chl-mtps']);
    await asked('final-report/draft-report.1', ['per-mtpe']);
    await made(handOver('chl-mtps-1', 'chl-mtps-3', OTHER));
    const { told, recorded } = await made(away('chl-mtps-1', 'chl-mtps-2', '2021-06-30', '2021-07-09'));
    expect(told).toEqual([
      'chl-mtps-2 stands-in chl-mtps-1 2021-06-30 2021-07-09',
      'chl-mtps-1 stands-in chl-mtps-1 2021-06-30 2021-07-09 chl-mtps-2',
      `chl-mtps-2 request ${REQUEST} absent chl-mtps-1`,
    ]);
    expect(recorded).toEqual(['absence-noted']);
    expect(await handOvers()).toEqual([
      `${OTHER} chl-mtps-1 chl-mtps-3`,
      `${REQUEST} chl-mtps-1 chl-mtps-2 absent`,
    ]);
  });

  it('to come pass nothing yet; on the day, whoever is written to is the stand-in, once', async () => {
    await asked(REQUEST, ['chl-mtps']);
    const noted = away('chl-mtps-1', 'chl-mtps-2', '2021-07-05', '2021-07-09');
    const { told } = await made(noted, { by: 'chl-mtps-1' });
    expect(told).toEqual(['chl-mtps-2 stands-in chl-mtps-1 2021-07-05 2021-07-09']);
    expect(await handOvers()).toEqual([]);
    expect(await written('2021-07-05T03:00:00.000Z')).toContain('chl-mtps-1');
    // Santiago's day begins at 04:00 UTC.
    const recorded = (await readRecord(the().db, the().id)).length;
    for (const _ of [1, 2])
      expect(await written('2021-07-05T05:00:00.000Z')).toEqual(['chl-mtps-2', 'chl-mtps-3', 'chl-mtps-4']);
    expect(await handOvers()).toEqual([`${REQUEST} chl-mtps-1 chl-mtps-2 absent`]);
    expect((await readRecord(the().db, the().id)).slice(recorded).map(({ kind }) => kind)).toEqual([
      'request-handed-over',
    ]);
    expect(await written('2021-07-10T15:00:00.000Z')).toContain('chl-mtps-1');
  });

  it('of a stand-in pass it on to theirs; where both are away, the stand-in keeps it', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-07-05', '2021-07-09'));
    await made(away('chl-mtps-2', 'chl-mtps-3', '2021-07-06', '2021-07-06'));
    expect(await written('2021-07-06T15:00:00.000Z')).toEqual(['chl-mtps-3', 'chl-mtps-4']);
    await made(away('chl-mtps-2', 'chl-mtps-1', '2021-07-08', '2021-07-12'));
    expect(await written('2021-07-08T15:00:00.000Z')).toContain('chl-mtps-2');
  });

  it('go with what the stand-in handed over', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-07-05', '2021-07-09'));
    await made(handOver('chl-mtps-2', 'chl-mtps-3'));
    expect(await written('2021-07-05T15:00:00.000Z')).toEqual(['chl-mtps-3', 'chl-mtps-4']);
    // The stand-in keeps what the one who is away had handed over to them.
    await made(handOver('chl-mtps-3', 'chl-mtps-1'));
    expect(await written('2021-07-05T15:00:00.000Z')).toEqual(['chl-mtps-2', 'chl-mtps-4']);
  });

  it('are with the answer only while they last', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await asked(OTHER, ['chl-mtps']);
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-07-01', '2021-07-02'));
    await approves(REQUEST, 'chl-mtps-2', LATER);
    await approves(OTHER, 'chl-mtps-2', '2021-07-05T15:00:00.000Z');
    expect((await answersTo(the().db, the().id)).map(({ data }) => data)).toEqual([
      { inPlaceOf: 'chl-mtps-1' },
      {},
    ]);
  });

  it('are refused where they are past, overlap, or nobody can stand in', async () => {
    const refusal = (person: string, standIn: string, from = '2021-07-05', to = '2021-07-09') =>
      refused(away(person, standIn, from, to));
    expect(await refusal('chl-mtps-1', 'per-mtpe-1')).toMatch(/^NotColleague .*chl-mtps-2/);
    expect(await refusal('chl-mtps-1', 'chl-mtps-1')).toMatch(/^NotColleague/);
    expect(await refusal('guest-2-1', 'per-mtpe-1')).toMatch(/^IsGuest/);
    expect(await refusal('consultant-1', 'oas-1')).toMatch(/^NoColleague/);
    expect(await refusal('chl-mtps-1', 'chl-mtps-2', '2021-07-09', '2021-07-05')).toMatch(/^PeriodReversed/);
    expect(await refusal('chl-mtps-1', 'chl-mtps-2', '2021-06-28', '2021-06-30')).toMatch(/^DayPast/);
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-07-05', '2021-07-09'));
    expect(await refusal('chl-mtps-1', 'chl-mtps-2', '2021-07-09', '2021-07-12')).toMatch(/^AwayAlready/);
    expect(await refusal('chl-mtps-3', 'chl-mtps-1', '2021-07-06', '2021-07-07')).toMatch(/^Away/);
    await made(away('chl-mtps-3', 'chl-mtps-1', '2021-07-08', '2021-07-12'));
  });

  it('end earlier: what was not handed over comes back, and the stand-in is told', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-06-30', '2021-07-09'));
    await made(away('chl-mtps-3', 'chl-mtps-4', '2021-06-30', '2021-07-09'));
    const { told, recorded, entries } = await made(back('chl-mtps-1', '2021-06-30'), { by: 'chl-mtps-1' });
    expect(told).toEqual(['chl-mtps-2 stands-in chl-mtps-1 2021-06-30 2021-07-09 true']);
    expect(recorded).toEqual(['absence-ended']);
    expect(entries[0]).toMatchObject({ party: 'chl-mtps', person: 'chl-mtps-1' });
    expect(await written()).toEqual(['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-4']);
    expect(await handOvers()).toEqual([`${REQUEST} chl-mtps-3 chl-mtps-4 absent`]);
    // The days on which they were away stay.
    const rows = await the()
      .db.selectFrom('absence')
      .selectAll()
      .where('cooperation', '=', the().id)
      .execute();
    expect(rows.map(({ person, to }) => `${person} ${to}`).sort()).toEqual([
      'chl-mtps-1 2021-06-30',
      'chl-mtps-3 2021-07-09',
    ]);
    expect(await refused(back('chl-mtps-1', '2021-06-30'))).toMatch(/^NotAway .*2021-06-30/);
  });

  it('that another noted, or ended, are told to whoever they are of as well', async () => {
    const { told } = await made(away('oas-1', 'oas-2', '2021-07-05', '2021-07-09'), { by: 'oas-2' });
    expect(told).toEqual([
      'oas-2 stands-in oas-1 2021-07-05 2021-07-09',
      'oas-1 stands-in oas-1 2021-07-05 2021-07-09 oas-2',
    ]);
    expect((await made(back('oas-1', '2021-07-05'))).told).toEqual([
      'oas-2 stands-in oas-1 2021-07-05 2021-07-09 true',
      'oas-1 stands-in oas-1 2021-07-05 2021-07-09 oas-2 true',
    ]);
  });

  it('of an officer: what the Secretariat is asked goes to those who are there, and on the board the stand-in is in charge', async () => {
    const asks = async (at: string) =>
      (await readersOf(the().db, the().id, { to: 'party', party: 'oas' }, at)).map(({ id }) => id);
    const onBoard = async (at: string) => {
      const standing = (await standings(the().db, at)).filter(({ id }) => id === the().id);
      return (await boardRows(the().db, standing, at))[0]?.standsIn;
    };
    await made(away('oas-1', 'oas-2', '2021-07-05', '2021-07-09'), { by: 'oas-1' });
    for (const at of ['2021-07-05T03:59:00.000Z', '2021-07-10T04:00:00.000Z']) {
      expect(await asks(at)).toEqual(['oas-1', 'oas-2']);
      expect(await onBoard(at)).toBeUndefined();
    }
    expect(await asks('2021-07-06T15:00:00.000Z')).toEqual(['oas-2']);
    const [absent, standIn] = await Promise.all(
      ['oas-1', 'oas-2'].map((id) => findPerson(the().db, the().id, id)),
    );
    expect(await onBoard('2021-07-06T15:00:00.000Z')).toEqual({
      ...{ name: standIn?.name, of: absent?.name, until: '2021-07-09' },
    });
    await made(away('oas-2', 'oas-1', '2021-07-09', '2021-07-12'), { by: 'oas-2' });
    expect(await asks('2021-07-09T15:00:00.000Z')).toEqual(['oas-1', 'oas-2']);
  });

  it('that are still ahead do not come', async () => {
    await made(away('chl-mtps-1', 'chl-mtps-2', '2021-07-05', '2021-07-09'));
    expect(await refused(back('chl-mtps-1', '2021-07-06'))).toMatch(/^NotAway/);
    expect(await refused(back('chl-mtps-2', '2021-07-05'))).toMatch(/^NotAway/);
    expect(await refused(back('guest-2-1', '2021-07-05'))).toMatch(/^IsGuest/);
    await made(back('chl-mtps-1', '2021-07-05'));
    await made(away('chl-mtps-1', 'chl-mtps-3', '2021-07-05', '2021-07-09'));
  });
});

/** All but what those hear who work with a person. */
const ofOnes = (told: string[]) => told.filter((line) => !line.includes(' people-changed '));

describe('replacing a person', () => {
  it('welcomes the new one to what is open and ahead, and takes leave of the old one', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await asked(OTHER, ['per-mtpe']);
    await invited(1);
    await invited(2, '2021-06-20T15:00:00.000Z');
    await pending(REQUEST, 'chl-mtps-3');
    await pending(null, 'chl-mtps-3');
    await pending(null, 'chl-mtps-1');
    const { told, recorded, effects, entries } = await made(replaced('chl-mtps-3'));
    expect(ofOnes(told)).toEqual([
      'chl-mtps-3 replaced chl-mtps-5',
      'chl-mtps-3 invitation 1 1 CANCEL withdrawn',
      'chl-mtps-5 joined chl-mtps-3',
      `chl-mtps-5 request ${REQUEST} replaced chl-mtps-3`,
      'chl-mtps-5 invitation 1 1 REQUEST new',
    ]);
    // Everybody else who takes part hears of it, once.
    expect(told.filter((line) => !ofOnes(told).includes(line)).sort()).toEqual(
      [
        ...['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-4', 'oas-1', 'oas-2'],
        ...['per-mtpe-1', 'per-mtpe-2', 'per-mtpe-3', 'per-mtpe-4', 'per-mtpe-5'],
      ].map((one) => `${one} people-changed replaced chl-mtps-3 chl-mtps-5`),
    );
    expect(recorded).toEqual(['person-replaced']);
    expect(entries[0]?.data).toEqual({ change: 1, person: 'chl-mtps-3', by: 'chl-mtps-5' });
    expect(effects).toEqual({});
    expect((await findPerson(the().db, the().id, 'chl-mtps-3'))?.active).toBe(false);
    expect(await findPerson(the().db, the().id, 'chl-mtps-5')).toMatchObject({
      name: 'Nueva Persona',
      email: 'nueva@example.org',
      role: 'delegate',
      party: 'chl-mtps',
      focalPoint: true,
      language: 'es',
      timeZone: 'America/Santiago',
      active: true,
    });
    expect((await focalPointsOf(the().db, the().id, ['chl-mtps'])).map(({ id }) => id)).toEqual([
      'chl-mtps-5',
    ]);
    expect((await sessionOf(the().db, the().id, 1)).sequence).toBe(1);
    expect((await sessionOf(the().db, the().id, 2)).sequence).toBe(0);
    expect(await mailStates()).toEqual([
      `${REQUEST} chl-mtps-3 withdrawn`,
      'null chl-mtps-1 pending',
      'null chl-mtps-3 withdrawn',
    ]);
    expect(await approves(REQUEST, 'chl-mtps-3')).toMatchObject({ code: 'PersonLeft' });
    expect(await approves(REQUEST, 'chl-mtps-5')).toBeNull();
  });

  it('never gives a number twice, and takes over what was handed over', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(handOver('chl-mtps-1', 'chl-mtps-2'));
    await made(away('chl-mtps-3', 'chl-mtps-2', '2021-07-05', '2021-07-09'));
    await made(replaced('chl-mtps-2'));
    expect(await written()).toEqual(['chl-mtps-5', 'chl-mtps-3', 'chl-mtps-4']);
    expect(await written('2021-07-05T15:00:00.000Z')).toEqual(['chl-mtps-5', 'chl-mtps-4']);
    await made(replaced('chl-mtps-5', { email: 'otra@example.org' }));
    expect((await everyoneOf(the().db, the().id)).map(({ id }) => id)).toContain('chl-mtps-6');
    expect(await written()).toContain('chl-mtps-6');
  });

  it('works for staff and for the consultant, who is invited to no session', async () => {
    await asked('systematization/draft-sheet.1', ['consultant']);
    await invited(1);
    expect(ofOnes((await made(replaced('consultant-1'))).told)).toEqual([
      'consultant-1 replaced consultant-2',
      'consultant-2 joined consultant-1',
      'consultant-2 request systematization/draft-sheet.1 replaced consultant-1',
    ]);
    await made(replaced('oas-1', { email: 'secretaria@example.org', language: 'en' }));
    expect((await staffOf(the().db, the().id)).map(({ id, language }) => [id, language])).toEqual([
      ['oas-3', 'en'],
      ['oas-2', 'es'],
    ]);
  });

  it('may keep the address of the one who leaves, and takes no other', async () => {
    const email = 'CRISTOBAL.AUGER@mtps-chile.example';
    expect(await refused(replaced('per-mtpe-1', { email }))).toMatch(/^AddressTaken .*chl-mtps-2/);
    expect(await refused(replaced('chl-mtps-1', { email, name: 'Cristobal AUGER' }))).toMatch(
      /^AddressTaken .*chl-mtps-2/,
    );
    await made(replaced('chl-mtps-2', { email }));
    expect(await refused(replaced('chl-mtps-2'))).toMatch(/^PersonLeft/);
    expect(await refused(replaced('guest-2-1'))).toMatch(/^IsGuest .*replaced/);
    expect(await refused(replaced('chl-mtps-77'))).toMatch(/^PersonUnknown/);
  });
});

describe('correcting a person', () => {
  it('writes to a new address whatever is open and ahead', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await invited(1);
    await pending(REQUEST, 'chl-mtps-1');
    const { told, entries } = await made(corrected('chl-mtps-1', { email: 'nueva@example.org' }));
    expect(told).toEqual([
      `chl-mtps-1 request ${REQUEST} corrected`,
      'chl-mtps-1 invitation 1 1 REQUEST new',
    ]);
    expect(entries.map(({ kind, data }) => [kind, data])).toEqual([
      ['person-corrected', { change: 1, person: 'chl-mtps-1', fields: ['email'] }],
    ]);
    expect((await findPerson(the().db, the().id, 'chl-mtps-1'))?.email).toBe('nueva@example.org');
    expect(await mailStates()).toEqual([`${REQUEST} chl-mtps-1 withdrawn`]);
  });

  it('tells nobody of another name, post, language or time zone', async () => {
    await asked(REQUEST, ['chl-mtps']);
    const { told, effects } = await made(
      corrected('chl-mtps-1', {
        name: 'Nueva Persona',
        post: 'Jefa',
        language: 'pt',
        timezone: 'America/Punta_Arenas',
      }),
    );
    expect(told).toEqual([]);
    expect(effects).toEqual({});
    expect(await findPerson(the().db, the().id, 'chl-mtps-1')).toMatchObject({
      name: 'Nueva Persona',
      post: 'Jefa',
      language: 'pt',
      timeZone: 'America/Punta_Arenas',
    });
  });

  it('takes a post away', async () => {
    await made(corrected('chl-mtps-1', { post: null }));
    expect((await findPerson(the().db, the().id, 'chl-mtps-1'))?.post).toBeNull();
    expect(await refused(corrected('chl-mtps-1', { post: null }))).toMatch(/^PersonSame/);
  });

  it('invites a guest again, to the one session', async () => {
    await invited(1);
    await invited(2, '2021-08-17T15:00:00.000Z');
    expect((await made(corrected('guest-2-1', { email: 'nueva@example.org' }))).told).toEqual([
      'guest-2-1 invitation 2 1 REQUEST new',
    ]);
  });

  it('is refused where nothing differs, and for an address that is taken', async () => {
    expect(await refused(corrected('chl-mtps-1', { language: 'es' }))).toMatch(/^PersonSame/);
    expect(await refused(corrected('chl-mtps-1', {}))).toMatch(/^PersonSame/);
    expect(await refused(corrected('chl-mtps-1', { email: 'Jorge.Larrea@mtpe-peru.example' }))).toMatch(
      /^AddressTaken .*per-mtpe-1/,
    );
  });
});

describe('a mailbox that several people share', () => {
  const email = 'cristobal.auger@mtps-chile.example';
  const shares = corrected('chl-mtps-1', { email });

  it('is one of an institution, and somebody is told of it beforehand', async () => {
    const given = { what: shares, reason: 'Comparten buzón.' };
    const foreseen = await tryChange(the().db, the().id, given, NOW);
    expect('warnings' in foreseen && foreseen.warnings).toEqual([
      { code: 'MailboxShared', address: email, names: ['Margarita Spoerer', 'Cristóbal Auger'] },
    ]);
    expect(await refused(corrected('per-mtpe-1', { email }))).toMatch(/^AddressTaken .*chl-mtps-2/);
    expect(await refused(corrected('chl-mtps-1', { email, name: 'Cristóbal Auger' }))).toMatch(
      /^AddressTaken/,
    );
  });

  it('stays open for whoever is left, and keeps what both are invited to', async () => {
    await invited(1);
    await made(shares);
    const where = { browser: 'known', program: null, network: '192.0.2.…' };
    const session = await beginSession(the().db, { address: email, cooperations: null, ...where }, NOW);
    const isOpen = async () =>
      (await findSession(the().db, session, { idle: 8, most: 168 }, NOW)) !== undefined;
    const { told } = await made(replaced('chl-mtps-1', { email: 'nueva@example.org' }));
    expect(told.filter((one) => one.startsWith('chl-mtps-1'))).toEqual(['chl-mtps-1 replaced chl-mtps-5']);
    expect(await isOpen()).toBe(true);
    const alone = await made(replaced('chl-mtps-2', { email: 'otra@example.org' }));
    expect(alone.told).toContain('chl-mtps-2 invitation 1 3 CANCEL withdrawn');
    expect(await isOpen()).toBe(false);
  });
});

describe('whoever asks for a change', () => {
  it('takes part and is no guest', async () => {
    await asked(REQUEST, ['chl-mtps']);
    const by = (person: string) => refused(handOver('chl-mtps-1', 'chl-mtps-2'), { by: person });
    expect(await by('chl-mtps-9')).toMatch(/^PersonUnknown/);
    expect(await by('guest-2-1')).toMatch(/^IsGuest/);
  });

  it('may be a guest who corrects what is known of themselves, and of nobody else', async () => {
    const { entries } = await made(corrected('guest-2-1', { name: 'Otro Nombre' }), { by: 'guest-2-1' });
    expect(entries[0]).toMatchObject({ person: 'guest-2-1', kind: 'person-corrected' });
    expect(await refused(corrected('chl-mtps-1', { name: 'Otro' }), { by: 'guest-2-1' })).toMatch(/^IsGuest/);
  });
});

describe('withdrawing the mails to a person', () => {
  it('leaves those that were sent, and others', async () => {
    await pending(REQUEST, 'chl-mtps-1');
    await pending(OTHER, 'chl-mtps-1');
    await withdrawMailsTo(the().db, the().id, 'chl-mtps-1', REQUEST);
    expect(await mailStates()).toEqual([`${OTHER} chl-mtps-1 pending`, `${REQUEST} chl-mtps-1 withdrawn`]);
  });
});
