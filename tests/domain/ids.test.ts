import { describe, expect, it } from 'vitest';
import {
  isNameOf,
  partsOfPerson,
  partsOfRequest,
  personId,
  renewedId,
  sessionOfScope,
  sessionScopeId,
} from '../../src/domain/ids.ts';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';

describe("a person's id", () => {
  it.each([
    ['per-mtpe', 2],
    ['guest-3', 1],
    ['oas', 12],
  ])('is the party and a number: %s, %i', (party, number) => {
    expect(partsOfPerson(personId(party, number))).toEqual({ party, number });
  });
  it('may be a code alone', () => expect(partsOfPerson('per-mtpe')).toEqual({ party: 'per-mtpe' }));
});

it('a session has a scope, which no other step has', () => {
  expect(sessionOfScope(sessionScopeId(12))).toBe(12);
  for (const scope of ['documents', 'session-', 'session-0', 'session-2-x', 'amendment-2'])
    expect(sessionOfScope(scope)).toBeUndefined();
});

describe("a request's name", () => {
  it.each(REQUEST_KINDS)('tells its parts, whatever is left out: %s', (kind) => {
    expect(partsOfRequest(kind)).toEqual({ kind });
    expect(partsOfRequest(`session-2/${kind}-3.4`)).toEqual({ scope: 'session-2', kind, item: 3, round: 4 });
  });
  it.each(['', 'choose', 'choose-date.0', 'session-2/', 'choose-date/session-2', 'choose-date.1 '])(
    'is none: %j',
    (written) => expect(partsOfRequest(written)).toBeUndefined(),
  );
  it.each([
    ['choose-date', true],
    ['choose-date.1', true],
    ['session-2/choose-date', true],
    ['session-2/choose-date.1', true],
    ['session-1/choose-date', false],
    ['choose-date.2', false],
    ['find-date', false],
  ])('%s names session-2/choose-date.1: %s', (written, names) => {
    expect(isNameOf(written, 'session-2/choose-date.1')).toBe(names);
  });
  it('of a question may leave out which', () => {
    expect(isNameOf('answer-question', 'documents/answer-question-2.1')).toBe(true);
    expect(isNameOf('answer-question-1', 'documents/answer-question-2.1')).toBe(false);
  });
  it('of one that is asked anew has one number more, and it goes by the name of the first, too', () => {
    const anew = renewedId('documents/answer-question-2.1');
    expect(anew).toBe('documents/answer-question-2.1.2');
    expect(renewedId(anew)).toBe('documents/answer-question-2.1.3');
    const parts = { scope: 'documents', kind: 'answer-question', item: 2, round: 1, anew: 2 };
    expect(partsOfRequest(anew)).toEqual(parts);
    expect(isNameOf('documents/answer-question-2.1', anew)).toBe(true);
    expect(isNameOf(anew, 'documents/answer-question-2.1')).toBe(false);
  });
});
