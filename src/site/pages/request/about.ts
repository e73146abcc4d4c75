import { html } from 'hono/html';
import { partyZone } from '../../../domain/caseView.ts';
import { type BriefBlocks, type BriefFile, type BriefReader, briefBlocks } from '../../../words/brief.ts';
import { fileHref, programmeFile } from '../../downloads.ts';
import type { Html } from '../../frame.ts';
import { blocksHtml, factsHtml } from '../../parts/blocks.ts';
import { beginnable, startPath } from '../../parts/starting.ts';
import { type Asked, answerer, sayIn } from './asked.ts';

/** What a request is about: what its mail says of it, with the files to be opened. */

/** The reader of a page: what they answer for, and where the request's files are. */
export const readerOf = (asked: Asked): BriefReader => ({
  language: asked.c.get('language'),
  clock: asked.seen.clock,
  institutions: asked.view.programme.institutions,
  party: answerer(asked.seen, asked.request)?.party,
  hrefOf: (file) => hrefOf(asked, file),
});

function hrefOf({ view }: Asked, file: BriefFile): string | undefined {
  switch (file.file) {
    case 'programme': {
      const version = view.programmeVersions.find(({ version }) => version === file.version);
      return version && fileHref(view.id, programmeFile(file.format === 'PDF' ? version.pdf : version.docx));
    }
    case 'document':
      return fileHref(view.id, file.document);
    case 'template':
      return beginnable(view, file.kind) ? startPath(view, file.kind) : undefined;
  }
}

export const blocksOf = (asked: Asked): BriefBlocks => briefBlocks(asked.request, readerOf(asked));

/** @param withForm the form shows the dates that it asks about */
export function about(asked: Asked, withForm: boolean): Html {
  const { lead, facts, matter, dates, enclosed } = blocksOf(asked);
  // The first says until when; it stands above, with how much time is left.
  const others = asked.request.cooperation === 'running' && !asked.request.closedAt ? facts.slice(1) : facts;
  return html`${blocksHtml(lead)}${factsHtml(others)}${blocksHtml(matter)}${withForm ? '' : blocksHtml(dates)}${blocksHtml(enclosed)}${objectives(asked)}`;
}

/** The programme's objectives, folded away. */
function objectives(asked: Asked): Html | '' {
  const { view, request } = asked;
  if (!request.programme) return '';
  const { introduction, items } = view.programme.objectives;
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${sayIn(asked)('objectives')}</span></summary>
<div class="govuk-details__text"><p class="govuk-body rial-prewrap">${introduction}</p><ol class="govuk-list govuk-list--number">${items.map(
    ({ title, text }) => html`<li>${title ? html`<strong>${title}:</strong> ` : ''}${text}</li>`,
  )}</ol></div></details>`;
}

/** The zone a session's hours are said in; the first party's where there is no session. */
export const zoneOf = ({ view, request }: Asked): string =>
  view.sessions.find(({ number }) => number === request.item)?.timeZone ??
  partyZone(view, request.asked[0]?.party);
