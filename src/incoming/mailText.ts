/**
 * What somebody wrote in a mail, without what their program put below it. What is cut is not lost: the whole mail is kept.
 */

/** The text of an HTML mail: its lines, without tags, styles, and what is marked as a quotation. */
export function textOfHtml(html: string): string {
  const shown = unseen(cutQuotation(html))
    .replace(/\s+/g, ' ')
    .replace(/<br\b[^<>]*>/gi, '\n')
    .replace(/<\/(p|div|tr|li|h[1-6]|table|blockquote) ?>/gi, '\n')
    .replace(/<li\b[^<>]*>/gi, '– ')
    .replace(TAG, '');
  return decoded(shown)
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

/**
 * The same above what is marked as a quotation, and nothing where something is hidden or struck through there: what a reader
 * saw is not known then.
 */
export function shownText(html: string): string {
  const above = html.slice(0, QUOTATION.exec(html)?.index);
  return DISGUISED.test(above.replace(STYLE_TAG, '')) ? '' : textOfHtml(above);
}

const STYLE_TAG = /<style\b[^<>]*>/gi;
const DISGUISED =
  /<(?:s|strike|del|details|template|noscript|select|input|textarea|svg|math)\b|<[a-z][^<>]*\shidden[\s=>/]|line-through|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-indent\s*:\s*-|(?<![-a-z])(?:font-size|opacity|(?:max-)?height|width)\s*:\s*0(?![.\d]*[1-9])/i;

const TAG = /<[^<>]*>/g;

/** Without comments, and what no reader is shown. */
const unseen = (html: string): string =>
  [
    ['<!--', '-->'],
    ...['style', 'script', 'head', 'title'].map((name) => [`<${name}`, `</${name}>`] as const),
  ].reduce((text, [from = '', to = '']) => without(text, from, to), html);

/** A text without all that stands between two others; what is never ended is left. */
function without(text: string, from: string, to: string): string {
  const low = text.toLowerCase();
  // Letters that are longer in the one case than in the other would move the places.
  if (low.length !== text.length) return text;
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const begins = low.indexOf(from, at);
    const ends = begins < 0 ? -1 : low.indexOf(to, begins);
    if (ends < 0) return [...kept, text.slice(at)].join('');
    kept.push(text.slice(at, begins));
    at = ends + to.length;
  }
}

/** Where programs say in their HTML that what follows is the mail that is replied to. */
const QUOTATION =
  /<(?:blockquote\b[^<>]*\btype=["']?cite|div\b[^<>]*\b(?:class=["']?gmail_quote|id=["']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|reply-intro))|div\b[^<>]*\bclass=["']?(?:moz-cite-prefix|yahoo_quoted))/i;

function cutQuotation(html: string): string {
  const at = QUOTATION.exec(html)?.index ?? -1;
  if (at < 0) return html;
  const above = html.slice(0, at);
  // Whoever answers below, or in between, has nothing above.
  return /[\p{L}\p{N}]/u.test(unseen(above).replace(TAG, '')) ? above : html;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', ndash: '–', mdash: '—' },
  ...{ aacute: 'á', eacute: 'é', iacute: 'í', oacute: 'ó', uacute: 'ú', ntilde: 'ñ', uuml: 'ü' },
  ...{ Aacute: 'Á', Eacute: 'É', Iacute: 'Í', Oacute: 'Ó', Uacute: 'Ú', Ntilde: 'Ñ', Uuml: 'Ü' },
  ...{ agrave: 'à', egrave: 'è', ugrave: 'ù', acirc: 'â', ecirc: 'ê', icirc: 'î', ocirc: 'ô', ucirc: 'û' },
  ...{ atilde: 'ã', otilde: 'õ', ccedil: 'ç', Ccedil: 'Ç', euml: 'ë', iuml: 'ï', oelig: 'œ' },
  ...{ laquo: '«', raquo: '»', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', iquest: '¿', iexcl: '¡' },
  ...{ ordm: 'º', ordf: 'ª', deg: '°', euro: '€' },
};

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex, number, name) => {
    if (name) return ENTITIES[name as string] ?? whole;
    const code = hex ? Number.parseInt(hex as string, 16) : Number(number);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });

/** Lines below which all is of somebody else: what Outlook and others put before the mail that is replied to. */
const BELOW = [
  /^-{2,}\s*(original message|mensaje original|mensagem original|message d['’]origine|forwarded message|mensaje reenviado)\s*-{2,}$/i,
  /^_{20,}$/,
];
/** The head of the mail that is replied to, as Outlook writes it: who and, in the lines after, when. */
const HEAD_FROM = /^\*?(de|from|von|da)\s?:\*?\s?\S/i;
const HEAD_SENT = /^\*?(enviado(?: el| em)?|sent|date|fecha|data|envoyé)\s?:/i;
/** "El lun, 5 jul 2021 a las 10:00, Ana escribió:", in our languages. */
const isWrote = (line: string): boolean =>
  line.length <= 400 &&
  /(?:escribió|wrote|escreveu|a écrit)[ \u00a0]?:$/i.test(line) &&
  (line.includes('@') || /^(?:el|on|em|le|il|no dia)\b/i.test(line));

/** What was written, and whether something was left out of it. */
export function ownText(whole: string): { text: string; cut: boolean } {
  const lines = whole
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const all = tidy(lines);
  const at = lines.findIndex((_, index) => beginsOther(lines, index));
  if (at < 0) return { text: withoutSignature(all), cut: false };
  const above = tidy(lines.slice(0, at));
  const below = lines.slice(at);
  // Answers between and below what is quoted are answers: then nothing is cut but what stands there as an introduction.
  const isMarked = below.some((line) => line.startsWith('>'));
  const between = tidy(below.filter((line, index) => !line.startsWith('>') && !isIntroduction(below, index)));
  if (isMarked && between !== '')
    return { text: withoutSignature(above === '' ? between : all), cut: above === '' };
  return above === '' ? { text: '', cut: all !== '' } : { text: withoutSignature(above), cut: true };
}

/** What was written above all that is quoted, with who writes below it; empty where something stands between or below. */
export function aboveQuoted(whole: string): string {
  const lines = whole
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const at = lines.findIndex((_, index) => beginsOther(lines, index));
  return tidy(at < 0 ? lines : lines.slice(0, at));
}

function beginsOther(lines: readonly string[], index: number): boolean {
  const line = (lines[index] as string).trim();
  if (line.startsWith('>')) return true;
  if (BELOW.some((one) => one.test(line))) return true;
  if (HEAD_FROM.test(line))
    return lines.slice(index + 1, index + 5).some((next) => HEAD_SENT.test(next.trim()));
  return isIntroduction(lines, index);
}

/** Programs break the line that says who wrote what follows. */
function isIntroduction(lines: readonly string[], index: number): boolean {
  const line = (lines[index] as string).trim();
  const next = (lines[index + 1] ?? '').trim();
  const before = (lines[index - 1] ?? '').trim();
  return (
    isWrote(line) ||
    (line !== '' && next !== '' && isWrote(`${line} ${next}`)) ||
    (line !== '' && before !== '' && !isWrote(before) && isWrote(`${before} ${line}`))
  );
}

/** Below two hyphens and a space (RFC 3676) stands who writes. */
function withoutSignature(text: string): string {
  const at = text.search(/(^|\n)-- ?(\n|$)/);
  return at > 0 ? text.slice(0, at).trim() : text;
}

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
