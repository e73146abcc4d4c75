import type { Hono } from 'hono';
import { html } from 'hono/html';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { hash } from '../../casefile/access/access.ts';
import { endFeed, feedOf, peopleOfFeed, renewFeed } from '../../casefile/access/calendarFeeds.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import { clockOf } from '../clock.ts';
import { type Html, type Site, siteApp } from '../context.ts';
import { postedForm, smallForm, textIn } from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { calendarFeed } from '../parts/calendarFeed.ts';
import type { Limits } from '../security.ts';
import { signedInForAll } from '../visit.ts';

/**
 * One's own calendar: a secret address from which calendar programs fetch what one is invited to and asked for, in all
 * that one takes part in. Whoever has the address reads it, signed in or not, and nothing else; so it is given out, made
 * anew and taken away by whoever has signed in with a code.
 */

/** Calendar programs ask every few minutes at most, some from several places. */
const AN_HOUR = { points: 120, duration: 60 * 60 };

/** What calendar programs fetch; before it is asked who is looking. */
export function calendarAddress(
  { caseFile, url, now, secondFactor }: SiteOutside,
  limits: Limits,
): Hono<Site> {
  const app = siteApp();
  if (secondFactor === 'everybody') return app;
  const fetched = new RateLimiterMemory(AN_HOUR);
  app.get('/calendar/:token{[0-9a-f]{48}\\.ics}', async (c) => {
    const plain = (text: string, status: 404 | 429) => c.text(`${text}\n`, status);
    const token = c.req.param('token').replace(/\.ics$/, '');
    const people = (await limits.allow(c)) ? await peopleOfFeed(caseFile, token) : undefined;
    if (people?.length === 0) return plain('There is no calendar here.', 404);
    const left =
      people &&
      (await fetched.consume(hash(token)).then(
        () => true,
        () => false,
      ));
    if (!people || !left) {
      if (!c.res.headers.has('retry-after')) c.header('Retry-After', String(AN_HOUR.duration));
      return plain('Too often.', 429);
    }
    const { text, etag } = await calendarFeed(caseFile, { people, url, now: now() });
    c.header('ETag', etag);
    c.header('Cache-Control', 'private, no-cache');
    if (
      c.req
        .header('if-none-match')
        ?.split(',')
        .some((one) => one.trim() === etag)
    )
      return c.body(null, 304);
    return c.body(text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="rial.ics"',
    });
  });
  return app;
}

/** Where somebody gets the address of their calendar, has it made anew, and takes it away. */
export function calendarPage({ caseFile, signInKey, url, now, secondFactor }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.use('/calendar', signedInForAll);
  app.get('/calendar', async (c) => {
    const viewer = c.get('viewer');
    const clock = clockOf(c, now());
    const say = speaker('site.calendar', clock.language);
    if (secondFactor === 'everybody')
      return page(c, { title: say('title'), body: html`<p class="govuk-body">${say('shut')}</p>` });
    const feed = viewer && (await feedOf(caseFile, signInKey, viewer.address));
    const button = (what: 'make' | 'renew' | 'end', style = ''): Html =>
      html`<form method="post" action="/calendar"><input type="hidden" name="do" value="${what === 'end' ? 'end' : 'make'}"><button class="govuk-button${style}" type="submit">${say(what)}</button></form>`;
    const address = `${url}/calendar/${feed?.token}.ics`;
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say('lead')}</p>
${
  viewer?.people.length === 0 && viewer.mailbox.length === 0
    ? html`<p class="govuk-body">${say('nothing')}</p>`
    : feed
      ? html`<p class="govuk-body"><a class="govuk-button" role="button" draggable="false" href="${address.replace(/^https?:/, 'webcal:')}">${say('subscribe')}</a></p>
<div class="govuk-form-group"><label class="govuk-label" for="address">${say('address')}</label><div class="govuk-hint" id="address-hint">${say('addressHint')}</div><input class="govuk-input" id="address" aria-describedby="address-hint" readonly value="${address}"></div>
<p class="govuk-body">${say('secret', { when: ownMomentOf(feed.madeAt, clock) })}</p>
<div class="rial-actions">${button('renew', ' govuk-button--secondary')}${button('end', ' govuk-button--warning')}</div>`
      : button('make')
}`,
    });
  });
  app.post('/calendar', smallForm, async (c) => {
    const viewer = c.get('viewer');
    const { values } = await postedForm(c, [{ as: 'hidden', name: 'do', value: '' }]);
    if (!viewer || secondFactor === 'everybody') return c.redirect('/calendar', 303);
    if (textIn(values, 'do') === 'end') {
      if (await endFeed(caseFile, viewer.address)) await c.get('note')({ code: 'calendar-ended' });
    } else if (textIn(values, 'do') === 'make') {
      await renewFeed(caseFile, signInKey, viewer.address, now());
      await c.get('note')({ code: 'calendar-made' });
    }
    return c.redirect('/calendar', 303);
  });
  return app;
}
