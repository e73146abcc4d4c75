import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { keepContent } from '../../src/casefile/contents.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { fileCooperation, hashOf } from '../../src/casefile/filing.ts';
import { prepareMail } from '../../src/casefile/mails/mails.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { refused } from '../../src/domain/refusal.ts';
import { bundleOf } from '../../src/export/bundle.ts';
import type { Reader } from '../../src/export/reader.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';
import { testSeal } from '../support/seal.ts';

/** A cooperation in a case file, of which bundles are made without a Temporal server. */

export const NOW = '2021-07-01T12:00:00.000Z';
export const ID = '14-per-chl';
const TOKEN = '0123456789abcdef'.repeat(3);

export async function bundleScene() {
  const { caseFile, drop } = await testCaseFile();
  const documents = memoryStore();
  const programme = example();
  await fileCooperation(caseFile, programme, planOf(programme), NOW);
  const put = async (text: string) => (await documents.put(Readable.from([Buffer.from(text)]))).sha256;
  for (const [text, fileName] of [
    ['%PDF marco', 'marco 100%.pdf'],
    ['guía', 'Guía (ñ).txt'],
  ] as const)
    await addDocumentVersion(
      caseFile,
      {
        ...{ cooperation: ID, title: fileName, kind: 'shared', party: 'chl-mtps', by: 'chl-mtps-1' },
        ...{ sha256: await put(text), size: Buffer.byteLength(text), mediaType: 'text/plain', fileName },
      },
      NOW,
    );
  // Sent by mistake: the case names it, and its bytes are in no bundle.
  await caseFile
    .insertInto('documentVersion')
    .values({
      ...{ cooperation: ID, document: 'doc-2', version: 2, by: 'chl-mtps-1', at: NOW, changes: null },
      ...{ sha256: await put('reservado'), size: 9, mediaType: 'text/plain', fileName: 'reservado.txt' },
      withheld: JSON.stringify({ at: NOW, by: 'chl-mtps-1', change: 1 }),
    })
    .execute();
  await caseFile
    .insertInto('certificate')
    .values({
      ...{ cooperation: ID, number: 1, code: '0'.repeat(20), name: 'Ana', party: 'per-mtpe', language: 'es' },
      ...{ persons: '["per-mtpe-1"]', sessions: '[]', sha256: await put('%PDF constancia') },
      ...{ givenAt: NOW, givenBy: 'oas-1' },
    })
    .execute();
  for (const [person, notice] of [
    ['chl-mtps-1', 'request'],
    ['per-mtpe-1', 'request'],
    ['chl-mtps-2', 'communication'],
  ] as const) {
    const raw = `Subject: uno\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhttps://site.example/r/${TOKEN} ${person}\r\n`;
    const key = `${ID}:${notice}:${person}`;
    await prepareMail(caseFile, {
      ...{ key, cooperation: ID, notice, request: null, person, address: `${person}@x.example` },
      ...{ subject: 'uno', messageId: `<${key}@x.example>`, sha256: await put(raw), preparedAt: NOW },
    } as Parameters<typeof prepareMail>[1]);
    await addToRecord(caseFile, {
      ...{ cooperation: ID, key: `mail:${key}`, at: NOW, kind: 'mail-sent', person },
      data: { notice, messageId: `<${key}@x.example>` },
    });
  }
  const reason = { reason: 'Falta una sesión\n\nSegunda línea' };
  await keepContent(caseFile, ID, hashOf(reason), reason, NOW);
  // What was handed in as a document is known by the hash of its bytes.
  await keepContent(caseFile, ID, await put('%PDF marco'), { document: 'doc-1' }, '2021-07-01T12:00:01.000Z');
  const source = {
    ...{ caseFile, documents, seal: testSeal },
    workflows: {
      history: async (id: string) =>
        id === `cooperation/${ID}` ? { events: [] } : refused({ code: 'NotUnderWay' } as never),
    },
  };
  const view = async () =>
    (await viewOf(caseFile, ID, NOW)) ?? refused({ code: 'CooperationUnknown', cooperation: ID });
  return {
    ...{ caseFile, documents, source, view, drop, TOKEN },
    bundle: async (reader: Reader = { of: 'all' }) =>
      buffer(await bundleOf(await view(), reader, source, NOW)),
  };
}

/** The files of a ZIP by their names. */
export async function filesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  const { files } = await JSZip.loadAsync(zip, { checkCRC32: true });
  const all = Object.values(files).map(async (one) => [one.name, await one.async('nodebuffer')] as const);
  return new Map(await Promise.all(all));
}

/** A place for archives, for the time of a test. */
export async function bench(): Promise<{
  zip(bytes: Buffer): Promise<string>;
  folder(files: ReadonlyMap<string, Buffer>): Promise<string>;
  remove(): Promise<void>;
}> {
  const place = await mkdtemp(path.join(tmpdir(), 'rial-bundle-'));
  let n = 0;
  return {
    async zip(bytes) {
      const at = path.join(place, `${++n}.zip`);
      await writeFile(at, bytes);
      return at;
    },
    async folder(files) {
      const at = path.join(place, `${++n}`);
      for (const [name, bytes] of files) {
        await mkdir(path.dirname(path.join(at, name)), { recursive: true });
        await writeFile(path.join(at, name), bytes);
      }
      return at;
    },
    remove: () => rm(place, { recursive: true, force: true }),
  };
}
