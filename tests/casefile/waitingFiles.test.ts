import { expect, it } from 'vitest';
import { endAccess } from '../../src/casefile/access/access.ts';
import { closeCaseFile } from '../../src/casefile/cooperations.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { collectLetGo } from '../../src/casefile/letGo.ts';
import {
  dropWaiting,
  forgetWaiting,
  keepWaiting,
  waitingDocumentsOf,
  waitingFilesOf,
} from '../../src/casefile/waitingFiles.ts';
import { knownDocuments } from '../../src/client/enclosures.ts';
import type { DocumentKind } from '../../src/domain/documentKinds.ts';
import { made, NOW, setting, the } from './changes/setting.ts';

/** Files that came and wait for their answer, as far as no answer takes part. */

setting();

const fileOf = (by: string, name: string, kind: DocumentKind = 'answer') => ({
  ...{
    cooperation: the().id,
    kind,
    by,
    party: by.replace(/-\d+$/, ''),
    title: name,
    fileName: `${name}.pdf`,
  },
  ...{ sha256: Buffer.from(name).toString('hex').padStart(64, '0'), size: 9, mediaType: 'application/pdf' },
  ...(kind === 'report' && { document: kind }),
});
const wait = (...file: Parameters<typeof fileOf>) => keepWaiting(the().db, fileOf(...file), NOW);
const titlesOf = async (by: string) =>
  (await waitingFilesOf(the().db, the().id, { by })).map(({ title }) => title);
/** Of the database's own clock, which says when a row was let go. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const daysAfter = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

it('keeps the number of its document, also beside what is entered at once; the same once more is that one', async () => {
  const first = await wait('per-mtpe-1', 'malla');
  expect([first.document, first.version, first.waiting]).toEqual(['doc-1', 1, true]);
  const shared = await addDocumentVersion(the().db, fileOf('chl-mtps-1', 'guia', 'shared'), NOW);
  expect(shared?.document).toBe('doc-2');
  expect((await wait('per-mtpe-1', 'malla')).document).toBe('doc-1');
  expect((await wait('per-mtpe-2', 'malla')).document).toBe('doc-3');
  expect((await waitingDocumentsOf(the().db, the().id, 'per-mtpe')).map(({ document }) => document)).toEqual([
    'doc-1',
    'doc-3',
  ]);
  // What stands as a document waits for nothing.
  await addDocumentVersion(the().db, fileOf('per-mtpe-1', 'informe', 'report'), NOW);
  expect(await wait('per-mtpe-1', 'informe', 'report')).toMatchObject({ version: 1, waiting: false });
  expect(await wait('per-mtpe-1', 'otro', 'report')).toMatchObject({ version: 2, waiting: true });
});

it('is as if it were not there for another institution that names it', async () => {
  await wait('per-mtpe-1', 'malla');
  await addDocumentVersion(the().db, fileOf('per-mtpe-1', 'guia', 'shared'), NOW);
  const named = (document: string, party: string) =>
    knownDocuments({ caseFile: the().db }, the().id, [document], party);
  await expect(named('doc-1@1', 'chl-mtps')).rejects.toMatchObject({
    refusal: { code: 'DocumentUnknown', documents: ['doc-1@1'] },
  });
  await expect(named('doc-2@1', 'chl-mtps')).rejects.toMatchObject({ refusal: { code: 'DocumentOfOther' } });
  expect(await named('doc-1@1', 'per-mtpe')).toEqual(['doc-1@1']);
});

it.each([
  ['when whoever sent it takes part no more', () => made({ change: 'remove-person', person: 'per-mtpe-2' })],
  [
    'when their access is ended',
    async () => {
      const { email } = await the()
        .db.selectFrom('person')
        .select('email')
        .where('cooperation', '=', the().id)
        .where('id', '=', 'per-mtpe-2')
        .executeTakeFirstOrThrow();
      await endAccess(the().db, (email ?? '').toUpperCase(), NOW);
    },
  ],
])('is dropped %s, and that of colleagues stays', async (_, happens) => {
  await wait('per-mtpe-2', 'malla');
  await wait('per-mtpe-1', 'norma');
  await happens();
  expect([await titlesOf('per-mtpe-2'), await titlesOf('per-mtpe-1')]).toEqual([[], ['norma']]);
});

it.each([
  ['is closed', () => closeCaseFile(the().db, the().id, { at: NOW, followUps: [], goesOn: false })],
  ['is cancelled', () => made({ change: 'cancel' })],
])('is dropped when the cooperation %s', async (_, happens) => {
  await wait('per-mtpe-1', 'malla');
  await happens();
  expect(await titlesOf('per-mtpe-1')).toEqual([]);
});

it('is dropped after 90 days', async () => {
  await wait('per-mtpe-1', 'malla');
  expect(await forgetWaiting(the().db, daysAfter(89))).toBe(0);
  expect(await titlesOf('per-mtpe-1')).toEqual(['malla']);
  expect(await forgetWaiting(the().db, daysAfter(91))).toBeGreaterThan(0);
  expect(await titlesOf('per-mtpe-1')).toEqual([]);
});

it('leaves no bytes a week after it was let go, but where something else names them', async () => {
  const { db, id } = the();
  const deleted: string[] = [];
  let isThere = false;
  const store = {
    delete: async (sha256: string) => {
      if (!isThere) deleted.push(sha256);
      return !isThere;
    },
  };
  const hashOf = (name: string) => fileOf('per-mtpe-1', name).sha256;
  await collectLetGo(db, store, inDays(400));
  deleted.length = 0;
  for (const name of ['malla', 'norma', 'ficha']) await wait('per-mtpe-1', name);
  await wait('per-mtpe-2', 'norma');
  await addDocumentVersion(db, fileOf('chl-mtps-1', 'ficha', 'shared'), NOW);
  await dropWaiting(db, id, 'per-mtpe-1');
  expect([await collectLetGo(db, store, inDays(6)), deleted]).toEqual([0, []]);
  // What was put in again since is looked at another time.
  isThere = true;
  expect([await collectLetGo(db, store, inDays(8)), deleted]).toEqual([0, []]);
  isThere = false;
  expect([await collectLetGo(db, store, inDays(8)), deleted]).toEqual([1, [hashOf('malla')]]);
  expect(await collectLetGo(db, store, inDays(8))).toBe(0);
  // A colleague's of the same bytes waited on.
  await dropWaiting(db, id);
  expect([await collectLetGo(db, store, inDays(8)), deleted[1]]).toEqual([1, hashOf('norma')]);
});
