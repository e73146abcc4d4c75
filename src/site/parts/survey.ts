import { html } from 'hono/html';
import type { Language } from '../../domain/language.ts';
import type { SurveyResults, SurveyTotals } from '../../domain/results/survey.ts';
import { speaker } from '../../words/speaker.ts';
import { surveyLead, surveyTable } from '../../words/survey.ts';
import type { Html } from '../context.ts';
import { scrollTable } from './govuk.ts';

/** What delegates answered to the survey, as a picture and as the table of the same numbers. */

/** Of each grade from the lowest to the highest: its colour, and that of a number on it. */
const COLOURS = [
  ['#942514', '#ffffff'],
  ['#f47738', '#0b0c0c'],
  ['#b1b4b6', '#0b0c0c'],
  ['#85994b', '#0b0c0c'],
  ['#00703c', '#ffffff'],
] as const;
const [WIDTH, ROW, BAR] = [640, 62, 30];

/** @param texts whether what was written is shown, too */
export function surveySection(
  results: SurveyResults,
  language: Language,
  { texts }: { texts: boolean },
): Html | '' {
  if (results.answered === 0) return '';
  const say = speaker('site.survey', language);
  const { shown } = results;
  return html`<section aria-labelledby="survey"><h2 class="govuk-heading-m" id="survey">${say('heading')}</h2>
<p class="govuk-body">${surveyLead(results, language)}</p>
${shown === 0 ? '' : html`${picture(results, language)}${table(results, language)}`}
${
  texts && results.texts.length > 0
    ? html`<h3 class="govuk-heading-s">${say('texts')}</h3><ul class="govuk-list govuk-list--bullet">${results.texts.map((text) => html`<li class="rial-prewrap">${text}</li>`)}</ul>`
    : ''
}</section>`;
}

function picture(results: SurveyTotals, language: Language): Html {
  const say = speaker('site.survey', language);
  const { rows: asked } = surveyTable(results, language);
  const rows = asked.map(({ question, counts }, row) => {
    let x = 0;
    const y = row * ROW + 22;
    const bars = counts.map((count, at) => {
      const [from, wide] = [x, (count / results.shown) * WIDTH];
      x += wide;
      const [fill, ink] = COLOURS[at] ?? COLOURS[2];
      return count === 0
        ? ''
        : html`<rect x="${from}" y="${y}" width="${wide}" height="${BAR}" fill="${fill}" stroke="#ffffff"/><text x="${from + wide / 2}" y="${y + 20}" text-anchor="middle" font-size="14" fill="${ink}">${count}</text>`;
    });
    return html`<text x="0" y="${y - 7}" font-size="15" fill="#0b0c0c">${question}</text>${bars}`;
  });
  const height = asked.length * ROW;
  return html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${say('picture')}"><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="survey-title survey-desc" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Arial, Helvetica, Liberation Sans, sans-serif">
<title id="survey-title">${say('picture')}</title><desc id="survey-desc">${say('pictureText')}</desc>${rows}</svg></div>`;
}

function table(results: SurveyTotals, language: Language): Html {
  const { caption, heads, rows } = surveyTable(results, language);
  return scrollTable(
    caption,
    heads,
    rows.map(({ question, counts }) => [question, ...counts.map(String)]),
  );
}
