import { expect, it } from 'vitest';
import type { HealthCheck } from '../../src/domain/health.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { type HealthNews, operatorWatch } from '../../src/health/operator.ts';
import { composeHealth } from '../../src/mail/health.ts';

/** What whoever runs the system hears of, look by look. */

function watching() {
  const told: HealthNews[] = [];
  const state: { ill: HealthCheck[]; at: number; mail: boolean } = { ill: [], at: 0, mail: true };
  const watch = operatorWatch({
    health: { look: async () => state.ill.map((check) => ({ check, ok: false })) },
    tell: async (news) => {
      if (state.mail) told.push(news);
      return state.mail;
    },
    now: () => new Date(state.at).toISOString(),
  });
  const looks = async (count: number) => {
    for (let n = 0; n < count; n++) {
      state.at += 30_000;
      await watch();
    }
    return told.splice(0).map(({ ill, was }) => (ill.length > 0 ? ill.join() : `well after ${was.join()}`));
  };
  return { state, looks };
}

it('tells what lasts once, a further illness too, the same again after a day, and that all is well', async () => {
  const { state, looks } = watching();
  state.ill = ['disk'];
  expect(await looks(1)).toEqual([]);
  expect(await looks(20)).toEqual(['disk']);
  state.ill = ['disk', 'temporal'];
  expect(await looks(20)).toEqual(['disk,temporal']);
  state.at += 24 * 60 * 60 * 1000;
  expect(await looks(5)).toEqual(['disk,temporal']);
  state.ill = [];
  expect(await looks(9)).toEqual([]);
  expect(await looks(20)).toEqual(['well after disk,temporal']);
});

it('what comes and goes is one illness', async () => {
  const { state, looks } = watching();
  const told: string[] = [];
  for (let n = 0; n < 20; n++) {
    state.ill = ['temporal'];
    told.push(...(await looks(2)));
    state.ill = [];
    told.push(...(await looks(3)));
  }
  expect(told).toEqual(['temporal']);
});

it('what could not be told is told when mail is back', async () => {
  const { state, looks } = watching();
  state.ill = ['mail-server'];
  state.mail = false;
  expect(await looks(5)).toEqual([]);
  state.ill = [];
  state.mail = true;
  expect(await looks(12)).toEqual(['well after mail-server']);
});

it.each(LANGUAGES)('the mail says what is ill and what to do, or what had been (%s)', (language) => {
  const given = {
    was: ['disk' as const],
    since: '2026-01-02T10:00:00.000Z',
    now: '2026-01-02T11:00:00.000Z',
  };
  const ill = composeHealth({ ...given, ill: ['disk'] }, language);
  const well = composeHealth({ ...given, ill: [] }, language);
  for (const { subject, text, html } of [ill, well])
    expect(subject + text + html).not.toMatch(/undefined|\{\w/);
  expect(ill.text.length).toBeGreaterThan(well.text.length);
  expect(well.subject).not.toBe(ill.subject);
});
