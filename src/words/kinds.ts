import { partsOfRequest } from '../domain/ids.ts';
import { kinds, type RequestKind } from '../domain/kinds/index.ts';
import type { Decision, Kind } from '../domain/kinds/kind.ts';
import type { Language } from '../domain/language.ts';
import { isKey, speaker } from './speaker.ts';

/** What requests of a kind ask, whichever session, question or version they concern: "Responder una pregunta". */
export const kindLabel = (kind: RequestKind, language: Language): string =>
  speaker('labels.kind', language)(kind);

/**
 * What somebody decided, as a request of this kind calls it: "aprobado", of the Final Report "aceptado".
 *
 * @param request the request's id, or another name of it that tells its kind
 */
export function decisionLabel(request: string, decision: string, language: Language): string {
  const kind = partsOfRequest(request)?.kind;
  const taken: Kind['decisions'] | undefined = kind && kinds[kind]?.decisions;
  const called = taken?.[decision as Decision]?.called ?? decision;
  return isKey('labels.decision', called) ? speaker('labels.decision', language)(called) : decision;
}
