import type { Hono } from 'hono';
import { html } from 'hono/html';
import { search } from '../../casefile/search.ts';
import {
  LONGEST_QUERY,
  markedText,
  SEARCH_KINDS,
  type SearchHit,
  type SearchKind,
  type SearchResult,
} from '../../domain/search.ts';
import { directionOf } from '../../words/names/parties.ts';
import { foundName } from '../../words/searchHits.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type Site, type SiteContext, siteApp } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { searchBox } from '../parts/searchBox.ts';

/** What was searched for, by what it is: of all cooperations for those who see them, else of one's own. */

export function searchPage({ caseFile }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.get('/search', async (c) => {
    const viewer = c.get('viewer');
    const query = (c.req.query('q') ?? '').slice(0, LONGEST_QUERY);
    if (!viewer) return c.redirect(`/sign-in?${new URLSearchParams({ next: '/search' })}`);
    const reader = viewer.role === 'participant' ? viewer.people : 'all';
    const result = await search(caseFile, query, reader);
    const say = speaker('site.search', c.get('language'));
    return page(c, {
      title: say('title'),
      body: html`${searchBox(c.get('language'), query)}
${
  result.words.length === 0
    ? html`<p class="govuk-body">${say('tooLittle')}</p>`
    : result.hits.length === 0
      ? html`<p class="govuk-body" role="status">${say('nothing')}</p>`
      : SEARCH_KINDS.map((kind) => group(c, kind, result))
}`,
    });
  });
  return app;
}

function group(
  c: SiteContext,
  kind: SearchKind,
  { hits, more, words, cooperations }: SearchResult,
): Html | '' {
  const theirs = hits.filter((hit) => hit.kind === kind);
  if (theirs.length === 0) return '';
  const language = c.get('language');
  const nameOf = (id: string): string => {
    const found = cooperations.find((one) => one.id === id);
    return found ? directionOf(found.institutions, language) : id;
  };
  const marked = (text: string) =>
    markedText(text, words).map((piece) => (piece.found ? html`<mark>${piece.text}</mark>` : piece.text));
  const line = (hit: SearchHit): Html => {
    const cooperation = nameOf(hit.cooperation);
    const isCooperation = kind === 'cooperation';
    return html`<li><p class="govuk-body rial-close"><a class="govuk-link" href="${pathOf[kind](hit)}">${isCooperation ? cooperation : marked(foundName(hit, language))}</a> <span class="rial-soft">${isCooperation ? '' : `${cooperation} · `}${hit.cooperation}</span></p>
<p class="govuk-body-s">${marked(hit.text)}</p></li>`;
  };
  return html`<section aria-labelledby="found-${kind}"><h2 class="govuk-heading-m" id="found-${kind}">${speaker('labels.found', language)(kind)}</h2>
<ul class="rial-waiting">${theirs.map(line)}</ul>${more.includes(kind) ? html`<p class="govuk-body-s">${speaker('site.search', language)('more')}</p>` : ''}</section>`;
}

/** Where something that was found stands. */
const pathOf: Record<SearchKind, (hit: SearchHit) => string> = {
  cooperation: ({ cooperation }) => `/c/${cooperation}`,
  person: ({ cooperation }) => `/c/${cooperation}/people`,
  document: ({ cooperation, ref }) =>
    `/c/${cooperation}/${ref === 'sheet' || ref === 'report' ? 'drafts' : 'documents'}`,
  question: ({ cooperation, ref }) => `/c/${cooperation}/questions#q${ref}`,
  minutes: ({ cooperation, ref }) => `/c/${cooperation}/${ref === '0' ? 'meeting' : `sessions/${ref}`}`,
  commitment: ({ cooperation }) => `/c/${cooperation}#commitments`,
  communication: ({ cooperation, ref }) => `/c/${cooperation}/communications#n${ref}`,
};
