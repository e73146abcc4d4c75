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

/**
 * The same at a start. A folder has to be there. A bucket is not waited for: until it is there again documents are not to be
 * had (503, and `/readyz` says so), and all else goes on.
 *
 * @throws StartError where a folder cannot be read in time
 */
export async function documentsReached(place: DocumentsPlace, waiting: Waiting): Promise<DocumentStore> {
  const documents = await openDocuments(place);
  const what = 'The store of documents (--documents)';
  if (place.s3)
    documents.readable().catch((error: Error) => {
      waiting.say(
        `${what} does not answer: ${error.message}. Until it does, no document can be read or kept.`,
      );
    });
  else await waitedFor(what, () => documents.readable(), waiting);
  return documents;
}
