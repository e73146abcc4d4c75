import JSZip from 'jszip';
import { shippedTemplate } from '../../src/publications/word.ts';

/** The programme's template with one text in the place of another, as somebody changes it in Word. */
export async function templateWith(
  from: string,
  to: string,
  part = 'word/document.xml',
): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(await shippedTemplate('programme'));
  const markup = (await zip.file(part)?.async('string')) ?? '';
  if (!markup.includes(from)) throw new Error(`${part} has no ${from}`);
  zip.file(
    part,
    markup.replace(from, () => to),
  );
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
