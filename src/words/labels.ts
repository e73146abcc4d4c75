import type { RequestKind } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import type { Step } from '../domain/methodology.ts';
import { phraser } from './phrase.ts';

/** What the things of the methodology are called, in workflows too: requests, steps, sessions. */

/** What a request asks, with the number of the session, question or version it concerns: "Responder la pregunta 2". */
export const requestLabel = (
  { kind, item }: { kind: RequestKind; item: number | null | undefined },
  language: Language,
): string => phraser('labels.request', language)(kind, { n: item ?? '' });

export const stepLabel = (step: Step, language: Language): string => phraser('labels.step', language)(step);

/** "2.ª sesión". */
export const sessionTitle = (number: number, language: Language): string =>
  phraser('labels.session', language)('title', { n: number });
