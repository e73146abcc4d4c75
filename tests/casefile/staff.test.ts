import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSession } from '../../src/casefile/access/access.ts';
import {
  addStaff,
  allStaff,
  firstStaff,
  isSetupOpen,
  removeStaff,
  staffAt,
  useSetup,
} from '../../src/casefile/access/staff.ts';
import { hoursAfter } from '../../src/domain/dates/dates.ts';
import { type TestCaseFile, testCaseFile } from '../support/database.ts';
import { sessionOf } from '../support/site.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const [ANA, BEA] = ['ana@oas.example', 'bea@oas.example'];
const NOBODY = { staff: [], observers: [] };

let file: TestCaseFile;
beforeEach(async () => {
  file = await testCaseFile();
});
afterEach(() => file.drop());

const added = (address: string, role: 'staff' | 'observer' = 'staff', by: string | null = null) =>
  addStaff(file.caseFile, { address, role, by }, NOW);
const removed = (address: string, force = false) =>
  removeStaff(file.caseFile, address, { by: BEA, force }, NOW);
const roles = async () => (await allStaff(file.caseFile)).map(({ address, role }) => [address, role]);

describe('staff', () => {
  it('are those who were let in, however their address is written', async () => {
    expect(await staffAt(file.caseFile, ANA)).toBeUndefined();
    expect(await added('Ana@OAS.example', 'staff', BEA)).toBe(true);
    expect(await staffAt(file.caseFile, ' ANA@oas.example ')).toMatchObject({ role: 'staff', addedBy: BEA });
    expect(await added(ANA)).toBe(false);
    expect(await added(ANA, 'observer')).toBe(true);
    expect(await roles()).toEqual([[ANA, 'observer']]);
  });

  it('are none any more at once when they are removed, and their sessions end', async () => {
    for (const one of [ANA, BEA]) await added(one);
    const session = await sessionOf(file.caseFile, ANA, NOW);
    const hours = { idle: 8, most: 168 };
    expect(await findSession(file.caseFile, session, hours, NOW)).toMatchObject({ address: ANA });
    expect(await removed(ANA)).toBe('removed');
    expect(await staffAt(file.caseFile, ANA)).toBeUndefined();
    expect(await findSession(file.caseFile, session, hours, NOW)).toBeUndefined();
    expect(await removed(ANA)).toBe('unknown');
    expect(await added(ANA)).toBe(true);
  });

  it('keep their last, unless it is forced; two who remove each other leave one', async () => {
    for (const one of [ANA, BEA]) await added(one);
    await added('olga@oas.example', 'observer');
    const both = await Promise.all([removed(ANA), removed(BEA)]);
    expect(both.sort()).toEqual(['last', 'removed']);
    const [left = ''] = (await roles()).find(([, role]) => role === 'staff') ?? [];
    expect(await removed(left)).toBe('last');
    expect(await removed('olga@oas.example')).toBe('removed');
    expect(await removed(left, true)).toBe('removed');
    expect(await roles()).toEqual([]);
  });

  it('are named by the settings at the first start alone', async () => {
    const settings = { staff: [ANA], observers: [BEA] };
    expect(await firstStaff(file.caseFile, settings, NOW)).toBeUndefined();
    expect(await roles()).toEqual([
      [ANA, 'staff'],
      [BEA, 'observer'],
    ]);
    await removed(ANA, true);
    await removed(BEA);
    // Nobody comes back by a restart; who has the terminal can let somebody in.
    expect(await firstStaff(file.caseFile, settings, NOW)).toMatch(/^[0-9a-f]{48}$/);
    expect(await roles()).toEqual([]);
  });
});

describe('the setup link', () => {
  const officer = { address: ANA, name: 'Ana', language: 'en' } as const;
  const open = (token: string | undefined, at = NOW) => isSetupOpen(file.caseFile, token ?? '', at);
  const use = (token: string | undefined, address = ANA) =>
    useSetup(file.caseFile, token ?? '', { ...officer, address }, NOW);

  it('lets one officer in, and nobody else after', async () => {
    const token = await firstStaff(file.caseFile, NOBODY, NOW);
    expect([await open(token), await open('0'.repeat(48)), await open('')]).toEqual([true, false, false]);
    const tried = await Promise.all([use(token), use(token, BEA)]);
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await roles()).toHaveLength(1);
    expect([await open(token), await use(token)]).toEqual([false, false]);
    // Nor once whom it let in has been put out.
    await removed((await roles())[0]?.[0] ?? '', true);
    expect([await open(token), await use(token)]).toEqual([false, false]);
    await added(ANA);
    expect(await firstStaff(file.caseFile, NOBODY, NOW)).toBeUndefined();
  });

  it('holds for an hour, the last of them alone, and is nowhere as it is', async () => {
    const first = await firstStaff(file.caseFile, NOBODY, NOW);
    const second = await firstStaff(file.caseFile, NOBODY, NOW);
    expect([await open(first), await open(second)]).toEqual([false, true]);
    expect([await open(second, hoursAfter(NOW, 0.99)), await open(second, hoursAfter(NOW, 1))]).toEqual([
      true,
      false,
    ]);
    const kept = await file.caseFile.selectFrom('setupLink').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(second);
    // Whoever was let in otherwise meanwhile shuts it.
    await added(BEA);
    expect([await open(second), await use(second)]).toEqual([false, false]);
  });
});
