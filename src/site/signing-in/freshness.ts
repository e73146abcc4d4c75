import { html } from 'hono/html';
import type { GivenChange } from '../../domain/change.ts';
import { MINUTE_MS } from '../../domain/dates/durations.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { localPath } from '../frame.ts';
import type { Viewer } from '../viewer.ts';

/** What lets somebody in is changed by whoever has just signed in, and not in a session that was left open or taken over. */

/** How long after signing in it may be changed. */
export const FRESH_MINUTES = 15;

export const isFresh = (viewer: Pick<Viewer, 'beganAt'> | undefined, now: string): boolean =>
  viewer !== undefined && Date.parse(now) - Date.parse(viewer.beganAt) < FRESH_MINUTES * MINUTE_MS;

/** Whether a change puts another mailbox in the place of one that somebody comes in by. */
export const movesAccess = ({ what }: Pick<GivenChange, 'what'>): boolean =>
  (what.change === 'correct-person' && what.as.email !== undefined) ||
  (what.change === 'replace' && typeof what.with === 'object');

/** What there is to do, as a mistake says it. */
export const staleText = (c: PageContext): string =>
  speaker('site.freshness', c.get('language'))('stale', { minutes: FRESH_MINUTES });

/** The way to sign in again, beside what was written. `path`: where it leads afterwards. */
export function againHtml(c: PageContext, path: string): Html {
  const query = new URLSearchParams({ again: 'yes', next: localPath(path) });
  const say = speaker('site.freshness', c.get('language'));
  return html`<div class="govuk-inset-text">${staleText(c)} <a class="govuk-link" href="/sign-in?${query}" target="_blank" rel="noreferrer">${say('again')}</a></div>`;
}
