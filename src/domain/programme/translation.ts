import type { Language } from '../language.ts';
import type { TextPart } from './textParts.ts';

/**
 * A programme in a second language, paragraph by paragraph: what each was put into and by whom, who vouched for that, and
 * where the Secretariat went on without. A paragraph is known by its text: one that stays as it was keeps all of it in the
 * next version, and one that is rewritten has nothing yet.
 */

/** Somebody of an institution, and the day (`2021-07-14`) in its capital. */
export type Signatory = { party: string; name: string; on: string };

export type TranslatedParagraph = {
  text: string;
  /** `null` as long as it was put into nothing. */
  translation: string | null;
  translated: Signatory | null;
  vouched: Signatory | null;
  /** The day on which the Secretariat went on without what it lacks. */
  withoutOn: string | null;
};
/** As a version prints it; each paragraph once, in the order in which they are printed. */
export type ProgrammeTranslation = { language: Language; paragraphs: readonly TranslatedParagraph[] };

export type ProgrammeParagraph = { part: TextPart; text: string };

/** What a request about a translation was about, and what came of it. */
export type TranslationStep = {
  kind: 'translate-programme' | 'vouch-translation';
  paragraphs: readonly { text: string; translation?: string | undefined }[];
  /** By the paragraphs' numbers. */
  translations?: readonly { paragraph: number; text: string }[] | undefined;
  /** `waived`: nobody answered, and the Secretariat went on without it. */
  came: 'translated' | 'vouched' | 'sent-back' | 'waived';
  who: Signatory | null;
  on: string;
};

/** What is asked for next: what paragraphs are to be put into, or somebody to vouch for it. */
export type TranslationAhead = {
  kind: TranslationStep['kind'];
  paragraphs: (ProgrammeParagraph & { translation?: string })[];
};

/** How the paragraphs stand after all that was asked about them, in its order; and what is to be asked next. */
export function translationAfter(
  steps: readonly TranslationStep[],
  printed: readonly ProgrammeParagraph[],
): { paragraphs: TranslatedParagraph[]; ahead: TranslationAhead | undefined } {
  const known = new Map<string, TranslatedParagraph>();
  const sentBack = new Map<string, string>();
  for (const step of steps)
    step.paragraphs.forEach(({ text, translation }, index) => {
      const before = known.get(text);
      const put = step.translations?.find(({ paragraph }) => paragraph === index + 1)?.text;
      if (step.came === 'translated' && put !== undefined)
        known.set(text, { ...NOTHING, text, translation: put, translated: step.who });
      else if (step.came === 'sent-back' && translation !== undefined) {
        known.delete(text);
        sentBack.set(text, translation);
      } else if (step.came === 'vouched' && before && before.translation === translation)
        known.set(text, { ...before, vouched: step.who });
      else if (step.came === 'waived') known.set(text, { ...NOTHING, text, ...before, withoutOn: step.on });
    });
  const once = printed.filter(({ text }, index) => printed.findIndex((one) => one.text === text) === index);
  const paragraphs = once.map(({ text }) => known.get(text) ?? { ...NOTHING, text });
  const lacking = (is: (one: TranslatedParagraph) => boolean) =>
    once.filter((_, index) => {
      const one = paragraphs[index];
      return one !== undefined && one.withoutOn === null && is(one);
    });
  const untranslated = lacking(({ translation }) => translation === null).map((one) => {
    const before = sentBack.get(one.text);
    return { ...one, ...(before !== undefined && { translation: before }) };
  });
  if (untranslated.length > 0)
    return { paragraphs, ahead: { kind: 'translate-programme', paragraphs: untranslated } };
  const unvouched = lacking(({ vouched }) => vouched === null).map((one) => ({
    ...one,
    translation: known.get(one.text)?.translation ?? '',
  }));
  return {
    paragraphs,
    ahead: unvouched.length > 0 ? { kind: 'vouch-translation', paragraphs: unvouched } : undefined,
  };
}

const NOTHING = { translation: null, translated: null, vouched: null, withoutOn: null };
