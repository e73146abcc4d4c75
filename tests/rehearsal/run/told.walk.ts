import { beforeAll, describe, expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { played, type Run } from './stage.ts';

describe('who is told of what', () => {
  let run: Run;
  beforeAll(async () => {
    run = await played('told.yaml');
  });

  test('the Secretariat is asked at once, and once, about the focal point whose address is refused', () => {
    const troubles = run.view.requests.filter(({ kind }) => kind === 'resolve-trouble');
    expect(troubles.map(({ id, unreached }) => ({ id, unreached }))).toEqual([
      {
        id: 'coordination/resolve-trouble.1',
        unreached: { party: 'chl-mtps', name: 'Pedro Pablo Silva' },
      },
    ]);
    expect(told(run, { request: 'coordination/resolve-trouble' })).toEqual([
      '2021-06-10 10:00 Washington request coordination/resolve-trouble.1 → oas (2)',
    ]);
    const [letter] = sent(run, { request: 'coordination/resolve-trouble' });
    expect(letter && says(letter, 'rechaza los mensajes dirigidos a Pedro Pablo Silva')).toBe(true);
    expect(sent(run, { to: 'chl-mtps-3' })).toEqual([]);
  });

  test('documents are asked for with the first invitation, and not by themselves', () => {
    expect(sent(run, { request: 'documents/send-documents.1', notice: 'request' })).toEqual([]);
    expect(sent(run, { request: 'documents/send-documents.1' }).map(({ person }) => person)).toEqual(
      expect.arrayContaining(['per-mtpe-1', 'chl-mtps-1']),
    );
  });

  test('minutes reach every delegate on the day they are recorded, in one mail', () => {
    const delegates = run.view.people.filter(({ role, id }) => role === 'delegate' && id !== 'chl-mtps-3');
    for (const { number, minutes, recordedAt } of run.view.sessions)
      for (const { id } of delegates) {
        const day = recordedAt?.slice(0, 10) ?? '';
        const with_ = sent(run, { to: id }).filter((letter) => says(letter, String(minutes)));
        const names = with_.filter(({ subject }) =>
          new RegExp(`Acta.*${number}\\.ª sesión|\\[Acta\\] ${number}`).test(subject),
        );
        expect(names.map(({ at }) => at.slice(0, 10))).toEqual([day]);
      }
    expect(sent(run, { notice: 'session-recorded' }).map(({ subject }) => subject.slice(0, 20))).toEqual(
      Array(10).fill('[Acta] 3.ª sesión de'),
    );
  });

  test('the sheet is told to all on the day, to those who are asked for the report in that mail', () => {
    expect(told(run, { notice: 'sheet-published' }).map((line) => line.slice(0, 10))).toEqual([
      '2021-10-06',
      '2021-10-06',
      '2021-10-06',
    ]);
    expect(sent(run, { notice: 'sheet-published', to: 'per-mtpe' })).toEqual([]);
    const asked = sent(run, { request: 'final-report/draft-report.1', notice: 'request' });
    expect(asked).toHaveLength(5);
    for (const letter of asked) {
      expect(letter.at.slice(0, 10)).toBe('2021-10-06');
      expect(says(letter, 'ha sido publicada')).toBe(true);
      expect(letter.attached).toContain('ficha-de-sistematizacion.docx');
    }
  });

  test('nobody of a delegation gets two mails in a minute', () => {
    const minutes = sent(run)
      .filter(({ role }) => role === 'delegate')
      .map(({ person, at }) => `${person} ${at.slice(0, 16)}`);
    expect(minutes.filter((one, index) => minutes.indexOf(one) !== index)).toEqual([]);
  });

  test('each mail names an officer, and a reply reaches that officer', () => {
    for (const letter of sent(run).filter(({ role }) => role !== 'staff')) {
      expect(letter.replyTo).toBe('maria.camacho@oea.example');
      expect(letter.text).toContain('maria.camacho@oea.example');
    }
  });
});
