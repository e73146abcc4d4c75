import { describe, expect, it } from 'vitest';
import {
  answerersOf,
  everyoneOf,
  findPerson,
  focalPointsOf,
  invitedTo,
  participantsOf,
} from '../../../src/casefile/people.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import type { Change } from '../../../src/domain/change.ts';
import { asked, file, invited, made, NOW, refused, setting, the } from './setting.ts';

setting();

const REQUEST = 'documents/send-documents.1';
/** Of Chile the first and the last have no address, nor do the guests. */
const filed = () =>
  file((programme) => {
    const chileans = programme.participants.filter(({ institution }) => institution === 'chl-mtps');
    for (const one of chileans) delete one.focalPoint;
    for (const one of [chileans[0], chileans[3]]) delete one?.email;
    for (const one of programme.sessions.flatMap(({ guests = [] }) => guests)) delete one.email;
  });
const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id);
const absence = (person: string, standIn: string): Change => ({
  ...{ change: 'absence', person, standIn },
  ...{ from: '2021-07-05', to: '2021-07-06' },
});

describe('somebody who has no address', () => {
  it('is listed, and neither asked nor invited; the focal point is somebody who can be reached', async () => {
    await filed();
    const all = ids(await everyoneOf(the().db, the().id));
    expect(all).toEqual(expect.arrayContaining(['chl-mtps-1', 'chl-mtps-4', 'guest-2-1']));
    expect((await viewOf(the().db, the().id, NOW))?.people).toContainEqual(
      expect.objectContaining({ id: 'chl-mtps-1', name: 'Margarita Spoerer', email: null, active: true }),
    );
    expect(ids(await answerersOf(the().db, the().id, ['chl-mtps']))).toEqual(['chl-mtps-2', 'chl-mtps-3']);
    expect(ids(await focalPointsOf(the().db, the().id, ['chl-mtps']))).toEqual(['chl-mtps-2']);
    for (const people of [await invitedTo(the().db, the().id, 2), await participantsOf(the().db, the().id)])
      for (const id of ['chl-mtps-1', 'chl-mtps-4', 'guest-2-1']) expect(ids(people)).not.toContain(id);
  });

  it('can be given nothing that is asked for by mail', async () => {
    await filed();
    await asked(REQUEST, ['chl-mtps']);
    const handOver = { change: 'hand-over', request: REQUEST, from: 'chl-mtps-2' } as const;
    expect(await refused({ ...handOver, to: 'chl-mtps-1' })).toMatch(/^NoAddress .*chl-mtps-1/);
    expect(await refused(absence('chl-mtps-2', 'chl-mtps-4'))).toMatch(/^NoAddress .*chl-mtps-4/);
    expect(await refused({ change: 'focal-point', person: 'chl-mtps-1' })).toMatch(/^NoAddress/);
    expect(await refused({ change: 'replace', person: 'chl-mtps-2', with: 'chl-mtps-1' })).toMatch(
      /^NoAddress/,
    );
    await made({ change: 'remove-person', person: 'chl-mtps-3' });
    expect(await refused({ change: 'remove-person', person: 'chl-mtps-2' })).toMatch(/^LastOfParty/);
  });

  it('joins and goes without a mail, and those who take part are told of it', async () => {
    await filed();
    await invited(1);
    const person = { name: 'Sin Correo' };
    const joined = await made({ change: 'add-person', party: 'chl-mtps', person });
    expect(joined.told.filter((one) => one.startsWith('chl-mtps-5'))).toEqual([]);
    expect(joined.told).toContain('per-mtpe-1 people-changed joined chl-mtps-5');
    expect(await findPerson(the().db, the().id, 'chl-mtps-5')).toMatchObject({ email: null, active: true });
    expect(
      await refused({ change: 'add-person', party: 'chl-mtps', person: { name: 'Otra' }, focalPoint: true }),
    ).toMatch(/^Malformed/);
    const guest = { name: 'Otra Persona', invitedBy: 'chl-mtps' };
    expect((await made({ change: 'add-guest', session: 1, guest })).told).toEqual([]);
    const left = await made({ change: 'remove-person', person: 'chl-mtps-5' });
    expect(left.told.filter((one) => one.startsWith('chl-mtps-5'))).toEqual([]);
  });

  it('is asked and invited once there is an address', async () => {
    await filed();
    await asked(REQUEST, ['chl-mtps']);
    await invited(1);
    const { told } = await made({
      change: 'correct-person',
      person: 'chl-mtps-1',
      as: { email: 'nueva@example.org' },
    });
    expect(told).toEqual([
      `chl-mtps-1 request ${REQUEST} corrected`,
      'chl-mtps-1 invitation 1 1 REQUEST new',
    ]);
  });
});
