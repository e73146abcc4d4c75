import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { sent, told } from './letters.ts';
import { example, played } from './stage.ts';

/** A programme none of whose sessions has a date yet: no invitation brings it. */

function programme(): string {
  const document = parseDocument(example('peru-chile-2021.yaml'));
  const { hours, contents } = document.toJS().sessions[0];
  document.setIn(['sessions', 0], { window: { from: '2021-07-12', to: '2021-07-23' }, hours, contents });
  return document.toString();
}

test('the approved programme comes with the request for documents, and the poll is the only other mail', async () => {
  const scenario = 'title: Sin fechas\nuntil: "2021-06-14 18:00"\n';
  const run = await played(scenario, { programme: programme() });
  const day = { from: '2021-06-11', until: '2021-06-11' };
  expect(told(run, { ...day, notice: 'programme-issued' })).toEqual([
    '2021-06-11 11:00 Washington programme-issued +v1 → oas (2)',
  ]);
  const asked = sent(run, { ...day, request: 'documents/send-documents.1' });
  expect(asked.map(({ party }) => party).sort()).toEqual([
    ...Array(4).fill('chl-mtps'),
    ...Array(5).fill('per-mtpe'),
  ]);
  for (const { subject, text, programme: version } of asked) {
    expect(subject).toContain('Programa aprobado');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('han aprobado los contenidos del programa');
    expect(version).toBe(1);
  }
  for (const party of ['chl-mtps-1', 'per-mtpe-1']) expect(told(run, { ...day, to: party })).toHaveLength(2);
});
