// Run as a program of its own by wordPdf.ts: reads a Word file as JSON, has LibreOffice make a tagged PDF of it, and writes that.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import JSZip from 'jszip';
import { getDocumentProxy } from 'unpdf';
import { xmlEscaped } from './templates/ooxml.ts';
import type { WordOrder } from './wordPdf.ts';

const LONGEST_MS = 120_000;
/** Seconds of processor; memory in KB, most of which LibreOffice never uses; blocks of 512 bytes that a file may have. */
const LIMITS = 'ulimit -t 90; ulimit -v 8000000; ulimit -f 400000; exec "$@"';
const FILTER = `pdf:writer_pdf_Export:${JSON.stringify({
  PDFUACompliance: { type: 'boolean', value: 'true' },
  UseTaggedPDF: { type: 'boolean', value: 'true' },
  ExportBookmarks: { type: 'boolean', value: 'true' },
  ExportNotes: { type: 'boolean', value: 'false' },
})}`;
/** Nothing of a document runs, and nothing that it names elsewhere is fetched. */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
</oor:items>`;

/** Of a paragraph. */
const BORDER = /<w:pBdr>(?:(?!<w:pBdr>).)*?<\/w:pBdr>/gs;

const { program, docx, title } = (await json(process.stdin)) as WordOrder;
const home = await mkdtemp(path.join(tmpdir(), 'rial-word-'));
try {
  const profile = path.join(home, 'profile');
  await writeFile(path.join(home, 'sheet.docx'), await named(Buffer.from(docx, 'base64')));
  await mkdir(path.join(profile, 'user'), { recursive: true });
  await writeFile(path.join(profile, 'user', 'registrymodifications.xcu'), PROFILE);
  await converted(profile);
  const pdf = await readFile(path.join(home, 'sheet.pdf'));
  if (!(await isTagged(pdf))) throw new Error('it is not tagged');
  process.stdout.write(pdf);
} finally {
  await rm(home, { recursive: true, force: true });
}

/** The file with its title in the place of all that its program noted of who wrote it, and when. */
async function named(bytes: Buffer): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes);
  if (zip.file('docProps/core.xml'))
    zip.file(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlEscaped(title)}</dc:title></cp:coreProperties>`,
    );
  await withoutRunningRules(zip);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

/**
 * The lines of paragraphs above and below a page's text are left out: LibreOffice draws them beside all tags, which PDF/UA
 * forbids.
 */
async function withoutRunningRules(zip: JSZip): Promise<void> {
  const styles = new Set<string>();
  for (const part of zip.file(/^word\/(?:header|footer)\d*\.xml$/)) {
    const text = await part.async('string');
    for (const [, style = ''] of text.matchAll(/<w:pStyle w:val="([^"]*)"/g)) styles.add(style);
    zip.file(part.name, text.replaceAll(BORDER, ''));
  }
  const known = await zip.file('word/styles.xml')?.async('string');
  if (known === undefined) return;
  const plain = known.replaceAll(
    /<w:style\b[^<>]*w:styleId="([^"<>]*)"[^<>]*>(?:(?!<w:style ).)*?<\/w:style>/gs,
    (style, id) => (styles.has(id) ? style.replaceAll(BORDER, '') : style),
  );
  zip.file('word/styles.xml', plain);
}

async function converted(profile: string): Promise<void> {
  const child = spawn(
    '/bin/sh',
    [
      ...['-c', LIMITS, 'sh', program, `-env:UserInstallation=${pathToFileURL(profile)}`],
      ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nologo'],
      ...['--convert-to', FILTER, '--outdir', home, path.join(home, 'sheet.docx')],
    ],
    {
      ...{ stdio: 'ignore', cwd: home, detached: true },
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, TMPDIR: home, TZ: 'UTC', LANG: 'C.UTF-8' },
    },
  );
  const late = setTimeout(() => endedWith(child), LONGEST_MS);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`LibreOffice ended with ${code}`);
  } finally {
    clearTimeout(late);
    endedWith(child);
  }
}

/** Whether it says of itself that it is tagged, and its first page is. */
async function isTagged(pdf: Buffer): Promise<boolean> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { isEvalSupported: false });
  const marked = (await document.getMarkInfo()) as { Marked?: boolean } | null;
  const tree = await (await document.getPage(1)).getStructTree();
  return marked?.Marked === true && tree !== null && tree.children.length > 0;
}

/** Ends it with all that it began. */
function endedWith({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // They have all ended.
  }
}
