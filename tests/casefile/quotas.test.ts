import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { addCommunication } from '../../src/casefile/communications.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { putDocument } from '../../src/client/documents.ts';
import type { Workflows } from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { NOW, setting, the } from './changes/setting.ts';

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

it('documents of a person are counted by their size, for a day, and nothing is kept of what is more', async () => {
  const documents = memoryStore();
  const put = (text: string, hours: number, by = 'per-mtpe-1') =>
    putDocument(
      {
        ...{ caseFile: the().db, documents, quotas: QUOTAS, now: () => after(60 * hours) },
        workflows: { exchange: async () => 'open', shareDocument: async () => {} } as unknown as Workflows,
      },
      the().id,
      { by, fileName: `${text}.txt`, kind: 'shared', bytes: Readable.from([Buffer.from(text)]) },
    );
  const most = { refusal: { code: 'QuotaReached', of: 'megabytes', freeAt: after(60 * 24) } };
  await put('seven..', 0);
  await expect(put('four', 1)).rejects.toMatchObject(most);
  await put('fit', 1);
  await expect(put('x', 2)).rejects.toMatchObject(most);
  await put('x', 2, 'per-mtpe-2');
  let kept = 0;
  for await (const _ of documents.list()) kept++;
  expect(kept).toBe(3);
  await expect(put('x', 25)).resolves.toBeDefined();
});
