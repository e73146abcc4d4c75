import {
  PDF,
  type PDFPage,
  PdfArray,
  PdfBool,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '@libpdf/core';

/**
 * What signing a PDF again changes of it: increments after its end that add fields of signatures, and nothing else. Of
 * the objects that were there the list of fields and that of a page's marks may have grown, and tools note in the file's
 * metadata what they are and when; all others are as they were.
 */

/** What may be other in the catalog of who signed, and in the list of fields: none of it changes what is shown. */
const FREE_IN_CATALOG = ['AcroForm', 'DSS', 'Extensions'];
const IN_FORM = ['Fields', 'SigFlags', 'DR', 'DA', 'NeedAppearances'];
/** More objects than this has no case. */
const MOST_OBJECTS = 1_000_000;
const DEEPEST = 100;
/** What a tool notes about its own work. */
const NOTED = ['ModDate', 'Producer'];

/** A mark that is seen, and over text of a page: where it stands in the file, and the page, from 1 on. */
export type Cover = { mark: string; page: number };

/** How many signatures `whole`, which begins with `before`, adds to it, and what they cover; nothing where it adds anything else. */
export async function addsSignaturesAlone(
  before: Buffer,
  whole: Buffer,
): Promise<{ count: number; covers: Cover[] } | undefined> {
  try {
    const [old, now] = [await PDF.load(new Uint8Array(before)), await PDF.load(new Uint8Array(whole))];
    if (old.recoveredViaBruteForce || now.recoveredViaBruteForce) return undefined;
    const info = numberIn(before, '/Info ');
    if (info !== numberIn(whole, '/Info ')) return undefined;
    const count = signaturesAdded({ old, now, count: numberIn(before, '/Size '), info });
    return count === undefined ? undefined : { count, covers: coversIn(old, now) };
  } catch {
    return undefined;
  }
}

/** What a PDF says last after a word of its end: how many objects it has, or which of them is about it. */
function numberIn(pdf: Buffer, word: string): number {
  const at = pdf.lastIndexOf(word) + word.length;
  return Number.parseInt(pdf.toString('latin1', at, at + 12), 10);
}

function signaturesAdded({
  old,
  now,
  count,
  info,
}: {
  old: PDF;
  now: PDF;
  count: number;
  info: number;
}): number | undefined {
  if (!(count > 0 && count <= MOST_OBJECTS)) return undefined;
  const [oldCatalog, catalog] = [old.getCatalog(), now.getCatalog()];
  if (without(oldCatalog, FREE_IN_CATALOG) !== without(catalog, FREE_IN_CATALOG)) return undefined;
  const free = new Set<string>();
  if (!isSaidAnew(old, now, info)) return undefined;
  if (info > 0) free.add(String(info));
  if (isMetadata(resolved(now, catalog.get('Metadata')))) noteRef(oldCatalog, 'Metadata', free);
  noteRef(oldCatalog, 'AcroForm', free);
  const form = dictIn(now, catalog.get('AcroForm'));
  const oldForm = dictIn(old, oldCatalog.get('AcroForm'));
  if (!form || !oldForm) return undefined;
  noteRef(oldForm, 'Fields', free);
  // Nobody but who signs says how it looks.
  if (textOf(form.get('NeedAppearances') ?? null) === textOf(PdfBool.TRUE)) return undefined;
  const fields = addedTo(old, oldForm.get('Fields'), now, form.get('Fields'));
  if (!fields || [...form.keys()].some((key) => !IN_FORM.includes(key.value))) return undefined;
  if (!fields.every((field) => isSignature(now, field))) return undefined;
  const marked = new Set<string>();
  for (let n = 1; n < count; n += 1) {
    const was = old.getObject(PdfRef.of(n, 0));
    if (!(was instanceof PdfDict) || was instanceof PdfStream || !isPage(was)) continue;
    const is = now.getObject(PdfRef.of(n, 0));
    if (!(is instanceof PdfDict) || without(was, ['Annots']) !== without(is, ['Annots'])) return undefined;
    const marks = addedTo(old, was.get('Annots'), now, is.get('Annots'));
    if (!marks?.every((mark) => isSignature(now, mark) && isWidget(now, mark))) return undefined;
    noteRef(was, 'Annots', free);
    marked.add(String(n));
  }
  for (let n = 1; n < count; n += 1) {
    if (free.has(String(n)) || marked.has(String(n))) continue;
    const [was, is] = [old.getObject(PdfRef.of(n, 0)), now.getObject(PdfRef.of(n, 0))];
    if (was === oldCatalog && is === catalog) continue;
    if (textOf(was) !== textOf(is)) return undefined;
  }
  return fields.filter((field) => dictIn(now, field)?.get('V') !== undefined).length;
}

/** What of the marks that are new is seen, over text of its page; where the text cannot be read, it may be. */
function coversIn(old: PDF, now: PDF): Cover[] {
  return old.getPages().flatMap((page, index) => {
    const marks = addedTo(old, page.dict.get('Annots'), now, dictIn(now, page.ref)?.get('Annots')) ?? [];
    const seen = marks.flatMap((mark) => {
      const rect = rectOf(now, mark);
      return rect ? [{ mark: textOf(mark), rect }] : [];
    });
    const lines = seen.length > 0 ? linesOn(page) : [];
    return seen
      .filter(({ rect }) => !lines || lines.some((line) => overlaps(line, rect)))
      .map(({ mark }) => ({ mark, page: index + 1 }));
  });
}

type Box = { x: number; y: number; width: number; height: number };

function linesOn(page: PDFPage): Box[] | undefined {
  try {
    return page.extractText().lines.map(({ bbox }) => bbox);
  } catch {
    return undefined;
  }
}

/** Where a mark is seen; nothing where it has no extent. */
function rectOf(pdf: PDF, mark: PdfObject): Box | undefined {
  const rect = resolved(pdf, dictIn(pdf, mark)?.get('Rect'));
  const [ax = 0, ay = 0, bx = 0, by = 0] =
    rect instanceof PdfArray ? [...rect].map((one) => (one instanceof PdfNumber ? one.value : 0)) : [];
  const [width, height] = [Math.abs(bx - ax), Math.abs(by - ay)];
  return width > 0 && height > 0 ? { x: Math.min(ax, bx), y: Math.min(ay, by), width, height } : undefined;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether what is said about it is the same but for when and by what it was signed, which tools note there. */
function isSaidAnew(old: PDF, now: PDF, info: number): boolean {
  if (!(info > 0)) return true;
  const [was, is] = [old, now].map((pdf) => dictIn(pdf, PdfRef.of(info, 0)));
  return was !== undefined && is !== undefined && saidIn(was) === saidIn(is);
}

/** Texts as they read, for tools write them in other characters. */
const saidIn = (dict: PdfDict): string =>
  [...dict]
    .filter(([key]) => !NOTED.includes(key.value))
    .map(([key, value]) => `${key.value} ${value instanceof PdfString ? value.asString() : textOf(value)}`)
    .toSorted()
    .join('\n');

const isMetadata = (value: PdfObject | null): boolean => {
  const type = value instanceof PdfStream ? value.get('Type') : undefined;
  return type instanceof PdfName && type.value === 'Metadata';
};

/** Notes the number of what stands apart under a key. */
function noteRef(dict: PdfDict, key: string, into: Set<string>): void {
  const value = dict.get(key);
  if (value instanceof PdfRef) into.add(String(value.objectNumber));
}

const isPage = (dict: PdfDict): boolean => {
  const type = dict.get('Type');
  return type instanceof PdfName && type.value === 'Page';
};

const resolved = (pdf: PDF, value: PdfObject | undefined): PdfObject | null =>
  value instanceof PdfRef ? pdf.getObject(value) : (value ?? null);

function dictIn(pdf: PDF, value: PdfObject | undefined): PdfDict | undefined {
  const found = resolved(pdf, value);
  return found instanceof PdfDict && !(found instanceof PdfStream) ? found : undefined;
}

/** What a list has after all that it had before; nothing where that is not at its beginning any more. */
function addedTo(
  old: PDF,
  before: PdfObject | undefined,
  now: PDF,
  after: PdfObject | undefined,
): PdfObject[] | undefined {
  const [was, is] = [resolved(old, before), resolved(now, after)];
  const had = was instanceof PdfArray ? [...was] : [];
  const has = is instanceof PdfArray ? [...is] : [];
  return had.every((one, at) => textOf(one) === textOf(has[at] ?? null)) ? has.slice(had.length) : undefined;
}

/** Whether a field, or a mark on a page, is that of a signature, does nothing, and carries no file. */
function isSignature(pdf: PDF, value: PdfObject): boolean {
  const field = dictIn(pdf, value);
  const kind = field?.get('FT');
  const parts = ['A', 'AA', 'AF', 'Kids', 'Parent', 'MK'];
  return (
    kind instanceof PdfName && kind.value === 'Sig' && parts.every((key) => field?.get(key) === undefined)
  );
}

/** Marks of other kinds hold files, play, and lead elsewhere, whatever else they say of themselves. */
function isWidget(pdf: PDF, value: PdfObject): boolean {
  const subtype = dictIn(pdf, value)?.get('Subtype');
  return subtype instanceof PdfName && subtype.value === 'Widget';
}

/** A dictionary as one text, without what may change. */
const without = (dict: PdfDict, keys: readonly string[]): string => dictText(dict, 0, keys);

function dictText(dict: PdfDict, depth: number, keys: readonly string[] = []): string {
  const entries = [...dict].flatMap(([key, value]) =>
    keys.includes(key.value) ? [] : [`/${key.value} ${textOf(value, depth + 1)}`],
  );
  return `<<${entries.toSorted().join(' ')}>>`;
}

/** An object as one text: the same for the same, whatever way it is written. */
function textOf(value: PdfObject | null, depth = 0): string {
  if (depth > DEEPEST) throw new RangeError('too deep');
  if (value === null) return 'null';
  if (value instanceof PdfStream)
    return `${dictText(value, depth)}stream ${Buffer.from(value.data).toString('latin1')}`;
  if (value instanceof PdfDict) return dictText(value, depth);
  if (value instanceof PdfArray) return `[${[...value].map((one) => textOf(one, depth + 1)).join(' ')}]`;
  if (value instanceof PdfString) return `(${Buffer.from(value.bytes).toString('hex')})`;
  if (value instanceof PdfRef) return `${value.objectNumber} ${value.generation} R`;
  if (value instanceof PdfName) return `/${value.value}`;
  return `${value.type} ${'value' in value ? String(value.value) : ''}`;
}
