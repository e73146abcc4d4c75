import { LARGEST_PROGRAMME_FILE } from '../../../domain/programmeFile.ts';
import type { PageContext } from '../../frame.ts';

/** The text of a programme as a form sends it, which is a file, or what stands in the form. */

/** A file and the text beside it; a form writes a letter in up to three bytes for each of its own, and names beside it. */
export const FORM_BYTES = 4 * LARGEST_PROGRAMME_FILE;
/** Mistakes: more than anybody mends at once. */
export const MOST_SHOWN = 100;

/** The file that was chosen, or else what stands in the form; forms send line breaks as CR LF. */
export async function sourceIn(c: PageContext): Promise<string> {
  const { file, source } = await c.req.parseBody();
  const text =
    file instanceof File && file.size > 0 ? await file.text() : typeof source === 'string' ? source : '';
  return text.replaceAll('\r\n', '\n');
}
