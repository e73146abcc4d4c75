import { MAX_DOCUMENT_BYTES, safeFileName } from '../documents/accept.ts';
import type { PageContext } from './context.ts';
import { formBody } from './form.ts';
import { readOf, readUpload, type SentForm } from './multipart.ts';

/** What was sent with a form, for a page that has it sent once more. */

/** What is written in a form, as it is sent once more: 2 MB of text. */
export const MOST_TEXT_BYTES = 2 * 1024 * 1024;

/** What was sent with a form; of files their names alone, for a page cannot hold them. */
export async function sentFormOf(c: PageContext): Promise<SentForm | undefined> {
  const type = c.req.header('content-type') ?? '';
  if (c.req.method !== 'POST') return undefined;
  const read = readOf(c);
  if (read) return read;
  if (type.startsWith('multipart/form-data') && !c.req.bodyCache.formData) {
    // What nobody has read is read to its end: a browser that is still sending hears no answer.
    if (!readOf(c) && !c.req.raw.bodyUsed)
      await readUpload(c, {
        fileBytes: MAX_DOCUMENT_BYTES,
        field: () => {},
        file: async () => {},
        tooManyFiles: () => {},
      });
    return readOf(c);
  }
  const isText = type.startsWith('application/x-www-form-urlencoded');
  const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY);
  if (!c.req.bodyCache.formData && (!isText || length > MOST_TEXT_BYTES)) return undefined;
  const all = Object.entries(await formBody(c)).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  );
  return {
    texts: all.flatMap(({ name, value }) =>
      typeof value === 'string' ? [[name, value] satisfies [string, string]] : [],
    ),
    files: all.flatMap(({ name, value }) =>
      typeof value === 'string' || value.name === '' ? [] : [{ field: name, name: safeFileName(value.name) }],
    ),
  };
}
