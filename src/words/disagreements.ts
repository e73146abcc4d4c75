import { type Disagreement, remedyOf } from '../domain/disagreement.ts';
import { partsOfRequest, sessionOfScope } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { STEPS } from '../domain/methodology.ts';
import { requestLabel, sessionTitle, stepLabel } from './labels.ts';
import { phraser } from './phrase.ts';
import { speaker } from './speaker.ts';

/** In what the case file and Temporal disagree, and what to do about it. */

/** A workflow's title, by the last part of its id; none for the cooperation's own. */
export function scopeTitle(scope: string, language: Language): string {
  const step = STEPS.find((one) => one === scope);
  const session = sessionOfScope(scope);
  if (session !== undefined) return sessionTitle(session, language);
  if (/^amendment-/.test(scope)) return phraser('temporal.phrases', language)('amendment');
  if (/^sheet-/.test(scope)) return phraser('temporal.phrases', language)('sheetCorrection');
  return step ? stepLabel(step, language) : scope || 'none';
}

/** "its process in Temporal has ended (terminated)": what follows the cooperation's name. */
export function disagreementText(one: Disagreement, language: Language): string {
  const id = 'request' in one ? one.request : '';
  const name = partsOfRequest(id);
  const values = {
    ...one,
    step: 'scope' in one ? scopeTitle(one.scope, language) : '',
    request: name ? requestLabel({ kind: name.kind, item: name.item ?? null, id }, language) : '',
  };
  return speaker('agreement.what', language)(one.code, values as never);
}

/** What to do about it, for whoever runs the system. */
export function disagreementTodo(one: Disagreement, language: Language): string {
  const { cooperation } = one;
  const id = ['cooperation', cooperation, 'scope' in one && one.scope].filter(Boolean).join('/');
  return speaker('agreement.todo', language)(remedyOf(one), { cooperation, id } as never);
}
