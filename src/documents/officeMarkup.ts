import sax, { type QualifiedTag } from 'sax';

/**
 * What a part of an Office or OpenDocument file says in its markup, read as it arrives by a tokenizer, in time that is
 * proportional to it: an expression over people's text can take hours for a few thousand characters.
 */

/** What speaks against a part; `undefined` where nothing does. */
export type MarkupFault = 'macros' | 'external' | 'dde' | 'embedded' | 'damaged';

/** Of one formula, in characters. */
const MAX_FORMULA = 64 * 1024;
const MAX_DEPTH = 500;
/** Of one element. The tokenizer holds each against those before it, so it is asked after every piece of this length. */
const MAX_ATTRIBUTES = 1_000;
const PIECE = 16 * 1024;

/** A part of the file that is no more than a reference to it, whatever it is called. */
const RELATIONS: Readonly<Record<string, MarkupFault>> = {
  oleobject: 'embedded',
  afchunk: 'embedded',
  control: 'macros',
  vbaproject: 'macros',
  subdocument: 'external',
  attachedtemplate: 'external',
  connections: 'external',
};

/** Elements that are refused wherever they stand. */
const ELEMENTS: Readonly<Record<string, MarkupFault>> = {
  ddelink: 'dde',
  olelink: 'external',
  oleobject: 'embedded',
  oleobj: 'embedded',
  altchunk: 'embedded',
  subdoc: 'external',
  connection: 'external',
  connectstring: 'external',
  'object-ole': 'embedded',
  plugin: 'embedded',
  applet: 'embedded',
  'event-listener': 'macros',
  script: 'macros',
  customui: 'macros',
  // What Word plays from elsewhere, add-ins that it opens beside the text, and queries of Excel.
  webvideopr: 'external',
  webextension: 'external',
  taskpane: 'external',
  datamashup: 'external',
};

/** Fields of Word that run something or fetch something, by their first word. */
const FIELDS: Readonly<Record<string, MarkupFault>> = {
  DDE: 'dde',
  DDEAUTO: 'dde',
  INCLUDEPICTURE: 'external',
  INCLUDETEXT: 'external',
  INCLUDE: 'external',
  IMPORT: 'external',
  LINK: 'external',
  RD: 'external',
  DATABASE: 'external',
  EMBED: 'embedded',
};

/** Functions of a cell that fetch something or run something. */
const FUNCTIONS: Readonly<Record<string, MarkupFault>> = {
  DDE: 'dde',
  WEBSERVICE: 'external',
  IMAGE: 'external',
  RTD: 'external',
  SQL: 'external',
  CALL: 'macros',
  EXEC: 'macros',
  REGISTER: 'macros',
};

/** What holds a formula: of a cell, a name, a condition, a validation, a column. */
const FORMULAS: ReadonlySet<string> = new Set([
  ...['f', 'formula', 'formula1', 'formula2', 'definedName'],
  ...['calculatedColumnFormula', 'totalsRowFormula', 'oldFormula'],
]);

/** Whose `href` a reader has to click. */
const CLICKED: ReadonlySet<string> = new Set(['a', 'shape', 'rect', 'group']);
const isAbsolute = (target: string): boolean => /^([a-z][a-z0-9+.-]*:|\/\/|\\\\)/i.test(target);
/** A link that a reader has to click is like one in a mail. */
const isClicked = (target: string): boolean => /^(https?:\/\/|mailto:|#)/i.test(target);

/** What its tokenizer has of the element it is in. */
type Reading = { attribList: readonly unknown[] };

/** Reads a part, and tells the first thing that speaks against it. */
export function watchedMarkup(): {
  write(chunk: Uint8Array): MarkupFault | undefined;
  end(): MarkupFault | undefined;
} {
  const parser = new sax.SAXParser(true, { xmlns: true, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts = watchedTexts((fault) => tell(fault));
  let fault: MarkupFault | undefined;
  let depth = 0;
  const tell = (found: MarkupFault | undefined) => {
    fault ??= found;
  };
  parser.onerror = () => {
    tell('damaged');
    parser.error = null as unknown as Error;
  };
  // Entities of its own would hide from what reads it here, as would another encoding.
  parser.ondoctype = () => tell('damaged');
  parser.onprocessinginstruction = ({ name, body }) => {
    const encoding = name === 'xml' ? (body.split('encoding')[1]?.split(/["']/)[1] ?? 'utf-8') : 'utf-8';
    if (!/^(utf-8|us-ascii)$/i.test(encoding)) tell('damaged');
  };
  parser.onopentag = (tag) => {
    if (++depth > MAX_DEPTH) tell('damaged');
    tell(faultOf(tag as QualifiedTag));
    texts.open(tag as QualifiedTag);
  };
  parser.onclosetag = (name) => {
    depth--;
    texts.close(name.slice(name.indexOf(':') + 1));
  };
  parser.ontext = texts.text;
  parser.oncdata = texts.text;
  const feed = (read: () => string, last = false) => {
    try {
      const text = read();
      for (let at = 0; at < text.length && !fault; at += PIECE) {
        parser.write(text.slice(at, at + PIECE));
        if ((parser as unknown as Reading).attribList.length > MAX_ATTRIBUTES) tell('damaged');
      }
      if (!fault && last) parser.close();
    } catch {
      tell('damaged');
    }
    return fault;
  };
  return {
    write: (chunk) => feed(() => decoder.decode(chunk, { stream: true })),
    end: () => feed(() => decoder.decode(), true),
  };
}

/** An element by itself. */
function faultOf({ local, attributes }: QualifiedTag): MarkupFault | undefined {
  const name = local.toLowerCase();
  const value = (wanted: string) =>
    Object.values(attributes)
      .find((one) => one.local.toLowerCase() === wanted)
      ?.value.trim() ?? '';
  if (name.startsWith('dde-')) return 'dde';
  if (ELEMENTS[name]) return ELEMENTS[name];
  if (name === 'relationship') {
    const type = value('type').split('/').at(-1)?.toLowerCase() ?? '';
    const target = value('target');
    if (RELATIONS[type]) return RELATIONS[type];
    const isExternal = value('targetmode').toLowerCase() === 'external';
    if (type === 'hyperlink' && isExternal) return isClicked(target) ? undefined : 'external';
    return isExternal || isAbsolute(target) ? 'external' : undefined;
  }
  if (/macroEnabled|ms-office\.vbaProject/i.test(value('contenttype'))) return 'macros';
  if (/^ppaction:\/\/(program|macro|ole)/i.test(value('action'))) return 'macros';
  for (const attribute of ['href', 'src']) {
    const target = value(attribute);
    if (/^(vnd\.sun\.star\.script|macro):/i.test(target)) return 'macros';
    const isLink = attribute === 'href' && CLICKED.has(name);
    if (isAbsolute(target) && !(isLink && isClicked(target))) return 'external';
  }
  return (
    faultOfFormula(value('formula')) ?? (name === 'fldsimple' ? faultOfField(value('instr')) : undefined)
  );
}

function faultOfField(code: string): MarkupFault | undefined {
  const words = code.trim().split(/\s+/, 2);
  const name = (words[0] ?? '').toUpperCase();
  if (FIELDS[name]) return FIELDS[name];
  if (name !== 'HYPERLINK') return undefined;
  const target = (words[1] ?? '').replaceAll('"', '').replaceAll('\\\\', '\\');
  return /^\\[a-z]$/i.test(target) || isClicked(target) ? undefined : 'external';
}

function faultOfFormula(formula: string): MarkupFault | undefined {
  // What Excel writes for another program's data: program|topic!item.
  const bar = formula.indexOf('|');
  if (bar >= 0 && formula.includes('!', bar)) return 'dde';
  // A cell of a file elsewhere, which is fetched.
  if (/'(\\\\|[a-z][a-z0-9+.-]{0,20}:\/\/)/i.test(formula)) return 'external';
  const calls = formula.split('(');
  for (const [i, before] of calls.slice(0, -1).entries()) {
    const name =
      before
        .trimEnd()
        .slice(-40)
        .toUpperCase()
        .split(/[^A-Z.]/)
        .at(-1) ?? '';
    const found = FUNCTIONS[name.split('.').at(-1) ?? ''] ?? FUNCTIONS[name.split('.')[0] ?? ''];
    if (found) return found;
    const target = name === 'HYPERLINK' ? (calls[i + 1]?.trimStart().split('"', 2)[1] ?? '') : '';
    if (isAbsolute(target) && !isClicked(target)) return 'external';
  }
  return undefined;
}

/** What stands between tags: the code of a field, in pieces and with other fields in it, and formulas. */
function watchedTexts(tell: (fault: MarkupFault | undefined) => void) {
  /** The codes of the fields that are open; one that shows its result already takes no more of it. */
  const fields: { code: string; isRead: boolean }[] = [];
  let into: 'field' | 'formula' | undefined;
  let formula = '';
  const judge = () => {
    const field = fields.at(-1);
    if (!field || field.isRead) return;
    field.isRead = true;
    tell(faultOfField(field.code));
  };
  return {
    open({ local, attributes }: QualifiedTag) {
      if (local === 'instrText') into = 'field';
      if (FORMULAS.has(local)) [into, formula] = ['formula', ''];
      if (local !== 'fldChar') return;
      const type = Object.values(attributes).find((one) => one.local === 'fldCharType')?.value;
      if (type === 'begin') {
        // The name of a field is not made by another one.
        const outer = fields.at(-1);
        if (outer && !outer.isRead && outer.code.trim() === '') tell('dde');
        fields.push({ code: '', isRead: false });
      } else judge();
      if (type === 'end') fields.pop();
      if (fields.length > MAX_DEPTH) tell('damaged');
    },
    text(text: string) {
      const field = fields.at(-1);
      if (into === 'field' && field && !field.isRead) field.code += text;
      // Outside a field it is one that a program may still take for its code.
      else if (into === 'field' && !field) tell(faultOfField(text));
      if (into === 'formula') formula += text;
      if (formula.length > MAX_FORMULA) tell('damaged');
    },
    close(local: string) {
      if (into === 'formula' && FORMULAS.has(local)) tell(faultOfFormula(formula));
      if (local === 'instrText' || FORMULAS.has(local)) into = undefined;
    },
  };
}
