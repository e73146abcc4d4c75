/** A browser's view of a form, and of that of a programme. */

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
export const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] as string);
const attribute = (tag: string, name: string): string => {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag);
  return plain(found?.[1] ?? '');
};

/** The hidden fields of what is shown before it is confirmed, but for that of the languages. */
export const hiddenIn = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
      .map(([, name = '', value = '']): [string, string] => [name, plain(value)])
      .filter(([name]) => name !== 'next'),
  );

export type Fields = Record<string, string | string[]>;
/** As the fields are read from a page again: what is chosen once is no list, and nothing chosen is not there. */
export const asSent = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const all = [value].flat();
      return all.length === 0 ? [] : [[name, all.length === 1 ? (all[0] as string) : all]];
    }),
  );
export const parameters = (fields: Fields): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  );

/** What a browser would send of the form: its fields as they stand. */
export function fieldsOf(page: string): Fields {
  const form = /<form [^>]*id="programme"[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
  const fields: Fields = {};
  const put = (name: string, value: string) => {
    const there = fields[name];
    fields[name] = there === undefined ? value : [there, value].flat();
  };
  const tags = /<input [^>]*>|(<(?:textarea|select) [^>]*>)([\s\S]*?)<\/(?:textarea|select)>/g;
  for (const [tag, open = tag, inner = ''] of form.matchAll(tags)) {
    const name = attribute(open, 'name');
    if (open.startsWith('<textarea')) put(name, plain(inner.replace(/^\n/, '')));
    else if (open.startsWith('<select')) {
      const options = [...inner.matchAll(/<option value="([^"]*)"( selected)?>/g)];
      put(name, plain((options.find(([, , selected]) => selected) ?? options[0])?.[1] ?? ''));
    } else if (attribute(open, 'type') !== 'checkbox' || open.includes(' checked')) {
      put(name, attribute(open, 'value'));
    }
  }
  return fields;
}
