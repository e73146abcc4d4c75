import type { Language } from '../domain/language.ts';

/**
 * What a mail, a page or a terminal says, before it is text or HTML. All are rendered from the same blocks, so that
 * they cannot say different things. Nothing here is markup: every string is shown as it is written.
 */
export type Block =
  | { block: 'paragraph'; text: string }
  | { block: 'heading'; text: string }
  /** What, by when, where: a label and its value. The first row is the one that matters most. */
  | { block: 'facts'; rows: Fact[] }
  | { block: 'list'; numbered?: boolean; items: Item[] }
  | { block: 'button'; label: string; url: string }
  /** Where more is to be found, for whoever wants to: nothing is asked of the reader there. */
  | { block: 'link'; label: string; url: string }
  /** What somebody wrote, set apart from what we write. */
  | { block: 'quote'; text: string };

export type Fact = { label: string; value: string; url?: string };
/** An entry of a list; `note` is a line below it, in a lower voice; `url` is where pages link to it. */
export type Item = { text: string; note?: string; url?: string };

/** A whole mail, laid out. */
export type Letter = {
  language: Language;
  subject: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  /** Above the letter, in HTML alone: the text has it in its footer. */
  heading: { network: string; cooperation: string };
  greeting: string[];
  blocks: Block[];
  signature: string[];
  /** Which cooperation this is about, and where more is said: below the signature. */
  footer: (string | { text: string; url: string })[];
};

/** A block if there is something to put in it. */
export const when = (condition: unknown, ...blocks: Block[]): Block[] => (condition ? blocks : []);

/**
 * Puts `glue` in place of the spaces at which no line is to be broken: a line begins neither with the dot between
 * two clocks, nor with the city a time is of.
 */
export const glued = (text: string, glue: string): string =>
  text.replace(/ ([·—])/g, `${glue}$1`).replace(/([\dhm.]) \((?=\p{Lu})/gu, `$1${glue}(`);
