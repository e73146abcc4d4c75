import { html } from 'hono/html';
import { viewOf } from '../../casefile/view.ts';
import { directionOf } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { siteApp } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { searchBox } from '../parts/searchBox.ts';

/** The start: staff go to the board; others to their cooperation, or to the list of them. */

export function homePage({ caseFile, now }: SiteOutside) {
  const app = siteApp();
  app.get('/', async (c) => {
    const viewer = c.get('viewer');
    if (!viewer) return c.redirect('/sign-in');
    if (viewer.role !== 'participant') return c.redirect('/board');
    const ids = [...new Set([...viewer.people, ...viewer.mailbox].map(({ cooperation }) => cooperation))];
    if (ids.length === 1) return c.redirect(`/c/${ids[0]}`);
    const views = await Promise.all(ids.map((id) => viewOf(caseFile, id, now())));
    const language = c.get('language');
    return page(c, {
      title: speaker('site.home', language)('title'),
      body: html`${searchBox(language)}
<ul class="govuk-list">${views.map(
        (view) =>
          view &&
          html`<li><a class="govuk-link" href="/c/${view.id}">${directionOf(view.programme.institutions, language)}</a> — ${view.programme.subject}</li>`,
      )}</ul>
<p class="govuk-body"><a class="govuk-link" href="/calendar">${speaker('site.calendar', language)('link')}</a></p>`,
    });
  });
  return app;
}
