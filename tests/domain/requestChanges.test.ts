import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import { kinds, REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import {
  changed,
  owing,
  type RequestChange,
  type RequestState,
  refuse,
  refuseChange,
  settled,
  suiting,
  take,
} from '../../src/domain/request.ts';

const HASH = 'a'.repeat(64);
const NOW = '2021-06-14T15:00:00.000Z';
const DUE = '2021-06-16T23:00:00.000Z';
const LATER = '2021-06-23T23:00:00.000Z';
const PARTIES = ['per-mtpe', 'chl-mtps'];

const state = (change: Partial<RequestState> = {}): RequestState => ({
  id: 'coordination/approve-programme.1',
  kind: 'approve-programme',
  of: PARTIES,
  subject: { ref: 'programme v1', hash: HASH },
  openedAt: '2021-06-09T17:00:00.000Z',
  dueAt: DUE,
  answers: [],
  ...change,
});
const answer = (party: string, decision: 'approve' | 'changes' = 'approve'): Answer => {
  const given = { request: 'coordination/approve-programme.1', subject: HASH, party, by: `${party}-1` };
  return decision === 'approve' ? { ...given, decision } : { ...given, decision, content: HASH };
};
const answered = (...parties: string[]): RequestState =>
  parties.reduce((before, party) => take(before, answer(party), NOW), state());
const waived = (party: string, before = state()): RequestState => changed(before, { change: 'waive', party });

describe('a change', () => {
  const ask = (from: string, to: string): RequestChange => ({ change: 'reassign', from, to });
  const extend = (dueAt: string): RequestChange => ({ change: 'extend', dueAt });
  const waive = (party: string): RequestChange => ({ change: 'waive', party });

  it.each<[string, RequestState, RequestChange, string]>([
    ['more time than there is', answered('per-mtpe', 'chl-mtps'), extend(LATER), 'RequestClosed'],
    [
      'an extension into the past',
      state({ dueAt: '2021-06-01T23:00:00Z' }),
      extend('2021-06-14T14:59:59Z'),
      'DatePast',
    ],
    ['an extension to the very instant', state(), extend(DUE), 'DateNotLater'],
    ['an extension to an earlier day', state(), extend('2021-06-15T23:00:00Z'), 'DateNotLater'],
    ['asking who is asked already', state(), ask('per-mtpe', 'chl-mtps'), 'AlreadyAsked'],
    ['asking in place of who has answered', answered('per-mtpe'), ask('per-mtpe', 'oas'), 'NotOwing'],
    ['asking in place of who was never asked', state(), ask('bra-mte', 'oas'), 'NotOwing'],
    ['doing without an answer that is there', answered('per-mtpe'), waive('per-mtpe'), 'NotOwing'],
    ['doing without it twice', waived('per-mtpe'), waive('per-mtpe'), 'NotOwing'],
    ['doing without the last approval', waived('per-mtpe'), waive('chl-mtps'), 'LastToAnswer'],
    [
      'doing without what follows needs',
      state({ kind: 'draft-sheet', of: ['consultant'] }),
      waive('consultant'),
      'NotWaivable',
    ],
    [
      'doing without the minutes',
      state({ kind: 'record-session', of: ['oas'] }),
      waive('oas'),
      'NotWaivable',
    ],
  ])('is refused: %s', (_, request, change, code) => {
    const before = structuredClone(request);
    expect(refuseChange(request, change, NOW)?.code).toBe(code);
    expect(request).toEqual(before);
  });

  it.each<[string, RequestState, RequestChange, string[], boolean]>([
    ['more time', state(), extend(LATER), PARTIES, false],
    [
      'more time for something overdue',
      state({ dueAt: '2021-06-10T23:00:00Z' }),
      extend(DUE),
      PARTIES,
      false,
    ],
    ['more time for the one who still owes', answered('per-mtpe'), extend(LATER), ['chl-mtps'], false],
    ['another party in place of one', state(), ask('per-mtpe', 'oas'), ['oas', 'chl-mtps'], false],
    ['doing without one of two approvals', state(), waive('per-mtpe'), ['chl-mtps'], false],
    ['doing without the one that is missing', answered('chl-mtps'), waive('per-mtpe'), [], true],
    [
      'doing without all documents',
      waived('per-mtpe', state({ kind: 'send-documents' })),
      waive('chl-mtps'),
      [],
      true,
    ],
  ])('is made: %s', (_, request, change, owed, over) => {
    expect(refuseChange(request, change, NOW)).toBeNull();
    const after = changed(request, change);
    expect(owing(after)).toEqual(owed);
    expect(settled(after)).toBe(over);
    expect(after.answers).toEqual(request.answers);
  });

  it('of every kind that may not be waived needs its answer for what follows', () => {
    const needed = REQUEST_KINDS.filter((kind) => kinds[kind].waivable === 'none');
    expect(needed).toEqual([
      'confirm-coordination',
      'set-meeting',
      'revise-programme',
      'confirm-date',
      'settle-session',
      'record-session',
      'name-consultant',
      'draft-sheet',
      'receive-report',
      'resolve-trouble',
    ]);
  });

  it('takes the answer of a party that was done without, if it comes all the same', () => {
    const after = waived('per-mtpe');
    expect(refuse(after, answer('per-mtpe'))).toBeNull();
    expect(owing(take(after, answer('per-mtpe'), NOW))).toEqual(['chl-mtps']);
  });

  it('refuses the party that another was asked in place of', () => {
    const after = changed(state(), ask('per-mtpe', 'oas'));
    expect(refuse(after, answer('per-mtpe'))?.code).toBe('NotAsked');
    expect(refuse(after, answer('oas'))).toBeNull();
  });
});

describe('suiting', () => {
  const slots = ['a', 'b', 'c'];
  const marked = (party: string, ...marks: ('yes' | 'if-need-be' | 'no')[]) => ({
    ...({ request: 'session-2/choose-date.1', subject: HASH, party, by: `${party}-1`, at: NOW } as const),
    decision: 'marks' as const,
    marks: Object.fromEntries(slots.map((slot, index) => [slot, marks[index] ?? 'no'])),
  });
  it.each([
    [
      'what nobody refuses',
      [marked('p', 'yes', 'no', 'if-need-be'), marked('c', 'yes', 'yes', 'yes')],
      ['a', 'c'],
    ],
    [
      'nothing where each slot is refused by one',
      [marked('p', 'yes', 'no', 'no'), marked('c', 'no', 'yes', 'yes')],
      [],
    ],
    ['everything where nobody has answered', [], slots],
  ])('%s', (_, answers, expected) => {
    expect(suiting(slots, answers)).toEqual(expected);
  });
});

describe('whatever happens to a request, in whatever order', () => {
  const party = fc.constantFrom(...PARTIES, 'oas', 'bra-mte');
  const step = fc.oneof(
    fc.record({ answer: party, decision: fc.constantFrom('approve' as const, 'changes' as const) }),
    fc.record({ change: fc.constant('waive' as const), party }),
    fc.record({ change: fc.constant('reassign' as const), from: party, to: party }),
    fc.record({ change: fc.constant('extend' as const), days: fc.integer({ min: -5, max: 30 }) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
  const kind = fc.constantFrom('approve-programme' as const, 'review-sheet' as const);

  it('it passes only with an approval, loses no answer, and its due date only grows', () => {
    fc.assert(
      fc.property(kind, fc.array(step, { maxLength: 40 }), (kind, steps) => {
        let now = state({ kind });
        const accepted: string[] = [];
        for (const one of steps as Step[]) {
          const before = now;
          if ('answer' in one) {
            const given = answer(one.answer, one.decision);
            if (settled(now) || refuse(now, given)) continue;
            now = take(now, given, NOW);
            accepted.push(one.answer);
          } else {
            const change: RequestChange =
              one.change === 'extend'
                ? { change: 'extend', dueAt: new Date(Date.parse(DUE) + one.days * 86_400_000).toISOString() }
                : one;
            if (refuseChange(now, change, NOW)) continue;
            now = changed(now, change);
          }
          expect(Date.parse(now.dueAt)).toBeGreaterThanOrEqual(Date.parse(before.dueAt));
          expect(now.of).toHaveLength(before.of.length);
          expect(new Set(now.of).size).toBe(now.of.length);
          // Nobody who has answered is owed anything, and nobody who was never asked owes.
          for (const owed of owing(now)) {
            expect(accepted).not.toContain(owed);
            expect(now.of).toContain(owed);
          }
        }
        expect(now.answers.map((given) => given.party)).toEqual(accepted);
        if (settled(now)) expect(now.answers.length).toBeGreaterThan(0);
      }),
      { numRuns: 500, verbose: true },
    );
  });
});
