import { z } from 'zod';

/** The Word files that papers are filled into: those that the program ships, and those that staff put in their place. */

export const TEMPLATES = ['programme', 'sheet', 'report'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** Where in a Word file something stands. */
const TEMPLATE_PARTS = ['body', 'table', 'header', 'footer'] as const;

/** What is wrong with a template: each with the placeholder's name, and the paragraph that it stands in. */
export const templateFault = z.strictObject({
  /**
   * It gives nothing; it is a list, or stands in for one, and is written as a text, or the other way round; its end or its
   * beginning lacks; a brace has no other; filled with the example it fails.
   */
  code: z.enum(['unknown', 'list', 'no-list', 'not-closed', 'not-opened', 'brace', 'not-filled']),
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

/** What was put in, the newest first; `file` is nothing where the shipped one was put back. */
export type TemplateVersion = {
  number: number;
  template: TemplateName;
  file: { sha256: string; name: string } | null;
  putAt: string;
  putBy: string | null;
};
