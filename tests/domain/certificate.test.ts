import { describe, expect, it } from 'vitest';
import type { Attendee } from '../../src/domain/content.ts';
import {
  CODE_LENGTH,
  certificateCode,
  codeInGroups,
  codeTyped,
} from '../../src/domain/results/certificateCode.ts';
import {
  areSessionsOver,
  attendedIn,
  certificateState,
  certificatesDue,
} from '../../src/domain/results/certifiedAttendance.ts';

const session = (number: number, attendance: Attendee[], more = {}) => ({
  ...{ number, startsAt: '2021-08-18T00:30:00.000Z', hours: 2.5, timeZone: 'America/Lima' },
  ...{ recordedAt: '2021-08-20T00:00:00.000Z' as string | null, cancelledAt: null, attendance, ...more },
});
const person = (id: string, name: string, email: string | null, language: 'es' | 'fr' = 'es') => ({
  ...{ id, name, email, language, party: id.replace(/-\d+$/, '') },
});
const people = [
  person('per-mtpe-1', 'Ana Pérez', 'Ana@mtpe.example', 'fr'),
  person('guest-2-1', 'Ana Perez', 'ana@mtpe.example', 'fr'),
  person('chl-mtps-1', 'Luis Soto', 'unidad@mtps.example'),
  person('chl-mtps-2', 'Rosa Soto', 'unidad@mtps.example'),
];
const caseOf = (...sessions: ReturnType<typeof session>[]) => ({
  ...{ language: 'es' as const, closedAt: null as string | null, sessions, people },
});

describe('codes of certificates', () => {
  it('are of a hundred bits, and read as people type them', () => {
    const code = certificateCode(Uint8Array.from({ length: CODE_LENGTH }, (_, n) => n * 13));
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
    expect(codeTyped(codeInGroups(code))).toBe(code);
    expect(codeTyped(` ${code.toLowerCase().replace(/(.{5})/g, '$1 ')}`)).toBe(code);
    expect(codeTyped('o1il-0000-0000-0000-0000')).toBe('01110000000000000000');
    for (const none of ['', code.slice(1), `${code}0`, `${code.slice(1)}U`, 'ñ'.repeat(20)])
      expect(codeTyped(none)).toBeUndefined();
  });
});

describe('who attended', () => {
  it('is each person once with all their sessions, in all their parts, under the name that they have now', () => {
    const attended = attendedIn(
      caseOf(
        session(1, [{ name: 'A. Pérez', party: 'per-mtpe', person: 'per-mtpe-1' }, 'ana perez']),
        session(2, [{ name: 'Ana Perez', party: 'per-mtpe', person: 'guest-2-1' }]),
      ),
    );
    expect(attended).toEqual([
      {
        ...{ name: 'Ana Pérez', party: 'per-mtpe', persons: ['per-mtpe-1', 'guest-2-1'], language: 'fr' },
        // On the clock on which it was agreed it is still the day before.
        sessions: [1, 2].map((number) => ({ number, date: '2021-08-17', hours: 2.5 })),
      },
    ]);
  });

  it('keeps people apart who share a mailbox, or a name in two institutions; groups are nobody', () => {
    const attended = attendedIn(
      caseOf(
        session(1, [
          { name: 'Luis Soto', party: 'chl-mtps', person: 'chl-mtps-1' },
          { name: 'Rosa Soto', party: 'chl-mtps', person: 'chl-mtps-2' },
          { name: 'Juan Paz', institution: 'SENCE' },
          { name: 'Juan Paz', institution: 'CUT' },
          { name: 'Gerentes', count: 12 },
        ]),
        session(2, [{ name: 'Nadie' }], { recordedAt: null }),
      ),
    );
    expect(attended.map(({ name, institution = '' }) => `${name} ${institution}`.trim())).toEqual([
      ...['Luis Soto', 'Rosa Soto', 'Juan Paz SENCE', 'Juan Paz CUT'],
    ]);
  });

  it('is known once sessions are recorded or cancelled, or the cooperation is over', () => {
    const ahead = session(2, [], { recordedAt: null });
    const cancelled = session(2, [], { recordedAt: null, cancelledAt: '2021-09-01T00:00:00.000Z' });
    expect(areSessionsOver(caseOf(session(1, []), ahead))).toBe(false);
    expect(areSessionsOver(caseOf(session(1, []), cancelled))).toBe(true);
    expect(areSessionsOver({ ...caseOf(ahead), closedAt: '2022-01-01T00:00:00.000Z' })).toBe(true);
  });
});

describe('a certificate', () => {
  const one = { name: 'Luis Soto', party: 'chl-mtps', person: 'chl-mtps-1' };
  const before = attendedIn(caseOf(session(1, [one])));
  const given = before.map((attended, index) => ({ ...attended, number: index + 1, withdrawn: null }));
  const withdrawn = (how: 'withdrawn' | 'replaced') =>
    given.map((certificate) => ({
      ...certificate,
      withdrawn: { at: '2022-01-01T00:00:00.000Z', by: 'oas', how, reason: null },
    }));

  it('stands as long as what it states is so', () => {
    const [certificate] = given;
    if (!certificate) throw new Error('nobody attended');
    expect(certificateState(certificate, before)).toBe('valid');
    for (const after of [
      [session(1, [])],
      [session(1, [one]), session(2, [one])],
      [session(1, [one], { hours: 1 })],
      [session(1, [{ ...one, party: 'per-mtpe' }])],
    ])
      expect(certificateState(certificate, attendedIn(caseOf(...after)))).toBe('corrected');
    expect(withdrawn('withdrawn').map((gone) => certificateState(gone, before))).toEqual(['withdrawn']);
    expect(withdrawn('replaced').map((gone) => certificateState(gone, before))).toEqual(['corrected']);
  });

  it('is due once to each, takes the place of what is no longer so, and is not given again by itself once withdrawn', () => {
    const numbers = ({ due, outdated }: ReturnType<typeof certificatesDue<(typeof given)[number]>>) => [
      due.length,
      outdated.map(({ number }) => number),
    ];
    const after = attendedIn(caseOf(session(1, [one]), session(2, [one])));
    expect(numbers(certificatesDue(before, []))).toEqual([1, []]);
    expect(numbers(certificatesDue(before, given))).toEqual([0, []]);
    expect(numbers(certificatesDue(after, given))).toEqual([1, [1]]);
    expect(numbers(certificatesDue([], given))).toEqual([0, [1]]);
    const gone = withdrawn('withdrawn') as never[];
    expect(certificatesDue(before, gone).due).toEqual([]);
    expect(certificatesDue(before, gone, [1]).due).toEqual(before);
    expect(certificatesDue(before, [...gone, ...given] as typeof given, [1]).due).toEqual([]);
    // Replaced by one that was replaced in turn, as the attendance is what it was.
    expect(certificatesDue(before, withdrawn('replaced') as never[]).due).toEqual(before);
  });
});
