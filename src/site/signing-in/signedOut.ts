import { html } from 'hono/html';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { fieldHtml, hiddenHtml } from '../form.ts';
import { page } from '../frame.ts';
import { MAX_FILES, type SentForm } from '../multipart.ts';
import { sentFormOf } from '../sentForm.ts';

/** A form that is sent by whoever is not signed in any more, or as something fails: nothing of what was written in it is lost. */

/** Whether something was written or chosen. */
const isEmpty = ({ texts, files }: SentForm): boolean =>
  files.length === 0 && texts.every(([, value]) => value.trim() === '');

/** The fields of a form that sends it once more: what was written, and where its files are chosen again. */
export function sentFields(c: PageContext, { texts, files }: SentForm): Html {
  const language = c.get('language');
  const say = speaker('site.signed-out', language);
  const fields = [...new Set(files.filter(({ came }) => !came).map(({ field }) => field))];
  return html`${texts.map(([name, value]) => hiddenHtml(name, value))}${fields.map((name) => {
    const chosen = files.filter(({ field, came }) => field === name && !came).map((one) => one.name);
    const hint = chosen.slice(0, MAX_FILES).join(', ');
    return fieldHtml(
      { language, values: {}, mistakes: [] },
      { as: 'file', name, id: `again-${name}`, label: say('chooseAgain'), hint, many: true },
    );
  })}`;
}

/** On the element of a form that has those fields. */
export const sentAttributes = ({ files }: SentForm): Html =>
  files.length > 0 ? html`method="post" enctype="multipart/form-data"` : html`method="post"`;

const sentAgain = (c: PageContext, sent: SentForm): Html => {
  const { pathname, search } = new URL(c.req.url);
  return html`<form ${sentAttributes(sent)} action="${pathname + search}">${sentFields(c, sent)}
<button class="govuk-button" type="submit">${speaker('site.signed-out', c.get('language'))('send')}</button></form>`;
};

/** Says that their access ended, and holds what they wrote until they have come in again, in another window. */
export async function signedOutPage(c: PageContext): Promise<Response | undefined> {
  const sent = await sentFormOf(c);
  if (!sent) return undefined;
  const say = speaker('site.signed-out', c.get('language'));
  const { pathname } = new URL(c.req.url);
  return page(c, {
    title: say('title'),
    status: 401,
    body: html`<p class="govuk-body">${say('lead')}</p>
<p class="govuk-body"><a class="govuk-link" href="/sign-in?${new URLSearchParams({ next: pathname })}" target="_blank" rel="noopener">${say('signIn')}</a></p>
${writtenTexts(sent)}
${sentAgain(c, sent)}`,
  });
}

/** What was sent, where a page that holds it cannot be drawn without sending it: with a button that does. */
export async function unsentPage(c: PageContext): Promise<Response> {
  const say = speaker('site.signed-out', c.get('language'));
  const sent = await sentFormOf(c);
  return page(c, {
    title: say('unsent'),
    status: 422,
    body: html`<p class="govuk-body">${say('unsentLead')}</p>${sent ? html`${writtenTexts(sent)}${sentAgain(c, sent)}` : ''}`,
  });
}

/** What was written in sentences, to be read and copied. */
export const writtenTexts = ({ texts }: SentForm): Html =>
  html`${texts
    .filter(([, value]) => /\s/.test(value.trim()))
    .map(([, value]) => html`<div class="govuk-inset-text rial-prewrap">${value}</div>`)}`;

/**
 * What was sent with a form that failed, below what is told of that: what was written, and what became of its files. With a
 * button that sends it once more, where none of it can have been recorded and it may be taken then. Nothing where nothing
 * was written.
 */
export async function unsentText(c: PageContext, isFinal: boolean): Promise<Html | ''> {
  if (c.req.method !== 'POST') return '';
  // What is broken is not read again.
  const sent = await sentFormOf(c).catch(() => undefined);
  if (!sent || isEmpty(sent)) return '';
  const language = c.get('language');
  const say = speaker('site.signed-out', language);
  const names = (which: (file: SentForm['files'][number]) => boolean) =>
    sent.files
      .filter(which)
      .map(({ name }) => name)
      .join(', ');
  const arrived = names(({ came }) => came?.waiting === false);
  const waiting = names(({ came }) => came?.waiting === true);
  const left = isFinal ? names(({ came }) => came === undefined) : '';
  return html`<p class="govuk-body">${speaker('site.errors', language)('kept')}</p>${writtenTexts(sent)}
${arrived ? html`<p class="govuk-body">${say('arrived', { files: arrived })}</p>` : ''}${waiting ? html`<p class="govuk-body">${say('waiting', { files: waiting })}</p>` : ''}${left ? html`<p class="govuk-body">${say('notArrived', { files: left })}</p>` : ''}${isFinal ? '' : sentAgain(c, sent)}`;
}
