import type { Language } from '../domain/language.ts';
import { speaker } from './speaker.ts';

/** ": ", with its space: what stands between a label and what is said of it. In French another stands before it. */
export const colonIn = (language: Language): string => speaker('papers.labels', language)('colon');
