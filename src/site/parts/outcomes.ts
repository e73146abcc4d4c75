import { html } from 'hono/html';
import { type CaseView, outcomesIn, type RequestView } from '../../domain/caseView.ts';
import type { Language } from '../../domain/language.ts';
import { expectedChanges, toldChanges } from '../../domain/results/expectedChanges.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** What came of a cooperation, as the ministries told it after its end. */

/** The kinds of results that stand in a content; nothing where it holds none. */
export function outcomeList(view: CaseView, content: string | null, language: Language): Html | '' {
  const { came = [], objectives } = outcomesIn(view, content) ?? {};
  if (came.length === 0) return '';
  const named = speaker('labels.outcome', language);
  const seen = speaker('labels.changeSeen', language);
  const changes = toldChanges(objectives, expectedChanges(view.programme));
  return html`<ul class="govuk-list govuk-list--bullet">${came.map((one) => html`<li>${named(one)}</li>`)}</ul>${
    changes.length > 0
      ? html`<p class="govuk-body govuk-!-margin-bottom-1">${speaker('site.outcomes', language)('changes')}</p><ul class="govuk-list govuk-list--bullet">${changes.map((one) => html`<li>${one.change}<br><strong>${seen(one.seen)}</strong>${one.said ? html`<br><span class="rial-prewrap">${one.said}</span>` : ''}</li>`)}</ul>`
      : ''
  }`;
}

/** Each time that the ministries were asked, with what each of them answered; nothing before the first. */
export function outcomesSection(view: CaseView, language: Language): Html | '' {
  const asked = view.requests.filter(({ kind, lapse }) => kind === 'tell-outcomes' && lapse === null);
  if (asked.every(({ answers }) => answers.length === 0)) return '';
  const say = speaker('site.outcomes', language);
  const told = (request: RequestView) =>
    request.answers.map(
      ({
        party,
        content,
      }) => html`<h4 class="govuk-heading-s">${partyNamed(view.programme, party, language)}</h4>
${outcomeList(view, content, language)}<p class="govuk-body rial-prewrap">${outcomesIn(view, content)?.text ?? ''}</p>`,
    );
  return html`<section aria-labelledby="outcomes"><h2 class="govuk-heading-m" id="outcomes">${say('heading')}</h2>
${asked.map(
  (
    request,
  ) => html`<h3 class="govuk-heading-s"><a class="govuk-link" href="/c/${view.id}/requests/${request.id}">${say('after', { months: String(request.item) })}</a></h3>
${told(request)}`,
)}</section>`;
}
