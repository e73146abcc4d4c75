import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { keepIncoming } from '../../src/casefile/mails/incomingMails.ts';
import type { InProcess } from './inProcess.ts';

/** A reply that comes to the first mail of somebody, and is filed: a header with their From, then these lines. */
export async function replyByMail(
  { caseFile, documents, cooperations, view }: InProcess,
  cooperation: string,
  person: string,
  lines: readonly string[],
  from?: string,
): Promise<void> {
  const { people, mails } = await view(cooperation);
  const mail = mails.find((one) => one.person === person);
  const { key } = await caseFile
    .selectFrom('mail')
    .select('key')
    .where('messageId', '=', mail?.messageId as string)
    .executeTakeFirstOrThrow();
  const raw = [`From: ${from ?? people.find(({ id }) => id === person)?.email}`, ...lines].join('\r\n');
  const { sha256, size } = await documents.put(Readable.from([Buffer.from(raw)]));
  await keepIncoming(caseFile, {
    ...{ cooperation, mail: key, purpose: 'reply', sha256, size, nullSender: false },
    cameAt: new Date().toISOString(),
  });
  expect(await cooperations.fileMails()).toBe(1);
}
