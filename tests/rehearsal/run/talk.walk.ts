import { expect, test } from 'vitest';
import { entriesFor, openEnquiries, readableBy } from '../../../src/domain/communication.ts';
import { says, sent, told } from './letters.ts';
import { played, rehearsed } from './stage.ts';

/** What is written beside the process: who gets it, who reads it, and that nothing waits on it. */

test('the Secretariat writes and answers, and the cooperation goes on as it would have', async () => {
  const run = await played('talk.yaml');
  const { view } = run;
  expect(run.refusals).toMatchObject([{ person: 'oas-1', refusal: { code: 'CertificatesTooEarly' } }]);
  expect(told(run, { notice: 'communication' })).toEqual([
    '2021-06-14 10:00 Santiago communication → chl-mtps (4)',
    '2021-07-20 09:00 Lima communication → per-mtpe (5)',
    '2021-07-20 10:00 Santiago communication → chl-mtps (4)',
    '2021-07-20 10:00 Washington communication → oas (2)',
    '2021-07-21 10:00 Santiago communication → chl-mtps-2',
  ]);
  expect(told(run, { notice: 'enquiry' })).toEqual([
    '2021-07-22 09:00 Washington enquiry → oas (2)',
    '2021-07-26 09:00 Washington enquiry → oas (2)',
  ]);
  expect(told(run, { notice: 'enquiry-answered' })).toEqual([
    '2021-07-23 10:00 Lima enquiry-answered → per-mtpe-1',
  ]);
  const [answer] = sent(run, { notice: 'enquiry-answered' });
  expect(answer && says(answer, '¿Quién reserva la sala en Lima?')).toBe(true);
  expect(answer && says(answer, 'La reserva la Secretaría.')).toBe(true);

  expect(view.comments).toMatchObject([{ by: 'per-mtpe-3', about: 'session-2/choose-date.1' }]);

  expect(view.certificates.length).toBeGreaterThan(3);
  expect(view.certificates.every(({ sessions }) => sessions.length === 3)).toBe(true);

  const read = (person: string) =>
    readableBy(view.communications, { person, secretariat: false }).map(({ number }) => number);
  expect(read('chl-mtps-2')).toEqual([1, 2, 3, 4, 5]);
  // What was written to Chile alone is not Peru’s; what one of Peru asks is not told to another.
  expect(read('per-mtpe-1')).toEqual([2, 4, 5]);
  expect(read('per-mtpe-2')).toEqual([2, 4, 5, 6]);
  expect(openEnquiries(view.communications).map(({ number }) => number)).toEqual([6]);
  const kinds = (person: string) =>
    entriesFor(view.record, view.communications, { person, secretariat: false }).filter(({ kind, data }) =>
      JSON.stringify([kind, data]).match(/communication|enquiry|comment/),
    );
  expect(kinds('chl-mtps-3').map(({ kind }) => kind)).not.toContain('enquiry-answered-3');
  expect(new Set(kinds('chl-mtps-3').map(({ person }) => person))).not.toContain('per-mtpe-2');

  // All else is as it is where nobody writes.
  const without = await rehearsed(
    'answers: [{ request: approve-programme, party: chl-mtps, after: 4 days }]',
  );
  const process = ({ record }: typeof view) =>
    record
      .filter(
        ({ kind, data }) => !JSON.stringify([kind, data]).match(/communication|enquiry|comment|certificate/),
      )
      .map(({ at, kind, party }) => [at.slice(0, 10), kind, party]);
  expect(process(view)).toEqual(process(without.view));
});
