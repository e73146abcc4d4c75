import type { CaseView } from '../../../domain/caseView.ts';
import { TEXT_PARTS } from '../../../domain/programme/textParts.ts';
import { below, type Entry, entriesOf, type Value } from './entries.ts';
import { isGroup, isList, type Node } from './fields.ts';

/**
 * What of a programme that stands its form may change: in a correction by the Secretariat, or in the next version for
 * the ministries. All else has its own change, and stays as it is.
 */
export type Scope = {
  form: 'correction' | 'revision';
  /** How many there are of them already; a correction may add others. */
  institutions: number;
  participants: number;
  /** Somebody is named already. */
  consultant: boolean;
  /** Whether the form holds an institution that comes in. */
  adds?: boolean;
};

export const formScope = (form: Scope['form'], { programme, people }: CaseView): Scope => ({
  form,
  institutions: programme.institutions.length,
  participants: programme.participants.length,
  consultant:
    programme.systematization.consultant !== undefined ||
    people.some(({ role, active }) => role === 'consultant' && active),
});

const WRITTEN: readonly string[] = ['dated', ...TEXT_PARTS];

/** Whether a part of the form, by its id, stays as it is; an entry of a list where nobody may add or remove it. */
export function isFixed(scope: Scope | undefined, id: string): boolean {
  if (!scope) return false;
  const [part = '', place = '', key = ''] = id.split('-');
  if (WRITTEN.includes(part)) return false;
  if (part === 'sessions') return key !== 'contents';
  if (scope.form === 'revision') return true;
  switch (part) {
    case 'institutions':
      // A decree or collective leave comes when it comes.
      return Number(place) < scope.institutions && key !== 'closedDays';
    case 'participants':
      return Number(place) < scope.participants;
    case 'systematization':
      return scope.consultant;
    case 'finalReport':
      return place === 'receives';
    default:
      return part !== 'deadlines';
  }
}

/** Whether anything of a part of the form can be written. */
export function isOpen(
  scope: Scope | undefined,
  node: Node,
  written: Value | undefined,
  id: string,
): boolean {
  if (isList(node)) {
    const entries = entriesOf(written);
    return (
      !isFixed(scope, below(id, entries.length)) ||
      entries.some((entry, i) => isOpen(scope, node.of, entry, below(id, i)))
    );
  }
  if (isGroup(node))
    return node.fields.some((field) =>
      isOpen(scope, field, (written as Entry | undefined)?.[field.key], below(id, field.key)),
    );
  // Whoever is there already stays with the report; what comes in may take part in it.
  return !isFixed(scope, id) && (!scope || node.as !== 'institutions' || scope.adds === true);
}
