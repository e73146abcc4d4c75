import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, MARKS, malformedAnswer } from '../../src/domain/answer.ts';
import { CHANGE_KINDS } from '../../src/domain/change.ts';
import { changeMessage } from '../../src/domain/changeMessage.ts';
import { malformed } from '../../src/domain/guard.ts';
import { DECISIONS } from '../../src/domain/kinds/kind.ts';
import { plan } from '../../src/domain/programme/plan.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { example } from '../support/programme.ts';

/** What travels through Temporal is held to its shape by hand-written guards: messages may come from anywhere. */

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const code = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const version = fc.stringMatching(/^[a-z0-9-]{1,20}@[1-9]\d{0,5}$/);
const given = {
  request: fc.string({ maxLength: 200 }),
  subject: hash,
  party: code,
  by: code,
};
const optional = {
  recorded: fc.record({ by: code, how: hash }),
  confirmed: fc.boolean(),
  revision: fc.integer({ min: 1 }),
};
/** Of those parts that are no texts. */
const TYPES: Record<string, string> = { confirmed: 'boolean', revision: 'number' };
const enclosed: Record<Answer['decision'], Record<string, fc.Arbitrary<unknown>>> = {
  approve: {},
  changes: { content: hash },
  done: { content: hash, documents: fc.array(version, { maxLength: 5 }) },
  'not-held': { content: hash },
  submit: { content: hash },
  'nothing-to-add': {},
  marks: { marks: fc.dictionary(fc.string({ maxLength: 40 }), fc.constantFrom(...MARKS)) },
  date: {
    startsAt: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString()),
  },
};
const REQUIRED: readonly string[] = [...Object.keys(given), 'decision', 'startsAt', 'marks'];
const isRequired = ({ decision }: Answer, key: string): boolean =>
  REQUIRED.includes(key) || (key === 'content' && (decision === 'changes' || decision === 'submit'));

const answers = fc.constantFrom(...DECISIONS).chain((decision) =>
  fc.record(
    { ...given, ...optional, decision: fc.constant(decision), ...enclosed[decision] },
    {
      requiredKeys: [
        ...Object.keys(given),
        'decision',
        ...(decision === 'done' ? [] : Object.keys(enclosed[decision])),
      ] as never,
    },
  ),
) as unknown as fc.Arbitrary<Answer>;

describe('an answer', () => {
  it('is taken, whatever its decision', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        expect(malformedAnswer(answer)).toBeNull();
      }),
    );
  });

  it('is refused with a key too many, or without one that it needs', () => {
    fc.assert(
      fc.property(answers, fc.nat(), (answer, n) => {
        expect(malformedAnswer({ ...answer, reason: 'x' })).toEqual({
          code: 'Malformed',
          path: '',
        });
        const keys = Object.keys(answer).filter((key) => isRequired(answer, key));
        const path = keys[n % keys.length] ?? '';
        const { [path as 'by']: _, ...less } = answer;
        expect(malformedAnswer(less)).toEqual({ code: 'Malformed', path });
      }),
    );
  });

  it('is told apart from anything else, and nothing makes the guard fail', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        expect(malformedAnswer(value)?.code).toBe('Malformed');
      }),
    );
    fc.assert(
      fc.property(
        answers,
        fc.constantFrom(...Object.keys({ ...given, ...optional })),
        fc.anything(),
        (answer, key, value) => {
          fc.pre(![...['string', 'undefined'], TYPES[key]].includes(typeof value));
          expect(malformedAnswer({ ...answer, [key]: value })).toEqual({ code: 'Malformed', path: key });
        },
      ),
    );
  });

  it.each<[string, object, string]>([
    ['a day that is not in the calendar', { decision: 'date', startsAt: '2021-02-30T15:00:00Z' }, 'startsAt'],
    ['an hour that is not', { decision: 'date', startsAt: '2021-02-20T25:00:00Z' }, 'startsAt'],
    ['an instant without its zone', { decision: 'date', startsAt: '2021-02-20T15:00:00' }, 'startsAt'],
    ['an unknown mark', { decision: 'marks', marks: { 'slot-1': 'maybe' } }, 'marks'],
    ['a hash in capitals', { decision: 'changes', content: 'A'.repeat(64) }, 'content'],
    ['a document without its version', { decision: 'done', documents: ['doc-3'] }, 'documents'],
    ['a person by name', { decision: 'approve', by: 'Ana Paz' }, 'by'],
    [
      'more than was recorded',
      { decision: 'approve', recorded: { by: 'oas-1', how: 'a'.repeat(64), text: '' } },
      'recorded',
    ],
    ['an unknown decision', { decision: 'maybe' }, 'decision'],
  ])('is refused with %s', (_, part, path) => {
    const whole = { request: 'a/b.1', subject: '0'.repeat(64), party: 'per', by: 'per-1', ...part };
    expect(malformedAnswer(whole)).toEqual({ code: 'Malformed', path });
  });
});

describe('a change', () => {
  it('is taken by its number and kind, with its request where it is of one', () => {
    for (const kind of CHANGE_KINDS) {
      expect(malformed(changeMessage, { change: 1, kind })).toBeNull();
      expect(malformed(changeMessage, { change: 1, kind, request: 'a/b.1' })).toBeNull();
    }
  });

  it.each<[unknown, string]>([
    [{ change: 0, kind: 'pause' }, 'change'],
    [{ change: 1.5, kind: 'pause' }, 'change'],
    [{ change: 1, kind: 7 }, 'kind'],
    [{ change: 1, kind: 'extend', request: 7 }, 'request'],
    [{ change: 1, kind: 'pause', reason: 'x' }, ''],
    [[], ''],
    [null, ''],
    ['pause', ''],
  ])('%j is refused', (message, path) => {
    expect(malformed(changeMessage, message)).toEqual({ code: 'Malformed', path });
  });
});

describe('a plan', () => {
  it('of each example is taken, and of no other shape', () => {
    for (const name of ['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai']) {
      const sent = JSON.parse(JSON.stringify(planOf(example(name))));
      expect(malformed(plan, sent)).toBeNull();
      for (const key of Object.keys(plan)) {
        expect(malformed(plan, { ...sent, [key]: null })).toEqual({ code: 'Malformed', path: key });
        expect(malformed(plan, { ...sent, [key]: undefined })).toEqual({ code: 'Malformed', path: key });
      }
    }
  });
});
