import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { decisionLabel, decisionVerb } from '../../src/words/kinds.ts';
import { refusalText } from '../../src/words/refusals.ts';
import { speaker } from '../../src/words/speaker.ts';

test('a session that was held before it was entered does not keep its date: it was held on it', () => {
  const id = 'session-1/settle-session.1';
  const held = { id, windowRanOut: 'entered' } as const;
  const ahead = { id, windowRanOut: null };
  expect(decisionLabel(held, 'done', 'es')).toBe('se realizó en su fecha');
  expect(decisionLabel(ahead, 'done', 'es')).toBe('se realizará en su fecha de todos modos');
  for (const language of LANGUAGES)
    expect(decisionLabel(held, 'done', language), language).not.toBe(decisionLabel(ahead, 'done', language));
});

test('a refusal names each way to answer as its button does', () => {
  const ways = [
    ['final-report/receive-report.1', 'approve', 'accept'],
    ['final-report/receive-report.1', 'changes', 'sendBack'],
    ['session-1/confirm-date.1', 'changes', 'newDates'],
    ['session-1/settle-session.1', 'done', 'hold'],
    ['coordination/approve-programme.1', 'approve', 'approve'],
    ['coordination/approve-programme.1', 'changes', 'askChanges'],
  ] as const;
  for (const language of LANGUAGES)
    for (const [request, decision, button] of ways)
      expect(decisionVerb(request, decision, language), `${language} ${button}`).toBe(
        speaker('request.page', language)(button).toLowerCase(),
      );
});

test('a refusal tells what was answered, and what may be, of a session that had passed when it was entered', () => {
  const id = 'session-1/settle-session.1';
  const view = {
    programme: { institutions: [] },
    people: [],
    requests: [{ id, kind: 'settle-session', item: 1, windowRanOut: 'entered' }],
  } as const;
  const reader = { language: 'es', when: (at: string) => at, day: (day: string) => day, view } as const;
  const at = '2021-08-10T22:00:00.000Z';
  const said = { request: id, party: 'oas', by: 'oas-1', decision: 'done', at } as const;
  expect(refusalText({ code: 'AlreadyAnswered', ...said }, reader)).toContain(
    'ya respondió: se realizó en su fecha',
  );
  const refusal: Refusal = {
    ...{ code: 'DecisionNotTaken', request: id, kind: 'settle-session', decision: 'approve' },
    takes: ['date', 'done'],
  };
  expect(refusalText(refusal, reader)).toContain(
    'Admite: fijar la fecha o indicar que se realizó en su fecha.',
  );
});
