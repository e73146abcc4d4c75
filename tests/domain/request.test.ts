import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import { refusalLine } from '../../src/domain/refusalLine.ts';
import {
  changesAsked,
  nextRevision,
  owing,
  type RequestState,
  refuse,
  refuseTakeBack,
  settled,
  take,
  withoutAnswer,
} from '../../src/domain/request.ts';

const HASH = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const AT = '2021-06-10T15:00:00.000Z';

const state = (change: Partial<RequestState> = {}): RequestState => ({
  id: 'coordination/approve-programme.1',
  kind: 'approve-programme',
  of: ['per-mtpe', 'chl-mtps'],
  subject: { ref: 'programme v1', hash: HASH },
  openedAt: '2021-06-09T17:00:00.000Z',
  dueAt: '2021-06-16T23:00:00.000Z',
  answers: [],
  ...change,
});

const given = {
  request: 'coordination/approve-programme.1',
  subject: HASH,
  party: 'per-mtpe',
  by: 'per-mtpe-1',
};
const approve: Answer = { ...given, decision: 'approve' };
const changes: Answer = { ...given, decision: 'changes', content: OTHER };
const chile = { party: 'chl-mtps', by: 'chl-mtps-2' };

const poll = state({
  id: 'session-2/choose-date.1',
  kind: 'choose-date',
  slots: ['2021-08-17-1000', '2021-08-19-1430'],
});
const choice = state({
  id: 'session-2/confirm-date.1',
  kind: 'confirm-date',
  of: ['oas'],
  within: { from: '2021-08-16T04:00:00.000Z', to: '2021-09-01T04:59:59.000Z' },
});
const staff = { ...given, party: 'oas', by: 'oas-1' };
const marks = (entries: Record<string, 'yes' | 'if-need-be' | 'no'>): Answer => ({
  ...given,
  decision: 'marks',
  marks: entries,
});
const date = (startsAt: string): Answer => ({ ...staff, decision: 'date', startsAt });

describe('refuse', () => {
  it.each<[string, RequestState, Answer, string, string]>([
    [
      'a party that was not asked',
      state(),
      { ...approve, party: 'oas', by: 'oas-1' },
      'NotAsked',
      '["per-mtpe","chl-mtps"]',
    ],
    ['a person of another party', state(), { ...approve, by: 'chl-mtps-1' }, 'NotOfParty', 'chl-mtps-1'],
    [
      'a person whose party only begins alike',
      state(),
      { ...approve, by: 'per-mtpes-1' },
      'NotOfParty',
      'per-mtpes-1',
    ],
    ['another subject', state(), { ...approve, subject: OTHER }, 'SubjectSuperseded', HASH],
    [
      'a second answer of a party',
      take(state(), approve, AT),
      { ...changes, by: 'per-mtpe-3' },
      'AlreadyAnswered',
      `by="per-mtpe-1" at="${AT}" decision="approve"`,
    ],
    [
      'a second answer, about another subject too',
      take(state(), approve, AT),
      { ...approve, subject: OTHER },
      'AlreadyAnswered',
      'per-mtpe-1',
    ],
    [
      'a decision of another kind',
      state(),
      { ...given, decision: 'done' },
      'DecisionNotTaken',
      'decision="done" takes=["approve","changes"]',
    ],
    ['a mark where approval is asked', state(), marks({}), 'DecisionNotTaken', 'decision="marks"'],
    [
      'changes without a reason',
      state(),
      { ...given, decision: 'changes' } as Answer,
      'ReasonMissing',
      'approve-programme.1',
    ],
    [
      'nothing submitted',
      state({ kind: 'draft-report' }),
      { ...given, decision: 'submit' } as Answer,
      'ContentMissing',
      'document',
    ],
    [
      'a slot that is none',
      poll,
      marks({ '2021-08-17-1000': 'yes', '2021-08-18-1000': 'no' }),
      'UnknownSlot',
      '2021-08-18-1000',
    ],
    ['a slot without a mark', poll, marks({ '2021-08-17-1000': 'yes' }), 'MarkMissing', '2021-08-19-1430'],
    [
      'a date before the window',
      choice,
      date('2021-08-16T03:59:59Z'),
      'DateOutsideWindow',
      'from="2021-08-16T04:00:00.000Z"',
    ],
    [
      'a date after the window',
      choice,
      date('2021-09-01T05:00:00Z'),
      'DateOutsideWindow',
      'to="2021-09-01T04:59:59.000Z"',
    ],
  ])('%s', (_, request, answer, code, says) => {
    const before = structuredClone(request);
    const refusal = refuse(request, answer);
    expect(refusal?.code).toBe(code);
    expect(refusal && refusalLine(refusal)).toContain(says);
    expect(request).toEqual(before);
  });

  it('tells a second answer who was faster', () => {
    expect(refuse(take(state(), approve, AT), { ...approve, by: 'per-mtpe-2' })).toEqual({
      code: 'AlreadyAnswered',
      request: given.request,
      by: 'per-mtpe-1',
      party: 'per-mtpe',
      at: AT,
      decision: 'approve',
    });
  });

  it.each<[string, RequestState, Answer]>([
    ['an approval', state(), approve],
    ['an approval in the name of the party alone', state(), { ...approve, by: 'per-mtpe' }],
    ['changes with a reason', state(), changes],
    ['the other party, after the first', take(state(), approve, AT), { ...approve, ...chile }],
    [
      'the other party, after the first asked for changes',
      take(state(), changes, AT),
      { ...approve, ...chile },
    ],
    ['a mark on every slot', poll, marks({ '2021-08-17-1000': 'no', '2021-08-19-1430': 'if-need-be' })],
    ['a date at the very beginning of the window', choice, date('2021-08-16T04:00:00Z')],
    ['a date at the very end of it', choice, date('2021-09-01T04:59:59Z')],
    ['a document', state({ kind: 'draft-report' }), { ...given, decision: 'submit', content: OTHER }],
    ['that it was not held', state({ kind: 'record-session' }), { ...given, decision: 'not-held' }],
  ])('takes %s', (_, request, answer) => {
    expect(refuse(request, answer)).toBeNull();
  });
});

describe('take', () => {
  it('records who answered what and when, and leaves the state before as it was', () => {
    const before = state();
    const after = take(before, approve, AT);
    expect(after.answers).toEqual([{ ...approve, at: AT }]);
    expect(before.answers).toEqual([]);
    expect({ ...after, answers: [] }).toEqual(before);
  });

  it('is settled when both have answered, in either order', () => {
    for (const [first, second] of [
      [approve, { ...approve, ...chile }],
      [{ ...approve, ...chile }, approve],
    ] as const) {
      const one = take(state(), first, AT);
      expect(owing(one)).toEqual([second.party]);
      expect(settled(one)).toBe(false);
      const both = take(one, second, AT);
      expect(owing(both)).toEqual([]);
      expect(settled(both)).toBe(true);
      expect(changesAsked(both)).toBe(false);
    }
  });

  it('changes asked by one do not spare the other', () => {
    const one = take(state(), changes, AT);
    expect(changesAsked(one)).toBe(true);
    expect(settled(one)).toBe(false);
    expect(owing(one)).toEqual(['chl-mtps']);
    const both = take(one, { ...approve, ...chile }, AT);
    expect(settled(both)).toBe(true);
    expect(changesAsked(both)).toBe(true);
  });

  it('nobody has answered at the beginning, in the order asked', () => {
    expect(owing(state())).toEqual(['per-mtpe', 'chl-mtps']);
    expect(changesAsked(state())).toBe(false);
    expect(settled(state())).toBe(false);
  });
});

describe('taking an answer back', () => {
  const back = { request: given.request, party: 'per-mtpe', by: 'per-mtpe-2', revision: 1 };
  const answeredOnce = take(state(), approve, AT);

  it('leaves it owed, and gives the next one a number', () => {
    expect(refuseTakeBack(answeredOnce, back)).toBeNull();
    const without = withoutAnswer(answeredOnce, 'per-mtpe');
    expect(owing(without)).toEqual(['per-mtpe', 'chl-mtps']);
    expect(nextRevision(without, 'per-mtpe')).toBe(2);
    expect(refuse(without, approve)).toBeNull();
    expect(refuse(without, { ...approve, revision: 2 })).toBeNull();
  });

  it('is refused of what was never given, what does not stand any more, and what has been used', () => {
    expect(refuseTakeBack(state(), back)).toMatchObject({ code: 'AnswerNotStanding' });
    expect(refuseTakeBack(withoutAnswer(answeredOnce, 'per-mtpe'), back)).toMatchObject({
      code: 'AnswerNotStanding',
    });
    const all = take(answeredOnce, { ...approve, ...chile }, AT);
    expect(refuseTakeBack(all, back)).toMatchObject({ code: 'AnswerUsed', how: 'answered' });
    expect(refuseTakeBack({ ...answeredOnce, lapsed: 'window-ran-out' }, back)).toMatchObject({
      code: 'AnswerUsed',
      how: 'window-ran-out',
    });
    expect(refuseTakeBack(answeredOnce, { ...back, by: 'chl-mtps-1' })).toMatchObject({ code: 'NotOfParty' });
  });

  it('in one go with another is that one with the next number', () => {
    const corrected: Answer = { ...changes, revision: 2 };
    expect(refuse(answeredOnce, changes)).toMatchObject({ code: 'AlreadyAnswered' });
    expect(refuse(answeredOnce, corrected)).toBeNull();
    const after = take(answeredOnce, corrected, AT);
    expect(after.answers).toMatchObject([{ party: 'per-mtpe', decision: 'changes', revision: 2 }]);
    expect(refuse(after, corrected)).toMatchObject({ code: 'AlreadyAnswered' });
    const all = take(after, { ...approve, ...chile }, AT);
    expect(refuse(all, { ...approve, revision: 3 })).toMatchObject({ code: 'AnswerUsed' });
    // One that was under way when a colleague took the first back.
    expect(refuse(withoutAnswer(answeredOnce, 'per-mtpe'), { ...approve, revision: 1 })).toMatchObject({
      code: 'AnswerNotStanding',
    });
  });
});
