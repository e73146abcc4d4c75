import { createHash, randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { HOUR_MS } from '../../../domain/dates/durations.ts';
import type { Language } from '../../../domain/language.ts';
import { REHEARSED_COURSES, type RehearsedCourse } from '../../../domain/rehearsal.ts';
import type { Outcome, RehearsalFailure, Rehearse } from '../../../rehearsal/apart.ts';
import { monthText } from '../../../words/dates/dates.ts';
import { wallClock } from '../../../words/dates/days.ts';
import { capitalized } from '../../../words/names/capitals.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type PageContext, type Site, siteApp } from '../../context.ts';
import { type Field, hiddenHtml, partsHtml, postedForm, textIn, valuesOf } from '../../form.ts';
import { page } from '../../frame.ts';
import { staffOnly } from '../../visit.ts';
import { rehearsedMailPages } from './rehearsedMails.ts';
import { sourceButton } from './source.ts';
import { rehearsalTimeline } from './timeline.ts';

/**
 * Rehearsals of programmes that are not started yet. They are kept in memory, a few of them and for an hour: whoever
 * wants one again has the file.
 */

const MOST_KEPT = 20;
const KEPT_MS = HOUR_MS;
const LOOKED_AGAIN_SECONDS = 3;

type KeptRehearsal = {
  id: string;
  source: string;
  hash: string;
  /** The cooperation's code. */
  about: string;
  /** How its people behave. */
  course: RehearsedCourse;
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
    of(source: string, about: string, course: RehearsedCourse): KeptRehearsal {
      tidy();
      const hash = createHash('sha256').update(source).digest('hex');
      const known = [...kept.values()].find(
        (one) => one.hash === hash && one.course === course && !(one.outcome && 'failed' in one.outcome),
      );
      if (known) return known;
      // The oldest first; what is under way is among the newest, for few may wait.
      while (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
      const one: KeptRehearsal = {
        ...{ source, hash, about, course, sinceMs: nowMs() },
        id: randomBytes(16).toString('base64url'),
      };
      kept.set(one.id, one);
      const onTime = (at: string, share: number) => {
        one.reached = { at, share };
      };
      void rehearse(source, onTime, course).then((outcome) => {
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
      ? shown(
          c,
          found,
          rehearsalTimeline(found.outcome.played, courseText(found.course, c.get('language')), {
            clock: clockOf(c, now()),
            path: pathOf(found),
          }),
        )
      : failed(c, found, found.outcome.failed);
  });
  app.route(
    '/',
    rehearsedMailPages((id) => {
      const outcome = rehearsals.find(id)?.outcome;
      return outcome && 'played' in outcome ? outcome.played : undefined;
    }),
  );
  return app;
}

const pathOf = ({ id }: Pick<KeptRehearsal, 'id'>): string => `${ABOVE}/rehearsals/${id}`;

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
<p class="govuk-body"><a class="govuk-link" href="${pathOf({ id })}">${say('look')}</a></p>`,
  });
}

function shown(c: PageContext, { source, about, course }: KeptRehearsal, body: Html) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('title', { id: about }),
    back: above(language),
    styles: 'board.css',
    body: html`${body}
<h2 class="govuk-heading-m" id="next">${say('next')}</h2>
<div class="govuk-button-group">${begin(language, source)}${review(language, source)}</div>
${rehearseForm(language, source, { says: 'otherwise', course })}`,
  });
}

function failed(c: PageContext, { source, course }: KeptRehearsal, why: RehearsalFailure) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  return page(c, {
    title: say('failed'),
    back: above(language),
    styles: 'board.css',
    body: html`<p class="govuk-body">${say(why === 'failed' ? 'broken' : why)}</p>
${why === 'impossible' ? html`<p class="govuk-body"><code>npx rial rehearse examples/peru-chile-2021.yaml</code></p>` : ''}
<p class="govuk-body">${say('unharmed')}</p>
${rehearseForm(language, source, { says: 'again', course })}
<div class="govuk-button-group">${review(language, source)}</div>`,
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

const courseText = (course: RehearsedCourse, language: Language): string =>
  speaker('rehearsal.course', language)(course);

/** How people may behave, as a choice. */
function courseField(language: Language): Field {
  return {
    ...{ name: 'course', as: 'select', label: speaker('site.rehearsal', language)('course') },
    options: REHEARSED_COURSES.map((value) => ({
      value,
      label: capitalized(courseText(value, language), language),
    })),
  };
}

/** How it is chosen; all are punctual where it is left out. */
export async function courseIn(c: PageContext): Promise<RehearsedCourse> {
  const { values } = await postedForm(c, [courseField(c.get('language'))]);
  return REHEARSED_COURSES.find((one) => one === textIn(values, 'course')) ?? 'punctual';
}

/** Rehearses a programme's text, as whoever asks for it chooses. */
export function rehearseForm(
  language: Language,
  source: string,
  {
    says = 'rehearse',
    course = 'punctual',
  }: { says?: 'rehearse' | 'again' | 'otherwise'; course?: RehearsedCourse } = {},
): Html {
  const filling = { language, mistakes: [], values: valuesOf({ course }) };
  return html`<form method="post" action="/new/rehearse">${hiddenHtml('source', source)}${partsHtml(filling, [courseField(language)])}<button class="govuk-button govuk-button--secondary" type="submit" data-prevent-double-click="true">${speaker('site.rehearsal', language)(says)}</button></form>`;
}
