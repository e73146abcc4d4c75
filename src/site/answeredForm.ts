/** The form of a page that answers one: the one that was sent, as it is shown again, or what is to be filled in next. */

/** Its id in the page, where it is sent, and what its first button says beside: the attributes, as they are written. */
export type AnsweredForm = { id: string; action: string; first: string };

const ID = 'answered';
const FORM = /<form\b[^<>]*>/g;
const VISIBLE = /<(?:textarea|select)\b|<input\b(?![^<>]*\btype="hidden")/;

const POSTED = /\smethod="post"/;
const ACTION = /\saction="([^"]*)"/;
const NAMED = /\sid="([^"]*)"/;
const SUBMIT = /<button\b[^<>]*\stype="submit"[^<>]*>/;
const SAYS = /\s(?:name|value|formaction)="[^"]*"/g;

/** The path of an address within the site. */
export const localPart = (address: string): string => address.split(/[?#]/)[0] ?? address;

/**
 * The form that somebody writes in: the first that is sent to the same path and has something to be filled in, or else the
 * first that has. It is given an id, where it has none.
 */
export function withAnsweredForm(text: string, path: string): { text: string; form?: AnsweredForm } {
  const found = [...text.matchAll(FORM)].flatMap(({ 0: tag, index }) => {
    const action = ACTION.exec(tag)?.[1]?.replaceAll('&amp;', '&');
    if (!POSTED.test(tag) || action === undefined) return [];
    const end = text.indexOf('</form>', index);
    const within = text.slice(index, end);
    const first = (SUBMIT.exec(within)?.[0].match(SAYS) ?? []).join('');
    return VISIBLE.test(within) ? [{ tag, index, action, first }] : [];
  });
  const one = found.find(({ action }) => localPart(action) === path) ?? found[0];
  if (!one) return { text };
  const { tag, index, action, first } = one;
  const id = NAMED.exec(tag)?.[1];
  if (id !== undefined) return { text, form: { id, action, first } };
  const after = index + '<form'.length;
  return { text: `${text.slice(0, after)} id="${ID}"${text.slice(after)}`, form: { id: ID, action, first } };
}
