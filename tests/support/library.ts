import { Readable } from 'node:stream';
import JSZip from 'jszip';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import type { DocumentStore } from '../../src/documents/store.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { example } from './programme.ts';

/** Cooperations with a published sheet, as the library finds them. */

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A Word file of these paragraphs. */
export async function wordFile(paragraphs: readonly string[]): Promise<Buffer> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  );
  const body = paragraphs.map(
    (text) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`,
  );
  zip.file(
    'word/document.xml',
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}</w:body></w:document>`,
  );
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

type Given = Partial<Pick<Programme, 'language' | 'subject' | 'title' | 'objectives' | 'call'>> & {
  id: string;
  /** Of who asks and of who has the experience. */
  countries?: [string, string];
  at?: string;
  paragraphs?: readonly string[];
  file?: { bytes: Uint8Array; mediaType: string; fileName: string };
};

/** Files a cooperation and publishes its sheet, or the next version of it. */
export async function published(
  db: CaseFile,
  documents: DocumentStore,
  { id, countries, at = '2021-11-05T15:00:00.000Z', paragraphs = [], file, ...given }: Given,
): Promise<Programme> {
  const base = example();
  const programme: Programme = {
    ...{ ...base, ...given, id },
    // Of nobody who is in another.
    participants: base.participants.map((one) => ({ ...one, email: `${id}.${one.email}` })),
    institutions: base.institutions.map((one) => {
      const country = { requesting: countries?.[0], providing: countries?.[1], secretariat: undefined }[
        one.role
      ];
      return country ? { ...one, country } : one;
    }),
  };
  await fileCooperation(db, programme, planOf(programme), at);
  const held = file ?? { bytes: await wordFile(paragraphs), mediaType: WORD, fileName: 'ficha.docx' };
  const { sha256, size } = await documents.put(Readable.from([held.bytes]));
  const version = await addDocumentVersion(
    db,
    {
      ...{ cooperation: id, document: 'sheet', title: 'Ficha', kind: 'sheet', party: 'oas', by: 'oas-1' },
      ...{ sha256, size, mediaType: held.mediaType, fileName: held.fileName },
    },
    at,
  );
  await addToRecord(db, {
    ...{ cooperation: id, key: `sheet-published:${version?.version}`, at, kind: 'sheet-published' },
    data: { version: version?.version, sha256 },
  });
  return programme;
}
