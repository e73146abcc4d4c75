import type { Hono } from 'hono';
import { html } from 'hono/html';
import { sheetOf } from '../../../casefile/results/library.ts';
import { isOpenSheet, openSheets, openUntil } from '../../../casefile/results/openSheets.ts';
import { sheetPdfOf } from '../../../casefile/results/sheetPdfs.ts';
import { sheetDatesOf } from '../../../casefile/results/sheets.ts';
import { surveyOf } from '../../../casefile/results/survey.ts';
import { LANGUAGE_NAMES } from '../../../domain/language.ts';
import type { Experience } from '../../../domain/results/library.ts';
import type { SurveyResults } from '../../../domain/results/survey.ts';
import { colonIn } from '../../../words/colon.ts';
import { sizeText } from '../../../words/dates/clock.ts';
import { directionOf } from '../../../words/names/parties.ts';
import { stateName } from '../../../words/names/states.ts';
import { printedDate } from '../../../words/papers.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Html, type PageContext, type Site, type SiteContext, siteApp } from '../../context.ts';
import { PDF, sendFile } from '../../downloads.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { summaryList } from '../../parts/govuk.ts';
import { surveySection } from '../../parts/survey.ts';
import type { Limits } from '../../security.ts';
import { readsLibrary, type Viewer } from '../../viewer.ts';
import { missing } from '../../visit.ts';

/**
 * A page for each published sheet, at an address that stays. Anybody reads it where every ministry consents, without
 * signing in; otherwise whoever reads the library or takes part in the cooperation, and to all others it is not there. Where
 * it was withdrawn, whoever could read it is told that it was. It says what the sheet is about and whose, and nothing of the
 * cooperation or of any person; to the Secretariat also what delegates answered to the survey.
 */

export function sheetPages({ caseFile, documents }: SiteOutside, limits: Limits): Hono<Site> {
  const app = siteApp();
  app.use('/sheets/*', async (c, next) => {
    // Search engines find what anybody may read, and keep no copy of what may be withdrawn tomorrow.
    c.header('X-Robots-Tag', 'noindex');
    return (await limits.allow(c)) ? next() : tooMany(c);
  });
  app.get('/sheets', async (c) => {
    const asked = /^[1-9]\d{0,3}$/.exec(c.req.query('page') ?? '1')?.[0] ?? '1';
    c.header('X-Robots-Tag', 'noarchive');
    return list(c, Number(asked), await openSheets(caseFile, Number(asked)));
  });
  app.get('/sheets/:id', async (c) => {
    const seen = await seenBy(c, c.req.param('id'));
    if (!seen) return gone(c);
    const viewer = c.get('viewer');
    const isOverseer = viewer !== undefined && viewer.role !== 'participant';
    return shown(c, seen, isOverseer ? await surveyOf(caseFile, seen.sheet.cooperation) : undefined);
  });
  app.get('/sheets/:id/file', async (c) => {
    const seen = await seenBy(c, c.req.param('id'));
    return seen?.hasFile ? sendFile(c, documents, seen.sheet.file) : gone(c);
  });
  app.get('/sheets/:id/pdf', async (c) => {
    const seen = await seenBy(c, c.req.param('id'));
    return seen?.pdf ? sendFile(c, documents, { ...seen.pdf, mediaType: PDF }) : gone(c);
  });

  /** There is no such page, or there was: whoever could read it then is told that it was withdrawn. */
  async function gone(c: SiteContext): Promise<Response> {
    const id = c.req.param('id') ?? '';
    const withdrawnAt = isInside(c.get('viewer'), id)
      ? (await sheetDatesOf(caseFile, [id]))[0]?.withdrawnAt
      : await openUntil(caseFile, id);
    return withdrawnAt ? withdrawn(c, withdrawnAt) : missing(c);
  }

  /** The sheet, where whoever asks may see it, and whether anybody may. */
  async function seenBy(c: SiteContext, id: string): Promise<SheetPage | undefined> {
    const sheet = await sheetOf(caseFile, id);
    if (!sheet) return undefined;
    const isOpen = await isOpenSheet(caseFile, id);
    if (isOpen) c.header('X-Robots-Tag', 'noarchive');
    const inside = isInside(c.get('viewer'), id);
    if (!isOpen && !inside) return undefined;
    const made = await sheetPdfOf(caseFile, id, sheet.file.sha256);
    const pdf = made && { ...made, fileName: `${sheet.file.fileName.replace(/\.docx$/i, '')}.pdf` };
    return { sheet, isOpen, pdf, hasFile: inside || !pdf };
  }
  return app;
}

/** `hasFile`: the file itself, which notes more than it shows, is for people of RIAL where there is a PDF of it. */
type SheetPage = {
  sheet: Experience;
  isOpen: boolean;
  pdf: { sha256: string; size: number; fileName: string } | undefined;
  hasFile: boolean;
};

/** Whoever reads the library, or takes part in the cooperation; of a link, in that alone. */
const isInside = (viewer: Viewer | undefined, id: string): boolean =>
  viewer !== undefined && (readsLibrary(viewer) || takesPart(viewer, id));

const takesPart = ({ people, mailbox }: Viewer, id: string): boolean =>
  [...people, ...mailbox].some(({ cooperation, role }) => cooperation === id && role !== 'guest');

function shown(c: PageContext, seen: SheetPage, survey: SurveyResults | undefined) {
  const { sheet, isOpen } = seen;
  const language = c.get('language');
  const say = speaker('site.sheets', language);
  const viewer = c.get('viewer');
  const { cooperation, subject, institutions, themes, call, publishedAt } = sheet;
  const named = (side: 'requesting' | 'providing') =>
    html`${institutions
      .filter(({ role }) => role === side)
      .map(
        ({ name, country }, index) =>
          html`${index > 0 ? html`<br>` : ''}${name} (${stateName(country, language)})`,
      )}`;
  const others = themes.filter((theme) => theme !== subject);
  return page(c, {
    title: subject,
    ...((survey?.shown ?? 0) > 0 && { styles: 'board.css' as const }),
    back: { href: '/sheets', label: say('title') },
    body: html`${isOpen ? '' : html`<p class="govuk-inset-text">${say('inside')}</p>`}
${summaryList([
  [say('requesting'), named('requesting')],
  [say('providing'), named('providing')],
  [say('call'), speaker('mail.frame', language)('call', { n: call.number, year: String(call.year) })],
  others.length > 0 ? [say('themes'), others.join(' · ')] : undefined,
  [say('published'), printedDate(publishedAt.slice(0, 10), language, true)],
  [say('language'), LANGUAGE_NAMES[sheet.language]],
])}
<p class="govuk-body">${downloads(seen, c)}</p>
${
  viewer && takesPart(viewer, cooperation)
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${cooperation}/consents">${speaker('site.consents', language)('title')}</a></p>`
    : ''
}
${survey ? surveySection(survey, language, { texts: false }) : ''}`,
  });
}

function downloads({ sheet, pdf, hasFile }: SheetPage, c: PageContext): Html {
  const language = c.get('language');
  const say = speaker('site.downloads', language);
  const path = `/sheets/${sheet.cooperation}`;
  const link = (href: string, { fileName, size }: { fileName: string; size: number }) =>
    html`<a class="govuk-link" href="${href}">${say('download')} ${fileName}</a> (${sizeText(size, language)})`;
  const look = (href: string, { fileName }: { fileName: string }) =>
    html` · <a class="govuk-link" href="${href}?look" target="_blank" rel="noreferrer">${say('look')}<span class="govuk-visually-hidden"> ${fileName}</span></a>`;
  return html`${pdf ? html`${link(`${path}/pdf`, pdf)}${look(`${path}/pdf`, pdf)}` : ''}${pdf && hasFile ? html`<br>` : ''}${
    hasFile
      ? html`${link(`${path}/file`, sheet.file)}${sheet.file.mediaType === PDF ? look(`${path}/file`, sheet.file) : ''}`
      : ''
  }`;
}

function list(c: PageContext, at: number, { total, pages, sheets }: Awaited<ReturnType<typeof openSheets>>) {
  const language = c.get('language');
  const say = speaker('site.sheets', language);
  const library = speaker('site.library', language);
  const link = (to: number, rel: 'prev' | 'next', label: string) =>
    html`<div class="govuk-pagination__${rel}"><a class="govuk-link govuk-pagination__link" href="/sheets?page=${to}" rel="${rel}">${label}</a></div>`;
  return page(c, {
    title: say('title'),
    body: html`<p class="govuk-body">${say('lead')}</p>
<h2 class="govuk-heading-m">${library('count', { count: total })}${pages > 1 ? html` <span class="rial-soft">${library('page', { page: at, pages })}</span>` : ''}</h2>
<ul class="rial-waiting">${sheets.map((sheet) => item(sheet, c))}</ul>
${
  pages > 1
    ? html`<nav class="govuk-pagination" aria-label="${library('pages')}">${at > 1 ? link(Math.min(at - 1, pages), 'prev', library('previous')) : ''}${at < pages ? link(at + 1, 'next', library('next')) : ''}</nav>`
    : ''
}`,
  });
}

function item({ cooperation, subject, institutions, themes, publishedAt }: Experience, c: PageContext): Html {
  const language = c.get('language');
  const when = printedDate(publishedAt.slice(0, 10), language, true);
  const others = themes.filter((theme) => theme !== subject);
  return html`<li><h3 class="govuk-heading-s rial-close"><a class="govuk-link" href="/sheets/${cooperation}">${subject}</a></h3>
<p class="govuk-body-s rial-soft">${directionOf(institutions, language)} · ${speaker('site.sheets', language)('published')}${colonIn(language)}${when}</p>
${others.length > 0 ? html`<p class="govuk-body-s">${others.join(' · ')}</p>` : ''}</li>`;
}

function withdrawn(c: SiteContext, at: string): Response | Promise<Response> {
  const language = c.get('language');
  const say = speaker('site.sheets', language);
  return page(c, {
    title: say('withdrawn'),
    status: 410,
    back: { href: '/sheets', label: say('title') },
    body: html`<p class="govuk-body">${say('withdrawnText', { when: printedDate(at.slice(0, 10), language, true) })}</p>`,
  });
}

async function tooMany(c: SiteContext): Promise<Response> {
  const say = speaker('site.sheets', c.get('language'));
  return page(c, {
    title: say('limited'),
    status: 429,
    body: html`<p class="govuk-body">${say('limitedText')}</p>`,
  });
}
