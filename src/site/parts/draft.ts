import { html } from 'hono/html';
import { type Draft, draftOf, dropDraft, keepDraft } from '../../casefile/drafts.ts';
import type { Language } from '../../domain/language.ts';
import { type Clock, ownMomentOf } from '../../words/dates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import type { SiteOutside } from '../outside.ts';

/**
 * What somebody writes in a long form is kept for them: with every button, and where script runs, while they write
 * (`draft.js`). Nobody else has it; it goes when it was sent on.
 */

type Outside = Pick<SiteOutside, 'caseFile' | 'now'>;
const addressOf = (c: PageContext): string => c.get('viewer')?.address ?? '';

/** What the reader has written in a form before. */
export const draftOfReader = (
  { caseFile }: Outside,
  c: PageContext,
  form: string,
): Promise<Draft | undefined> => draftOf(caseFile, addressOf(c), form);

export const keepWritten = ({ caseFile, now }: Outside, c: PageContext, form: string, body: string) =>
  keepDraft(caseFile, addressOf(c), { form, body }, now());

export const dropWritten = ({ caseFile }: Outside, c: PageContext, form: string) =>
  dropDraft(caseFile, addressOf(c), form);

/** Says that it was kept: to the script, or by the page on which one goes on. */
export const keptAnswer = (c: PageContext, path: string) =>
  c.req.header('x-draft') ? c.body(null, 204) : c.redirect(path, 303);

/** On the form's own element: where the script sends what is written. */
export function draftAttributes(path: string, language: Language): Html {
  const say = speaker('form.draft', language);
  return html` data-draft="${path}" data-kept="${say('kept')}" data-unkept="${say('unkept')}"`;
}

/** Above a form that shows what was kept; with the button that begins anew. `path` takes `do=discard`. */
export function draftNotice({ keptAt }: Draft, path: string, clock: Clock): Html {
  const say = speaker('form.draft', clock.language);
  return html`<div class="govuk-inset-text"><p class="govuk-body">${say('restored', { when: ownMomentOf(keptAt, clock) })}</p>
<form method="post" action="${path}"><button class="govuk-button govuk-button--secondary" type="submit" name="do" value="discard">${say('discard')}</button></form></div>`;
}
