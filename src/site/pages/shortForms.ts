import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SiteContext } from '../context.ts';
import type { SiteOutside } from '../outside.ts';
import { dropWritten, keepWritten, keptAnswer, type ShortForm, writtenPath } from '../parts/draft.ts';
import { missing, notForGuests, type VisitSite } from '../visit.ts';
import { placeOfComment } from './talk/comments.ts';

/** Takes what somebody is writing in a short form of a cooperation, and throws it away where they say so. */

const MAX_FORM = 2 * 1024 * 1024;
const FORM =
  /^(?:(enquiry)|(question)|(answer) [1-9][0-9]{0,6}|(comment) ([\w./-]{1,80})|(change) ([a-z-]{1,30})(?: ([\w./ =-]{1,120}))?)$/;

export function shortFormPages(outside: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.post(
    '/written',
    notForGuests,
    bodyLimit({ maxSize: MAX_FORM, onError: (c) => missing(c as SiteContext) }),
    async (c) => {
      const visit = c.get('visit');
      const form = c.req.query('form') ?? '';
      const back = visit.capacity === 'observer' ? undefined : placeOf(form, c.get('visit'));
      if (back === undefined) return missing(c);
      const path = writtenPath(visit, form as ShortForm);
      const body = await c.req.text();
      if (new URLSearchParams(body).get('do') === 'keep') await keepWritten(outside, c, path, body);
      else await dropWritten(outside, c, path);
      return keptAnswer(c, back);
    },
  );
  return app;
}

/** Where the form is; nowhere, where there is none of that name for the reader. */
function placeOf(form: string, visit: VisitSite['Variables']['visit']): string | undefined {
  const [, enquiry, question, answer, comment, about = '', change, kind = '', of = ''] =
    FORM.exec(form) ?? [];
  const at = `/c/${visit.view.id}`;
  if (comment) return placeOfComment(visit, about);
  if (enquiry || answer) return `${at}/communications`;
  if (question) return `${at}/questions`;
  return change && visit.capacity === 'staff' ? `${at}/changes/new/${kind}${of && `?${of}`}` : undefined;
}
