import { Readable } from 'node:stream';
import { documentsOf } from '../casefile/documents.ts';
import { findCommunication } from '../casefile/mails/communications.ts';
import type { ByMail, GivenMailFile } from '../domain/mails/incomingMail.ts';
import { refused } from '../domain/refusal.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import type { ByToken } from './came.ts';
import { authorOf } from './communications.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import { putDocument } from './documents.ts';

/** Files that came with a mail: they are nobody's documents until somebody of the Secretariat takes them in. */

type MailFile = Pick<GivenMailFile, 'communication' | 'file'>;

type FileOfMail = ByMail['attachments'][number] & { bytes: Uint8Array };

/** A file as it came, which was looked at as any that people send. @throws Refused `DocumentUnknown`, `DocumentRefused` */
export async function mailFileOf(
  client: CooperationClient,
  cooperation: string,
  asked: MailFile,
): Promise<FileOfMail> {
  const { inspection = inspectionHere } = client;
  const opened = await fileIn(client, cooperation, asked);
  await inspection.document(opened.fileName, { read: () => Readable.from([opened.bytes]) });
  return opened;
}

/**
 * Takes a file in as a document of whoever sent it: once. It goes through all that an upload goes through. `by`: who of
 * the Secretariat. @throws Refused
 */
export async function takeMailFile(
  client: CooperationClient,
  cooperation: string,
  given: GivenMailFile,
  token?: ByToken,
): Promise<{ document: string; version: number }> {
  const { plan } = await cooperationOf(client, cooperation);
  const by = await authorOf(client, plan, given.by);
  const row = await findCommunication(client.caseFile, cooperation, given.communication);
  const { fileName, sha256, bytes } = await fileIn(client, cooperation, given);
  const taken = (await documentsOf(client.caseFile, cooperation)).find(
    (one) => one.sha256 === sha256 && one.party === row?.party,
  );
  if (taken) return { document: taken.document, version: taken.version };
  const { document, version } = await putDocument(
    client,
    cooperation,
    { by: row?.by ?? '', fileName, kind: 'shared', bytes: Readable.from([bytes]) },
    undefined,
    token?.door ?? { door: 'staff', by },
  );
  return { document, version };
}

/** @throws Refused `CooperationUnknown`, `DocumentUnknown` */
async function fileIn(
  client: CooperationClient,
  cooperation: string,
  { communication, file }: MailFile,
): Promise<FileOfMail> {
  const { caseFile, documents, inspection = inspectionHere } = client;
  await cooperationOf(client, cooperation);
  const mail = (await findCommunication(caseFile, cooperation, communication))?.mail;
  const described = mail?.attachments[file];
  const stored = described && (await documents.get(mail.sha256));
  const bytes = stored && (await inspection.mailFile({ read: () => stored }, file));
  if (!bytes) return refused({ code: 'DocumentUnknown', documents: [`${communication}/${file}`] });
  return { ...described, bytes };
}
