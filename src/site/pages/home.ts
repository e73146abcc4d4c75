import { html } from 'hono/html';
import { viewOf } from '../../casefile/view.ts';
import { summaryOf } from '../../domain/caseView.ts';
import { speaker } from '../../words/speaker.ts';
import { siteApp } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';

/** The start: staff go to the board; others to their cooperation, or to the list of them. */

export function homePage({ caseFile, now }: SiteOutside) {
  const app = siteApp();
  app.get('/', async (c) => {
    const viewer = c.get('viewer');
    if (!viewer) return c.redirect('/sign-in');
    if (viewer.role !== 'participant') return c.redirect('/board');
    const ids = [...new Set(viewer.people.map(({ cooperation }) => cooperation))];
    if (ids.length === 1) return c.redirect(`/c/${ids[0]}`);
    const views = await Promise.all(ids.map((id) => viewOf(caseFile, id, now())));
    const found = views.flatMap((view) => (view ? [summaryOf(view)] : []));
    return page(c, {
      title: speaker('site.home', c.get('language'))('title'),
      body: html`<ul class="govuk-list">${found.map(
        ({ id, pairing, subject }) =>
          html`<li><a class="govuk-link" href="/c/${id}">${pairing}</a> — ${subject}</li>`,
      )}</ul>`,
    });
  });
  return app;
}
