import { z } from 'zod';

/** The Word files that papers are filled into: those that the program ships, and those that staff put in their place. */

export const TEMPLATES = ['programme', 'sheet', 'report'] as const;
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

export const templateVersion = z.object({
  number: z.int(),
  template: z.enum(TEMPLATES),
  file: z
    .object({ sha256: z.string(), name: z.string() })
    .nullable()
    .describe('null where the shipped one was put back'),
  putAt: z.iso.datetime(),
  putBy: z.string().nullable().describe('the address of who did; null from the terminal of the machine'),
});
/** What was put in, the newest first. */
export type TemplateVersion = z.infer<typeof templateVersion>;
