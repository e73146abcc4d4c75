import { html } from 'hono/html';
import type { Language } from '../../domain/language.ts';
import { LONGEST_QUERY } from '../../domain/search.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** The field by which everything is searched that its reader may see. */
export const searchBox = (language: Language, query = ''): Html => {
  const say = speaker('site.search', language);
  return html`<form method="get" action="/search" role="search" class="rial-search"><label class="govuk-label" for="q">${say('label')}</label>
<div class="rial-search__row"><input class="govuk-input" type="search" id="q" name="q" maxlength="${LONGEST_QUERY}" value="${query}"><button class="govuk-button govuk-button--secondary rial-close" type="submit">${say('do')}</button></div></form>`;
};
