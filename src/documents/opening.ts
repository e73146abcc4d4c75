import { join } from 'node:path';
import type { DocumentsPlace } from '../process/documentsPlace.ts';
import { type Waiting, waitedFor } from '../process/waiting.ts';
import { diskStore } from './disk.ts';
import type { DocumentStore } from './store.ts';

/** The store there. What speaks to an S3 is large, and read where there is one alone. */
export async function openDocuments({ folder, s3 }: DocumentsPlace): Promise<DocumentStore> {
  if (!s3) return diskStore(folder);
  const { s3Store } = await import('./s3.ts');
  return s3Store(s3, join(folder, 'incoming'));
}

/** The same, once it can be read. @throws StartError where it has not come in time */
export async function documentsReached(place: DocumentsPlace, waiting: Waiting): Promise<DocumentStore> {
  const documents = await openDocuments(place);
  await waitedFor('The store of documents (--documents)', () => documents.readable(), waiting);
  return documents;
}
