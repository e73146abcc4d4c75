/**
 * What `Intl` formats with, each made once: making one takes a hundred times as long as using it.
 *
 * @param make makes the format of a locale and of what else sets it apart: a zone, a kind
 */
export function formats<T>(make: (locale: string, kind: string) => T): (locale: string, kind: string) => T {
  const made = new Map<string, T>();
  return (locale, kind) => {
    const key = `${locale} ${kind}`;
    const known = made.get(key) ?? make(locale, kind);
    made.set(key, known);
    return known;
  };
}
