import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { endAccess } from '../../src/casefile/access/access.ts';
import { addComment } from '../../src/casefile/comments.ts';
import { addCommunication } from '../../src/casefile/mails/communications.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { forgetWaiting } from '../../src/casefile/waitingFiles.ts';
import { putDocument } from '../../src/client/documents.ts';
import type { Workflows } from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { answers, asked, file, NOW, setting, the } from './changes/setting.ts';

/** How much one person may write within an hour, and send within a day. */

setting();

const QUOTAS = { messagesAnHour: 3, bytesADay: 10 };
const after = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const question = (text: string, minutes: number, by = 'per-mtpe-1') =>
  addQuestion(
    the().db,
    { cooperation: the().id, fromParty: 'per-mtpe', by, toParty: 'chl-mtps', session: null, text },
    after(minutes),
    QUOTAS,
  );
const enquiry = (text: string, minutes: number, kind: 'enquiry' | 'written' = 'enquiry') =>
  addCommunication(
    the().db,
    {
      ...{ cooperation: the().id, kind, by: 'per-mtpe-1', party: 'per-mtpe', subject: null, text },
      ...{ addressed: { to: 'everybody' as const }, answers: null, shared: false },
    },
    [],
    after(minutes),
    QUOTAS,
  );
const comment = (text: string, minutes: number, by = 'per-mtpe-1') =>
  addComment(
    the().db,
    { cooperation: the().id, about: 'doc-1', by, party: 'per-mtpe', text },
    after(minutes),
    QUOTAS,
  );
const full = (minutes: number) => ({
  refusal: { code: 'QuotaReached', of: 'messages', most: 3, freeAt: after(minutes) },
});

it('questions and messages of a person are counted together, for an hour', async () => {
  await question('a', 0);
  await enquiry('b', 10);
  await question('c', 20);
  await expect(question('d', 30)).rejects.toMatchObject(full(60));
  await expect(enquiry('e', 30)).rejects.toMatchObject(full(60));
  // The same once more is no other.
  await expect(question('c', 30)).resolves.toMatchObject({ number: 2 });
  await expect(question('d', 30, 'per-mtpe-2')).resolves.toBeDefined();
  await expect(enquiry('from the Secretariat', 30, 'written')).resolves.toBeDefined();
  await expect(question('d', 61)).resolves.toBeDefined();
});

it('comments are counted with them, but for those of the Secretariat', async () => {
  // Of the same person in another cooperation that hour is over.
  const later = 600;
  await comment('a', later);
  await question('b', later + 10);
  await comment('c', later + 20);
  await expect(comment('d', later + 30)).rejects.toMatchObject(full(later + 60));
  await expect(question('d', later + 30)).rejects.toMatchObject(full(later + 60));
  await expect(comment('c', later + 30)).resolves.toMatchObject({ number: 2 });
  for (const by of ['oas-1', 'ofelia@oas.example'])
    for (const text of ['e', 'f', 'g', 'h']) await comment(text, later + 30, by);
  await expect(comment('d', later + 61)).resolves.toBeDefined();
});

it('an address is one person, in whatever cooperation it writes', async () => {
  const later = 1_200;
  await question('a', later);
  await enquiry('b', later + 1);
  await file();
  await comment('c', later + 2);
  await expect(comment('d', later + 3)).rejects.toMatchObject(full(later + 60));
  await expect(question('d', later + 3, 'per-mtpe-2')).resolves.toBeDefined();
});

it('documents of a person are counted by their size, for a day, those too that wait for an answer, and nothing is kept of what is more', async () => {
  const documents = memoryStore();
  const put = (text: string, hours: number, by = 'per-mtpe-1', kind: 'shared' | 'answer' = 'shared') =>
    putDocument(
      {
        ...{ caseFile: the().db, documents, quotas: QUOTAS, now: () => after(60 * hours) },
        workflows: { exchange: async () => 'open', shareDocument: async () => {} } as unknown as Workflows,
      },
      the().id,
      { by, fileName: `${text}.txt`, kind, bytes: Readable.from([Buffer.from(text)]) },
    );
  const most = { refusal: { code: 'QuotaReached', of: 'megabytes', freeAt: after(60 * 24) } };
  await put('seven..', 0, 'per-mtpe-1', 'answer');
  await expect(put('four', 1)).rejects.toMatchObject(most);
  await put('fit', 1);
  await expect(put('x', 2)).rejects.toMatchObject(most);
  await put('x', 2, 'per-mtpe-2');
  let kept = 0;
  for await (const _ of documents.list()) kept++;
  expect(kept).toBe(3);
  await expect(put('x', 25)).resolves.toBeDefined();
});

it('what waited for an answer and is forgotten has been sent all the same, and what is handed in counts once', async () => {
  const documents = memoryStore();
  const put = (text: string, kind: 'shared' | 'answer', minutes = 0) =>
    putDocument(
      {
        ...{ caseFile: the().db, documents, quotas: QUOTAS, now: () => after(minutes) },
        workflows: { exchange: async () => 'open', shareDocument: async () => {} } as unknown as Workflows,
      },
      the().id,
      { by: 'per-mtpe-2', fileName: `${text}.txt`, kind, bytes: Readable.from([Buffer.from(text)]) },
    );
  const { db, id } = the();
  const email = `${id}@mtpe.example`;
  await db
    .updateTable('person')
    .set({ email })
    .where('cooperation', '=', id)
    .where('id', '=', 'per-mtpe-2')
    .execute();
  await put('seven..', 'answer');
  // As whoever signs out everywhere does.
  await endAccess(db, email, after(1));
  await expect(put('four', 'answer', 2)).rejects.toMatchObject({ refusal: { code: 'QuotaReached' } });
  await put('two', 'answer', 2);
  await forgetWaiting(db, after(60 * 24 + 1));
  const handedIn = { request: 'documents/send-documents.1', by: 'per-mtpe-2', documents: ['doc-2@1'] };
  await asked(handedIn.request, ['per-mtpe']);
  await answers(handedIn.request, 'per-mtpe-2', { decision: 'done', documents: ['doc-2@1'] }, after(3));
  await put('seven.x', 'shared', 60 * 24 + 1);
  await expect(put('x', 'shared', 60 * 24 + 1)).rejects.toMatchObject({ refusal: { code: 'QuotaReached' } });
});

it('documents that a person sends at once are counted together while they come', async () => {
  const documents = memoryStore();
  const hold = Promise.withResolvers<void>();
  const put = (name: string, bytes: AsyncIterable<Uint8Array>, by = 'chl-mtps-1') =>
    putDocument(
      {
        ...{ caseFile: the().db, documents, quotas: QUOTAS, now: () => NOW },
        workflows: { exchange: async () => 'open', shareDocument: async () => {} } as unknown as Workflows,
      },
      the().id,
      { by, fileName: `${name}.txt`, kind: 'shared', bytes: Readable.from(bytes) },
    );
  async function* slow(text: string, begun: () => void) {
    yield Buffer.from(text);
    begun();
    await hold.promise;
  }
  const most = { refusal: { code: 'QuotaReached', of: 'megabytes' } };
  const begun = Promise.withResolvers<void>();
  const first = put('first', slow('seven..', begun.resolve));
  await begun.promise;
  await expect(put('second', Readable.from([Buffer.from('four')]))).rejects.toMatchObject(most);
  await put('other', Readable.from([Buffer.from('of another')]), 'chl-mtps-2');
  await put('third', Readable.from([Buffer.from('two')]));
  hold.resolve();
  await first;
  // All ten are there, and what was refused counts no more.
  await expect(put('fourth', Readable.from([Buffer.from('x')]))).rejects.toMatchObject(most);

  // Two that began before either was there: the second is held against the first once more.
  async function* after(text: string, ready: () => void, go: Promise<void>) {
    ready();
    await go;
    yield Buffer.from(text);
  }
  const [ready, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = put('late', after('eight...', ready.resolve, go.promise), 'chl-mtps-3');
  await ready.promise;
  await put('early', Readable.from([Buffer.from('eight...')]), 'chl-mtps-3');
  go.resolve();
  await expect(late).rejects.toMatchObject(most);
});
