import { html } from 'hono/html';
import type { Disagreement } from '../../domain/disagreement.ts';
import type { Language } from '../../domain/language.ts';
import { disagreementText, disagreementTodo } from '../../words/disagreements.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** So many are listed; where there are more, something is amiss with the whole. */
const LISTED = 20;

/** In what the case file and Temporal were last found to disagree, and what to do about each. */
export function disagreementList(found: readonly Disagreement[], language: Language): Html | '' {
  if (found.length === 0) return '';
  const say = speaker('site.disagreements', language);
  const more = found.length - LISTED;
  return html`<section class="govuk-inset-text" aria-labelledby="disagreements"><h2 class="govuk-heading-m" id="disagreements">${say('title')}</h2>
<ul class="govuk-list govuk-list--bullet">${found.slice(0, LISTED).map((one) => {
    const [what, todo] = [disagreementText(one, language), disagreementTodo(one, language)];
    return html`<li><a class="govuk-link" href="/c/${one.cooperation}">${one.cooperation}</a> ${say('line', { what, todo })}</li>`;
  })}</ul>
${more > 0 ? html`<p class="govuk-body">${say('more', { n: more })}</p>` : ''}</section>`;
}
