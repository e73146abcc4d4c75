import { beforeAll, describe, expect, test } from 'vitest';
import { says, sent, told } from './letters.ts';
import { played, type Run } from './stage.ts';

describe('a published sheet that is corrected', () => {
  let run: Run;
  beforeAll(async () => {
    run = await played('corrected-sheet.yaml');
  });

  test('is asked of whoever wrote it, with the reason, and sent back once', () => {
    const asked = run.view.requests.filter(({ id }) => id.startsWith('sheet-2/'));
    expect(asked.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'sheet-2/draft-sheet.1 submit',
      'sheet-2/review-sheet.1 changes',
      'sheet-2/draft-sheet.2 submit',
      'sheet-2/review-sheet.2 approve',
    ]);
    const [first] = sent(run, { request: 'sheet-2/draft-sheet.1', notice: 'request' });
    expect(first?.party).toBe('consultant');
    expect(first && says(first, 'corresponde usar las de 2020')).toBe(true);
    expect(first?.attached).toContain('ficha-de-sistematizacion.docx');
  });

  test('reaches all who take part on the day, with its file, and says which it replaces', () => {
    const published = run.view.record.filter(({ kind }) => kind === 'sheet-published');
    expect(published).toHaveLength(2);
    const letters = sent(run, { notice: 'sheet-published' }).filter(({ subject }) =>
      subject.includes('corregida'),
    );
    expect(new Set(letters.map(({ party }) => party))).toEqual(
      new Set(['per-mtpe', 'chl-mtps', 'consultant', 'oas']),
    );
    for (const letter of letters) {
      expect(letter.at.slice(0, 10)).toBe(published[1]?.at.slice(0, 10));
      expect(says(letter, 'reemplaza la versión 1')).toBe(true);
      expect(letter.attached).toHaveLength(1);
    }
    expect(run.view.sheet).toMatchObject({ withdrawn: null });
  });

  test('does not hold up the end of the cooperation', () => {
    const closedAt = run.view.closedAt ?? '';
    const published = run.view.record.findLast(({ kind }) => kind === 'sheet-published');
    expect(Date.parse(closedAt)).toBeLessThan(Date.parse(published?.at ?? ''));
    expect(told(run, { notice: 'cooperation-closed' }).length).toBeGreaterThan(0);
    // It is told as withdrawn, and not brought along.
    for (const letter of sent(run, { notice: 'cooperation-closed' }))
      expect(says(letter, 'ficha-de-sistematizacion')).toBe(false);
    // Whoever writes it reads that it is still awaited.
    const goesOn = sent(run, { notice: 'cooperation-closed' }).map(
      (letter) => `${letter.party} ${says(letter, 'sigue su curso')} ${says(letter, 'se espera de')}`,
    );
    expect(new Set(goesOn)).toEqual(
      new Set(
        ['consultant', 'per-mtpe', 'chl-mtps', 'oas'].map(
          (party) => `${party} true ${party === 'consultant'}`,
        ),
      ),
    );
  });
});

test('a correction that is called off is told to whoever was writing it, and nothing takes the place of what is published', async () => {
  const run = await played('sheet-correction-cancelled.yaml');
  const letters = sent(run, { notice: 'sheet-correction-cancelled' });
  expect(letters.map(({ party }) => party)).toEqual(['consultant']);
  expect(letters.every((letter) => says(letter, 'Las cifras eran correctas.'))).toBe(true);
  expect(run.view.requests.find(({ id }) => id === 'sheet-1/draft-sheet.1')).toMatchObject({
    lapse: 'superseded',
  });
  expect(run.view.record.filter(({ kind }) => kind === 'sheet-published')).toHaveLength(1);
  expect(run.view.closedAt).not.toBeNull();
});
