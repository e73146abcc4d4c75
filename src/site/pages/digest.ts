import type { Hono } from 'hono';
import { html } from 'hono/html';
import { getsDigest, setDigest } from '../../casefile/mails/digests.ts';
import { speaker } from '../../words/speaker.ts';
import { type Site, siteApp } from '../context.ts';
import { postedForm, smallForm, textIn } from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { isOfficer } from '../viewer.ts';
import { missing, signedInForAll } from '../visit.ts';

/** How an officer gets their mails: each as it comes, or one a morning. */

export function digestPage({ caseFile, now }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.use('/digest', smallForm, signedInForAll, async (c, next) => {
    const viewer = c.get('viewer');
    return viewer && isOfficer(viewer) ? next() : missing(c);
  });
  app.get('/digest', async (c) => {
    const say = speaker('site.digest', c.get('language'));
    const on = await getsDigest(caseFile, c.get('viewer')?.address ?? '');
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say(on ? 'isOn' : 'isOff')}</p>
<p class="govuk-body">${say('atOnce')}</p>
<form method="post" action="/digest"><input type="hidden" name="on" value="${on ? 'no' : 'yes'}"><button class="govuk-button" type="submit">${say(on ? 'turnOff' : 'turnOn')}</button></form>`,
    });
  });
  app.post('/digest', async (c) => {
    const { values } = await postedForm(c, [{ as: 'hidden', name: 'on', value: '' }]);
    const on = textIn(values, 'on');
    const address = c.get('viewer')?.address;
    if (address && (on === 'yes' || on === 'no')) await setDigest(caseFile, address, on === 'yes', now());
    return c.redirect('/digest', 303);
  });
  return app;
}
