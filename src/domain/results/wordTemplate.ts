import { z } from 'zod';
import { LANGUAGES, type Language } from '../language.ts';

/** The Word files that papers are filled into: those that the program ships, and those that staff put in their place. */

export const TEMPLATES = ['programme', 'two-languages', 'sheet', 'report'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** Where in a Word file something stands. */
const TEMPLATE_PARTS = ['body', 'table', 'header', 'footer'] as const;

/** What is wrong with a template: each with the placeholder's name, and the paragraph that it stands in. */
export const templateFault = z.strictObject({
  /**
   * It gives nothing; it is a list, or stands in for one, and is written as a text, or the other way round; it stands within
   * a list that it is no part of; its end or its beginning lacks; a brace has no other; there is no placeholder at all; filled with the example it fails.
   */
  code: z.enum([
    ...['unknown', 'list', 'no-list', 'nested', 'not-closed', 'not-opened', 'brace', 'none', 'not-filled'],
  ] as const),
  name: z.string(),
  /** What was probably meant. */
  meant: z.string().optional(),
  part: z.enum(TEMPLATE_PARTS),
  /** The paragraph, cut short. */
  paragraph: z.string(),
});
export type TemplateFault = z.infer<typeof templateFault>;

/** A placeholder of a template, with what it gives in the example; of a list, how each entry is written. */
export type Placeholder = { name: string; example: string; entries?: Placeholder[] };

const templateLanguage = z
  .enum(LANGUAGES)
  .nullable()
  .describe('of the papers that it is for; null for those of every language that has none of its own');

export const templateVersion = z.object({
  number: z.int(),
  template: z.enum(TEMPLATES),
  language: templateLanguage,
  file: z
    .object({ sha256: z.string(), name: z.string() })
    .nullable()
    .describe('null where it was taken back'),
  putAt: z.iso.datetime(),
  putBy: z.string().nullable().describe('the address of who did; null from the terminal of the machine'),
});
/** What was put in, the newest first. */
export type TemplateVersion = z.infer<typeof templateVersion>;

/** What one stands in the place of: that of a paper in one language, or, without one, in all. */
export type TemplatePlace = { template: TemplateName; language: Language | null };

export const isAt =
  ({ template, language }: TemplatePlace) =>
  (one: TemplatePlace): boolean =>
    one.template === template && one.language === language;

/** With which a paper is made: the last of its language, else the last for all; nothing where that is the shipped one. */
export function templateFor<T extends TemplatePlace & { file: unknown }>(
  versions: readonly T[],
  template: TemplateName,
  language: Language,
): T | undefined {
  const last = (of: Language | null) => versions.find(isAt({ template, language: of }));
  return [last(language), last(null)].find((one) => one?.file);
}
