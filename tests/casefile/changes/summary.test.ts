import { expect, it } from 'vitest';
import { keepContent } from '../../../src/casefile/contents.ts';
import { addDocumentVersion } from '../../../src/casefile/documents.ts';
import { addToRecord } from '../../../src/casefile/record.ts';
import { summaries } from '../../../src/casefile/summaries.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import { summaryOf } from '../../../src/domain/caseView.ts';
import { answers, approves, asked, HASH, issued, LATER, made, NOW, setting, the } from './setting.ts';

setting();

it('a summary says what the whole case says: how far it is, and what was extended to when', async () => {
  const request = 'session-1/choose-date.1';
  await issued();
  await asked(request, ['per-mtpe', 'chl-mtps']);
  await made({ change: 'extend', request, due: '2021-08-16' }, { at: LATER });
  const entry = { cooperation: the().id, key: 'published', at: NOW, kind: 'sheet-published' } as const;
  await addToRecord(the().db, { ...entry, data: {} });
  const view = await viewOf(the().db, the().id, LATER);
  const summary = (await summaries(the().db, LATER, { most: 1 }))[0];
  expect(summary).toEqual(view && summaryOf(view, view.requests));
  expect(summary?.open).toMatchObject([{ extended: [{ from: '2021-07-09T23:00:00.000Z' }] }]);
});

it('and of what is asked once more: why, by whom, about which file, and whom mail does not reach', async () => {
  const { db, id } = the();
  const by = 'per-mtpe-1';
  await asked('coordination/approve-programme.1', ['per-mtpe', 'chl-mtps']);
  await keepContent(db, id, 'b'.repeat(64), { reason: 'Falta la sesión de cierre.' }, NOW);
  await answers('coordination/approve-programme.1', by, { decision: 'changes', content: 'b'.repeat(64) });
  await approves('coordination/approve-programme.1', 'chl-mtps-1');
  await asked('coordination/approve-programme.2', ['per-mtpe', 'chl-mtps'], { openedAt: LATER });
  await approves('coordination/approve-programme.2', 'chl-mtps-1', LATER);
  const file = { mediaType: 'application/pdf', fileName: 'ficha.pdf', size: 1, sha256: HASH };
  const sheet = { cooperation: id, title: 'Ficha', kind: 'sheet', party: 'per-mtpe', by, ...file } as const;
  await addDocumentVersion(db, sheet, NOW);
  await asked('systematization/review-sheet.1', ['chl-mtps']);
  await asked('coordination/resolve-trouble.1', ['oas']);
  await db
    .updateTable('request')
    .set({ trouble: 'unreached chl-mtps chl-mtps-1' })
    .where('cooperation', '=', id)
    .where('kind', '=', 'resolve-trouble')
    .execute();
  const view = await viewOf(db, id, LATER);
  const summary = (await summaries(db, LATER, { most: 9 })).find((one) => one.id === id);
  expect(summary).toEqual(view && summaryOf(view, view.requests));
  expect(summary?.open.find((one) => one.id === 'coordination/approve-programme.2')).toMatchObject({
    again: 'changes-asked',
    reasons: [{ party: 'per-mtpe', by, text: 'Falta la sesión de cierre.' }],
    answers: [{ by: 'chl-mtps-1', name: expect.stringContaining(' ') }],
  });
  const of = (kind: string) => summary?.open.find((one) => one.kind === kind);
  expect(of('review-sheet')?.documents).toMatchObject([{ fileName: 'ficha.pdf' }]);
  expect(of('resolve-trouble')?.unreached).toMatchObject({ name: expect.stringContaining(' ') });
});
