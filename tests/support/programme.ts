import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';

/** The text of an example, as an officer hands it in. */
export const exampleSource = (name = 'peru-chile-2021'): string =>
  readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8');

/** An example, checked. */
export function example(name?: string): Programme {
  const checked = checkProgrammeFile(exampleSource(name));
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes, null, 2));
  return checked.programme;
}

/** An example's text with something changed in it. */
export function changedSource(change: (file: Programme) => void, name?: string): string {
  const file = parse(exampleSource(name)) as Programme;
  change(file);
  return stringify(file);
}

const DAY = 24 * 60 * 60 * 1000;

/** The same programme with every date moved by whole days, so that it begins `days` after `from`. */
export function movedTo(from: Date, days: number): (file: Programme) => void {
  return (file) => {
    const by = Math.floor((from.getTime() - Date.parse(file.coordination.date)) / DAY) + days;
    const moved = (date: string) => new Date(Date.parse(date) + by * DAY).toISOString().slice(0, 10);
    file.dated = moved(file.dated);
    file.coordination.date = moved(file.coordination.date);
    for (const session of file.sessions) {
      if (session.date) session.date = moved(session.date);
      if (session.window) session.window = { from: moved(session.window.from), to: moved(session.window.to) };
    }
  };
}
