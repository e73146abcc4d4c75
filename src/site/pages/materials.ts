import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { Refused } from '../../client/index.ts';
import { linkIn } from '../../domain/document.ts';
import { MATERIAL_KINDS, type MaterialKind } from '../../domain/documentKinds.ts';
import { sessionTitle } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { PageContext } from '../context.ts';
import { type Mistake, readForm, textIn, type Values } from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { addsMaterials, materialFields, materialForm } from '../parts/materials.ts';
import type { Session } from '../parts/sessions.ts';
import { refusedText } from '../refusals.ts';
import { receive, refusedFiles } from '../uploads.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** Takes the materials of a session: files, or a link to where a recording is to be seen. */

export function materialPages({ cooperations }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.post('/sessions/:n{[0-9]{1,3}}/materials', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { view, person } = visit;
    const session = view.sessions.find(({ number }) => number === Number(c.req.param('n')));
    if (!session || !person || !addsMaterials(session, visit)) return missing(c);
    const { number } = session;
    const upload = await receive(c, {
      ...{ visit, cooperations, session: number },
      kind: (fields) => kindIn(fields.get('kind')?.[0]) ?? 'presentation',
    });
    const { values, mistakes } = readForm(materialFields(visit), upload.fields, c.get('language'));
    const found: Mistake[] = [
      // What has been taken already is there as a presentation.
      ...(upload.documents.length > 0 ? mistakes.filter(({ field }) => field !== 'kind') : mistakes),
      ...refusedFiles(upload, 'files', c.get('language')),
    ];
    let count = upload.documents.length;
    const link = textIn(values, 'link');
    if (link && found.length === 0) {
      const refused = await putLink(link, values);
      if (refused) found.push({ field: 'link', message: refused });
      else count += 1;
    }
    const say = speaker('site.materials', c.get('language'));
    if (found.length === 0 && count === 0) found.push({ field: 'files', message: say('nothing') });
    if (found.length > 0) return again(c, visit, session, values, found);
    return c.redirect(`/c/${view.id}/sessions/${number}?materials=${count}`, 303);

    /** Puts a link in as a text; returns why it could not be. */
    async function putLink(text: string, form: Values): Promise<string | undefined> {
      const say = speaker('site.materials', c.get('language'));
      const read = linkIn(text);
      if (!read) return say('noLink');
      try {
        await cooperations.putDocument(view.id, {
          ...{ by: person?.id ?? '', fileName: `${say('linkFile')}.txt`, session: number },
          ...{ title: textIn(form, 'title') || undefined, kind: kindIn(textIn(form, 'kind')) ?? 'recording' },
          bytes: Readable.from([Buffer.from(`${read}\n`)]),
        });
        return undefined;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return refusedText(error, visit);
      }
    }
  });
  return app;
}

const kindIn = (text: string | undefined): MaterialKind | undefined =>
  MATERIAL_KINDS.find((kind) => kind === text);

function again(c: PageContext, visit: Visit, session: Session, values: Values, mistakes: readonly Mistake[]) {
  const say = speaker('site.materials', c.get('language'));
  return page(c, {
    title: say('formTitle', { session: sessionTitle(session.number, c.get('language')) }),
    back: { href: `/c/${visit.view.id}/sessions/${session.number}` },
    mistakes,
    script: 'upload.js',
    status: 422,
    body: materialForm(session, visit, { values, mistakes }),
  });
}
