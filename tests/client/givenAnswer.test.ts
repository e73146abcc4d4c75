import { describe, expect, it } from 'vitest';
import { enclosuresWith, heldAgainst, readGivenAnswer } from '../../src/client/givenAnswer.ts';
import { decisionsOf, enclosuresOf, REQUEST_KINDS, ruleOf } from '../../src/domain/kinds/index.ts';
import { DECISIONS, type Decision, ENCLOSURES, type Enclosure } from '../../src/domain/kinds/kind.ts';

const every = { request: 'a/b.1', by: 'oas-1', subject: 'a'.repeat(64) };
const VALUES: Readonly<Record<Enclosure, unknown>> = {
  reason: 'Porque sí.',
  minutes: { minutes: 'Acta.' },
  text: 'Texto.',
  person: { name: 'Ana', email: 'ana@ministerio.example' },
  outcomes: { came: ['training'], text: 'Un curso.' },
  fulfilment: [{ commitment: 1, outcome: 'kept' }],
  programme: 'id: x',
  translation: [{ paragraph: 1, text: 'Text.' }],
  document: 'b'.repeat(64),
  documents: ['doc-1@1'],
  commitments: [{ what: 'Enviar el manual.', owner: 'chl-mtps', due: '2021-09-30' }],
  lessons: ['Los talleres cortos sirven más.'],
  funding: [{ party: 'per-mtpe', amount: 1200.5, currency: 'USD' }],
  marks: { s1: 'yes' },
  date: 's1',
  publish: 'yes',
};
const pairs = DECISIONS.flatMap((decision) =>
  ENCLOSURES.map((enclosure): [Decision, Enclosure] => [decision, enclosure]),
);
const needed: Partial<Record<Decision, Enclosure>> = { changes: 'reason', marks: 'marks', date: 'date' };

describe('an answer as it is given', () => {
  it.each(pairs)(
    '%s with %s is taken as the kinds have it, or refused and never dropped',
    (decision, enclosure) => {
      const need = needed[decision];
      const given = {
        ...every,
        decision,
        ...(need && { [need]: VALUES[need] }),
        [enclosure]: VALUES[enclosure],
      };
      if (enclosuresWith(decision).includes(enclosure)) expect(readGivenAnswer(given)).toEqual(given);
      else
        expect(() => readGivenAnswer(given)).toThrow(
          expect.objectContaining({
            refusal: expect.objectContaining({ code: 'EnclosureNotTaken', decision, enclosure }),
          }),
        );
    },
  );

  it.each(REQUEST_KINDS)('is held against what %s takes with each decision', (kind) => {
    for (const decision of decisionsOf(kind)) {
      const rule = ruleOf(kind, decision);
      const takes = rule ? enclosuresOf(rule) : [];
      for (const enclosure of ENCLOSURES) {
        const held = () =>
          heldAgainst({ id: 'a/b.1', kind }, { decision, [enclosure]: VALUES[enclosure] } as never);
        if (takes.includes(enclosure)) expect(held().enclosed).toEqual({ [enclosure]: VALUES[enclosure] });
        else expect(held).toThrow(/^EnclosureNotTaken/);
      }
    }
  });
});
