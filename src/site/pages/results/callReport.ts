import type { Hono } from 'hono';
import { html } from 'hono/html';
import { reportOfCall } from '../../../casefile/results/callReport.ts';
import type { Language } from '../../../domain/language.ts';
import { Refused } from '../../../domain/refusal.ts';
import {
  CALL_FILES,
  CALL_SEXES,
  type CallReport,
  callListAt,
  callSecretariat,
  figureAt,
} from '../../../domain/results/callReport.ts';
import { callFile, callFileName } from '../../../export/callReport.ts';
import {
  CALL_GROUPS,
  callChanges,
  callColumnsOf,
  callFigures,
  callMinistry,
  callTable,
  callTold,
  figureText,
} from '../../../words/callReport.ts';
import { colonIn } from '../../../words/colon.ts';
import { fundedText, sumsText } from '../../../words/funding.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type Site, siteApp } from '../../context.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { cellLabel } from '../../parts/govuk.ts';
import { surveySection } from '../../parts/survey.ts';
import { refusedText } from '../../refusals.ts';
import { missing, staffOrObserver } from '../../visit.ts';
import { sentFile, tableLinks } from '../tables.ts';

/** What came of a call, for those who see all cooperations: figures, each of which leads to what it is made of. */

export function callReportPages({ caseFile, cooperations, now, url }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.use('/calls/*', staffOrObserver);
  for (const format of CALL_FILES)
    app.get(`/calls/:call{[0-9]+}/report.${format}`, async (c) => {
      const madeAt = now();
      const report = await reportOfCall(caseFile, c.req.param('call'), madeAt).catch(noCall);
      if (report instanceof Refused) return missing(c);
      const logos = await cooperations.presentLogos(callSecretariat(report));
      const paper = { report, language: c.get('language'), site: url, madeAt, logos };
      const file = await callFile(paper, format);
      return sentFile(c, file, format, callFileName(report.call, format));
    });
  app.get('/calls/:call', async (c) => {
    const language = c.get('language');
    const report = await reportOfCall(caseFile, c.req.param('call'), now()).catch(noCall);
    const say = speaker('papers.callReport', language);
    if (report instanceof Refused)
      return page(c, {
        ...{ title: speaker('site.visit', language)('missing'), back: { href: '/board' }, status: 404 },
        body: html`<p class="govuk-body">${refusedText(report, { clock: clockOf(c, now()) })}</p>`,
      });
    return page(c, {
      title: say('title', { n: report.call }),
      wide: true,
      styles: 'board.css',
      back: { href: '/board' },
      body: html`<p class="govuk-body">${say('lead')}</p>
${figuresIn(report, language)}
${outcomesIn(report, language)}
${surveySection({ ...report.survey, texts: [] }, language, { texts: false })}
<h2 class="govuk-heading-m">${say('funding')}</h2>
${fundedText(report, language).map((said) => html`<p class="govuk-body">${said}</p>`)}
${byCooperation(report, language)}
${lessons(report, language)}
${tableLinks(`/calls/${report.call}/report`, language, CALL_FILES)}`,
    });
  });
  return app;
}

/** That there is no such call is told with those that there are; anything else failed. */
function noCall(error: unknown): Refused {
  if (error instanceof Refused && error.code === 'CallUnknown') return error;
  throw error;
}

/** @param heads of the cells, which stand before them where the window is narrow */
const row = (
  head: Html | string,
  cells: readonly (Html | string | number)[],
  heads: readonly string[] = [],
): Html =>
  html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${head}</th>${cells.map((cell, at) => html`<td class="govuk-table__cell"${cellLabel(heads[at])}>${cell}</td>`)}</tr>`;

const tableOf = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<h2 class="govuk-heading-m">${caption}</h2>${figureTable(caption, heads, rows)}`;

const figureTable = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${caption}"><table class="govuk-table${heads.length > 0 ? ' rial-board rial-board--rows' : ' rial-figures'}"><caption class="govuk-visually-hidden">${caption}</caption>
${heads.length > 0 ? html`<thead class="govuk-table__head"><tr class="govuk-table__row">${heads.map((head) => html`<th scope="col" class="govuk-table__header">${head}</th>`)}</tr></thead>` : ''}<tbody class="govuk-table__body">${rows}</tbody></table></div>`;

const link = (href: string, text: string | number): Html =>
  html`<a class="govuk-link" href="${href}">${text}</a>`;
/** Where the table by cooperation stands. */
const FIGURES = 'cooperations';

function figuresIn(report: CallReport, language: Language): Html {
  const say = speaker('papers.callReport', language);
  const { states, outputs } = callFigures(report, language);
  const ministries = (of: 'requesting' | 'providing') =>
    tableOf(
      say(of),
      [],
      report[of].map((one) => row(callMinistry(one, language), [link(`#${FIGURES}`, one.cooperations)])),
    );
  return html`${tableOf(
    say('states'),
    [],
    states.map(({ of, label, value }) => row(label, [link(callListAt(report, of), value)])),
  )}
${ministries('requesting')}
${ministries('providing')}
${tableOf(
  say('outputs'),
  [],
  outputs.map(({ label, value }) => row(label, [link(`#${FIGURES}`, figureText(value, language))])),
)}
${
  report.reachedBy.length === 0
    ? html`<p class="govuk-body">${say('nobody')}</p>`
    : html`${tableOf(
        say('reachedBy'),
        [say('institution'), ...CALL_SEXES.map((sex) => say(sex))],
        report.reachedBy.map((one) =>
          row(
            one.institution ?? say('unknown'),
            CALL_SEXES.map((sex) => one[sex]),
            CALL_SEXES.map((sex) => say(sex)),
          ),
        ),
      )}<p class="govuk-body-s rial-soft">${say('reachedNote')}</p>`
}`;
}

/** Where what ministries told stands. */
const TOLD = 'told';

function outcomesIn(report: CallReport, language: Language): Html {
  const say = speaker('papers.callReport', language);
  const { outcomes } = callFigures(report, language);
  const told = callTold(report, language);
  if (told.length === 0)
    return html`<h2 class="govuk-heading-m">${say('outcomes')}</h2><p class="govuk-body">${say('nothingTold')}</p>`;
  return html`${tableOf(
    say('outcomes'),
    [],
    outcomes.map(({ label, value }) => row(label, [value > 0 ? link(`#${TOLD}`, value) : value])),
  )}
${callChanges(report, language).map((said) => html`<p class="govuk-body">${said}</p>`)}<div id="${TOLD}">${told.map(
    ({
      cooperation,
      who,
      came,
      changes,
      text,
    }) => html`<h3 class="govuk-heading-s">${link(`/c/${cooperation}#outcomes`, who)}</h3>
<ul class="govuk-list govuk-list--bullet">${[...came, ...changes].map((one) => html`<li>${one}</li>`)}</ul><p class="govuk-body rial-prewrap">${text}</p>`,
  )}</div>`;
}

function byCooperation(report: CallReport, language: Language): Html {
  const say = speaker('papers.callReport', language);
  const { heads, figures, rows } = callTable(report, language);
  return html`<div id="${FIGURES}"><h2 class="govuk-heading-m">${say('figures')}</h2>${CALL_GROUPS.map(
    (group) => {
      const columns = callColumnsOf(group);
      const named = columns.map(({ at }) => heads[at] ?? '');
      return html`<h3 class="govuk-heading-s">${say(group)}</h3>${figureTable(
        say(group),
        [say('cooperation'), ...named],
        rows.map(({ id, name, subject, cells }) =>
          row(
            html`${link(`/c/${id}`, name)}<span class="rial-board__subject">${subject}</span><span class="rial-board__subject rial-soft">${id}</span>`,
            columns.map(({ at }) => {
              const figure = figures[at - 1];
              const text = figureText(cells[at], language);
              return figure && cells[at] ? link(figureAt(id, figure), text) : text;
            }),
            named,
          ),
        ),
      )}`;
    },
  )}</div>`;
}

function lessons({ cooperations }: CallReport, language: Language): Html {
  const say = speaker('papers.callReport', language);
  const { rows } = callTable({ cooperations }, language);
  return html`<h2 class="govuk-heading-m">${say('objectivesAndLessons')}</h2>
${cooperations.map(
  ({ id, objectives, learned, funding, sheets, reports }, at) =>
    html`<h3 class="govuk-heading-s">${link(`/c/${id}`, `${rows[at]?.name} (${id})`)}</h3>
<ul class="govuk-list govuk-list--bullet">${objectives.map((one) => html`<li>${one}</li>`)}</ul>
${learned.length > 0 ? html`<h4 class="govuk-heading-s">${link(figureAt(id, 'lessons'), say('lessonsOf'))}</h4><ul class="govuk-list govuk-list--bullet">${learned.map((one) => html`<li>${one}</li>`)}</ul>` : ''}
${funding.length > 0 ? html`<p class="govuk-body">${say('funding')}${colonIn(language)}${link(figureAt(id, 'lessons'), sumsText(funding, language))}</p>` : ''}
<p class="govuk-body">${sheets > 0 ? link(`/c/${id}/drafts`, say('sheet')) : say('noLessons')}${reports > 0 ? html` · ${link(`/c/${id}/drafts`, say('report'))}` : ''}</p>`,
)}`;
}
