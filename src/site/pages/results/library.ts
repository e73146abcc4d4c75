import type { Hono } from 'hono';
import { html } from 'hono/html';
import { searchLibrary, sheetFile } from '../../../casefile/results/library.ts';
import { LANGUAGE_NAMES } from '../../../domain/language.ts';
import {
  type Experience,
  type LibraryAnswer,
  type LibraryQuestion,
  libraryQuestion,
  themeOf,
} from '../../../domain/results/library.ts';
import { LONGEST_QUERY } from '../../../domain/search.ts';
import { directionOf } from '../../../words/names/parties.ts';
import { stateName } from '../../../words/names/states.ts';
import { printedDate } from '../../../words/papers.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Html, type PageContext, type Site, siteApp } from '../../context.ts';
import { sendFile } from '../../downloads.ts';
import { type Option, partsHtml, valuesOf } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { experienceItem } from '../../parts/experience.ts';
import { libraryReaders, missing } from '../../visit.ts';

/** The library: published sheets of all calls, for whoever takes part in a cooperation, sees them all or looks on. */

export function libraryPage({ caseFile, documents }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.use('/library/*', libraryReaders);
  app.get('/library', async (c) => {
    const asked = questionIn(c);
    const answer = await searchLibrary(caseFile, asked);
    const say = speaker('site.library', c.get('language'));
    return page(c, {
      title: say('title'),
      body: html`<p class="govuk-body">${say('lead')}</p>
${form(c, asked, answer)}
<div role="status"><h2 class="govuk-heading-m">${say('count', { count: answer.total })}${answer.pages > 1 ? html` <span class="rial-soft">${say('page', { page: answer.page, pages: answer.pages })}</span>` : ''}</h2></div>
${answer.total === 0 ? html`<p class="govuk-body">${say(isWhole(asked) ? 'empty' : 'nothing')}</p>` : ''}
<ul class="rial-waiting">${answer.sheets.map((sheet) => experienceItem(c, sheet, factsOf(c, sheet)))}</ul>
${pages(c, asked, answer)}
<p class="govuk-body-s rial-soft">${say('who')}</p>`,
    });
  });
  app.get('/library/:id/sheet', async (c) => {
    const file = await sheetFile(caseFile, c.req.param('id'));
    return file ? sendFile(c, documents, file) : missing(c);
  });
  return app;
}

/** What the address asks for; whatever it cannot be is not asked. */
function questionIn(c: PageContext): LibraryQuestion {
  const given = Object.entries(libraryQuestion.shape).flatMap(([name, shape]) => {
    const value = c.req.query(name)?.slice(0, LONGEST_QUERY).trim();
    const read = value ? shape.safeParse(value) : undefined;
    return read?.success ? [[name, read.data]] : [];
  });
  return Object.fromEntries(given) as LibraryQuestion;
}

const isWhole = ({ page: _, ...asked }: LibraryQuestion): boolean => Object.keys(asked).length === 0;

/** Words, and what narrows them down, with how many sheets there are of each. */
function form(c: PageContext, asked: LibraryQuestion, answer: LibraryAnswer): Html {
  const language = c.get('language');
  const say = speaker('site.library', language);
  const counted = (value: string, name: string, sheets: number): Option => ({
    value,
    label: say('counted', { name, count: sheets }),
  });
  const nameOfCountry = (code: string) => stateName(code, language);
  const countries = answer.countries
    .map(({ country, sheets }) => counted(country, nameOfCountry(country), sheets))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
  const country = asked.country?.toUpperCase();
  const theme = asked.theme && themeOf(asked.theme);
  const values = { ...asked, ...(country && { country }), ...(theme && { theme }) };
  const select = (name: 'country' | 'theme' | 'year', options: readonly Option[]) => ({
    ...{ as: 'select' as const, name, label: say(name) },
    options: [
      { value: '', label: say('every') },
      ...withChosen(options, values[name], name === 'country' ? nameOfCountry : undefined),
    ],
  });
  return html`<form method="get" action="/library" role="search">
${partsHtml({ language, mistakes: [], values: valuesOf({ q: asked.q ?? '' }) }, [{ as: 'text', name: 'q', most: LONGEST_QUERY, label: say('label'), hint: say('hint') }])}
<div class="rial-filter">${partsHtml(
    { language, mistakes: [], values: valuesOf(values as Record<string, string>) },
    [
      select('country', countries),
      select(
        'theme',
        answer.themes.map(({ theme: value, name, sheets }) => counted(value, name, sheets)),
      ),
      select(
        'year',
        answer.years.map(({ year, sheets }) => counted(String(year), String(year), sheets)),
      ),
    ],
  )}
<div class="rial-actions"><button class="govuk-button rial-close" type="submit">${say('do')}</button>${isWhole(asked) ? '' : html` <a class="govuk-link" href="/library">${say('all')}</a>`}</div></div></form>`;
}

/** What was chosen stays to be seen, also where nothing is left of it. */
const withChosen = (
  options: readonly Option[],
  chosen: string | undefined,
  nameOf: (value: string) => string = (value) => value,
): readonly Option[] =>
  !chosen || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: nameOf(chosen) }];

function factsOf(c: PageContext, sheet: Experience): string {
  const language = c.get('language');
  const say = speaker('site.library', language);
  const { number: n, year } = sheet.call;
  return [
    directionOf(sheet.institutions, language),
    speaker('mail.frame', language)('call', { n, year: String(year) }),
    say('published', { when: printedDate(sheet.publishedAt.slice(0, 10), language, true) }),
    ...(sheet.language === language ? [] : [LANGUAGE_NAMES[sheet.language]]),
  ].join(' · ');
}

function pages(c: PageContext, asked: LibraryQuestion, { page: at, pages: all }: LibraryAnswer): Html | '' {
  const say = speaker('site.library', c.get('language'));
  const to = (number: number): string =>
    `/library?${new URLSearchParams({ ...asked, page: String(number) } as Record<string, string>)}`;
  if (all <= 1) return '';
  return html`<nav class="govuk-pagination" aria-label="${say('pages')}">${
    at > 1
      ? html`<div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="${to(Math.min(at - 1, all))}" rel="prev">${say('previous')}</a></div>`
      : ''
  }${at < all ? html`<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="${to(at + 1)}" rel="next">${say('next')}</a></div>` : ''}</nav>`;
}
