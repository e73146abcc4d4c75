import type { RequestKind } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import type { Step } from '../domain/methodology.ts';
import { isOfSheetCorrection } from '../domain/request.ts';
import { phraser } from './phrase.ts';

/** What the things of the methodology are called, in workflows too: requests, steps, sessions. */

/**
 * What a request asks, with the number of the session, question or version it concerns: "Responder la pregunta 2". Its id
 * tells whether it belongs to the correction of a published sheet.
 */
export function requestLabel(
  { kind, item, id }: { kind: RequestKind; item: number | null | undefined; id?: string | undefined },
  language: Language,
): string {
  const isCorrected = id !== undefined && isOfSheetCorrection({ id });
  const what = isCorrected && (kind === 'draft-sheet' || kind === 'review-sheet') ? CORRECTED[kind] : kind;
  return phraser('labels.request', language)(what, { n: item ?? '' });
}

const CORRECTED = {
  'draft-sheet': 'draft-sheet-corrected',
  'review-sheet': 'review-sheet-corrected',
} as const;

export const stepLabel = (step: Step, language: Language): string => phraser('labels.step', language)(step);

/** "2.ª sesión". */
export const sessionTitle = (number: number, language: Language): string =>
  phraser('labels.session', language)('title', { n: number });
