import { partsOfRequest } from '../domain/ids.ts';
import { kinds, type RequestKind } from '../domain/kinds/index.ts';
import type { Decision, Kind, RanOut } from '../domain/kinds/kind.ts';
import type { Language } from '../domain/language.ts';
import { isKey, speaker } from './speaker.ts';

/** What requests of a kind ask, whichever session, question or version they concern: "Responder una pregunta". */
export const kindLabel = (kind: RequestKind, language: Language): string =>
  speaker('labels.kind', language)(kind);

/** A request, as far as it says what its decisions are called. */
type RequestOrId = string | { id: string; windowRanOut?: RanOut | null };

/**
 * What somebody decided, as a request of this kind calls it: "aprobado", of the Final Report "aceptado".
 *
 * @param request the request, or its id, or another name of it that tells its kind; of a session whose days had passed
 *   when it was entered, only the request tells that its date was not kept but held
 */
export function decisionLabel(request: RequestOrId, decision: string, language: Language): string {
  const called = calledIn(request, decision);
  return isKey('labels.decision', called) ? speaker('labels.decision', language)(called) : decision;
}

/** The same as what may be decided, by the name that its button has: "aprobar", of the Final Report "aceptar". */
export function decisionVerb(request: RequestOrId, decision: Decision, language: Language): string {
  const called = calledIn(request, decision);
  return isKey('refusals.decision', called) ? speaker('refusals.decision', language)(called) : decision;
}

function calledIn(request: RequestOrId, decision: string): string {
  const { id, windowRanOut = null } = typeof request === 'string' ? { id: request } : request;
  const kind = partsOfRequest(id)?.kind;
  const taken: Kind['decisions'] | undefined = kind && kinds[kind]?.decisions;
  const named = taken?.[decision as Decision]?.called ?? decision;
  return named === 'hold' && windowRanOut === 'entered' ? 'held' : named;
}
