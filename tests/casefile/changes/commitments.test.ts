import { expect, it } from 'vitest';
import { keepContent } from '../../../src/casefile/contents.ts';
import { hashOf } from '../../../src/casefile/filing.ts';
import { commitmentsOf } from '../../../src/casefile/results/commitments.ts';
import { keepWaiting } from '../../../src/casefile/waitingFiles.ts';
import type { Commitment } from '../../../src/domain/content.ts';
import { answers, asked, HASH, made, NOW, refused, setting, the } from './setting.ts';

/** What people take upon themselves, as minutes, report and staff enter it in the case file. */

setting();

const MANUAL: Commitment = { what: 'Enviar el manual', owner: 'chl-mtps-2', due: '2021-09-30' };
const RULES: Commitment = { what: 'Aprobar el reglamento', owner: 'per-mtpe', due: '2021-12-15' };

const standing = async () =>
  (await commitmentsOf(the().db, the().id))
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ number, what, party, person, due, firstDue }) =>
      [number, what, person ?? party, due, ...(firstDue === due ? [] : [firstDue])].join(' · '),
    );

async function recorded(commitments: Commitment[]): Promise<void> {
  const { db, id } = the();
  const value = { minutes: 'Se acordó.', attendance: [], outputs: [], commitments };
  await keepContent(db, id, hashOf(value), value, NOW);
  await asked('coordination/confirm-coordination.1', ['oas']);
  const refusal = await answers('coordination/confirm-coordination.1', 'oas-1', {
    ...{ decision: 'done', content: hashOf(value) },
  });
  expect(refusal).toBeNull();
}

it('come with the minutes, keep what they are when these are corrected, and go with an answer that is annulled', async () => {
  await recorded([MANUAL, RULES]);
  expect(await standing()).toEqual([
    '1 · Enviar el manual · chl-mtps-2 · 2021-09-30',
    '2 · Aprobar el reglamento · per-mtpe · 2021-12-15',
  ]);
  const later = { ...RULES, due: '2022-01-31' };
  const { told } = await made({
    change: 'correct-meeting',
    commitments: [later, { ...MANUAL, what: 'Otro' }],
  });
  expect(told).toEqual([]);
  expect(await standing()).toEqual([
    '2 · Aprobar el reglamento · per-mtpe · 2022-01-31',
    '3 · Otro · chl-mtps-2 · 2021-09-30',
  ]);
  // The same again is nothing, and what is not named stays.
  expect(await refused({ change: 'correct-meeting' })).toMatch(/^AgreedTheSame/);
  await made({ change: 'correct-meeting', minutes: 'Se acordó mejor.' });
  expect(await standing()).toHaveLength(2);
  await made({ change: 'annul', request: 'coordination/confirm-coordination.1', party: 'oas' });
  expect(await standing()).toEqual([]);
});

it('are entered, corrected and withdrawn by staff, each by its number', async () => {
  expect((await made({ change: 'add-commitment', ...MANUAL })).recorded).toEqual(['commitment-added']);
  await made({ change: 'correct-commitment', commitment: 1, owner: 'chl-mtps', due: '2021-10-15' });
  expect(await standing()).toEqual(['1 · Enviar el manual · chl-mtps · 2021-10-15']);
  expect(await refused({ change: 'correct-commitment', commitment: 1, due: '2021-10-15' })).toMatch(
    /^CommitmentTheSame/,
  );
  await made({ change: 'correct-commitment', commitment: 1, withdrawn: true });
  expect(await standing()).toEqual([]);
  expect(await refused({ change: 'correct-commitment', commitment: 1, due: '2021-11-15' })).toMatch(
    /^CommitmentUnknown/,
  );
  expect(await refused({ change: 'add-commitment', ...MANUAL, owner: 'bra-mte' })).toMatch(
    /^PartyUnknown .*per-mtpe/,
  );
});

it('are kept, not kept, not needed or put off, as staff say; put off, they have a later date', async () => {
  await made({ change: 'add-commitment', ...MANUAL });
  const later = { change: 'correct-commitment', commitment: 1, outcome: 'later' } as const;
  expect(await refused({ ...later, due: MANUAL.due })).toMatch(/^CommitmentNotLater .*2021-09-30/);
  await made({ ...later, due: '2021-11-30', text: 'Falta imprimirlo.' });
  expect(await standing()).toEqual(['1 · Enviar el manual · chl-mtps-2 · 2021-11-30 · 2021-09-30']);
  await made({ change: 'correct-commitment', commitment: 1, outcome: 'kept' });
  expect(await commitmentsOf(the().db, the().id)).toMatchObject([
    { outcome: 'kept', text: 'Falta imprimirlo.', due: '2021-11-30' },
  ]);
});

it('come with the report, whose next version says them anew, and stay with one that says nothing of them', async () => {
  const { db, id } = the();
  const committed = async (commitments: Commitment[]) => {
    const value = { commitments };
    await keepContent(db, id, hashOf(value), value, NOW);
    return { commitments: hashOf(value) };
  };
  await keepContent(db, id, HASH, { document: 'report' }, NOW);
  await keepWaiting(
    db,
    {
      ...{ cooperation: id, document: 'report', kind: 'report', party: 'per-mtpe', by: 'per-mtpe-1' },
      ...{ title: 'Informe', fileName: 'informe.pdf', mediaType: 'application/pdf', sha256: HASH, size: 9 },
    },
    NOW,
  );
  const handIn = async (round: number, more: { commitments?: string } = {}) => {
    await asked(`final-report/draft-report.${round}`, ['per-mtpe']);
    const answer = { decision: 'submit', content: HASH, confirmed: true, ...more };
    expect(await answers(`final-report/draft-report.${round}`, 'per-mtpe-1', answer)).toBeNull();
  };
  await handIn(1, await committed([MANUAL, RULES]));
  expect(await standing()).toHaveLength(2);
  await handIn(2);
  expect(await standing()).toHaveLength(2);
  await handIn(3, await committed([RULES]));
  expect(await standing()).toEqual(['2 · Aprobar el reglamento · per-mtpe · 2021-12-15']);
});
