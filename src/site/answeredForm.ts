/** The form of a page that answers one: the one that was sent, as it is shown again, or what is to be filled in next. */

/** Its id in the page, and where it is sent. */
export type AnsweredForm = { id: string; action: string };

const ID = 'answered';
const FORM = /<form\b[^<>]*>/g;
const VISIBLE = /<(?:textarea|select)\b|<input\b(?![^<>]*\btype="hidden")/;

const POSTED = /\smethod="post"/;
const ACTION = /\saction="([^"]*)"/;
const NAMED = /\sid="([^"]*)"/;

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
    return VISIBLE.test(text.slice(index, end)) ? [{ tag, index, action }] : [];
  });
  const one = found.find(({ action }) => localPart(action) === path) ?? found[0];
  if (!one) return { text };
  const { tag, index, action } = one;
  const id = NAMED.exec(tag)?.[1];
  if (id !== undefined) return { text, form: { id, action } };
  const after = index + '<form'.length;
  return { text: `${text.slice(0, after)} id="${ID}"${text.slice(after)}`, form: { id: ID, action } };
}
