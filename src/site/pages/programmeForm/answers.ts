import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { speaker } from '../../../words/speaker.ts';
import type { PageContext, SiteContext } from '../../context.ts';
import { page } from '../../frame.ts';

/** What a form of a programme sends beside pages, and what is said where it was sent too much. */

/** What was written, as a file to be kept; complete or not, the form can open it again. */
export const yamlFile = (c: PageContext, { source, id }: { source: string; id: string }) =>
  c.body(source, 200, {
    'content-type': 'application/yaml; charset=utf-8',
    'content-disposition': `attachment; filename="${id.replace(/[^a-z0-9-]/g, '').slice(0, 60) || 'programme'}.yaml"`,
  });

/** More than a form of a programme of the largest size sends. */
export function tooLargePage(c: PageContext): Response | Promise<Response> {
  const say = speaker('changes.pages', c.get('language'));
  const body = html`<p class="govuk-body">${say('largeHint')}</p>`;
  return page(c, { title: say('large'), body, status: 413 });
}

/** A programme of the largest size, in which a form writes every character as three. */
const MOST_BYTES = 8_000_000;

/** A programme that stands travels with the form in which it is written on. */
export const limitedForm = bodyLimit({ maxSize: MOST_BYTES, onError: (c) => tooLargePage(c as SiteContext) });
