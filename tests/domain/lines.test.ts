import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { givenChange } from '../../src/domain/change.ts';
import { givenCommunication } from '../../src/domain/communication.ts';
import { minutes, person } from '../../src/domain/content.ts';
import { givenStaff, givenToken } from '../../src/domain/people/staff.ts';

const PERSON = { name: 'Ana Pérez', email: 'ana@ministry.example', post: 'Directora' };
const change = (what: object) => ({ what, reason: 'Así se acordó.' });

/** Whatever is a line of text, with a place in it for what is tried. */
const LINES: readonly [field: string, shape: z.ZodType, given: (text: string) => object][] = [
  ['a name', person, (name) => ({ ...PERSON, name })],
  ['a post', person, (post) => ({ ...PERSON, post })],
  ['somebody present', minutes, (one) => ({ minutes: 'Se acordó.', attendance: [one] })],
  [
    'the subject of a communication',
    givenCommunication,
    (subject) => ({
      addressed: { to: 'everybody' },
      subject,
      text: 'Buenos días.',
    }),
  ],
  ['the name of somebody of staff', givenStaff, (name) => ({ address: 'ana@oas.example', name })],
  ['the name of a token', givenToken, (name) => ({ name, scopes: ['read'] })],
  [
    'a corrected name',
    givenChange,
    (name) => change({ change: 'correct-person', person: 'per-mtpe-1', as: { name } }),
  ],
  [
    'a new person’s post',
    givenChange,
    (post) => change({ change: 'add-person', party: 'per-mtpe', person: { ...PERSON, post } }),
  ],
  [
    'a guest’s name',
    givenChange,
    (name) => change({ change: 'add-guest', session: 1, guest: { ...PERSON, name, invitedBy: 'per-mtpe' } }),
  ],
  ['a place', givenChange, (place) => change({ change: 'reschedule', session: 1, place })],
];

describe('a line of text', () => {
  it.each(LINES)('is one line, in %s', (_, shape, given) => {
    expect(shape.safeParse(given('Sala 2')).error?.issues).toBeUndefined();
    for (const broken of [
      'Sala\r\nBcc: x@y.example',
      'Sala\n2',
      'Sala\u0085 2',
      'Sala\u2028 2',
      'Sala\u001b[2J',
    ])
      expect(shape.safeParse(given(broken)).error?.issues, JSON.stringify(broken)).toHaveLength(1);
  });
});
