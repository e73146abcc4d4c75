import { html } from 'hono/html';
import { commentsOn, LONGEST_COMMENT } from '../../domain/comment.ts';
import { writerNamed } from '../../words/communications.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { type Field, hiddenHtml, type Mistake, partsHtml, type Values } from '../form.ts';
import type { Visit } from '../visit.ts';
import { shortForm, writtenPath } from './draft.ts';
import { details } from './govuk.ts';

/** Comments beside a document, a draft or a poll: all who see the thing read them, and may write one. */

/** Who may write one: all but guests, who see a session alone, and those who look on. */
export const comments = ({ capacity }: Visit): boolean => capacity !== 'guest' && capacity !== 'observer';

/** What stands beside a thing, folded away, with how many there are. */
export function commentsBeside(visit: Visit, about: string): Html | '' {
  if (visit.capacity === 'guest') return '';
  const { view, clock } = visit;
  const count = commentsOn(view.comments, about).length;
  if (count === 0 && !comments(visit)) return '';
  const say = speaker('site.comments', clock.language);
  return details(
    say('count', { count }),
    html`${commentList(visit, about)}${comments(visit) ? commentForm(visit, about) : ''}`,
    { id: `comments-${about}`, open: isWritten(visit, about) },
  );
}

const isWritten = (visit: Visit, about: string): boolean =>
  visit.written?.has(writtenPath(visit, `comment ${about}`)) === true;

export function commentList({ view, clock }: Visit, about: string): Html {
  const all = commentsOn(view.comments, about);
  if (all.length === 0) return html``;
  return html`<ul class="rial-waiting">${all.map(
    (
      one,
    ) => html`<li><p class="govuk-body-s rial-soft">${writerNamed(one, view, clock.language)} · ${ownMomentOf(one.at, clock)}</p>
<p class="govuk-body rial-prewrap">${one.text}</p></li>`,
  )}</ul>`;
}

export function commentField({ clock }: Visit, about = ''): Field {
  const say = speaker('site.comments', clock.language);
  return {
    ...{ name: 'comment', as: 'long', rows: 3, most: LONGEST_COMMENT, label: say('write') },
    ...{ id: about ? `comment-${about.replaceAll(/[/.]/g, '-')}` : 'comment', hint: say('hint') },
    required: say('empty'),
  };
}

export function commentForm(
  visit: Visit,
  about: string,
  sent?: { values: Values; mistakes: readonly Mistake[] },
): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const field = commentField(visit, sent ? '' : about);
  const { values, before, attributes } = shortForm(visit, `comment ${about}`, [field], sent?.values);
  const mistakes = sent?.mistakes ?? [];
  return html`${before}<form method="post" action="/c/${view.id}/comments" novalidate${attributes}>${hiddenHtml('about', about)}${partsHtml({ language, values, mistakes }, [field])}
<button type="submit" class="govuk-button govuk-button--secondary">${speaker('site.comments', language)('send')}</button></form>`;
}
