import { expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { played } from './stage.ts';

/** Whom a ministry invites itself, and what it puts in for a session: who hears of it, and that nobody is asked. */

test('a ministry names its guests, and puts in its progress', async () => {
  const run = await played('guests.yaml');
  const { view } = run;
  expect(run.refusals).toEqual([]);
  // Two guests, one mail.
  expect(told(run, { notice: 'guests-named' })).toEqual([
    '2021-06-09 10:00 Washington guests-named → oas (2)',
  ]);
  const [first] = sent(run, { notice: 'guests-named' });
  expect(first && says(first, 'Rosa Quispe, Gerente Regional de Cusco, rosa.quispe@cusco.example')).toBe(
    true,
  );
  expect(first && says(first, 'Participan los gerentes del sur.')).toBe(true);

  const guests = { ...run, letters: run.letters.filter(({ role }) => role === 'guest') };
  const invited = told(guests, { notice: 'invitation' });
  expect(invited.filter((line) => /^2021-07-2[68]/.test(line))).toEqual([
    '2021-07-26 09:00 Lima invitation session-2 REQUEST 1 → guest-2-5, guest-2-6',
    '2021-07-28 09:00 Lima invitation session-2 CANCEL 2 → guest-2-4',
  ]);
  expect(told(run, { notice: 'programme-changed', to: 'oas' }).map((line) => line.slice(0, 10))).toEqual([
    '2021-07-26',
    '2021-07-28',
  ]);
  expect(view.people.filter(({ session, active }) => session === 2 && active).map(({ id }) => id)).toEqual([
    'guest-2-1',
    'guest-2-2',
    'guest-2-3',
    'guest-2-5',
    'guest-2-6',
    'guest-2-7',
  ]);
  // A group without an address is written to by nobody: its own institution is told to pass the invitation on, and no other.
  expect(view.people.find(({ id }) => id === 'guest-2-7')).toMatchObject({ count: 8, email: null });
  expect(view.mails.filter(({ person }) => person === 'guest-2-7')).toEqual([]);
  const passing = sent(run, {}).filter((letter) =>
    says(letter, 'sin correo: Aliados sociolaborales del sur (8 personas)'),
  );
  expect(passing.length).toBeGreaterThan(0);
  expect([...new Set(passing.map(({ party, notice }) => `${notice} ${party}`))]).toEqual([
    'programme-changed per-mtpe',
  ]);

  // Where materials are put in is said to delegations with the invitation, and to no guest; nobody is asked for any.
  const says2 = sent(run, { notice: 'invitation', session: 2 }).filter(({ text }) =>
    text.replace(/\s+/g, ' ').includes('se incorporan en la página de la sesión'),
  );
  expect(says2.length).toBeGreaterThan(0);
  expect(says2.filter(({ role }) => role === 'guest')).toEqual([]);
  expect(
    view.documents.flatMap(({ kind, session, title }) => (session ? [[kind, session, title]] : [])),
  ).toEqual([
    ['progress', 2, 'Avances desde la primera sesión'],
    ['recording', 2, 'Grabación de la segunda sesión'],
  ]);
  const news = sent(run, { notice: 'news', to: 'chl-mtps-2' }).map(({ text }) => text.replace(/\s+/g, ' '));
  expect(news.some((text) => text.includes('Grabación de la segunda sesión'))).toBe(true);
});
