import { createHash, randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Language } from '../../../domain/language.ts';
import type { Outcome, RehearsalFailure, Rehearse } from '../../../rehearsal/apart.ts';
import { monthText } from '../../../words/dates.ts';
import { wallClock } from '../../../words/days.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type PageContext, type Site, siteApp } from '../../context.ts';
import { page } from '../../frame.ts';
import { staffOnly } from '../../visit.ts';
import { sourceButton } from './source.ts';
import { rehearsalTimeline } from './timeline.ts';

/**
 * Rehearsals of programmes that are not started yet. They are kept in memory, a few of them and for an hour: whoever
 * wants one again has the file.
 */

const MOST_KEPT = 20;
const KEPT_MS = 60 * 60_000;
const LOOKED_AGAIN_SECONDS = 3;

type KeptRehearsal = {
  id: string;
  source: string;
  hash: string;
  /** The cooperation's code. */
  about: string;
  sinceMs: number;
  reached?: { at: string; share: number };
  outcome?: Outcome;
};

/** Begins rehearsals and keeps them. */
export function rehearsalsKept(rehearse: Rehearse, now: () => string) {
  const nowMs = () => Date.parse(now());
  const kept = new Map<string, KeptRehearsal>();

  function tidy(): void {
    for (const [id, { sinceMs }] of kept) if (nowMs() - sinceMs > KEPT_MS) kept.delete(id);
  }

  return {
    find(id: string): KeptRehearsal | undefined {
      tidy();
      return kept.get(id);
    },
    /** A rehearsal of this text: the one that is under way or done, or else a new one. */
    of(source: string, about: string): KeptRehearsal {
      tidy();
      const hash = createHash('sha256').update(source).digest('hex');
      const known = [...kept.values()].find(
        (one) => one.hash === hash && !(one.outcome && 'failed' in one.outcome),
      );
      if (known) return known;
      // The oldest first; what is under way is among the newest, for few may wait.
      while (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
      const one: KeptRehearsal = {
        ...{ source, hash, about, sinceMs: nowMs() },
        id: randomBytes(16).toString('base64url'),
      };
      kept.set(one.id, one);
      void rehearse(source, (at, share) => {
        one.reached = { at, share };
      }).then((outcome) => {
        one.outcome = outcome;
      });
      return one;
    },
  };
}
export type Rehearsals = ReturnType<typeof rehearsalsKept>;

/** The page of a rehearsal, under way and done. */
export function rehearsalPages(rehearsals: Rehearsals, now: () => string): Hono<Site> {
  const app = siteApp();
  app.get('/new/rehearsals/:id', staffOnly, (c) => {
    const found = rehearsals.find(c.req.param('id'));
    if (!found) return gone(c);
    if (!found.outcome) {
      c.header('Refresh', String(LOOKED_AGAIN_SECONDS));
      return underWay(c, found);
    }
    return 'played' in found.outcome
      ? shown(c, found, rehearsalTimeline(found.outcome.played, clockOf(c, now())))
      : failed(c, found, found.outcome.failed);
  });
  return app;
}

const ABOVE = '/new';
const above = (language: Language) => ({ href: ABOVE, label: speaker('site.rehearsal', language)('back') });

function underWay(c: PageContext, { id, about, reached }: KeptRehearsal) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('underWay'),
    back: above(language),
    styles: 'board.css',
    body: html`<p class="govuk-body"><strong>${about}</strong></p>
<p class="govuk-body">${say('wait')} ${reached ? say('reached', { month: monthText(wallClock(reached.at, 'UTC'), language), share: Math.round(reached.share * 100) }) : ''}</p>
<p class="govuk-body"><a class="govuk-link" href="/new/rehearsals/${id}">${say('look')}</a></p>`,
  });
}

function shown(c: PageContext, { source, about }: KeptRehearsal, body: Html) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('title', { id: about }),
    back: above(language),
    styles: 'board.css',
    body: html`${body}
<h2 class="govuk-heading-m" id="next">${say('next')}</h2>
<div class="govuk-button-group">${begin(language, source)}${review(language, source)}</div>`,
  });
}

function failed(c: PageContext, { source }: KeptRehearsal, why: RehearsalFailure) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('failed'),
    back: above(language),
    styles: 'board.css',
    body: html`<p class="govuk-body">${say(why === 'failed' ? 'broken' : why)}</p>
${why === 'impossible' ? html`<p class="govuk-body"><code>npx rial rehearse examples/peru-chile-2021.yaml</code></p>` : ''}
<p class="govuk-body">${say('unharmed')}</p>
<div class="govuk-button-group">${rehearseButton(language, source, 'again')}${review(language, source)}</div>`,
  });
}

function gone(c: PageContext) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('gone'),
    body: html`<p class="govuk-body">${say('goneHint')}</p><p class="govuk-body"><a class="govuk-link" href="${ABOVE}">${say('back')}</a></p>`,
    status: 404,
  });
}

const begin = (language: Language, source: string): Html =>
  sourceButton('/new/start', source, speaker('site.rehearsal', language)('start'), {
    first: true,
    once: true,
  });
const review = (language: Language, source: string): Html =>
  sourceButton('/new/check', source, speaker('site.rehearsal', language)('review'));

/** The button that rehearses a programme's text. */
export const rehearseButton = (
  language: Language,
  source: string,
  says: 'rehearse' | 'again' = 'rehearse',
): Html => sourceButton('/new/rehearse', source, speaker('site.rehearsal', language)(says), { once: true });
