import { describe, expect, it } from 'vitest';
import { beginSession, findLink, findSession, mintLink } from '../../../src/casefile/access/access.ts';
import { noteHandedOver } from '../../../src/casefile/mails/mails.ts';
import {
  answerersFor,
  everyoneOf,
  findPerson,
  focalPointsOf,
  staffOf,
} from '../../../src/casefile/people.ts';
import { sessionOf } from '../../../src/casefile/sessions.ts';
import type { Change } from '../../../src/domain/change.ts';
import {
  approves,
  asked,
  file,
  invited,
  made,
  mailStates,
  NOW,
  pending,
  refused,
  setting,
  the,
  written,
} from './setting.ts';

setting({ written: true });

const REQUEST = 'documents/send-documents.1';
const CHILE = ['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-3', 'chl-mtps-4'];
const PERU = ['per-mtpe-1', 'per-mtpe-2', 'per-mtpe-3', 'per-mtpe-4', 'per-mtpe-5'];
const OAS = ['oas-1', 'oas-2'];

const NEW = { name: 'Rosa Prado', email: 'rosa.prado@example.org' };
const OTHER = { name: 'Elena Núñez', email: 'elena.nunez@example.org' };
const joins = (party: string, more: object = {}): Change => ({
  change: 'add-person',
  party,
  person: { ...NEW, ...more },
});
const leaves = (person: string): Change => ({ change: 'remove-person', person });
const succeeds = (person: string, by: string): Change => ({ change: 'replace', person, with: by });
const handOver = (from: string, to: string): Change => ({
  change: 'hand-over',
  request: REQUEST,
  from,
  to,
});
const away = (person: string, standIn: string, from = '2021-07-05', to = '2021-07-09'): Change => ({
  change: 'absence',
  person,
  from,
  to,
  standIn,
});
const inChargeOf = async (parties: string[]) =>
  (await answerersFor(the().db, { cooperation: the().id, id: REQUEST }, parties, NOW)).map(({ id }) => id);
const focalPoints = async (party: string) =>
  (await focalPointsOf(the().db, the().id, [party])).map(({ id }) => id);
/** Of those who are told, who hears what of a person, once each. */
const others = (told: string[], about: string) =>
  told.filter((line) => line.endsWith(` people-changed ${about}`)).map((line) => line.split(' ')[0]);
/** What else is told. */
const rest = (told: string[]) => told.filter((line) => !line.includes(' people-changed '));

describe('joining', () => {
  it('welcomes a delegate to what is ahead, and tells everybody else who takes part, once', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await invited(1);
    await invited(2, '2021-06-20T15:00:00.000Z');
    const { told, recorded, entries, effects } = await made(joins('per-mtpe', { post: 'Directora' }));
    expect(rest(told)).toEqual(['per-mtpe-6 joined', 'per-mtpe-6 invitation 1 1 REQUEST new']);
    expect(others(told, 'joined per-mtpe-6').sort()).toEqual([...CHILE, ...OAS, ...PERU]);
    expect(recorded).toEqual(['person-joined']);
    expect(entries[0]?.data).toEqual({ change: 1, person: 'per-mtpe-6', of: 'per-mtpe' });
    expect(effects).toEqual({});
    expect(await findPerson(the().db, the().id, 'per-mtpe-6')).toMatchObject({
      ...NEW,
      ...{ post: 'Directora', party: 'per-mtpe', role: 'delegate', focalPoint: false, active: true },
      ...{ language: 'es', timeZone: 'America/Lima' },
    });
    // Who joins stands with the institution, and answers what it is asked.
    const order = (await everyoneOf(the().db, the().id)).map(({ id }) => id);
    expect(order.indexOf('per-mtpe-6')).toBe(order.indexOf('per-mtpe-5') + 1);
    expect(await inChargeOf(['per-mtpe'])).toEqual([...PERU, 'per-mtpe-6']);
    expect(await approves(REQUEST, 'per-mtpe-6')).toBeNull();
  });

  it('makes somebody the focal point, in place of the one before', async () => {
    await made({ ...joins('per-mtpe'), focalPoint: true } as Change);
    expect(await focalPoints('per-mtpe')).toEqual(['per-mtpe-6']);
    expect(await focalPoints('chl-mtps')).toEqual(['chl-mtps-3']);
  });

  it('takes an officer, who answers for the Secretariat', async () => {
    await invited(1);
    const { told } = await made(joins('oas', { language: 'en' }));
    expect(rest(told)).toEqual(['oas-3 joined', 'oas-3 invitation 1 1 REQUEST new']);
    expect((await staffOf(the().db, the().id)).map(({ id, language }) => [id, language])).toEqual([
      ['oas-1', 'es'],
      ['oas-2', 'es'],
      ['oas-3', 'en'],
    ]);
  });

  it('takes an observer, who is asked nothing, invited to nothing, and may do nothing', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await invited(1);
    const { told } = await made(joins('observer'));
    expect(rest(told)).toEqual(['observer-1 joined']);
    expect(others(told, 'joined observer-1').sort()).toEqual([...CHILE, ...OAS, ...PERU]);
    expect(await findPerson(the().db, the().id, 'observer-1')).toMatchObject({
      ...{ role: 'observer', party: 'observer', timeZone: 'America/New_York' },
    });
    expect((await sessionOf(the().db, the().id, 1)).sequence).toBe(0);
    expect(await approves(REQUEST, 'observer-1')).toMatchObject({ code: 'NotAsked' });
    expect(await refused(handOver('chl-mtps-1', 'observer-1'))).toMatch(/^IsObserver/);
    expect(await refused(leaves('chl-mtps-1'), { by: 'observer-1' })).toMatch(/^IsObserver/);
    expect(await refused({ change: 'focal-point', person: 'observer-1' })).toMatch(/^IsObserver/);
    const focal = { ...joins('observer', { email: 'o@example.org' }), focalPoint: true } as Change;
    expect(await refused(focal)).toMatch(/^Malformed .*focalPoint/);
    // Somebody else who comes or goes is no matter of theirs.
    const { told: later } = await made(leaves('chl-mtps-1'));
    expect(later.some((line) => line.startsWith('observer-1'))).toBe(false);
    await written('observer-1');
    expect(rest((await made(leaves('observer-1'))).told)).toEqual(['observer-1 left']);
  });

  it('makes one person of a guest who now takes part, and leaves the calendar as it is', async () => {
    await invited(1);
    await invited(2, '2021-08-17T15:00:00.000Z');
    const guest = await findPerson(the().db, the().id, 'guest-2-1');
    const { told, entries } = await made(joins('per-mtpe', { name: guest?.name, email: guest?.email }));
    expect(rest(told)).toEqual(['per-mtpe-6 joined', 'per-mtpe-6 invitation 1 1 REQUEST new']);
    expect((await findPerson(the().db, the().id, 'guest-2-1'))?.active).toBe(false);
    expect(entries[0]?.data).toMatchObject({ guest: 'guest-2-1' });
  });

  it('is refused for an institution that is not there, and with an address that somebody has', async () => {
    expect(await refused(joins('bra-mte'))).toMatch(/^PartyUnknown .*per-mtpe.*observer/);
    expect(await refused(joins('consultant'))).toMatch(/^PartyUnknown/);
    const email = 'CRISTOBAL.AUGER@mtps-chile.example';
    expect(await refused(joins('per-mtpe', { email }))).toMatch(/^AddressTaken .*chl-mtps-2/);
    const guest = await findPerson(the().db, the().id, 'guest-2-1');
    expect(await refused(joins('chl-mtps', { email: guest?.email }))).toMatch(/^AddressTaken .*guest-2-1/);
  });
});

describe('leaving', () => {
  it('takes what was on its way and ahead, and tells everybody else who takes part, once', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await invited(1);
    await pending(REQUEST, 'chl-mtps-1');
    await pending(null, 'chl-mtps-2');
    const { told, recorded, entries } = await made(leaves('chl-mtps-1'));
    expect(rest(told)).toEqual(['chl-mtps-1 left', 'chl-mtps-1 invitation 1 1 CANCEL withdrawn']);
    expect(others(told, 'left chl-mtps-1').sort()).toEqual([...CHILE.slice(1), ...OAS, ...PERU]);
    expect(recorded).toEqual(['person-left']);
    expect(entries[0]?.data).toEqual({ change: 1, person: 'chl-mtps-1', of: 'chl-mtps' });
    expect(await mailStates()).toEqual([`${REQUEST} chl-mtps-1 withdrawn`, 'null chl-mtps-2 pending']);
    expect((await findPerson(the().db, the().id, 'chl-mtps-1'))?.active).toBe(false);
    expect(await inChargeOf(['chl-mtps'])).toEqual(CHILE.slice(1));
    expect(await approves(REQUEST, 'chl-mtps-1')).toMatchObject({ code: 'PersonLeft' });
    expect(await refused(leaves('chl-mtps-1'))).toMatch(/^PersonLeft/);
    // The number is not given again.
    expect(rest((await made(joins('chl-mtps'))).told)[0]).toBe('chl-mtps-5 joined');
  });

  it.each<[string, (person: string) => Change]>([
    ['leaves', leaves],
    ['is replaced by somebody new', (person) => ({ change: 'replace', person, with: OTHER })],
    ['is replaced by a colleague', (person) => succeeds(person, 'per-mtpe-1')],
  ])('tells whoever %s nothing where no mail to them has gone out', async (_, goes) => {
    await invited(1);
    await made(joins('per-mtpe'));
    // Theirs is on its way, and is not sent any more.
    await pending(null, 'per-mtpe-6');
    const { told } = await made(goes('per-mtpe-6'));
    expect(told.filter((line) => line.startsWith('per-mtpe-6'))).toEqual([]);
    expect(await mailStates()).toEqual(['null per-mtpe-6 withdrawn']);
  });

  it('tells whoever leaves where the mail to them may have gone out', async () => {
    await invited(1);
    await made(joins('per-mtpe'));
    await pending(null, 'per-mtpe-6');
    await noteHandedOver(the().db, `${the().id}|null|per-mtpe-6`);
    const { told } = await made(leaves('per-mtpe-6'));
    expect(told.filter((line) => line.startsWith('per-mtpe-6'))).toEqual([
      'per-mtpe-6 left',
      'per-mtpe-6 invitation 1 2 CANCEL withdrawn',
    ]);
  });

  it('passes what only they had to the focal point, who hears of it where it was not theirs already', async () => {
    await asked(REQUEST, ['chl-mtps']);
    // The focal point and a colleague had handed it over to whoever leaves.
    await made(handOver('chl-mtps-3', 'chl-mtps-2'));
    await made(handOver('chl-mtps-4', 'chl-mtps-2'));
    expect(await inChargeOf(['chl-mtps'])).toEqual(['chl-mtps-1', 'chl-mtps-2']);
    const { told } = await made(leaves('chl-mtps-2'));
    expect(rest(told)).toEqual(['chl-mtps-2 left', `chl-mtps-3 request ${REQUEST} replaced chl-mtps-2`]);
    expect((await inChargeOf(['chl-mtps'])).sort()).toEqual(['chl-mtps-1', 'chl-mtps-3']);
  });

  it('says nothing twice to a focal point who had the request anyway', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(handOver('chl-mtps-4', 'chl-mtps-2'));
    expect(rest((await made(leaves('chl-mtps-2'))).told)).toEqual(['chl-mtps-2 left']);
    expect((await inChargeOf(['chl-mtps'])).sort()).toEqual(['chl-mtps-1', 'chl-mtps-3']);
  });

  it('has somebody else stand in for those who are away, and is refused where nobody can', async () => {
    await made(away('chl-mtps-1', 'chl-mtps-2'));
    await made(away('chl-mtps-3', 'chl-mtps-2'));
    expect(rest((await made(leaves('chl-mtps-2'))).told)).toEqual([
      'chl-mtps-2 left',
      'chl-mtps-3 stands-in chl-mtps-1 2021-07-05 2021-07-09',
      'chl-mtps-1 stands-in chl-mtps-3 2021-07-05 2021-07-09',
    ]);
    await made(leaves('chl-mtps-4'));
    expect(await refused(leaves('chl-mtps-1'))).toMatch(/^StandInLeaves .*chl-mtps-1/);
  });

  it('is refused for the last of an institution, for its focal point, and for guests', async () => {
    expect(await refused(leaves('consultant-1'))).toMatch(/^LastOfParty/);
    expect(await refused(leaves('chl-mtps-3'))).toMatch(/^FocalPointLeaves .*chl-mtps-1.*chl-mtps-4/);
    expect(await refused(leaves('guest-2-1'))).toMatch(/^IsGuest .*removed/);
    expect(await refused(leaves('chl-mtps-9'))).toMatch(/^PersonUnknown/);
    await made({ change: 'focal-point', person: 'chl-mtps-1' });
    await made(leaves('chl-mtps-3'));
    await made(leaves('chl-mtps-2'));
    await made(leaves('chl-mtps-4'));
    expect(await refused(leaves('chl-mtps-1'))).toMatch(/^LastOfParty/);
  });

  it('ends what lets them in here, and only here where the address takes part elsewhere', async () => {
    const { db, id: first } = the();
    const other = await file();
    const second = other.id;
    const at = new Date().toISOString();
    const person = await findPerson(db, second, 'chl-mtps-1');
    const address = person?.email ?? '';
    const hours = { idle: 12, most: 24 };
    const where = { browser: 'b', program: null, network: '203.0.113.*' };
    const link = (cooperation: string) =>
      mintLink(db, { address, cooperation, person: 'chl-mtps-1', path: `/c/${cooperation}` }, at);
    const [here, there] = [await link(second), await link(first)];
    const session = (cooperations: string[] | null) =>
      beginSession(db, { address, cooperations, ...where }, at);
    const [both, only, code] = [await session([first, second]), await session([second]), await session(null)];
    await made(leaves('chl-mtps-1'));
    expect((await findLink(db, here, at))?.state).toBe('dead');
    expect((await findLink(db, there, at))?.state).toBe('open');
    expect((await findSession(db, both, hours, at))?.cooperations).toEqual([first]);
    expect(await findSession(db, only, hours, at)).toBeUndefined();
    expect(await findSession(db, code, hours, at)).toMatchObject({ cooperations: null });
  });

  it('ends all that lets them in where they take part in nothing else', async () => {
    await file((programme) => {
      const [one] = programme.participants;
      if (one) one.email = 'solo@example.org';
    });
    const { db } = the();
    const at = new Date().toISOString();
    const where = { browser: 'b', program: null, network: '203.0.113.*' };
    const session = await beginSession(db, { address: 'solo@example.org', cooperations: null, ...where }, at);
    await made(leaves('chl-mtps-1'));
    expect(await findSession(db, session, { idle: 12, most: 24 }, at)).toBeUndefined();
  });
});

describe('another focal point', () => {
  it('takes the role from the one before, and everybody hears of it', async () => {
    const { told, recorded } = await made({ change: 'focal-point', person: 'chl-mtps-1' });
    expect(await focalPoints('chl-mtps')).toEqual(['chl-mtps-1']);
    expect(told.every((line) => line.endsWith(' people-changed focal-point chl-mtps-1'))).toBe(true);
    expect(others(told, 'focal-point chl-mtps-1').sort()).toEqual([...CHILE, ...OAS, ...PERU]);
    expect(recorded).toEqual(['focal-point-named']);
    expect(await refused({ change: 'focal-point', person: 'chl-mtps-1' })).toMatch(/^FocalPointAlready/);
    expect(await refused({ change: 'focal-point', person: 'guest-2-1' })).toMatch(/^IsGuest/);
  });
});

describe('a colleague who takes a person’s place', () => {
  it('is told once, has the role, what was handed over, and no invitation twice', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await invited(1);
    const { told, recorded, entries } = await made(succeeds('chl-mtps-3', 'chl-mtps-1'));
    expect(rest(told)).toEqual([
      'chl-mtps-3 replaced chl-mtps-1',
      'chl-mtps-3 invitation 1 1 CANCEL withdrawn',
    ]);
    expect(others(told, 'replaced chl-mtps-3 chl-mtps-1').sort()).toEqual([
      ...['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-4'],
      ...OAS,
      ...PERU,
    ]);
    expect(recorded).toEqual(['person-replaced']);
    expect(entries[0]?.data).toMatchObject({ person: 'chl-mtps-3', by: 'chl-mtps-1' });
    expect(await focalPoints('chl-mtps')).toEqual(['chl-mtps-1']);
    expect(await inChargeOf(['chl-mtps'])).toEqual(['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-4']);
    expect((await everyoneOf(the().db, the().id)).map(({ id }) => id)).not.toContain('chl-mtps-5');
  });

  it('hears of a request that they had handed over to the one who goes in the mail about the place', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await made(handOver('chl-mtps-1', 'chl-mtps-3'));
    const { told } = await made(succeeds('chl-mtps-3', 'chl-mtps-1'));
    expect(rest(told)).toEqual(['chl-mtps-3 replaced chl-mtps-1']);
    expect(others(told, 'replaced chl-mtps-3 chl-mtps-1')).toContain('chl-mtps-1');
    expect(await inChargeOf(['chl-mtps'])).toEqual(['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-4']);
  });

  it('is of the same institution, and somebody else', async () => {
    expect(await refused(succeeds('chl-mtps-3', 'per-mtpe-1'))).toMatch(/^NotColleague .*chl-mtps-1/);
    expect(await refused(succeeds('chl-mtps-3', 'chl-mtps-3'))).toMatch(/^NotColleague/);
    expect(await refused(succeeds('chl-mtps-3', 'guest-2-1'))).toMatch(/^IsGuest/);
    expect(await refused(succeeds('chl-mtps-3', 'chl-mtps-9'))).toMatch(/^PersonUnknown/);
  });
});
