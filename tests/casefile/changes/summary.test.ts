import { expect, it } from 'vitest';
import { addToRecord } from '../../../src/casefile/record.ts';
import { summaries, viewOf } from '../../../src/casefile/view.ts';
import { summaryOf } from '../../../src/domain/caseView.ts';
import { asked, issued, LATER, made, NOW, setting, the } from './setting.ts';

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
