import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import type { RequestState } from '../../src/domain/request.ts';
import {
  answered,
  answering,
  closed,
  isOver,
  lapsed,
  opened,
  outcomeOf,
  recorded,
  reminded,
  reminderAt,
  replanned,
  unanswered,
  waitsOnDecision,
  wakesAt,
} from '../../workflows/desk/heldRequest.ts';

const HASH = 'a'.repeat(64);
const REQUEST: RequestState = {
  id: 'coordination/approve-programme.1',
  kind: 'approve-programme',
  of: ['per-mtpe', 'chl-mtps'],
  subject: { ref: 'programme-v1', hash: HASH },
  openedAt: '2021-06-11T14:00:00.000Z',
  dueAt: '2021-06-18T22:00:00.000Z',
  answers: [],
};
const REMINDERS = ['2021-06-16T14:00:00.000Z', '2021-06-21T14:00:00.000Z', '2021-06-23T14:00:00.000Z'];
const fresh = opened({ request: REQUEST, item: 1, told: false, reminders: REMINDERS, reminded: 0 });
const answer = (party: string, decision: 'approve' | 'changes' = 'approve') =>
  ({
    request: REQUEST.id,
    subject: HASH,
    party,
    by: `${party}-1`,
    decision,
    ...(decision === 'changes' && { content: HASH }),
  }) as Answer;
const AT = '2021-06-14T15:00:00.000Z';

describe('an answer', () => {
  const underWay = answering(fresh, answer('per-mtpe'), AT);

  it('counts for what is shown at once, and for who was faster once the case file has it', () => {
    expect(underWay.request.answers.map(({ party }) => party)).toEqual(['per-mtpe']);
    expect(recorded(underWay).answers).toEqual([]);
    expect(recorded(answered(underWay, 'per-mtpe')).answers).toHaveLength(1);
  });

  it('that the case file refuses is still owed', () => {
    const refused = unanswered(underWay, 'per-mtpe', fresh.request);
    expect(refused.request.answers).toEqual([]);
    expect(refused.unrecorded).toEqual([]);
  });

  it('that is the last ends the request only when the case file has it', () => {
    const all = answering(answered(underWay, 'per-mtpe'), answer('chl-mtps'), AT);
    expect(isOver(all)).toBe(false);
    expect(isOver(answered(all, 'chl-mtps'))).toBe(true);
  });
});

describe('what became of it', () => {
  const both = (first: 'approve' | 'changes') =>
    ['per-mtpe', 'chl-mtps'].reduce(
      (held, party, index) =>
        answered(answering(held, answer(party, index === 0 ? first : 'approve'), AT), party),
      fresh,
    );

  it('is an approval where nobody asks for changes', () => {
    expect(outcomeOf(both('approve'))).toMatchObject({ approved: true, of: REQUEST.of });
  });
  it('is none where one asks for changes', () => {
    expect(outcomeOf(both('changes'))).toMatchObject({ approved: false });
  });
  it('is no approval where it lapsed, whatever was answered', () => {
    const over = lapsed(both('approve'), 'superseded');
    expect(isOver(over)).toBe(true);
    expect(outcomeOf(over)).toMatchObject({ approved: false, lapsed: 'superseded' });
    expect(closed(over).lapsed).toBe('superseded');
  });
});

describe('reminders', () => {
  it.each([
    ['2021-06-16T14:00:00.000Z', 1, REMINDERS[0], REMINDERS.slice(1)],
    ['2021-06-22T00:00:00.000Z', 1, REMINDERS[1], REMINDERS.slice(2)],
    ['2021-06-30T00:00:00.000Z', 1, REMINDERS[2], []],
  ])('missed until %s collapse into the last of them', (now, number, at, ahead) => {
    expect(reminderAt(fresh, now)).toEqual({ number, since: REMINDERS[0], at, ahead });
  });

  it('that were the last leave it to the Secretariat, unless it is over', () => {
    const last = reminderAt(fresh, '2021-06-30T00:00:00.000Z');
    expect(waitsOnDecision(reminded(fresh, last, 0))).toBe(true);
    expect(reminded(lapsed(fresh, 'superseded'), last, 0).escalated).toBeUndefined();
  });

  it('planned anew while one was on its way stand', () => {
    const times = {
      dueAt: REQUEST.dueAt,
      reminders: ['2021-07-01T14:00:00.000Z'],
      of: [...REQUEST.of],
      waived: [],
    };
    const sent = reminded(replanned(fresh, times), reminderAt(fresh, '2021-06-30T00:00:00.000Z'), 0);
    expect(sent.reminders).toEqual(times.reminders);
    expect(sent.reminded).toBe(1);
    expect(sent.escalated).toBeFalsy();
  });

  it('are waited for, or the instant after which nobody is asked', () => {
    expect(wakesAt(fresh)).toBe(REMINDERS[0]);
    expect(wakesAt({ ...fresh, until: '2021-06-12T00:00:00.000Z' })).toBe('2021-06-12T00:00:00.000Z');
    expect(wakesAt({ ...fresh, reminders: [] })).toBeUndefined();
  });
});

describe('a change', () => {
  it('asks others, too, and does without some', () => {
    const now = replanned(fresh, {
      dueAt: '2021-06-25T22:00:00.000Z',
      reminders: [],
      of: ['per-mtpe', 'chl-mtps', 'ury-mtss'],
      waived: ['chl-mtps'],
    });
    expect(now.request).toMatchObject({ of: ['per-mtpe', 'chl-mtps', 'ury-mtss'], waived: ['chl-mtps'] });
    expect(now.replanned).toBe(1);
  });
});
