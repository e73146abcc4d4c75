import type { Language } from '../domain/language.ts';
import type { Letter } from '../words/blocks.ts';
import { speaker } from '../words/speaker.ts';
import { renderHtml } from './html.ts';
import type { Mail } from './notice.ts';
import { renderText } from './text.ts';

/** A mail of the site, of no cooperation. `lead` is its first paragraph, and what mail programs show beside its subject. */
export function siteMail(
  language: Language,
  {
    lead,
    blocks,
    ...given
  }: Pick<Letter, 'subject' | 'greeting' | 'blocks' | 'signature'> & { lead: string },
): Mail {
  const frame = speaker('mail.frame', language);
  const letter: Letter = {
    ...{ language, preview: lead, footer: [], ...given },
    heading: { network: frame('network'), cooperation: frame('site') },
    blocks: [{ block: 'paragraph', text: lead }, ...blocks],
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
