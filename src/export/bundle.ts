import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { CaseFile } from '../casefile/database/database.ts';
import { readChain } from '../casefile/record.ts';
import type { DocumentStore } from '../documents/store.ts';
import { type CaseView, caseView } from '../domain/caseView.ts';
import { Refused } from '../domain/refusal.ts';
import { BUNDLE_FORMAT, type BundleNotice, INFO, PAYLOAD, TAG_FILES } from '../domain/results/bundle.ts';
import { type ChainedEntry, headOf } from '../evidence/chain.ts';
import { infoText, type ListedFile, manifestText } from '../evidence/manifest.ts';
import type { Sealer } from '../evidence/sealing.ts';
import { caseText, filesOf, isMail } from './files.ts';
import { exportedMail, mailOfCase } from './mail.ts';
import { paperApart } from './paper.ts';
import { caseFor, chainFor, type Reader } from './reader.ts';
import { isStored, type StoredFile, storedEntry, type ZipEntry, zipOf } from './zip.ts';

/** Where a bundle's parts come from. */
export type BundleSource = {
  caseFile: CaseFile;
  documents: DocumentStore;
  /** @throws Refused `NotUnderWay` where Temporal has none, `Unavailable` */
  workflows: { history(id: string): Promise<unknown> };
  /** Seals its PDF. */
  seal: Sealer;
};

/**
 * Everything of a cooperation that a reader may have, as a BagIt bag in a ZIP, a piece at a time: `docs/bundle.md`. What
 * can fail is tried before; where the bytes of a document are not those of its SHA-256, the stream fails in the middle.
 *
 * @param view the whole case, as it stands at `now`
 * @throws NotStored; Refused `Unavailable`
 */
export async function bundleOf(
  whole: CaseView,
  reader: Reader,
  { caseFile, documents, workflows, seal }: BundleSource,
  now: string,
): Promise<Readable> {
  const { view, withheld } = caseFor(caseView.parse(whole), reader);
  // What was written since is in no part of it.
  const chain = (await readChain(caseFile, view.id)).slice(0, whole.record.length);
  const entries = chainFor(chain, view);
  const { histories, missing } = await historiesOf(view, workflows);
  const notice: BundleNotice = {
    ...{ format: BUNDLE_FORMAT, cooperation: view.id, madeAt: now },
    reader: reader.of === 'all' ? reader : { of: 'person', person: reader.person, party: reader.party },
    ...{ withheld, missing },
  };
  const head = headOf(entries);
  const text = caseText(view);
  const facts = { view, withheld, madeAt: now, head, entries: entries.length, attached: text };
  const { pdf: paper, stamp } = await seal(await paperApart(facts), now);
  const payload: ZipEntry[] = [
    textEntry(PAYLOAD.case, text),
    textEntry(PAYLOAD.record, jsonText({ format: BUNDLE_FORMAT, cooperation: view.id, entries })),
    textEntry(PAYLOAD.bundle, jsonText({ ...notice, ...(stamp !== 'none' && { stamp }) })),
    bytesEntry(PAYLOAD.paper, paper),
    ...histories.map(({ file, text }) => textEntry(`data/${file}`, text)),
    ...(await Promise.all(
      filesOf(view)
        .filter(isStored)
        .map((one) => fileEntry(one, documents, whole)),
    )),
  ];
  return bagged(view.id, payload, entries, now);
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const textEntry = (name: string, text: string): ZipEntry => bytesEntry(name, Buffer.from(text), true);
const bytesEntry = (name: string, bytes: Uint8Array, packs = false): ZipEntry => ({
  ...{ name, packs },
  ...(!packs && { size: bytes.byteLength }),
  open: () => once(bytes),
});
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function fileEntry(one: StoredFile, documents: DocumentStore, view: CaseView): Promise<ZipEntry> {
  const entry = await storedEntry(one, documents);
  const name = `data/${one.file}`;
  // Without what lets its reader in, so of another size than the one that was sent.
  return isMail(one) ? { name, packs: true, open: () => mailOf(one, documents, view) } : { ...entry, name };
}

async function* mailOf(
  { sha256 }: StoredFile,
  documents: DocumentStore,
  view: CaseView,
): AsyncGenerator<Uint8Array> {
  yield await exportedMail(await mailOfCase(documents, view, sha256));
}

/** Of workflows that have begun and are still kept; and the files of the others. */
async function historiesOf({ workflows: all }: CaseView, workflows: BundleSource['workflows']) {
  const histories: { file: string; text: string }[] = [];
  const missing: string[] = [];
  for (const { id, file } of all) {
    try {
      histories.push({ file, text: JSON.stringify(await workflows.history(id)) });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'NotUnderWay') throw error;
      missing.push(file);
    }
  }
  return { histories, missing };
}

/** The payload, and after it what lists it: hashes are taken as it goes by. */
function bagged(
  id: string,
  payload: readonly ZipEntry[],
  entries: readonly ChainedEntry[],
  now: string,
): Readable {
  const listed: ListedFile[] = [];
  const tags: ListedFile[] = [];
  let bytes = 0;
  const counted = (entry: ZipEntry, list: ListedFile[]): ZipEntry => ({
    ...entry,
    name: `${id}/${entry.name}`,
    open: async () =>
      hashing(await entry.open(), (sha256, size) => {
        list.push({ file: entry.name, sha256 });
        if (list === listed) bytes += size;
      }),
  });
  /** A text that is known when all before it is through. */
  const later = (name: string, text: () => string): ZipEntry => ({
    ...{ name, packs: true },
    open: () => once(Buffer.from(text())),
  });
  const { bagit, info, manifest, tagManifest } = TAG_FILES;
  const manifestHash = () => tags.find(({ file }) => file === manifest)?.sha256 ?? '';
  return zipOf(
    [
      counted(
        later(bagit, () => 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
        tags,
      ),
      ...payload.map((entry) => counted(entry, listed)),
      counted(
        later(manifest, () => manifestText(listed)),
        tags,
      ),
      counted(
        later(info, () =>
          infoText([
            ['Bag-Software-Agent', 'RIAL'],
            ['Bagging-Date', now.slice(0, 10)],
            ['External-Identifier', id],
            [INFO.payload, `${bytes}.${listed.length}`],
            [INFO.entries, String(entries.length)],
            [INFO.head, headOf(entries)],
            [INFO.manifest, manifestHash()],
          ]),
        ),
        tags,
      ),
      { ...later(`${id}/${tagManifest}`, () => manifestText(tags)) },
    ],
    new Date(now),
  );
}

async function* hashing(
  source: AsyncIterable<Uint8Array>,
  done: (sha256: string, size: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    size += chunk.byteLength;
    yield chunk;
  }
  done(hash.digest('hex'), size);
}
