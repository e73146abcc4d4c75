import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { html } from 'hono/html';
import { chooseSelf } from '../../casefile/access/access.ts';
import type { PersonRow } from '../../casefile/database/schema.ts';
import { viewOf } from '../../casefile/view.ts';
import { personsAmong } from '../../domain/people/samePerson.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type PageContext, type Site, siteApp } from '../context.ts';
import { formBody } from '../form.ts';
import { localPath, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { cooperationName } from '../parts/names.ts';
import { MOST_TEXT_BYTES, sentFormOf } from '../sentForm.ts';
import type { Viewer } from '../viewer.ts';
import { sentAttributes, sentFields, writtenTexts } from './signedOut.ts';

/**
 * Who is at the keyboard, of several people who share a mailbox: asked once in a session for each cooperation, and asked
 * again by whoever else sits down. What was opened as one is not recorded for another.
 */

const large = bodyLimit({ maxSize: MOST_TEXT_BYTES });
/** A form with files that only passes through is as large as it is. */
const passing = createMiddleware<Site>(async (c, next) =>
  c.req.header('content-type')?.startsWith('multipart/') ? next() : large(c, next),
);

export function keyboardPage({ caseFile, now }: SiteOutside) {
  const app = siteApp();
  app.get('/who/:id', async (c) => {
    const viewer = c.get('viewer');
    const id = c.req.param('id');
    const next = localPath(c.req.query('next') ?? `/c/${id}`);
    const people = shared(viewer, id);
    if (people.length === 0) return c.redirect(next);
    const view = await viewOf(caseFile, id, now());
    const language = c.get('language');
    const say = speaker('site.keyboard', language);
    return page(c, {
      title: say('title'),
      body: html`${view ? html`<p class="govuk-body-l">${cooperationName(view, language)} — ${view.programme.subject}</p>` : ''}
<p class="govuk-body">${say('lead', { address: viewer?.address ?? '' })}</p>
<form method="post" action="${whoPath(id, { next })}">${personsAmong(people).map(
        ([one]) =>
          one &&
          html`<p><button class="govuk-button govuk-button--secondary rial-close" type="submit" name="person" value="${one.id}">${one.name}</button><br><span class="govuk-body-s rial-soft">${[one.post, view && partyNamed(view.programme, one.party, language)].filter(Boolean).join(', ')}</span></p>`,
      )}</form>
<p class="govuk-hint">${say('hint')}</p>`,
    });
  });
  app.post('/who/:id', passing, async (c) => {
    const viewer = c.get('viewer');
    const id = c.req.param('id');
    const next = localPath(c.req.query('next') ?? `/c/${id}`);
    const passed = c.req.query('person');
    // What passes through is read to its end: a browser that is still sending hears no answer.
    const person = passed === undefined ? (await formBody(c)).person : passed;
    if (passed !== undefined) await sentFormOf(c);
    const chosen = shared(viewer, id).find((one) => one.id === person);
    if (!viewer || !chosen) return c.redirect(whoPath(id, { next }), 303);
    await chooseSelf(caseFile, viewer.session, chosen);
    // A form that was sent goes on to where it was sent.
    return c.redirect(next, c.req.query('sent') === undefined ? 303 : 307);
  });
  return app;
}

/** Those who share the address in a cooperation. */
const shared = (viewer: Viewer | undefined, id: string): PersonRow[] =>
  viewer?.mailbox.filter(({ cooperation }) => cooperation === id) ?? [];

const whoPath = (cooperation: string, query: Record<string, string>): string =>
  `/who/${cooperation}?${new URLSearchParams(query)}`;

/** The page that a form is sent to, with whose it is. */
function sentAs(c: PageContext, id: string): string {
  const { pathname, searchParams } = new URL(c.req.url);
  const query = new URLSearchParams(searchParams);
  query.set('as', id);
  return `${pathname}?${query}`;
}

/** The same by way of saying who is at the keyboard. */
const sentAfterChoosing = (c: PageContext, cooperation: string, id: string): string =>
  whoPath(cooperation, { person: id, next: sentAs(c, id), sent: 'yes' });

/**
 * To where it is asked who is at the keyboard, and from there back to what can be looked at. A form that was sent is sent
 * on from there, in the name of whoever it is.
 */
export async function toKeyboard(c: PageContext, cooperation: string): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const sent = await sentFormOf(c);
  if (!sent) {
    const next = c.req.method === 'GET' ? pathname + search : `/c/${cooperation}`;
    return c.redirect(whoPath(cooperation, { next }), 303);
  }
  const viewer = c.get('viewer');
  const language = c.get('language');
  const say = speaker('site.keyboard', language);
  const buttons = personsAmong(shared(viewer, cooperation)).map(
    ([one]) =>
      one &&
      html`<button class="govuk-button govuk-button--secondary" type="submit" formaction="${sentAfterChoosing(c, cooperation, one.id)}">${say('sendAs', { name: one.name })}</button>`,
  );
  return page(c, {
    title: say('title'),
    status: 409,
    body: html`<p class="govuk-body">${say('lead', { address: viewer?.address ?? '' })}</p>
<p class="govuk-body">${speaker('site.errors', language)('kept')}</p>${writtenTexts(sent)}
<form ${sentAttributes(sent)}>${sentFields(c, sent)}<div class="govuk-button-group">${buttons}</div></form>`,
  });
}

/** A form that was opened by somebody else of the mailbox: what was written is kept, and its reader says whose it is. */
export async function ofAnother(
  c: PageContext,
  cooperation: string,
  whose: string,
  person: PersonRow,
): Promise<Response> {
  const other = shared(c.get('viewer'), cooperation).find(({ id }) => id === whose);
  const sent = await sentFormOf(c);
  if (!other || !sent) return c.redirect(`/c/${cooperation}`, 303);
  const say = speaker('site.keyboard', c.get('language'));
  return page(c, {
    title: say('otherTitle'),
    status: 409,
    body: html`<p class="govuk-body">${say('other', { name: other.name, now: person.name })}</p>
${writtenTexts(sent)}
<form ${sentAttributes(sent)} action="${sentAfterChoosing(c, cooperation, whose)}">${sentFields(c, sent)}
<div class="govuk-button-group"><button class="govuk-button" type="submit">${say('sendAs', { name: other.name })}</button>
<button class="govuk-button govuk-button--secondary" type="submit" formaction="${sentAs(c, person.id)}">${say('sendAs', { name: person.name })}</button></div></form>`,
  });
}
