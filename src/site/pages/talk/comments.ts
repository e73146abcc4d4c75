import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import { isPoll } from '../../../domain/comment.ts';
import { speaker } from '../../../words/speaker.ts';
import type { PageContext, SiteContext } from '../../context.ts';
import { type Field, type Mistake, postedForm, textIn, type Values } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { commentField, commentForm, commentList, comments as commentsAllowed } from '../../parts/comments.ts';
import { dropWritten, writtenPath } from '../../parts/draft.ts';
import { authorIn } from '../../parts/talk.ts';
import { refusedText } from '../../refusals.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';

/** Takes a comment, and leads back to what it stands beside. */

const MAX_FORM = 200_000;
const ABOUT: Field = { as: 'hidden', name: 'about', value: '' };

export function commentPages(outside: SiteOutside): Hono<VisitSite> {
  const { cooperations } = outside;
  const app = new Hono<VisitSite>();
  app.post(
    '/comments',
    notForGuests,
    bodyLimit({ maxSize: MAX_FORM, onError: (c) => missing(c as SiteContext) }),
    async (c) => {
      const visit = c.get('visit');
      const { view, person } = visit;
      const { values, mistakes } = await postedForm(c, [ABOUT, commentField(visit)]);
      const about = textIn(values, 'about');
      const back = placeOfComment(visit, about);
      if (!back || !commentsAllowed(visit)) return missing(c);
      if (mistakes.length > 0) return again(c, visit, about, back, values, mistakes);
      try {
        const by = person && person.role !== 'guest' ? person.id : authorIn(visit);
        await cooperations.comment(view.id, { by, about, text: textIn(values, 'comment') });
        await dropWritten(outside, c, writtenPath(visit, `comment ${about}`));
        return c.redirect(back, 303);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const message = refusedText(error, visit);
        return again(c, visit, about, back, values, [{ field: 'comment', message }]);
      }
    },
  );
  return app;
}

/** Where a comment is read: the page of the poll, of the drafts, or of the documents; nowhere, beside what is not there. */
export function placeOfComment({ view }: Visit, about: string): string | undefined {
  const request = view.requests.find(({ id }) => id === about);
  if (request) return isPoll(request) ? `/c/${view.id}/requests/${about}` : undefined;
  const document = view.documents.find((one) => one.document === about);
  if (!document) return undefined;
  const isDraft = document.kind === 'sheet' || document.kind === 'report';
  return `/c/${view.id}/${isDraft ? 'drafts' : 'documents'}#comments-${about}`;
}

function again(
  c: PageContext,
  visit: Visit,
  about: string,
  back: string,
  values: Values,
  mistakes: readonly Mistake[],
) {
  const say = speaker('site.comments', visit.clock.language);
  return page(c, {
    title: say('title'),
    back: { href: back },
    mistakes,
    drafts: true,
    status: 422,
    body: html`${commentList(visit, about)}${commentForm(visit, about, { values, mistakes })}`,
  });
}
