import { describe, expect, test } from 'vitest';
import { dateIn, isWorkingDay } from '../../../src/domain/dates/dates.ts';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import { sumsOf } from '../../../src/rehearsal/sums.ts';
import { changedSource } from '../../support/programme.ts';
import { sent } from './letters.ts';
import { played } from './stage.ts';

/** Ministries, languages and years other than those of the examples, when everybody answers on the next working day. */

type Person = Programme['participants'][number];
type Ministry = Omit<Programme['institutions'][number], 'role'>;

/** A programme of two ministries and the Secretariat, its meeting in two weeks from `from`. */
function programmeOf(
  language: Programme['language'],
  [asking, providing]: readonly [Ministry, Ministry],
  people: readonly Person[],
  days: { meets: string; first: string; window: { from: string; to: string } },
): string {
  return changedSource((file) => {
    const secretariat = file.institutions.find(({ role }) => role === 'secretariat');
    const officers = file.participants.filter(({ institution }) => institution === 'oas');
    file.id = `other-${asking.id}`;
    file.language = language;
    file.call = { number: 30, year: 2027 };
    file.institutions = [
      { ...asking, role: 'requesting' },
      { ...providing, role: 'providing' },
      ...(secretariat ? [secretariat] : []),
    ];
    file.participants = [...people, ...officers];
    file.dated = days.meets;
    file.coordination = {
      ...{ date: days.meets, starts: '10:00', timezone: asking.timezone, hours: 1 },
      link: 'https://meet.oas.example/30',
    };
    const contents = 'Uma sessão / a session / una sesión / une séance.';
    file.sessions = [
      { contents, date: days.first, starts: '10:00', timezone: asking.timezone, hours: 2 },
      { contents, window: days.window, hours: 2 },
    ];
    file.finalReport = { drafts: [asking.id], complements: [providing.id], receives: 'oas' };
  });
}

const CASES = {
  'Trinidad and Tobago, and Suriname, in English': programmeOf(
    'en',
    [
      {
        ...{ id: 'tto-mol', name: 'Ministry of Labour of Trinidad and Tobago', acronym: 'MOL' },
        ...{ country: 'TT', timezone: 'America/Port_of_Spain' },
      },
      {
        ...{ id: 'sur-awj', name: 'Ministry of Labour and Youth Affairs of Suriname', acronym: 'AWJ' },
        ...{ country: 'SR', timezone: 'America/Paramaribo' },
      },
    ],
    [
      {
        name: 'Keshia Mohammed-Baptiste',
        email: 'k@labour.example',
        institution: 'tto-mol',
        focalPoint: true,
      },
      { name: 'Anil Ramdass', email: 'a@labour.example', institution: 'tto-mol' },
      { name: 'Ruben Kartosemito', email: 'r@awj.example', institution: 'sur-awj', focalPoint: true },
    ],
    // Around Good Friday, Easter Monday, Holi and Spiritual Baptist Liberation Day.
    { meets: '2027-02-16', first: '2027-03-18', window: { from: '2027-03-24', to: '2027-04-12' } },
  ),
  'Brazil and Haiti, in Portuguese and French': programmeOf(
    'pt',
    [
      {
        ...{ id: 'bra-mte', name: 'Ministério do Trabalho e Emprego do Brasil', acronym: 'MTE' },
        ...{ country: 'BR', timezone: 'America/Sao_Paulo' },
      },
      {
        ...{ id: 'hti-mast', name: 'Ministère des Affaires sociales et du Travail d’Haïti', acronym: 'MAST' },
        ...{ country: 'HT', timezone: 'America/Port-au-Prince' },
      },
    ],
    [
      { name: 'João Domingos N’Zinga', email: 'j@mte.example', institution: 'bra-mte', focalPoint: true },
      {
        ...{ name: 'Wilhelmine Jean-Baptiste', email: 'w@mast.example', institution: 'hti-mast' },
        ...{ focalPoint: true, language: 'fr' as const },
      },
    ],
    // Around Carnival, which is told of days on which offices are closed.
    { meets: '2027-01-12', first: '2027-02-16', window: { from: '2027-02-18', to: '2027-03-10' } },
  ),
  'Uruguay and Paraguay, in Spanish': programmeOf(
    'es',
    [
      {
        ...{ id: 'ury-mtss', name: 'Ministerio de Trabajo y Seguridad Social del Uruguay', acronym: 'MTSS' },
        ...{ country: 'UY', timezone: 'America/Montevideo' },
      },
      {
        ...{ id: 'pry-mtess', name: 'Ministerio de Trabajo, Empleo y Seguridad Social del Paraguay' },
        ...{ acronym: 'MTESS', country: 'PY', timezone: 'America/Asuncion' },
      },
    ],
    [
      { name: 'Ximena Ñíguez', email: 'x@mtss.example', institution: 'ury-mtss', focalPoint: true },
      { name: 'Ñeca Benítez', email: 'n@mtess.example', institution: 'pry-mtess', focalPoint: true },
    ],
    // Around the turn of the year.
    { meets: '2025-11-10', first: '2025-12-10', window: { from: '2025-12-15', to: '2026-01-08' } },
  ),
} satisfies Record<string, string>;

/** A Haitian official looks on at the third from its second week on. */
const OBSERVED = `title: Observa una funcionaria de Haití
changes:
  - at: "2025-11-20 10:00"
    reason: El fondo que la financia pidió seguirla.
    add-person:
      party: observer
      person: { name: Marie-Ange Désir, email: m@fonds.example, language: fr }
`;

describe.each(Object.entries(CASES))('%s', (name, programme) => {
  test('goes on as the examples do: who is told what, when, and by whom', async () => {
    const scenario = name.startsWith('Uruguay') ? OBSERVED : 'title: Puntual\n';
    const run = await played(scenario, { programme });
    expect(run.end).toBe('closed');
    expect(run.refusals).toEqual([]);

    const delegates = sumsOf(run).mails.filter(({ role }) => role === 'delegate');
    // The convocation among them, the one by which everybody hears of somebody new not.
    const most = 13 + (scenario === OBSERVED ? 1 : 0);
    for (const { name: whom, sent: mails, reminders } of delegates)
      expect([whom, mails <= most, reminders]).toEqual([whom, true, 0]);

    const officers = run.view.people.filter(({ role }) => role === 'staff').map(({ email }) => email);
    for (const letter of run.letters) {
      expect(officers).toContain(letter.replyTo);
      expect(letter.text.replaceAll(/\s+/g, ' ')).toContain(letter.replyTo);
    }

    const capitals = run.view.programme.institutions;
    for (const { startsAt } of run.view.sessions)
      for (const { country, timezone } of capitals)
        expect(isWorkingDay(dateIn(startsAt ?? '', timezone), country)).toBe(true);

    if (scenario !== OBSERVED) return;
    const observer = run.view.people.find(({ party }) => party === 'observer');
    const hers = sent(run, { to: observer?.id ?? '' });
    expect(hers.map(({ notice }) => notice)).toContain('joined');
    expect(hers.filter(({ notice }) => ['request', 'reminder', 'invitation'].includes(notice))).toEqual([]);
    for (const { text } of hers) expect(text).toContain('Secrétariat technique');
  });
});
