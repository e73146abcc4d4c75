/**
 * Has things done one after another in this process: those of one line wait for each other, however the one before ended.
 * Returns what each comes to.
 */
export function oneAtATime() {
  const lines = new Map<string, Promise<unknown>>();
  return <T>(work: () => Promise<T>, line = ''): Promise<T> => {
    const before = lines.get(line) ?? Promise.resolve();
    const begun = before.then(work, work).finally(() => {
      if (lines.get(line) === begun) lines.delete(line);
    });
    lines.set(line, begun);
    return begun;
  };
}
