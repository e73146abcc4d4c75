import { createMiddleware } from 'hono/factory';
import { html } from 'hono/html';
import { watchingEffects } from '../../casefile/database/effects.ts';
import { type Draft, draftOf, draftsUnder, dropDraft, keepDraft } from '../../casefile/drafts.ts';
import type { Language } from '../../domain/language.ts';
import { type Clock, ownMomentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { type Field, readForm, type Values } from '../form.ts';
import type { SiteOutside } from '../outside.ts';
import type { Visit, VisitSite } from '../visit.ts';

/**
 * What somebody writes in a form is kept for them: with every button of a long one, and where script runs, while they
 * write (`draft.js`). Nobody else has it; it goes when it was sent on.
 */

type Outside = Pick<SiteOutside, 'caseFile' | 'now'>;
const addressOf = (c: PageContext): string => c.get('viewer')?.address ?? '';

/** By what a form is kept: in a mailbox that several share, each has their own. */
const keyOf = (c: PageContext, form: string): string => {
  const keyboard = c.get('keyboard');
  return keyboard ? `${form}#${keyboard.person}` : form;
};

/** What the reader has written in a form before. */
export const draftOfReader = (
  { caseFile }: Outside,
  c: PageContext,
  form: string,
): Promise<Draft | undefined> => draftOf(caseFile, addressOf(c), keyOf(c, form));

/** It is no part of any case: that it is kept is nothing that was recorded. */
export const keepWritten = ({ caseFile, now }: Outside, c: PageContext, form: string, body: string) =>
  watchingEffects(() => keepDraft(caseFile, addressOf(c), { form: keyOf(c, form), body }, now()));

export const dropWritten = ({ caseFile }: Outside, c: PageContext, form: string) =>
  dropDraft(caseFile, addressOf(c), keyOf(c, form));

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

/** What stands in the fields of a form that was kept. */
export function keptValues(fields: readonly Field[], body: string, language: Language): Values {
  const sent = new URLSearchParams(body);
  const shown = fields.filter(({ as }) => as !== 'hidden' && as !== 'file');
  const posted = Object.fromEntries(shown.map(({ name }) => [name, sent.getAll(name)]));
  return readForm(shown, posted, language).values;
}

// --- Short forms of a cooperation -----------------------------------------------------------------------------

/** A form of a cooperation that is on a page with others, and whose page keeps nothing by itself. */
export type ShortForm =
  | 'enquiry'
  | 'question'
  | `answer ${number}`
  | `comment ${string}`
  | `change ${string}`;

const allOf = ({ view }: Pick<Visit, 'view'>): string => `/c/${view.id}/written?form=`;

/** Where what is written in a short form is kept; it is its name, too. */
export const writtenPath = (visit: Pick<Visit, 'view'>, form: ShortForm): string =>
  allOf(visit) + encodeURIComponent(form);

/** Looks up, for the pages of a path, what the reader has written in short forms of the cooperation. */
export const withWritten = ({ caseFile }: Outside) =>
  createMiddleware<VisitSite>(async (c, next) => {
    const visit = c.get('visit');
    const person = c.get('keyboard')?.person;
    const all = await draftsUnder(caseFile, addressOf(c), allOf(visit));
    const own = all.map((one) => [one.form.split('#'), one] as const).filter(([[, by]]) => by === person);
    if (own.length > 0)
      c.set('visit', { ...visit, written: new Map(own.map(([[form = ''], one]) => [form, one])) });
    return next();
  });

/**
 * A short form as it is filled: by what was sent and came back, else by what was kept. `before` stands above it, and
 * `attributes` on its element.
 */
export function shortForm(
  visit: Visit,
  form: ShortForm,
  fields: readonly Field[],
  sent: Values | undefined,
): { values: Values; before: Html | ''; attributes: Html; kept: boolean } {
  const { language } = visit.clock;
  const path = writtenPath(visit, form);
  const draft = sent ? undefined : visit.written?.get(path);
  return {
    values: sent ?? (draft ? keptValues(fields, draft.body, language) : {}),
    before: draft ? draftNotice(draft, path, visit.clock) : '',
    attributes: draftAttributes(path, language),
    kept: draft !== undefined,
  };
}
