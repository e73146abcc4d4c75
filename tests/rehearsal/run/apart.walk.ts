import { readFileSync } from 'node:fs';
import pino from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { rehearsalsApart } from '../../../src/rehearsal/apart.ts';

/** A rehearsal in a process of its own, as the site has it. */

const PROGRAMME = readFileSync(new URL('../../../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const log = pino({ level: 'silent' });
afterEach(() => {
  vi.unstubAllEnvs();
});

test('plays the whole cooperation, and says on the way where it is', async () => {
  const shares: number[] = [];
  const { rehearse } = rehearsalsApart({ log, siteUrl: 'https://sitio.example' });
  const outcome = await rehearse(PROGRAMME, (_, share) => shares.push(share));
  if (!('played' in outcome)) throw new Error(outcome.failed);
  const { rehearsed, entries, sums, mails } = outcome.played;
  expect(rehearsed).toMatchObject({ end: 'closed', view: { id: '14-per-chl' } });
  expect(entries.filter(({ kind }) => kind === 'session').map(({ session }) => session)).toEqual([1, 2, 3]);
  expect(entries.at(-1)?.kind).toBe('cooperation-closed');
  expect(sums.mails.map(({ sent }) => sent).reduce((a, b) => a + b)).toBe(rehearsed.view.mails.length);
  // Each mail as it would be opened, with its button.
  expect(mails).toHaveLength(rehearsed.view.mails.length);
  rehearsed.view.mails.forEach((mail, index) => {
    expect(mails[index]?.to).toContain(mail.address);
    expect(mails[index]?.html).toMatch(/<a href="https:\/\/sitio\.example\/r\/[0-9a-f]{48}"/);
  });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.length).toBeGreaterThan(1);
});

test('plays it as is chosen: nobody of the ministries answers, and it ends in waiting', async () => {
  const outcome = await rehearsalsApart({ log }).rehearse(PROGRAMME, undefined, 'silent');
  if (!('played' in outcome)) throw new Error(outcome.failed);
  const { rehearsed } = outcome.played;
  expect(rehearsed.end).toBe('waiting');
  expect(rehearsed.view.requests.flatMap(({ answers }) => answers.map(({ party }) => party))).not.toContain(
    'per-mtpe',
  );
  expect(rehearsed.view.mails.some(({ notice }) => notice === 'reminder')).toBe(true);
});

test('says where the computer has no time-skipping server', async () => {
  vi.stubEnv('TEMPORAL_TEST_SERVER_PATH', '/nowhere/temporal-test-server');
  expect(await rehearsalsApart({ log }).rehearse(PROGRAMME)).toEqual({ failed: 'impossible' });
});
