import type { Language } from '../domain/language.ts';
import type { Signature } from '../domain/results/closingPaper.ts';
import { coverLines } from './bundle.ts';
import { fullMoment } from './dates/fullDates.ts';
import { speaker } from './speaker.ts';

/** By whose certificates the sealed case file was signed, a line each; of an authority's stamp, when. */
export const signerLines = (signatures: readonly Signature[], language: Language): string[] => {
  const say = speaker('site.paper', language);
  return signatures.flatMap(({ subject, fingerprint, stampedAt, covers }) => [
    stampedAt === null
      ? say('certificate', { subject, fingerprint })
      : say('stamped', { subject, fingerprint, at: fullMoment(stampedAt, ['UTC'], language) }),
    ...coverLines({ covers }, language),
  ]);
};
