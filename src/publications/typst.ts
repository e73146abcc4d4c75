import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

const templates = fileURLToPath(new URL('./templates/', import.meta.url));
/** Results that this many renderings in a row did not use are forgotten; the compiler's cache grows otherwise. */
const KEEP_FOR = 10;
/** What stands for a character that none of the fonts has. */
const MISSING = '\uFFFD';

let compiler: NodeCompiler | undefined;
const sources = new Map<string, string>();

function sourceOf(template: string): string {
  const known = sources.get(template);
  if (known !== undefined) return known;
  const source = readFileSync(new URL(`./templates/${template}`, import.meta.url), 'utf8');
  sources.set(template, source);
  return source;
}

/**
 * Sets a Typst template of this folder with `data` as a PDF/UA-1 document, fonts embedded; as a PDF/A-3a one where a text
 * goes with it that the template attaches.
 *
 * The data reaches the template as one JSON string, so nothing in it is ever read as markup. Both forbid
 * characters without a glyph; those that the compiler's own fonts lack (CJK, emoji) are printed as `\uFFFD`.
 *
 * @param files pictures that the template takes by their names
 * @throws Error with the compiler's diagnostics, which is a mistake in the template
 */
export function renderPdf(
  template: string,
  data: object,
  { attached, files = new Map() }: { attached?: string; files?: ReadonlyMap<string, Buffer> } = {},
): Uint8Array {
  compiler ??= NodeCompiler.create({ workspace: templates });
  const mainFileContent = sourceOf(template);
  for (const [name, bytes] of files) compiler.mapShadow(templates + name, bytes);
  const pdfStandard = attached === undefined ? PdfStandard.UA_1 : PdfStandard.A_3a;
  let json = JSON.stringify(data);
  try {
    for (;;) {
      const compiled = compiler.compile({
        mainFileContent,
        inputs: { data: json, ...(attached !== undefined && { attached }) },
      });
      if (!compiled.result) throw new Error(`${template} does not compile: ${diagnosticsOf(compiled)}`);
      try {
        const pdf = compiler.pdf(compiled.result, { pdfStandard });
        return new Uint8Array(pdf);
      } catch (error) {
        const printable = withoutMissing(json, error);
        if (printable === json)
          throw new Error(`${template} is no PDF/${pdfStandard}: ${String(error)}`, { cause: error });
        json = printable;
      }
    }
  } finally {
    compiler.resetShadow();
    compiler.evictCache(KEEP_FOR);
  }
}

function diagnosticsOf(compiled: { takeDiagnostics(): { shortDiagnostics: unknown[] } | null }): string {
  return JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []);
}

/**
 * The data without the characters that the error names as missing in every font. The compiler says it as
 * `the text \"漢\" could not be displayed`, with one more backslash for each time it was quoted.
 */
function withoutMissing(json: string, error: unknown): string {
  let printable = json;
  for (const [, quoted = ''] of String(error).matchAll(
    /the text `\\{0,40}"(.{1,400}?)\\{0,40}"` could not be displayed/gu,
  )) {
    const missing = quoted.replaceAll(/\\{0,40}u\{([0-9a-f]{1,6})\}/gu, (_, hex) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    // ASCII is in every font, and is what JSON itself is made of.
    for (const character of missing)
      if (character > '\u007F' && character !== MISSING) printable = printable.replaceAll(character, MISSING);
  }
  return printable;
}
