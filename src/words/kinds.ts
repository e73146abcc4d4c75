import type { RequestKind } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import { isKey, speaker } from './speaker.ts';

/** What requests of a kind ask, whichever session, question or version they concern: "Responder una pregunta". */
export const kindLabel = (kind: RequestKind, language: Language): string =>
  speaker('labels.kind', language)(kind);

export const decisionLabel = (decision: string, language: Language): string =>
  isKey('labels.decision', decision) ? speaker('labels.decision', language)(decision) : decision;
