import { html } from 'hono/html';
import { speaker } from '../words/speaker.ts';
import type { Html, PageContext } from './context.ts';
import { formBody, hiddenHtml } from './form.ts';
import { page } from './frame.ts';

/** A form that is sent by whoever is not signed in any more, or as something fails: nothing of what was written in it is lost. */

/** What is written in a form, as it is sent once more: 2 MB of text. */
export const MOST_TEXT_BYTES = 2 * 1024 * 1024;

type FormText = [name: string, value: string];

/** What was written in a form, to be sent again; nothing of one with files, which a page cannot hold. */
async function sentIn(c: PageContext): Promise<FormText[] | undefined> {
  const isText = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY);
  if (!isText || length > MOST_TEXT_BYTES) return undefined;
  const body = await formBody(c);
  return Object.entries(body).flatMap(([name, values]) =>
    [values].flat().flatMap((value): FormText[] => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

const hidden = (sent: readonly FormText[]): Html =>
  html`${sent.map(([name, value]) => hiddenHtml(name, value))}`;

/** The same as the hidden fields of a form. */
export async function sentTexts(c: PageContext): Promise<Html | undefined> {
  const sent = await sentIn(c);
  return sent && hidden(sent);
}

/**
 * Says that their access ended, and holds what they wrote until they have come in again, in another window; nothing where
 * there were files.
 */
export async function signedOutPage(c: PageContext): Promise<Response | undefined> {
  const sent = await sentIn(c);
  if (!sent) return undefined;
  const say = speaker('site.signed-out', c.get('language'));
  const { pathname, search } = new URL(c.req.url);
  return page(c, {
    title: say('title'),
    status: 401,
    body: html`<p class="govuk-body">${say('lead')}</p>
<p class="govuk-body"><a class="govuk-link" href="/sign-in?${new URLSearchParams({ next: pathname })}" target="_blank" rel="noopener">${say('signIn')}</a></p>
${shown(sent)}
<form method="post" action="${pathname + search}">${hidden(sent)}
<button class="govuk-button" type="submit">${say('send')}</button></form>`,
  });
}

/** What was written in sentences, to be read and copied. */
const shown = (sent: readonly FormText[]): Html =>
  html`${sent
    .filter(([, value]) => /\s/.test(value.trim()))
    .map(([, value]) => html`<div class="govuk-inset-text rial-prewrap">${value}</div>`)}`;

/**
 * What was sent with a form that failed, below what is told of that; with a button that sends it once more, where none of it
 * can have been recorded. Nothing where nothing was written, or files came with it.
 */
export async function unsentText(c: PageContext, mayHaveBegun: boolean): Promise<Html | ''> {
  if (c.req.method !== 'POST') return '';
  // What is broken or was read elsewhere is not read again.
  const sent = (await sentIn(c).catch(() => undefined)) ?? [];
  if (!sent.some(([, value]) => value.trim() !== '')) return '';
  const { pathname, search } = new URL(c.req.url);
  const language = c.get('language');
  const button = mayHaveBegun
    ? ''
    : html`<form method="post" action="${pathname + search}">${hidden(sent)}
<button class="govuk-button" type="submit">${speaker('site.signed-out', language)('send')}</button></form>`;
  return html`<p class="govuk-body">${speaker('site.errors', language)('kept')}</p>${shown(sent)}${button}`;
}
