import type { ChangeKind } from '../../../domain/change.ts';
import type { Reading, Values } from '../../form.ts';
import { keptValues, writtenPath } from '../../parts/draft.ts';
import type { Visit } from '../../visit.ts';
import { fieldsOf } from './form.ts';
import type { Texts } from './kind.ts';

/** What is written in the form of a change is kept for its author until it is made, for each thing that it is opened for. */

/** Where it is kept, and what of the page's address it is for. */
export type KeptForm = { path: string; of: string };

/** For what a form is opened, as in its address; the last of several. */
export function keyOf(query: Texts): string {
  const [name, value] = Object.entries(query).findLast(([, text]) => text !== '') ?? [];
  return name ? `${name}=${value}` : '';
}

/** Nothing of a programme that is sent as a file: its form is another page, with a draft of its own. */
export const keptForm = (kind: ChangeKind, visit: Visit, of: string): KeptForm | undefined =>
  kind === 'amend' ? undefined : { path: writtenPath(visit, `change ${kind}${of && ` ${of}`}`), of };

/** What is written, as it would be sent. */
export const bodyOf = (values: Values): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, texts]) => texts.map((text): [string, string] => [name, text])),
  ).toString();

/** The form as it was kept, with what had been seen of the cooperation then. */
export function keptReading(kind: ChangeKind, visit: Visit, body: string): Reading {
  const seen = new URLSearchParams(body).get('seen');
  const values = keptValues(fieldsOf(kind, visit), body, visit.clock.language);
  return { values: { ...values, ...(seen && { seen: [seen] }) }, mistakes: [] };
}
