import { z } from 'zod';
import { type Programme, programmeShape } from '../../../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../../../src/domain/programme/programmeFile.ts';

/** Texts that would like to be something else: script, markup, a header, a property, a formula. */

const PIECES = [
  '<script>xss=1</script>',
  '"><img src=x onerror=window.xss=2>',
  "'><svg/onload=window.xss=3>",
  '</title></textarea></style></script><x-xss>',
  '<iframe srcdoc="<script>parent.xss=4</script>">',
  '<a href="javascript:window.xss=5" style="x">x</a>',
  '`$' + '{window.xss=6}` {{7*7}} {name} {0, plural, other {#}} %s $& $1',
  '&lt;script&gt;xss=7&lt;/script&gt; &#60;b&#62; &amp;amp;',
  '#import "x.typ": * #eval("1") $x^2$ @ref <label> [[a]] \\u{41} \\ *b* _i_ // c',
  ';ATTENDEE;X="y":mailto:evil@evil.example,\\nBEGIN:VALARM\\,',
  '=?utf-8?Q?=0D=0ABcc:_evil@evil.example?= <evil@evil.example>, x@evil.example',
  'DDEAUTO c:\\\\x HYPERLINK "https://evil.example" =1+1 ]]> <w:p/> {#x}{/x} -->',
];
const LINES = [
  '\r\nBcc: evil@evil.example\r\n\r\n<script>window.xss=8</script>',
  '\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil@evil.example\nATTENDEE:mailto:evil@evil.example\n',
  '\n= Heading\n#pagebreak()\n- item\n.\nQUIT\n',
  '\u2028BEGIN:VALARM\u0085ACTION:AUDIO',
  // Which no database keeps.
  'nu\0l',
];
export const LINK =
  'https://meet.example/x?a=1&b=2"onmouseover="window.xss=9"><x-xss>;ATTENDEE:mailto:evil@evil.example';
/** Links that a browser would run. */
export const RUN = [
  'javascript:window.xss=1',
  'JaVaScript://x.example/%0Axss=1',
  'data:text/html,<script>xss=1</script>',
  'vbscript:x',
  ' javascript:x',
  'https:javascript:x',
  'file:///etc/passwd',
];

/** Makes texts, each with a mark of its own by which it is found wherever it is shown. */
export function maker() {
  const made = new Map<string, string>();
  function text(most = 2000, { lines = true }: { lines?: boolean } = {}): string {
    const n = made.size + 1;
    const mark = `Q${n}Z`;
    const rotated = PIECES.map((_, index) => PIECES[(index + n) % PIECES.length] ?? '');
    const pieces = [...rotated, ...(lines ? LINES : []), PIECES[0] ?? ''];
    let written = mark;
    for (const piece of pieces)
      if (written.length + 1 + piece.length <= most && !written.includes(piece)) written += ` ${piece}`;
    if (written === mark) throw new Error(`nothing fits into ${most} characters`);
    // A form's text begins and ends with what is not white space.
    const whole = written.trim();
    made.set(mark, whole);
    return whole;
  }
  return { made, text, line: (most = 300) => text(most, { lines: false }) };
}

type Shape = {
  type?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  maxLength?: number;
};
type Path = (string | number)[];

/**
 * A programme with such a text in every field that takes one, whichever they are: found by the schema, and by trying.
 * `absent` are the parts that this programme does not have.
 */
export function hostileProgramme(given: Programme, { text, line, made }: ReturnType<typeof maker>) {
  const file = structuredClone(given) as unknown;
  const taken: string[] = [];
  const absent: string[] = [];
  const linked: Path[] = [];
  const accepted = () => !('mistakes' in checkProgrammeFile(JSON.stringify(file)));
  const parentOf = (path: Path) =>
    path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key as string], file) as Record<
      string,
      unknown
    >;
  function put(path: Path, value: unknown): unknown {
    const [parent, key] = [parentOf(path), String(path.at(-1))];
    const before = parent[key];
    if (value === undefined) delete parent[key];
    else parent[key] = value;
    return before;
  }
  function tryOut(path: Path, most = 20_000) {
    if (most < 30) return;
    for (const make of [() => text(Math.min(most, 2000)), () => line(Math.min(most, 300))]) {
      const before = put(path, make());
      if (accepted()) return void taken.push(named(path));
      made.delete([...made.keys()].at(-1) ?? '');
      put(path, before);
    }
    const before = put(path, LINK);
    if (accepted()) {
      taken.push(named(path));
      linked.push(path);
    } else put(path, before);
  }
  function walk(shape: Shape, path: Path, value: unknown) {
    if (shape.properties) {
      for (const [key, inner] of Object.entries(shape.properties)) {
        const there = (value as Record<string, unknown>)[key];
        if (inner.type === 'string') tryOut([...path, key], inner.maxLength);
        else if (there !== undefined) walk(inner, [...path, key], there);
        else if (inner.properties || inner.items) absent.push(named([...path, key]));
      }
    } else if (shape.items && Array.isArray(value)) {
      const { items } = shape;
      value.forEach((one, index) => {
        if (items.type === 'string') tryOut([...path, index], items.maxLength);
        else walk(items, [...path, index], one);
      });
    }
  }
  walk(z.toJSONSchema(programmeShape, { io: 'input' }) as Shape, [], file);
  const runs = linked.flatMap((path) =>
    RUN.filter((link) => {
      const before = put(path, link);
      const took = accepted();
      put(path, before);
      return took;
    }),
  );
  return { programme: file as Programme, taken: new Set(taken), absent: new Set(absent), runs };
}

/** A path without the numbers in it. */
const named = (path: Path): string => path.filter((one) => typeof one === 'string').join('.');
