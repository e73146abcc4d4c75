import { html } from 'hono/html';
import type { Language } from '../../domain/language.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import type { Warning } from '../../domain/warning.ts';
import { speaker } from '../../words/speaker.ts';
import { warningText } from '../../words/warnings.ts';
import type { Html } from '../context.ts';

/** What is worth a second look before somebody goes on; nothing where there is nothing. */
export function warningsHtml(
  warnings: readonly Warning[],
  programme: Pick<Programme, 'institutions'>,
  language: Language,
): Html | '' {
  if (warnings.length === 0) return '';
  const say = speaker('warnings.text', language);
  return html`<div class="govuk-inset-text"><h2 class="govuk-heading-m">${say('heading')}</h2>
<ul class="govuk-list govuk-list--bullet">${warnings.map(
    (warning) => html`<li>${warningText(warning, { language, programme })}</li>`,
  )}</ul>
<p class="govuk-body">${say('lead')}</p></div>`;
}
