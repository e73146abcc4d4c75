import type { RequestKind } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import type { Step } from '../domain/methodology.ts';
import { isPhrase, phraser } from './phrase.ts';

/** What the things of the methodology are called: requests, steps, sessions, decisions. */

/** What a request asks, with the number of the session, question or version it concerns: "Responder la pregunta 2". */
export const requestLabel = (
  { kind, item }: { kind: RequestKind; item?: number | null | undefined },
  language: Language,
): string => phraser('labels.request', language)(kind, { n: item ?? '' });

export const stepLabel = (step: Step, language: Language): string => phraser('labels.step', language)(step);

/** What requests of a kind ask, whichever session, question or version they concern: "Responder una pregunta". */
export const kindLabel = (kind: RequestKind, language: Language): string =>
  phraser('labels.kind', language)(kind);

/** "2.ª sesión". */
export const sessionTitle = (number: number, language: Language): string =>
  phraser('labels.session', language)('title', { n: number });

export const decisionLabel = (decision: string, language: Language): string =>
  isPhrase('labels.decision', decision) ? phraser('labels.decision', language)(decision) : decision;
