import { describe, expect, test } from 'vitest';
import type { CaseView, RequestView } from '../../src/domain/caseView.ts';
import { answerInstant, castRoleOf, type Party } from '../../src/rehearsal/cast.ts';
import { instantOfMoment } from '../../src/rehearsal/changes.ts';
import type { Scenario } from '../../src/rehearsal/scenario.ts';

const lima = { code: 'per-mtpe', country: 'PE', timeZone: 'America/Lima' } as Party;
const santiago = { code: 'chl-mtps', country: 'CL', timeZone: 'America/Santiago' } as Party;

describe('when people answer', () => {
  test.each([
    [
      'on the next working day at ten, without a scenario',
      undefined,
      lima,
      '2021-06-09T16:30:00Z',
      '2021-06-10T15:00:00.000Z',
    ],
    ['on the day after the weekend', undefined, lima, '2021-06-11T16:30:00Z', '2021-06-14T15:00:00.000Z'],
    [
      'not on a holiday of theirs: Saint Rose of Lima',
      undefined,
      lima,
      '2021-08-27T16:30:00Z',
      '2021-08-31T15:00:00.000Z',
    ],
    [
      'at ten on their own clock: Santiago is three hours behind UTC in summer',
      undefined,
      santiago,
      '2021-09-06T16:30:00Z',
      '2021-09-07T13:00:00.000Z',
    ],
    [
      'after three working days',
      { after: '3 days' },
      lima,
      '2021-06-10T16:30:00Z',
      '2021-06-15T15:00:00.000Z',
    ],
    [
      'after hours, day or night',
      { after: '20 hours' },
      lima,
      '2021-06-11T16:30:00Z',
      '2021-06-12T12:30:00.000Z',
    ],
    [
      'the same day, an hour after the mail',
      { after: '0 days' },
      lima,
      '2021-06-10T16:30:00Z',
      '2021-06-10T17:30:00.000Z',
    ],
    ['at a time', { at: '2021-06-18 17:30' }, lima, '2021-06-10T16:30:00Z', '2021-06-18T22:30:00.000Z'],
    [
      'never before the mail is there',
      { at: '2021-06-08 17:30' },
      lima,
      '2021-06-10T16:30:00.000Z',
      '2021-06-10T16:30:00.000Z',
    ],
    ['never', { after: 'never' }, lima, '2021-06-10T16:30:00Z', undefined],
  ])('%s', (_, role, party, arrived, expected) => {
    expect(answerInstant(role, arrived, party)).toBe(expected);
  });
});

describe('the first entry that fits is followed', () => {
  const request = (id: string) =>
    ({
      id,
      kind: /\/([a-z-]+?)(-\d+)?\.\d+$/.exec(id)?.[1],
      round: Number(id.at(-1)),
    }) as unknown as RequestView;
  const scenario: Scenario = {
    answers: [
      { request: 'session-2/choose-date.1', party: 'per-mtpe', after: '9 days' },
      { request: 'session-2/choose-date', by: 'chl-mtps-3', after: '8 days' },
      { request: 'approve-programme', party: 'chl-mtps', rounds: 2, changes: 'No.' },
      { request: 'record-session', 'not-held': true },
      { request: 'answer-question', after: '4 days' },
      { party: 'chl-mtps', after: '2 days' },
    ],
  };
  test.each([
    ['session-2/choose-date.1', 'per-mtpe', 0],
    ['session-2/choose-date.2', 'per-mtpe', undefined],
    ['session-2/choose-date.2', 'chl-mtps', 1],
    ['session-3/choose-date.1', 'chl-mtps', 5],
    ['coordination/approve-programme.2', 'chl-mtps', 2],
    ['coordination/approve-programme.3', 'chl-mtps', 5],
    ['coordination/approve-programme.1', 'per-mtpe', undefined],
    ['session-1/record-session.1', 'oas', 3],
    ['session-1/record-session.2', 'oas', undefined],
    ['documents/answer-question-2.1', 'per-mtpe', 4],
  ])('%s of %s', (id, party, entry) => {
    expect(castRoleOf(scenario, request(id), party)).toBe(
      entry === undefined ? undefined : scenario.answers?.[entry],
    );
  });
});

describe('moments', () => {
  const view = {
    programme: {
      institutions: [{ role: 'secretariat', timezone: 'America/New_York', country: 'US' }],
    },
    meeting: { startsAt: '2021-06-09T15:00:00.000Z', endsAt: '2021-06-09T16:30:00.000Z' },
    sessions: [
      { number: 1, startsAt: '2021-07-06T15:00:00.000Z', endsAt: '2021-07-06T17:30:00.000Z' },
      { number: 2, startsAt: null, endsAt: null },
    ],
    requests: [
      {
        id: 'session-2/choose-date.1',
        openedAt: '2021-07-07T14:00:00.000Z',
        dueAt: '2021-07-14T22:00:00.000Z',
      },
    ],
  } as unknown as CaseView;
  test.each([
    ["on the Secretariat's clock", '2021-08-20 10:00', '2021-08-20T14:00:00.000Z'],
    ['in UTC', '2021-08-20T10:00:00Z', '2021-08-20T10:00:00.000Z'],
    ['before a session starts', { before: 'session-1', hours: 1 }, '2021-07-06T14:00:00.000Z'],
    [
      'working days before it: the fourth of July is kept on the fifth',
      { before: 'session-1', days: 1 },
      '2021-07-02T15:00:00.000Z',
    ],
    ['after a session ends', { after: 'session-1', hours: 2 }, '2021-07-06T19:30:00.000Z'],
    ['after the coordination meeting', { after: 'coordination', hours: 1 }, '2021-06-09T17:30:00.000Z'],
    ['after a request was opened', { after: 'session-2/choose-date.1', days: 3 }, '2021-07-12T14:00:00.000Z'],
    ['before it is due', { before: 'session-2/choose-date.1', hours: 4 }, '2021-07-14T18:00:00.000Z'],
    ['not while a session has no date', { before: 'session-2', hours: 1 }, undefined],
    ['not while a request is not there', { after: 'session-3/choose-date.1', hours: 1 }, undefined],
  ])('%s', (_, moment, expected) => {
    expect(instantOfMoment(moment, view)).toBe(expected);
  });
});
