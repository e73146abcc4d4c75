import { html } from 'hono/html';
import type { Experience, NearExperience } from '../../domain/results/library.ts';
import { sizeText } from '../../words/dates/clock.ts';
import { joined } from '../../words/lists.ts';
import { directionOf } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { PDF } from '../downloads.ts';

/** A published sheet in a list: what it is about, whose, where it has the words, and its file. */

/** @param facts in one line, below its subject */
export function experienceItem(
  c: PageContext,
  sheet: Experience & Partial<Pick<NearExperience, 'shared'>>,
  facts: string,
): Html {
  const language = c.get('language');
  const say = speaker('site.library', language);
  const { cooperation, subject, themes, passage, read, shared = [] } = sheet;
  const viewer = c.get('viewer');
  const enters =
    viewer?.role !== 'participant' || viewer.people.some((person) => person.cooperation === cooperation);
  const others = themes.filter((theme) => theme !== subject);
  return html`<li><h3 class="govuk-heading-s rial-close">${enters ? html`<a class="govuk-link" href="/c/${cooperation}">${subject}</a>` : subject}</h3>
<p class="govuk-body-s rial-soft">${facts}</p>
${others.length > 0 ? html`<p class="govuk-body-s">${others.join(' · ')}</p>` : ''}
${shared.length > 0 ? html`<p class="govuk-body-s">${say('shared', { words: joined(shared, language) })}</p>` : ''}
${passage.length > 0 ? html`<p class="govuk-body" lang="${sheet.language}">${passage.map(({ text, found }) => (found ? html`<mark>${text}</mark>` : text))}</p>` : ''}
${read ? '' : html`<p class="govuk-body-s">${say('unread')}</p>`}
<p class="govuk-body-s">${fileLink(c, sheet)}</p></li>`;
}

function fileLink(c: PageContext, { cooperation, file }: Experience): Html {
  const language = c.get('language');
  const say = speaker('site.downloads', language);
  const href = `/library/${cooperation}/sheet`;
  return html`<a class="govuk-link" href="${href}">${say('download')} ${file.fileName}</a> (${sizeText(file.size, language)})${
    file.mediaType === PDF
      ? html` · <a class="govuk-link" href="${href}?look" target="_blank" rel="noreferrer">${say('look')}<span class="govuk-visually-hidden"> ${file.fileName}</span></a>`
      : ''
  }`;
}

/** The experiences nearest to a programme; nothing where there are none. */
export function nearestHtml(c: PageContext, nearest: readonly NearExperience[]): Html | '' {
  if (nearest.length === 0) return '';
  const language = c.get('language');
  const say = speaker('site.library', language);
  return html`<h2 class="govuk-heading-m">${say('near')}</h2><p class="govuk-body">${say('nearLead')}</p>
<ul class="rial-waiting">${nearest.map((sheet) => {
    const { number: n, year } = sheet.call;
    const call = speaker('mail.frame', language)('call', { n, year: String(year) });
    return experienceItem(c, sheet, `${directionOf(sheet.institutions, language)} · ${call}`);
  })}</ul>`;
}
