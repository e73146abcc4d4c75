import { html } from 'hono/html';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import type { Visit } from '../visit.ts';

/** The way around one cooperation, above the heading of each of its pages. */

const PLACES = [
  ...(['cooperation', 'documents', 'questions', 'communications'] as const),
  ...(['sessions', 'drafts', 'people', 'record'] as const),
] as const;
/** Who sees everything without being a part of it sees the mails too; who decides, intervenes. */
const MORE = { staff: ['outbox', 'changes'], observer: ['outbox'] } as const;
export type Place = (typeof PLACES)[number] | (typeof MORE)['staff'][number];

/**
 * The links within a cooperation, with the one to `active` marked as where the reader is. Guests, who have one page,
 * get none. A page that has it says `ownHeading` and puts its `h1` below.
 */
export function cooperationNavigation(
  c: PageContext,
  { view, viewer, capacity }: Visit,
  active: Place,
): Html {
  if (capacity === 'guest') return html``;
  const say = speaker('site.inside', c.get('language'));
  const more = viewer.role === 'participant' ? [] : MORE[viewer.role];
  const places: readonly Place[] = [...PLACES, ...more];
  return html`<nav class="rial-inside" aria-label="${say('inside')}"><ul>${places.map(
    (place) =>
      html`<li><a class="govuk-link" href="/c/${view.id}${place === 'cooperation' ? '' : `/${place}`}"${place === active ? html` aria-current="page"` : ''}>${say(place)}</a></li>`,
  )}</ul></nav>`;
}
