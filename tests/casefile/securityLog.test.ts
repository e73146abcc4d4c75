import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  forgetSecurityEvents,
  securityEntries,
  securityLogOver,
} from '../../src/casefile/access/securityLog.ts';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { SECURITY_CODES, securityEvent } from '../../src/domain/securityEvent.ts';
import { securityEventText } from '../../src/words/securityEvents.ts';
import { isKey } from '../../src/words/speaker.ts';
import { testCaseFile } from '../support/database.ts';

let caseFile: CaseFile;
let drop: () => Promise<void>;
const log = pino({ level: 'silent' });
const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
beforeAll(async () => {
  ({ caseFile, drop } = await testCaseFile());
});
afterAll(() => drop());

it('only grows: nothing in it is changed, and nothing young is deleted, whoever asks the database', async () => {
  const who = { kind: 'person', id: '14-per-chl/chl-mtps-2' } as const;
  const logAt = (when: string) => securityLogOver({ caseFile, log, now: () => when });
  await logAt(at(400)).note({ code: 'signed-in', by: 'link' }, { who, from: '192.0.2.1' });
  await logAt(at(40)).note({ code: 'token-refused', method: 'GET', route: '/api/*' }, {});
  await logAt(at(0)).note({ code: 'case-exported', cooperation: '14-per-chl', by: 'page' }, { who });
  const all = await securityEntries(caseFile, { most: 10 });
  expect(all.map(({ event }) => event.code)).toEqual(['case-exported', 'token-refused', 'signed-in']);
  expect(all[2]).toMatchObject({ who, from: '192.0.2.1', event: { code: 'signed-in', by: 'link' } });
  expect(await securityEntries(caseFile, { most: 1, before: String(all[0]?.seq) })).toEqual([all[1]]);
  expect(await securityEntries(caseFile, { most: 9, code: 'signed-in' })).toEqual([all[2]]);

  await expect(sql`update security_event set who = 'nobody'`.execute(caseFile)).rejects.toThrow(
    'append-only',
  );
  await expect(sql`delete from security_event`.execute(caseFile)).rejects.toThrow('append-only');
  await expect(sql`truncate security_event`.execute(caseFile)).rejects.toThrow('append-only');
  expect(await forgetSecurityEvents(caseFile, 365, at(0))).toBe(1);
  // Less than thirty days is never kept.
  expect(await forgetSecurityEvents(caseFile, 1, at(0))).toBe(1);
  expect((await securityEntries(caseFile, { most: 10 })).length).toBe(1);
});

it('is shipped as lines of JSON, also where the database is away, and fails nobody', async () => {
  const away = openCaseFile('postgres://nobody@127.0.0.1:1/none', { connectMs: 200 });
  const shipped: string[] = [];
  const told: string[] = [];
  const telling = pino({ level: 'error' }, { write: (line: string) => void told.push(line) });
  const ship = (line: string) => void shipped.push(line);
  await securityLogOver({ caseFile: away, log: telling, now: () => at(0), ship }).note(
    { code: 'sign-in-limited' },
    { from: '2001:db8::1' },
  );
  await away.destroy();
  expect(shipped.map((line) => JSON.parse(line))).toMatchObject([
    { who: null, from: '2001:db8::1', event: { code: 'sign-in-limited' } },
  ]);
  expect(told.join()).toContain('a security event could not be written down');
});

it.each(SECURITY_CODES)('%s is said in every language', (code) => {
  expect(isKey('security.event', code)).toBe(true);
  const values = {
    ...{ method: 'GET', route: '/new', cooperation: '14-per-chl', by: 'link', why: 'wrong', sessions: 'all' },
    ...{
      of: 'x',
      factor: 'totp',
      staff: 'x',
      token: 'x',
      change: 1,
      kind: 'replace',
      version: '1',
      tries: 30,
    },
    ...{ template: 'sheet', language: 'all', number: 3, institution: 'per-mtpe' },
  };
  for (const language of LANGUAGES)
    expect(securityEventText({ code, ...values } as never, language)).not.toMatch(/[{}]|^$/);
  // No event takes free text.
  expect(securityEvent.safeParse({ code, text: 'written by somebody' }).success).toBe(false);
});
